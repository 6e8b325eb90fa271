"""LineList: the one list of termnews, drawn line by line, as quick with a million rows as with ten.

It must never hold a widget per row, scroll with animation, or know what its rows mean: a
subclass brings pages of them and draws one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final, Generic

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from termnews.ui.geometry import Breaks, Geometry, Spot
from termnews.ui.keymap import bound
from termnews.ui.messages import RowChosen, RowMoved
from termnews.ui.pages import Pages, Row

_STRIPS_KEPT: Final = 1024
_BAR: Final = "▌"


class LineList(ScrollView, Generic[Row], can_focus=True, inherit_bindings=False):
    """A list with a cursor; a subclass overrides `page` and `render_row`."""

    # The ids are those of the command table, so that one `[keys]` line rebinds both.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(bound(("j", "down")), "move(1)", id="next", show=False),
        Binding(bound(("k", "up")), "move(-1)", id="previous", show=False),
        Binding("pagedown", "turn(1)", id="page-down", show=False),
        Binding("pageup", "turn(-1)", id="page-up", show=False),
        Binding(bound(("g", "home")), "go(0)", id="first", show=False),
        Binding(bound(("G", "end")), "go(-1)", id="last", show=False),
        Binding("enter", "choose", id="read", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row--bar", "row--selected", "row--rule", "row--label"}
    CLICK_CHOOSES: ClassVar[bool] = False
    """Whether one click chooses a row; otherwise it moves the cursor and a second one chooses."""

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
        self.virtual_size = Size(0, self.geometry.height)

    def row(self, i: int) -> Row | None:
        """Return row `i`, brought with its page; None when it is gone."""
        return self.pages.row(i, self.geometry.count)

    def row_changed(self, i: int) -> None:
        """Draw row `i` again."""
        top = self.geometry.top(i)
        for line in range(top, top + self.geometry.row_height):
            for state in range(3):
                self._strips.pop((line, state), None)
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

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old styles."""
        super().notify_style_update()
        self._looks.clear()
        self._strips.clear()

    @property
    def lit(self) -> bool:
        """Whether the keys move this list, which its cursor bar shows."""
        return self.has_focus

    def render_line(self, y: int) -> Strip:
        """Draw one line of the viewport."""
        line = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        spot = self.geometry.at(line)
        if spot is None:
            return Strip.blank(width, self.rich_style)
        state = 0 if spot.label is not None or spot.row != self.cursor else 2 if self.lit else 1
        strip = self._strips.get((line, state))
        if strip is None or strip.cell_length != width:
            if len(self._strips) >= _STRIPS_KEPT:
                self._strips.clear()
            strip = self._strips[line, state] = self._draw(spot, width, state)
        return strip

    def _draw(self, spot: Spot, width: int, state: int) -> Strip:
        ground, bar = self.rich_style, Segment(" ")
        if state:
            ground += self.look("row--selected")
            bar = Segment(_BAR, self.look("row--bar"))
        if spot.label is None:
            strip = self.render_row(spot.row, spot.line, width - 1, bool(state), state == 2)
        else:
            strip = self.render_break(spot.label, width - 1)
        return Strip([bar, *strip]).adjust_cell_length(width).apply_style(ground)

    def move_to(self, row: int, *, tell: bool = True) -> None:
        """Put the cursor on a row and bring it into view; `tell` posts RowMoved when it is another row."""
        row = max(0, min(row, self.geometry.count - 1))
        old, self.cursor = self.cursor, row
        self.show_cursor()
        if old != row:
            self.row_changed(old)
            self.row_changed(row)
            if tell:
                self.post_message(RowMoved(self, row))

    def show_cursor(self) -> None:
        """Scroll just so far that the row under the cursor is seen."""
        top, below = self.geometry.top_with_breaks(self.cursor), self.geometry.top(self.cursor)
        height, y = self.scrollable_content_region.height, self.scroll_offset.y
        below += self.geometry.row_height
        if top < y:
            self.scroll_to(y=top, animate=False)
        elif below > y + height > 0:
            self.scroll_to(y=below - height, animate=False)
        self._place_cursor()

    def _place_cursor(self) -> None:
        """Put the terminal's own cursor on the row, where magnifiers and screen readers look."""
        if self.has_focus:
            y = self.geometry.top(self.cursor) - self.scroll_offset.y
            self.app.cursor_position = self.content_region.offset + Offset(2, max(0, y))

    def action_move(self, steps: int) -> None:
        """Move the cursor by `steps` rows."""
        self.move_to(self.cursor + steps)

    def action_turn(self, pages: int) -> None:
        """Move the cursor by pages of the viewport."""
        rows = max(1, self.scrollable_content_region.height // self.geometry.row_height - 1)
        self.move_to(self.cursor + pages * rows)

    def action_go(self, row: int) -> None:
        """Move the cursor to the first (0) or the last (-1) row."""
        self.move_to(row if row >= 0 else self.geometry.count - 1)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.geometry.count:
            self.post_message(RowChosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row clicked; choose it where that is due."""
        spot = self.geometry.at(event.y + self.scroll_offset.y)
        if spot is None or spot.label is not None:
            return
        self.move_to(spot.row)
        if self.CLICK_CHOOSES or event.chain == 2:
            self.action_choose()

    def on_focus(self) -> None:
        """Bring the terminal's cursor here."""
        self._place_cursor()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the row under the cursor in view."""
        self.show_cursor()
