"""Opening a list, a page of headlines and a search, over a bare query of the same file."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.cache import NOW, RARE, fill
from benchmarks.figures import Figure
from termnews.query import parse_query
from termnews.store import Store

SIZES = (1_000, 25_000)
_FLOOR = "bare SQL, newest 200"
_LISTS: tuple[tuple[str, str, int | None], ...] = (
    ("first 200 of all", "", 200),
    ("all", "", None),
    ("first 200 unread in Tajikistan", "region:TJ is:unread", 200),
    ("rare word", RARE, 200),
    ("inflected Russian word", "тарифов", 200),
)
_BARE = "SELECT id FROM state WHERE date IS NOT NULL ORDER BY date DESC, id DESC LIMIT 200"


def measure() -> Iterator[Figure]:
    """Yield the figures, in milliseconds, the best of nine runs."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "termnews.db")
            store = fill(path, size)
            yield from _measure(store, sqlite3.connect(path), f"{size:,} articles")
            store.close()


def _measure(store: Store, raw: sqlite3.Connection, where: str) -> Iterator[Figure]:
    floor = _best(lambda: raw.execute(_BARE).fetchall())
    raw.close()
    first = store.ids(parse_query(""), NOW, 200)
    for name, line, limit in _LISTS:
        asked = parse_query(line)
        yield Figure(f"{where}: {name}", _best(partial(store.ids, asked, NOW, limit)), "ms", floor, _FLOOR)
    yield Figure(f"{where}: 64 headlines", _best(lambda: store.headlines(first[:64])), "ms", floor, _FLOOR)


def _best(task: Callable[[], object]) -> float:
    times = []
    for _ in range(9):
        start = time.perf_counter()
        task()
        times.append(1000 * (time.perf_counter() - start))
    return min(times)
