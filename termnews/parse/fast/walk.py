"""One pass of expat over a document, by the tables of the vocabulary.

It must never guess: what stands in no table ends the pass.
"""

from __future__ import annotations

from typing import TypeAlias
from xml.parsers import expat

from termnews.parse.fast.names import Unsure, attributes
from termnews.parse.fast.state import Attributes, State
from termnews.parse.fast.vocabulary import NOTHING, ROOT, Rule, Table

_Rules: TypeAlias = dict[str, Rule]
_Frame: TypeAlias = tuple[Table, _Rules, Rule, Attributes, "str | None"]

_BUFFER = 1 << 18
"""Bytes of text expat gathers before it hands them over."""


def walk(data: bytes) -> State:
    """Return what a document says.

    Args:
        data: the document in UTF-8.

    Raises:
        Unsure: it is not well-formed, or has something that is not known for certain.
    """
    walker = _Walker()
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.buffer_size = _BUFFER
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.pieces.append
    parser.StartNamespaceDeclHandler = walker.state.names.declare
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unsure("not well-formed") from error
    return walker.state


class _Walker:
    """Where the pass stands."""

    def __init__(self) -> None:
        """Start before the root."""
        self.state = State()
        self.pieces: list[str] = []
        """Text of the present element since the last tag."""
        self._known: dict[Table, _Rules] = {}
        self._table = ROOT
        self._rules: _Rules = {}
        self._rule = Rule()
        self._attributes: Attributes = {}
        self._frames: list[_Frame] = []

    def start(self, raw: str, given: dict[str, str]) -> None:
        """Begin an element."""
        rule = self._rules.get(raw)
        if rule is None:
            rule = self._rules[raw] = self._table.rule(self.state.names.short(raw))
        state = self.state
        self._frames.append((self._table, self._rules, self._rule, self._attributes, state.lang))
        if given:
            given = attributes(given)
            lang = given.get("xml:lang", given.get("lang"))
            if lang is not None:
                state.lang = lang or None
        state.depth += 1
        self._rule, self._attributes = rule, given
        self._table = table = rule.inside or NOTHING
        rules = self._known.get(table)
        if rules is None:
            rules = self._known[table] = {}
        self._rules = rules
        self.pieces.clear()
        if rule.begin is not None:
            rule.begin(state, given)

    def end(self, _: str) -> None:
        """End an element."""
        end = self._rule.end
        state = self.state
        if end is not None:
            end(state, self._attributes, "".join(self.pieces).strip())
        self.pieces.clear()
        self._table, self._rules, self._rule, self._attributes, state.lang = self._frames.pop()
        state.depth -= 1
