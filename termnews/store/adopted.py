"""State that comes from elsewhere: found by identity, kept before its article is there, and given out.

It must never take a mark away, nor hide an article that is kept.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from termnews.store import labels, placed
from termnews.store.connection import transaction, translated
from termnews.store.times import to_seconds

Came = Literal["read", "starred", "regions", "tags"]

_BATCH: Final = 1_000
_BITS: Final[Mapping[Came, int]] = {"read": 1, "starred": 2, "regions": 4, "tags": 8}
"""Bits of state.adopted."""


@dataclass(frozen=True, slots=True)
class StateRow:
    """What the user did with one entry."""

    feed_url: str
    """Address of its feed, without credentials."""
    guid: str
    """Its identity inside the feed."""
    read: bool
    """Whether it was read."""
    starred: bool
    """Whether it is starred."""
    regions: tuple[str, ...] | None = None
    """The regions the user gave it, none for no place; None: none given."""
    tags: tuple[str, ...] = ()
    """Its tags, in lower case."""


class Adopted:
    """State by feed and identity, on one connection."""

    def __init__(self, conn: sqlite3.Connection, path: Path) -> None:
        self._conn = conn
        self._path = path

    def numbers(self, feed_id: int, guids: Sequence[str]) -> dict[str, int]:
        """Return the number of each of these articles of a feed that is kept, by guid."""
        with translated(self._path):
            rows = self._conn.execute(
                """
                SELECT s.guid, s.id FROM state s JOIN articles a USING (id)
                WHERE s.feed = :feed AND s.guid IN (SELECT value FROM json_each(:guids))
                """,
                {"feed": feed_id, "guids": json.dumps(list(guids))},
            )
            return {guid: number for guid, number in rows}

    def fresh(self, numbers: Sequence[int], what: Came) -> list[int]:
        """Return those of these articles to which this never came from elsewhere, in order."""
        with translated(self._path):
            rows = self._conn.execute(
                """
                SELECT j.value FROM json_each(:ids) j JOIN state s ON s.id = j.value
                WHERE s.adopted & :bit = 0 ORDER BY j.key
                """,
                {"ids": json.dumps(list(numbers)), "bit": _BITS[what]},
            )
            return [number for (number,) in rows]

    def came(self, numbers: Sequence[int], what: Came) -> None:
        """Keep it that this came to these articles, so that it does not come again."""
        with translated(self._path), transaction(self._conn):
            self._conn.execute(
                "UPDATE state SET adopted = adopted | :bit WHERE id IN (SELECT value FROM json_each(:ids))",
                {"ids": json.dumps(list(numbers)), "bit": _BITS[what]},
            )

    def bury(self, feed_id: int, guids: Sequence[str], now: datetime) -> int:
        """Keep it that these entries were deleted: they do not come in as new; return how many are new to us.

        What is kept as an article, or known by its state, stays as it is.
        """
        with translated(self._path), transaction(self._conn):
            done = self._conn.execute(
                """
                INSERT INTO state (feed, guid, read, arrived, around, pruned)
                SELECT :feed, value, 1, :now, :nowhere, :now FROM json_each(:guids) WHERE true
                ON CONFLICT (feed, guid) DO NOTHING
                """,
                {
                    "feed": feed_id,
                    "guids": json.dumps(list(guids)),
                    "now": to_seconds(now),
                    "nowhere": placed.NOWHERE,
                },
            )
            return done.rowcount

    def states(self) -> Iterator[StateRow]:
        """Yield what the user did, feed by feed; entries nothing was done with are left out."""
        with translated(self._path):
            rows = self._conn.execute(
                """
                SELECT f.url, s.guid, s.read, s.starred, s.fixed, (
                    SELECT json_group_array(l.tag) FROM labels l WHERE l.article = s.id
                ) FROM state s JOIN feeds f ON f.id = s.feed
                WHERE s.read = 1 OR s.starred = 1 OR s.fixed IS NOT NULL
                    OR s.id IN (SELECT article FROM labels)
                ORDER BY f.url, s.id
                """
            )
            for url, guid, read, starred, fixed, tags in rows:
                regions = None if fixed is None else tuple(fixed.split())
                yield StateRow(url, guid, bool(read), bool(starred), regions, tuple(sorted(json.loads(tags))))

    def remember(self, rows: Iterable[StateRow], now: datetime) -> int:
        """Keep the state of entries that are not known yet, for when they come in; return how many.

        The feeds need not be followed. Entries that are known stay as they are.
        """
        rows = list(rows)
        done = 0
        for start in range(0, len(rows), _BATCH):
            with translated(self._path), transaction(self._conn):
                done += sum(self._remember(row, now) for row in rows[start : start + _BATCH])
        return done

    def _remember(self, row: StateRow, now: datetime) -> int:
        self._conn.execute(
            "INSERT INTO feeds (url, followed) VALUES (:url, 0) ON CONFLICT (url) DO NOTHING",
            {"url": row.feed_url},
        )
        said: dict[Came, bool] = {
            "read": row.read, "starred": row.starred,
            "regions": row.regions is not None, "tags": bool(row.tags),
        }  # fmt: skip
        made = self._conn.execute(
            """
            INSERT INTO state (feed, guid, read, starred, arrived, fixed, adopted)
            SELECT id, :guid, :read, :starred, :now, :fixed, :adopted FROM feeds WHERE url = :url
            ON CONFLICT (feed, guid) DO NOTHING RETURNING id
            """,
            {
                "url": row.feed_url,
                "guid": row.guid,
                "read": row.read,
                "starred": row.starred,
                "now": to_seconds(now),
                "fixed": None if row.regions is None else " ".join(row.regions),
                "adopted": sum(_BITS[each] for each, is_said in said.items() if is_said),
            },
        ).fetchall()
        for tag in row.tags if made else ():
            labels.put(self._conn, [number for (number,) in made], tag, True)
        return len(made)
