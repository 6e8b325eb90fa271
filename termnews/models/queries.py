"""Queries: what to list, as a tree of conditions, and in which order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

TextField = Literal["", "title", "body", "author", "link"]
Sort = Literal["date", "oldest", "title", "feed", "region", "best"]
SIGNS: Final = "# "
"""What no tag begins with: the screen shows the sign, and who writes it means the tag."""


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
    """feed, folder, region, mentions, from, lang, tag, is, has, since, before or story."""
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
