"""One page in several feeds: its articles are kept apart, listed once and marked together.

It must never touch what feeds said. The first of them that came is listed; the others name it in
`state.copy_of` as long as it is listed itself: when it is pruned or its feed is left, the next one takes
its place. A link that stands on several entries of one feed tells nothing, and joins nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from termnews.store import labels, placed
from termnews.store.search import ANY_COPY

_MEMBER: Final = "s.id, s.feed, s.date IS NOT NULL AND f.followed, s.read, s.starred, s.copy_of"
_BY_KEY: Final = f"""
    SELECT l.key, {_MEMBER} FROM json_each(:keys) j JOIN links l ON l.key = j.value
    JOIN state s ON s.id = l.article JOIN feeds f ON f.id = s.feed ORDER BY 1, 2
"""
_BY_FIRST: Final = f"""
    SELECT coalesce(s.copy_of, s.id), {_MEMBER} FROM (
        SELECT value AS id FROM json_each(:keys)
        UNION SELECT c.id FROM json_each(:keys) j JOIN state c ON c.copy_of = j.value
    ) m JOIN state s ON s.id = m.id JOIN feeds f ON f.id = s.feed ORDER BY 1, 2
"""
_SHARED: Final = """
    SELECT l.key FROM json_each(:keys) j JOIN links l ON l.key = j.value GROUP BY l.key HAVING count(*) > 1
"""
_OF_FEED: Final = """
    SELECT link_key(a.link, f.link) FROM state s JOIN articles a ON a.id = s.id
    JOIN feeds f ON f.id = s.feed WHERE s.feed = :feed AND s.date IS NOT NULL
"""
_FIRSTS_OF_FEED: Final = """
    SELECT coalesce(s.copy_of, s.id) FROM state s WHERE s.feed = :feed AND s.date IS NOT NULL
        AND (s.copy_of IS NOT NULL OR EXISTS (SELECT 1 FROM state c WHERE c.copy_of = s.id))
"""
ANEW: Final = (
    """
    INSERT OR IGNORE INTO links SELECT key, id FROM (
        SELECT link_key(a.link, f.link) AS key, a.id FROM articles a
        JOIN state s ON s.id = a.id JOIN feeds f ON f.id = s.feed
    ) WHERE key IS NOT NULL ORDER BY 1, 2
    """,
    "UPDATE state SET copy_of = NULL WHERE copy_of IS NOT NULL",
)


@dataclass(frozen=True, slots=True)
class _Member:
    """An entry with a certain link."""

    id: int
    feed: int
    listed: bool
    read: bool
    starred: bool
    copy_of: int | None


def arrive(conn: sqlite3.Connection, keys: Mapping[int, int | None], was: Mapping[int, int | None]) -> None:
    """Let articles that were just written stand with those of the same page; runs inside a transaction.

    An article that comes to others has their state, and they its.

    Args:
        conn: the open cache.
        keys: their keys by number.
        was: of those that were there before, their keys until now.
    """
    moved = {number: old for number, old in was.items() if old is not None and old != keys[number]}
    firsts: list[tuple[int]] = []
    if moved:
        firsts = conn.execute(
            """
            SELECT DISTINCT s.copy_of FROM json_each(:ids) j JOIN state s ON s.id = j.value
            WHERE s.copy_of IS NOT NULL
            """,
            {"ids": json.dumps([*moved])},
        ).fetchall()
        conn.executemany("DELETE FROM links WHERE article = ? AND key = ?", moved.items())
        _stand(conn, [(None, number) for number in moved])
    named = [(each, number) for number, each in keys.items() if each is not None]
    conn.executemany("INSERT OR IGNORE INTO links (key, article) VALUES (?, ?)", named)
    come = {number for number in keys if number in moved or number not in was}
    _join(conn, {*moved.values(), *(each for each, _ in named)}, come)
    placed.stand_for(conn, [row[0] for row in firsts])


def leave(conn: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Let others stand in the place of articles that were just pruned; runs inside a transaction."""
    rows = conn.execute(
        """
        SELECT DISTINCT coalesce(s.copy_of, s.id) FROM json_each(:ids) j JOIN state s ON s.id = j.value
        WHERE s.copy_of IS NOT NULL OR EXISTS (SELECT 1 FROM state c WHERE c.copy_of = s.id)
        """,
        {"ids": json.dumps(list(numbers))},
    )
    _settle(conn, _BY_FIRST, [row[0] for row in rows])


