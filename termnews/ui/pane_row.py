"""The panes side by side; where two of them meet, the mouse pulls them wider and narrower.

It must never set a width: it tells how far the mouse pulled.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from textual import events
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget

Pane = Literal["sidebar", "list"]


class Pulled(Message):
    """The mouse pulls the right edge of a pane."""

    def __init__(self, pane: Pane, cells: int) -> None:
        """Say which pane, and how wide it is to be."""
        super().__init__()
        self.pane: Pane = pane
        self.cells = cells

    def can_replace(self, message: Message) -> bool:
        """Let the last of a burst stand for all."""
        return isinstance(message, Pulled) and message.pane == self.pane


class PaneRow(Horizontal):
    """Sidebar, list and article."""

    def __init__(self, *panes: Widget, id: str) -> None:
        """Hold the panes, from left to right."""
        super().__init__(*panes, id=id)
        self._pulling: Pane | None = None

    def _edge(self, x: int) -> Pane | None:
        """Return the pane whose right edge is at a column of the screen: the first column behind it."""
        seen = [pane for pane in self.children if pane.is_on_screen and pane.region.width]
        names: dict[str | None, Pane] = {"sidebar": "sidebar", "middle": "list"}
        for left, right in pairwise(seen):
            if left.id in names and x == right.region.x == left.region.right:
                return names[left.id]
        return None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to pull, where two panes meet."""
        self._pulling = self._edge(int(event.screen_x)) if event.button == 1 else None
        if self._pulling:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell how far the edge was pulled."""
        if self._pulling is None:
            return
        event.stop()
        pane = self.query_one("#sidebar" if self._pulling == "sidebar" else "#middle")
        self.post_message(Pulled(self._pulling, int(event.screen_x) - pane.region.x))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        if self._pulling:
            self._pulling = None
            self.release_mouse()
