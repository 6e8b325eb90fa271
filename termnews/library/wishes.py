"""Full texts asked for without network: articles and searches, kept over restarts until there is one.

It must never fetch, nor drop a wish that was not tried.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from termnews.store.upkeep import Upkeep

_KEPT: Final = "full texts wished"
"""Name they are remembered under, as JSON."""

Wish = int | str
"""The number of an article, or a search line."""


class Wishes:
    """The wishes of one cache."""

    def __init__(self, upkeep: Upkeep) -> None:
        self._upkeep = upkeep

    def all(self) -> list[Wish]:
        """Return them in the order they were made; what cannot be read is none."""
        try:
            kept = json.loads(self._upkeep.recall(_KEPT) or "[]")
        except ValueError:
            return []
        return [each for each in kept if isinstance(each, int | str)] if isinstance(kept, list) else []

    def add(self, wish: Wish) -> None:
        """Keep one more; StoreError where it cannot be written."""
        kept = self.all()
        if wish not in kept:
            self._keep([*kept, wish])

    def drop(self, wishes: Iterable[Wish]) -> None:
        """Forget these: they were tried, or are not wanted any more."""
        gone, kept = list(wishes), self.all()
        left = [each for each in kept if each not in gone]
        if left != kept:
            self._keep(left)

    def _keep(self, wishes: list[Wish]) -> None:
        self._upkeep.remember(_KEPT, json.dumps(wishes, ensure_ascii=False))
