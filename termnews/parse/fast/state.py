"""What a document has said so far, kept by feedparser's own rules: which of two titles counts, and so on.

Its rules are not those of the formats but what feedparser makes of them, quirks included: the two readers
must give the same. Where a rule would be long and its case is rare, the document is left to feedparser.
"""

from __future__ import annotations

import re
from html.entities import entitydefs
from typing import Any, Final

from termnews.parse.fast.names import Names, Unsure
from termnews.parse.markup import has_inline_markup

Attributes = dict[str, str]
"""An element's attributes by name in lower case."""
Values = dict[str, Any]
"""One feed or entry as feedparser would give it, only the parts that are read."""

_TEXT_TYPES: Final = {
    "text": "text/plain",
    "plain": "text/plain",
    "text/plain": "text/plain",
    "html": "text/html",
    "text/html": "text/html",
}
_TAG: Final = re.compile(r"</?\w")
_REFERENCE: Final = re.compile(r"&#?\w+;")
_NAMED: Final = re.compile(r"&(\w+);")
_WHOLE: Final = 10_000
"""Depth of what counts whatever stands deeper."""


class State:
    """The feed, its entries, and where the reader stands."""

    def __init__(self) -> None:
        """Start outside everything."""
        self.head: Values = {}
        """The feed's own values."""
        self.entries: list[Values] = []
        """The entries so far."""
        self.values = self.head
        """Those of the feed or entry the reader is in."""
        self.names = Names()
        """The namespaces declared so far."""
        self.atom = False
        """Whether the document is Atom, which says what is markup."""
        self.depth = 0
        """Elements around the text and the elements that are read now; an element in them is as deep."""
        self.lang: str | None = None
        """xml:lang as it is in force."""
        self.title_depth = -1
        """Depth of the title that counts so far; -1: none does."""
        self.has_content = False
        """Whether a body other than a summary was seen since the last entry ended."""
        self._depths: dict[str, int] = {}

    @property
    def in_entry(self) -> bool:
        """Whether the reader is in an entry."""
        return self.values is not self.head

    def open_entry(self) -> None:
        """Start an entry."""
        if self.in_entry:
            raise Unsure("entry in an entry")
        self.values = {}
        self.entries.append(self.values)
        self._depths = {}
        self.title_depth = -1

    def close_entry(self) -> None:
        """End an entry."""
        self.values = self.head
        self.has_content = False

    def keep(self, key: str, text: str) -> None:
        """Keep a value: the last one counts, but none that stands deeper than another."""
        if self.in_entry:
            if self.depth > self._depths.get(key, _WHOLE):
                return
            self._depths[key] = self.depth
        self.values[key] = text

    def detail(self, attributes: Attributes, default: str, text: str) -> Values:
        """Return a text with its type and language.

        Raises:
            Unsure: it is something else than text.
        """
        kind = _TEXT_TYPES.get(attributes.get("type", default)) if attributes else default
        if kind is None or (attributes and ("mode" in attributes or "src" in attributes)):
            raise Unsure("content that is no text")
        return {"type": kind, "language": self.lang, "value": text}


def mended(text: str) -> str:
    """Return the text, one that was encoded in UTF-8 twice decoded once more.

    feedparser does so with every text that is UTF-8 when its letters are taken for bytes.
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def looks_like_html(text: str) -> bool:
    """Whether feedparser takes a text that is said to be plain for HTML.

    A text with tags a headline may carry is taken for markup in any case and needs no answer here.

    Raises:
        Unsure: it has other tags.
    """
    if not _REFERENCE.search(text) and "</" not in text:
        return False
    if _TAG.search(text):
        if has_inline_markup(text):
            return False
        raise Unsure("tags in a title")
    return "&" in text and all(name in entitydefs for name in _NAMED.findall(text))
