"""Refresh of generated feeds from loopback: new articles, nothing new, the same bytes; the cache on disk.

It must never count the server, which is a process of its own.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from xml.parsers import expat

from benchmarks.corpus import PER_FEED
from benchmarks.documents import document
from benchmarks.figures import Figure
from benchmarks.fill import configure
from benchmarks.peers import Newsboat
from benchmarks.runs import Run, environ, termnews
from benchmarks.serve import Server, served, serving
from termnews import config
from termnews.store import Store, bodies

_READABLE, _DONE, _SAME, _UNCHANGED, _DISK = 5 / 1_000, 15 / 1_000, 1.5, 0.8, 60 / 25_000
"""Goals a feed, in s, s, ms, ms, and MB an article: the table names 1,000 feeds and 25,000 articles."""
_MB: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command came to, its children included."""

    wall: float
    """Seconds."""
    cpu: float
    """Processor seconds."""
    readable: float = 0
    """Processor seconds until the last feed was told; what follows is work behind."""


def measure(run: Run) -> Iterator[Figure]:
    """Yield the figures of refreshes, one after the other, of the same feeds."""
    with run.folder() as folder, serving(run.feeds) as server:
        path = configure(folder / "termnews", served(run.feeds), server.roots)
        boat = _newsboat(run, folder, server)
        yield from _new(run, path, folder, boat)
        yield from _disk(run, path, boat)
        httpless = _requests(run, server)
        for name, told, goal, floor, what in (
            ("all 304", "validators on", _UNCHANGED, httpless, "http.client"),
            ("same bytes without validators", "validators off", _SAME, httpless, "http.client"),
        ):
            server.tell(told)
            mine = refresh(path, folder)
            theirs = _reload(boat)
            scale = 1_000 / run.feeds
            peer = theirs.cpu * scale if theirs else None
            title = f"{run.feeds:,} feeds, {name}"
            yield Figure(title, mine.cpu * scale, "ms CPU a feed", goal, floor * scale, what, peer)
            yield Figure(f"{title}, wall", mine.wall, "s", peer=theirs.wall if theirs else None)


def _new(run: Run, path: Path, folder: Path, boat: Newsboat | None) -> Iterator[Figure]:
    """Yield what new articles cost until they can be read, and until they are indexed and placed."""
    mine, theirs = refresh(path, folder), _reload(boat)
    floor = _parsing(run)
    title = f"{run.feeds:,} feeds, {run.feeds * PER_FEED:,} new articles"
    peer = theirs.cpu if theirs else None
    yield Figure(f"{title}: readable", mine.readable, "s CPU", run.feeds * _READABLE, floor, "expat", peer)
    yield Figure(f"{title}: indexed and placed", mine.cpu, "s CPU", run.feeds * _DONE, floor, "expat", peer)
    yield Figure(f"{title}: wall", mine.wall, "s", peer=theirs.wall if theirs else None)


def _disk(run: Run, path: Path, boat: Newsboat | None) -> Iterator[Figure]:
    """Yield what the cache takes on disk, over its packed bodies alone."""
    settings, made = config.load(path), served(run.feeds)
    store = Store(settings.store_path, settings.feeds)
    size, count = store.upkeep.info()["bytes"], store.upkeep.info()["articles"]
    store.close()
    assert count == run.feeds * PER_FEED, f"{count} articles came of {run.feeds * PER_FEED}"
    packed = sum(len(bodies.pack(made.entry(number))) for number in range(int(count)))
    theirs = boat.cache.stat().st_size / _MB if boat else None
    title = f"cache on disk, {count:,} articles"
    yield Figure(title, int(size) / _MB, "MB", int(count) * _DISK, packed / _MB, "packed bodies", theirs)


def _newsboat(run: Run, folder: Path, server: Server) -> Newsboat | None:
    """Return a newsboat that follows the same feeds and has fetched nothing."""
    if run.newsboat is None:
        return None
    boat, made = Newsboat(run.newsboat, folder / "newsboat"), served(run.feeds)
    boat.follow(
        [made.subscription(feed, server.roots[feed % len(server.roots)]).url for feed in range(made.feeds)]
    )
    return boat


def refresh(path: Path, home: Path) -> Cost:
    """Refresh everything with termnews; every feed is due at once by its configuration."""
    command = termnews(path, "refresh", "--json")
    began, readable = time.perf_counter(), 0.0
    with subprocess.Popen(command, env=environ(home), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said = json.loads(line)
            assert said["status"] in ("ok", "not_modified"), line
            if said["done"] == said["of"]:
                readable = _used(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, readable)


def _used(pid: int) -> float:
    """Return the processor seconds a process and its living children have used."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return sum(time.clock_gettime((~each << 3) | 2) for each in (pid, *map(int, children)))


def _reload(boat: Newsboat | None) -> Cost | None:
    """Refresh everything with newsboat; None where there is none."""
    if boat is None:
        return None
    began = time.perf_counter()
    process = subprocess.Popen(boat.command("-x", "reload"), env=boat.environ(), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime)


def _parsing(run: Run) -> float:
    """Return the processor seconds in which expat passes over all documents."""
    documents = [document(served(run.feeds), feed, PER_FEED) for feed in range(run.feeds)]
    began = time.process_time()
    for each in documents:
        expat.ParserCreate(namespace_separator=" ").Parse(each, True)
    return time.process_time() - began


def _requests(run: Run, server: Server) -> float:
    """Return the processor seconds of the standard library for one request a feed, over kept connections."""
    connections = [http.client.HTTPConnection(urlsplit(root).netloc) for root in server.roots]
    began = time.process_time()
    for feed in range(run.feeds):
        connection = connections[feed % len(connections)]
        connection.request("GET", f"/{feed}.xml", headers={"Accept-Encoding": "gzip"})
        connection.getresponse().read()
    took = time.process_time() - began
    for connection in connections:
        connection.close()
    return took
