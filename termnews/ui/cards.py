"""Headlines drawn in cells: as cards of a kicker and two lines of title, or as single rows.

It must never keep anything of a headline: all is drawn from the record at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from termnews.ui.cells import cut, fit, headline_text, stands_alone, wrap
from termnews.ui.days import age
from termnews.ui.matches import Matches
from termnews.ui.view import ASSUMED, tag
from termnews.wording import mark, tr

if TYPE_CHECKING:
    from termnews.models import Headline

CARD: Final = 3
"""Lines of a card."""
_UNREAD: Final = "●"
_STAR: Final = "★"
_CHANGED: Final = "±"
_HIGHLIGHTED: Final = "»"
NO_TITLE: Final = mark("(no title)")
"""Stands for a title that is missing."""
_SPACIOUS: Final = 110
_TAG: Final = 7  # cells of a place in a row: a sign, and the longest code
_TAGS: Final = 3  # places on a card


class Cards:
    """Draws headlines of one pane."""

    height = CARD
    """Lines of a headline that is no single row."""

    def __init__(self, look: Callable[[str], Style]) -> None:
        """Draw with the styles that `look` returns for component classes."""
        self.matches = Matches(None)
        self._look = look

    def line(self, headline: Headline, line: int, now: datetime, width: int, selected: bool) -> Strip:
        """Draw line `line` of a card, from 0."""
        if line == 0:
            return self.kicker(headline, now, width, selected)
        return self.title_line(headline, line, width)

    def kicker(self, headline: Headline, now: datetime, width: int, selected: bool) -> Strip:
        """Draw the first line of a card: feed, places, age; at its end the signs of change and star."""
        meta, code = self._look("headline--meta"), self._code_look(selected)
        place = cut(f"  {_places(headline)}", width // 2) if headline.regions else ""
        when = "  " + age(headline.date, now)
        room = width - 6 - len(place) - len(when) - len(_more(headline))
        feed = cut(headline_text(headline.feed), room)
        text = [Segment("  " + feed, meta), Segment(place, code), Segment(when, meta)]
        if headline.starred or headline.changed or headline.copies:
            more = _more(headline)
            gap = width - 4 - len(more) - sum(each.cell_length for each in text)
            text += [Segment(" " * gap), Segment(more, meta), self._changed(headline), self._star(headline)]
        return Strip(text)

    def title_line(self, headline: Headline, line: int, width: int) -> Strip:
        """Draw line `line` of a card, from 1: a part of the title."""
        rows = wrap(_titled(headline), max(1, width - 3), CARD - 1)
        text = rows[line - 1] if line <= len(rows) else ""
        return Strip([self._mark(headline, line == 1), *self._title(headline, text)])

    def single(self, headline: Headline, now: datetime, width: int, selected: bool) -> Strip:
        """Draw a headline in one row: title left, feed, region and age right of it."""
        title = _titled(headline)
        meta, mark = self._look("headline--meta"), self._mark(headline, True)
        when = age(headline.date, now)
        star, changed = self._star(headline), self._changed(headline)
        # The sign of an assumed place stands in the gap before it, so that codes stand in a column.
        place = _place(headline) if headline.assumed else f" {_place(headline)}"
        where = Segment(fit(place, _TAG), self._code_look(selected))
        if stands_alone(title):
            # Nothing may stand right of such a title, so its columns go before it.
            head = [Segment(f"{when:>3}", meta), where, star, changed, Segment(_more(headline), meta)]
            room = width - 3 - sum(each.cell_length for each in head)
            return Strip([mark, *head, *self._title(headline, cut(title, room))])
        feed = fit(headline_text(headline.feed), 22 if width >= _SPACIOUS else 12)
        tail = [
            Segment(_more(headline), meta),
            changed,
            star,
            Segment(f" {feed}", meta),
            where,
            Segment(f" {when:>3} ", meta),
        ]
        room = width - 2 - sum(each.cell_length for each in tail)
        return Strip([mark, *self._title(headline, fit(title, max(1, room))), *tail])

    def _mark(self, headline: Headline, first: bool) -> Segment:
        unread = first and not headline.read
        return Segment(f"{_UNREAD} " if unread else "  ", self._look("headline--mark"))

    def _star(self, headline: Headline) -> Segment:
        return Segment(_STAR if headline.starred else " ", self._look("headline--star"))

    def _changed(self, headline: Headline) -> Segment:
        """Return the sign of an article whose text changed after it came in."""
        return Segment(_CHANGED if headline.changed else " ", self._look("headline--meta"))

    def _title(self, headline: Headline, text: str) -> Iterator[Segment]:
        """Yield the text of a title, what was searched for set off."""
        plain = self._look("headline--read" if headline.read else "headline--unread")
        if headline.highlighted:
            plain += self._look("headline--highlighted")
        done = 0
        for begin, end in self.matches.spans(text):
            yield Segment(text[done:begin], plain)
            yield Segment(text[begin:end], plain + self._look("headline--match"))
            done = end
        yield Segment(text[done:], plain)

    def _code_look(self, selected: bool) -> Style:
        # Codes are too faint for the ground of a selected row.
        return self._look("headline--meta" if selected else "headline--code")


def _titled(headline: Headline) -> str:
    """Return the title; before one that a rule makes stand out, the sign of that."""
    title = headline_text(headline.title) or tr(NO_TITLE)
    return f"{_HIGHLIGHTED} {title}" if headline.highlighted else title


def _more(headline: Headline) -> str:
    """Return how many other feeds have the same page, as a sign; empty where none has."""
    return f" +{headline.copies}" if headline.copies else ""


def _place(headline: Headline) -> str:
    """Return the main place as short as it can be told; a tilde before it: assumed from the feed."""
    if not headline.regions:
        return ""
    return (ASSUMED if headline.assumed else "") + tag(headline.regions[0])


def _places(headline: Headline) -> str:
    """Return the main places, as many as a card has room for."""
    others: Sequence[str] = headline.regions[1:_TAGS]
    return " ".join((_place(headline), *map(tag, others)))
