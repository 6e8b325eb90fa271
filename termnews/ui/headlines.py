"""The headlines pane: a snapshot of article numbers, drawn as cards or as single rows.

It must never ask which articles to list, sort them or move on its own; it draws the snapshot it
was given, page by page, and what the user just did to a headline before the cache has written it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import ClassVar, Final

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from termnews.models import Headline, Node
from termnews.ui.cards import Cards
from termnews.ui.days import day_breaks
from termnews.ui.geometry import Break
from termnews.ui.line_list import LineList
from termnews.ui.matches import Matches
from termnews.ui.snapshot import Rows, among
from termnews.ui.spoken import Spoken

CARDS_BELOW: Final = 66
"""Width in cells under which cards are drawn unless the user chose."""
_MINUTE: Final = 60.0

Row = Headline | None


class Headlines(LineList[Row]):
    """Headlines of a snapshot, with day rules when it stands newest first."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "headline--mark", "headline--unread", "headline--read", "headline--meta", "headline--code",
        "headline--star", "headline--match", "headline--highlighted",
    }  # fmt: skip

    def __init__(
        self,
        load: Callable[[Sequence[int]], list[Headline]],
        clock: Callable[[], datetime],
        *,
        id: str,
        words: bool = False,
    ) -> None:
        """Make an empty pane.

        Args:
            load: brings headlines by number, leaving out those that are gone.
            clock: tells the present moment, aware.
            id: the widget's id.
            words: whether marks are said in words.
        """
        super().__init__(id=id)
        self.ids: Rows = array("I")
        self.cards: bool | None = None
        self._words = words
        self._drawn: Cards = Spoken(self.look) if words else Cards(self.look)
        self._load = load
        self._clock = clock
        self._now = clock()
        self._dated = True
        self._breaks: list[Break] = []
        self._overlay: dict[int, Headline] = {}
        self.gone = False
        """Whether the cursor was sent to a row since these rows are shown, be it that on which it stood."""

    # --- the snapshot ----------------------------------------------------------------------

    def show(
        self, ids: Rows, *, dated: bool, cursor: int = 0, where: Node | None = None, known: int = -1
    ) -> None:
        """Draw another snapshot from its top.

        Args:
            ids: article numbers in the order to show.
            dated: whether they stand newest first, so that day rules make sense.
            cursor: the row to put the cursor on.
            where: what they were searched by: its words are set off.
            known: how many of the first rows are known for sure, so that day rules can be told; -1: all.
        """
        self._drawn.matches = Matches(where)
        self.gone = False
        self.scroll_to(y=0, animate=False)
        self._take(ids, dated, cursor, known)
        self.show_cursor()

    def replace_ids(self, ids: array[int]) -> None:
        """Take a newer snapshot of the same view; the article under the cursor stays where it is."""
        if self._goes_on_as(ids):
            return
        kept = self._nearest_in(ids)
        above = self.geometry.top(self.cursor) - self.scroll_offset.y
        self._take(ids, self._dated, kept)
        self.scroll_to(y=max(0, self.geometry.top(self.cursor) - above), animate=False)
        self.show_cursor()

    def _goes_on_as(self, ids: array[int]) -> bool:
        """Take a snapshot whose rows down to the last one in sight are those drawn; whether it is one."""
        below = int(self.scroll_offset.y) + self.size.height
        shown = self.geometry.row_near(below) + 1
        if self.cursor >= shown or self.geometry.height < below or ids[:shown] != self.ids[:shown]:
            return False
        before, self.ids = self.ids, ids
        breaks = day_breaks(len(ids), self._date, self._now.astimezone()) if self._dated else []
        if _down_to(shown, breaks) != _down_to(shown, self._breaks):
            self.ids = before
            return False
        self._breaks = breaks
        self.go_on(len(ids), breaks, shown)
        return True

    def _take(self, ids: Rows, dated: bool, cursor: int, known: int = -1) -> None:
        self.ids, self._dated, self._now = ids, dated, self._clock()
        count = len(ids) if known < 0 else known
        self._breaks = day_breaks(count, self._date, self._now.astimezone()) if dated else []
        self._lay_out(cursor)

    def _nearest_in(self, ids: array[int]) -> int:
        """Return where the article under the cursor stands in `ids`, else the next one that is there."""
        if not self.ids:
            return 0
        here = self.ids[self.cursor]
        if not here:  # a row that had not come yet
            return min(self.cursor, len(ids) - 1)
        with suppress(ValueError):
            return ids.index(here)
        there = among(ids)
        rows = chain(range(self.cursor, len(self.ids)), range(self.cursor - 1, -1, -1))
        return next((ids.index(number) for at in rows if there(number := self.ids[at])), 0)

    def _date(self, i: int) -> datetime | None:
        found = self._load(self.ids[i : i + 1])
        return found[0].date if found else None

    def _lay_out(self, cursor: int) -> None:
        height = self._drawn.height if self._as_cards() else 1
        self.set_rows(len(self.ids), cursor=cursor, row_height=height, breaks=self._breaks)

    def _as_cards(self) -> bool:
        if self.cards is None:
            return self._words or self.size.width < CARDS_BELOW
        return self.cards

    def turn_cards(self) -> None:
        """Change between cards and single rows."""
        self.cards = not self._as_cards()
        self._lay_out(self.cursor)
        self.show_cursor()

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Choose cards or rows anew, before it is painted: the event of a new size comes after that."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if changed and self.geometry.row_height != (self._drawn.height if self._as_cards() else 1):
            self._lay_out(self.cursor)
        return changed

    # --- rows ------------------------------------------------------------------------------

    @property
    def headline(self) -> Row:
        """The headline under the cursor; None when there is none."""
        return self.row(self.cursor) if self.ids else None

    def row(self, i: int) -> Row:
        """Return row `i` as the user left it."""
        found = super().row(i)
        return self._overlay.get(found.id, found) if found else None

    def page(self, start: int, stop: int) -> Sequence[Row]:
        """Bring the headlines of a page; None stands for one that is gone."""
        wanted = self.ids[start:stop]
        found = {each.id: each for each in self._load(wanted)}
        return [found.get(number) for number in wanted]

    def overlay(self, ids: Iterable[int], *, read: bool | None = None, starred: bool | None = None) -> None:
        """Show these as read or starred at once, before the cache has written it."""
        kept = {each.id: each for each in self.pages.kept() if each is not None}
        for number in set(kept).intersection(ids):
            now = self._overlay.get(number, kept[number])
            self._overlay[number] = replace(
                now,
                read=now.read if read is None else read,
                starred=now.starred if starred is None else starred,
            )
        self.redraw()

    def reload(self) -> None:
        """Show what the cache says, after it wrote or failed to."""
        self._overlay.clear()
        self.pages.clear()
        self.redraw()

    def move_to(self, row: int, *, tell: bool = True) -> None:
        """Move the cursor; ages that grew a minute meanwhile are drawn anew."""
        self.gone = True
        old = (now := self._clock()).timestamp() - self._now.timestamp() >= _MINUTE
        if old and not self._words:  # a screen reader would read all of them again
            self._now = now
            self.redraw()
        super().move_to(row, tell=tell)

    # --- drawing ---------------------------------------------------------------------------

    def render_row(self, i: int, line: int, width: int, selected: bool, focused: bool) -> Strip:
        """Draw one line of a headline."""
        headline = self.row(i)
        if headline is None:
            return Strip([Segment("  gone" if line == 0 else "", self.look("headline--meta"))])
        if self.geometry.row_height == 1:
            return self._drawn.single(headline, self._now, width, selected)
        return self._drawn.line(headline, line, self._now, width, selected)


def _down_to(row: int, breaks: Sequence[Break]) -> list[Break]:
    return [each for each in breaks if each.before <= row]
