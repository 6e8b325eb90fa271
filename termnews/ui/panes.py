"""Which pane has the keys and the room: focus, layout, moving, the article beside or over the list.

It must never change state of articles or bring one: that is `Showing`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from textual.screen import Screen
from textual.widget import Widget

from termnews.ui.headlines import Headlines
from termnews.ui.showing import Showing
from termnews.ui.sidebar import Sidebar

_NARROW: Final = "-narrow"  # class of a screen where the list and the article do not stand side by side

_DRAWER: Final = "-sidebar-narrow"  # class of a narrow screen whose sidebar lies over the other panes

Focus = Literal["sidebar", "list", "article"]
Layout = Literal["sidebar", "peek", "alone"]


class Panes:
    """Sidebar, headlines, article and peek of a screen."""

    def __init__(self, screen: Screen[None], showing: Showing) -> None:
        """Find the panes on the screen.

        Args:
            screen: has a Sidebar and Headlines, and the classes of termnews.tcss.
            showing: fills the article pane and the peek.
        """
        self.headlines = screen.query_one(Headlines)
        self.sidebar = screen.query_one(Sidebar)
        self.article = showing.pane
        self.showing = showing
        self._screen = screen

    # --- focus and layout ------------------------------------------------------------------

    @property
    def focus(self) -> Focus:
        """The pane that has the keys."""
        focused = self._screen.focused
        if focused is self.sidebar:
            return "sidebar"
        return "article" if focused is self.article else "list"

    def _give(self, pane: Widget) -> None:
        """Give a pane the keys at once; `focus` does it later, and a key typed meanwhile goes astray."""
        self._screen.set_focus(pane)

    @property
    def alone(self) -> bool:
        """Whether the article has the whole screen."""
        return self._screen.has_class("-alone")

    @property
    def takes_sidebar(self) -> bool:
        """Whether the sidebar can be seen: not beside an article alone, but over one on a narrow screen."""
        return not self.alone or self._screen.has_class(_NARROW)

    def _visible(self, panes: Sequence[Widget]) -> list[Widget]:
        shown = self._screen.query_one("#middle").display
        return [pane for pane in panes if pane.display and (shown or pane is not self.headlines)]

    def _around(self) -> tuple[list[Widget], list[Widget]]:
        """Return the panes to be seen left and right of the one with the keys, the nearest first.

        The list has its place also where it is empty and a notice stands there.
        """
        panes: list[Widget] = [self.sidebar, self.headlines, self.article]
        focused = self._screen.focused
        at = panes.index(focused if focused in panes else self.headlines)
        return self._visible(panes[:at][::-1]), self._visible(panes[at + 1 :])

    def step(self, steps: int) -> None:
        """Give the keys to the pane to the right (1) or left (-1), if there is one."""
        left, right = self._around()
        focused = self._screen.focused
        if there := right if steps > 0 else left:
            self._give(there[0])
        elif steps > 0 and focused is self.headlines:
            self.read()
        elif steps > 0 and focused is self.sidebar:  # it lies over the list
            self.back()

    def cycle(self, steps: int) -> None:
        """Give the keys to the next pane, round and round."""
        left, right = self._around()
        if others := [*right, *reversed(left)] if steps > 0 else [*left, *reversed(right)]:
            self._give(others[0])

    def turn(self, layout: Layout) -> None:
        """Turn the sidebar, the peek or the article alone on or off."""
        if layout == "alone":
            self._set_alone(not self.alone)
            return
        narrow, had_keys = self._screen.has_class(_NARROW), self.focus == "sidebar"
        name = _DRAWER if layout == "sidebar" and narrow else f"-no-{layout}"
        self._screen.toggle_class(name)
        if layout == "sidebar" and narrow and self._screen.has_class(_DRAWER):
            self._give(self.sidebar)
        elif layout == "sidebar" and had_keys:
            self._give(self.article if self.alone else self.headlines)

    def _set_alone(self, alone: bool) -> None:
        self._screen.set_class(alone, "-alone")
        self._give(self.article if alone else self.headlines)

    def read(self) -> None:
        """Open the article under the cursor and give it the keys; it counts as read at once."""
        headline = self.headlines.headline
        if headline is None:
            return
        self.showing.show(headline)
        if self._screen.has_class(_NARROW):
            self._set_alone(True)
        self._give(self.article)
        self.showing.tell_seen(headline)

    def open_here(self) -> None:
        """Show the article under the cursor at once, which counts as reading it."""
        if (headline := self.headlines.headline) is not None:
            self.showing.show(headline)
            self.showing.tell_seen(headline)

    def look(self, alone: bool) -> None:
        """Bring the article under the cursor into sight, alone or beside the list."""
        if (headline := self.headlines.headline) is not None:
            self.showing.show(headline)
        self._screen.set_class(alone, "-alone")

    def page_article(self) -> bool:
        """Turn a page of the article, opening it first; return False at its end."""
        headline = self.headlines.headline
        if headline is None:
            return False
        narrow = self._screen.has_class(_NARROW)
        shown = self.showing.article
        if shown is None or shown.id != headline.id or (narrow and not self.alone):
            self.read()
            return True
        self.showing.tell_seen(headline)
        return self.article.page_down()

    def page_article_back(self) -> None:
        """Turn back a page of the article, as far as `page_article` turns on."""
        if self.article.is_on_screen:
            page = max(1, self.article.scrollable_content_region.height - 2)
            self.article.scroll_relative(y=-page, animate=False, force=True)

    def back(self) -> bool:
        """Go one step back towards the list; return whether there was one."""
        if self._screen.has_class(_DRAWER) and self.focus == "sidebar":
            self.turn("sidebar")
        elif self.alone:
            self._set_alone(False)
        elif self.focus != "list":
            self._give(self.headlines)
        else:
            return False
        return True

    def to_list(self) -> None:
        """Give the keys to the list, from wherever they are."""
        self._screen.remove_class("-alone", _DRAWER)
        self._give(self.headlines)

    # --- moving ----------------------------------------------------------------------------

    def move(self, rows: int) -> None:
        """Move the cursor of the list that has the keys, or scroll the article."""
        if self.focus == "article":
            self.article.scroll_relative(y=rows, animate=False)
        else:
            self._list().action_move(rows)

    def page(self, pages: int) -> None:
        """Move a page down (1) or up (-1)."""
        if self.focus == "article":
            self.article.scroll_relative(y=pages * self._page_height(), animate=False)
        else:
            self._list().action_turn(pages)

    def half_page(self, halves: int) -> None:
        """Scroll the article by half its height."""
        self.article.scroll_relative(y=halves * (self._page_height() // 2), animate=False)

    def _page_height(self) -> int:
        return max(1, self.article.scrollable_content_region.height - 1)

    def go(self, end: Literal[0, -1]) -> None:
        """Go to the beginning (0) or the end (-1)."""
        if self.focus == "article":
            self.article.scroll_to(y=self.article.max_scroll_y if end else 0, animate=False)
        else:
            self._list().action_go(end)

    def go_to(self, row: int) -> None:
        """Go to a row, counted from 0; in the article to that line."""
        if self.focus == "article":
            self.article.scroll_to(y=row, animate=False)
        else:
            shown = self._list()
            shown.action_move(row - shown.cursor)

    def _list(self) -> Headlines | Sidebar:
        return self.sidebar if self.focus == "sidebar" else self.headlines

    def turn_article(self, steps: int) -> None:
        """Go to the next or previous headline and, where an article is being read, open it."""
        self.headlines.action_move(steps)
        if self.focus == "article":
            self._screen.call_later(self.open_here)  # of several turned at once the last one only
