"""The nouns of termnews, as frozen records every floor may hold.

Nothing here reads, writes or computes more than a name. Times are aware UTC datetimes; a
change of a record is `dataclasses.replace`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal

# --- feeds ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed as the user wrote it under `[[feeds]]`."""

    url: str
    """http, https or file address; the identity of the feed."""
    name: str = ""
    """The name the user gave it; empty: use the feed's own title."""
    folder: str = ""
    """The folder it stands in; empty: none."""
    region: str = ""
    """Region code of the publisher (M49, ISO 3166-1 or 3166-2); empty: not declared."""
    refresh_minutes: int | None = None
    """Interval for this feed; None: the general one."""
    full_text: bool = False
    """Whether the page behind each teaser is fetched as well."""
    paused: bool = False
    """Whether refresh leaves the feed alone."""
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Extra request headers."""
    username: str = ""
    """User name for HTTP basic authentication."""
    password_command: str = ""
    """Command whose first line of output is the password."""
    proxy: str = ""
    """Proxy address for this feed; empty: the general one."""
    user_agent: str = ""
    """User-Agent for this feed; empty: termnews's own."""


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
        """The name to show: the user's, else the feed's title, else its address."""
        return self.subscription.name or self.title or self.subscription.url


# --- entries -------------------------------------------------------------------------------


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
    """Minutes the feed asks not to be fetched again."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day in UTC the feed asks to be left alone."""
    skip_days: tuple[int, ...] = ()
    """Days of the week (Monday 0) the feed asks to be left alone."""
    notes: tuple[str, ...] = ()
    """What was left out or mended, one sentence each."""


# --- articles ------------------------------------------------------------------------------

Role = Literal["about", "mentions", "from"]


@dataclass(frozen=True, slots=True)
class Place:
    """A region an article is tied to, with the words that say so."""

    code: str
    """Region code: M49, ISO 3166-1 or ISO 3166-2."""
    role: Role
    """about: the story is about it; mentions: only named; from: the publisher sits there."""
    text: str = ""
    """The words found; empty when taken from the feed."""
    rule: str = ""
    """The rule that applied, as one word."""


@dataclass(frozen=True, slots=True)
class State:
    """What the user did with an entry; it outlives the article."""

    read: bool = False
    """Whether it was read."""
    starred: bool = False
    """Whether it is starred."""
    arrived: datetime | None = None
    """When the entry first came in."""


@dataclass(frozen=True, slots=True)
class Article:
    """An entry we keep, with its feed and state."""

    id: int
    """Number in the store; never given twice."""
    feed: Feed
    """Where it came from."""
    entry: Entry
    """What the feed said."""
    state: State = State()
    """What the user did."""
    fetched: datetime | None = None
    """When its present form came in."""
    changed: bool = False
    """Whether the feed changed its text after it first came in."""
    places: tuple[Place, ...] = ()
    """Regions, the publisher's included."""


@dataclass(frozen=True, slots=True)
class Headline:
    """An article without its body: one row of a list."""

    id: int
    """The article's number."""
    feed_id: int
    """The feed's number."""
    feed: str
    """The feed's name."""
    title: str
    """One line of plain text; may be empty."""
    link: str
    """Absolute address; may be empty."""
    date: datetime
    """Where it stands in lists: published, else when it came in."""
    read: bool
    """Whether it was read."""
    starred: bool
    """Whether it is starred."""
    changed: bool = False
    """Whether its text changed after it came in."""
    regions: tuple[str, ...] = ()
    """Codes of the regions it is about; may be empty."""
    lang: str = ""
    """BCP 47 tag; may be empty."""
    words: int = 0
    """Words of the body."""


# --- queries -------------------------------------------------------------------------------

TextField = Literal["", "title", "body", "author", "link"]
Sort = Literal["date", "oldest", "title", "feed", "region", "best"]


@dataclass(frozen=True, slots=True)
class Term:
    """Text to look for."""

    text: str
    """The words as typed, without quotes or star; never empty."""
    phrase: bool = False
    """Whether the words must follow each other."""
    prefix: bool = False
    """Whether the last word may go on."""
    field: TextField = ""
    """Where to look; empty: in title, body and author."""


@dataclass(frozen=True, slots=True)
class Test:
    """A field and the value asked of it, both as typed (`region`, `TJ`); fields in lower case."""

    __test__ = False  # pytest: not a test class

    field: str
    """feed, folder, region, mentions, from, lang, is, has, since, before or story."""
    value: str
    """The value without quotes; never empty."""


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more conditions."""

    nodes: tuple[Node, ...]
    """The conditions; no And among them."""


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more conditions."""

    nodes: tuple[Node, ...]
    """The conditions; no Or among them."""


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    node: Node
    """The condition; never a Not."""


Node = Term | Test | And | Or | Not


@dataclass(frozen=True, slots=True)
class ArticleQuery:
    """What to list, and in which order."""

    where: Node | None = None
    """The condition; None: every article."""
    sort: Sort = "date"
    """date: newest first; oldest; title, feed, region: by name, then newest; best: by relevance."""
    notes: tuple[str, ...] = field(default=(), compare=False)
    """What the reader should know of how the line was understood, one sentence each."""


# --- regions, stories ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Region:
    """A place with a code: a grouping, a country or a first-level subdivision."""

    code: str
    """M49 digits, ISO 3166-1 alpha-2 or ISO 3166-2."""
    name: str
    """Name in the language asked for."""
    parent: str | None
    """Code of the region around it; None for the world (001)."""


@dataclass(frozen=True, slots=True)
class RegionCount:
    """A region of the tree with the articles in it and below it."""

    region: Region
    """The region."""
    depth: int
    """Steps below the world; continents have 0."""
    count: Count
    """Articles of the whole subtree."""


# --- work ----------------------------------------------------------------------------------

FeedStatus = Literal["ok", "not_modified", "failed", "skipped"]


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
class Changes:
    """What a fetched feed changes in the store."""

    new: tuple[Entry, ...] = ()
    """Entries not seen before."""
    changed: tuple[Entry, ...] = ()
    """Entries whose content differs from what is kept."""
    gone: tuple[str, ...] = ()
    """Guids kept that the feed no longer carries; nothing is deleted for it."""


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


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the journal: a change of state that can be undone."""

    id: int
    """Number in the journal."""
    at: datetime
    """When it was done."""
    change: Literal["read", "unread", "star", "unstar"]
    """What was done."""
    count: int
    """Articles whose state really changed."""
    label: str = ""
    """What it was done to, in words ("in Berlin"); may be empty."""
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
class Story:
    """Articles that tell one story."""

    id: int
    """Number of the story."""
    articles: tuple[int, ...]
    """Article numbers, first to tell it first."""
