"""The cache as a file: small remembered values, its size, its soundness, a copy of it.

It must never change articles or state.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Final

from termnews import schema
from termnews.errors import StoreError
from termnews.store.connection import translated

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
        "SELECT count(*) FROM articles WHERE doc IS NULL",
        "{} articles are not in the search index",
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
        "the counters of {} feeds are wrong",
    ),
)


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
        """Return the value kept under a key, None when there is none."""
        with translated(self._path):
            row = self._conn.execute("SELECT value FROM meta WHERE key = :key", {"key": key}).fetchone()
        return None if row is None else str(row[0])

    def info(self) -> dict[str, str | int]:
        """Return what there is to know of the cache: path, bytes on disk, versions, how much it holds."""
        with translated(self._path):
            row = self._conn.execute(
                """
                SELECT (SELECT count(*) FROM feeds WHERE followed = 1), (SELECT count(*) FROM articles),
                    (SELECT coalesce(sum(unread), 0) FROM counts),
                    (SELECT coalesce(sum(starred), 0) FROM counts),
                    (SELECT count(*) FROM state), (SELECT count(*) FROM articles WHERE doc IS NULL),
                    (SELECT count(*) FROM outbox), (SELECT count(*) FROM journal)
                """
            ).fetchone()
        names = ("feeds", "articles", "unread", "starred", "state", "unindexed", "unsent", "undoable")
        return {
            "path": str(self._path),
            "bytes": _size(self._path),
            "schema": schema.VERSION,
            "sqlite": sqlite3.sqlite_version,
            **dict(zip(names, row, strict=True)),
        }

    def check(self) -> list[str]:
        """Return what is wrong with the cache, one sentence each; empty when it is sound."""
        with translated(self._path):
            found = [str(row[0]) for row in self._conn.execute("PRAGMA integrity_check(20)")]
            problems = [f"SQLite finds: {each}" for each in found if each != "ok"]
            for sql, sentence in _CHECKS:
                wrong = self._conn.execute(sql).fetchone()[0]
                if wrong:
                    problems.append(sentence.format(wrong))
        return problems

    def backup(self, target: Path) -> None:
        """Copy the cache to `target` while others may go on using it; the copy is one sound moment.

        Raises:
            StoreError: the file exists already or cannot be written.
        """
        if target.exists():
            raise StoreError(f"{target} exists already; name a file that does not")
        with translated(target):
            os.close(os.open(target, os.O_CREAT | os.O_RDWR, 0o600))
            copy = sqlite3.connect(target)
            try:
                self._conn.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                copy.close()


def _size(path: Path) -> int:
    """Return the bytes the cache takes on disk, its write-ahead log included."""
    beside = (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm"))
    return sum(each.stat().st_size for each in beside if each.exists())
