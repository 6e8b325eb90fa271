"""The articles of a list: all their numbers, the first or last of them at once, how many came since.

What is asked for at once must never take longer in a larger cache: where a query cannot be answered so
fast, it says so and whoever asked takes the whole list from another thread.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Final

from termnews import fold, query
from termnews.models import ArticleQuery, Sort
from termnews.store.connection import within
from termnews.store.search import (
    FEED_NAME,
    LISTED,
    WINDOW,
    Where,
    articles_for,
    has_words,
    listed,
    speaks_of_muted,
)

SOON: Final = 0.025
"""Seconds after which what is asked for at once is given up, so that a key is answered within 30 ms."""
_STEPS: Final = 500  # of SQLite's machine between two looks at the clock, some 20 µs
_NEWEST: Final = "s.date DESC, s.id DESC"
_ORDER: Final = {
    "date": _NEWEST,
    "oldest": "s.date, s.id",
    "title": f"a.title_key, folded(a.title), {_NEWEST}",
    "feed": _NEWEST,  # feed by feed
    # As the index of these says it: continent by continent, country by country, no place last.
    "region": f"""s.around = '[""]', s.around, {_NEWEST}""",
    "best": f"b.score NULLS LAST, {_NEWEST}",
}
_SCORED: Final = """
    JOIN articles a ON a.id = s.id LEFT JOIN (
        SELECT rowid AS doc, bm25(search, 8.0, 1.0, 2.0) AS score FROM search WHERE search MATCH :best
        ORDER BY rowid DESC LIMIT :scored
    ) b ON b.doc = a.doc
"""
_TURNED: Final[Mapping[Sort, Sort]] = {"date": "oldest", "oldest": "date"}
_NUMBER: Final = "I"
"""Type of a number in memory, four bytes: articles are numbered one by one, and nobody has 4,000 million."""
_PART: Final = 50_000
"""Numbers read at a time."""
_FEW: Final = 10_000
"""Characters of numbers parsed without the faster parser, whose import takes 5 ms."""


def ids(conn: sqlite3.Connection, asked: ArticleQuery, now: datetime, limit: int | None = None) -> array[int]:
    """Return the numbers of the articles that match, in the query's order; may be empty.

    Raises:
        QueryError: a place of the query is unknown.
    """
    where = Where(now, conn)
    if limit is None and asked.sort in _TURNED and not has_words(asked) and not speaks_of_muted(asked.where):
        return _by_date(conn, asked, where)
    return _read(conn, asked, where, limit)


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
    try:
        with within(conn, SOON, _STEPS):
            found = _read(conn, asked, where, limit)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        return array(_NUMBER), False
    return found, len(found) < limit and not (where.narrowed or where.slow)


def last(conn: sqlite3.Connection, asked: ArticleQuery, now: datetime, limit: int) -> array[int]:
    """Return the last of them, in the query's order; none where that takes long or is not by date."""
    if asked.sort not in _TURNED:
        return array(_NUMBER)
    turned = ArticleQuery(asked.where, _TURNED[asked.sort])
    found, _ = first(conn, turned, now, limit)
    found.reverse()
    return found


def arrived(conn: sqlite3.Connection, asked: ArticleQuery, now: datetime, above: int) -> int:
    """Return how many articles that match have a higher number: they came after it."""
    where = Where(now, conn)
    condition = where.once(asked.where)
    if asked.where is not None:
        where.muted = speaks_of_muted(asked.where)
        condition = f"{condition} AND ({where.of(asked.where)})"
    row = conn.execute(
        where.sql(
            f"""
            SELECT count(*) FROM state s {articles_for(condition)}
            WHERE s.id > :above AND {LISTED} AND ({condition})
            """
        ),
        where.values | {"above": above},
    ).fetchone()
    return int(row[0])


def newest(conn: sqlite3.Connection) -> int:
    """Return the number of the article that came last; 0 when there is none."""
    return int(conn.execute("SELECT coalesce(max(id), 0) FROM state").fetchone()[0])


