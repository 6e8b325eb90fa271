"""What the program said since its start: a sentence stands in the bottom bar for a while, and here for good.

It must never hold more than a screen reader would want to hear: the oldest go first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

MOST: Final = 500
"""Sentences kept."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing the program said."""

    at: datetime
    """When, aware; of a sentence said again and again, the last time."""
    text: str
    """The sentence, safe to show."""
    times: int = 1
    """How often it was said without another one between."""


class Said:
    """The sentences of this run."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """Begin with none; the clock tells the present moment, aware."""
        self._clock = clock
        self._sentences: deque[Sentence] = deque(maxlen=MOST)

    def add(self, text: str) -> None:
        """Keep a sentence; an empty one is none."""
        if not text:
            return
        now = self._clock()
        if self._sentences and self._sentences[-1].text == text:
            last = self._sentences.pop()
            self._sentences.append(replace(last, at=now, times=last.times + 1))
        else:
            self._sentences.append(Sentence(now, text))

    def newest_first(self) -> Iterator[Sentence]:
        """Go through what was said."""
        return reversed(self._sentences)
