"""Lines: rows drawn line by line with their caches, as quick with a million rows as with ten.

It must never move the cursor, hold a widget per row, or know what its rows mean: a subclass brings
pages of them and draws one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final, Generic

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from termnews.ui.geometry import Breaks, Geometry, Spot
from termnews.ui.pages import Pages, Row
from termnews.ui.painted import Painted
from termnews.ui.scrolled import set_height

_STRIPS_KEPT: Final = 256
_BAR: Final = "▌"
# The colours of a reversed row's parts would become grounds.
_ONE_TONE: Final = Style(color="default", bgcolor="default")


class Lines(Painted, Generic[Row], can_focus=True, inherit_bindings=False):
    """Rows with one of them selected; a subclass overrides `page` and `render_row`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row--bar", "row--selected", "row--rule", "row--label"}

    def __init__(self, *, id: str | None = None) -> None:
        """Make an empty list."""
        super().__init__(id=id)
        self.cursor = 0
        self.geometry = Geometry(0, 1)
        self.pages: Pages[Row] = Pages(lambda start, stop: self.page(start, stop))
        self._strips: dict[tuple[int, int], Strip] = {}
        self._looks: dict[str, Style] = {}

    def page(self, start: int, stop: int) -> Sequence[Row]:
        """Return the rows from `start` to before `stop`; fewer when some are gone."""
        raise NotImplementedError

    def render_row(self, i: int, line: int, width: int, selected: bool, focused: bool) -> Strip:
        """Draw one line of row `i` in `width` cells, without cursor bar and selection ground."""
        raise NotImplementedError

    def render_break(self, label: str, width: int) -> Strip:
        """Draw one line of a break: its label and a rule to the right edge."""
        if not label:
            return Strip.blank(width)
        rule = "─" * max(0, width - len(label) - 4)
        return Strip([Segment(f" {label} ", self.look("row--label")), Segment(rule, self.look("row--rule"))])

    def set_rows(self, count: int, *, cursor: int = 0, row_height: int = 1, breaks: Breaks = ()) -> None:
        """Take a new set of rows; the cursor goes to `cursor`, the scroll position stays where it can."""
        self.geometry = Geometry(count, row_height, breaks)
        self.cursor = max(0, min(cursor, count - 1))
        self.pages.clear()
        self.redraw()
        set_height(self, self.geometry.height)

    def go_on(self, count: int, breaks: Breaks, shown: int) -> None:
        """Take other rows from row `shown` on, which is out of sight: nothing is drawn anew."""
        self.geometry = Geometry(count, self.geometry.row_height, breaks)
        self.pages.clear()
        end = self.geometry.top(shown)
        self._strips = {at: strip for at, strip in self._strips.items() if 0 <= at[0] < end}
        set_height(self, self.geometry.height)

    def row(self, i: int) -> Row | None:
        """Return row `i`, brought with its page; None when it is gone."""
        return self.pages.row(i, self.geometry.count)

    def row_changed(self, i: int) -> None:
        """Draw row `i` again."""
        top = self.geometry.top(i)
        for line in range(top, top + self.geometry.row_height):
            for state in range(3):
                self._strips.pop((line, state), None)
        self.refresh_row(i)

    def refresh_row(self, i: int) -> None:
        """Show row `i` with or without the cursor, as it was drawn before."""
        top = self.geometry.top(i)
        y = top - self.scroll_offset.y
        self.refresh(Region(0, y, self.size.width, self.geometry.row_height).intersection(self.size.region))

    def redraw(self) -> None:
        """Draw all rows again."""
        self._strips.clear()
        self.refresh()

    def look(self, name: str) -> Style:
        """Return the style of a component class, without a ground of its own unless it sets one."""
        if name not in self._looks:
            self._looks[name] = self.get_component_rich_style(name, partial=True)
        return self._looks[name]

    def forget(self) -> None:
        """Forget the rows drawn and the styles they were drawn in."""
        self._looks.clear()
        self._strips.clear()

    @property
    def lit(self) -> bool:
        """Whether the keys move this list, which its cursor bar shows."""
        return self.has_focus

    def render_line(self, y: int) -> Strip:
        """Draw one line of the viewport."""
        line = y + self.scroll_offset.y
        spot = self.geometry.at(line)
        if spot is None:
            state, line = 0, -1
        else:
            state = 0 if spot.label is not None or spot.row != self.cursor else 2 if self.lit else 1
        strip = self._strips.get((line, state))
        if strip is None:
            if len(self._strips) >= _STRIPS_KEPT:
                self._strips.clear()
            drawn = self._draw(spot, self.across, state) if spot is not None else ()
            strip = self._strips[line, state] = self.finished(drawn)
        return strip

    def _draw(self, spot: Spot, width: int, state: int) -> Iterable[Segment]:
        ground, bar = self.ground, Segment(" ")
        if state:
            ground += self.look("row--selected")
            bar = Segment(_BAR, self.look("row--bar"))
        if spot.label is None:
            strip = self.render_row(spot.row, spot.line, width - 1, bool(state), state == 2)
        else:
            strip = self.render_break(spot.label, width - 1)
        row = Segment.apply_style(strip.adjust_cell_length(width - 1), ground)
        if ground.reverse:
            row = Segment.apply_style(row, post_style=_ONE_TONE)
            ground = self.ground
        return *Segment.apply_style([bar], ground), *row
