"""Serve the feeds of a corpus on loopback: `python -m benchmarks.serve FEEDS`, told what to do on stdin.

It prints its ports as a JSON list when it is ready: each is a host of its own, as on the internet.
Lines it understands: `validators on`, `validators off`, `articles old`, `articles new`. It ends with
its input.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Final

from benchmarks.corpus import PER_FEED, Corpus, kind_of
from benchmarks.documents import CONTENT_TYPES, document
from benchmarks.runs import ROOT

PORTS: Final = 50
"""Hosts the feeds are spread over."""


def served(feeds: int) -> Corpus:
    """Return the corpus that is served: feeds carry the older half of its articles, then the newer one."""
    return Corpus(2 * PER_FEED * feeds, feeds)


class Site:
    """What all connections answer from."""

    def __init__(self, made: Corpus) -> None:
        """Make every document of the corpus."""
        self.validators, self.new = True, False
        self._made = made
        for feed in range(made.feeds):
            for first in (0, PER_FEED):
                self.packed(feed, first)

    @cache  # noqa: B019  the site lives as long as the process
    def packed(self, feed: int, first: int) -> tuple[bytes, bytes]:
        """Return a document as gzip, and its ETag."""
        body = document(self._made, feed, first)
        return gzip.compress(body, 1, mtime=0), hashlib.sha256(body).hexdigest()[:16].encode()

    def answer(self, head: bytes) -> bytes:
        """Return the answer to the head of a request for /N.xml."""
        feed = int(head[: head.index(b".xml")].rpartition(b"/")[2])
        body, etag = self.packed(feed, 0 if self.new else PER_FEED)
        tag = b'ETag: "' + etag + b'"\r\n' if self.validators else b""
        if tag and etag in head:
            return b"HTTP/1.1 304 Not Modified\r\n" + tag + b"\r\n"
        kind = CONTENT_TYPES[kind_of(feed)].encode()
        coded = b"Content-Encoding: gzip\r\nContent-Length: %d\r\n" % len(body)
        return b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n" + coded + tag + b"\r\n" + body

    def obey(self, line: bytes) -> None:
        """Do what a line of standard input says."""
        what, _, how = line.decode().strip().partition(" ")
        if what == "validators":
            self.validators = how == "on"
        elif what == "articles":
            self.new = how == "new"


class _Connection(asyncio.Protocol):
    """One connection, kept open."""

    def __init__(self, site: Site) -> None:
        self._site, self._waiting = site, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *heads, self._waiting = (self._waiting + data).split(b"\r\n\r\n")
        for head in heads:
            self._transport.write(self._site.answer(head))


async def _serve(feeds: int) -> None:
    site, loop = Site(served(feeds)), asyncio.get_running_loop()
    servers = [
        await loop.create_server(lambda: _Connection(site), "127.0.0.1", 0, backlog=512) for _ in range(PORTS)
    ]
    print(json.dumps([each.sockets[0].getsockname()[1] for each in servers]), flush=True)
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        site.obey(line)
        print("done", flush=True)


class Server:
    """A server in a process of its own."""

    def __init__(self, process: subprocess.Popen[str], roots: Sequence[str]) -> None:
        self._process = process
        self.roots = roots
        """Addresses of its hosts."""

    def tell(self, line: str) -> None:
        """Make it answer otherwise from now on."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        self._process.stdout.readline()


@contextmanager
def serving(feeds: int) -> Iterator[Server]:
    """Serve so many feeds for as long as the block runs."""
    command = [sys.executable, "-m", "benchmarks.serve", str(feeds)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        ports = json.loads(process.stdout.readline())
        yield Server(process, [f"http://127.0.0.1:{port}" for port in ports])
        process.stdin.close()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
