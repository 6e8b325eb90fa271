"""Feed bytes → ParsedFeed: RSS, Atom and JSON Feed, and the feeds a web page names.

It must never fetch, store or ask the clock, and never raise but ParseError: a document that is
no feed is said to be what it is. Reading hostile documents may still take long, which is why the
program runs it in the worker.
"""

from __future__ import annotations

from datetime import datetime

from termnews.models import ParsedFeed
from termnews.parse.charset import decode
from termnews.parse.discover import find_feeds
from termnews.parse.json_feed import read_json
from termnews.parse.kinds import recognise
from termnews.parse.xml_feed import read_xml

__all__ = ["find_feeds", "parse"]


def parse(
    body: bytes, url: str, *, now: datetime, content_type: str = "", lang: str = "", fast: bool = True
) -> ParsedFeed:
    """Read a feed document.

    Args:
        body: the document as it came, at most a few megabytes.
        url: where it came from; relative links start there when the feed names no page of its own.
        now: time of the fetch, aware; later dates are set to it.
        content_type: the Content-Type header as sent; its charset counts.
        lang: BCP 47 tag to assume when the feed declares no language.
        fast: whether ordinary XML goes by the fast lane; the result is the same.

    Returns:
        The feed, every string sanitised; `Entry.text` is left empty for the worker to fill.

    Raises:
        ParseError: the document is no feed; the message says what it is and what to do.
    """
    kind, text = recognise(decode(body, content_type), body, url)
    if kind == "json":
        return read_json(text, url, now=now, lang=lang)
    return read_xml(text, url, now=now, lang=lang, fast=fast)
