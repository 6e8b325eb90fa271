"""The sidebar: saved and ready-made views, the tree of regions, and the feeds, with their unread counts.

It must never ask the library: it is given an `Outline` and says what was chosen as a query change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.strip import Strip

from termnews.ui.cells import cut, headline_text
from termnews.ui.geometry import Break
from termnews.ui.keymap import bound
from termnews.ui.line_list import LineList
from termnews.ui.spoken import listed
from termnews.ui.trouble import failing
from termnews.wording import mark, tr

if TYPE_CHECKING:
    from termnews.models import Feed, RegionCount

NO_PLACE: Final = "none"
"""Value of `region:` for articles about no place."""
_OPEN: Final = "▾"
_SHUT: Final = "▸"
_FAILING: Final = "!"
_PAUSED: Final = "·"
_SAID: Final = {_FAILING: mark("failing"), _PAUSED: mark("paused")}

Kind = Literal["view", "region", "folder", "feed"]


@dataclass(frozen=True, slots=True)
class ViewCount:
    """A ready-made or saved view."""

    name: str
    """Its name."""
    line: str
    """Its search line."""
    glyph: str
    """One cell that stands before it."""
    count: int = 0
    """The figure to show after it."""
    total: int | None = None
    """All articles of a saved view; None: it is another view, or counting them takes too long."""
    saved: bool = False
    """Whether the user saved it, and so may rename it and take it out."""


@dataclass(frozen=True, slots=True)
class Outline:
    """All the sidebar shows."""

    views: tuple[ViewCount, ...] = ()
    """Views, in order."""
    regions: tuple[RegionCount, ...] = ()
    """The tree, each region before those in it."""
    placeless: int = 0
    """Unread articles about no place."""
    feeds: tuple[Feed, ...] = ()
    """The followed feeds, in the user's order."""


@dataclass(frozen=True, slots=True)
class SideRow:
    """One row that can be chosen."""

    kind: Kind
    """What it stands for."""
    value: str
    """Search line of a view, code of a region, or name of a folder or feed."""
    label: str
    """What is written."""
    count: int
    """Unread articles; for some views another figure."""
    depth: int = 0
    """Steps to indent."""
    glyph: str = " "
    """One cell before the label."""
    opens: bool = False
    """Whether there is something in it to unfold."""
    saved: str = ""
    """Name of the saved view, as written; empty: it is none."""
    total: int | None = None
    """All articles, where they are shown beside the unread ones."""

    @property
    def key(self) -> tuple[Kind, str]:
        """What it is known by."""
        return self.kind, self.value


@dataclass(slots=True)
class Folding:
    """What is unfolded; places in the tree start folded, folders unfolded."""

    unfolded: set[str] = field(default_factory=set)
    """Region codes."""
    folded: set[str] = field(default_factory=set)
    """Folder names."""

    def turn(self, row: SideRow) -> None:
        """Unfold what is folded and fold what is not."""
        (self.unfolded if row.kind == "region" else self.folded).symmetric_difference_update({row.value})

    def is_open(self, row: SideRow) -> bool:
        """Whether what is in the row is shown."""
        if row.kind == "region":
            return row.value in self.unfolded
        return row.opens and row.value not in self.folded


