"""Choose regions: the tree with counts, found by any name in any language, a code or a main town.

It must never count or filter: it is given counts and answers with codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from termnews import regions
from termnews.models import Count, Region, RegionCount
from termnews.ui.cells import cut, fit
from termnews.ui.chooser import Chooser
from termnews.ui.geometry import Break
from termnews.wording import mark, spoken, tr

_NAME = 32  # cells for name and indent, where there is room
_BESIDE = 28  # cells for what stands beside them: a code, two figures and the gaps
_CHOSEN = 60  # cells for the names of places chosen
_FIGURES = mark("\tunread     all")
_TYPED_IN = ("ru", "tg", "fa", "uk")  # languages whose names are looked at while one types
_MOST = 12  # places found that are shown: with all around them they fill a screen


class RegionPicker(Chooser[tuple[str, ...]]):
    """Answers with the codes chosen; an empty tuple stands for what the Delete key is said to mean."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete", "clear", show=False, priority=True),
        Binding("right", "fold(False)", show=False, priority=True),
        Binding("left", "fold(True)", show=False, priority=True),
    ]
    TITLE_LINE = mark("Where?  Type to find, or walk the tree")
    PLACEHOLDER = "Душанбе, GBAO, muc, Central Asia, TJ …"

    def __init__(
        self,
        counts: Sequence[RegionCount],
        chosen: Sequence[str] = (),
        *,
        counted: bool = True,
        title: str = "",
        nothing: str = mark("everywhere"),
        several: bool = True,
    ) -> None:
        """Offer the places of the world; those with articles at once, all others when one types.

        Args:
            counts: The tree of places that articles are about.
            chosen: Codes chosen already.
            counted: Whether the figures of the tree are the ones to show; if not, `take` brings them.
            title: What is asked, if not which regions to show.
            nothing: What the Delete key chooses; empty: it chooses nothing.
            several: Whether more than one place can be chosen.
        """
        super().__init__()
        self._title, self._nothing, self._several, self._lang = title, nothing, several, spoken()
        self._chosen = dict.fromkeys(chosen if several else ())
        self._open = {code for each in chosen for code in regions.ancestors(each)}
        self._shown: list[tuple[Region, int]] = []
        self._text = ""
        self._counts: dict[str, Count] | None = None
        self._tree: list[tuple[Region, int]] = []
        self._plant(counts)
        if not counted:
            self._counts = None

    def _plant(self, counts: Sequence[RegionCount]) -> None:
        """Take the figures, and what has articles or is chosen as the tree."""
        self._counts = {each.region.code: each.count for each in counts}
        self._tree = list(regions.tree([*self._counts, *self._chosen], self._lang))

    def on_mount(self) -> None:
        """Ask what is to be asked."""
        super().on_mount()
        if self._title:
            self.query_one("#chooser-title", Static).update(Content(self._title))

    def on_resize(self) -> None:
        """Give the names as many cells as there are."""
        self._draw(self._here)

    def take(self, counts: Sequence[RegionCount]) -> None:
        """Show these figures; the cursor stays on its place."""
        if self not in self.app.screen_stack:
            return
        here = self._here
        self._plant(counts)
        if self._text:
            self._draw(here)
        else:
            self._lay_out(here)

    def narrow(self, text: str) -> None:
        """Show the places found with all around them; the cursor goes to the best of them."""
        self._text = text
        if not text:
            self._lay_out(next(iter(self._chosen), None))
            return
        found = regions.search(text, self._lang)[:_MOST]
        self._shown = list(regions.tree((each.code for each in found), self._lang))
        self._draw(found[0].code if found else None)

    def _lay_out(self, keep: str | None) -> None:
        """Show the tree as far as it is unfolded."""
        self._shown = [
            (region, depth)
            for region, depth in self._tree
            if all(code in self._open for code in regions.ancestors(region.code) if code != regions.WORLD)
        ]
        self._draw(keep)

    def _draw(self, keep: str | None) -> None:
        codes = [region.code for region, _ in self._shown]
        cursor = codes.index(keep) if keep in codes else 0
        rows = [self._row(region, depth) for region, depth in self._shown]
        self.rows.show(rows, cursor=cursor, breaks=[Break(0, (tr(_FIGURES),))])
        chosen = " · ".join(regions.name(code, self._lang) for code in self._chosen)
        add = tr("Space add") + "  " if self._several else ""
        clear = f"  Del {tr(self._nothing)}" if self._nothing else ""
        keys = tr("→ open  ← close  {add}Enter choose{clear}  Esc keep", add=add, clear=clear)
        self.say(tr("chosen: {places}", places=cut(chosen, _CHOSEN)) + f"\n{keys}" if chosen else keys)

    def _row(self, region: Region, depth: int) -> tuple[tuple[str, str], ...]:
        chosen = region.code in self._chosen
        box = ("[x] " if chosen else "[ ] ") if self._several else ""
        room = min(_NAME, self.rows.size.width - _BESIDE) if self.rows.size.width else _NAME
        name = fit(f"{'  ' * depth}{self._sign(region.code)} {box}{region.name}", room)
        if self._counts is None:
            figures, look = ("…", "…"), "text"
        else:
            count = self._counts.get(region.code, Count())
            figures, look = (f"{count.unread:,}", f"{count.total:,}"), "text" if count.total else "dim"
        return (
            (f" {name} ", "mark" if chosen else look),
            (region.code, "dim"),
            (f"{figures[0]:>6}", "count"),
            (f"{figures[1]:>7}", "count"),
        )

    def _sign(self, code: str) -> str:
        inside = any(
            region.code != code and code in regions.ancestors(region.code) for region, _ in self._tree
        )
        if not inside or self._text:
            return " "
        return "▾" if code in self._open else "▸"

    @property
    def _here(self) -> str | None:
        return self._shown[self.rows.cursor][0].code if self._shown else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the arrows to the input while there is text to move in."""
        return not (action == "fold" and self.query_one(Input).value)

    def takes_space(self) -> bool:
        """Whether the space bar chooses: not where it goes on with the name of a place ("new york")."""
        if not self._several:
            return False
        typed = self._text.casefold()
        if not typed or regions.find(typed) == self._here:
            return True
        langs = (self._lang,) if typed.isascii() else _TYPED_IN
        names = (regions.name(region.code, lang) for region, _ in self._shown for lang in langs)
        return not any(each.casefold().startswith(f"{typed} ") for each in names)

    def add(self) -> None:
        """Choose the place under the cursor as well, or no longer."""
        if (code := self._here) is not None:
            if code in self._chosen:
                del self._chosen[code]
            else:
                self._chosen[code] = None
            self._draw(code)

    def action_clear(self) -> None:
        """Answer with no place."""
        if self._nothing:
            self.dismiss(())

    def action_fold(self, shut: bool) -> None:
        """Fold or unfold the place under the cursor; folding what is folded goes to the place around it."""
        code = self._here
        if code is None:
            return
        if not shut:
            self._open.add(code)
        elif code in self._open:
            self._open.discard(code)
        else:
            code = next((each for each in regions.ancestors(code) if each != regions.WORLD), code)
        self._lay_out(code)

    def answer(self, row: int) -> tuple[str, ...]:
        """Return the places chosen, or the one under the cursor when none was."""
        return tuple(self._chosen) or (self._shown[row][0].code,)
