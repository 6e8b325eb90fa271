"""How wide sidebar and list are, as the user pulled them: one set of widths for each width of the terminal.

It must never decide what is shown: a pane that is hidden keeps its width. Where the user pulled nothing,
termnews.tcss says how wide the panes are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from textual.screen import Screen
from textual.widget import Widget

from termnews.ui.sidebar import Sidebar
from termnews.wording import tr

LEAST: Final[Mapping[str, int]] = {"sidebar": 14, "list": 26, "article": 30}
"""Columns a pane keeps whatever the others take."""

Pane = Literal["sidebar", "list"]


class Widths:
    """The widths of a screen's panes."""

    def __init__(self, screen: Screen[None]) -> None:
        """Find the panes; nothing is pulled yet."""
        self._screen = screen
        self._sidebar, self._middle = screen.query_one(Sidebar), screen.query_one("#middle", Widget)
        self.kept: dict[str, int] = {}
        """Widths the user pulled, by width of the terminal and pane: "middle list" → cells."""

    def keep(self, kept: Mapping[str, int]) -> None:
        """Take the widths kept from the last time; names that mean nothing are dropped."""
        self.kept.update({name: cells for name, cells in kept.items() if name in _NAMES})
        self.apply()

    def _name(self, pane: Pane) -> str:
        return f"{self._class} {pane}"

    @property
    def _class(self) -> str:
        """How wide the terminal is: narrow, middle or wide."""
        # The class of the screen follows only after this is asked for.
        steps = self._screen.HORIZONTAL_BREAKPOINTS or []
        fitting = [name for least, name in steps if least <= self._screen.size.width]
        return fitting[-1].removeprefix("-") if fitting else "narrow"

    def _now(self, pane: Pane) -> int:
        """Return how wide a pane is; what was pulled counts before it is drawn."""
        widget = self._sidebar if pane == "sidebar" else self._middle
        width = widget.styles.inline.width
        return int(width.value) if width is not None else widget.region.width

    def apply(self) -> None:
        """Lay the panes out anew, as wide as the terminal allows."""
        panes: tuple[tuple[Pane, Widget], ...] = (("sidebar", self._sidebar), ("list", self._middle))
        for pane, widget in panes:
            cells = self.kept.get(self._name(pane))
            if cells is None:
                widget.styles.clear_rule("width")
            else:
                widget.styles.width = self._fitting(pane, cells)

    def _fitting(self, pane: Pane, cells: int) -> int:
        """Return the width a pane can have beside the others."""
        width = self._screen.size.width
        if self._class == "narrow":
            room = width - LEAST["sidebar"]
        elif pane == "sidebar":
            room = width - LEAST["article"] - max(LEAST["list"], min(self._now("list"), width // 2))
        else:
            room = width - LEAST["article"] - (self._now("sidebar") if self._sidebar.is_on_screen else 0)
        return max(LEAST[pane], min(cells, room))

    def set(self, pane: Pane, cells: int) -> bool:
        """Make a pane so wide, as far as it can be; return whether its width is another one now."""
        name = self._name(pane)
        if name not in _NAMES:
            return False
        now = self._fitting(pane, cells)
        if now == self._now(pane):
            return False
        self.kept[name] = now
        self.apply()
        return True

    def change(self, focus: str, cells: int) -> str:
        """Make the pane with the keys wider, or narrower; return what there is to say.

        Args:
            focus: the pane that has the keys; the article gives to the list and takes from it.
            cells: how much wider; less than nothing for narrower.
        """
        pane: Pane = "sidebar" if focus == "sidebar" else "list"
        if self._name(pane) not in _NAMES or not self._middle.is_on_screen:
            return tr("There is but one pane here.")
        changed = self.set(pane, self._now(pane) + (-cells if focus == "article" else cells))
        return "" if changed else tr("The panes have no more room to give.")


_NAMES: Final = frozenset({"narrow sidebar", "middle sidebar", "middle list", "wide sidebar", "wide list"})
