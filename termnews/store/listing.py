"""The articles of a list: all their numbers, the first or last of them at once, how many came since.

What is asked for at once must never take longer in a larger cache: where a query cannot be answered so
fast, it says so and whoever asked takes the whole list from another thread.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Mapping
from datetime import datetime
from time import monotonic
from typing import Final

import msgspec

from termnews import fold, query
from termnews.models import ArticleQuery, Sort
from termnews.store.search import FEED_NAME, LISTED, WINDOW, Where, articles_for, listed

SOON: Final = 0.04
"""Seconds after which what is asked for at once is given up."""
_STEPS: Final = 500  # of SQLite's machine between two looks at the clock, some 20 µs
_NEWEST: Final = "s.date DESC, s.id DESC"
_ORDER: Final = {
    "date": _NEWEST,
    "oldest": "s.date, s.id",
    "title": f"folded(a.title), {_NEWEST}",
    "feed": f"(SELECT {FEED_NAME} FROM feeds f WHERE f.id = s.feed), {_NEWEST}",
    "region": f"""
        (SELECT min(t.value) FROM tags t WHERE t.article = s.id AND t.kind = 'region' AND t.role = 'about')
        NULLS LAST, {_NEWEST}
    """,
    "best": f"b.score NULLS LAST, {_NEWEST}",
}
_SCORED: Final = """
    JOIN articles a ON a.id = s.id LEFT JOIN (
        SELECT rowid AS doc, bm25(search, 8.0, 1.0, 2.0) AS score FROM search WHERE search MATCH :best
        ORDER BY rowid DESC LIMIT :scored
    ) b ON b.doc = a.doc
"""
_TURNED: Final[Mapping[Sort, Sort]] = {"date": "oldest", "oldest": "date"}
_numbers = msgspec.json.Decoder(list[int])


def ids(conn: sqlite3.Connection, asked: ArticleQuery, now: datetime, limit: int | None = None) -> array[int]:
    """Return the numbers of the articles that match, in the query's order; may be empty.

    Raises:
        QueryError: a place of the query is unknown.
    """
    return _read(conn, asked, Where(now, conn), limit)


def first(
    conn: sqlite3.Connection, asked: ArticleQuery, now: datetime, limit: int
) -> tuple[array[int], bool]:
    """Return the first of them, and whether these are sure to be all there are.

    Words are looked for in the articles that came last, and what takes long is given up: then there may
    be more, and in their place others, or none.

    Raises:
        QueryError: a place of the query is unknown.
    """
    where = Where(now, conn, at_once=True)
    until = monotonic() + SOON
    conn.set_progress_handler(lambda: monotonic() > until, _STEPS)
    try:
        found = _read(conn, asked, where, limit)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        return array("q"), False
    finally:
        conn.set_progress_handler(None, 0)
    return found, len(found) < limit and not where.narrowed


def last(conn: sqlite3.Connection, asked: ArticleQuery, now: datetime, limit: int) -> array[int]:
    """Return the last of them, in the query's order; none where that takes long or is not by date."""
    if asked.sort not in _TURNED:
        return array("q")
    turned = ArticleQuery(asked.where, _TURNED[asked.sort])
    found, _ = first(conn, turned, now, limit)
    found.reverse()
    return found


def arrived(conn: sqlite3.Connection, asked: ArticleQuery, now: datetime, above: int) -> int:
    """Return how many articles that match have a higher number: they came after it."""
    where = Where(now, conn)
    condition = "1" if asked.where is None else where.of(asked.where)
    row = conn.execute(
        f"""
        SELECT count(*) FROM state s {articles_for(condition)}
        WHERE s.id > :above AND {LISTED} AND ({condition})
        """,
        where.values | {"above": above},
    ).fetchone()
    return int(row[0])


def newest(conn: sqlite3.Connection) -> int:
    """Return the number of the article that came last; 0 when there is none."""
    return int(conn.execute("SELECT coalesce(max(id), 0) FROM state").fetchone()[0])


def _read(conn: sqlite3.Connection, asked: ArticleQuery, where: Where, limit: int | None) -> array[int]:
    condition = where.all_of(asked)
    order = _ORDER[asked.sort]
    if where.source != "state s":  # the list of a place has the date too, and is in its order
        order = order.replace("s.date", "p.date").replace("s.id", "p.article")
    joined = articles_for(condition + order)
    if asked.sort == "best":
        wanted = query.wanted_terms(asked.where)
        words = [each for term in wanted if (each := fold.match_term(term)) is not None]
        if words:
            joined = _SCORED
            where.values |= {"best": " OR ".join(words), "scored": WINDOW if where.narrowed else -1}
        else:
            order = _NEWEST
    # One row with all of them: while SQLite gathers it, other threads have the interpreter.
    row = conn.execute(
        f"""
        SELECT json_group_array(id) FROM (
            SELECT s.id FROM {where.source} {joined}
            WHERE {listed(conn)} AND ({condition}) ORDER BY {order} LIMIT :limit
        )
        """,
        where.values | {"limit": -1 if limit is None else limit},
    ).fetchone()
    return array("q", _numbers.decode(row[0]))
