"""One condition of newsboat's filter language → a condition of termnews.

It must never guess: a condition without a twin is refused, one that differs a little is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from termnews.models import And, Node, Or, Test
from termnews.query.fields import make_term
from termnews.query.tree import join, negate


class FilterError(Exception):
    """A filter cannot be said as a search line; the message is a clause."""


_WORDS: Final = "texts are looked for by word, not by pattern"
_FLAGS: Final = "flags come as stars, so any flag matches"
FEEDS: Final = "any part of a feed's name or address matches"
"""What is said where a filter names a feed."""
_FOLDERS: Final = "tags are folders here, so any part of a folder's name matches"
_LITERAL: Final = re.compile(r"[\w /:,'&+%=@~-]+")
_SIMPLE: Final = re.compile(r"\\([-.+/&'])")
_TEXTS: Final = {"title": "title", "author": "author", "content": "body", "link": "link"}
_FEEDS: Final = {"feedtitle": "feed", "rssurl": "feed", "tags": "folder"}
_NEGATED: Final = {"!=": "=", "!~": "=~", "!#": "#", "==": "="}

_Notes = dict[str, None]


def test(name: str, operator: str, value: str, notes: _Notes) -> Node:
    """Return the condition `name operator value`.

    Args:
        name: an attribute.
        operator: = == != =~ !~ < > <= >= # !# between.
        value: as written, without quotes.
        notes: takes what is asked for differently, one sentence each.

    Raises:
        FilterError: it has no twin here.
    """
    made: Callable[[str, str, str, _Notes], Node | None] = {
        "unread": _unread,
        "flags": _flags,
        "age": _age,
        "enclosure_url": _enclosure,
        "enclosure_type": _enclosure,
    }.get(name, _text)
    positive = _NEGATED.get(operator, operator)
    node = made(name, positive, value, notes)
    if node is None:
        raise FilterError(f'"{name} {operator} {value[:40]}" has no twin here')
    return negate(node) if operator.startswith("!") else node


def _unread(name: str, operator: str, value: str, notes: _Notes) -> Node | None:
    if operator not in ("=", "=~") or value not in ("yes", "no"):
        return None
    return Test("is", "unread" if value == "yes" else "read")


def _flags(name: str, operator: str, value: str, notes: _Notes) -> Node | None:
    if operator not in ("=", "=~", "#"):
        return None
    if operator == "=" and not value:
        return negate(Test("is", "starred"))
    notes[_FLAGS] = None
    return Test("is", "starred")


def _enclosure(name: str, operator: str, value: str, notes: _Notes) -> Node | None:
    if operator == "=" and not value:
        return negate(Test("has", "enclosure"))
    return Test("has", "enclosure") if operator == "=~" and value in (".", ".*", ".+", "^.+$") else None


def _age(name: str, operator: str, value: str, notes: _Notes) -> Node | None:
    """Return a condition on the age in whole days: `age < 2` is younger than two days."""
    low, colon, high = value.partition(":")
    if not low.isdecimal() or (colon and not high.isdecimal()) or len(value) > 9:
        return None
    number = int(low)
    match operator:
        case "between":
            return _between(number, int(high)) if colon else None
        case "=":
            return _between(number, number)
        case "<" | "<=":
            return Test("since", f"{number + (operator == '<=')}d")
        case ">" | ">=":
            return Test("before", f"{number + (operator == '>')}d")
    return None


def _between(low: int, high: int) -> Node | None:
    low, high = min(low, high), max(low, high)
    young = [Test("before", f"{low}d")] if low else []
    return join(And, [Test("since", f"{high + 1}d"), *young])


def _text(name: str, operator: str, value: str, notes: _Notes) -> Node | None:
    """Return a condition on a text; a pattern does where it is words, or words with | between them."""
    field = _TEXTS.get(name) or _FEEDS.get(name)
    # A word among others is what a search looks for anyway; of addresses only parts are looked for.
    allowed = ("=", "=~") if name in ("link", "feedtitle", "rssurl") else ("#", "=", "=~")
    if field is None or operator not in allowed:
        return None
    nodes = [_word(field, each, operator) for each in _alternatives(value, operator)]
    if not nodes or None in nodes:
        return None
    notes[{"folder": _FOLDERS, "feed": FEEDS}.get(field, _WORDS)] = None
    return join(Or, [each for each in nodes if each is not None])


def _alternatives(value: str, operator: str) -> list[str]:
    """Return the texts a pattern looks for; none where it is more than words."""
    if operator != "=~":
        return [value]
    inner = value.removeprefix("(").removesuffix(")") if value.startswith("(") else value
    parts = [_SIMPLE.sub(r"\1", each) for each in inner.split("|")]
    plain = [each.removeprefix(".*").removesuffix(".*") for each in parts]
    # A dot between letters is one in all but name: example.org.
    return plain if all(_LITERAL.fullmatch(each.replace(".", "-")) for each in plain) else []


def _word(field: str, text: str, operator: str) -> Node | None:
    text = " ".join(text.split())
    if not text:
        return None
    if field in _FEEDS.values():
        return Test(field, text.replace("/", "-") if field == "folder" else text)  # as `newsboat_urls` does
    return make_term(text, prefix=operator == "=~" and field != "link", field=field)
