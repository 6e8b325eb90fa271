"""How long articles are kept: the oldest read ones go, what was done with them stays.

It must never touch an article that is starred, tagged by the user or unread, nor what the user did.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta
from typing import Final

from termnews.store import copies, placed
from termnews.store.connection import transaction
from termnews.store.times import to_seconds

_BATCH: Final = 500
"""Articles taken out in one transaction, so that others may write in between."""
_TAGGED: Final = "SELECT article FROM labels WHERE by_rule = 0"
_CHOSEN: Final = f"""
    SELECT id FROM (
        SELECT id, read OR muted IS NOT NULL AS read, starred,
            max(coalesce(date, muted), arrived) AS since,
            row_number() OVER (PARTITION BY feed ORDER BY date DESC, muted DESC, id DESC) AS place
        FROM state WHERE date IS NOT NULL OR muted IS NOT NULL
    )
    WHERE read = 1 AND starred = 0 AND (since < :before OR place > :most) AND id NOT IN ({_TAGGED})
"""
_MOST: Final = 1 << 60


def prune(conn: sqlite3.Connection, keep_days: int, keep_articles: int, now: datetime) -> int:
    """Take out the text of read articles that are too old or too many; return how many that were.

    Args:
        conn: the open cache.
        keep_days: days since they were published or came in, whichever is later; 0: for ever.
        keep_articles: articles kept of each feed, the newest; starred, tagged and unread ones count, and stay
            however many they are. 0: all.
        now: the present.
    """
    if not keep_days and not keep_articles:
        return 0
    before = to_seconds(now - timedelta(days=min(keep_days, 36_500))) if keep_days else -_MOST
    asked = {"before": before, "most": keep_articles or _MOST}
    chosen = [row[0] for row in conn.execute(_CHOSEN, asked)]
    done = 0
    for start in range(0, len(chosen), _BATCH):
        with transaction(conn):
            done += _take_out(conn, chosen[start : start + _BATCH], now)
    return done


def _take_out(conn: sqlite3.Connection, chosen: list[int], now: datetime) -> int:
    asked = {"ids": json.dumps(chosen), "now": to_seconds(now), "nowhere": placed.NOWHERE}
    # One that was starred, tagged or marked unread since it was chosen is spared; a muted one nobody reads.
    taken = conn.execute(
        f"""
        UPDATE state SET date = NULL, muted = NULL, muted_by = NULL, pruned = :now, around = :nowhere
        WHERE id IN (SELECT value FROM json_each(:ids))
            AND (read = 1 OR muted IS NOT NULL) AND starred = 0 AND id NOT IN ({_TAGGED}) RETURNING id
        """,
        asked,
    ).fetchall()
    copies.leave(conn, [row[0] for row in taken])
    gone = {"ids": json.dumps([row[0] for row in taken])}
    conn.execute("DELETE FROM tags WHERE article IN (SELECT value FROM json_each(:ids))", gone)
    conn.execute("DELETE FROM full_texts WHERE id IN (SELECT value FROM json_each(:ids))", gone)
    conn.execute("DELETE FROM bodies WHERE id IN (SELECT value FROM json_each(:ids))", gone)
    conn.execute("DELETE FROM articles WHERE id IN (SELECT value FROM json_each(:ids))", gone)
    return len(taken)
