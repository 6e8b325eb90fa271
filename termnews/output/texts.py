"""How names, addresses and times are written, the same in every format.

It must never write a time without a zone a program could misread: UTC for programs, local for people.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from termnews.links import untracked
from termnews.sanitize import honest_url, screen_text

if TYPE_CHECKING:
    from termnews.models import Feed


def address(url: str) -> str:
    """Return an address on one line, without user name and password, look-alike hosts in punycode."""
    return honest_url(url)


def article_address(url: str) -> str:
    """Return the address of an article's page, as `address` does, without what only counts readers."""
    return untracked(address(url))


def feed_name(feed: Feed) -> str:
    """Return the feed's name on one line; its address, when it has no other."""
    return screen_text(feed.name)


def utc(moment: datetime) -> str:
    """Return a time as ISO 8601 in UTC, to the second: 2026-11-25T10:15:00Z."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def local(moment: datetime) -> str:
    """Return a time as a person reads it, in the machine's zone: 2026-11-25 10:15."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def span(seconds: float) -> str:
    """Return a length of time in its largest unit: 0m, 35m, 5h, 3d."""
    minutes = int(max(seconds, 0) // 60)
    if minutes < 60:
        return f"{minutes}m"
    return f"{minutes // 60}h" if minutes < 24 * 60 else f"{minutes // (24 * 60)}d"
