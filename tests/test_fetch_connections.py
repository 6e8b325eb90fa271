"""Connections: each host has its own, a 304 keeps it, and a host with nothing to ask loses it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from termnews.fetch import Fetcher, exchange

NEW = b'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: 6\r\n\r\n<rss/>'
UNCHANGED = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'


class Host:
    """A server on loopback that says 304 to whoever has its ETag."""

    def __init__(self) -> None:
        self.url = ""
        self.opened = 0
        self.left = asyncio.Event()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        with suppress(asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(UNCHANGED if b'"1"' in head else NEW)
        writer.close()
        self.left.set()


@asynccontextmanager
async def hosts(count: int) -> AsyncIterator[list[Host]]:
    """Serve so many hosts while the block runs."""
    made, servers = [Host() for _ in range(count)], []
    for each in made:
        servers.append(await asyncio.start_server(each.talk, "127.0.0.1", 0))
        each.url = f"http://127.0.0.1:{servers[-1].sockets[0].getsockname()[1]}/feed"
    yield made
    await asyncio.gather(*(each.left.wait() for each in made))
    for server in servers:
        server.close()


async def test_a_host_is_asked_over_one_connection_also_after_a_304() -> None:
    async with hosts(2) as made, Fetcher() as fetcher:
        for etag in (None, '"1"', '"1"', None):
            said = [await fetcher.get(host.url, etag=etag) for host in made]
            assert {each.status for each in said} == {304 if etag else 200}
        assert [host.opened for host in made] == [1, 1]


@pytest.mark.parametrize("bound", ["_KEEP_ALIVE_SECONDS", "_MOST_IDLE"])
async def test_connections_nobody_needs_are_closed(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, bound, 0)
    async with hosts(2) as made, Fetcher() as fetcher:
        for host in made:
            await fetcher.get(host.url)
        async with asyncio.timeout(5):
            await made[0].left.wait()
        assert not made[1].left.is_set()
