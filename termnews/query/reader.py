"""Reads one search line into conditions.

It must never fail but for a value that means nothing, and never recurse: a line may hold a
hundred thousand brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, cast

from termnews.models import And, ArticleQuery, Node, Or, Sort
from termnews.query.fields import (
    ALIASES,
    FIELDS,
    OPERATORS,
    TEXT_FIELDS,
    field_of,
    make_term,
    make_test,
    meant_as_field,
    unknown_field,
)
from termnews.query.tree import join, negate

MAX_CONDITIONS: Final = 200
"""Conditions of a line that are used: SQLite nests no more than 1,000 operators."""

MAX_DEPTH: Final = 10
"""Brackets within brackets that are used: the parser of FTS5 holds 100 symbols, ten take about 80."""

_MAX_NOTES: Final = 5
# One bracket, quoted text or word, with the minuses before it. In quotes, "" is a quote; quotes
# left open end with the line. Every character of a line is in a piece.
_PIECE: Final = re.compile(
    r"""
      \s+
    | (?P<close>\))
    | (?P<minus>-*)
      (?: (?P<open>\()
        | (?: (?P<head>[^\W\d_]+) : )? "(?P<quoted>[^"]*(?:""[^"]*)*)(?:"|\Z)(?P<star>\**)
        | (?P<word>[^\s"()]+)
      )
    """,
    re.VERBOSE,
)


def ends_in_text(line: str) -> bool:
    """Whether a line, already cleaned, breaks off inside a word or phrase to look for in the text."""
    last = next(reversed(list(_PIECE.finditer(line))), None)
    if last is None or not (last["word"] or last["quoted"]):
        return False
    if last["word"] in OPERATORS and not last["minus"]:
        return False
    name = field_of(last["word"] or f"{last['head']}:")
    return not name or name in TEXT_FIELDS


@dataclass(slots=True)
class _Group:
    """What stands between two brackets."""

    negated: bool = False
    """Whether a minus or NOT stands before it."""
    alternatives: list[list[Node]] = field(default_factory=lambda: [[]])
    """What stands between its ORs, each a list of conditions."""

    def node(self) -> Node | None:
        """Return the group as one condition, its own minus left out; None when it is empty."""
        each = (join(And, conditions) for conditions in self.alternatives)
        return join(Or, (node for node in each if node is not None))


class Reader:
    """Reads one line on a stack of groups; used once."""

    def __init__(self) -> None:
        self._groups = [_Group()]
        self._sort: Sort = "date"
        self._notes: dict[str, None] = {}
        self._negated = False
        self._ignored_brackets = 0
        self._conditions = 0

    def read(self, line: str) -> ArticleQuery:
        """Return what the line, already cleaned, asks for."""
        for piece in _PIECE.finditer(line):
            minus = piece["minus"] or ""
            self._negated ^= len(minus) % 2 == 1
            if piece["open"]:
                self._open()
            elif piece["close"]:
                self._close()
            elif piece["quoted"] is not None:
                self._quoted(piece["head"] or "", piece["quoted"].replace('""', '"'), bool(piece["star"]))
            elif piece["word"] in OPERATORS and not minus:
                self._operator(piece["word"])
            elif piece["word"]:
                self._word(piece["word"], last=piece.end() == len(line))
            if self._conditions > MAX_CONDITIONS:
                break
        while len(self._groups) > 1:
            self._close()
        return ArticleQuery(self._groups[0].node(), self._sort, tuple(self._notes))

    def _open(self) -> None:
        if len(self._groups) > MAX_DEPTH:
            self._ignored_brackets += 1
            self._note(f"brackets more than {MAX_DEPTH} deep are ignored.")
            return
        self._groups.append(_Group(self._negated))
        self._negated = False

    def _close(self) -> None:
        if self._ignored_brackets:
            self._ignored_brackets -= 1
        elif len(self._groups) > 1:
            group = self._groups.pop()
            self._negated = group.negated
            self._add(group.node())
        self._negated = False

    def _operator(self, word: str) -> None:
        # An operator with nothing to join is one whose other side is still to be typed.
        self._negated = word == "NOT" and not self._negated
        if word == "OR":
            self._groups[-1].alternatives.append([])

    def _word(self, word: str, *, last: bool) -> None:
        name = field_of(word)
        value = word[len(name) + 1 :]
        if not name:
            if unknown := meant_as_field(word):
                self._note(unknown_field(unknown))
            self._leaf(make_term(word.rstrip("*"), prefix=word.endswith("*")))
        elif not value:
            # At the end of the line it is a field whose value is still to be typed, else text.
            self._leaf(None if last else make_term(word, prefix=False))
        elif name in TEXT_FIELDS:
            self._leaf(make_term(value.rstrip("*"), prefix=value.endswith("*"), field=name))
        else:
            self._test(name, value)

    def _quoted(self, head: str, text: str, star: bool) -> None:
        name = head.lower()
        if name in TEXT_FIELDS:
            self._leaf(make_term(text, prefix=star, field=name))
        elif name in FIELDS:
            self._test(name, text)
        else:
            if unknown := meant_as_field(f"{head}:{text}"):
                self._note(unknown_field(unknown))
            self._leaf(make_term(f"{head}:{text}" if head else text, prefix=star))

    def _test(self, name: str, value: str) -> None:
        test = make_test(ALIASES.get(name, name), value, self._notes)
        if test is not None and test.field == "sort":
            # An order has no opposite and belongs to no bracket.
            self._sort = cast(Sort, test.value)
            test = None
        self._leaf(test)

    def _leaf(self, node: Node | None) -> None:
        """Take one term or test, as long as there is room."""
        self._conditions += node is not None
        if self._conditions > MAX_CONDITIONS:
            self._note(f"only the first {MAX_CONDITIONS} conditions are used.")
            node = None
        self._add(node)

    def _add(self, node: Node | None) -> None:
        """Take a condition into the open group; None, nothing to look for, is left out."""
        if node is not None:
            self._groups[-1].alternatives[-1].append(negate(node) if self._negated else node)
        self._negated = False

    def _note(self, note: str) -> None:
        if len(self._notes) < _MAX_NOTES:
            self._notes[note] = None
