"""Where articles were left: to the line, for the articles read last, over restarts.

It must never fail a start: what cannot be read is as good as nothing remembered.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from termnews.library import Library

KEY: Final = "positions"
"""Name the positions are remembered under."""
KEPT: Final = 500
"""Articles whose position is kept: those left last."""


class Positions:
    """Position by article; an article left at its top needs none."""

    def __init__(self, library: Library) -> None:
        """Recall what was remembered."""
        self._kept = _read(library.upkeep.recall(KEY) or "[]")

    def of(self, article: int) -> float:
        """Return where an article was left; 0: at its top, or never opened."""
        return self._kept.get(article, 0.0)

    def keep(self, article: int, position: float) -> bool:
        """Keep where an article is left now; return whether there is anything new to write."""
        before = self._kept.pop(article, 0.0)
        if position > 0:
            self._kept[article] = position  # last in the dict: the one left last
        if len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        return before != position

    def writing(self) -> Callable[[Library], None]:
        """Return what writes the positions as they are now; it raises StoreError where it cannot."""
        text = json.dumps([*self._kept.items()])
        return lambda library: library.upkeep.remember(KEY, text)


def _read(text: str) -> dict[int, float]:
    try:
        pairs = [(int(article), float(position)) for article, position in json.loads(text)][-KEPT:]
    except (ValueError, TypeError, OverflowError):
        return {}
    return {article: position for article, position in pairs if 0 < position < float("inf")}
