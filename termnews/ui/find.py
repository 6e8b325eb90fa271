"""Finding in an article: where the letters typed stand in lines that are wrapped already.

It must never wrap or draw: it is handed lines as they are wrapped, and hands them back with marks.
Letters are compared as the search index compares them, without case, accents and variants.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import get_character_cell_size

from termnews.fold import fold
from termnews.ui.lit import pieces
from termnews.wording import tr

if TYPE_CHECKING:
    from termnews.render import Line

_LEFT_OUT: Final = ("number", "bar", "bullet", "rule")  # roles of what is drawn but was not written
_LINE_CUT: Final = "\n"  # stands where a line end parts what belongs together


class _Passage(NamedTuple):
    """The lines of one block, folded."""

    first: int  # number of its first line
    text: str  # folded; a blank for a line end, `_LINE_CUT` where it parts a word
    spots: list[tuple[int, int, int]]  # of each character of `text`: line, where its letter begins and ends


class Find:
    """What is looked for in the article shown, and where it was found."""

    def __init__(self, look: Callable[[int], None]) -> None:
        """Look for nothing; `look` draws anew and brings a line into sight, -1: none."""
        self.typed = ""
        self._look = look
        self._waiting: list[tuple[int, Sequence[Line]]] = []
        self._passages: list[_Passage] = []
        self._starts: list[int] = []  # line of each match, from the top
        self._spans: dict[int, list[tuple[int, int, int]]] = {}  # line → begin, end, number of the match
        self._at = 0

    @property
    def said(self) -> str:
        """Which match is looked at and how many there are so far; empty when nothing is looked for."""
        if not self.typed:
            return ""
        count = len(self._starts)
        return tr("{at} of {n}", at=min(self._at + 1, count), n=count) if count else tr("not found")

    def begin(self) -> None:
        """Forget all lines; others will be taken. What is looked for stays."""
        self._waiting, self._passages = [], []
        self._starts, self._spans = [], {}

    def take(self, first: int, lines: Sequence[Line]) -> None:
        """Take the lines of one block, of which the first is line `first`."""
        self._waiting.append((first, lines))
        if self.typed:
            self._fold_waiting()

    def look_for(self, typed: str, top: int) -> None:
        """Look for letters, and look at the first match from line `top` on; for none, when empty."""
        self.typed, self._at = typed.strip(), 0
        self._starts, self._spans = [], {}
        for passage in self._passages:
            self._search(passage)
        if self.typed:
            self._fold_waiting()
        self._at = next((at for at, line in enumerate(self._starts) if line >= top), 0)
        self._look(self._starts[self._at] if self._starts else -1)

    def step(self, steps: int) -> None:
        """Look at a match further on or back, round and round."""
        if self._starts:
            self._at = (min(self._at, len(self._starts) - 1) + steps) % len(self._starts)
            self._look(self._starts[self._at])

    def drop(self) -> None:
        """Look for nothing any more."""
        self.look_for("", 0)

    def lit(self, at: int, line: Line) -> Line:
        """Return line number `at` with what was found on it marked: here is looked at, found are others."""
        spans = self._spans.get(at)
        if not spans:
            return line
        looks = [(begin, end, "here" if match == self._at else "found") for begin, end, match in spans]
        return tuple(pieces(line, 0, looks, _LEFT_OUT))

    def _fold_waiting(self) -> None:
        for first, lines in self._waiting:
            self._passages.append(_folded(first, lines))
            self._search(self._passages[-1])
        self._waiting = []

    def _search(self, passage: _Passage) -> None:
        pattern = _pattern(self.typed)
        for match in pattern.finditer(passage.text) if pattern else ():
            spots = passage.spots[match.start() : match.end()]
            number = len(self._starts)
            self._starts.append(passage.first + spots[0][0])
            for line in dict.fromkeys(at for at, _, _ in spots):
                on_line = [(begin, end) for at, begin, end in spots if at == line]
                span = (on_line[0][0], on_line[-1][1], number)
                self._spans.setdefault(passage.first + line, []).append(span)


@lru_cache(maxsize=8)
def _pattern(typed: str) -> re.Pattern[str] | None:
    """Return what finds the letters in folded text; None when there are none to find."""
    words = fold(typed).split()
    loose = (f"{_LINE_CUT}?".join(map(re.escape, word)) for word in words)
    return re.compile(r"\s+".join(loose)) if words else None


def _folded(first: int, lines: Sequence[Line]) -> _Passage:
    """Fold the lines of a block; where letters fold to none or several, each still knows its spot."""
    text: list[str] = []
    spots: list[tuple[int, int, int]] = []
    rows = [list(_letters(line, margin=at > 0)) for at, line in enumerate(lines)]
    longest = max((len(row) for row in rows), default=0)
    for at, row in enumerate(rows):
        for letter, offset in row:
            folded = _fold(letter)
            text.append(folded)
            # A letter is lit with its marks, so that they are not drawn apart from it.
            spots += [(at, offset, offset + len(letter))] * len(folded)
        if row and at + 1 < len(rows):
            text.append(_LINE_CUT if _parted(row, rows[at + 1], longest) else " ")
            spots.append((at, row[-1][1], row[-1][1] + len(row[-1][0])))
    return _Passage(first, "".join(text), spots)


def _letters(line: Line, margin: bool) -> Iterator[tuple[str, int]]:
    """Yield what was written on a line, each letter with its combining marks, and its offset."""
    letter, begin, at = "", 0, 0
    for part, style in line:
        written = style.split(" ")[0] not in _LEFT_OUT
        for char in part if written else "":
            if letter and unicodedata.combining(char):
                letter += char
            else:
                if letter:
                    yield letter, begin
                if margin and char.isspace():
                    letter = ""
                else:
                    letter, begin, margin = char, at, False
            at += 1
        at += 0 if written else len(part)
    if letter:
        yield letter, begin


def _parted(row: Sequence[tuple[str, int]], after: Sequence[tuple[str, int]], longest: int) -> bool:
    """Return whether the line end parts what belongs together: scripts without spaces, a word too long."""
    if not after:
        return False
    if _wide(row[-1][0]) and _wide(after[0][0]):
        return True
    return len(row) >= longest - 1 and not any(letter.isspace() for letter, _ in row)


def _wide(letter: str) -> bool:
    return get_character_cell_size(letter[0]) == 2


@lru_cache(maxsize=4096)
def _fold(letter: str) -> str:
    return " " if letter.isspace() else fold(letter)
