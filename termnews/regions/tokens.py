"""Part a text into words, with where they stand and how they are written.

It must never know places. A word keeps its case and offsets; initialisms (U.S., Н.Й.) stay one
word, what a hyphen joins is two, and possessives and elided articles fall off.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Case = Literal["mixed", "title", "upper"]
"""How a text uses capitals: as a sentence does, on every word, or throughout."""

_WORD = re.compile(
    r"[\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]+|(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|[A-Z]\.[A-Z][a-z]{1,4}\.|[^\W\d_][^\W_]*(?:['’ʼʻ‘`\u200c\u200d][^\W_]+)*|\d+[^\W\d_]*"
)
_POSSESSIVE = re.compile(r"['’](?:s|S)$|['’]$")
_ELISION = re.compile(r"^(?:l|d|qu|dell|all|sull|nell|dall|un|L|D|Dell|All|Nell)['’](?=\w)")


class Token(NamedTuple):
    """One word of a text. A tuple, since it is made for every word: half the time of a frozen dataclass."""

    text: str
    """As written, without possessive and elided article."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    upper: bool
    """Whether its first letter is a capital, or its script has none."""
    gap: str
    """What stands between it and the word before: empty at the beginning."""


def tokens(text: str) -> list[Token]:
    """Return the words of a text in order."""
    found: list[Token] = []
    last = 0
    make = tuple.__new__  # what a NamedTuple does too, behind a call of its own
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match[0]
        if "'" in word or "’" in word:
            word = _POSSESSIVE.sub("", word)
            end = start + len(word)
            if elided := _ELISION.match(word):
                start += elided.end()
                word = word[elided.end() :]
        found.append(make(Token, (word, start, end, not word[:1].islower(), text[last:start])))
        last = end
    return found


def case_of(words: list[Token]) -> Case:
    """Return how a title uses capitals; texts of one or two words count as mixed."""
    letters = [each.text for each in words if each.text[:1].isalpha()]
    long = [word for word in letters if len(word) > 3]
    if len(letters) > 1 and len(long) > 0 and all(word.isupper() for word in letters):
        return "upper"
    if len(long) > 3 and sum(word[0].isupper() for word in long) >= 0.8 * len(long):
        return "title"
    return "mixed"
