"""What the user did: read, starred, tags, regions given; the journal that undoes it exactly; the outbox.

It must never touch what feeds said. Each change is one transaction, durable when the call
returns; the journal keeps the numbers of the articles whose state really changed, and of
corrections what was said before and after, so that undo gives back what was and nothing else.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal

from termnews.errors import StoreError
from termnews.models import Action
from termnews.store import copies, labels, placed, tags
from termnews.store.connection import transaction
from termnews.store.times import to_seconds

if TYPE_CHECKING:
    from termnews.models import Change

Field = Literal["read", "starred"]
Correction = Literal["mute", "pin"]

KEPT_ACTIONS: Final = 200
"""Actions the journal keeps; older ones can no longer be undone."""

_PART: Final = 20_000
"""Articles marked with one statement."""

_Name = Literal["read", "unread", "star", "unstar", "tag", "untag", "mute", "pin", "fix"]
_NAMES: Final[dict[tuple[str, int], _Name]] = {
    ("read", 1): "read",
    ("read", 0): "unread",
    ("starred", 1): "star",
    ("starred", 0): "unstar",
    ("tag", 1): "tag",
    ("tag", 0): "untag",
    ("mute", 0): "mute",
    ("pin", 0): "pin",
    ("fix", 0): "fix",
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


def mark(
    conn: sqlite3.Connection, ids: Sequence[int], field: Field, value: bool, label: str, now: datetime
) -> Action:
    """Set one field of these articles and write it to the journal; unknown numbers are passed over."""
    with transaction(conn):
        changed, beside = _changed(conn, ids, field, value, now)
        # A copy of one of them may be another one of them.
        count = len(changed) + len(set(beside).intersection(ids) if beside else ())
        return _record(conn, _Row(field, value, label, changed + beside, count=count), now)


def tag(
    conn: sqlite3.Connection, ids: Sequence[int], name: str, value: bool, label: str, now: datetime
) -> Action:
    """Give these articles a tag, or take it away; unknown numbers are passed over."""
    with transaction(conn):
        changed = labels.put(conn, _with_copies(conn, ids), name, value)
        count = len(set(changed).intersection(ids))
        # Undo and redo need the name, and nothing else of it is before or after.
        return _record(conn, _Row("tag", value, label, changed, name, name, count), now)


def fix(
    conn: sqlite3.Connection, number: int, codes: Sequence[str] | None, label: str, now: datetime
) -> Action:
    """Give an article exactly these regions, none when there are none; None takes back what was given.

    Raises:
        StoreError: no article has this number.
    """
    after = None if codes is None else " ".join(dict.fromkeys(codes))
    with transaction(conn):
        row = conn.execute(
            "SELECT s.fixed FROM state s JOIN articles a USING (id) WHERE id = :id", {"id": number}
        ).fetchone()
        if row is None:
            raise StoreError(f"no article has the number {number}; `termnews list` shows the numbers")
        changed = [number] if row[0] != after else []
        if changed:
            _fix(conn, number, after)
        return _record(conn, _Row("fix", 0, label, array("q", changed), row[0], after), now)


def note(
    conn: sqlite3.Connection,
    change: Correction,
    said: tuple[str, str],
    label: str,
    article: int | None,
    now: datetime,
) -> Action:
    """Write to the journal what was said of words in the configuration.

    Args:
        conn: the open cache.
        change: what was done.
        said: what the configuration said before and what it says now, each as a text for `turn`.
        label: the same in words.
        article: number of the article it was said over, if any.
        now: the present.
    """
    with transaction(conn):
        over = array("q", [] if article is None or said[0] == said[1] else [article])
        return _record(conn, _Row(change, 0, label, over, *said), now)


def readdress(conn: sqlite3.Connection, old: str, new: str) -> None:
    """Let the corrections of one address be those of another one; runs inside a transaction."""
    for said in ("before", "after"):
        conn.execute(
            f"""
            UPDATE journal
            SET {said} = json_replace({said}, '$[0]', iif(json_extract({said}, '$[0]') = :old, :new, :old))
            WHERE field IN ('mute', 'pin') AND json_extract({said}, '$[0]') IN (:old, :new)
            """,
            {"old": old, "new": new},
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """What the journal keeps of an action."""

    field: str
    value: int
    label: str
    ids: array[int]
    before: str | None = None
    after: str | None = None
    count: int | None = None
    """How many that are as the user sees it, without copies; None: all."""


def _record(conn: sqlite3.Connection, row: _Row, now: datetime) -> Action:
    """Write an action that changed something to the journal; it ends what could be redone."""
    conn.execute("DELETE FROM journal WHERE undone = 1")
    number, count = 0, len(row.ids) if row.count is None else row.count
    if row.ids or row.before != row.after:
        values = {
            "at": to_seconds(now),
            "field": row.field,
            "value": int(row.value),
            "label": row.label,
            "count": count,
            "ids": row.ids.tobytes(),
            "before": row.before,
            "after": row.after,
        }
        inserted = conn.execute(
            """
            INSERT INTO journal (at, field, value, label, count, ids, before, after)
            VALUES (:at, :field, :value, :label, :count, :ids, :before, :after)
            """,
            values,
        )
        number = inserted.lastrowid or 0
        conn.execute("DELETE FROM journal WHERE id <= :old", {"old": number - KEPT_ACTIONS})
    first = row.ids[0] if row.ids else None
    change = _NAMES[row.field, int(row.value)]
    return Action(number, now, change, count, row.label, False, first)


def _fix(conn: sqlite3.Connection, number: int, fixed: str | None) -> None:
    conn.execute("UPDATE state SET fixed = :fixed WHERE id = :id", {"fixed": fixed, "id": number})
    tags.lay(conn, number, fixed)


def put(conn: sqlite3.Connection, ids: Sequence[int], field: Field, value: bool, now: datetime) -> array[int]:
    """Set the field, of copies as well; return those that really changed, in the order given, copies last."""
    changed, beside = _changed(conn, ids, field, value, now)
    return changed + beside


def _changed(
    conn: sqlite3.Connection, ids: Sequence[int], field: Field, value: bool, now: datetime
) -> tuple[array[int], array[int]]:
    """Set the field and return which of these changed, and which of their copies.

    Part by part: lists and texts of a million numbers would take 400 MB.
    """
    changed, beside = array("q"), array("q")
    for start in range(0, len(ids), _PART):
        part = list(dict.fromkeys(ids[start : start + _PART]))
        changed += _set(conn, part, field, value, now)
        beside += _set(conn, copies.others(conn, part), field, value, now)
    return changed, beside


def _set(conn: sqlite3.Connection, ids: list[int], field: Field, value: bool, now: datetime) -> array[int]:
    if not ids:
        return array("q")
    asked = {"ids": json.dumps(ids), "value": int(value)}
    changed = {row[0] for row in conn.execute(f"{_UPDATE[field]} RETURNING id", asked).fetchall()}
    kept = array("q", [number for number in ids if number in changed])
    placed.marked(conn, kept, field, value)
    conn.execute(
        """
        INSERT INTO outbox (article, field, value, at)
        SELECT value, :field, :set, :at FROM json_each(:ids) WHERE true
        ON CONFLICT (article, field) DO UPDATE SET value = excluded.value, at = excluded.at
        """,
        {"ids": json.dumps(list(kept)), "field": field, "set": int(value), "at": to_seconds(now)},
    )
    return kept


def _with_copies(conn: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    return [*dict.fromkeys(ids), *copies.others(conn, ids)]


def turn(
    conn: sqlite3.Connection, count: int, now: datetime, *, redo: bool, correct: Callable[[str], None]
) -> list[Action]:
    """Take back the last `count` actions, or do again those undone last, all or none.

    Args:
        conn: the open cache.
        count: how many, at most.
        now: the present.
        redo: whether to do again.
        correct: makes the configuration say again what a text of `note` stands for.

    Returns:
        The actions: undone ones newest first, those done again in the order they were done.
    """
    order = "id" if redo else "id DESC"
    with transaction(conn):
        rows = conn.execute(
            f"""
            SELECT id, at, field, value, label, count, undone, ids, before, after FROM journal
            WHERE undone = :redo ORDER BY {order} LIMIT :count
            """,
            {"redo": redo, "count": count},
        ).fetchall()
        for number, _, field, value, _, _, _, ids, before, after in rows:
            said = after if redo else before
            if field == "fix":
                _fix(conn, array("q", ids)[0], said)
            elif field == "tag":
                labels.put(conn, array("q", ids), said, bool(value) is redo)
            elif said is None:
                put(conn, array("q", ids), field, bool(value) is redo, now)
            else:
                correct(said)
            conn.execute(
                "UPDATE journal SET undone = :undone WHERE id = :id", {"undone": not redo, "id": number}
            )
    return [_action((*row[:6], not redo, row[7])) for row in rows]


def history(conn: sqlite3.Connection, count: int) -> list[Action]:
    """Return the last actions, newest first, undone ones among them."""
    rows = conn.execute(
        """
        SELECT id, at, field, value, label, count, undone, substr(ids, 1, 8) FROM journal
        ORDER BY id DESC LIMIT :count
        """,
        {"count": count},
    )
    return [_action(row) for row in rows]


def _action(row: tuple[int, int, str, int, str, int, int, bytes]) -> Action:
    number, at, field, value, label, count, undone, ids = row
    moment = datetime.fromtimestamp(at, UTC)
    first = array("q", ids[:8])[0] if ids else None
    return Action(number, moment, _NAMES[field, value], count, label, bool(undone), first)


def outbox(conn: sqlite3.Connection) -> list[Change]:
    """Return the changes no sync server has been told, oldest first."""
    from termnews.models import Change  # no list needs it

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
