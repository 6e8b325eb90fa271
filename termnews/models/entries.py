"""Entries: what a feed said once, and the feed document it stood in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that comes with an entry (a recording, a picture)."""

    url: str
    """Absolute address."""
    type: str = ""
    """Media type; may be empty."""
    length: int | None = None
    """Size in bytes as the feed says; None when it does not."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed said once. Every string has passed `sanitize`."""

    guid: str
    """Identity inside its feed: the feed's id, else the link, else a hash of title and date. Never empty."""
    title: str = ""
    """One line of plain text; may be empty."""
    link: str = ""
    """Absolute address of the article's page; may be empty."""
    author: str = ""
    """Plain text; several are joined by ", "."""
    published: datetime | None = None
    """When it was published; never later than the fetch."""
    updated: datetime | None = None
    """When it was last updated, if the feed says so."""
    content: str = ""
    """The longest body the entry carries, as HTML; may be empty."""
    summary: str = ""
    """The summary as HTML when it differs from the content; may be empty."""
    base: str = ""
    """Base address for relative links inside content and summary."""
    text: str = ""
    """Plain text of the content (else of the summary), for search and previews."""
    lang: str = ""
    """BCP 47 tag, lower case; may be empty."""
    categories: tuple[str, ...] = ()
    """Category names, one line each."""
    enclosures: tuple[Enclosure, ...] = ()
    """Files that come with it."""

    @property
    def html(self) -> str:
        """Its body as HTML: the content, else the summary; may be empty."""
        return self.content or self.summary

    @property
    def start(self) -> str:
        """The address links of the body start from; may be empty."""
        return self.base or self.link


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document as read: the feed's own words and its entries in document order."""

    title: str = ""
    """The feed's title."""
    link: str = ""
    """The publisher's page, absolute."""
    lang: str = ""
    """BCP 47 tag, lower case."""
    entries: tuple[Entry, ...] = ()
    """Entries in document order; no guid twice."""
    ttl_minutes: int | None = None
    """Minutes the feed asks not to be fetched again (ttl, sy:updatePeriod); None: it does not ask."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day in UTC the feed asks to be left alone."""
    skip_days: tuple[int, ...] = ()
    """Days of the week (Monday 0) the feed asks to be left alone."""
    notes: tuple[str, ...] = ()
    """What was left out or mended, one sentence each."""