def come_back(conn: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Let articles that are listed again stand with those of the same page; runs inside a transaction."""
    rows = conn.execute(
        "SELECT DISTINCT l.key FROM json_each(:ids) j JOIN links l ON l.article = j.value",
        {"ids": json.dumps(list(numbers))},
    )
    _join(conn, [row[0] for row in rows], ())


def follow(conn: sqlite3.Connection, left: Iterable[int], come: Iterable[int]) -> None:
    """Settle anew which articles are listed for others, of feeds left and come; runs inside a transaction."""
    firsts = {row[0] for feed in left for row in conn.execute(_FIRSTS_OF_FEED, {"feed": feed})}
    _settle(conn, _BY_FIRST, firsts)
    for feed in come:
        _join(conn, [row[0] for row in conn.execute(_OF_FEED, {"feed": feed}) if row[0] is not None], ())


def anew(conn: sqlite3.Connection) -> None:
    """Find all copies anew; runs inside a transaction."""
    for statement in ANEW:
        conn.execute(statement)
    rows = conn.execute("SELECT key FROM links GROUP BY key HAVING count(*) > 1")
    _settle(conn, _BY_KEY, [row[0] for row in rows])


def others(conn: sqlite3.Connection, numbers: Collection[int]) -> list[int]:
    """Return the numbers of what is marked with these articles and is not among them, ascending."""
    if not conn.execute(ANY_COPY).fetchone()[0]:
        return []
    asked = set(numbers)
    rows = conn.execute(
        """
        SELECT s.copy_of FROM json_each(:ids) j JOIN state s ON s.id = j.value WHERE s.copy_of IS NOT NULL
        """,
        {"ids": json.dumps(list(numbers))},
    )
    firsts = {row[0] for row in rows}
    rows = conn.execute(
        "SELECT s.id FROM json_each(:ids) j JOIN state s ON s.copy_of = j.value",
        {"ids": json.dumps([*(asked | firsts)])},
    )
    return sorted((firsts | {row[0] for row in rows}) - asked)


def full_text(conn: sqlite3.Connection, numbers: Collection[int]) -> tuple[bytes | None, int | None]:
    """Return the full text of the first of these articles that has one, packed, and its time."""
    row = conn.execute(
        """
        SELECT x.packed, x.fetched FROM json_each(:ids) j JOIN full_texts x ON x.id = j.value
        WHERE x.packed IS NOT NULL ORDER BY x.id LIMIT 1
        """,
        {"ids": json.dumps(list(numbers))},
    ).fetchone()
    return row or (None, None)


def _join(conn: sqlite3.Connection, keys: Iterable[int], joined: Collection[int]) -> None:
    shared = conn.execute(_SHARED, {"keys": json.dumps(list(dict.fromkeys(keys)))}).fetchall()
    _settle(conn, _BY_KEY, [row[0] for row in shared], joined)


def _settle(
    conn: sqlite3.Connection, members: str, groups: Iterable[int], joined: Collection[int] = ()
) -> None:
    """Let the first of each group that is listed stand for the others.

    Args:
        conn: the open cache.
        members: SQL that returns the members of the groups.
        groups: which; each alone as `members` names them.
        joined: those that were written just now: also what is no longer listed tells them their state.
    """
    asked = {"keys": json.dumps(list(groups))}
    if asked["keys"] == "[]":
        return
    stand: list[tuple[int | None, int]] = []
    firsts: set[int] = set()
    share: dict[Literal["read", "starred"], list[int]] = {"read": [], "starred": []}
    tagged: list[tuple[list[int], list[int]]] = []
    rows = conn.execute(members, asked).fetchall()
    for _, group in groupby(rows, key=lambda row: row[0]):
        them = [_Member(*row[1:]) for row in group]
        one = len({each.feed for each in them}) == len(them)
        listed = [each for each in them if each.listed] if one else []
        first = listed[0].id if listed else None
        places = [(first if each in listed[1:] else None, each) for each in them]
        stand += [(place, each.id) for place, each in places if place != each.copy_of]
        for place, each in places:
            if place != each.copy_of:
                firsts |= {number for number in (place, each.copy_of) if number is not None}
        come = any(place is not None and each.copy_of is None for place, each in places)
        if come or any(each.id in joined for each in listed):
            # What was read before it was pruned, or in a feed that was left, was read all the same.
            said = listed if len(listed) > 1 else them
            if any(each.read for each in said):
                share["read"] += [each.id for each in listed if not each.read]
            if any(each.starred for each in said):
                share["starred"] += [each.id for each in listed if not each.starred]
            tagged.append(([each.id for each in said], [each.id for each in listed]))
    _stand(conn, stand)
    placed.stand_for(conn, sorted(firsts))
    labels.share(conn, tagged)
    for field, numbers in share.items():
        if numbers:
            conn.executemany(f"UPDATE state SET {field} = 1 WHERE id = ?", [(each,) for each in numbers])
            placed.marked(conn, numbers, field, True)


def _stand(conn: sqlite3.Connection, wanted: Sequence[tuple[int | None, int]]) -> None:
    conn.executemany("UPDATE state SET copy_of = ? WHERE id = ? AND copy_of IS NOT ?1", wanted)
