"""One pass of expat over a document, by the tables of the vocabulary.

It must never guess: what stands in no table ends the pass.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias
from xml.parsers import expat

from termnews.parse.fast.names import Unsure, named
from termnews.parse.fast.state import Attributes, State
from termnews.parse.fast.vocabulary import ROOT, Rule, Table

_Rules: TypeAlias = dict[str, Rule]
_Frame: TypeAlias = tuple[Table, _Rules, Rule, Attributes, "str | None"]

_NO_LEAF: Rule | None = None
_BUFFER = 1 << 18
"""Bytes of text expat gathers before it hands them over."""


def walk(data: bytes) -> State:
    """Return what a document says.

    Args:
        data: the document in UTF-8.

    Raises:
        Unsure: it is not well-formed, or has something that is not known for certain.
    """
    state = State()
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.buffer_size = _BUFFER
    parser.StartNamespaceDeclHandler = state.names.declare
    pieces: list[str] = []
    parser.CharacterDataHandler = pieces.append
    parser.StartElementHandler, parser.EndElementHandler = _handlers(state, pieces)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unsure("not well-formed") from error
    return state


def _lang(attributes: Attributes, outer: str | None) -> str | None:
    """Return xml:lang as it is in force inside an element."""
    lang = attributes.get("xml:lang", attributes.get("lang"))
    return outer if lang is None else lang or None


_Handlers: TypeAlias = tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]


def _handlers(state: State, pieces: list[str]) -> _Handlers:
    """Return what is called for each start and each end of an element.

    They share variables, as they run for every element of every feed and attributes take longer.
    `pieces` is the text since the last start of an element.
    """
    short = state.names.short
    known: dict[Table, _Rules] = {}
    frames: list[_Frame] = []
    table, rules, leaf, given, outer = ROOT, _Rules(), _NO_LEAF, Attributes(), state.lang

    def start(raw: str, attributes: dict[str, str]) -> None:
        nonlocal table, rules, leaf, given, outer
        if leaf is not None:
            raise Unsure("element in a text")
        rule = rules.get(raw)
        if rule is None:
            rule = rules[raw] = table.rule(short(raw))
        before = state.lang
        if attributes:
            attributes = named(attributes)
            state.lang = _lang(attributes, before)
        pieces.clear()
        if rule.begin is not None:
            rule.begin(state, attributes)
        if rule.inside is None:
            leaf, given, outer = rule, attributes, before
            return
        frames.append((table, rules, rule, attributes, before))
        table = rule.inside
        rules = known.get(table) or known.setdefault(table, {})
        state.depth += 1

    def end(_: str) -> None:
        nonlocal table, rules, leaf
        if leaf is not None:
            rule, attributes, before, leaf = leaf, given, outer, None
        else:
            table, rules, rule, attributes, before = frames.pop()
            state.depth -= 1
        if rule.end is not None:
            rule.end(state, attributes, "".join(pieces).strip())
        state.lang = before

    return start, end
