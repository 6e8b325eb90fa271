"""Rows said in words, for readers who listen to the screen, feel it, or see little of it at a time.

It must never draw a mark: what is true of a row stands before or behind its name, with commas between.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.strip import Strip

from termnews import regions
from termnews.ui.cards import NO_TITLE, Cards
from termnews.ui.cells import cut, headline_text
from termnews.wording import mark, spoken, tr, trn

if TYPE_CHECKING:
    from termnews.models import Headline

_STATES: Final = {
    (False, False, False): mark("unread:"),
    (False, True, False): mark("unread, starred:"),
    (True, False, False): "",
    (True, True, False): mark("starred:"),
    (False, False, True): mark("unread, highlighted:"),
    (False, True, True): mark("unread, starred, highlighted:"),
    (True, False, True): mark("highlighted:"),
    (True, True, True): mark("starred, highlighted:"),
}
"""What stands before the title of a headline that is read, starred, highlighted by a rule."""


def listed(*parts: str) -> str:
    """Return the parts that are not empty, with commas between."""
    return ", ".join(filter(None, parts))


class Spoken(Cards):
    """Draws headlines of one pane: state and title on one line, feed, places and age on the next."""

    height = 2

    def line(self, headline: Headline, line: int, now: datetime, width: int, selected: bool) -> Strip:
        """Draw line `line` of a headline, from 0."""
        if line == 0:
            return self.single(headline, now, width, selected)
        changed = tr("changed") if headline.changed else ""
        more = _more(headline.copies)
        facts = listed(
            headline_text(headline.feed), *_places(headline), ago(headline.date, now), changed, more
        )
        return Strip([Segment("  " + cut(facts, width - 3), self._look("headline--meta"))])

    def single(self, headline: Headline, now: datetime, width: int, selected: bool) -> Strip:
        """Draw what a headline is and its title."""
        state = tr(_STATES[headline.read, headline.starred, headline.highlighted])
        before = f" {state} " if state else " "
        title = headline_text(headline.title) or tr(NO_TITLE)
        room = max(1, width - 1 - len(before))
        return Strip(
            [Segment(before, self._look("headline--mark")), *self._title(headline, cut(title, room))]
        )


def _more(copies: int) -> str:
    """Return how many other feeds have the same page, in words; empty where none has."""
    return trn("in {n} more feed", "in {n} more feeds", copies) if copies else ""


def _places(headline: Headline) -> Iterator[str]:
    """Yield the names of the places; that of an assumed one with the word for it."""
    for code in headline.regions:
        name = regions.name(code, spoken())
        yield tr("perhaps {place}", place=name) if headline.assumed else name


def ago(date: datetime, now: datetime) -> str:
    """Return how long ago that was, in words."""
    minutes = max(0, int((now - date).total_seconds() // 60))
    if minutes < 1:
        return tr("just now")
    if minutes < 60:
        return trn("{n} minute ago", "{n} minutes ago", minutes)
    if minutes < 1440:
        return trn("{n} hour ago", "{n} hours ago", minutes // 60)
    return trn("{n} day ago", "{n} days ago", minutes // 1440)
