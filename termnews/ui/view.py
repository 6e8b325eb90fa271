"""What the screen is narrowed to: changes to a query that keys and the sidebar make, and its words.

It must never hold state or look anything up but names of places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from termnews import query as queries
from termnews import regions
from termnews.models import And, ArticleQuery, Node, Not, Or, Term, Test
from termnews.wording import mark, spoken, tr

PLACE_FIELDS: Final = ("region", "feed", "folder")
"""Fields that say where news come from: choosing one in the sidebar replaces the others."""
ASSUMED: Final = "~"
"""Stands before a place that is assumed from the feed, because the text names none."""
EVERYTHING: Final = mark("everything")
"""What a query without conditions looks at."""
_SORTS: Final = {
    "oldest": mark("oldest first"),
    "title": mark("by title"),
    "feed": mark("by feed"),
    "region": mark("by region"),
    "best": mark("best first"),
}
_WORDS: Final = {
    "is:unread": mark("Unread"),
    "is:read": mark("Read"),
    "is:starred": mark("Starred"),
    "is:new": mark("New"),
    "is:changed": mark("Changed"),
    "since:24h": mark("24 h"),
    "since:7d": mark("7 days"),
    "region:none": mark("No place"),
}


def conditions(asked: ArticleQuery) -> tuple[Node, ...]:
    """Return the top-level conditions of a query; may be empty."""
    if asked.where is None:
        return ()
    return asked.where.nodes if isinstance(asked.where, And) else (asked.where,)


def tests(asked: ArticleQuery) -> frozenset[tuple[str, str]]:
    """Return the plain top-level conditions as field and value."""
    return frozenset((each.field, each.value) for each in conditions(asked) if isinstance(each, Test))


def toggled(asked: ArticleQuery, field: str, value: str) -> ArticleQuery:
    """Return the query with this condition, or without it when it has it already."""
    if (field, value) in tests(asked):
        return without(asked, field, value)
    return queries.with_test(asked, field, value)


def without(asked: ArticleQuery, field: str, value: str) -> ArticleQuery:
    """Return the query without this condition."""
    if field != "is":
        return queries.with_test(asked, field, "")
    return _only(asked, lambda node: node != Test(field, value))


def placed(asked: ArticleQuery, field: str, value: str) -> ArticleQuery:
    """Return the query narrowed to this region, feed or folder in the place of the former one."""
    elsewhere = _only(asked, lambda node: not _is_place(node))
    if (field, value) in tests(asked):
        return elsewhere
    place = queries.with_test(ArticleQuery(), field, value)
    return _joined([*conditions(place), *conditions(elsewhere)], asked)


def in_regions(asked: ArticleQuery, codes: Sequence[str]) -> ArticleQuery:
    """Return the query narrowed to any of these regions in the place of the former ones; none: everywhere."""
    places = [Test("region", code) for code in codes]
    union = [Or(tuple(places))] if len(places) > 1 else places
    return _joined([*union, *(node for node in conditions(asked) if not _is_place(node, ("region",)))], asked)


def regions_of(asked: ArticleQuery) -> tuple[str, ...]:
    """Return the codes of the regions a query is narrowed to; may be empty."""
    found = [node for each in conditions(asked) for node in (each.nodes if isinstance(each, Or) else (each,))]
    codes = [regions.find(node.value) for node in found if isinstance(node, Test) and node.field == "region"]
    return tuple(code for code in codes if code is not None)


def _is_place(node: Node, fields: Sequence[str] = PLACE_FIELDS) -> bool:
    if isinstance(node, Or):
        return all(_is_place(each, fields) for each in node.nodes)
    return isinstance(node, Test) and node.field in fields


def _only(asked: ArticleQuery, keep: Callable[[Node], bool]) -> ArticleQuery:
    return _joined([node for node in conditions(asked) if keep(node)], asked)


def _joined(nodes: Sequence[Node], asked: ArticleQuery) -> ArticleQuery:
    where = And(tuple(nodes)) if len(nodes) > 1 else next(iter(nodes), None)
    return ArticleQuery(where, asked.sort)


def chips(asked: ArticleQuery) -> tuple[str, ...]:
    """Return the conditions of a query as words for people, and its order unless that is newest first."""
    words = [_chip(node, text) for node, text in zip(conditions(asked), queries.chips(asked), strict=True)]
    if asked.sort != "date":
        words.append(tr(_SORTS[asked.sort]))
    return tuple(words)


def _chip(node: Node, text: str) -> str:
    match node:
        case Test("region", value) if (code := regions.find(value)) is not None:
            return place_line(code)
        case Test("tag", value):
            return f"#{value}"
        case Test("feed" | "folder", value):
            return value
        case Or(nodes) if _is_place(node):
            return tr(" or ").join(_chip(each, "").rpartition(" › ")[2] for each in nodes)
        case Not(Test() as test):
            return tr("not {condition}", condition=_chip(test, text.removeprefix("-")))
        case Term(words, field=""):
            return f"“{words}”"
        case _:
            return tr(_WORDS[text]) if text in _WORDS else text


def place_line(code: str) -> str:
    """Return the way to a region without the groupings between: "Europe › Germany › Berlin"."""
    continent, *inner = [each for each in reversed((code, *regions.ancestors(code))) if each != "001"] or [
        code
    ]
    path = [continent, *(each for each in inner if not each.isdigit() or each == code)]
    return " › ".join(regions.name(each, spoken()) for each in path)


def about_line(codes: Sequence[str], assumed: bool = False) -> str:
    """Return what an article is about, the main place with the country around it; may be empty.

    "DE-BE Germany › Berlin · GB United Kingdom"; a tilde before it says that the feed alone says so.
    """
    words: list[str] = []
    for code in codes:
        way = regions.name(code, spoken()) if words else place_line(code)
        # The continent says nothing the country does not.
        way = way.partition(" › ")[2] or way
        words.append(way if code.isdigit() else f"{code} {way}")
    return (ASSUMED if assumed else "") + " · ".join(words) if words else ""


def tag(code: str) -> str:
    """Return a place as short as it can be told: its code, or its name where the code is but a number."""
    return regions.name(code, spoken()) if code.isdigit() else code


def title(asked: ArticleQuery) -> str:
    """Return where a query looks: its place, else its first condition, else `EVERYTHING`."""
    words = chips(asked)
    for node, word in zip(conditions(asked), words, strict=False):
        if isinstance(node, Test) and node.field in PLACE_FIELDS:
            return word.rpartition(" › ")[2]
    return words[0] if words else tr(EVERYTHING)
