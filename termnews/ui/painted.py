"""Panes that hand the compositor finished lines: the same line is made once, however often it is shown.

It must never know what is drawn. Textual's own way draws each line anew when a pane scrolls, asks
the styles of all ancestors for each and makes half a dozen strips of it; that was three quarters of
the time from key to screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Spacing
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget

_NO_GUTTER: Final = Spacing()
_CELLS_KEPT: Final = 256


def _finished(widget: Widget, segments: Sequence[Segment], width: int, background: Color) -> Strip:
    """Return a line as it goes to the compositor: through all filters, which the wall is one of."""
    kept = list(segments)
    for each in widget.get_line_filters():
        kept = each.apply(kept, background)
    return Strip(kept, width)


class Painted(ScrollView, inherit_bindings=False):
    """A scroll view whose `render_line` returns finished lines, the same strip for the same line."""

    across = 0
    """Cells of a line that the scrollbar leaves free."""
    _ground: Style | None = None
    _behind: Color | None = None

    def forget(self) -> None:
        """Forget the lines made, since they would look otherwise now."""
        raise NotImplementedError

    @property
    def ground(self) -> Style:
        """The pane's own colours."""
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground

    def finished(self, segments: Iterable[Segment]) -> Strip:
        """Return a line for the compositor: as wide as the pane, on its ground, through all filters.

        A strip remembers what is cut from it and how it is written, so it is worth keeping.
        """
        width = self.outer_size.width - self.styles.gutter.width
        strip = Strip(segments).adjust_cell_length(width, self.ground)
        if self._behind is None:
            self._behind = self.background_colors[1]
        return _finished(self, list(strip), width, self._behind)

    def notify_style_update(self) -> None:
        """Forget what was made in the old styles."""
        super().notify_style_update()
        self._ground = self._behind = None
        self.forget()

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar, made when it is asked for."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = _Bar(self.scrollbar_size_vertical)
            bar.display = False
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a part of the pane."""
        across = self.scrollable_content_region.width
        if across != self.across:
            self.across = across
            self.forget()
        if self.styles.gutter != _NO_GUTTER:  # a border or a padding is drawn round them by Textual
            return super().render_lines(crop)
        return _cropped(map(self.render_line, crop.line_range), crop)


class _Bar(ScrollBar):
    """Textual's vertical scrollbar, of which each cell is made once."""

    def __init__(self, thickness: int) -> None:
        super().__init__(name="vertical", thickness=thickness)
        self._cells: dict[Segment, Strip] = {}

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old styles."""
        super().notify_style_update()
        self._cells.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return a part of the bar."""
        bar = self.render()
        if not isinstance(bar, ScrollBarRender) or not isinstance(look := bar.style, Style):
            return super().render_lines(crop)
        assert look.color is not None and look.bgcolor is not None
        segments = bar.render_bar(
            size=self.outer_size.height,
            virtual_size=bar.virtual_size,
            window_size=bar.window_size,
            position=bar.position,
            thickness=bar.thickness,
            back_color=look.bgcolor,
            bar_color=look.color,
        ).segments
        return _cropped((self._cell(each) for each in segments[crop.y : crop.bottom]), crop)

    def _cell(self, segment: Segment) -> Strip:
        if len(self._cells) > _CELLS_KEPT:
            self._cells.clear()
        strip = self._cells.get(segment)
        if strip is None:
            strip = self._cells[segment] = _finished(
                self, [segment], self.thickness, self.background_colors[1]
            )
        return strip


def _cropped(lines: Iterable[Strip], crop: Region) -> list[Strip]:
    """Return lines cut to the columns of `crop`; a line that lies within them is itself."""
    return [line.crop(*crop.column_span) for line in lines]
