"""newsboat's filter language → a search line of termnews.

newsboat knows no precedence: what stands right of `and` or `or` belongs together, so `a and b or c`
is `a and (b or c)`. (Its version 2.21 and those before, as Debian 12 has it, group to the left: read off the
program itself.) It must never widen a filter without saying so: what cannot be said here is refused.
"""

from __future__ import annotations

import re
from typing import Final

from termnews.coming.newsboat_tests import FEEDS, FilterError, test
from termnews.models import And, ArticleQuery, Node, Not, Or, Test
from termnews.query import MAX_CONDITIONS, MAX_DEPTH, parse_query, print_query
from termnews.query.tree import join

__all__ = ["FilterError", "fields", "search_line"]

_PIECE: Final = re.compile(
    r"""\s*(?:
      (?P<bracket>[()])
    | (?P<operator>==|=~|!=|!~|!\#|<=|>=|=|<|>|\#)
    | "(?P<quoted>(?:[^"\\]|\\.)*)"
    | (?P<word>[\w:.-]+)
    )""",
    re.VERBOSE,
)
_GROUPED: Final = "without brackets what is to the right belongs together, but not in newsboat 2.21"
_ESCAPED: Final = re.compile(r'\\(["\\])')

_Pieces = list[tuple[str, str]]
"""What a filter is made of, the last one first: its kind and its text."""


def search_line(written: str, feed: str = "") -> tuple[str, tuple[str, ...]]:
    """Return a filter as a search line, and what it asks for differently, one sentence each.

    Args:
        written: the filter.
        feed: the address of the feed it asks about; empty: all.

    Raises:
        FilterError: it cannot be read, or asks for what cannot be asked here; the message is a clause.
    """
    notes: dict[str, None] = {FEEDS: None} if feed else {}
    pieces = _pieces(written)
    node = _expression(pieces, notes, 0)
    if pieces:
        raise FilterError("its brackets do not match")
    asked = ArticleQuery(join(And, (Test("feed", feed), node)) if feed else node)
    line = print_query(asked)
    if parse_query(line) != asked:
        raise FilterError("it cannot be said as one search line")
    return line, tuple(notes)


def fields(line: str) -> set[str]:
    """Return the fields a search line asks about."""
    return _fields(parse_query(line).where)


def _fields(node: Node | None) -> set[str]:
    match node:
        case Test(field):
            return {field}
        case Not(inner):
            return _fields(inner)
        case And(nodes) | Or(nodes):
            return set().union(*map(_fields, nodes))
    return set()  # words are looked for in fields that do not change


def _pieces(written: str) -> _Pieces:
    pieces, at = [], 0
    written = written.rstrip()
    while at < len(written):
        found = _PIECE.match(written, at)
        if found is None:
            raise FilterError(f"the filter cannot be read at {written[at : at + 20].strip()}")
        kind = str(found.lastgroup)
        pieces.append((kind, _ESCAPED.sub(r"\1", found[kind])))
        at = found.end()
    if not pieces:
        raise FilterError("it has no filter")
    if len(pieces) > 4 * MAX_CONDITIONS:
        raise FilterError("the filter is too long")
    return pieces[::-1]


def _expression(pieces: _Pieces, notes: dict[str, None], depth: int) -> Node:
    """Take an expression off the pieces: conditions, each joined to all that stands to its right."""
    nodes = [_condition(pieces, notes, depth)]
    joined: list[type[And] | type[Or]] = []
    while pieces and pieces[-1][0] == "word" and pieces[-1][1].lower() in ("and", "or"):
        joined.append(And if pieces.pop()[1].lower() == "and" else Or)
        nodes.append(_condition(pieces, notes, depth))
    if {And, Or} <= set(joined):
        notes[_GROUPED] = None
    right = nodes.pop()
    while nodes:
        kind, left = joined.pop(), nodes.pop()
        # Two conditions are always one: join returns None only for none. Two flags are one star.
        right = right if left == right else join(kind, (left, right)) or right
    return right


def _condition(pieces: _Pieces, notes: dict[str, None], depth: int) -> Node:
    kind, text = _take(pieces)
    if (kind, text) == ("bracket", "("):
        if depth >= MAX_DEPTH:
            raise FilterError(f"its brackets are more than {MAX_DEPTH} deep")
        inner = _expression(pieces, notes, depth + 1)
        if _take(pieces) != ("bracket", ")"):
            raise FilterError("its brackets do not match")
        return inner
    operator_kind, operator = _take(pieces)
    between = (operator_kind, operator) == ("word", "between")
    if kind != "word" or not (between or operator_kind == "operator"):
        raise FilterError("the filter cannot be read: a condition is a name, an operator and a value")
    value_kind, value = _take(pieces)
    if value_kind not in ("quoted", "word"):
        raise FilterError("the filter cannot be read: a condition has no value")
    return test(text, operator, value, notes)


def _take(pieces: _Pieces) -> tuple[str, str]:
    if not pieces:
        raise FilterError("the filter breaks off")
    return pieces.pop()