class Sidebar(LineList[SideRow]):
    """Views, regions and feeds to choose from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(bound(("l", "right")), "unfold", id="right", show=False),
        Binding(bound(("h", "left")), "fold", id="left", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "side--glyph", "side--arrow", "side--text", "side--empty", "side--current", "side--count",
        "side--trouble",
    }  # fmt: skip
    CLICK_CHOOSES = True

    def __init__(self, *, id: str, words: bool = False) -> None:
        """Make an empty sidebar; `words` says marks in words."""
        super().__init__(id=id)
        self._words = words
        self._outline = Outline()
        self._rows: list[SideRow] = []
        self._current: frozenset[tuple[Kind, str]] = frozenset()
        self.folding = Folding()

    def show(self, outline: Outline) -> None:
        """Show other counts; the cursor stays on its row."""
        self._outline = outline
        self._lay_out(self._rows[self.cursor].key if self._rows else None)

    def set_current(self, keys: frozenset[tuple[Kind, str]]) -> None:
        """Mark the rows the view on the screen stands for, and put the resting cursor on one of them."""
        turned, self._current = keys ^ self._current, keys
        rows = [(at, row.key) for at, row in enumerate(self._rows)]
        for at, key in rows:
            if key in turned:
                self.row_changed(at)
        if not self.has_focus:
            chosen = [at for at, key in rows if key in keys]
            if chosen:
                self.move_to(chosen[-1], tell=False)

    def _lay_out(self, keep: tuple[Kind, str] | None) -> None:
        groups = (list(views(self._outline)), list(places(self._outline, self.folding)),
                  list(feeds(self._outline, self.folding)))  # fmt: skip
        self._rows = [row for group in groups for row in group]
        breaks = [Break(0, ("",))]
        for label, start in ((tr("WORLD"), len(groups[0])), (tr("FEEDS"), len(groups[0]) + len(groups[1]))):
            if start < len(self._rows):
                breaks.append(Break(start, ("", label)))
        cursor = next((at for at, row in enumerate(self._rows) if row.key == keep), self.cursor)
        self.set_rows(len(self._rows), cursor=cursor, breaks=breaks)

    @property
    def regions(self) -> tuple[RegionCount, ...]:
        """The tree of places with their counts, as last counted."""
        return self._outline.regions

    @property
    def saved(self) -> SideRow | None:
        """The saved view under the cursor of a sidebar that has the keys; None when there is none."""
        row = self._rows[self.cursor] if self.has_focus and self._rows else None
        return row if row is not None and row.saved else None

    def chosen(self, index: int) -> SideRow:
        """Return the row of this index."""
        return self._rows[index]

    def page(self, start: int, stop: int) -> Sequence[SideRow]:
        """Return rows at hand."""
        return self._rows[start:stop]

    def action_unfold(self) -> None:
        """Unfold the row; where there is nothing to unfold, the key means the pane to the right."""
        row = self.row(self.cursor)
        if row is None or not row.opens or self.folding.is_open(row):
            raise SkipAction
        self._turn(row)

    def action_fold(self) -> None:
        """Fold the row, or go to the row around it."""
        row = self.row(self.cursor)
        if row is None:
            raise SkipAction
        if row.opens and self.folding.is_open(row):
            self._turn(row)
            return
        around = [at for at in range(self.cursor) if self._rows[at].depth < row.depth]
        if not around:
            raise SkipAction
        self.move_to(around[-1])

    def _turn(self, row: SideRow) -> None:
        self.folding.turn(row)
        self._lay_out(row.key)

    def render_break(self, label: str, width: int) -> Strip:
        """Draw the heading of a section."""
        return Strip([Segment(f" {label}", self.look("row--label"))])

    def render_row(self, i: int, line: int, width: int, selected: bool, focused: bool) -> Strip:
        """Draw a row: sign, name, and at the right edge how many are unread."""
        row = self.row(i)
        if row is None:
            return Strip.blank(width)
        if self._words:
            said = f" {'  ' * row.depth}{self._said(row)}"
            return Strip([Segment(cut(said, width), self._label_look(row, selected))])
        glyph = (_OPEN if self.folding.is_open(row) else _SHUT) if row.opens else row.glyph
        count = _figures(row)
        room = width - 4 - 2 * row.depth - len(count)
        label = cut(row.label, max(1, room - 1))
        gap = " " * max(1, room - cell_len(label))
        sign = self.look(
            "side--trouble" if glyph == _FAILING else "side--arrow" if row.opens else "side--glyph"
        )
        return Strip(
            [
                Segment(" " + "  " * row.depth),
                Segment(f"{glyph} ", sign),
                Segment(label, self._label_look(row, selected)),
                Segment(gap),
                Segment(f"{count} ", self.look("side--count")),
            ]
        )

    def _said(self, row: SideRow) -> str:
        """Return a row in words."""
        fold = (tr("open") if self.folding.is_open(row) else tr("closed")) if row.opens else ""
        here = tr("on the screen") if row.key in self._current else ""
        return listed(row.label, tr(_SAID.get(row.glyph, "")), fold, here, _figures(row))

    def _label_look(self, row: SideRow, selected: bool) -> Style:
        if row.key in self._current:
            return self.look("side--current")
        if row.count:
            return self.look("side--text")
        # The faint tone of an empty row would be too faint on the ground of the selected one.
        return self.look("side--count" if selected else "side--empty")


def _figures(row: SideRow) -> str:
    """Return how many are unread, of a saved view of how many; empty where there are none."""
    if row.total:
        return f"{row.count}/{row.total}"
    return str(row.count) if row.count else ""


def views(outline: Outline) -> Iterator[SideRow]:
    """Return the rows of the views."""
    for view in outline.views:
        saved = view.name if view.saved else ""
        yield SideRow(
            *("view", view.line, headline_text(view.name), view.count),
            glyph=view.glyph, saved=saved, total=view.total,
        )  # fmt: skip


def places(outline: Outline, folding: Folding) -> Iterator[SideRow]:
    """Return the rows of the region tree that are not folded away."""
    tree = outline.regions
    hidden_below: int | None = None
    for at, each in enumerate(tree):
        if hidden_below is not None and each.depth > hidden_below:
            continue
        opens = at + 1 < len(tree) and tree[at + 1].depth > each.depth
        row = SideRow(
            "region", each.region.code, each.region.name, each.count.unread, each.depth, opens=opens
        )
        hidden_below = each.depth if opens and not folding.is_open(row) else None
        yield row
    if outline.placeless:
        yield SideRow("region", NO_PLACE, tr("No place"), outline.placeless)


def feeds(outline: Outline, folding: Folding) -> Iterator[SideRow]:
    """Return the rows of the feeds, those of a folder under it."""
    for folder, members in by_folder(outline.feeds).items():
        row = SideRow(
            "folder", folder, headline_text(folder), sum(feed.count.unread for feed in members), opens=True
        )
        if folder:
            yield row
        if not folder or folding.is_open(row):
            yield from (_feed_row(feed, 1 if folder else 0) for feed in members)


def _feed_row(feed: Feed, depth: int) -> SideRow:
    glyph = _FAILING if failing(feed) else _PAUSED if feed.subscription.paused else " "
    return SideRow("feed", feed.name, headline_text(feed.name), feed.count.unread, depth, glyph)


def by_folder(feeds: Sequence[Feed]) -> Mapping[str, list[Feed]]:
    """Return the feeds by folder in the order folders occur; feeds without one come last."""
    folders: dict[str, list[Feed]] = {}
    for feed in sorted(feeds, key=lambda each: not each.subscription.folder):
        folders.setdefault(feed.subscription.folder, []).append(feed)
    return folders
