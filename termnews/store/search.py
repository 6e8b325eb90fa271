"""Answer queries: an ArticleQuery becomes one SELECT over state, articles, tags and the index.

It must never put text of a query into SQL: every value is a named parameter, and the search
expression is made of quoted tokens by fold.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from termnews import fold, query, regions
from termnews.errors import QueryError
from termnews.models import And, ArticleQuery, Count, Node, Not, Or, Term, Test
from termnews.store.articles import HAS_ENCLOSURE, HAS_IMAGE

_LISTED: Final = "s.date IS NOT NULL AND s.feed NOT IN (SELECT id FROM feeds WHERE followed = 0)"
_NEWEST: Final = "s.date DESC, s.id DESC"
_FEED_NAME: Final = "folded(coalesce(nullif(f.name, ''), nullif(f.title, ''), f.url))"
_ORDER: Final = {
    "date": _NEWEST,
    "oldest": "s.date, s.id",
    "title": f"folded(a.title), {_NEWEST}",
    "feed": f"(SELECT {_FEED_NAME} FROM feeds f WHERE f.id = s.feed), {_NEWEST}",
    "region": f"""
        (SELECT min(t.value) FROM tags t WHERE t.article = s.id AND t.kind = 'region' AND t.role = 'about')
        NULLS LAST, {_NEWEST}
    """,
    "best": f"""
        (SELECT bm25(search, 8.0, 1.0, 2.0) FROM search WHERE search MATCH :best AND search.rowid = a.doc)
        NULLS LAST, {_NEWEST}
    """,
}
_IS: Final = {
    "unread": "s.read = 0",
    "read": "s.read = 1",
    "starred": "s.starred = 1",
    "changed": "a.changed = 1",
    # Full text is not kept, so no article has it.
    "full": "0",
    "assumed": """
        EXISTS (SELECT 1 FROM tags t
            WHERE t.article = s.id AND t.kind = 'region' AND t.role = 'about' AND t.rule = 'feed')
    """,
    "fixed": "s.fixed IS NOT NULL",
    "new": "s.arrived > (SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM meta WHERE key = 'visited')",
}
_HAS: Final = {
    "link": "a.link <> ''",
    "enclosure": f"a.has & {HAS_ENCLOSURE}",
    "image": f"a.has & {HAS_IMAGE}",
}
_FROM_FEEDS: Final = {
    "feed": f"instr({_FEED_NAME}, :value) > 0 OR instr(folded(f.url), :value) > 0",
    "folder": "instr(folded(f.folder), :value) > 0",
}


def prepare(conn: sqlite3.Connection) -> None:
    """Give the connection the SQL function `folded`, so that any script compares without case."""
    conn.create_function("folded", 1, fold.fold, deterministic=True)


def ids(conn: sqlite3.Connection, asked: ArticleQuery, now: datetime, limit: int | None) -> array[int]:
    """Return the numbers of the articles that match, in the query's order; may be empty.

    Raises:
        QueryError: a place of the query is unknown.
    """
    where = _Where(now)
    condition = where.all_of(asked)
    order = _ORDER[asked.sort]
    if asked.sort == "best":
        wanted = query.wanted_terms(asked.where)
        words = [each for term in wanted if (each := fold.match_term(term)) is not None]
        if words:
            where.values["best"] = " OR ".join(words)
        else:
            order = _NEWEST
    rows = conn.execute(
        f"""
        SELECT s.id FROM state s {_articles_for(condition + order)}
        WHERE {_LISTED} AND ({condition}) ORDER BY {order} LIMIT :limit
        """,
        where.values | {"limit": -1 if limit is None else limit},
    )
    return array("q", [row[0] for row in rows])


def count(conn: sqlite3.Connection, asked: ArticleQuery, now: datetime) -> Count:
    """Return how many articles match."""
    where = _Where(now)
    condition = where.all_of(asked)
    row = conn.execute(
        f"""
        SELECT count(*), coalesce(sum(s.read = 0), 0), coalesce(sum(s.starred), 0)
        FROM state s {_articles_for(condition)} WHERE {_LISTED} AND ({condition})
        """,
        where.values,
    ).fetchone()
    return Count(*row)


def count_by_region(
    conn: sqlite3.Connection, asked: ArticleQuery, now: datetime
) -> dict[frozenset[str], Count]:
    """Return how many matching articles are about each set of region codes that occurs."""
    where = _Where(now)
    condition = where.all_of(asked)
    rows = conn.execute(
        f"""
        SELECT codes, count(*), sum(read = 0), sum(starred) FROM (
            SELECT s.read, s.starred, (
                SELECT group_concat(t.value, ' ') FROM tags t
                WHERE t.article = s.id AND t.kind = 'region' AND t.role = 'about') AS codes
            FROM state s {_articles_for(condition)} WHERE {_LISTED} AND ({condition})
        ) GROUP BY codes
        """,
        where.values,
    )
    return {frozenset((codes or "").split()): Count(*counts) for codes, *counts in rows}


def _articles_for(sql: str) -> str:
    """Return the join with articles if the SQL speaks of them; lists by state alone do without."""
    return "JOIN articles a ON a.id = s.id" if "a." in sql else ""


class _Where:
    """Builds the condition of one SELECT and gathers its values."""

    def __init__(self, now: datetime) -> None:
        self.values: dict[str, object] = {}
        self._now = now

    def _value(self, value: object) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def all_of(self, asked: ArticleQuery) -> str:
        """Return the SQL condition of a query."""
        return "1" if asked.where is None else self.of(asked.where)

    def of(self, node: Node) -> str:
        """Return the SQL condition of a node of the query."""
        if not any(term.field == "link" for term in _all_terms(node)):
            expression = fold.match(node)
            if expression is not None:
                return self._indexed(expression)
        match node:
            case Term():
                return self._term(node)
            case Test():
                return self._test(node)
            case Not(inner):
                return f"NOT ({self.of(inner)})"
            case And(nodes):
                return " AND ".join(f"({self.of(each)})" for each in nodes)
            case Or(nodes):
                return " OR ".join(f"({self.of(each)})" for each in nodes)

    def _indexed(self, expression: str) -> str:
        return f"""s.id IN (
            SELECT d.id FROM search JOIN articles d ON d.doc = search.rowid
            WHERE search MATCH {self._value(expression)})"""

    def _term(self, term: Term) -> str:
        if term.field == "link":
            return f"instr(lower(a.link), {self._value(term.text.lower())}) > 0"
        expression = fold.match_term(term)
        # Text without a letter or digit asks for nothing, so it excludes nothing.
        return "1" if expression is None else self._indexed(expression)

    def _test(self, test: Test) -> str:
        value = test.value
        match test.field:
            case "is":
                return _IS[value]
            case "has":
                return _HAS[value]
            case "since":
                return f"s.date >= {self._value(int(query.moment(value, self._now).timestamp()))}"
            case "before":
                return f"s.date < {self._value(int(query.moment(value, self._now).timestamp()))}"
            case "lang":
                lang = self._value(value.lower())
                return f"(a.lang = {lang} OR substr(a.lang, 1, length({lang}) + 1) = {lang} || '-')"
            case "region" | "mentions" | "from":
                return self._place("about" if test.field == "region" else test.field, value)
            case "feed" | "folder":
                sql = _FROM_FEEDS[test.field].replace(":value", self._value(fold.fold(value)))
                return f"s.feed IN (SELECT f.id FROM feeds f WHERE {sql})"
            case _:
                # Stories are not kept, so no article belongs to one.
                return "0"

    def _place(self, role: str, value: str) -> str:
        tagged = f"SELECT t.article FROM tags t WHERE t.kind = 'region' AND t.role = {self._value(role)}"
        if value.casefold() == "none":
            if role == "from":
                return "s.feed IN (SELECT id FROM feeds WHERE region = '')"
            return f"s.id NOT IN ({tagged})"
        codes = self._value(json.dumps(sorted(_codes(value))))
        inside = f"IN (SELECT value FROM json_each({codes}))"
        if role == "from":
            return f"s.feed IN (SELECT id FROM feeds WHERE region {inside})"
        return f"s.id IN ({tagged} AND t.value {inside})"


def _all_terms(node: Node) -> Iterator[Term]:
    match node:
        case Term():
            yield node
        case Not(inner):
            yield from _all_terms(inner)
        case And(nodes) | Or(nodes):
            for each in nodes:
                yield from _all_terms(each)


def _codes(place: str) -> frozenset[str]:
    """Return the codes of a place and all within it.

    Raises:
        QueryError: no place has this name; the nearest three are offered.
    """
    code = regions.find(place)
    if code is None:
        raise QueryError(regions.unknown(place))
    return regions.within(code)
