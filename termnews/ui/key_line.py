"""Keys and what they do, on as many lines as they need: the foot of what is laid over the screen.

It must never listen to a key.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from termnews.ui.bars import Hint
from termnews.ui.cells import cut

_GAP = 2


class KeyLine(Widget):
    """Draws hints in the order given; none is parted by a line end."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"strip--key", "strip--text"}

    def __init__(self, *, id: str) -> None:
        """Start empty."""
        super().__init__(id=id)
        self._hints: Sequence[Hint] = ()

    def show(self, hints: Sequence[Hint]) -> None:
        """Show other keys."""
        if hints != self._hints:
            self._hints = hints
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return as many lines as the keys need."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[list[Segment]]:
        key_look = self.get_component_rich_style("strip--key", partial=True)
        text_look = self.get_component_rich_style("strip--text", partial=True)
        lines: list[list[Segment]] = [[]]
        room = width
        for key, text in self._hints:
            shown = Segment(cut(f" {text}", max(1, width - len(key))), text_look)
            size = len(key) + shown.cell_length
            if lines[-1] and size > room:
                lines.append([])
                room = width
            lines[-1] += [Segment(key, key_look), shown, Segment(" " * _GAP)]
            room -= size + _GAP
        return lines

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        lines = self._lines(self.size.width)
        segments = lines[y] if y < len(lines) else []
        return Strip(segments).adjust_cell_length(self.size.width).apply_style(self.rich_style)
