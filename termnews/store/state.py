"""What the user did: read and starred, the journal that undoes it exactly, and the outbox.

It must never touch what feeds said. Each change is one transaction, durable when the call
returns; the journal keeps the numbers of the articles whose state really changed, so that
undo gives back what was and nothing else.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, Literal

from termnews.models import Action, Change
from termnews.store.connection import transaction
from termnews.store.times import to_seconds

Field = Literal["read", "starred"]

KEPT_ACTIONS: Final = 200
"""Actions the journal keeps; older ones can no longer be undone."""

_NAMES: Final[dict[tuple[str, int], Literal["read", "unread", "star", "unstar"]]] = {
    ("read", 1): "read",
    ("read", 0): "unread",
    ("starred", 1): "star",
    ("starred", 0): "unstar",
}
_UPDATE: Final = {
    "read": """
        UPDATE state SET read = :value
        WHERE id IN (SELECT value FROM json_each(:ids)) AND read <> :value
    """,
    "starred": """
        UPDATE state SET starred = :value
        WHERE id IN (SELECT value FROM json_each(:ids)) AND starred <> :value
    """,
}
_ACTIONS: Final = "SELECT id, at, field, value, label, count, undone, ids FROM journal"


def mark(
    conn: sqlite3.Connection, ids: Sequence[int], field: Field, value: bool, label: str, now: datetime
) -> Action:
    """Set one field of these articles and write it to the journal; unknown numbers are passed over."""
    with transaction(conn):
        changed = _set(conn, ids, field, value, now)
        # A new action ends what could be redone.
        conn.execute("DELETE FROM journal WHERE undone = 1")
        row = {
            "at": to_seconds(now),
            "field": field,
            "value": int(value),
            "label": label,
            "count": len(changed),
            "ids": changed.tobytes(),
        }
        number = 0
        if changed:
            number = (
                conn.execute(
                    """
                INSERT INTO journal (at, field, value, label, count, ids)
                VALUES (:at, :field, :value, :label, :count, :ids)
                """,
                    row,
                ).lastrowid
                or 0
            )
            conn.execute("DELETE FROM journal WHERE id <= :old", {"old": number - KEPT_ACTIONS})
    first = changed[0] if changed else None
    return Action(number, now, _NAMES[field, int(value)], len(changed), label, False, first)


def _set(
    conn: sqlite3.Connection, ids: Sequence[int], field: Field, value: bool, now: datetime
) -> array[int]:
    """Set the field; return the numbers of those that really changed, in the order given."""
    asked = {"ids": json.dumps(list(ids)), "value": int(value)}
    changed = {row[0] for row in conn.execute(f"{_UPDATE[field]} RETURNING id", asked).fetchall()}
    conn.executemany(
        """
        INSERT INTO outbox (article, field, value, at) VALUES (?, ?, ?, ?)
        ON CONFLICT (article, field) DO UPDATE SET value = excluded.value, at = excluded.at
        """,
        [(number, field, int(value), to_seconds(now)) for number in changed],
    )
    return array("q", [number for number in dict.fromkeys(ids) if number in changed])


def undo(conn: sqlite3.Connection, count: int, now: datetime) -> list[Action]:
    """Take back the last `count` actions that are not undone; return them, newest first."""
    return _turn(conn, "WHERE undone = 0 ORDER BY id DESC", count, now, undone=True)


def redo(conn: sqlite3.Connection, count: int, now: datetime) -> list[Action]:
    """Do again the last `count` actions that were undone; return them in the order they were done."""
    return _turn(conn, "WHERE undone = 1 ORDER BY id", count, now, undone=False)


def _turn(conn: sqlite3.Connection, which: str, count: int, now: datetime, *, undone: bool) -> list[Action]:
    with transaction(conn):
        rows = conn.execute(f"{_ACTIONS} {which} LIMIT :count", {"count": count}).fetchall()
        for number, _, field, value, _, _, _, ids in rows:
            _set(conn, array("q", ids), field, bool(value) is not undone, now)
            conn.execute(
                "UPDATE journal SET undone = :undone WHERE id = :id", {"undone": undone, "id": number}
            )
    return [_action((*row[:6], undone, row[7])) for row in rows]


def history(conn: sqlite3.Connection, count: int) -> list[Action]:
    """Return the last actions, newest first, undone ones among them."""
    rows = conn.execute(f"{_ACTIONS} ORDER BY id DESC LIMIT :count", {"count": count})
    return [_action(row) for row in rows]


def _action(row: tuple[int, int, str, int, str, int, int, bytes]) -> Action:
    number, at, field, value, label, count, undone, ids = row
    moment = datetime.fromtimestamp(at, UTC)
    first = array("q", ids[:8])[0] if ids else None
    return Action(number, moment, _NAMES[field, value], count, label, bool(undone), first)


def outbox(conn: sqlite3.Connection) -> list[Change]:
    """Return the changes no sync server has been told, oldest first."""
    rows = conn.execute(
        """
        SELECT o.article, f.url, s.guid, o.field, o.value, o.at
        FROM outbox o JOIN state s ON s.id = o.article JOIN feeds f ON f.id = s.feed
        ORDER BY o.at, o.article
        """
    )
    return [
        Change(number, url, guid, field, bool(value), datetime.fromtimestamp(at, UTC))
        for number, url, guid, field, value, at in rows
    ]


def pushed(conn: sqlite3.Connection, changes: Sequence[Change]) -> None:
    """Drop changes the server took, unless they changed again meanwhile."""
    with transaction(conn):
        conn.executemany(
            "DELETE FROM outbox WHERE article = ? AND field = ? AND value = ?",
            [(each.article, each.field, int(each.value)) for each in changes],
        )
