"""The cache as a file: small remembered values, its size, its soundness, a copy of it.

It must never change state, nor articles but those it prunes.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termnews import lazy, schema
from termnews.errors import StoreError
from termnews.store import placed
from termnews.store.connection import copy, transaction, translated

if TYPE_CHECKING:
    from termnews.store import bodies, copies, indexing, pages, retention, waiting
else:  # a start asks for remembered values only
    bodies, copies, indexing, pages, retention, waiting = lazy.rooms(
        "termnews.store", "bodies", "copies", "indexing", "pages", "retention", "waiting"
    )

_CHECKS: Final = (
    (
        """
        SELECT count(*) FROM state s LEFT JOIN articles a USING (id)
        WHERE s.date IS NOT NULL AND a.id IS NULL
        """,
        "{} listed articles have lost their text; `termnews refresh --force` brings what feeds still carry",
    ),
    (
        "SELECT count(*) FROM articles a LEFT JOIN bodies b USING (id) WHERE b.id IS NULL",
        "{} articles have no body; `termnews refresh --force` brings what feeds still carry",
    ),
    (
        """
        SELECT count(*) FROM counts c
        LEFT JOIN (
            SELECT feed, count(*) AS total, sum(read = 0) AS unread, sum(starred) AS starred
            FROM state WHERE date IS NOT NULL GROUP BY feed
        ) s ON s.feed = c.feed
        WHERE c.total <> coalesce(s.total, 0) OR c.unread <> coalesce(s.unread, 0)
            OR c.starred <> coalesce(s.starred, 0)
        """,
        "the counters of {} feeds are wrong; `termnews cache repair` counts anew",
    ),
    (
        """
        SELECT count(*) FROM state c LEFT JOIN state s ON s.id = c.copy_of LEFT JOIN feeds f ON f.id = s.feed
        WHERE c.copy_of IS NOT NULL AND (s.date IS NULL OR s.copy_of IS NOT NULL OR f.followed = 0)
        """,
        "{} articles are behind others that are not listed; `termnews cache repair` lists them",
    ),
    (placed.WRONG, "the counters of {} places are wrong; `termnews cache repair` counts anew"),
)


MUTING: Final = "muting"
"""Under this key it is remembered by which rules articles are muted; none: by none."""
_PAGES: Final = "SELECT packed FROM full_texts WHERE packed IS NOT NULL"
_COUNT: Final = """
    UPDATE counts SET
        total = (SELECT count(*) FROM state s WHERE s.feed = counts.feed AND s.date IS NOT NULL),
        unread = (SELECT count(*) FROM state s
            WHERE s.feed = counts.feed AND s.date IS NOT NULL AND s.read = 0),
        starred = (SELECT count(*) FROM state s
            WHERE s.feed = counts.feed AND s.date IS NOT NULL AND s.starred = 1),
        (copies, copies_unread, copies_starred) = (
            SELECT count(*), coalesce(sum(s.read = 0), 0), coalesce(sum(s.starred), 0) FROM state s
            WHERE s.copy_of IS NOT NULL AND s.feed = counts.feed AND s.date IS NOT NULL)
