"""Look words up in the packed gazetteer: for each language the sections that hold its names.

It must never see a text: it is asked for one word at a time, and answers with what begins so.
The sections stay the text they are, sorted, and are searched by halving a list of marks in them; only
the lines that begin with a word that was met are ever taken apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from termnews.regions.forms import forms
from termnews.regions.pack import GAZETTEER, section

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
        self._nodes: dict[str, Node | None] = {}
        self.cues = Cues(lang)

    def node(self, word: str) -> Node | None:
        """Return what begins with a word (a key without spaces), None when nothing does."""
        try:
            return self._nodes[word]
        except KeyError:
            if len(self._nodes) > _MOST_NODES:
                self._nodes.clear()
            found = self._nodes[word] = self._read(word)
            return found

    def _read(self, word: str) -> Node | None:
        root: Node | None = None
        for name in self._sections:
            for line in _lines(name, word):
                root = root or Node()
                folded, entries, *flags = line.split("\t")
                node = root
                for each in folded.split(" ")[1:]:
                    node = node.next.setdefault(each, Node())
                of_cities = "".join(flags) if name == self._sections[1] else ""
                found = tuple(_entry(each + of_cities) for each in entries.split(";"))
                node.entries += found
                root.lower = root.lower or any("L" in each.flags or each.kind == "x" for each in found)
                node.flags += "" if of_cities else "".join(flags)
        return root


_MOST_NODES = 40_000
_STEP = 2_048
"""Characters between two marks of a section; so many are searched in less time than halving them takes."""


@cache
def lexicon(lang: str) -> Lexicon:
    """Return the lexicon of a language; one without names of its own is read with what fits its script."""
    return Lexicon(lang)


@cache
def _text(name: str) -> str:
    return "\n" + section(name, GAZETTEER)


@cache
def _marks(name: str) -> tuple[list[str], list[int]]:
    """Return a line of a sorted section every few thousand characters, and the newline before each."""
    text = _text(name)
    begins = sorted({text.rfind("\n", 0, place + 1) for place in range(0, len(text) - 1, _STEP)})
    return [text[each + 1 : text.find("\n", each + 1)] for each in begins], begins


def _lines(name: str, word: str) -> Iterator[str]:
    """Yield the lines of a sorted section whose key is the word or begins with it and a space."""
    text = _text(name)
    marks, begins = _marks(name)
    # The first line not before the word is behind the last mark that is, or is the next mark.
    behind = bisect_left(marks, word + "\t")
    low = begins[behind - 1] if behind else 0
    high = begins[behind] + len(word) + 1 if behind < len(begins) else len(text)
    start = text.find("\n" + word, low, high) + 1
    while start and text.startswith(word, start) and text[start + len(word)] in "\t ":
        end = text.index("\n", start)
        yield text[start:end]
        start = end + 1


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
