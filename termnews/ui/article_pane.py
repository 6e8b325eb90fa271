"""The article pane: head and blocks wrapped to lines, the first screens at once and the rest behind.

It must never hold a widget per paragraph or parse HTML: it is given a document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from termnews.models import Article
from termnews.render import Block, Document, Line, Link, gap, wrap
from termnews.ui.article_head import head
from termnews.ui.cells import cut, headline_text
from termnews.ui.lit import Lights, is_lit, light

MEASURE: Final = 72
"""Longest line of text, in cells."""
_MARGIN: Final = 2
_AT_ONCE: Final = 300  # lines wrapped before the first paint: more than any screen shows
_ABOVE: Final = 3  # lines left above the first lit word
_BEHIND: Final = 400  # lines wrapped at a time afterwards
_MARKS: Final = {
    "bold": Style(bold=True),
    "italic": Style(italic=True),
    "strike": Style(strike=True),
    "code": Style(),
    "lit": Style(),
    "named": Style(),
}
_COLOURED: Final = ("code", "lit", "named")  # marks with a look in the style sheet
_ROLES: Final = (
    "kicker", "title", "meta", "rule", "text", "heading", "quote", "code", "link", "number", "bullet", "bar",
    "head", "figure", "lit", "named",
)  # fmt: skip


class ArticlePane(ScrollView, can_focus=True, inherit_bindings=False):
    """One article, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = []
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"article--{role}" for role in _ROLES}

    def __init__(self, clock: Callable[[], datetime], *, id: str) -> None:
        """Make an empty pane; the clock tells which day is today."""
        super().__init__(id=id)
        self._clock = clock
        self._article: Article | None = None
        self._document = Document()
        self._place = ""
        self._lights: Lights = ()
        self._foot = 0
        self._lines: list[Line] = []
        self._starts: list[int] = []
        self._rest: Iterator[tuple[int, list[Line]]] = iter(())
        self._width = 0
        self._kept = 0.0
        self._looks: dict[str, Style] = {}

    # --- what is shown ---------------------------------------------------------------------

    def show(self, article: Article | None, document: Document | None, place: str) -> None:
        """Show an article from its top; None empties the pane.

        Args:
            article: whose head to draw.
            document: its body.
            place: what it is about, "DE-BE Germany › Berlin"; may be empty.
        """
        self._article, self._document, self._place = article, document or Document(), place
        self._lay_out(0)
        self.scroll_to(y=0, animate=False, force=True)

    def light(self, lights: Lights, covered: int = 0) -> None:
        """Light words of the article and bring the first of those looked at into view.

        Args:
            lights: the words and how to light them; empty: none any more.
            covered: lines at the foot of the pane that something else lies over.
        """
        self._lights, self._foot = lights, covered
        self._lay_out(self.position)
        self._grow(lambda: len(self._lines) < 2 * _AT_ONCE)  # places are looked for no further than that
        first = next((at for at, line in enumerate(self._lines) if is_lit(line)), None)
        top, height = int(self.scroll_offset.y), self.scrollable_content_region.height
        if first is not None and not top <= first < top + max(1, height - covered - 1):
            self.scroll_to(y=max(0, first - _ABOVE), animate=False, force=True)

    def links(self) -> tuple[Link, ...]:
        """Return the links of the article, by number."""
        return self._document.links

    @property
    def position(self) -> float:
        """What stands at the top: the number of its block, and behind the point how far into it.

        It means the same place at any width; 0 is the head of the article.
        """
        if not self._starts:
            return self._kept
        top = int(self.scroll_offset.y)
        at = max(0, bisect_right(self._starts, top) - 1)
        begin, end = self._bounds(at)
        return at + min(top - begin, end - begin - 1) / max(1, end - begin)

    def restore(self, position: float) -> None:
        """Scroll to where `position` was read; where nothing can be wrapped yet, as soon as it can."""
        self._kept = max(0.0, position)
        if not self._width or not self._lines:
            return
        self._grow(lambda: len(self._starts) <= self._kept)
        at = min(int(self._kept), len(self._starts) - 1)
        begin, end = self._bounds(at)
        self._grow(lambda: len(self._lines) < end + _AT_ONCE)
        into = round((self._kept - at) * (end - begin)) if at == int(self._kept) else 0
        self.scroll_to(y=begin + into, animate=False, force=True)

    @property
    def progress(self) -> int:
        """How much of the article has been on the screen, in percent."""
        seen = self.scroll_offset.y + self.scrollable_content_region.height
        return min(100, 100 * seen // max(1, self.virtual_size.height))

    def page_down(self) -> bool:
        """Scroll a page down; return False at the end, where nothing is left to scroll."""
        if self.scroll_offset.y >= self.max_scroll_y:
            return False
        page = max(1, self.scrollable_content_region.height - 2)
        self.scroll_relative(y=page, animate=False, force=True)
        return True

    # --- lines -----------------------------------------------------------------------------

    def _lay_out(self, position: float) -> None:
        """Wrap anew, with the same place at the top; a pane that is not shown has no width to wrap to."""
        self._width = self.scrollable_content_region.width
        self._lines, self._starts = [], []
        self._rest = self._wrapped() if self._width else iter(())
        self._grow(lambda: len(self._lines) < _AT_ONCE)
        self.restore(position)
        self.call_after_refresh(self._go_on, self._rest)

    def _bounds(self, at: int) -> tuple[int, int]:
        """Return the first line of block `at` and the first one behind it."""
        end = self._starts[at + 1] if at + 1 < len(self._starts) else len(self._lines)
        return self._starts[at], end

    def _go_on(self, rest: object) -> None:
        """Wrap some more of the article, unless another one is shown by now."""
        if rest is self._rest:
            wanted = len(self._lines) + _BEHIND
            if self._grow(lambda: len(self._lines) < wanted):
                self.call_after_refresh(self._go_on, rest)

    def _grow(self, wanted: Callable[[], bool]) -> bool:
        """Wrap blocks while wanted; return whether there are more."""
        more = False
        for at, lines in self._rest:
            while len(self._starts) <= at:
                self._starts.append(len(self._lines))
            self._lines += lines
            if not wanted():
                more = True
                break
        self.virtual_size = Size(0, len(self._lines))
        self.refresh()
        return more

    def _wrapped(self) -> Iterator[tuple[int, list[Line]]]:
        """Yield head, blocks and links as lines, each with its number."""
        if self._article is None:
            return
        width = self._measure
        yield 0, light(list(head(self._article, self._place, width, self._clock())), self._lights)
        before: Block | None = None
        for at, block in enumerate(self._document.blocks, 1):
            yield at, [()] * gap(before, block) + light(wrap(block, width), self._lights)
            before = block
        if self.links():
            foot: list[Line] = [(), (("─" * width, "rule"),)]
            for link in self.links():
                number = f"[{link.number}] "
                foot.append(((number, "number"), (cut(headline_text(link.url), width - len(number)), "meta")))
            yield len(self._document.blocks) + 1, foot
        yield len(self._document.blocks) + 2, [()] * (1 + self._foot)

    @property
    def _measure(self) -> int:
        return max(8, min(MEASURE, self._width - 2 * _MARGIN))

    # --- drawing ---------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Draw one line of the viewport."""
        width = self.scrollable_content_region.width
        at = y + self.scroll_offset.y
        line = self._lines[at] if at < len(self._lines) else ()
        margin = max(_MARGIN, (width - self._measure) // 2) if width > MEASURE + 8 else _MARGIN
        segments = [Segment(" " * margin)]
        segments += [Segment(text, self._look(style)) for text, style in line]
        if margin + sum(cell_len(text) for text, _ in line) < width:
            return Strip(segments).adjust_cell_length(width).apply_style(self.rich_style)
        return Strip(segments).crop(0, width).apply_style(self.rich_style)

    def _look(self, style: str) -> Style:
        look = self._looks.get(style)
        if look is None:
            role, *marks = style.split(" ")
            look = self.get_component_rich_style(f"article--{role}", partial=True)
            for mark in marks:
                look += _MARKS[mark]
                if mark in _COLOURED:
                    look += self.get_component_rich_style(f"article--{mark}", partial=True)
            self._looks[style] = look
        return look

    def notify_style_update(self) -> None:
        """Forget the looks of the old theme."""
        super().notify_style_update()
        self._looks.clear()

    def on_focus(self) -> None:
        """Bring the terminal's own cursor here: what is read starts at the top."""
        self.take_cursor()

    def take_cursor(self) -> None:
        """Put the terminal's own cursor on the first line, where magnifiers and screen readers look."""
        self.app.cursor_position = self.content_region.offset

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew where the width changed; what is read at the top stays there."""
        if self.scrollable_content_region.width != self._width:
            self._lay_out(self.position)