def _read(conn: sqlite3.Connection, asked: ArticleQuery, where: Where, limit: int | None) -> array[int]:
    condition = where.all_of(asked, by_place=asked.sort in _TURNED)
    if where.slow:
        return array(_NUMBER)
    order = _ORDER[asked.sort]
    joined = articles_for(condition + order)
    if asked.sort == "title":  # SQLite goes through these by their index, not through all by date
        where.source, joined = "articles a CROSS JOIN state s ON s.id = a.id", ""
    if asked.sort == "best":
        wanted = query.wanted_terms(asked.where)
        words = [each for term in wanted if (each := fold.match_term(term)) is not None]
        if words:
            joined = _SCORED
            where.values |= {"best": " OR ".join(words), "scored": WINDOW if where.narrowed else -1}
        else:
            order = _NEWEST
    sql = f"{joined} WHERE {listed(conn)} AND ({condition})"
    if asked.sort == "feed":
        return _by_feed(conn, where, sql, limit)
    if where.place:
        order = _of_place(order)
    return _gathered(conn, f"{sql} ORDER BY {order}", where, limit)


def _gathered(conn: sqlite3.Connection, sql: str, where: Where, limit: int | None) -> array[int]:
    # One row with all of them: while SQLite gathers it, other threads have the interpreter.
    row = conn.execute(
        where.sql(f"SELECT json_group_array(id) FROM (SELECT s.id FROM {where.source} {sql} LIMIT :limit)"),
        where.values | {"limit": -1 if limit is None else limit},
    ).fetchone()
    return array(_NUMBER, _numbers(row[0]))


def _numbers(text: str) -> list[int]:
    if len(text) < _FEW:
        found: list[int] = json.loads(text)
        return found
    import msgspec

    return msgspec.json.decode(text, type=list[int])


def _by_date(conn: sqlite3.Connection, asked: ArticleQuery, where: Where) -> array[int]:
    """Return all of them part by part, each from the last one of the part before on, at one moment.

    A million numbers at once are 15 MB as SQLite's text and 40 MB as a list, which the process would keep.
    """
    condition = where.all_of(asked)
    joined, order = articles_for(condition), _ORDER[asked.sort]
    beyond = f"(s.date, s.id) {'<' if asked.sort == 'date' else '>'} (:date, :last)"
    if where.place:
        order, beyond = _of_place(order), _of_place(beyond)
    found = array(_NUMBER)
    conn.execute("BEGIN")
    try:
        sql = f"{joined} WHERE {listed(conn)} AND ({condition})"
        part = _gathered(conn, f"{sql} ORDER BY {order}", where, _PART)
        while part:
            found += part
            if len(part) < _PART:
                break
            date = conn.execute("SELECT date FROM state WHERE id = :id", {"id": part[-1]}).fetchone()[0]
            where.values |= {"date": date, "last": part[-1]}
            part = _gathered(conn, f"{sql} AND {beyond} ORDER BY {order}", where, _PART)
    finally:
        if conn.in_transaction:
            conn.execute("COMMIT")
    return found


def _of_place(sql: str) -> str:
    """Return the SQL with the date and number of the list of a place, which is in their order."""
    return sql.replace("s.date", "p.date").replace("s.id", "p.article")


def _by_feed(conn: sqlite3.Connection, where: Where, sql: str, limit: int | None) -> array[int]:
    """Return the numbers in the order of the names of their feeds, each feed's newest first."""
    names = conn.execute(f"SELECT {FEED_NAME}, id FROM feeds f ORDER BY 1, 2").fetchall()
    found = array(_NUMBER)
    for _, named in groupby(names, key=itemgetter(0)):
        left = None if limit is None else limit - len(found)
        if left == 0:
            break
        numbers = [number for _, number in named]
        where.values["named"] = numbers[0] if len(numbers) == 1 else json.dumps(numbers)
        # One alone has an index in the order asked for.
        of_these = "= :named" if len(numbers) == 1 else "IN (SELECT value FROM json_each(:named))"
        found += _gathered(conn, f"{sql} AND s.feed {of_these} ORDER BY {_NEWEST}", where, left)
    return found
