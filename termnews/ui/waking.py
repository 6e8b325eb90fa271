"""Refreshes that start by themselves while the reader stays open: when feeds are due, and while offline.

It must never ask a feed more often than a refresh may: which feeds are due is decided there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from termnews.ui.refreshing import Refreshing

LOOK: Final = 20.0
"""Seconds between two looks at the clock, which a computer that slept does not miss."""
REST: Final = timedelta(minutes=5)
"""Time between the end of a refresh and the next one by itself: feeds become due one by one, and a
process for each of them would be one every few seconds."""


class Waking:
    """Watches the clock for the next refresh."""

    def __init__(
        self,
        refreshing: Refreshing,
        clock: Callable[[], datetime],
        after: Callable[[float, Callable[[], None]], object],
        changed: Callable[[], None],
    ) -> None:
        """Begin at rest.

        Args:
            refreshing: says whether there is a network and when feeds are due, and refreshes.
            clock: tells the present moment, aware.
            after: calls something after so many seconds.
            changed: called when another minute has passed.
        """
        self._refreshing, self._clock, self._after, self._changed = refreshing, clock, after, changed
        self._at: datetime | None = None
        self._watching = False

    @property
    def minutes(self) -> int:
        """Minutes until it is tried again without network, begun ones counted; 0: there is one, or no try."""
        if self._at is None or self._refreshing.running or not self._refreshing.offline:
            return 0
        return max(1, math.ceil((self._at - self._clock()).total_seconds() / 60))

    def follow(self, again: datetime | None) -> None:
        """Plan the next refresh after one that ended; none when no feed is ever due by itself.

        Args:
            again: when the first of the feeds that failed is due again.
        """
        now = self._clock()
        if self._refreshing.offline:
            self._at = again if again is not None and again > now else now + REST
        else:
            due = self._refreshing.next_due()
            self._at = due if due is None else max(due, now + REST)
        if self._at is not None and not self._watching:
            self._watching = True
            self._after(LOOK, self._look)

    def _look(self) -> None:
        if self._at is None:
            self._watching = False
            return
        if not self._refreshing.running:
            if self._clock() >= self._at:
                self._refreshing.start()
            if self._refreshing.offline:
                self._changed()
        self._after(LOOK, self._look)
