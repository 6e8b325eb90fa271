"""Rows of newsboat's cache.db → entries, by the bounds and with the cleaning feeds get.

It must never open the file: the store does, and hands the rows over as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from termnews import render
from termnews.models import Entry
from termnews.parse.drafts import Draft, assemble
from termnews.parse.files import enclosure
from termnews.parse.markup import SHOWN, absolute_url, escape_plain, inline_text


@dataclass(frozen=True, slots=True)
class Kept:
    """An article as newsboat keeps it; foreign text, unsanitised."""

    feed_url: str
    """Address of its feed, as in the urls file."""
    guid: str
    """Its id; where the feed gave none, newsboat's own: the link, with the date behind it or not."""
    title: str = ""
    """May hold markup."""
    author: str = ""
    """May be empty."""
    url: str = ""
    """Its page; may be empty."""
    date: int = 0
    """Seconds since 1970."""
    content: str = ""
    """HTML, or plain text where `mime` says so."""
    mime: str = ""
    """Media type of the content; empty: HTML."""
    read: bool = False
    """Whether it was read."""
    flags: str = ""
    """Letters the user flagged it with; may be empty."""
    deleted: bool = False
    """Whether the user deleted it."""
    enclosure_url: str = ""
    """A file that comes with it; may be empty."""
    enclosure_type: str = ""
    """Its media type; may be empty."""
    base: str = ""
    """Where relative links of the content begin; may be empty."""


def kept_of(row: Mapping[str, Any]) -> Kept:
    """Return a row of newsboat as a record; what is missing or of another type is empty."""

    def text(name: str) -> str:
        value = row[name]
        return value if isinstance(value, str) else "" if value is None else str(value)

    date = row["pubDate"]
    return Kept(
        feed_url=text("feedurl"),
        guid=text("guid"),
        title=text("title"),
        author=text("author"),
        url=text("url"),
        date=date if isinstance(date, int) else 0,
        content=text("content"),
        mime=text("content_mime_type"),
        read=row["unread"] == 0,
        flags=text("flags").strip(),
        deleted=row["deleted"] == 1,
        enclosure_url=text("enclosure_url"),
        enclosure_type=text("enclosure_type"),
        base=text("base"),
    )


def entry_of(kept: Kept, now: datetime) -> Entry | None:
    """Return the entry, with the identity a refresh of its feed will give it; None for an empty row."""
    link = absolute_url(kept.url, kept.feed_url, SHOWN) if ":" in kept.url else ""
    file = enclosure(kept.enclosure_url, kept.base or kept.feed_url, kept.enclosure_type, None)
    body = escape_plain(kept.content) if kept.mime == "text/plain" else kept.content
    published = _moment(kept.date)
    draft = Draft(
        id=_id(kept, link),
        title=inline_text(kept.title),
        link=link,
        authors=(kept.author,),
        stamp=str(kept.date),
        published=published,
        updated=None,
        bodies=("", body),
        base=absolute_url(kept.base, kept.feed_url) or link,
        lang="",
        categories=(),
        enclosures=(file,) if file else (),
    )
    entries, _ = assemble([draft], now, "", "")
    if not entries:
        return None
    return replace(entries[0], text=render.plain(entries[0].html))


def _id(kept: Kept, link: str) -> str:
    """Return the feed's own id; empty where newsboat put one together of link and date.

    An id that is no address is the feed's own, also where newsboat made a link of it (RSS: isPermaLink).
    """
    if kept.guid == kept.url and ":" not in kept.guid:
        return kept.guid
    made = kept.guid in (kept.url, link) or (
        kept.url and kept.guid.startswith(kept.url) and kept.guid != kept.url
    )
    if not made:
        return kept.guid
    rest = kept.guid.removeprefix(kept.url)
    # A date behind the link is newsboat's own; anything else may be the feed's: #comment-5.
    return "" if not rest or _looks_like_date(rest) else kept.guid


def _looks_like_date(text: str) -> bool:
    return text.isdecimal() or (
        ":" in text and any(char.isdigit() for char in text) and not text.startswith(("#", "/", "?", "&"))
    )


def _moment(seconds: int) -> datetime | None:
    """Return the date of a row; None for none and for what is no date."""
    if seconds <= 0:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
