"""The height of what scrolls in a pane, changed without laying the whole screen out anew.

It must never know what is drawn there.
"""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


def set_height(pane: ScrollView, lines: int) -> None:
    """Give a pane another number of lines.

    Textual lays the screen out for each new `virtual_size`, two thirds of the work of showing an
    article; that is needed only where the scrollbar comes or goes.
    """
    size = Size(0, lines)
    if size == pane.virtual_size:
        return
    height = pane.container_size.height
    toggles = pane.styles.overflow_y == "auto" and (lines > height) != pane.show_vertical_scrollbar
    if not height or toggles:
        pane.virtual_size = size
        return
    pane.set_reactive(Widget.virtual_size, size)
    if pane.show_vertical_scrollbar:
        pane.vertical_scrollbar.window_virtual_size = lines
    if pane.scroll_offset.y > pane.max_scroll_y:
        pane.scroll_to(y=pane.max_scroll_y, animate=False, force=True)
