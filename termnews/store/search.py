"""Answer queries: an ArticleQuery becomes one SELECT over state, articles, tags and the index.

It must never put text of a query into SQL: every value is a named parameter, and the search
expression is made of quoted tokens by fold.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Set
from datetime import datetime
from functools import lru_cache
from typing import Final

from termnews import fold, query, regions, schema
from termnews.errors import QueryError
from termnews.models import And, ArticleQuery, Node, Not, Or, Term, Test
from termnews.store import placed

LISTED: Final = "s.date IS NOT NULL AND s.feed NOT IN (SELECT id FROM feeds WHERE followed = 0)"
"""What makes an article one of a list; `s` is state."""
WINDOW: Final = 1_000
"""Articles, the last ones that came, that are looked at for words of which a list begins at once."""
MANY: Final = 10_000
"""Articles of some places, beyond which the newest of them are found sooner by going through all by date."""
LETTER: Final = 30_000
"""Articles of a cache, beyond which words that begin with one letter are not looked for at once: the index
has to bring all of them together, of 100,000 articles in 78 ms, and can hardly be stopped in it."""
OF_FEEDS: Final = frozenset({"feed", "folder", "from"})
"""Fields that say of which feeds articles are."""
FEED_NAME: Final = "folded(coalesce(nullif(f.name, ''), nullif(f.title, ''), f.url))"
ANY_COPY: Final = "SELECT EXISTS (SELECT 1 FROM state WHERE copy_of IS NOT NULL)"
"""Whether any page is in several feeds."""
WITH_FULL_TEXT: Final = """
    SELECT x.id FROM full_texts x WHERE x.packed IS NOT NULL
    UNION SELECT c.copy_of FROM full_texts x JOIN state c ON c.id = x.id
        WHERE x.packed IS NOT NULL AND c.copy_of IS NOT NULL
    UNION SELECT o.id FROM full_texts x JOIN state c ON c.id = x.id
        JOIN state o ON o.copy_of = coalesce(c.copy_of, c.id) WHERE x.packed IS NOT NULL
