"""How long a refresh still takes, guessed from the feeds done last; a guess that creeps and never jumps.

It must never read a clock: the moments are handed to it.
"""

from __future__ import annotations

import math
from collections import deque
from typing import Final

from termnews.wording import tr

LAST: Final = 32
"""Feeds done last that the guess rests on."""
FEWEST: Final = 4
"""Feeds that must be done before anything is guessed."""
SETTLING: Final = 6.0
"""Seconds in which a guess goes two thirds of the way to what the last feeds say."""
_MINUTE: Final = 60
_SECONDS: Final = 55  # what is nearer than this is said in tens of seconds


class Pace:
    """Follows one refresh."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self.left: float | None = None
        """Seconds still to go, as far as one can tell; None: one cannot."""
        self._moments: deque[float] = deque(maxlen=LAST)
        self._at = 0.0

    def done(self, moment: float, to_do: int) -> None:
        """Take in that one more feed is done.

        Args:
            moment: seconds of a clock that is never set back.
            to_do: feeds still to be done.
        """
        self._moments.append(moment)
        span = moment - self._moments[0]
        if len(self._moments) < FEWEST or span <= 0:
            return
        said = to_do * span / (len(self._moments) - 1)
        if self.left is None:
            self.left = said
        else:
            passed = moment - self._at
            expected = max(0.0, self.left - passed)
            # By time, not by feed: a burst of answers says little about those that are slow to come.
            self.left = expected + (said - expected) * (1 - math.exp(-passed / SETTLING))
        self._at = moment


def time_left(seconds: float) -> str:
    """Return how long something still takes, in round figures: "20 s", "3 min"."""
    if seconds > _SECONDS:
        return tr("{n} min", n=max(1, round(seconds / _MINUTE)))
    return tr("{n} s", n=max(10, math.ceil(seconds / 10) * 10))
