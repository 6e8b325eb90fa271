"""Search line ("is:unread region:TJ grid") → ArticleQuery, and back.

It must never look anything up: whether a place or a feed of that name exists is for the store
to say. Every line is legal text to search; only a value that cannot mean anything (`is:blue`,
`since:soon`) is refused. Reading and printing hold one law: a printed query reads as an equal one.
"""

from __future__ import annotations

from dataclasses import replace

from termnews.models import And, ArticleQuery, Node, Test
from termnews.query.fields import ALIASES, FIELDS, TEXT_FIELDS, VALUES, make_test, moment
from termnews.query.printer import print_node
from termnews.query.reader import MAX_CONDITIONS, MAX_DEPTH, Reader
from termnews.query.tree import join, wanted_terms
from termnews.query.typed import as_typed, narrowed
from termnews.sanitize import clean_line

__all__ = [
    "ALIASES",
    "FIELDS",
    "MAX_CONDITIONS",
    "MAX_DEPTH",
    "TEXT_FIELDS",
    "VALUES",
    "as_typed",
    "chips",
    "moment",
    "narrowed",
    "parse_query",
    "print_query",
    "wanted_terms",
    "with_test",
    "without_last",
]


def parse_query(line: str) -> ArticleQuery:
    """Read a search line.

    Returns:
        The query in its normal form: no And in And, no Or in Or, no Not of Not. `notes` says
        what was understood differently from how it may have been meant.

    Raises:
        QueryError: is:, has:, sort:, since: or before: with a value that means nothing.
    """
    return Reader().read(clean_line(line))


def print_query(query: ArticleQuery) -> str:
    """Return a line that `parse_query` reads as an equal query; empty for every article by date."""
    parts = [] if query.where is None else [print_node(query.where)]
    if query.sort != "date":
        parts.append(f"sort:{query.sort}")
    return " ".join(parts)


def chips(query: ArticleQuery) -> tuple[str, ...]:
    """Return each top-level condition as one prints it, in order; may be empty."""
    return tuple(map(print_node, _conditions(query)))


def without_last(query: ArticleQuery) -> ArticleQuery:
    """Return the query without its last top-level condition; the order of the list stays."""
    return replace(query, where=join(And, _conditions(query)[:-1]), notes=())


def with_test(query: ArticleQuery, field: str, value: str) -> ArticleQuery:
    """Return the query with this condition in place of its top-level ones of the same field.

    `is:` conditions only replace what they contradict: unread replaces read, not starred. An
    empty value takes the field's conditions away.

    Args:
        query: the query to change.
        field: one of FIELDS but the text fields and sort.
        value: the value without quotes; may be empty.

    Raises:
        QueryError: the field has no such value.
    """
    field = ALIASES.get(field, field)
    notes: dict[str, None] = {}
    asked = make_test(field, clean_line(value), notes)
    kept: list[Node] = []
    places = []
    for each in _conditions(query):
        if isinstance(each, Test) and _gives_way(each, field, asked):
            places.append(len(kept))
        else:
            kept.append(each)
    if asked is not None:
        kept.insert(places[0] if places else len(kept), asked)
    return replace(query, where=join(And, kept), notes=tuple(notes))


def _conditions(query: ArticleQuery) -> tuple[Node, ...]:
    """Return the top-level conditions of a query."""
    if query.where is None:
        return ()
    return query.where.nodes if isinstance(query.where, And) else (query.where,)


def _gives_way(test: Test, field: str, asked: Test | None) -> bool:
    """Whether a condition is replaced by the one asked for on that field."""
    if field != "is" or asked is None:
        return test.field == field
    return test.field == "is" and (test == asked or {test.value, asked.value} == {"read", "unread"})
