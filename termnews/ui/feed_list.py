"""The widgets of the feeds screen: the line of figures, the list with its heads, the story of one feed.

They must never change a feed or ask for one: the screen tells them what to draw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from termnews.models import Feed
from termnews.ui.bars import Hint
from termnews.ui.cells import cut, stands_alone, wrap
from termnews.ui.feed_health import Kind
from termnews.ui.feed_rows import Row, cells, head, row
from termnews.ui.geometry import Breaks
from termnews.ui.line_list import LineList
from termnews.ui.trouble import failing
from termnews.wording import tr, trn

_SIGN: Final = 3
"""Cells for the sign and what stands round it."""
_MEASURE: Final = 72
"""Cells in which sentences are broken: longer lines are hard to read."""
_ROOMY: Final = 6
"""Lines of a story from which on its feed is named above it in any case."""
_LOOKS: Final[dict[Kind, str]] = {
    "trouble": "feed--trouble", "paused": "feed--dim", "asking": "feed--asking", "new": "feed--dim",
    "well": "feed--well",
}  # fmt: skip


class FeedList(LineList[Row]):
    """One row a feed; a thousand of them cost what is seen of them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "feed--name", "feed--dim", "feed--trouble", "feed--asking", "feed--well",
    }  # fmt: skip

    def __init__(self, clock: Callable[[], datetime], *, id: str) -> None:
        """Make an empty list; the clock tells how old a fetch is."""
        super().__init__(id=id)
        self.feeds: Sequence[Feed] = ()
        self._asking: frozenset[int] = frozenset()
        self._clock = clock

    @property
    def lit(self) -> bool:
        """Always: its keys move it also while one types to find."""
        return True

    @property
    def feed(self) -> Feed | None:
        """The feed under the cursor; None when there is none."""
        return self.feeds[self.cursor] if self.feeds else None

    def show(self, feeds: Sequence[Feed], breaks: Breaks, asking: frozenset[int]) -> None:
        """Show these feeds; the cursor stays on its feed, else on its row.

        Args:
            feeds: in their order.
            breaks: their headings.
            asking: numbers of those that are being asked now.
        """
        here, self.feeds, self._asking = self.feed, feeds, asking
        places = [at for at, each in enumerate(feeds) if here is not None and each.id == here.id]
        self.set_rows(len(feeds), cursor=next(iter(places), self.cursor), breaks=breaks)
        self.show_cursor()

    def page(self, start: int, stop: int) -> Sequence[Row]:
        """Put the rows of a page into words."""
        now = self._clock()
        return [row(each, now, asking=each.id in self._asking) for each in self.feeds[start:stop]]

    def render_row(self, i: int, line: int, width: int, selected: bool, focused: bool) -> Strip:
        """Draw a feed: sign, name, columns; a name that may push what follows it stands last."""
        said = self.row(i)
        if said is None:
            return Strip.blank(width)
        state_look, dim = self.look(_LOOKS[said.state.kind]), self.look("feed--dim")
        name, folder, state, figures = cells(said, width - _SIGN)
        name_part = Segment(name, self.look("feed--name"))
        rest = [
            Segment(folder, dim),
            Segment(state, dim if said.state.kind == "well" else state_look),
            Segment(figures, dim),
        ]
        parts = [*rest, Segment("  "), name_part] if stands_alone(said.name) else [name_part, *rest]
        return Strip([Segment(f" {said.state.sign} ", state_look), *parts]).crop(0, width)