"""
"""The articles whose page is kept, for themselves or for a copy."""
_META: Final = "(SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM meta WHERE key = '{}')"
_FEED: Final = re.compile(r"\bs\.feed\b")
_IS: Final = {
    "unread": "s.read = 0",
    "read": "s.read = 1",
    "starred": "s.starred = 1",
    "changed": "a.changed = 1",
    "full": "s.id IN (SELECT x.id FROM full_texts x WHERE x.packed IS NOT NULL)",
    "assumed": """
        EXISTS (SELECT 1 FROM tags t
            WHERE t.article = s.id AND t.kind = 'region' AND t.role = 'about' AND t.rule = 'feed')
    """,
    "fixed": "s.fixed IS NOT NULL",
    "muted": "s.muted IS NOT NULL",
    "highlighted": "s.highlighted = 1",
    # The number is the quick way: what came later has a higher one, and those are few.
    "new": f"unlikely(s.id > {_META.format('visited article')}) AND s.arrived > {_META.format('visited')}",
}
_HAS: Final = {
    "link": "a.link <> ''",
    "enclosure": f"a.has & {schema.HAS_ENCLOSURE}",
    "image": f"a.has & {schema.HAS_IMAGE}",
}
_FROM_FEEDS: Final = {
    "feed": f"instr({FEED_NAME}, :value) > 0 OR instr(folded(f.url), :value) > 0",
    "folder": "instr(folded(f.folder), :value) > 0",
}


def listed(conn: sqlite3.Connection) -> str:
    """Return LISTED as short as it can be: where every feed is followed, indexes by date tell all."""
    left = conn.execute("SELECT EXISTS (SELECT 1 FROM feeds WHERE followed = 0)").fetchone()[0]
    return LISTED if left else "s.date IS NOT NULL"


def articles_for(sql: str) -> str:
    """Return the join with articles if the SQL speaks of them; lists by state alone do without."""
    return "JOIN articles a ON a.id = s.id" if "a." in sql else ""


def speaks_of_muted(node: Node | None) -> bool:
    """Return whether a condition asks which articles are muted, so that these are listed too."""
    match node:
        case Test(field, value):
            return (field, value) == ("is", "muted")
        case Not(inner):
            return speaks_of_muted(inner)
        case And(nodes) | Or(nodes):
            return any(map(speaks_of_muted, nodes))
        case _:
            return False


class Where:
    """Builds the condition of one SELECT and gathers its values."""

    def __init__(
        self,
        now: datetime,
        conn: sqlite3.Connection,
        *,
        at_once: bool = False,
        above: int | None = None,
    ) -> None:
        """Begin with no value.

        Args:
            now: what "yesterday" is told from, aware.
            conn: tells how many articles are about a place.
            at_once: whether the first rows by date are wanted soon, though not every match may be found.
            above: a few articles are asked about one by one, all of them in rows of the index above this one.
        """
        self.values: dict[str, object] = {}
        self.narrowed = False
        """Whether the condition holds for a part of the matches only."""
        self.slow = False
        """Whether the condition holds words that are not to be looked for at once."""
        self.source = "state s"
        """What the SELECT reads: all articles, or the list `p` of one place."""
        self.place = False
        """Whether it reads the list of a place."""
        self._now, self._conn, self._at_once = now, conn, at_once
        self._above = above
        self._copies = False  # whether what is listed also stands for copies, whose words count then
        self.muted = False
        """Whether the query speaks of muted articles, so that `sql` lists them too."""
        self._negated = False

    def sql(self, text: str) -> str:
        """Return the SQL of the SELECT as it is run: a muted article keeps its date in another column."""
        return text.replace("s.date", "coalesce(s.date, s.muted)") if self.muted else text

    def _value(self, value: object) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def all_of(self, asked: ArticleQuery, *, by_place: bool = True) -> str:
        """Return the SQL condition of a query; where it asks for one place, the list of that is read.

        Args:
            asked: the query.
            by_place: False where the list of a place is not wanted: all are gone through in another order.
        """
        once = self.once(asked.where)
        rest = self._all_of(asked, by_place)
        return rest if once == "1" else f"{once} AND ({rest})"

    def once(self, node: Node | None) -> str:
        """Return the SQL condition that leaves out what is listed already: copies (see `copies`).

        Lists of certain feeds hold what these have, and of copies among them the first. Where feeds and other
        tests are mixed up, everything is listed: nothing may be missing. Where no feeds are named, what is
        listed stands for its copies: words are looked for in their texts too (`of` is to come after this).
        """
        nodes = node.nodes if isinstance(node, And) else () if node is None else (node,)
        if not any(_of_feeds(each) for each in _all_leaves(nodes)):
            self._copies = bool(self._conn.execute(ANY_COPY).fetchone()[0])
            return "s.copy_of IS NULL"
        alone = [each for each in nodes if all(map(_of_feeds, _all_leaves((each,))))]
        if not alone:
            return "1"
        theirs = _FEED.sub("o.feed", " AND ".join(f"({self.of(each)})" for each in alone))
        return f"""(s.copy_of IS NULL OR NOT EXISTS (SELECT 1 FROM state o
            WHERE (o.id = s.copy_of OR o.copy_of = s.copy_of) AND o.id < s.id
                AND {theirs}))"""

    def _all_of(self, asked: ArticleQuery, by_place: bool) -> str:
        if asked.where is None:
            return "1"
        self.muted = speaks_of_muted(asked.where)
        if not by_place or self.muted:  # the list of a place has no muted ones
            return self.of(asked.where)
        nodes = asked.where.nodes if isinstance(asked.where, And) else (asked.where,)
        for at, node in enumerate(nodes):
            if not isinstance(node, Test) or node.field != "region" or has_words(asked):
                continue
            if (code := only_code(node.value)) is not None:
                self.place = True
                self.source = "places p CROSS JOIN state s ON s.id = p.article"
                rest = nodes[:at] + nodes[at + 1 :]
                return " AND ".join(
                    (f"p.code = {self._value(code)}", *(f"({self.of(each)})" for each in rest))
                )
        return self.of(asked.where)

    def of(self, node: Node) -> str:
        """Return the SQL condition of a node of the query."""
        # What one text must not hold may stand in another one of the same page.
        apart = self._copies and _excludes(node)
        if not apart and not any(term.field == "link" for term in _all_terms(node)):
            expression = fold.match(node)
            if expression is not None:
                return self._indexed(expression)
        match node:
            case Term():
                return self._term(node)
            case Test():
                return self._test(node)
            case Not(inner):
                self._negated = not self._negated
                sql = f"NOT ({self.of(inner)})"
                self._negated = not self._negated
                return sql
            case And(nodes):
                return " AND ".join(f"({self.of(each)})" for each in _together(nodes))
            case Or(nodes):
                return " OR ".join(f"({self.of(each)})" for each in nodes)

    def _indexed(self, expression: str) -> str:
        words = self._value(expression)
        if self._above is not None:
            above = self._value(self._above)
            return f"a.doc IN (SELECT rowid FROM search WHERE search MATCH {words} AND rowid > {above})"
        if self._at_once and fold.begins_with_a_letter(expression):
            newest = self._conn.execute("SELECT coalesce(max(id), 0) FROM state").fetchone()[0]
            self.slow = newest > LETTER
        if self._at_once and self._negated:
            found = f"EXISTS (SELECT 1 FROM search WHERE search MATCH {words} AND search.rowid = {{doc}})"
            held = f"{{doc}} IS NULL OR {found}"
            if not self._copies:
                return f"({held.format(doc='a.doc')})"
            return f"""({held.format(doc="a.doc")} OR EXISTS (
                SELECT 1 FROM state c CROSS JOIN articles d ON d.id = c.id
                WHERE c.copy_of = s.id AND ({held.format(doc="d.doc")})))"""
        if self._at_once:
            self.narrowed = True
            newest = f"""SELECT rowid FROM search WHERE search MATCH {words}
                ORDER BY rowid DESC LIMIT {WINDOW}"""
            return self._among_listed("articles d", f"d.doc IN ({newest})")
        found = self._among_listed(
            "search CROSS JOIN articles d ON d.doc = search.rowid", f"search MATCH {words}"
        )
        # What is not indexed yet may hold the words: it is not listed as being without them.
        return f"({self._among_listed('articles d', 'd.doc IS NULL')} OR {found})" if self._negated else found

    def _among_listed(self, source: str, condition: str) -> str:
        """Return the SQL that says that an article, or one it stands for, is an article `d` of these."""
        if not self._copies:
            return f"s.id IN (SELECT d.id FROM {source} WHERE {condition})"
        return f"""s.id IN (SELECT coalesce(c.copy_of, d.id)
            FROM {source} CROSS JOIN state c ON c.id = d.id WHERE {condition})"""

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
                shared = value == "full" and self._conn.execute(ANY_COPY).fetchone()[0]
                return f"s.id IN ({WITH_FULL_TEXT})" if shared else _IS[value]
            case "has":
                return _HAS[value]
            case "since":
                return f"s.date >= {self._value(int(query.moment(value, self._now).timestamp()))}"
            case "before":
                return f"s.date < {self._value(int(query.moment(value, self._now).timestamp()))}"
            case "lang":
                lang = self._value(value.lower())
                return f"(a.lang = {lang} OR substr(a.lang, 1, length({lang}) + 1) = {lang} || '-')"
            case "tag":
                return f"s.id IN (SELECT l.article FROM labels l WHERE l.tag = {self._value(value)})"
            case "region" | "mentions" | "from":
                return self._place("about" if test.field == "region" else test.field, value)
            case "feed" | "folder":
                sql = _FROM_FEEDS[test.field].replace(":value", self._value(fold.fold(value)))
                return f"s.feed IN (SELECT f.id FROM feeds f WHERE {sql})"
            case _:
                # Stories are not kept, so no article belongs to one.
                return "0"

    def _place(self, role: str, value: str) -> str:
        if role == "from":
            return f"s.feed IN (SELECT id FROM feeds WHERE region {self._among(_codes(value) or {''})})"
        if role == "mentions":
            # As the index of these says it, for SQLite to use it.
            mentioned = "SELECT t.article FROM tags t WHERE t.kind = 'region' AND t.role = 'mentions'"
            if self._above is not None:
                mentioned += " AND t.article = s.id"
            if not (codes := _codes(value)):
                return f"s.id NOT IN ({mentioned})"
            return f"s.id IN ({mentioned} AND t.value {self._among(codes)})"
        lists = _lists(value)
        among = self._among(lists)
        one_by_one = self._above is not None or self.muted
        if one_by_one or (self._at_once and (self._negated or self._many(lists))):
            return f"EXISTS (SELECT 1 FROM json_each(s.around) j WHERE j.value {among})"
        return f"s.id IN (SELECT p.article FROM places p WHERE p.code {among})"

    def _among(self, codes: Set[str]) -> str:
        return f"IN (SELECT value FROM json_each({self._value(json.dumps(sorted(codes)))}))"

    def _many(self, codes: Set[str]) -> bool:
        return sum(placed.count(self._conn, each).total for each in codes) >= MANY


def _of_feeds(leaf: Term | Test) -> bool:
    return isinstance(leaf, Test) and leaf.field in OF_FEEDS


def _together(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return the nodes with those that are words alone as one: a text that is found has all of them."""
    words = [each for each in nodes if not _excludes(each) and fold.match(each) is not None]
    if len(words) in (0, 1, len(nodes)):
        return nodes
    return And(tuple(words)), *(each for each in nodes if each not in words)


