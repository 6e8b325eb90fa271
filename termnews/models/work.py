"""Work: what a backend pulled, what it changes, what came of it, and what the user did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from termnews.models.entries import Entry, ParsedFeed
    from termnews.models.feeds import Feed, Health, Stay

FeedStatus = Literal["ok", "not_modified", "failed", "skipped"]
Left = Literal["", "paused", "gone", "held", "just_asked", "not_due"]
"""Why a feed was left alone: the user paused it; it is gone for good (410); its server asked to be left
alone; it was asked a moment ago; it is not due. Empty: it was not."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a backend brought of one feed."""

    feed: Feed
    """The feed asked."""
    status: FeedStatus
    """ok: `parsed` holds the entries; not_modified: nothing new; failed: `error` says why."""
    health: Health
    """The feed's health after this fetch, ready to be stored."""
    parsed: ParsedFeed | None = None
    """The feed as read; None unless status is ok."""
    error: str | None = None
    """One sentence with the reason and the remedy; None unless failed."""
    moved_to: str | None = None
    """New address after a permanent redirect that delivered; None otherwise."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of a feed that moved for good and delivered from its new place."""

    to: str
    """The new address, without credentials."""
    stays: Stay = ""
    """Why it is asked at the old one all the same; empty: it is asked at the new one from now on."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a fetched feed changes in the store."""

    new: tuple[Entry, ...] = ()
    """Entries not seen before."""
    changed: tuple[Entry, ...] = ()
    """Entries whose content differs from what is kept."""
    gone: tuple[str, ...] = ()
    """Guids kept that the feed no longer carries; nothing is deleted for it."""
    renamed: tuple[tuple[str, str], ...] = ()
    """Guids kept that the feed has replaced by others, each with the new one: the same articles."""


@dataclass(frozen=True, slots=True)
class FeedUpdate:
    """What refreshing one feed came to."""

    feed: str
    """The feed's name."""
    feed_url: str
    """Its address, without credentials."""
    status: FeedStatus
    """ok, not_modified, failed or skipped (not due, paused)."""
    http: int | None = None
    """HTTP status; None when there was no answer."""
    new: int = 0
    """Articles that came in."""
    changed: int = 0
    """Articles whose text changed."""
    error: str | None = None
    """Reason and remedy in one sentence; None when it went well."""
    next_fetch: datetime | None = None
    """When the feed is due again."""
    done: int = 0
    """Feeds done so far, this one included."""
    of: int = 0
    """Feeds in this refresh."""
    moved_to: str | None = None
    """Where it is asked from now on, without credentials, since it moved for good; None otherwise."""
    elsewhere: str | None = None
    """Where it moved to for good without being asked there, told once; None otherwise."""
    stays: Stay = ""
    """Why it is not."""
    left: Left = ""
    """Why it was skipped."""
    held_until: datetime | None = None
    """Until when its server asked to be left alone; None: it did not."""


@dataclass(frozen=True, slots=True)
class Downloaded:
    """What fetching the full text of one article came to."""

    article: int
    """The article's number."""
    feed: str
    """The name of its feed."""
    title: str
    """Its title."""
    link: str
    """The page asked, without credentials."""
    status: Literal["kept", "refused", "failed", "pictured"]
    """kept: the full text is in the cache; refused: the page has no article to be read; failed: no page;
    pictured: no page was wanted, only pictures."""
    words: int = 0
    """Words of the full text."""
    error: str | None = None
    """Reason in one sentence; None when it went well."""
    code: str = ""
    """The reason as `refusals` names it; empty where it is of another kind."""
    about: str = ""
    """The host or media type the reason is about."""
    http: int | None = None
    """HTTP status; None when there was no answer."""
    bytes: int = 0
    """Room the full text takes in the cache."""
    used: int = 0
    """Room that all full texts take in the cache now, in bytes."""
    done: int = 0
    """Articles done so far, this one included."""
    of: int = 0
    """Articles to do."""
    ends: str = ""
    """Why no more articles are asked after this one, as `refusals` names it: `network` or `budget`.

    Empty: they are asked, or none is left."""
    pictures: int = 0
    """Pictures of the article that came in."""
    note: str = ""
    """What is to be said of pictures, as `refusals` names it; empty: nothing."""


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the journal: a change of state that can be undone."""

    id: int
    """Number in the journal."""
    at: datetime
    """When it was done."""
    change: Literal["read", "unread", "star", "unstar", "tag", "untag", "mute", "pin", "fix"]
    """What was done; mute, pin and fix correct what places an article is about."""
    count: int
    """Articles whose state really changed."""
    label: str = ""
    """What it was done to ("in Berlin"), may be empty; of tags, which ("#later"); of a correction, what it
    says as a sentence."""
    undone: bool = False
    """Whether it is undone now."""
    first: int | None = None
    """The first article it touched, where the cursor goes on undo; None when it touched none."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of state that a sync server has not been told yet."""

    article: int
    """Number of the article."""
    feed_url: str
    """Address of its feed."""
    guid: str
    """Its identity inside the feed."""
    field: Literal["read", "starred"]
    """What changed."""
    value: bool
    """The value it has now."""
    at: datetime
    """When it changed."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it is read to find its places and to index it."""

    id: int
    """Its number."""
    entry: Entry
    """Title, author, text, content, summary, categories and language; nothing else of it is filled in."""
    hash: bytes
    """Content hash of what was read."""
    certain: tuple[str, ...]
    """What it adds to the evidence of its feed now."""
    feed: int
    """The number of its feed."""
    date: int
    """Where it stands in lists: seconds since 1970."""
    tagged: str
    """What found its places; empty: nobody has looked yet."""
