"""The cache.db of newsboat, read row by row; it is opened for reading alone.

It must never write to it, nor make anything of what it says: foreign text goes out as it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from termnews.errors import StoreError
from termnews.store import salvage

_COLUMNS: Final = (
    "feedurl", "guid", "title", "author", "url", "pubDate", "content", "content_mime_type", "unread",
    "flags", "deleted", "enclosure_url", "enclosure_type", "base",
)  # fmt: skip
"""What is read of an article; older versions of newsboat do not have all of them."""
_PATIENCE: Final = 5
"""Seconds another program may write to it."""
_NONE: Final = "is no cache of newsboat that can be read ({})"


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the articles by column, feed by feed and oldest first where that can be.

    A column that is not there is None.

    Raises:
        StoreError: the file cannot be opened, is no cache of newsboat, or is damaged from here on.
    """
    with _opened(path, "cannot be read whole ({}); what could be is here") as conn:
        there = {row[1] for row in conn.execute("PRAGMA table_info(rss_item)")}
        if not {"feedurl", "guid"} <= there:
            raise StoreError(f"{path} is no cache of newsboat: it has no articles")
        names = ", ".join(name if name in there else f"NULL AS {name}" for name in _COLUMNS)
        for row in _ordered(conn, f"{names} FROM rss_item"):
            yield dict(zip(_COLUMNS, row, strict=True))


def _ordered(conn: sqlite3.Connection, asked: str) -> Iterator[list[Any]]:
    """Yield rows feed by feed; where damage ends that, the others as they lie, but for damaged ones.

    Raises:
        sqlite3.DatabaseError: some of them are damaged.
    """
    seen: set[int] = set()
    with _passing_over_damage() as passed:
        for number, *row in conn.execute(f"SELECT id, {asked} ORDER BY feedurl, id"):
            seen.add(number)
            yield row
    if passed:
        sql = f"SELECT id, {asked} WHERE id BETWEEN ? AND ? ORDER BY id"
        for number, *row in salvage.around(conn, sql, salvage.last(conn, "rss_item")):
            if number not in seen:
                yield row
        raise passed[0]


def count(path: Path) -> int:
    """Return how many articles there are; 0 where damage hides it.

    Raises:
        StoreError: the file cannot be read, or is no cache of newsboat.
    """
    found = 0
    with _opened(path, _NONE) as conn, _passing_over_damage():
        found = int(conn.execute("SELECT count(*) FROM rss_item").fetchone()[0])
    return found


def titles(path: Path) -> dict[str, str]:
    """Return the title of each feed by its address, as newsboat keeps it; those that damage leaves.

    Raises:
        StoreError: the file cannot be read.
    """
    found: dict[str, str] = {}
    with _opened(path, _NONE) as conn, _passing_over_damage():
        for url, title in conn.execute("SELECT rssurl, title FROM rss_feed"):
            found[str(url)] = str(title)
    return found


@contextmanager
def _passing_over_damage() -> Iterator[list[sqlite3.DatabaseError]]:
    """Let a damaged page end what is done inside, and note it: other pages may still be read."""
    passed: list[sqlite3.DatabaseError] = []
    try:
        yield passed
    except sqlite3.DatabaseError as error:
        # The lowest byte is the code itself, the others say more about it.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        passed.append(error)


@contextmanager
def _opened(path: Path, trouble: str) -> Iterator[sqlite3.Connection]:
    """Open the file for reading; what SQLite raises inside becomes a StoreError with this sentence."""
    try:
        with closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)
        ) as conn:
            conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
            yield conn
    except (sqlite3.Error, OSError) as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise StoreError(f"{path} is in use; end newsboat, then import it again") from error
        raise StoreError(f"{path} {trouble.format(error)}") from error
