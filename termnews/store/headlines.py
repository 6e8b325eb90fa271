"""Headlines of articles, for lists.

It must never read a body: a list of a million is shown by some dozens of these.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from termnews.models import Headline

_CHUNK: Final = 500  # ids asked for in one statement


def headlines(conn: sqlite3.Connection, ids: Sequence[int]) -> list[Headline]:
    """Return the headlines of these articles in this order; numbers unknown are left out."""
    found: dict[int, Headline] = {}
    for start in range(0, len(ids), _CHUNK):
        for row in conn.execute(
            """
            SELECT s.id, s.feed, coalesce(nullif(f.name, ''), nullif(f.title, ''), f.url), a.title, a.link,
                coalesce(s.date, s.muted), s.read, s.starred, s.highlighted, a.changed, a.lang, a.words,
                (SELECT group_concat(value, ' ') FROM (
                    SELECT t.value FROM tags t
                    WHERE t.article = s.id AND t.kind = 'region' AND t.role = 'about'
                    ORDER BY t.rank, t.value)),
                EXISTS (SELECT 1 FROM tags t
                    WHERE t.article = s.id AND t.kind = 'region' AND t.role = 'about' AND t.rule = 'feed'),
                (SELECT count(*) FROM state c WHERE c.copy_of = coalesce(s.copy_of, s.id))
            FROM json_each(:ids) j JOIN state s ON s.id = j.value
            JOIN articles a ON a.id = s.id JOIN feeds f ON f.id = s.feed
            """,
            {"ids": json.dumps(list(ids[start : start + _CHUNK]))},
        ):
            found[row[0]] = _headline(row)
    return [found[number] for number in ids if number in found]


def _headline(row: tuple[Any, ...]) -> Headline:
    number, feed_id, feed, title, link, date, *marks, lang, words, regions, assumed, copied = row
    read, starred, highlighted, changed = map(bool, marks)
    return Headline(
        id=number,
        feed_id=feed_id,
        feed=feed,
        title=title,
        link=link,
        date=datetime.fromtimestamp(date, UTC),
        read=read,
        starred=starred,
        changed=changed,
        regions=tuple(regions.split()) if regions else (),
        assumed=bool(assumed),
        lang=lang,
        words=words,
        copies=copied,
        highlighted=highlighted,
    )
