"""The article pane: head and blocks wrapped to lines, the first screens at once and the rest behind.

It must never hold a widget per paragraph or parse HTML: it is given a document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.strip import Strip

from termnews.ui.article_lines import PICTURE, ArticleLines, Sheet
from termnews.ui.article_looks import NUMBER, ROLES, Looks
from termnews.ui.cells import fit, headline_text
from termnews.ui.find import Find
from termnews.ui.lit import Lights, is_lit
from termnews.ui.messages import LinkChosen
from termnews.ui.painted import Painted
from termnews.ui.scrolled import set_height

if TYPE_CHECKING:
    from termnews.models import Article
    from termnews.render import Block, Document, Line, Link
    from termnews.ui.picture import Hung

MEASURE: Final = 72
"""Longest line of text, in cells, unless the reader chose another."""
MEASURES: Final = range(40, 121)
"""Measures the reader can choose."""
_MARGIN: Final = 2
_AT_ONCE: Final = 300  # lines wrapped before the first paint: more than any screen shows
_ABOVE: Final = 3  # lines left above the first lit word
_BEHIND: Final = 400  # lines wrapped at a time afterwards


class ArticlePane(Painted, can_focus=True, inherit_bindings=False):
    """One article, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = []
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"article--{role}" for role in ROLES}

    def __init__(self, clock: Callable[[], datetime], *, id: str) -> None:
        """Make an empty pane; the clock tells which day is today."""
        super().__init__(id=id)
        self._clock = clock
        self._sheet = Sheet()
        self.find = Find(self._look_at)
        self._lines = ArticleLines(self._sheet, 0, clock(), self.find.take)
        self._width = 0
        self._chosen = MEASURE
        self._kept = 0.0
        self._strips: dict[Line, Strip] = {}
        self._looks = Looks(lambda name: self.get_component_rich_style(name, partial=True))
        self._figures: list[tuple[int, int]] = []  # of each picture: number of its block, and of its link
        self.pictures_near: Callable[[], None] = lambda: None
        """Called when other pictures may be near what is read."""
        self.pictures_drawn: Callable[[range], None] = lambda lines: None
        """Called before lines of the pane are drawn on the terminal, where pictures hang."""

    # --- what is shown ---------------------------------------------------------------------

    def show(self, article: Article | None, document: Document | None, place: str) -> None:
        """Show an article from its top; None empties the pane.

        Args:
            article: whose head to draw.
            document: its body.
            place: what it is about, "DE-BE Germany › Berlin"; may be empty.
        """
        before = self._sheet
        links = document.links if document is not None else ()
        same = article is not None and before.article is not None and article.id == before.article.id
        hung = before.pictures if same and links == self.links() else {}
        self._looks.take(links)
        self._sheet = Sheet(article, document, place, before.lights, before.foot, hung)
        blocks = document.blocks if document is not None else ()
        had = bool(self._figures)
        self._figures = list(_figures(blocks)) if blocks else []
        if not same:
            self.find.begin()
            self.find.drop()
        self._lay_out(0)
        if had and not self._figures:
            self.pictures_near()  # those of the article before are not wanted any more
        self.scroll_to(y=0, animate=False, force=True)

    def light(self, lights: Lights, covered: int = 0) -> None:
        """Light words of the article and bring the first of those looked at into view.

        Args:
            lights: the words and how to light them; empty: none any more.
            covered: lines at the foot of the pane that something else lies over.
        """
        self._sheet = replace(self._sheet, lights=lights, foot=covered)
        self._lay_out(self.position)
        lines = self._lines.lines
        self._grow(lambda: len(lines) < 2 * _AT_ONCE)  # places are looked for no further than that
        first = next((at for at, line in enumerate(lines) if is_lit(line)), None)
        if first is not None:
            self._bring(first, covered + 1)

    def _look_at(self, line: int) -> None:
        """Bring what was found on a line into sight, above the line that tells what is looked for."""
        self.refresh()
        if line >= 0:
            self._bring(line, 1)

    def _bring(self, line: int, covered: int) -> None:
        """Scroll to a line unless it can be seen above the lines covered at the foot."""
        top, height = int(self.scroll_offset.y), self.scrollable_content_region.height
        if not top <= line < top + max(1, height - covered):
            self.scroll_to(y=max(0, line - _ABOVE), animate=False, force=True)

    @property
    def article(self) -> Article | None:
        """The article shown; None: none is."""
        return self._sheet.article

    # --- pictures --------------------------------------------------------------------------

    def near(self) -> list[Link]:
        """Return the links of the pictures that can be seen or soon will be, and do not hang yet."""
        if not self._figures or not self.is_on_screen:
            return []
        links, starts, hung = self.links(), self._lines.starts, self._sheet.pictures
        top, height = int(self.scroll_offset.y), self.scrollable_content_region.height
        around = range(top - height, top + 2 * height)
        seen = (
            number
            for at, number in self._figures
            if at < len(starts) and starts[at] in around and number not in hung
        )
        return [links[number - 1] for number in dict.fromkeys(seen)]

    def hang(self, link: int, picture: Hung) -> None:
        """Hang a picture above its caption; what is read stays where it is."""
        self._sheet = replace(self._sheet, pictures={**self._sheet.pictures, link: picture})
        self._lay_out(self.position)

    def whole(self) -> Iterator[tuple[Region, Hung]]:
        """Yield the pictures that can be seen from top to foot, and where on the screen they are."""
        across, down, _, height = self.scrollable_content_region
        top = int(self.scroll_offset.y)
        for at, number in self._lines.pictures(range(top, top + height - bool(self.find.typed))):
            picture = self._sheet.pictures[number]
            yield Region(across + self._margin, down + at - top, picture.columns, picture.rows), picture

    def take_down(self) -> None:
        """Take all pictures down."""
        if self._sheet.pictures:
            self._sheet = replace(self._sheet, pictures={})
            self._lay_out(self.position)

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Look for pictures where the reader comes near them."""
        super().watch_scroll_y(old, new)
        if self._figures:
            self.pictures_near()

    def on_show(self) -> None:
        """Look for pictures when the pane comes into sight."""
        if self._figures:
            self.call_after_refresh(self.pictures_near)

    def links(self) -> tuple[Link, ...]:
        """Return the links of the article, by number."""
        document = self._sheet.document
        return document.links if document is not None else ()

    @property
    def position(self) -> float:
        """What stands at the top: the number of its block, and behind the point how far into it.

        It means the same place at any width; 0 is the head of the article.
        """
        return self._lines.position(int(self.scroll_offset.y)) if self._lines.starts else self._kept

    def restore(self, position: float) -> None:
        """Scroll to where `position` was read; where nothing can be wrapped yet, as soon as it can."""
        self._kept = max(0.0, position)
        if self._lines.lines:
            line = self._lines.line_at(self._kept, _AT_ONCE)
            set_height(self, len(self._lines.lines))
            self.scroll_to(y=line, animate=False, force=True)

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
        before, self._width = self.drawn, self.scrollable_content_region.width
        if self.drawn != before and self._sheet.pictures:
            # They are drawn anew, as wide as the lines are now.
            self._sheet = replace(self._sheet, pictures={})
        self._strips.clear()
        self.find.begin()
        measure = self.drawn if self._width else 0
        self._lines = ArticleLines(self._sheet, measure, self._clock(), self.find.take)
        lines = self._lines.lines
        self._grow(lambda: len(lines) < _AT_ONCE)
        self.restore(position)
        self.call_after_refresh(self._go_on, self._lines)
        if self._figures:
            self.pictures_near()

    def _go_on(self, lines: ArticleLines) -> None:
        """Wrap some more of the article, unless it was wrapped anew by now."""
        if lines is self._lines:
            wanted = len(lines.lines) + _BEHIND
            if self._grow(lambda: len(lines.lines) < wanted):
                self.call_after_refresh(self._go_on, lines)
            if self._figures:
                self.pictures_near()

    def _grow(self, wanted: Callable[[], bool]) -> bool:
        """Wrap blocks while wanted; return whether there are more."""
        had = len(self._lines.lines)
        more = self._lines.grow(wanted)
        set_height(self, len(self._lines.lines))
        if had < self.scroll_offset.y + self.size.height:  # else it grew below what is seen
            self.refresh()
        return more

    @property
    def measure(self) -> int:
        """Longest line of text in cells, as chosen; the pane may have less room."""
        return self._chosen

    @measure.setter
    def measure(self, cells: int) -> None:
        cells = max(MEASURES.start, min(cells, MEASURES.stop - 1))
        if cells != self._chosen:
            self._chosen = cells
            self._lay_out(self.position)

    @property
    def room(self) -> int:
        """The longest line the pane has room for, in cells; 0 while it is not shown."""
        return max(0, self._width - 2 * _MARGIN)

    @property
    def drawn(self) -> int:
        """The longest line drawn, in cells."""
        return max(8, min(self._chosen, self.room))

    # --- drawing ---------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a part of the pane."""
        if self._sheet.pictures:
            self.pictures_drawn(crop.line_range)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the viewport."""
        if self.find.typed and y == self.scrollable_content_region.height - 1:
            return self._strip((self._foot(self.across), "foot"))
        at = y + self.scroll_offset.y
        line: Line = self.find.lit(at, self._lines.lines[at]) if at < len(self._lines.lines) else ()
        strip = self._strips.get(line)
        if strip is None:
            strip = self._strips[line] = self._strip((" " * self._margin, "text"), *line)
        return strip

    def _of_picture(self, style: str) -> list[Segment]:
        _, number, row = style.split(" ")
        return self._sheet.pictures[int(number)].line(int(row))

    @property
    def _margin(self) -> int:
        return max(_MARGIN, (self.across - self.drawn) // 2) if self.across > self._chosen + 8 else _MARGIN

    def _strip(self, *parts: tuple[str, str]) -> Strip:
        segments: list[Segment] = []
        for text, style in parts:
            if style.startswith(PICTURE):
                segments += self._of_picture(style)
            else:
                segments.append(Segment(text, self._looks.look(style)))
        return self.finished(Segment.apply_style(Strip(segments).crop(0, self.across), self.ground))

    def _foot(self, width: int) -> str:
        """Return what is looked for and how often it was found."""
        count = f" {self.find.said} "
        return fit(f" / {headline_text(self.find.typed)}", width - len(count)) + count

    def forget(self) -> None:
        """Forget the lines drawn and the looks of the old theme."""
        self._looks.clear()
        self._strips.clear()

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

    def on_click(self, event: events.Click) -> None:
        """Tell which link was clicked; with Ctrl or Shift the terminal opens it by itself."""
        number = event.style.meta.get(NUMBER)
        if number is not None and event.button == 1 and not (event.ctrl or event.shift or event.meta):
            event.stop()
            self.post_message(LinkChosen(number))


def _figures(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield of each picture the number of its block and of its link."""
    from termnews.render import pictured  # with the first article

    for at, each in enumerate(blocks, 1):
        if number := pictured(each):
            yield at, number
