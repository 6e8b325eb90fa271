"""The packaged sample news as records: invented feeds, and how lived-in the demo looks.

It must never look at the clock: an entry has an age, not a date.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from termnews.models import Enclosure

_FOLDER = Path(__file__).resolve().parent.parent / "data" / "demo"


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """One invented entry as its file says it."""

    id: str
    """The last part of its address."""
    body: str
    """The article as HTML."""
    title: str = ""
    """Plain text; empty for the few that have none."""
    author: str = ""
    """Plain text; may be empty."""
    summary: str = ""
    """A teaser as HTML; empty: the feed carries the body alone."""
    categories: tuple[str, ...] = ()
    """Category names."""
    age_minutes: int | None = None
    """Minutes between its publication and now; None: the feed gives it no date."""
    updated_age_minutes: int | None = None
    """Minutes since its last update; None: never updated."""
    enclosures: tuple[Enclosure, ...] = ()
    """Files that come with it."""
    read: bool = False
    """Whether `demo_state` names it read."""
    starred: bool = False
    """Whether `demo_state` names it starred."""


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented feed; one file in data/demo."""

    name: str
    """Its title."""
    about: str
    """Its description."""
    home: str
    """The publisher's page, on an example host."""
    region: str
    """Region code of the publisher."""
    folder: str
    """The folder it stands in."""
    lang: str
    """BCP 47 tag."""
    format: Literal["rss", "atom", "json"]
    """How it is written, so that every parser has work."""
    entries: tuple[SampleEntry, ...]
    """Its entries, in document order."""

    def address(self, entry: SampleEntry) -> str:
        """Return the address of an entry, which is also its guid."""
        return f"{self.home}/{entry.id}"


@dataclass(frozen=True, slots=True)
class DemoState:
    """Which entries of the demo somebody has already read or starred, by guid."""

    read: frozenset[str]
    """Guids of read entries."""
    starred: frozenset[str]
    """Guids of starred entries."""


def samples() -> dict[str, Sample]:
    """Return the packaged feeds by file name without ending, in the order of the sidebar."""
    return {
        path.stem: msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Sample)
        for path in sorted(_FOLDER.glob("*.toml"))
    }


def demo_state() -> DemoState:
    """Return what to mark in a freshly refreshed demo so that it looks lived in."""
    known = [(feed.address(entry), entry) for feed in samples().values() for entry in feed.entries]
    return DemoState(
        read=frozenset(guid for guid, entry in known if entry.read),
        starred=frozenset(guid for guid, entry in known if entry.starred),
    )
