"""newsboat on the same feeds and articles, in a home of its own that is thrown away.

It must never be needed: without it its column stays empty.
"""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.corpus import Corpus, corpus
from benchmarks.documents import home as page
from benchmarks.documents import title
from benchmarks.runs import Run, environ

ALL: Final = '"query:All articles:age >= 0"'
"""Line of the feed that lists everything."""
_ITEMS: Final = """
    INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, enclosure_url,
        enclosure_type, enqueued, flags, deleted, base)
    VALUES (?, ?, ?, ?, ?, ?, ?, 1, '', '', 0, '', 0, '')
"""
_BATCH: Final = 20_000


@dataclass(frozen=True, slots=True)
class Newsboat:
    """A newsboat with files of its own."""

    program: str
    """Its path."""
    home: Path
    """Folder with its configuration, urls and cache."""
    urls: str = "urls"
    """File of its feeds, in that folder."""

    @property
    def cache(self) -> Path:
        """Its database."""
        return self.home / "cache.db"

    def command(self, *arguments: str) -> Sequence[str]:
        """Return the command line that runs it."""
        files = ("-C", self.home / "config", "-u", self.home / self.urls, "-c", self.cache)
        return (self.program, *map(str, files), *arguments)

    def environ(self) -> dict[str, str]:
        """Return the environment it runs in."""
        return environ(self.home, {"LC_ALL": "C.UTF-8"})

    def follow(self, addresses: Sequence[str]) -> None:
        """Write its files: it follows these feeds, ten at a time, and asks nobody by itself."""
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "urls").write_text("\n".join(addresses) + "\n", encoding="utf-8")
        config = "reload-threads 10\nauto-reload no\nrefresh-on-startup no\nmax-items 0\n"
        (self.home / "config").write_text(config, encoding="utf-8")


@contextmanager
def filled(run: Run, count: int) -> Iterator[Newsboat | None]:
    """Yield a newsboat whose cache holds the corpus of this size; None where there is no newsboat."""
    if run.newsboat is None:
        yield None
        return
    with run.folder() as folder:
        boat = Newsboat(run.newsboat, (run.caches or folder) / f"newsboat-{count}")
        if not boat.cache.exists():
            _fill(boat, corpus(count))
        yield boat


def _fill(boat: Newsboat, made: Corpus) -> None:
    addresses = [made.subscription(feed).url for feed in range(made.feeds)]
    boat.follow(addresses)
    subprocess.run(
        boat.command("-x", "print-unread"), env=boat.environ(), check=True, stdout=subprocess.DEVNULL
    )
    conn = sqlite3.connect(boat.cache)
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("DELETE FROM rss_feed")
    conn.executemany(
        "INSERT INTO rss_feed (rssurl, url, title, lastmodified, is_rtl, etag) VALUES (?, ?, ?, 0, 0, '')",
        [(address, page(feed), title(feed)) for feed, address in enumerate(addresses)],
    )
    for newest in range(made.count, 0, -_BATCH):
        numbers = range(newest - 1, max(newest - _BATCH, 0) - 1, -1)
        conn.executemany(_ITEMS, (_item(made, addresses, number) for number in numbers))
        conn.commit()
    conn.execute("ANALYZE")  # as it is at its best: without it, it reads 100,000 articles for minutes
    conn.commit()
    conn.close()


def _item(made: Corpus, addresses: Sequence[str], number: int) -> tuple[object, ...]:
    entry = made.entry(number)
    published = int(entry.published.timestamp()) if entry.published else 0
    address = addresses[number % made.feeds]
    return entry.guid, entry.title, entry.author, entry.link, address, published, entry.content
