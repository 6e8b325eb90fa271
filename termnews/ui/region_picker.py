"""Choose regions: the tree with counts, found by any name in any language, a code or a main town.

It must never count or filter: it is given counts and answers with codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from termnews import regions
from termnews.models import Count, Region, RegionCount
from termnews.ui.cells import fit
from termnews.ui.chooser import Chooser

_NAME = 32  # cells for name and indent
_MOST = 12  # places found that are shown: with all around them they fill a screen


class RegionPicker(Chooser[tuple[str, ...]]):
    """Answers with the codes chosen; an empty tuple stands for everywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete", "clear", show=False, priority=True),
        Binding("right", "fold(False)", show=False, priority=True),
        Binding("left", "fold(True)", show=False, priority=True),
    ]
    TITLE_LINE = "Where?  Type to find, or walk the tree"
    ON_SPACE = True
    KEYS_LINE = "→ open  ← close  Space add  Enter show  Del everywhere  Esc keep"
    PLACEHOLDER = "Душанбе, GBAO, muc, Central Asia, TJ …"

    def __init__(self, counts: Sequence[RegionCount], chosen: Sequence[str] = (), lang: str = "en") -> None:
        """Offer the places of the world; those with articles at once, all others when one types.

        Args:
            counts: The tree of places that articles are about.
            chosen: Codes shown now.
            lang: Language of the names.
        """
        super().__init__()
        self._counts = {each.region.code: each.count for each in counts}
        self._tree = [(each.region, each.depth) for each in counts]
        self._chosen = dict.fromkeys(chosen)
        self._open = {code for each in chosen for code in regions.ancestors(each)}
        self._lang = lang
        self._shown: list[tuple[Region, int]] = []
        self._text = ""

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
            if all(
                code in self._open
                for code in regions.ancestors(region.code)
                if code in self._counts and code != "001"
            )
        ]
        self._draw(keep)

    def _draw(self, keep: str | None) -> None:
        codes = [region.code for region, _ in self._shown]
        cursor = codes.index(keep) if keep in codes else 0
        self.rows.show([self._row(region, depth) for region, depth in self._shown], cursor=cursor)
        if self._chosen:
            names = " · ".join(regions.name(code, self._lang) for code in self._chosen)
            self.say(f"chosen: {names}   Space add  Enter show  Del everywhere")
        else:
            self.say(self.KEYS_LINE)

    def _row(self, region: Region, depth: int) -> tuple[tuple[str, str], ...]:
        count = self._counts.get(region.code, Count())
        box = "[x]" if region.code in self._chosen else "[ ]"
        name = fit(f"{'  ' * depth}{self._sign(region.code)} {box} {region.name}", _NAME)
        look = "text" if count.total else "dim"
        return (
            (f" {name} ", "mark" if region.code in self._chosen else look),
            (region.code, "dim"),
            (f"{count.unread:>6,}", "count"),
            (f"{count.total:>7,}", "count"),
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

    def add(self) -> None:
        """Choose the place under the cursor as well, or no longer."""
        if (code := self._here) is not None:
            if code in self._chosen:
                del self._chosen[code]
            else:
                self._chosen[code] = None
            self._draw(code)

    def action_clear(self) -> None:
        """Answer with everywhere."""
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
            code = next((each for each in regions.ancestors(code) if each in self._counts), code)
        self._lay_out(code)

    def answer(self, row: int) -> tuple[str, ...]:
        """Return the places chosen, or the one under the cursor when none was."""
        return tuple(self._chosen) or (self._shown[row][0].code,)