"""


class Upkeep:
    """Facts about one cache file, over an open connection."""

    def __init__(self, conn: sqlite3.Connection, path: Path) -> None:
        self._conn = conn
        self._path = path

    def remember(self, key: str, value: str) -> None:
        """Keep a small value under a key."""
        with translated(self._path):
            self._conn.execute(
                """
                INSERT INTO meta VALUES (:key, :value)
                ON CONFLICT (key) DO UPDATE SET value = excluded.value
                """,
                {"key": key, "value": value},
            )

    def recall(self, key: str) -> str | None:
        """Return the value kept under a key; None when there is none that can be read."""
        try:
            row = self._conn.execute("SELECT value FROM meta WHERE key = :key", {"key": key}).fetchone()
        except sqlite3.DatabaseError:
            return None
        return None if row is None else str(row[0])

    def info(self) -> dict[str, str | int]:
        """Return what there is to know of the cache: path, bytes on disk, versions, how much it holds.

        `waiting` are the articles that can be read and are still to be placed and indexed.
        """
        with translated(self._path):
            row = self._conn.execute(
                f"""
                SELECT (SELECT count(*) FROM feeds WHERE followed = 1),
                    (SELECT coalesce(sum(total), 0) FROM counts),
                    (SELECT coalesce(sum(unread), 0) FROM counts),
                    (SELECT coalesce(sum(starred), 0) FROM counts),
                    (SELECT count(*) FROM state), ({waiting.COUNT}),
                    (SELECT count(*) FROM outbox), (SELECT count(*) FROM journal),
                    (SELECT count(*) FROM full_texts WHERE packed IS NOT NULL),
                    (SELECT coalesce(sum(bytes), 0) FROM full_texts WHERE packed IS NOT NULL)
                """
            ).fetchone()
        names = (
            *("feeds", "articles", "unread", "starred", "state", "waiting", "unsent", "undoable"),
            *("full_texts", "full_text_bytes"),
        )
        return {
            "path": str(self._path),
            "bytes": _size(self._path),
            "schema": schema.VERSION,
            "sqlite": sqlite3.sqlite_version,
            **dict(zip(names, row, strict=True)),
        }

    def check(self) -> list[str]:
        """Return what is wrong with the cache, one sentence each; empty when it is sound."""
        try:
            found = [str(row[0]) for row in self._conn.execute("PRAGMA integrity_check(20)")]
            broken = [f"SQLite finds: {each}" for each in found if each != "ok"]
            return [*broken, *self._contradictions()]
        except sqlite3.DatabaseError as error:
            return [f"SQLite finds: {error}; `termnews cache repair` keeps the file and reads what it can"]

    def _contradictions(self) -> Iterator[str]:
        for sql, sentence in _CHECKS:
            wrong = self._conn.execute(sql).fetchone()[0]
            if wrong:
                yield sentence.format(wrong)
        torn = sum(not bodies.sound(row[0]) for row in self._conn.execute("SELECT packed FROM bodies"))
        torn += sum(not pages.sound(row[0]) for row in self._conn.execute(_PAGES))
        if torn:
            yield (
                f"the text of {torn} articles is damaged; `termnews cache repair` lets it be fetched again"
            )

    def sound(self) -> bool:
        """Whether every page and every text of an article can be read."""
        try:
            whole = self._conn.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            return (
                whole
                and all(bodies.sound(row[0]) for row in self._conn.execute("SELECT packed FROM bodies"))
                and all(pages.sound(row[0]) for row in self._conn.execute(_PAGES))
            )
        except sqlite3.DatabaseError:
            return False

    def repair(self) -> None:
        """Count and index anew what is wrong there, without touching articles or state."""
        with translated(self._path):
            with transaction(self._conn):
                self._conn.execute(_COUNT)
                copies.anew(self._conn)
                placed.recount(self._conn)
            indexing.index_missing(self._conn)

    def prune(self, keep_days: int, keep_articles: int, now: datetime) -> int:
        """Take out read articles that are too old or too many, 0: none; return how many that were.

        What was done with them is kept, and they do not come in again as new.
        """
        with translated(self._path):
            return retention.prune(self._conn, keep_days, keep_articles, now)

    def compact(self) -> tuple[int, int]:
        """Make the search index anew and give back the room that is free; return bytes before and after.

        Raises:
            StoreError: there is no room for a copy, or another termnews is at work.
        """
        with translated(self._path):
            before = _size(self._path)
            indexing.rebuild(self._conn)
            self._conn.execute("VACUUM")
            self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return before, _size(self._path)

    def backup(self, target: Path) -> None:
        """Copy the cache to `target` while others may go on using it; the copy is one sound moment.

        Raises:
            StoreError: the file exists already or cannot be written.
        """
        if target.exists():
            raise StoreError(f"{target} exists already; name a file that does not")
        with translated(target):
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            try:
                copy(self._conn, target)
            except BaseException:
                target.unlink(missing_ok=True)  # half a copy is none
                raise


def _size(path: Path) -> int:
    """Return the bytes the cache takes on disk, its write-ahead log included."""
    beside = (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm"))
    return sum(each.stat().st_size for each in beside if each.exists())
