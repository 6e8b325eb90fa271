"""Part a text into words, with where they stand and how they are written.

It must never know places. A word keeps its case and offsets; initialisms (U.S., Н.Й.) stay one
word, what a hyphen joins is two, and possessives and elided articles fall off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, count
from operator import add
from typing import Literal, NamedTuple, overload

from termnews.remembered import EDGES, Remembered

Case = Literal["mixed", "title", "upper"]
"""How a text uses capitals: as a sentence does, on every word, or throughout."""

_WORD = re.compile(
    r"[\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]+|(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|[A-Z]\.[A-Z][a-z]{1,4}\.|[^\W\d_][^\W_]*(?:['’ʼʻ‘`\u200c\u200d][^\W_]+)*|\d+[^\W\d_]*"
)
_FIRST_UNPARTED = "\u0900"
"""The first letter of a script that `_WORD` takes in runs, other letters apart."""
_POSSESSIVE = re.compile(r"['’](?:s|S)$|['’]$")
_ELISION = re.compile(r"^(?:l|d|qu|dell|all|sull|nell|dall|un|L|D|Dell|All|Nell)['’](?=\w)")


class Token(NamedTuple):
    """One word of a text. A tuple, since many are made: half the time of a frozen dataclass."""

    text: str
    """As written, without possessive and elided article."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    gap: str
    """What stands between it and the word before: empty at the beginning."""


class Words(Sequence[Token]):
    """The words of a text in order.

    Most words begin no name, and nobody asks where they stand: a token is made when it is asked for.
    """

    def __init__(self, text: str) -> None:
        """Take the text apart at white space: no word reaches over it, and most pieces come again."""
        self._text = text
        self._pieces = text.replace("\n", " ").split(" ")
        self._parted = [*map(_PARTED.__getitem__, self._pieces)]
        self._words = [word for piece in self._parted for word in piece]
        self.texts = [word[0] for word in self._words]
        """The words as written, without possessives and elided articles."""

    @cached_property
    def _begins(self) -> list[int]:
        """Where each word's piece begins."""
        # One character more for each space before.
        begins = map(add, accumulate(map(len, self._pieces), initial=0), count())
        return [begin for begin, piece in zip(begins, self._parted, strict=False) for _ in piece]

    def _span(self, number: int) -> tuple[int, int]:
        begin = self._begins[number]
        _, start, end = self._words[number]
        return begin + start, begin + end

    def __len__(self) -> int:
        return len(self._words)

    @overload
    def __getitem__(self, number: int) -> Token: ...
    @overload
    def __getitem__(self, number: slice) -> list[Token]: ...
    def __getitem__(self, number: int | slice) -> Token | list[Token]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self._words)))]
        word = self.texts[number]
        start, end = self._span(number)
        last = self._span(number - 1)[1] if number % len(self._words) else 0
        return Token(word, start, end, self._text[last:start])


def tokens(text: str) -> Words:
    """Return the words of a text in order."""
    return Words(text)


_Parts = tuple[tuple[str, int, int], ...]


def _part(piece: str) -> _Parts:
    """Return the words of a piece of text, each with where it begins and ends in the piece."""
    return tuple(_word(match) for match in _WORD.finditer(piece))


def _word(match: re.Match[str]) -> tuple[str, int, int]:
    """Return a word without possessive and elided article, and where what is left of it stands."""
    start, end = match.span()
    word = match[0]
    if "'" in word or "’" in word:
        word = _POSSESSIVE.sub("", word)
        end = start + len(word)
        if elided := _ELISION.match(word):
            start += elided.end()
            word = word[elided.end() :]
    return word, start, end


class _Parted(Remembered[_Parts]):
    """Piece of text without spaces → its words, as `_part` finds them."""

    def __missing__(self, piece: str) -> _Parts:
        bare = piece.strip(EDGES)
        if bare == piece or not bare.isalpha() or bare >= _FIRST_UNPARTED:
            return super().__missing__(piece)
        # Letters alone are one word, and what stands around them is no part of it.
        start = piece.index(bare)
        return ((bare, start, start + len(bare)),)


_PARTED = _Parted(_part, most=60_000)


def case_of(words: Words) -> Case:
    """Return how a title uses capitals; texts of one or two words count as mixed."""
    letters = [each for each in words.texts if each[:1].isalpha()]
    long = [word for word in letters if len(word) > 3]
    if len(letters) > 1 and len(long) > 0 and all(word.isupper() for word in letters):
        return "upper"
    if len(long) > 3 and sum(word[0].isupper() for word in long) >= 0.8 * len(long):
        return "title"
    return "mixed"
