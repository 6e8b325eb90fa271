"""Full texts in the store: the page behind an article, kept beside what its feed said.

It must never change what a feed said or what the user did; a full text goes with its article.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from termnews.models import FullText
from termnews.store import indexing, pages, tags
from termnews.store.connection import transaction, translated
from termnews.store.search import WITH_FULL_TEXT
from termnews.store.times import to_seconds

_READ: Final = """
    SELECT x.id, x.bytes FROM full_texts x JOIN state s ON s.id = x.id
    WHERE x.packed IS NOT NULL AND s.read = 1 AND s.starred = 0 ORDER BY s.date, s.id
"""


class FullTexts:
    """The full texts of one cache, over an open connection."""

    def __init__(self, conn: sqlite3.Connection, path: Path) -> None:
        self._conn = conn
        self._path = path

    def keep(self, number: int, full: FullText, now: datetime) -> int:
        """Keep the full text of an article, so that search finds it; return the bytes it takes.

        The article is to be tagged again by whoever knows how; until then it counts as not tagged. An article
        that went meanwhile gets none.
        """
        packed = pages.pack(full)
        with translated(self._path), transaction(self._conn):
            row = self._conn.execute(
                "SELECT s.feed FROM articles a JOIN state s USING (id) WHERE a.id = :id", {"id": number}
            ).fetchone()
            if row is None:
                return 0
            self._conn.execute(
                """
                INSERT OR REPLACE INTO full_texts (id, packed, bytes, fetched)
                VALUES (:id, :packed, :bytes, :now)
                """,
                {"id": number, "packed": packed, "bytes": len(packed), "now": to_seconds(now)},
            )
            indexing.again(self._conn, number)
            self._conn.execute("UPDATE articles SET tagged = '' WHERE id = :id", {"id": number})
            tags.unsettle(self._conn, row[0], "")
        return len(packed)

    def refuse(self, number: int, why: str, now: datetime, again: datetime | None) -> None:
        """Remember why an article has no full text, and when it may be tried again unasked (None: never).

        A full text that is kept stays.
        """
        with translated(self._path):
            self._conn.execute(
                """
                INSERT INTO full_texts (id, fetched, why, again)
                SELECT id, :now, :why, :again FROM articles WHERE id = :id
                ON CONFLICT (id) DO UPDATE SET fetched = excluded.fetched, why = excluded.why,
                    again = excluded.again
                WHERE packed IS NULL
                """,
                {"id": number, "now": to_seconds(now), "why": why, "again": to_seconds(again)},
            )

    def wanted(self, ids: Sequence[int], now: datetime) -> list[int]:
        """Return which of these articles are to be fetched ahead: no full text, and no refusal that holds.

        A page that is kept for a copy is not fetched again.
        """
        with translated(self._path):
            rows = self._conn.execute(
                f"""
                SELECT j.value FROM json_each(:ids) j JOIN articles a ON a.id = j.value
                LEFT JOIN full_texts x ON x.id = a.id
                WHERE a.id NOT IN ({WITH_FULL_TEXT})
                    AND (x.id IS NULL OR (x.packed IS NULL AND x.again <= :now))
                    AND (a.link LIKE 'http://%' OR a.link LIKE 'https://%')
                """,
                {"ids": json.dumps(list(ids)), "now": to_seconds(now)},
            )
            found = {row[0] for row in rows}
        return [number for number in ids if number in found]

    def asked(self) -> dict[int, int]:
        """Return the articles rules want the full text of, with those that have one, as `in_feeds`."""
        with translated(self._path):
            rows = self._conn.execute(
                "SELECT coalesce(copy_of, id), min(id) FROM state WHERE wants_full = 1 GROUP BY 1"
            )
            return dict(rows.fetchall())

    def in_feeds(self, ids: Sequence[int], feeds: Collection[int]) -> dict[int, int]:
        """Return which of these listed articles are of some feeds, or stand for one that is.

        Returns:
            Their numbers → those of the articles of these feeds, the one listed before its copies.
        """
        with translated(self._path):
            rows = self._conn.execute(
                """
                SELECT c.copy_of, c.id FROM json_each(:ids) j JOIN state c ON c.copy_of = j.value
                WHERE c.feed IN (SELECT value FROM json_each(:feeds))
                UNION ALL SELECT s.id, s.id FROM json_each(:ids) j JOIN state s ON s.id = j.value
                WHERE s.feed IN (SELECT value FROM json_each(:feeds))
                """,
                {"ids": json.dumps(list(ids)), "feeds": json.dumps(list(feeds))},
            )
            return dict(rows.fetchall())

    def used(self) -> int:
        """Return the bytes all full texts take."""
        with translated(self._path):
            row = self._conn.execute(
                "SELECT coalesce(sum(bytes), 0) FROM full_texts WHERE packed IS NOT NULL"
            ).fetchone()
        return int(row[0])

    def make_room(self, most: int) -> int:
        """Drop full texts of read articles without a star, oldest first, until all fit into so many bytes.

        Returns:
            How many went. What their feeds said stays, and they can be fetched again.
        """
        over, gone = self.used() - most, 0
        with translated(self._path):
            for number, size in self._conn.execute(_READ).fetchall() if over > 0 else ():
                if over <= 0:
                    break
                with transaction(self._conn):
                    # As a refusal: it is not fetched ahead again.
                    self._conn.execute(
                        "UPDATE full_texts SET packed = NULL, bytes = 0, why = 'room' WHERE id = :id",
                        {"id": number},
                    )
                    indexing.again(self._conn, number)
                over, gone = over - size, gone + 1
        return gone
