"""Articles: entries we keep, with state and places; regions and stories over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from termnews.models.entries import Entry
    from termnews.models.feeds import Count, Feed

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
    where: str = ""
    """Where the words stand: title or text; empty when taken from the feed."""


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
class Kept:
    """What tells an article from others of its feed."""

    guid: str
    """Its identity inside the feed."""
    link: str
    """Its address; may be empty."""
    title: str
    """One line of plain text; may be empty."""
    published: datetime | None
    """When it was published; None when the feed did not say."""
    hash: bytes
    """Its content hash."""


@dataclass(frozen=True, slots=True)
class FullText:
    """The article as it was found on the page behind it."""

    html: str
    """HTML of the article alone, with links, pictures and tables."""
    base: str
    """Address it was found at, which its links start from."""
    text: str
    """The same as plain text."""
    fetched: datetime | None = None
    """When it was fetched."""


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
    full: FullText | None = None
    """The page behind it, where that was fetched; what the feed said stays in `entry`."""
    tags: tuple[str, ...] = ()
    """Words it was given, in lower case, by the alphabet."""
    copies: tuple[int, ...] = ()
    """Numbers of the articles of other feeds with the same page, in the order they came; may be empty."""

    @property
    def html(self) -> str:
        """What is read as HTML: the full text, else what the feed said; may be empty."""
        return self.entry.html if self.full is None else self.full.html

    @property
    def start(self) -> str:
        """The address links in it start from; may be empty."""
        return self.entry.start if self.full is None else self.full.base


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


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that tell one story."""

    id: int
    """Number of the story."""
    articles: tuple[int, ...]
    """Article numbers, first to tell it first."""
