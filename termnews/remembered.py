"""A function of one word, with what it said of the words met so far.

It must never grow without bound: news bring new words for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

Value = TypeVar("Value")
EDGES: Final = ".,;:!?…\"'()[]«»“”„‘’–—-"
"""Punctuation that stands around words. What is written with it is not worth being remembered: it would crowd
out words, since each word comes with many of these."""


class Remembered(dict[str, Value]):
    """Word → what a function says of it. A dict, so that `map(remembered.__getitem__, words)` calls
    nothing for words met before: a cached function takes four times as long."""

    def __init__(self, find: Callable[[str], Value], most: int = 40_000, longest: int = 48) -> None:
        """Remember nothing yet.

        Args:
            find: what is asked for a word not met before.
            most: words kept; with one more all are forgotten.
            longest: characters of a word that is kept; a longer one (an address, Chinese) hardly comes again.
        """
        super().__init__()
        self._find = find
        self._most = most
        self._longest = longest

    def __missing__(self, word: str) -> Value:
        found = self._find(word)
        if len(word) <= self._longest:
            if len(self) >= self._most:
                self.clear()
            self[word] = found
        return found
