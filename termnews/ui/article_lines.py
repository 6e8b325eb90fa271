"""An article as lines: head, blocks and links, wrapped as far as somebody asks for them.

It must never draw or know a widget. A position means the same place at any width.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from termnews.ui.article_head import head
from termnews.ui.cells import cut, headline_text
from termnews.ui.lit import Lights, light

if TYPE_CHECKING:
    from termnews.models import Article
    from termnews.render import Block, Document, Line, Link
    from termnews.ui.picture import Hung

PICTURE: Final = "picture"
"""Role of a line of a picture; behind it stand the number of its link and which of its lines it is."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is to be wrapped."""

    article: Article | None = None
    """Whose head stands at the top; None: nothing is wrapped at all."""
    document: Document | None = None
    """Its body; None: nothing stands under the head."""
    place: str = ""
    """What it is about, "DE-BE Germany › Berlin"; may be empty."""
    lights: Lights = ()
    """Words to light in it."""
    foot: int = 0
    """Lines left blank at the end for what lies over the foot of the pane."""
    pictures: Mapping[int, Hung] = field(default_factory=dict)
    """Pictures that hang above their captions, by the number of their link."""


class ArticleLines:
    """The lines of a sheet at one width."""

    def __init__(
        self, sheet: Sheet, width: int, now: datetime, tell: Callable[[int, Sequence[Line]], None]
    ) -> None:
        """Wrap nothing yet.

        Args:
            sheet: what to wrap.
            width: cells of a line; 0: there is no room to wrap to.
            now: the present moment, aware.
            tell: called with the lines of each block once it is wrapped, and the number of the first.
        """
        self.lines: list[Line] = []
        self.starts: list[int] = []
        self._sheet, self._width, self._now, self._tell = sheet, width, now, tell
        self._rest = self._wrapped() if width and sheet.article is not None else iter(())

    def grow(self, wanted: Callable[[], bool]) -> bool:
        """Wrap blocks while wanted; return whether there are more."""
        for at, lines in self._rest:
            while len(self.starts) <= at:
                self.starts.append(len(self.lines))
            self.lines += lines
            self._tell(self.starts[at], lines)
            if not wanted():
                return True
        return False

    def block(self, at: int) -> tuple[int, int]:
        """Return the first line of block `at` and the first one behind it."""
        end = self.starts[at + 1] if at + 1 < len(self.starts) else len(self.lines)
        return self.starts[at], end

    def position(self, top: int) -> float:
        """Return where line `top` stands: the number of its block, and behind the point how far into it."""
        at = max(0, bisect_right(self.starts, top) - 1)
        begin, end = self.block(at)
        return at + min(top - begin, end - begin - 1) / max(1, end - begin)

    def line_at(self, position: float, beyond: int) -> int:
        """Return the line of a position, wrapping as far as `beyond` lines behind its block."""
        self.grow(lambda: len(self.starts) <= position)
        at = min(int(position), len(self.starts) - 1)
        begin, end = self.block(at)
        self.grow(lambda: len(self.lines) < end + beyond)
        return begin + (round((position - at) * (end - begin)) if at == int(position) else 0)

    def pictures(self, within: range) -> Iterator[tuple[int, int]]:
        """Yield the pictures whose lines are all within these: first line, number of the link."""
        for at in range(within.start, min(within.stop, len(self.lines))):
            style = self.lines[at][0][1] if self.lines[at] else ""
            if style.startswith(PICTURE):
                _, number, row = style.split(" ")
                if row == "0" and at + self._sheet.pictures[int(number)].rows <= within.stop:
                    yield at, int(number)

    def _wrapped(self) -> Iterator[tuple[int, list[Line]]]:
        """Yield head, blocks and links as lines, each with its number."""
        sheet, width = self._sheet, self._width
        assert sheet.article is not None
        yield 0, light(list(head(sheet.article, sheet.place, width, self._now)), sheet.lights)
        from termnews.render import gap, pictured, wrap  # with the first article

        before: Block | None = None
        blocks = sheet.document.blocks if sheet.document is not None else ()
        for at, block in enumerate(blocks, 1):
            lines = light(wrap(block, width), sheet.lights)
            if sheet.pictures and (number := pictured(block)) in sheet.pictures:
                lines = [*_hung(number, sheet.pictures[number]), *lines]
            yield at, [()] * gap(before, block) + lines
            before = block
        behind = len(blocks) + 1
        links = sheet.document.links if sheet.document is not None else ()
        if links:
            yield behind, list(self._listed(links))
        yield behind + 1, [()] * (1 + sheet.foot)

    def _listed(self, links: Sequence[Link]) -> Iterator[Line]:
        yield ()
        yield (("─" * self._width, "rule"),)
        for link in links:
            number = f"[{link.number}] "
            url = cut(headline_text(link.url), self._width - len(number))
            yield ((number, f"number @{link.number}"), (url, f"meta @{link.number}"))


def _hung(number: int, picture: Hung) -> Iterator[Line]:
    """Yield the lines of a picture; their letters are blanks, where nothing is found or lit."""
    blank = " " * picture.columns
    for row in range(picture.rows):
        yield ((blank, f"{PICTURE} {number} {row}"),)
