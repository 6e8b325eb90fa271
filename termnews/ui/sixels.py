"""Sixel over the pictures of the article: written once nothing moves, gone when their cells are drawn anew.

It must never write over anything but the half blocks of its picture. What is drawn there afterwards takes the
Sixel away, since terminals keep none below letters, so nothing here ever has to erase.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.errors import NoWidget
from textual.geometry import Region
from textual.timer import Timer

from termnews.ui.article_pane import ArticlePane
from termnews.ui.picture import Hung, over

REST: Final = 0.15
"""Seconds without drawing after which Sixel is written: at every one it is some 300 kB for the terminal."""


class Sixels:
    """The Sixel of one article pane."""

    def __init__(
        self, pane: ArticlePane, write: Callable[[str], None], cell: Callable[[], tuple[int, int]]
    ) -> None:
        """Begin with none.

        Args:
            pane: where the pictures hang.
            write: writes to the terminal, behind what was drawn before.
            cell: tells width and height of a cell in pixels.
        """
        self._pane, self._write, self._cell = pane, write, cell
        self._stand: dict[Region, Hung] = {}
        self._timer: Timer | None = None

    def drawn(self, lines: range) -> None:
        """Take in that lines of the pane are drawn: no Sixel stands there any more."""
        first, end = (self._pane.region.y + at for at in (lines.start, lines.stop))
        self._stand = {at: each for at, each in self._stand.items() if at.bottom <= first or at.y >= end}
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._pane.set_timer(REST, self._rest, name="sixel")

    def _rest(self) -> None:
        self._pane.call_after_refresh(self._write_all)  # what is still to be drawn comes first

    def _write_all(self) -> None:
        """Write the pictures that can be seen whole and do not stand already."""
        if self._pane.app.screen is not self._pane.screen:
            return  # when nothing lies over it any more, it is drawn anew
        cell = self._cell()
        for at, picture in self._pane.whole():
            fits = picture.sixel and picture.cell == cell
            if fits and self._stand.get(at) is not picture and self._free(at):
                self._stand[at] = picture
                self._write(over(picture.sixel, at.x, at.y))

    def _free(self, at: Region) -> bool:
        """Return whether nothing lies over a place of the pane, and a line of the screen is below it."""
        screen = self._pane.screen
        if at.bottom >= screen.size.height:
            return False  # a terminal may scroll there
        try:
            corners = (at.offset, at.bottom_right - (1, 1))
            return all(screen.get_widget_at(*each)[0] is self._pane for each in corners)
        except NoWidget:
            return False
