"""A real loopback server that misbehaves: every fetch ends, within its deadline and its cap."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from termnews.errors import FetchError
from termnews.fetch import Fetcher

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"


@asynccontextmanager
async def serving(behave: Behaviour) -> AsyncIterator[str]:
    """Serve one behaviour on loopback; yield its address."""
    tasks: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await reader.readuntil(b"\r\n\r\n")
            await behave(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed"
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


async def refused(behave: Behaviour, seconds: float = 10) -> str:
    """Return why a fetch of the behaviour is given up; `seconds`: how long a read may take."""
    async with serving(behave) as url, Fetcher(timeout_seconds=seconds, max_body_bytes=50_000) as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.get(url)
    return str(caught.value)


async def test_a_document_comes_over_a_real_connection() -> None:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b'Content-Length: 6\r\nETag: "a"\r\n\r\n<rss/>')
        await writer.drain()

    async with serving(behave) as url, Fetcher() as fetcher:
        fetched = await fetcher.get(url)
    assert (fetched.body, fetched.etag) == (b"<rss/>", '"a"')


async def test_a_server_that_says_nothing_is_given_up() -> None:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    assert "said nothing" in await refused(behave, 0.1)


async def test_a_byte_now_and_then_is_cut_by_the_deadline() -> None:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    assert "was not through" in await refused(behave, 0.1)


async def test_an_endless_body_is_cut_at_the_cap() -> None:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"\r\n")
        while True:
            writer.write(b"x" * 10_000)
            await writer.drain()

    assert "larger than 50 kB" in (await refused(behave)).replace("0.05 MB", "50 kB")


async def test_a_connection_that_breaks_off() -> None:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"Content-Length: 100\r\n\r\nhalf")
        await writer.drain()

    assert "half way" in await refused(behave)


async def test_an_answer_that_is_not_http() -> None:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 smtp.example ESMTP\r\n\r\n")
        await writer.drain()

    assert "did not answer in HTTP" in await refused(behave)
