"""Build the packed region table from CLDR, iso3166-2-db and the text files in tools/regions/.

Run by a maintainer, by hand, never at install or run time; the result is committed. The same
inputs give the same bytes::

    python -m venv DIR/v && DIR/v/bin/pip install -r tools/regions/requirements.txt
    cp tools/regions/package.json DIR/ && (cd DIR && npm install)
    PYTHONPATH=. DIR/v/bin/python -m tools.build_regions DIR/node_modules

Inputs, pinned in tools/regions/package.json and requirements.txt: cldr-core (containment, code
mappings), cldr-localenames-full (names of countries and groupings), cldr-subdivisions-full
(English names of subdivisions), iso3166-2-db (names of subdivisions in other languages) and
pycountry, which only says which codes are in the current ISO edition. What a package has wrong
or not at all stands in the text files; docs/regions.md describes them.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from termnews.regions.keys import key, script
from termnews.regions.pack import PACK
from tools.packing import pins, read_json, write_pack

HAND = Path(__file__).resolve().parent / "regions"

LANGUAGES = (
    "en", "ru", "tg", "fa", "de", "fr", "es", "it", "pt", "tr", "ar", "zh", "ja", "hi", "uk", "uz", "kk",
    "ky", "az", "be", "bn", "cs", "el", "he", "hy", "id", "ka", "ko", "mn", "nl", "pl", "ps", "ro", "sr",
    "sv", "th", "tk", "ur", "vi",
)  # fmt: skip
"""Languages in which names of places are shown."""
VARIANTS = {"fa-AF": "fa", "sr-Latn": "sr", "uz-Cyrl": "uz", "zh-Hant": "zh"}
"""Further CLDR locales of these whose names are found but never shown."""
FEWEST_NAMES = 200
"""Names of territories from which a language of CLDR counts as one that names the world."""
SUBDIVISION_LANGUAGES = ("ru", "de", "fr", "es", "it", "ar", "zh")
"""Languages in which iso3166-2-db names subdivisions."""
SCRIPTS = {"ru": "cyrillic", "ar": "arabic", "zh": "other"}
"""Script a name must be in to be believed; latin where nothing stands here."""
GROUPINGS = ("003", "202", "419", "EU")
"""CLDR groupings that cut across the one chain of parents: found and filtered by, never an ancestor."""
GROUPING_PARENTS = {"003": "019", "202": "002", "419": "019", "EU": "150"}
NOT_ISO = frozenset(("AC", "CP", "CQ", "DG", "EA", "IC", "TA", "QO"))
"""CLDR territories without a code of their own in ISO 3166-1."""
SHORT_NAMES = ("HK", "MO", "MM", "PS")
"""Territories whose short CLDR name is the one shown."""


@dataclass
class Table:
    """All that is packed, while it is put together."""

    parents: dict[str, str] = field(default_factory=dict)
    """Code → code of the region around it; empty for the world."""
    groups: dict[str, list[str]] = field(default_factory=dict)
    """Grouping → members."""
    codes: dict[str, str] = field(default_factory=dict)
    """Alternative code → code."""
    names: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """Language → code → name shown."""
    aliases: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Code → further names."""
    elsewhere: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Code → names in languages of which nothing is shown."""
    seats: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Code → towns by which the picker finds it."""

    def rank(self, code: str) -> int:
        """Return 0 for countries, 1 for groupings, 2 and 3 for subdivisions."""
        if "-" in code:
            return 3 if "-" in self.parents[code] else 2
        return 1 if code.isdigit() or code in self.groups else 0


def rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield code and names of each row of a hand-kept file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, names = line.partition("\t")
            yield code, names.split(" | ")


def more_languages(inputs: Path) -> list[str]:
    """Return the other languages of CLDR that name the world: their names are found but never shown."""
    found = []
    for folder in sorted((inputs / "cldr-localenames-full" / "main").iterdir()):
        locale, path = folder.name, folder / "territories.json"
        if "-" not in locale and locale not in LANGUAGES and path.exists():
            names = read_json(path, "main", locale, "localeDisplayNames", "territories")
            if sum(code != name for code, name in names.items()) >= FEWEST_NAMES:
                found.append(locale)
    return found


def dashed(cldr: str) -> str:
    """Return the ISO spelling of a CLDR subdivision or territory code: tjgb → TJ-GB."""
    return cldr.upper() if len(cldr) == 2 or cldr.isdigit() else f"{cldr[:2]}-{cldr[2:]}".upper()


def spellings(name: str) -> Iterator[str]:
    """Yield a name and what people write for it: without its brackets, "о-ва" in full."""
    yield name
    # What stands inside is as often another country ("Virgin Islands (US)") as another name.
    if match := re.fullmatch(r"(.+?) ?[(（].+[)）]", name):
        yield match[1]
    if "о-в" in name:
        yield name.replace("о-ва", "острова").replace("о-в", "остров")


# --- codes ---------------------------------------------------------------------------------


