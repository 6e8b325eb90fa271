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

_COLUMNS: Final = (
    "feedurl", "guid", "title", "author", "url", "pubDate", "content", "content_mime_type", "unread",
    "flags", "deleted", "enclosure_url", "enclosure_type", "base",
)  # fmt: skip
"""What is read of an article; older versions of newsboat do not have all of them."""


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the articles by column, feed by feed and oldest first; a column that is not there is None.

    Raises:
        StoreError: the file cannot be opened, is no cache of newsboat, or is damaged from here on.
    """
    with _opened(path, "cannot be read to its end ({}); end newsboat, or mend it with `newsboat -X`") as conn:
        there = {row[1] for row in conn.execute("PRAGMA table_info(rss_item)")}
        if not {"feedurl", "guid"} <= there:
            raise StoreError(f"{path} is no cache of newsboat: it has no articles")
        names = ", ".join(name if name in there else f"NULL AS {name}" for name in _COLUMNS)
        for row in conn.execute(f"SELECT {names} FROM rss_item ORDER BY feedurl, id"):
            yield dict(zip(_COLUMNS, row, strict=True))


def count(path: Path) -> int:
    """Return how many articles there are.

    Raises:
        StoreError: the file cannot be read, or is no cache of newsboat.
    """
    with _opened(path, "is no cache of newsboat that can be read ({})") as conn:
        return int(conn.execute("SELECT count(*) FROM rss_item").fetchone()[0])


def titles(path: Path) -> dict[str, str]:
    """Return the title of each feed by its address, as newsboat keeps it.

    Raises:
        StoreError: the file cannot be read.
    """
    with _opened(path, "is no cache of newsboat that can be read ({})") as conn:
        return {str(url): str(title) for url, title in conn.execute("SELECT rssurl, title FROM rss_feed")}


@contextmanager
def _opened(path: Path, trouble: str) -> Iterator[sqlite3.Connection]:
    """Open the file for reading; what SQLite raises inside becomes a StoreError with this sentence."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as conn:
            conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
            yield conn
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path} {trouble.format(error)}") from error
