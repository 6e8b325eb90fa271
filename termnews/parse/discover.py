"""The feeds a web page names: `<link rel="alternate">` → absolute addresses, best first.

It reads link and base tags only and gives each to `html.parser` alone, so that broken or hostile
pages cost no more than their length.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import islice

from termnews.parse.charset import decode
from termnews.parse.markup import absolute_url

MAX_FEEDS = 20
"""Feeds offered of one page; some sites name one for each of hundreds of sections."""

_PAGE_CHARS = 1_000_000
"""How much of a page is looked at; the links stand in its head."""
_TAG_CHARS = 2_000
"""Longest link tag that is read."""
_MAX_TAGS = 500
"""Link and base tags looked at."""

_START = re.compile(r"<(?:link|base)\s", re.IGNORECASE)
_SURE_TYPES = {
    "application/atom+xml": 0,
    "application/rss+xml": 0,
    "application/rdf+xml": 1,
    "application/feed+json": 1,
}
# Types a feed may have among other things: a word in the address or title decides.
_VAGUE_TYPES = frozenset({"application/xml", "text/xml", "application/json"})
_FEED_WORD = re.compile(r"rss|atom|feed|rdf", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|комментар|replies|trackback", re.IGNORECASE)

_Attributes = dict[str, str]


class _TagReader(HTMLParser):
    """Keeps the attributes of the first tag fed to it."""

    def __init__(self) -> None:
        """Start with no tag read."""
        super().__init__(convert_charrefs=True)
        self.tag = ""
        self.attributes: _Attributes = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag; of an attribute written twice the first counts (HTML, 13.2.5.33)."""
        self.tag = tag
        self.attributes = {name: value or "" for name, value in reversed(attrs)}


def find_feeds(body: bytes, url: str, content_type: str = "") -> tuple[str, ...]:
    """Return the addresses of the feeds a web page names.

    Returns:
        Absolute addresses, best first, none twice; () when there are none.
    """
    tags = [_read(fragment) for fragment in _fragments(decode(body, content_type)[:_PAGE_CHARS])]
    bases = (absolute_url(tag.attributes.get("href", ""), url) for tag in tags if tag.tag == "base")
    base = next(filter(None, bases), url)
    found: dict[str, int] = {}
    for tag in tags:
        rank = _rank(tag.attributes) if tag.tag == "link" else None
        address = absolute_url(tag.attributes.get("href", ""), base)
        if rank is not None and address:
            found.setdefault(address, rank)
    return tuple(sorted(found, key=found.__getitem__)[:MAX_FEEDS])


def _fragments(page: str) -> list[str]:
    """Return the link and base tags outside comments, each up to the next tag."""
    visible = _without_comments(page)
    starts = islice(_START.finditer(visible), _MAX_TAGS)
    fragments = (visible[start.start() : start.start() + _TAG_CHARS] for start in starts)
    return [
        fragment[: next_tag if (next_tag := fragment.find("<", 1)) > 0 else None] for fragment in fragments
    ]


def _without_comments(page: str) -> str:
    """Return the page without comments; one that does not end hides the rest."""
    visible, *commented = page.split("<!--")
    parts = [visible]
    for part in commented:
        _, ended, after = part.partition("-->")
        parts.append(after if ended else "")
    return "".join(parts)


def _read(fragment: str) -> _TagReader:
    """Read the tag a fragment begins with."""
    reader = _TagReader()
    reader.feed(fragment)
    return reader


def _rank(attributes: _Attributes) -> int | None:
    """Return how good a feed a link names, 0 best; None when it names none."""
    relations = attributes.get("rel", "").lower().split()
    kind = attributes.get("type", "").partition(";")[0].strip().lower()
    words = f"{attributes.get('href', '')} {attributes.get('title', '')}"
    if "alternate" not in relations and "feed" not in relations:
        return None
    rank = _SURE_TYPES.get(kind)
    if rank is None:
        vague = kind in _VAGUE_TYPES or (not kind and "feed" in relations)
        if not vague or not _FEED_WORD.search(words) or "wp-json" in words:
            return None
        rank = 2
    return rank + (10 if _COMMENTS.search(words) else 0)