def add_countries(table: Table, inputs: Path) -> None:
    """Add the world, M49 groupings, countries and their alternative codes."""
    supplemental = inputs / "cldr-core" / "supplemental"
    contained = read_json(supplemental / "territoryContainment.json", "supplemental", "territoryContainment")
    table.parents |= {"001": "", "AQ": "001"} | GROUPING_PARENTS
    for code in GROUPINGS:
        table.groups[code] = sorted(contained[code]["_contains"])
    pending = ["001"]
    while pending:
        parent = pending.pop()
        for code in contained.get(parent, {}).get("_contains", ()):
            if code not in NOT_ISO and (parent == "001" or code != "AQ"):
                table.parents[code] = parent
                pending.append(code)
    mappings = read_json(supplemental / "codeMappings.json", "supplemental", "codeMappings")
    for code in [code for code in table.parents if code in mappings and code not in GROUPINGS]:
        table.codes |= {mappings[code]["_alpha3"]: code, mappings[code]["_numeric"]: code}


def add_subdivisions(table: Table, inputs: Path, iso: Any) -> None:
    """Add ISO 3166-2 codes of the current edition; those that are countries as well lead to the country."""
    aliases = read_json(
        inputs / "cldr-core" / "supplemental" / "aliases.json", "supplemental", "metadata", "alias"
    )["subdivisionAlias"]
    others = {dashed(old): dashed(new["_replacement"].split()[0]) for old, new in aliases.items()}
    by_hand = {old: codes[0] for old, codes in rows(HAND / "codes.txt")}
    others |= by_hand
    countries = set(table.parents)
    for entry in sorted(iso.subdivisions, key=lambda entry: entry.code):
        if entry.code not in by_hand and others.get(entry.code) not in countries:
            table.parents[entry.code] = entry.parent_code or entry.country_code
    table.codes |= {
        old: code for old, code in others.items() if old not in table.parents and code in table.parents
    }


# --- names ---------------------------------------------------------------------------------


def add_country_names(table: Table, inputs: Path) -> None:
    """Add CLDR's names of countries and groupings, with short and variant forms as aliases."""
    shown_in = (*LANGUAGES, *VARIANTS)
    for locale in (*shown_in, *more_languages(inputs)):
        further = table.aliases if locale in shown_in else table.elsewhere
        path = inputs / "cldr-localenames-full" / "main" / locale / "territories.json"
        names = read_json(path, "main", locale, "localeDisplayNames", "territories")
        for cldr, name in names.items():
            code, _, form = cldr.partition("-alt-")
            if code not in table.parents:
                continue
            shown = locale in LANGUAGES and (not form or (form == "short" and code in SHORT_NAMES))
            if shown:
                table.names[locale][code] = name
            further[code].update(spellings(name) if code not in ("HK", "MO") else [name])


def add_english_subdivisions(table: Table, inputs: Path, iso: Any) -> None:
    """Add English names of subdivisions, from CLDR where it means the same place as the ISO edition."""
    path = inputs / "cldr-subdivisions-full" / "subdivisions"
    english = read_json(path / "en" / "en.json", "subdivisions", "localeDisplayNames", "subdivisions")
    current = {entry.code: re.sub(r" *[\[(].*", "", entry.name) for entry in iso.subdivisions}
    by_hand = {code for code, _ in rows(HAND / "names" / "en.txt")}
    for code in [code for code in table.parents if "-" in code]:
        name = re.sub(r" *[²³†*]| \([^)]*\)", "", english.get(code.replace("-", "").lower(), current[code]))
        table.names["en"][code] = name
        if code not in by_hand:
            table.aliases[code].add(name)
    for language in LANGUAGES[1:]:
        if (path / language / f"{language}.json").exists():
            names = read_json(
                path / language / f"{language}.json", "subdivisions", "localeDisplayNames", "subdivisions"
            )
            table.names[language] |= {
                dashed(cldr): name for cldr, name in names.items() if dashed(cldr) in table.parents
            }


def add_hand_names(table: Table) -> None:
    """Add names, aliases and seats of the text files; they win over every package."""
    for path in sorted((HAND / "names").glob("*.txt")):
        for code, (name,) in rows(path):
            table.names[path.stem][code] = name
    for folder, into in (("aliases", table.aliases), ("seats", table.seats)):
        for path in sorted((HAND / folder).glob("*.txt")):
            for code, names in rows(path):
                if code not in table.parents:
                    raise SystemExit(f"{path}: {code} is no code of the current edition")
                into[code].update(names)


def stem(name: str) -> str:
    """Return a key without the words for kinds of subdivisions, to compare names of two sources."""
    return re.sub(
        r"\b(province|region|county|district|oblast|oblysy|krai|republic|state|department|municipality|"
        r"governorate|prefecture|autonomous|parish|division|city|of|wilaya|voivodeship|community|canton|"
        r"respublika|oblasty|kray|al|as|ad|an|ar)\b", " ", key(name)
    ).replace(" ", "")  # fmt: skip


def alike(first: str, second: str) -> float:
    """Return how alike two names are, 0 to 1."""
    first, second = stem(first), stem(second)
    return SequenceMatcher(None, first, second, autojunk=False).ratio() if first and second else 0.0


