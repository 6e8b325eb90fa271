"""How many articles match a query: from the counters where they tell, else counted.

It must never be slow for what the sidebar and the top bar ask all the time: those are told by counters,
whatever the size of the cache.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Final

from termnews.models import And, ArticleQuery, Count, Test
from termnews.store import feeds, placed
from termnews.store.connection import within
from termnews.store.search import LISTED, OF_FEEDS, Where, articles_for, only_code

_STEPS: Final = 10_000  # of SQLite's machine between two looks at the clock
_MARKS: Final = frozenset({"unread", "read", "starred"})


def count(conn: sqlite3.Connection, asked: ArticleQuery, now: datetime) -> Count:
    """Return how many articles match.

    Raises:
        QueryError: a place of the query is unknown.
    """
    told = known(conn, asked, now)
    return _counted(conn, asked, now) if told is None else told


def count_soon(conn: sqlite3.Connection, asked: ArticleQuery, now: datetime, seconds: float) -> Count | None:
    """Return how many articles match; None where counting takes longer than that.

    Raises:
        QueryError: a place of the query is unknown.
    """
    with within(conn, seconds, _STEPS) as over:
        try:
            return count(conn, asked, now)
        except sqlite3.OperationalError as error:
            # Given up because somebody else wants the connection is another thing than too slow.
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT or not over():
                raise
            return None


def by_region(conn: sqlite3.Connection, asked: ArticleQuery, now: datetime) -> dict[str, Count]:
    """Return how many matching articles each region has, those about places within it included; '' for none.

    Raises:
        QueryError: a place of the query is unknown.
    """
    where = Where(now, conn)
    if (split := _split(asked)) is not None and not split[1]:
        return _marked_by_region(conn, split[0], where)
    return _grouped(conn, where, where.all_of(asked))


def _grouped(conn: sqlite3.Connection, where: Where, condition: str) -> dict[str, Count]:
    rows = conn.execute(
        where.sql(
            f"""
            SELECT s.around, count(*), sum(s.read = 0), sum(s.starred)
            FROM {where.source} {articles_for(condition)} WHERE {LISTED} AND ({condition}) GROUP BY s.around
            """
        ),
        where.values,
    )
    return placed.summed((around, Count(*figures)) for around, *figures in rows)


def _marked_by_region(conn: sqlite3.Connection, marks: set[str], where: Where) -> dict[str, Count]:
    whole = placed.counts(conn)
    if not marks:
        return whole
    both = _grouped(conn, where, "s.starred = 1 AND s.read = 0 AND s.copy_of IS NULL")
    none = Count()
    counts = {code: _marked(each, both.get(code, none).total, marks) for code, each in whole.items()}
    return {code: each for code, each in counts.items() if each.total}


def known(conn: sqlite3.Connection, asked: ArticleQuery, now: datetime) -> Count | None:
    """Return how many articles match where counters tell; None where they would have to be counted.

    Counters tell of all articles, of those of one place, and of those of some feeds; and of the unread, read
    and starred ones among them.
    """
    if (split := _split(asked)) is None or len(split[1]) > 1:
        return None
    marks, others = split
    where, test = Where(now, conn, at_once=True), others[0] if others else None
    condition = "1" if test is None else where.of(test)
    whole = _whole(conn, test, condition, where)
    if whole is None or not marks:
        return whole
    both = conn.execute(
        f"""
        SELECT count(*) FROM state s
        WHERE s.starred = 1 AND s.read = 0 AND {LISTED} AND {where.once(test)} AND ({condition})
        """,
        where.values,
    ).fetchone()[0]
    return _marked(whole, int(both), marks)


def _split(asked: ArticleQuery) -> tuple[set[str], list[Test]] | None:
    """Return what a query says of read and starred, and its other tests; None where it is not only tests."""
    nodes = asked.where.nodes if isinstance(asked.where, And) else (asked.where,) if asked.where else ()
    tests = [each for each in nodes if isinstance(each, Test)]
    marks = {each.value for each in tests if each.field == "is" and each.value in _MARKS}
    if len(tests) < len(nodes) or {"read", "unread"} <= marks:
        return None
    return marks, [each for each in tests if not (each.field == "is" and each.value in _MARKS)]


def _whole(conn: sqlite3.Connection, test: Test | None, condition: str, where: Where) -> Count | None:
    if test is None:
        return feeds.totals(conn)
    if test.field == "region":
        code = only_code(test.value)
        return None if code is None else placed.count(conn, code)
    if test.field not in OF_FEEDS:
        return None
    row = conn.execute(
        f"""
        SELECT count(*), coalesce(sum(copies), 0),
            coalesce(sum(total), 0), coalesce(sum(unread), 0), coalesce(sum(starred), 0)
        FROM counts s WHERE s.feed IN (SELECT id FROM feeds WHERE followed = 1) AND ({condition})
        """,
        where.values,
    ).fetchone()
    # What some of these feeds have in common is listed once: that would have to be counted.
    return None if row[0] > 1 and row[1] else Count(*row[2:])


def _marked(whole: Count, both: int, marks: set[str]) -> Count:
    """Return the counts of some of them by those of all and of the starred unread ones."""
    if marks == {"unread"}:
        return Count(whole.unread, whole.unread, both)
    if marks == {"read"}:
        return Count(whole.total - whole.unread, 0, whole.starred - both)
    if marks == {"starred"}:
        return Count(whole.starred, both, whole.starred)
    if marks == {"starred", "read"}:
        return Count(whole.starred - both, 0, whole.starred - both)
    return Count(both, both, both)


def _counted(conn: sqlite3.Connection, asked: ArticleQuery, now: datetime) -> Count:
    where = Where(now, conn)
    condition = where.all_of(asked)
    row = conn.execute(
        where.sql(
            f"""
            SELECT count(*), coalesce(sum(s.read = 0), 0), coalesce(sum(s.starred), 0)
            FROM {where.source} {articles_for(condition)} WHERE {LISTED} AND ({condition})
            """
        ),
        where.values,
    ).fetchone()
    return Count(*row)
