"""What was saved to be read at once, and still waits for its places and its rows in the search index.

An article waits while it names no row of the index (`articles.doc` is NULL): so a crash leaves work to
finish, not a hole, and `articles_doc` finds that work without a scan. It must never find a place.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termnews.store import indexing, ruling, tags
from termnews.store.connection import transaction, translated

if TYPE_CHECKING:
    from termnews.models import Draft, Entry, Located


@dataclass(frozen=True, slots=True)
class Ready:
    """An article whose places were found."""

    id: int
    """Its number."""
    entry: Entry
    """What is indexed of it: title, author, text and categories."""
    placing: tags.Placing | None
    """What is written of its places; None: those it has are right."""


COUNT: Final = """
    SELECT count(*) FROM articles a JOIN state s ON s.id = a.id JOIN feeds f ON f.id = s.feed
    WHERE a.doc IS NULL AND f.followed
"""
TAKE: Final = """
    SELECT a.id FROM articles a JOIN bodies b ON b.id = a.id
    JOIN state s ON s.id = a.id JOIN feeds f ON f.id = s.feed
    WHERE a.doc IS NULL AND a.id > :after AND f.followed ORDER BY a.id LIMIT :limit
"""


class Waiting:
    """The articles of one cache that wait, over an open connection.

    Those of feeds that are no longer followed are not among them; they wait until their feed is again.
    """

    def __init__(self, conn: sqlite3.Connection, path: Path, ruled: ruling.Ruling | None = None) -> None:
        self._conn = conn
        self._path = path
        self.ruling = ruled or ruling.Ruling(tuple, lambda: datetime.now(UTC))
        """What is done with what came in, once it is placed and indexed."""

    def count(self) -> int:
        """Return how many articles wait."""
        with translated(self._path):
            return int(self._conn.execute(COUNT).fetchone()[0])

    def take(self, after: int, limit: int) -> list[Draft]:
        """Return the first of them with numbers above `after`, in the order they came in."""
        with translated(self._path):
            rows = self._conn.execute(TAKE, {"after": after, "limit": limit}).fetchall()
            return list(tags.read_drafts(self._conn, [row[0] for row in rows]))

    def finish(self, found: Sequence[tuple[Draft, Located | None, str]]) -> None:
        """Write places and index rows, in one transaction.

        Args:
            found: each article with its places (None: those it has are right) and what found them. One that
                changed since it was read is left to wait.
        """
        with translated(self._path), transaction(self._conn):
            present = tags.unchanged(self._conn, [draft for draft, _, _ in found], waiting=True)
            arrived = ruling.fresh(self._conn, list(present)) if self.ruling.rules() else []
            write(
                self._conn,
                [
                    Ready(draft.id, draft.entry, _placing(draft, present[draft.id], located, tagged))
                    for draft, located, tagged in found
                    if draft.id in present
                ],
            )
            if arrived:
                ruling.apply(self._conn, self.ruling, arrived)


def _placing(draft: Draft, before: str, located: Located | None, tagged: str) -> tags.Placing | None:
    return None if located is None else tags.Placing(draft.id, draft.feed, before, located, tagged)


def write(conn: sqlite3.Connection, found: Sequence[Ready]) -> None:
    """Write places and index rows of articles that wait; runs inside a transaction."""
    tags.place(conn, [each.placing for each in found if each.placing is not None])
    docs = [{"id": each.id, "doc": indexing.write_entry(conn, each.entry)} for each in found]
    conn.executemany("UPDATE articles SET doc = :doc, fresh = 0 WHERE id = :id", docs)
