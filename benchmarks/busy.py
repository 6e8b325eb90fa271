"""Keys in a list while a refresh of new articles runs behind it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from benchmarks.figures import Figure
from benchmarks.fill import configure
from benchmarks.readers import Termnews, cursor, key_times, middle
from benchmarks.refreshing import refresh
from benchmarks.runs import Run
from benchmarks.serve import served, serving
from benchmarks.terminal import Moment

_GOAL: Final = 30
_MOST: Final = 120  # seconds of keys; a refresh that takes longer is left
_TURN: Final = 20  # keys down, then so many up: the list stays where its articles are drawn
_P99: Final = 0.99


def measure(run: Run) -> Iterator[Figure]:
    """Yield the median and the 99th of a hundred keys of the program on the screen."""
    with run.folder() as folder, serving(run.feeds) as server:
        path = configure(folder / "termnews", served(run.feeds), server.roots)
        refresh(path, folder)
        server.tell("articles new")
        reader = Termnews(path, folder)
        moments: list[Moment] = []
        with reader.run() as terminal:
            terminal.wait(lambda _: reader.listed(terminal))
            end = time.perf_counter() + _MOST
            while time.perf_counter() < end and (not moments or _running(terminal.text())):
                for key in "jk":
                    moments += key_times(terminal, key, lambda: cursor(terminal), _TURN)
    title = f"key in a list while {run.feeds:,} feeds come in"
    note = f"{len(moments)} keys"
    for name, at, goal in (("p50", 0.5, None), ("p99", _P99, _GOAL)):
        each = middle(moments, at)
        yield Figure(f"{title}, {name}", each.cpu * 1_000, "ms CPU", goal, note=note)
        yield Figure(f"{title}, {name}", each.wall * 1_000, "ms", note=note)


def _running(screen: str) -> bool:
    """Whether the last line says how far the refresh is."""
    return "/" in screen.rstrip().rpartition("\n")[2].replace("/ search", "")