def _excludes(node: Node) -> bool:
    match node:
        case Not():
            return True
        case And(nodes) | Or(nodes):
            return any(map(_excludes, nodes))
        case _:
            return False


def _all_leaves(nodes: Iterable[Node]) -> Iterator[Term | Test]:
    for node in nodes:
        match node:
            case Not(inner):
                yield from _all_leaves((inner,))
            case And(inside) | Or(inside):
                yield from _all_leaves(inside)
            case leaf:
                yield leaf


def has_words(asked: ArticleQuery) -> bool:
    """Return whether a query asks for words, in the index or in links."""
    return asked.where is not None and any(True for _ in _all_terms(asked.where))


def _all_terms(node: Node) -> Iterator[Term]:
    match node:
        case Term():
            yield node
        case Not(inner):
            yield from _all_terms(inner)
        case And(nodes) | Or(nodes):
            for each in nodes:
                yield from _all_terms(each)


def only_code(place: str) -> str | None:
    """Return the code of a place that has one list (see `placed`), '' for none; None for a grouping.

    Raises:
        QueryError: no place has this name; the nearest three are offered.
    """
    lists = _lists(place)
    return next(iter(lists)) if len(lists) == 1 else None


@lru_cache(maxsize=64)  # asked three times a view, and a continent has a thousand places
def _lists(place: str) -> frozenset[str]:
    """Return the codes whose lists together are that of a place: its own, or its members' for a grouping."""
    codes = _codes(place)
    return frozenset(each for each in codes if codes.isdisjoint(regions.ancestors(each))) or frozenset({""})


def _codes(place: str) -> frozenset[str]:
    """Return the codes of a place and all within it; none for "none".

    Raises:
        QueryError: no place has this name; the nearest three are offered.
    """
    if place.casefold() == "none":
        return frozenset()
    code = regions.find(place)
    if code is None:
        raise QueryError(regions.unknown(place))
    return regions.within(code)
