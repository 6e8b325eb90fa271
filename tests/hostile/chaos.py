"""A loopback server that answers each request with one behaviour, however bad; bytes are written by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Behaviour = Callable[[asyncio.StreamWriter], Awaitable[None]]
"""Answers one request, whose head was read."""
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
FEED = b"<rss version='2.0'><channel><title>T</title><item><title>one</title></item></channel></rss>"


@dataclass(slots=True)
class Chaos:
    """A running server."""

    url: str
    """Its address, ending in /feed."""
    requests: list[bytes] = field(default_factory=list)
    """The heads of the requests, in order."""


@asynccontextmanager
async def serving(behave: Behaviour) -> AsyncIterator[Chaos]:
    """Serve one behaviour on loopback; what still runs at the end is cancelled."""
    tasks: set[asyncio.Task[None]] = set()
    chaos = Chaos("")

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            while True:
                chaos.requests.append(await reader.readuntil(b"\r\n\r\n"))
                await behave(writer)
                if writer.is_closing():
                    return
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    chaos.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed"
    try:
        yield chaos
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


def say(*pieces: bytes, close: bool = True, reset: bool = False) -> Behaviour:
    """Return the behaviour that sends these bytes, then closes the connection, or resets it."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if reset:
            writer.transport.abort()
        if close:
            writer.close()

    return behave


def forever(start: bytes, piece: bytes, seconds: float = 0) -> Behaviour:
    """Return the behaviour that sends a piece again and again, so many seconds apart, and never ends."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(seconds)

    return behave


async def silence(writer: asyncio.StreamWriter) -> None:
    """Say nothing at all."""
    await asyncio.Event().wait()


def whole(body: bytes, *headers: bytes, status: bytes = b"200 OK") -> Behaviour:
    """Return the behaviour that answers properly, with these header lines; the connection stays open."""
    head = b"\r\n".join((b"HTTP/1.1 " + status, *headers, b"Content-Length: %d" % len(body)))
    return say(head + b"\r\n\r\n" + body, close=False)
