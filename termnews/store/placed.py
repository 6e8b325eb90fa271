"""Where articles stand among the regions: `state.around`, the lists by place, the counters by place.

It must never find a place: it reads what `tags` holds. An article about a town is also about the
province, country and continent around it, so each of these lists it and counts it, once.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from termnews import models, regions

NOWHERE: Final = '[""]'
"""`around` of an article about no place: it is listed and counted under the code ''."""


UNPLACED: Final = "[]"
"""`around` of an article nobody has looked at: no list of a place has it, nor that of no place."""
_OF_ALL: Final = """
    SELECT t.value FROM tags t WHERE t.article = :id AND t.kind = 'region' AND t.role = 'about'
    UNION SELECT t.value FROM state s JOIN state c ON c.copy_of = s.id JOIN tags t ON t.article = c.id
    WHERE s.id = :id AND s.fixed IS NULL AND t.kind = 'region' AND t.role = 'about'
"""
_WAITS: Final = "SELECT 1 FROM articles WHERE id = :id AND doc IS NULL"


def around(codes: Iterable[str]) -> str:
    """Return these codes and those of what lies around them as `state.around` keeps them.

    That is JSON, each code behind what is around it, so that it sorts by continent, country and province.
    """
    about = frozenset(codes)
    chains = sorted((*reversed(regions.ancestors(code)), code) for code in about)
    found = dict.fromkeys(each for chain in chains for each in chain)
    if regions.WORLD not in about:
        # Everything is in the world; what stands there is what is about no smaller place.
        found.pop(regions.WORLD, None)
    return json.dumps(list(found), separators=(",", ":")) if found else NOWHERE


def settle(conn: sqlite3.Connection, number: int) -> None:
    """Let an article stand where its tags say; runs inside a transaction."""
    rows = conn.execute(
        "SELECT value FROM tags WHERE article = :id AND kind = 'region' AND role = 'about'", {"id": number}
    )
    stand(conn, {number: (row[0] for row in rows)})


def stand(conn: sqlite3.Connection, about: Mapping[int, Iterable[str]]) -> None:
    """Let articles stand where these codes say, by their numbers; runs inside a transaction."""
    conn.executemany(
        "UPDATE state SET around = :around WHERE id = :id AND around <> :around",
        [{"id": number, "around": around(codes)} for number, codes in about.items()],
    )
    rows = conn.execute(
        """
        SELECT DISTINCT coalesce(s.copy_of, s.id) FROM json_each(:ids) j JOIN state s ON s.id = j.value
        WHERE s.copy_of IS NOT NULL OR EXISTS (SELECT 1 FROM state c WHERE c.copy_of = s.id)
        """,
        {"ids": json.dumps(list(about))},
    )
    stand_for(conn, [row[0] for row in rows])


def stand_for(conn: sqlite3.Connection, firsts: Iterable[int]) -> None:
    """Let articles stand also where their copies do, which they are listed for; runs inside a transaction.

    Not so one the user gave its regions: those are exactly these.
    """
    for number in firsts:
        rows = conn.execute(_OF_ALL, {"id": number}).fetchall()
        if (codes := [row[0] for row in rows]) or not conn.execute(_WAITS, {"id": number}).fetchone():
            place = around(codes)
        else:
            place = UNPLACED
        conn.execute(
            "UPDATE state SET around = :around WHERE id = :id AND date IS NOT NULL AND around <> :around",
            {"id": number, "around": place},
        )


def marked(
    conn: sqlite3.Connection, ids: Sequence[int], field: Literal["read", "starred"], value: bool
) -> None:
    """Count by place that these articles changed: runs inside a transaction, after the change.

    No trigger does this: for many articles it is ten times faster to count each set of places once.
    """
    rows = conn.execute(
        """
        SELECT s.around, count(*) FROM json_each(:ids) j JOIN state s ON s.id = j.value
        WHERE s.date IS NOT NULL AND s.copy_of IS NULL
            AND s.feed IN (SELECT id FROM feeds WHERE followed = 1) GROUP BY s.around
        """,
        {"ids": json.dumps(list(ids))},
    )
    steps = Counter[str]()
    for codes, count in rows:
        for code in json.loads(codes):
            steps[code] += count
    step, column = (-1, "unread") if field == "read" else (1, "starred")
    conn.executemany(
        f"UPDATE region_counts SET {column} = {column} + :step WHERE code = :code",
        [{"code": code, "step": step * count * (1 if value else -1)} for code, count in steps.items()],
    )


def counts(conn: sqlite3.Connection) -> dict[str, models.Count]:
    """Return how many listed articles each code has, those about places within it included; '' for none."""
    rows = conn.execute("SELECT code, total, unread, starred FROM region_counts WHERE total > 0")
    return {code: models.Count(*figures) for code, *figures in rows}


def summed(counted: Iterable[tuple[str, models.Count]]) -> dict[str, models.Count]:
    """Return the counts of each code by those of each `state.around` that occurs."""
    sums = defaultdict[str, models.Count](models.Count)
    for kept, figures in counted:
        for code in json.loads(kept):
            so_far = sums[code]
            sums[code] = models.Count(
                so_far.total + figures.total,
                so_far.unread + figures.unread,
                so_far.starred + figures.starred,
            )
    return dict(sums)


def count(conn: sqlite3.Connection, code: str) -> models.Count:
    """Return how many listed articles a code has, as `counts` does."""
    row = conn.execute(
        "SELECT total, unread, starred FROM region_counts WHERE code = :code", {"code": code}
    ).fetchone()
    return models.Count(*(row or (0, 0, 0)))


def recount(conn: sqlite3.Connection) -> None:
    """List and count all articles by place anew; runs inside a transaction."""
    for statement in ANEW:
        conn.execute(statement)


_LISTED: Final = "SELECT j.value, s.date, s.id FROM state s, json_each(s.around) j WHERE s.date IS NOT NULL"
_COUNTED: Final = """
    SELECT j.value, count(*), sum(s.read = 0), sum(s.starred) FROM state s, json_each(s.around) j
    WHERE s.date IS NOT NULL AND s.copy_of IS NULL
        AND s.feed IN (SELECT id FROM feeds WHERE followed = 1) GROUP BY j.value
"""
ANEW: Final = (
    "DELETE FROM places",
    f"INSERT INTO places {_LISTED} ORDER BY 1, 2, 3",
    "DELETE FROM region_counts",
    f"INSERT INTO region_counts {_COUNTED}",
)
WRONG: Final = f"""
    SELECT count(*) FROM (
        SELECT * FROM (SELECT * FROM region_counts WHERE total > 0 EXCEPT {_COUNTED})
        UNION ALL SELECT * FROM ({_COUNTED} EXCEPT SELECT * FROM region_counts)
    )
"""
"""SQL that returns how many places have counters that are wrong."""