class FeedFigures(Widget):
    """Where one is, and how the feeds fare in figures."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bar--name",
        "bar--chip",
        "bar--figure",
        "bar--dim",
        "bar--trouble",
    }

    def __init__(self, *, id: str) -> None:
        """Start with no figures."""
        super().__init__(id=id)
        self._figures: Sequence[tuple[int, str, str]] = ()

    def show(self, feeds: Sequence[Feed], shown: int) -> None:
        """Count these feeds; `shown`: how many of them the list shows."""
        trouble, paused = sum(map(failing, feeds)), sum(each.subscription.paused for each in feeds)
        figures = [(len(feeds), trn("feed", "feeds", len(feeds)), "figure")]
        if shown != len(feeds):
            figures.append((shown, tr("shown"), "figure"))
        figures += [(trouble, tr("failing"), "trouble")] if trouble else []
        figures += [(paused, tr("paused"), "figure")] if paused else []
        self._figures = figures
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        dim = self._look("dim")
        left = [
            Segment(" termnews ", self._look("name")),
            Segment(" "),
            Segment(f" {tr('Feeds')} ", self._look("chip")),
        ]
        right: list[Segment] = []
        for figure, word, look in self._figures:
            right += [Segment(f"{figure}", self._look(look)), Segment(f" {word}   ", dim)]
        gap = self.size.width + 2 - sum(each.cell_length for each in (*left, *right))
        strip = Strip([*left, Segment(" " * max(1, gap)), *right])
        return strip.adjust_cell_length(self.size.width).apply_style(self.rich_style)

    def _look(self, part: str) -> Style:
        return self.get_component_rich_style(f"bar--{part}", partial=True)


class FeedHeads(Widget):
    """The words above the columns."""

    def render_line(self, y: int) -> Strip:
        """Draw them as wide as the rows of the list below."""
        width = self.size.width - 2  # the cursor bar of the list, and its scrollbar
        text = " " * (_SIGN + 1) + "".join(cells(head(), width - _SIGN))
        return Strip([Segment(text)]).adjust_cell_length(self.size.width).apply_style(self.rich_style)


class FeedStory(Widget):
    """What happened to a feed, since when, what is done about it, and what one can do."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "story--name", "story--address", "story--text", "story--key", "story--rule",
    }  # fmt: skip

    def __init__(self, *, id: str) -> None:
        """Start with nothing to tell."""
        super().__init__(id=id)
        self._name, self._address = "", ""
        self._sentences: Sequence[str] = ()
        self._hints: Sequence[Hint] = ()

    def show(self, name: str, address: str, sentences: Sequence[str], hints: Sequence[Hint]) -> None:
        """Tell of another feed; every text must be safe to show."""
        self._name, self._address, self._sentences, self._hints = name, address, sentences, hints
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line: the rule, the feed, the sentences, the keys at the foot."""
        width = self.size.width
        lines = self._fitting(max(1, min(_MEASURE, width - 3)), self.size.height - 1)
        if y == 0:
            segments = [Segment("─" * width, self._look("rule"))]
        else:
            segments = [Segment("  "), *lines[y - 1]] if y <= len(lines) else []
        return Strip(segments).adjust_cell_length(width).apply_style(self.rich_style)

    def _fitting(self, width: int, room: int) -> list[list[Segment]]:
        """Return as many lines as there is room for; the keys are of more use than the end of the story."""
        lines = self._lines(width)
        if len(lines) <= room:
            return lines
        if self._name and room < _ROOMY:
            del lines[0]  # the list says the name too
        kept, keys = lines[: max(1, room - 1)], lines[-1]
        if len(kept) + 1 < len(lines):
            kept[-1] = [Segment(cut(f"{kept[-1][0].text} …", width), kept[-1][0].style)]
        return [*kept, keys]

    def _lines(self, width: int) -> list[list[Segment]]:
        text = self._look("text")
        told = [[Segment(row, text)] for each in self._sentences for row in wrap(each, width, 4)]
        keys: list[Segment] = []
        for key, word in self._hints:
            keys += [Segment(key, self._look("key")), Segment(f" {word}   ", text)]
        if not self._name:
            return [*told, keys]
        name = cut(self._name, max(8, width * 2 // 3))
        where = cut(self._address, max(0, width - 2 - Segment(name).cell_length))
        return [
            [Segment(name, self._look("name")), Segment(f"  {where}", self._look("address"))],
            *told,
            keys,
        ]

    def _look(self, part: str) -> Style:
        return self.get_component_rich_style(f"story--{part}", partial=True)
