"""LineList: the one list of termnews, with a cursor that keys and mouse move.

It must never scroll with animation or know what its rows mean.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset

from termnews.ui.keymap import bound
from termnews.ui.lines import Lines
from termnews.ui.messages import RowChosen, RowMoved
from termnews.ui.pages import Row


class LineList(Lines[Row], can_focus=True, inherit_bindings=False):
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
    CLICK_CHOOSES: ClassVar[bool] = False
    """Whether one click chooses a row; otherwise it moves the cursor and a second one chooses."""

    def move_to(self, row: int, *, tell: bool = True) -> None:
        """Put the cursor on a row and bring it into view; `tell` posts RowMoved when it is another row."""
        row = max(0, min(row, self.geometry.count - 1))
        old, self.cursor = self.cursor, row
        self.show_cursor()
        if old != row:
            self.refresh_row(old)
            self.refresh_row(row)
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
        if self.has_focus and self.screen.is_active:  # a line to type on may lie over it
            self.take_cursor()

    def take_cursor(self) -> None:
        """Put the terminal's own cursor on the row, where magnifiers and screen readers look."""
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
        self.take_cursor()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the row under the cursor in view."""
        self.show_cursor()
