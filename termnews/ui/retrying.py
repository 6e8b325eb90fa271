"""A refresh tried again by itself while there is no network.

It must never ask a feed more often than a refresh may: it waits until the first of them is due again.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from termnews.ui.refreshing import Refreshing

LOOK: Final = 20.0
"""Seconds between two looks at the clock, which a computer that slept does not miss."""
_FALLBACK: Final = timedelta(minutes=5)


class Retrying:
    """Watches the clock from the moment the network is gone until it is back."""

    def __init__(
        self,
        refreshing: Refreshing,
        clock: Callable[[], datetime],
        after: Callable[[float, Callable[[], None]], object],
        changed: Callable[[], None],
    ) -> None:
        """Begin at rest.

        Args:
            refreshing: says whether there is a network, and refreshes.
            clock: tells the present moment, aware.
            after: calls something after so many seconds.
            changed: called when another minute has passed.
        """
        self._refreshing, self._clock, self._after, self._changed = refreshing, clock, after, changed
        self._at: datetime | None = None
        self._watching = False

    @property
    def minutes(self) -> int:
        """Minutes until the next try, begun ones counted; 0: none is planned."""
        if self._at is None or self._refreshing.running:
            return 0
        return max(1, math.ceil((self._at - self._clock()).total_seconds() / 60))

    def follow(self, again: datetime | None) -> None:
        """Plan the next try after a refresh that ended, or none when the network is there.

        Args:
            again: when the first of the feeds that failed is due again.
        """
        self._at = None
        if self._refreshing.offline:
            now = self._clock()
            self._at = again if again is not None and again > now else now + _FALLBACK
            if not self._watching:
                self._watching = True
                self._after(LOOK, self._look)

    def _look(self) -> None:
        if self._at is None:
            self._watching = False
            return
        if not self._refreshing.running:
            if self._clock() >= self._at:
                self._refreshing.start()
            self._changed()
        self._after(LOOK, self._look)
