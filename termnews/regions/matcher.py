"""Find the names of the gazetteer in a text: longest match first, forms of each word tried.

It must never decide between places of one name: it returns everything a name may stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from termnews.regions.forms import forms
from termnews.regions.keys import word_key
from termnews.regions.lexicon import Entry, Lexicon, Node
from termnews.regions.tokens import Case, Token, Words, case_of, tokens
from termnews.remembered import Remembered

_JOINTS = frozenset(("", " ", "-", "\u2010", "\u2011", "\u00a0", "\u200c", "’", "'", "\n"))
_ABBREVIATED = frozenset(("st", "ft", "mt", "saint", "n", "s", "e", "w"))
"""Words a full stop may follow inside a name: St. Louis, N. Korea."""
# Languages whose words are not parted by spaces (Korean: not from endings) → letters of the longest name.
_SUBSTRING = {"zh": 10, "yue": 10, "ja": 10, "ko": 10, "th": 12, "lo": 16, "km": 18, "my": 18}
_PERSONS_ALONE = frozenset(("ru", "uk", "be", "bg", "tg", "kk", "ky", "mk", "sr"))
_APOSTROPHE = re.compile("['’]")
_APOSTROPHE_ENDS = frozenset(("tr", "az", "crh", "fi"))


@dataclass(frozen=True, slots=True)
class Match:
    """A name met in a text."""

    text: str
    """As written."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    first: int
    """Number of its first word."""
    last: int
    """Number of its last word."""
    entries: tuple[Entry, ...]
    """What it may stand for; empty for a phrase that names no place."""
    flags: str
    """Flags of the name: W ordinary word, N surname, F first name, X never a city."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A text taken apart."""

    text: str
    """The text."""
    words: Sequence[Token]
    """Its words; none for a script that does not part them."""
    case: Case
    """How it uses capitals."""
    matches: Sequence[Match]
    """The names in it, in order."""
    skipped: Sequence[tuple[int, int]] = ()
    """First and last word of each phrase that names no place, in order."""
    cyrillic: bool = False
    """Whether its language sets two capital words side by side for persons alone: Тереза Мэй."""


class Matcher:
    """The scanner of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the forms of the words met."""
        self._lexicon = lexicon
        self._forms = Remembered(self._forms_of)
        self._nodes = Remembered(self._begins)

    def scan(self, text: str, *, title: bool = False) -> Scanned:
        """Return the words and names of a text.

        Args:
            text: Plain text.
            title: Whether its capitals may be those of a title.
        """
        if self._lexicon.lang in _SUBSTRING:
            return Scanned(text, (), "mixed", list(self._substrings(text)))
        words = tokens(text)
        case = case_of(words) if title else "mixed"
        found: list[Match] = []
        skipped: list[tuple[int, int]] = []
        following = 0
        for number, nodes in enumerate(map(self._nodes.__getitem__, words.texts)):
            # Most words begin no name, and are done with here.
            if not nodes or number < following:
                continue
            match = self._at(text, words, number, case, nodes)
            if match is not None:
                if match.entries:
                    found.append(match)
                else:
                    skipped.append((match.first, match.last))
                following = match.last + 1
        return Scanned(text, words, case, found, skipped, self._lexicon.lang in _PERSONS_ALONE)

    def _at(self, text: str, words: Words, number: int, case: Case, nodes: Sequence[Node]) -> Match | None:
        """Return the longest name that begins with a word, None when there is none."""
        length = -1
        ends: list[Node] = []
        for node in nodes:
            for last, found in self._walk(node, words, number):
                if last >= length and _written(found, words.texts[number : last + 1], case):
                    ends = [*ends, found] if last == length else [found]
                    length = last
        if not ends:
            return None
        # Two dictionary forms may be meant by one inflected word: both are kept, for what fits better.
        entries = tuple(
            each for node in ends for each in self._fitting(node, text, words, number, length, case)
        )
        if any(each.kind == "x" for each in entries):
            entries = ()
        elif any(each.kind != "h" for each in entries):
            entries = tuple(each for each in entries if each.kind != "h")
        elif not entries:
            return None
        start, end = words[number].start, words[length].end
        flags = "".join(node.flags for node in ends)
        return Match(text[start:end], start, end, number, length, entries, flags)

    def _fitting(
        self, node: Node, text: str, words: Words, first: int, last: int, case: Case
    ) -> Iterator[Entry]:
        """Yield what a name may stand for as it is written."""
        written = words.texts[first : last + 1]
        for each in node.entries:
            if each.kind == "x" or (
                each.kind != "g"
                and _allowed(each, written, case)
                and (each.kind != "a" or _abbreviates(text, words[first]))
            ):
                yield each

    def _begins(self, raw: str) -> tuple[Node, ...]:
        found = (self._lexicon.node(form) for form in self._forms[raw])
        lower = raw[:1].islower()
        return tuple(node for node in found if node is not None and (node.lower or not lower))

    def _walk(self, node: Node, words: Words, number: int) -> Iterator[tuple[int, Node]]:
        """Yield the number of the last word and the node of each name along the words, longest first."""
        following = number + 1
        if node.next and following < len(words):
            inner = [node.next[form] for form in self._forms[words.texts[following]] if form in node.next]
            if inner and _joined(words[number], words[following]):
                for each in inner:
                    yield from self._walk(each, words, following)
        if node.entries:
            yield number, node

    def _forms_of(self, raw: str) -> tuple[str, ...]:
        # Turkish and its kin put an apostrophe between a name and its ending.
        stem = _APOSTROPHE.split(raw)[0] if self._lexicon.lang in _APOSTROPHE_ENDS else raw
        return forms(word_key(stem), self._lexicon.lang)

    def _substrings(self, text: str) -> Iterator[Match]:
        """Yield the names in a text whose words are not parted by spaces."""
        number = 0
        longest = _SUBSTRING[self._lexicon.lang]
        while number < len(text):
            for length in range(min(longest, len(text) - number), 1, -1):
                piece = text[number : number + length]
                node = self._lexicon.node(word_key(piece)) if piece == piece.strip() else None
                if node is not None and node.entries:
                    entries = tuple(each for each in node.entries if each.kind not in "gx")
                    if entries and not any(each.kind == "x" for each in node.entries):
                        yield Match(
                            piece, number, number + length, number, number + length - 1, entries, node.flags
                        )
                    number += length - 1
                    break
            number += 1


def _abbreviates(text: str, word: Token) -> bool:
    """Tell whether a word is written as an abbreviation: with a dot, or behind a comma."""
    dotted = "." in word.text or text[word.end : word.end + 1] == "."
    return (dotted and len(word.text) > 3) or (
        word.gap.strip() in (",", "(") and (dotted or word.text.isupper())
    )


def _joined(word: Token, following: Token) -> bool:
    return following.gap in _JOINTS or (following.gap == ". " and word.text.lower() in _ABBREVIATED)


def _written(node: Node, words: Sequence[str], case: Case) -> bool:
    """Tell whether one of the things a name stands for may be written so."""
    return any(each.kind == "x" or _allowed(each, words, case) for each in node.entries if each.kind != "g")


def _allowed(entry: Entry, words: Sequence[str], case: Case) -> bool:
    """Tell whether the capitals of some words fit a thing they may stand for."""
    first = words[0]
    if "U" in entry.flags:
        letters = "".join(words).replace(".", "")
        if not letters.isupper():
            return False
        # In a title all in capitals "US" may be us, and "IT" it: only dots tell.
        return case != "upper" or len(letters) > 2 or "." in first or letters not in ("US", "IT", "IN")
    if "L" in entry.flags:
        return True
    return not first[:1].islower()
