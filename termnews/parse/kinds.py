"""Tell what a document is, and in one sentence what it is instead of a feed.

It looks at the beginning only and reads nothing of the content.
"""

from __future__ import annotations

import re
from typing import Literal

from termnews.errors import ParseError
from termnews.sanitize import clean_line, strip_credentials

Kind = Literal["xml", "json"]

_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data that was not unpacked"),
    (b"ID3", "an audio recording"),
    (b"OggS", "an audio recording"),
    (b"SQLite format 3\0", "a database"),
)
_HTML_ROOTS = frozenset(
    {
        "html",
        "head",
        "body",
        "title",
        "meta",
        "link",
        "script",
        "style",
        "div",
        "p",
        "span",
        "table",
        "h1",
        "main",
    }
)
_FEED_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_NEXT = re.compile(r"<(?:(!--)|(\?)|(![a-zA-Z])|(?:[\w.-]{1,40}:)?([a-zA-Z][\w.-]{0,40}))")
_FEED_START = re.compile(r"<\?xml\s|<rss\b|<feed\b|<(?:[\w.-]{1,40}:)?RDF\b", re.IGNORECASE)

_PROLOGUE = 10_000
"""Comments, instructions and declarations passed before the root; real documents have three, or
some hundreds of entities."""
_JUNK_CHARS = 4_000
"""How much foreign text (a server's warnings, blank lines) may stand before the feed begins."""


def recognise(text: str, body: bytes, url: str) -> tuple[Kind, str]:
    """Return the kind of feed and its text from where it begins.

    Args:
        text: the decoded document.
        body: the document as it came, for what is no text at all.
        url: where it came from, for the message.

    Raises:
        ParseError: it is no feed; the message says what it is and what to do.
    """
    for magic, what in _MAGIC:
        if body.startswith(magic):
            raise not_a_feed(url, what, "check the address")
    text = text.strip("\ufeff\0 \t\r\n")
    if not text:
        raise not_a_feed(url, "an empty document", "try again later or check the address")
    if text[0] in "{[":
        return "json", text
    root = _root(text)
    if root not in _FEED_ROOTS | _HTML_ROOTS and (start := _FEED_START.search(text, 0, _JUNK_CHARS)):
        text = text[start.start() :]
        root = _root(text)
    if root not in _FEED_ROOTS:
        raise _other(url, root)
    return "xml", text


def _root(text: str) -> str:
    """Return the local name of the document's first element, lower case; empty when it has none."""
    at = 0
    for _ in range(_PROLOGUE):
        found = _NEXT.search(text, at)
        if found is None or (at == 0 and text[: found.start()].strip()):
            return ""
        if found[4]:
            return found[4].lower()
        if found[3] and text[found.start() : found.start() + 14].lower() == "<!doctype html":
            return "html"
        end = "-->" if found[1] else "?>" if found[2] else ">"
        at = text.find(end, found.end())
        if at < 0:
            return ""
    return ""


def _other(url: str, root: str) -> ParseError:
    """Return the error for a document with another root than a feed's."""
    if root in _HTML_ROOTS:
        page = strip_credentials(clean_line(url))
        return not_a_feed(url, "a web page", f"`termnews feeds add {page}` looks for the feed the page names")
    if root == "opml":
        return not_a_feed(url, "a list of subscriptions (OPML)", "save it and use `termnews import FILE`")
    if root in ("urlset", "sitemapindex"):
        return not_a_feed(url, "a sitemap", "look for the site's RSS or Atom address")
    if root:
        return not_a_feed(url, f"an XML document <{clean_line(root)}>", "check the address")
    return not_a_feed(url, "a document without a feed in it", "check the address")


def not_a_feed(url: str, what: str, remedy: str) -> ParseError:
    """Return the error that says what was found instead of a feed, and what to do."""
    return ParseError(f"{strip_credentials(clean_line(url))}: this is {what}, not a feed; {remedy}")
