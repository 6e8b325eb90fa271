"""HTML text → a flat run of tokens, in time linear to its length whatever it holds.

It must never build a tree or recurse: 5,000 nested tags are 5,000 tokens. Every character is
consumed by exactly one match of `_TAG`, whose quantifiers are possessive, so that no input
makes it look at the same text twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_TAG = re.compile(
    r"""<(?:
      (?P<comment>!--)
    | (?P<cdata>!\[CDATA\[)
    | (?P<declaration>[!?][^<>]*+)>?
    | (?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*+(?:[:-][a-zA-Z0-9]++)*+)(?=[\s/<>]|\Z)
      (?P<attributes>(?:=\s*+"[^"]*+"|=\s*+'[^']*+'|[^<>=]++|=)*+)(?P<close>>?)
    )""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    r"""([^\s=/"'<>]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++)))?""",
)
# Names longer than 31 letters and numbers of more than 8 digits stand for nothing; without the
# bounds a long run of digits costs quadratic time and then a ValueError of int().
_ENTITY = re.compile(r"&(?:#(?:[0-9]{1,8}|[xX][0-9a-fA-F]{1,8})|[a-zA-Z][a-zA-Z0-9]{1,31});?")
UNSEEN = frozenset(
    [
        "script",
        "style",
        "title",
        "template",
        "svg",
        "select",
        "noframes",
        "noembed",
        "iframe",
        "textarea",
        "head",
    ]
)
"""Elements nobody sees, in lower case."""
_MAX_ATTRIBUTES = 40
_MAX_ATTRIBUTE_TEXT = 20_000


class Token(NamedTuple):
    """A piece of HTML."""

    kind: Literal["text", "start", "end"]
    """What it is."""
    value: str
    """Raw text, entities undecoded; or the tag's name in lower case."""
    attributes: str = ""
    """The raw attributes of a start tag."""


def tokens(html: str) -> Iterator[Token]:
    """Yield the tokens of the HTML; comments, scripts, styles and heads are left out.

    A `<` that begins no tag is text. A tag the text ends in is dropped: feeds cut their
    summaries anywhere.
    """
    position, endless, in_cdata = 0, set[str](), False
    last_close = html.rfind(">")
    while match := _TAG.search(html, position):
        if match.start() > position:
            yield Token("text", _without_cdata_end(html[position : match.start()], in_cdata))
        position = match.end()
        name = match["name"]
        if name and match["close"]:
            name = name.lower()
            yield Token("end" if match["end"] else "start", name, match["attributes"])
            if name in UNSEEN and not match["end"]:
                position = _after_unseen(html, name, position, endless)
        elif match["comment"]:
            position = _after(html, "-->", position)
        elif match["cdata"]:
            in_cdata = True
        elif name:
            if match.start() > last_close:
                # No tag can end any more: what is left is text, all at once.
                yield Token("text", _without_last_tag(html[match.start() :]))
                return
            yield Token("text", match[0])
    if position < len(html):
        yield Token("text", _without_cdata_end(html[position:], in_cdata))


def _without_cdata_end(text: str, in_cdata: bool) -> str:
    """Return the text without the mark that ends a CDATA section, if one was begun."""
    return text.replace("]]>", "") if in_cdata else text


def _without_last_tag(text: str) -> str:
    """Return the text without a tag it is cut off in."""
    begin = text.rfind("<")
    cut_off = (match := _TAG.match(text, begin)) and match["name"] and match.end() == len(text)
    return text[:begin] if cut_off else text


def _after(html: str, end: str, position: int) -> int:
    """Return the place behind the next `end`, or the end of the text (as browsers do)."""
    found = html.find(end, position)
    return len(html) if found < 0 else found + len(end)


def _after_unseen(html: str, name: str, position: int, endless: set[str]) -> int:
    """Return where the end tag of an element nobody sees begins.

    Without an end tag the element is open to the end of the text, but a head ends at the body,
    and a head without either is only a tag.
    """
    if name in endless:
        return position
    pattern = r"</head\b|<body\b" if name == "head" else rf"</{name}\b"
    if found := re.compile(pattern, re.IGNORECASE).search(html, position):
        return found.start()
    endless.add(name)
    return position if name in ("head", "iframe", "select") else len(html)


def attributes(token: Token) -> dict[str, str]:
    """Return the attributes of a start tag, decoded; the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(token.attributes[:_MAX_ATTRIBUTE_TEXT]):
        name, *values = match.groups()
        found.setdefault(name.lower(), decode(next((value for value in values if value), "")))
        if len(found) == _MAX_ATTRIBUTES:
            break
    return found


def counts_readers(said: dict[str, str]) -> bool:
    """Return whether an image with these attributes is a pixel that only counts who reads."""
    return said.get("width") in ("0", "1") or said.get("height") in ("0", "1")


def has_tags(html: str) -> bool:
    """Return whether there is any tag; without one the text is no HTML, and its lines count."""
    return "<" in html and any(token.kind != "text" for token in tokens(html))


def decode(text: str) -> str:
    """Return the text with its character references replaced, once."""
    if "&" not in text:
        return text
    from html import unescape

    return _ENTITY.sub(lambda match: unescape(match[0]), text)
