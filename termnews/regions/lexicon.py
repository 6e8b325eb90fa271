"""Look words up in the packed gazetteer: for each language the sections that hold its names.

It must never see a text: it is asked for one word at a time, and answers with what begins so.
The sections stay the text they are, sorted, and are searched by halving a list of marks in them; only
the lines that begin with a word that was met are ever taken apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from termnews.regions.forms import forms
from termnews.regions.pack import GAZETTEER, section
from termnews.remembered import Remembered

CITY_SCRIPTS = {
    "cyrillic": ("ru", "tg", "uk", "be", "bg", "kk", "ky", "mn", "sr", "mk"),
    "arabic": ("fa", "ar", "ur", "ps", "ckb"),
    "cjk": ("zh", "ja"),
    "hangul": ("ko",),
    "other": ("hi", "bn", "he", "el", "hy", "ka", "th"),
}
"""Section of city names → languages that are read with it; all others with the Latin one."""

_SCRIPT = {language: name for name, languages in CITY_SCRIPTS.items() for language in languages}
_ENTRY = re.compile(r"([a-z])(\d*)([A-Z]*)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a name may stand for."""

    codes: tuple[str, ...]
    """Regions, most often one; none for a phrase that names no place."""
    kind: str
    """n country or grouping, s subdivision, d demonym, m metonym, l leader, c city, t other place, x stop."""
    population: float
    """Common logarithm of the people of a city; 0 for the rest."""
    flags: str
    """L lower case will do, U capitals needed, A capital city, H kept by hand; more in docs/regions.md."""


@dataclass(slots=True)
class Node:
    """What follows a word: names that end here, and the next words of longer ones."""

    entries: tuple[Entry, ...] = ()
    """What the words so far may stand for."""
    flags: str = ""
    """W ordinary word, N surname, F first name, X never a city."""
    next: dict[str, Node] = field(default_factory=dict)
    """Next word → node."""
    lower: bool = False
    """Whether anything that begins so may be written in lower case; known of first words alone."""


class Lexicon:
    """The names of one language."""

    def __init__(self, lang: str) -> None:
        """Name the sections; they are unpacked when the first word is looked up."""
        self.lang = lang
        self._sections = (f"words.{lang}", _SCRIPT.get(lang, "latin"))
        self._nodes = Remembered(self._read)
        self.cues = Cues(lang)

    def node(self, word: str) -> Node | None:
        """Return what begins with a word (a key without spaces), None when nothing does."""
        return self._nodes[word]

    def _read(self, word: str) -> Node | None:
        root: Node | None = None
        for of_cities, name in enumerate(self._sections):
            for line in _section(name).lines(word):
                root = root or Node()
                folded, entries, *flags = line.split("\t")
                node = root
                for each in folded.split(" ")[1:]:
                    node = node.next.setdefault(each, Node())
                ends = "".join(flags) if of_cities else ""
                found = tuple(_entry(each + ends) for each in entries.split(";"))
                node.entries += found
                root.lower = root.lower or any("L" in each.flags or each.kind == "x" for each in found)
                node.flags += "" if of_cities else "".join(flags)
        return root


_STEP = 1_024
"""Characters between two marks of a section; so many are searched in less time than halving them takes."""


@cache
def lexicon(lang: str) -> Lexicon:
    """Return the lexicon of a language; one without names of its own is read with what fits its script."""
    return Lexicon(lang)


@cache
def _section(name: str) -> _Section:
    return _Section("\n" + section(name, GAZETTEER))


class _Section:
    """Sorted lines in one text, found by how they begin."""

    def __init__(self, text: str) -> None:
        """Note a line every so many characters, and the newline before it."""
        self._text = text
        self._newlines = sorted({text.rfind("\n", 0, at + 1) for at in range(0, len(text) - 1, _STEP)})
        self._marks = [text[each + 1 : text.find("\n", each + 1)] for each in self._newlines]

    def lines(self, word: str) -> Sequence[str]:
        """Return the lines whose key is the word or begins with it and a space; most words have none."""
        text = self._text
        # The first line not before the word is behind the last mark that is, or is the next mark.
        behind = bisect_left(self._marks, word + "\t")
        low = self._newlines[behind - 1] if behind else 0
        high = self._newlines[behind] + len(word) + 1 if behind < len(self._marks) else len(text)
        start = text.find("\n" + word, low, high) + 1
        found: list[str] = []
        while start and text.startswith(word, start) and text[start + len(word)] in "\t ":
            end = text.index("\n", start)
            found.append(text[start:end])
            start = end + 1
        return found


@cache
def _entry(written: str) -> Entry:
    codes, _, rest = written.partition(",")
    match = _ENTRY.fullmatch(rest)
    assert match is not None, written
    kind, digits, flags = match.groups()
    return Entry(tuple(codes.split()), kind, int(digits) / 10 if digits else 0.0, flags)


class Cues:
    """Words that tell persons and places apart in one language."""

    def __init__(self, lang: str) -> None:
        """Read the words of a language, English ones where it has none."""
        self._lang = lang
        self._kinds: dict[str, set[str]] = {}
        own = section(f"cues.{lang}", GAZETTEER) or section("cues.en", GAZETTEER)
        for line in own.splitlines():
            folded, entries = line.split("\t")[:2]
            for each in entries.split(";"):
                self._kinds.setdefault(each.partition(",")[0], set()).add(folded)

    def has(self, kind: str, word: str) -> bool:
        """Tell whether a word (a key), as it stands, is of a kind: title, first, place, in and so on."""
        return word in self._kinds.get(kind, ())

    def is_first_name(self, word: str) -> bool:
        """Tell whether a word (a key) is a first name in any of its forms."""
        names = self._kinds.get("first", ())
        return any(form in names for form in forms(word, self._lang))
