"""The garbage collector, kept from running while termnews starts and while keys come.

It must never be told what to collect. A full collection looks at everything Textual and the lists
hold, 70 to 290 ms as measured while `j` was pressed: by far the longest a key ever waited.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

EVERY: Final = 1.0
"""Seconds between two looks at whether it is quiet."""
QUIET: Final = 2.0
"""Seconds without a key after which a collection is in nobody's way."""
AT_LAST: Final = 60.0
"""Seconds of keys without a pause after which it is due all the same."""
_NEVER: Final = 1_000_000


@contextmanager
def held() -> Iterator[None]:
    """Collect nothing until a screen stands: what a start makes stays, and looking at it took a tenth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Garbage:
    """Collects in the quiet moments of one screen."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Do nothing yet; the clock tells seconds and is never set back."""
        self._clock = clock
        self._before = gc.get_threshold()
        self._key = self._collected = clock()
        self._frozen = False

    def start(self) -> None:
        """Let only what comes from now on be collected by itself, and that while it is young."""
        self._before = gc.get_threshold()
        gc.freeze()  # or the first collection would go through all that the start made
        gc.set_threshold(*self._before[:2], _NEVER)
        gc.enable()
        self._key = self._clock()

    def key(self) -> None:
        """Take in that a key came."""
        self._key = self._clock()

    def look(self) -> bool:
        """Collect if anything came since the last time and it is quiet; return whether it was done."""
        now = self._clock()
        if self._frozen and self._key <= self._collected:
            return False
        if now - self._key < QUIET and now - self._collected < AT_LAST:
            return False
        if not self._frozen:  # what is there from the start stays to the end: it is looked at this once
            gc.unfreeze()
        gc.collect()
        if not self._frozen:
            gc.freeze()
            self._frozen = True
        self._collected = self._clock()
        return True

    def stop(self) -> None:
        """Leave the collector as it was."""
        gc.set_threshold(*self._before)
        gc.unfreeze()
