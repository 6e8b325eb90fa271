"""How far long work is, as one line on a terminal that is drawn over.

It must never write where nobody looks: stderr that is no terminal gets nothing.
"""

from __future__ import annotations

import sys
from typing import Final

_CELLS: Final = 24


class Bar:
    """A line on stderr, cleared before anything else is said."""

    def __init__(self, *, wanted: bool = True) -> None:
        """Begin with nothing drawn; where it is not wanted, or stderr is no terminal, nothing ever is."""
        self._shown = wanted and sys.stderr.isatty()

    def show(self, done: int, of: int) -> None:
        """Draw that so many are done."""
        if self._shown:
            full = _CELLS * done // max(of, 1)
            line = f"\r{'━' * full}{'╌' * (_CELLS - full)} {done}/{of}"
            print(line, end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
