"""Feeds: how what the user follows fares, and how many articles it brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from termnews.hosts import plain_address

if TYPE_CHECKING:
    from termnews.models.subscriptions import Subscription

Wait = Literal["", "interval", "fresh", "ttl", "skip", "failed", "retry", "gone"]
"""Why a feed is not asked before its time: the interval; max-age or Expires; the feed's own ttl; its
skipHours and skipDays; back-off; Retry-After; 410, after which it is not asked at all. Empty: not known."""

Stay = Literal["", "secrets", "taken", "file"]
"""Why a feed that moved for good is still asked at its old address: what goes with its requests (password,
headers of its own) is for that place alone; another feed has the new one; termnews.toml cannot be written."""

_SLACK: Final = timedelta(minutes=1)
"""What a clock may be put right by without having been set back."""


@dataclass(frozen=True, slots=True)
class Health:
    """What the last fetches of a feed came to, kept in the store."""

    etag: str | None = None
    """ETag of the last good answer, byte for byte as the server sent it."""
    last_modified: str | None = None
    """Last-Modified of the last good answer, as sent."""
    body_hash: bytes | None = None
    """SHA-256 of the last good body, to stop before parsing an equal one."""
    last_fetch: datetime | None = None
    """When the feed was last asked."""
    last_ok: datetime | None = None
    """When it last answered well (200 or 304)."""
    next_fetch: datetime | None = None
    """Not to be asked before this; None: due."""
    http: int | None = None
    """Status of the last answer; None when there was none or it is a file."""
    error: str | None = None
    """Why the last fetch failed, as one sentence; None when it did not."""
    failures: int = 0
    """Failed fetches in a row."""
    wait: Wait = ""
    """Why it is not asked before `next_fetch`."""
    ttl_minutes: int | None = None
    """Minutes the feed asked to be left alone when it was read last."""
    skip_hours: int = 0
    """Hours of the day (UTC) at which it asks to be left alone: bit n for hour n."""
    skip_days: int = 0
    """Days of the week on which it does: bit 0 for Monday."""
    held_until: datetime | None = None
    """Until when its server asked to be left alone (Retry-After), whoever asks; None: it did not."""
    fresh_seconds: int | None = None
    """Seconds its last answer stays fresh by its headers (Cache-Control, Expires); None: it did not say."""
    moved_from: str | None = None
    """The address it had before it moved for good, without credentials; None: it did not move."""
    moved_at: datetime | None = None
    """When it was found to have moved."""
    elsewhere: str | None = None
    """Where it moved to for good, without credentials, though it is still asked here; None: nowhere."""
    stays: Stay = ""
    """Why it is still asked here; empty unless it is `elsewhere`."""
    last_whole: datetime | None = None
    """When its document came whole (not a 304) and well."""

    def set_back(self, now: datetime) -> bool:
        """Whether the clock was set back since the last fetch, so that no moment kept here means anything."""
        return self.last_fetch is not None and self.last_fetch > now + _SLACK

    def held(self, now: datetime) -> bool:
        """Whether the server does not want to be asked now, not even at the user's wish: Retry-After, 410."""
        waits = self.held_until is not None and self.held_until > now and not self.set_back(now)
        return waits or self.wait == "gone"


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles, and how many of them unread or starred."""

    total: int = 0
    """Articles."""
    unread: int = 0
    """Unread articles."""
    starred: int = 0
    """Starred articles."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A source we follow, known by its URL."""

    id: int
    """Number in the store."""
    subscription: Subscription
    """What the user wrote of it."""
    title: str = ""
    """The feed's own title, sanitised; may be empty."""
    link: str = ""
    """The web page of the publisher; may be empty."""
    lang: str = ""
    """BCP 47 tag the feed declares, lower case; may be empty."""
    health: Health = Health()
    """What the last fetches came to."""
    count: Count = Count()
    """Articles kept."""

    @property
    def url(self) -> str:
        """The feed's address."""
        return self.subscription.url

    @property
    def name(self) -> str:
        """The name to show: the user's, else the feed's title, else its address without credentials."""
        return self.subscription.name or self.title or plain_address(self.subscription.url)
