"""Tags: words the user, or a rule, put to articles.

It must never write the journal: what the user does with tags goes through `state`. Tags are in lower case;
copies of a page share them, which is for who calls to see to.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Sequence

from termnews.models import Count
from termnews.store.search import LISTED


def put(
    conn: sqlite3.Connection, ids: Sequence[int], tag: str, value: bool, *, by_rule: bool = False
) -> array[int]:
    """Give articles a tag or take it away; return those that really changed, in the order given."""
    among = {"ids": json.dumps(list(ids)), "tag": tag, "by_rule": by_rule}
    if value:
        # A number without a row of state is passed over.
        rows = conn.execute(
            """
            INSERT INTO labels (article, tag, by_rule)
            SELECT s.id, :tag, :by_rule FROM json_each(:ids) j JOIN state s ON s.id = j.value WHERE true
            ON CONFLICT DO NOTHING RETURNING article
            """,
            among,
        ).fetchall()
    else:
        rows = conn.execute(
            """
            DELETE FROM labels WHERE tag = :tag AND article IN (SELECT value FROM json_each(:ids))
            RETURNING article
            """,
            among,
        ).fetchall()
    changed = {row[0] for row in rows}
    return array("q", [number for number in dict.fromkeys(ids) if number in changed])


def share(conn: sqlite3.Connection, groups: Sequence[tuple[Sequence[int], Sequence[int]]]) -> None:
    """Give articles the tags of others; runs inside a transaction.

    Args:
        conn: the open cache.
        groups: of each, whose tags they are and who is to have them.
    """
    if not groups or not conn.execute("SELECT EXISTS (SELECT 1 FROM labels)").fetchone()[0]:
        return
    for whose, to in groups:
        conn.execute(
            """
            INSERT INTO labels (article, tag, by_rule)
            SELECT t.value, l.tag, min(l.by_rule) FROM json_each(:whose) w
            JOIN labels l ON l.article = w.value JOIN json_each(:to) t WHERE true GROUP BY t.value, l.tag
            ON CONFLICT DO NOTHING
            """,
            {"whose": json.dumps(list(whose)), "to": json.dumps(list(to))},
        )


def counts(conn: sqlite3.Connection) -> dict[str, Count]:
    """Return how many articles listed have each tag, a page once, by name; tags of none are left out."""
    rows = conn.execute(
        f"""
        SELECT l.tag, count(*), sum(s.read = 0), sum(s.starred)
        FROM labels l JOIN state s ON s.id = l.article
        WHERE s.copy_of IS NULL AND {LISTED} GROUP BY l.tag ORDER BY l.tag
        """
    )
    return {tag: Count(*found) for tag, *found in rows}
