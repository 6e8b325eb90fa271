"""The views that were left, to come back to as they stood: rows, cursor and scroll position.

It must never write anything: a view is no state of an article, and the trail ends with the program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from termnews.ui.listing import Listing, Memory
from termnews.ui.view import title
from termnews.wording import tr

MOST: Final = 50
"""Views kept."""
MOST_ROWS: Final = 1_000_000
"""Rows kept of all these views together, 4 MB; of views beyond only those about the cursor are."""


class Trail:
    """The way through the views, back and forth."""

    def __init__(
        self, listing: Listing, shown: Callable[[], None], say: Callable[[str], None]
    ) -> None:  # fmt: skip
        """Begin with no view left.

        Args:
            listing: shows the views.
            shown: called when a view is shown again.
            say: shows one sentence.
        """
        self._listing, self._shown, self._say = listing, shown, say
        self._behind: list[Memory] = []
        self._ahead: list[Memory] = []

    def leave(self, memory: Memory) -> None:
        """Keep a view that another one took the place of; it ends what could be gone to again."""
        # The same rows are kept once: of large caches, all views of what nobody has read yet.
        same = next((each.ids for each in self._behind if each.ids == memory.ids), memory.ids)
        self._behind.append(replace(memory, ids=same))
        self._ahead.clear()
        del self._behind[:-MOST]
        self._shorten()

    def _shorten(self) -> None:
        """Keep of the views left long ago no more rows than there is room for."""
        room, kept = MOST_ROWS, set[int]()
        for at in range(len(self._behind) - 1, -1, -1):
            each = self._behind[at]
            more = len(each.ids) if each.whole and id(each.ids) not in kept else 0
            if more > room:
                self._behind[at] = each.abridged()
                continue
            room -= more
            kept.add(id(each.ids))

    def drop(self) -> None:
        """Forget the view left last."""
        del self._behind[-1:]

    @property
    def length(self) -> int:
        """Views that can be gone back to."""
        return len(self._behind)

    def back(self) -> None:
        """Show the view before as it stood."""
        self._turn(self._behind, self._ahead)

    def again(self) -> None:
        """Show the view that was gone back from."""
        self._turn(self._ahead, self._behind)

    def _turn(self, source: list[Memory], target: list[Memory]) -> None:
        if not source:
            self._say(tr("Nothing to undo."))
            return
        target.append(self._listing.memory())
        memory = source.pop()
        self._listing.restore(memory)
        self._shown()
        self._say(tr("Back in {view}.", view=title(memory.asked)))
