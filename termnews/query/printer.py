"""Prints conditions as a person would write them.

It must never print what the reader would read as something else, or with a note.
"""

from __future__ import annotations

import re
from typing import Final

from termnews.models import And, Node, Not, Or, Term, Test
from termnews.query.fields import OPERATORS, field_of, meant_as_field

_PLAIN: Final = re.compile(r'[^\s"()]*[^\s"()*]')


def print_node(node: Node) -> str:
    """Return the condition as text, with brackets only where they are needed."""
    match node:
        case Term():
            return _term(node)
        case Test(name, value):
            return f"{name}:{_value(value)}"
        case Not(inner):
            return "-" + (f"({print_node(inner)})" if isinstance(inner, And | Or) else print_node(inner))
        case And(nodes):
            return " ".join(
                f"({print_node(each)})" if isinstance(each, Or) else print_node(each) for each in nodes
            )
        case Or(nodes):
            return " OR ".join(map(print_node, nodes))


def _term(term: Term) -> str:
    star = "*" if term.prefix else ""
    if term.field:
        return f"{term.field}:{_value(term.text)}{star}"
    special = (
        term.text in OPERATORS or term.text[0] == "-" or field_of(term.text) or meant_as_field(term.text)
    )
    return (_quoted(term.text) if special else _value(term.text)) + star


def _value(text: str) -> str:
    """Return the text as it is where it can stand so, else quoted."""
    return text if _PLAIN.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
