"""One run of the measures: how large, with which peers, and where its caches are.

Caches that were given a folder of their own are kept for the next run, since a million articles
take minutes; each measure finds them as they were filled.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.corpus import NOW
from benchmarks.fill import fill
from termnews import config
from termnews.query import parse_query
from termnews.store import Store

_FORGET: Final = ("DELETE FROM meta", "DELETE FROM outbox", "DELETE FROM journal")
ROOT: Final = Path(__file__).resolve().parent.parent
"""Folder of the code that is measured."""


@dataclass(frozen=True, slots=True)
class Run:
    """What is measured in one call."""

    quick: bool = False
    """Whether it has to end in two minutes: fewer sizes, fewer feeds, fewer repeats."""
    sizes: tuple[int, ...] = (1_000, 25_000, 100_000)
    """Articles of the caches."""
    newsboat: str | None = field(default_factory=lambda: shutil.which("newsboat"))
    """The newsboat to measure beside; None: there is none."""
    caches: Path | None = None
    """Where filled caches are kept; None: they go when the measure ends."""

    @property
    def repeats(self) -> int:
        """How often what takes a second is measured; the best counts, as the machine is shared."""
        return 2 if self.quick else 5

    @property
    def keys(self) -> int:
        """Keys of which the median is taken."""
        return 30 if self.quick else 60

    @property
    def feeds(self) -> int:
        """Feeds of a measured refresh."""
        return 50 if self.quick else 1_000

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """Yield a folder that is removed at the end."""
        with tempfile.TemporaryDirectory(prefix="termnews-bench-") as name:
            yield Path(name)

    @contextmanager
    def cache(self, count: int) -> Iterator[Path]:
        """Yield the configuration of a cache of this size, as it was filled."""
        with self.folder() as folder:
            path = self.fill((self.caches or folder) / str(count), count)
            _unread(config.load(path))
            yield path

    def fill(self, folder: Path, count: int) -> Path:
        """Return the configuration of a cache of this size in a folder, filled unless it is there."""
        there = folder / "termnews.toml"
        return there if there.exists() else fill(folder, count)


def environ(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment with a home of its own and the code of this folder, and nothing of the user's."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "HOME": str(home), "PYTHONPATH": str(ROOT), **(more or {})}


def termnews(config_path: Path, *arguments: str) -> Sequence[str]:
    """Return the command line that runs termnews on a configuration."""
    return (sys.executable, "-m", "termnews", "--config", str(config_path), *arguments)


def _unread(settings: config.Config) -> None:
    """Take back what measures did to a cache: read articles are unread again, nothing is remembered."""
    store = Store(settings.store_path, settings.feeds)
    store.mark(store.ids(parse_query("is:read"), NOW), "read", False, "", NOW)
    store.close()
    conn = sqlite3.connect(settings.store_path)
    with conn:
        for statement in _FORGET:
            conn.execute(statement)
    conn.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    conn.close()