def identify(
    table: Table, iso_names: Mapping[str, str], country: str, region: Mapping[str, Any]
) -> str | None:
    """Return the current code of a region of iso3166-2-db, whose own codes may be of an older edition."""
    known = [value for lang in ("en", "geonames") if (value := region["names"].get(lang))]
    best: tuple[float, str] = (0.0, "")
    for code in (code for code in iso_names if code.startswith(f"{country}-") and code in table.parents):
        own = (table.names["en"][code], iso_names[code])
        score = max(alike(name, other) for name in known for other in own) if known else 0.0
        # Its own code counts as evidence: it tells the city from the province of one name.
        best = max(best, (score + (0.15 if code == f"{country}-{region['iso']}" else 0.0), code))
    return best[1] if best[0] >= 0.8 else None


def add_subdivision_names(table: Table, inputs: Path, iso: Any) -> Counter[str]:
    """Add names of subdivisions from iso3166-2-db; return what was taken and what was left out."""
    tally: Counter[str] = Counter()
    iso_names = {entry.code: re.sub(r" *[\[(].*", "", entry.name) for entry in iso.subdivisions}
    countries = read_json(inputs / "iso3166-2-db" / "data" / "iso3166-2.json")
    for country, record in sorted(countries.items()):
        for region in record["regions"]:
            code = identify(table, iso_names, country, region)
            tally["regions taken" if code else "regions left out"] += 1
            for language in SUBDIVISION_LANGUAGES if code else ():
                name = re.sub(r" *[(（].*", "", region["names"].get(language, "")).strip()
                good = len(name) > 1 and script(key(name)) == SCRIPTS.get(language, "latin")
                if good and code and code not in table.names[language]:
                    table.names[language][code] = name
                    tally[language] += 1
    return tally


# --- packing -------------------------------------------------------------------------------


def lines(pairs: Iterable[tuple[str, ...]]) -> str:
    """Return rows as tab-separated lines."""
    return "".join("\t".join(pair) + "\n" for pair in pairs)


def key_sections(table: Table) -> dict[str, str]:
    """Return the keys of all names by script, each with its codes, the likeliest first."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    shown = [(code, name) for names in table.names.values() for code, name in names.items()]
    spelt = [(code, name) for code, names in table.aliases.items() for name in names]
    elsewhere = [(code, name) for code, names in table.elsewhere.items() for name in names]
    for degree, pairs in enumerate((shown, spelt, elsewhere)):
        for code, name in pairs:
            if len(folded := key(name)) > 1 or script(folded) == "other":
                found[folded].setdefault(code, degree)
    preferred = {key(name): codes[0] for name, codes in rows(HAND / "preferred.txt")}
    sections: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for folded, codes in sorted(found.items()):
        # "England" is a country's name in some language, but what is shown anywhere comes first.
        order = sorted(
            codes,
            key=lambda code: (
                preferred.get(folded) != code, codes[code] == 2, table.rank(code), codes[code], code
            ),
        )  # fmt: skip
        sections[f"keys.{script(folded)}"].append((folded, " ".join(order)))
    return {name: lines(pairs) for name, pairs in sorted(sections.items())}


def seat_section(table: Table) -> str:
    """Return the keys of the seats, each with its codes: subdivisions first, as the nearer place."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, names in table.seats.items():
        for name in names:
            found[key(name)].add(code)
    return lines(
        (folded, " ".join(sorted(codes, key=lambda code: (-table.rank(code), code))))
        for folded, codes in sorted(found.items())
    )


def all_sections(table: Table) -> dict[str, str]:
    """Return the text of each section, in the order of the file."""
    english = table.names["en"]
    sections = {
        "core": lines((code, parent, english[code]) for code, parent in sorted(table.parents.items())),
        "groups": lines((code, " ".join(members)) for code, members in sorted(table.groups.items())),
        "codes": lines(sorted(table.codes.items())),
        "seats": seat_section(table),
    }
    for language in LANGUAGES[1:]:
        # A name equal to the English one is left out: English is what is shown for want of another.
        names = [(code, name) for code, name in table.names[language].items() if name != english[code]]
        sections[f"names.{language}"] = lines(sorted(names))
    return sections | key_sections(table)


def main() -> None:
    """Build the table from the packages in the folder named on the command line."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    inputs = Path(sys.argv[1])
    iso = importlib.import_module("pycountry")
    table = Table()
    add_countries(table, inputs)
    add_subdivisions(table, inputs, iso)
    add_country_names(table, inputs)
    add_english_subdivisions(table, inputs, iso)
    add_hand_names(table)
    tally = add_subdivision_names(table, inputs, iso)
    if strays := {entry.alpha_2 for entry in iso.countries} ^ {
        code for code in table.parents if table.rank(code) == 0 and code != "XK"
    }:
        raise SystemExit(f"countries differ from the ISO edition: {sorted(strays)}")
    sections = all_sections(table)
    write_pack(PACK, sections, pins(HAND, inputs))
    print(f"{len(table.parents)} regions, {PACK.stat().st_size:,} bytes, {dict(tally)}", file=sys.stderr)


if __name__ == "__main__":
    main()
