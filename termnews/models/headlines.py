"""Headlines: what a list shows of an article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
    """Codes of the regions it is about, the main one first; may be empty."""
    assumed: bool = False
    """Whether the regions are assumed from the feed, because its text names none."""
    lang: str = ""
    """BCP 47 tag; may be empty."""
    words: int = 0
    """Words of the body."""
    highlighted: bool = False
    """Whether a rule made it stand out."""
    copies: int = 0
    """Articles of other feeds with the same page: lists of several feeds show one of them all."""
