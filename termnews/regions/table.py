"""Codes, what lies in what, and names: the region table as it is read from the packed file.

It must never guess: it takes codes as they stand in the table, in upper case. `lookup.find`
turns what a person wrote into a code. A code it does not know (an article may carry one that a
later edition of the table lost) has no parent, holds nothing but itself and is its own name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

from termnews.models import Region
from termnews.regions.keys import key
from termnews.regions.pack import section

WORLD = "001"
"""Code of the world, the one region without a parent."""


@cache
def _core() -> dict[str, tuple[str, str]]:
    """Return code → (parent, English name)."""
    rows = (line.split("\t") for line in section("core").splitlines())
    return {code: (parent, name) for code, parent, name in rows}


@cache
def _members() -> dict[str, list[str]]:
    """Return code → codes directly below it, also for groupings that cut across the chain of parents."""
    below: dict[str, list[str]] = defaultdict(list)
    for code, (parent, _) in _core().items():
        below[parent].append(code)
    for line in section("groups").splitlines():
        code, _, members = line.partition("\t")
        below[code] += members.split(" ")
    return dict(below)


@cache
def _names(lang: str) -> dict[str, str]:
    """Return code → name for a packed language; empty for English and for any other language."""
    rows = (line.partition("\t") for line in section(f"names.{lang}").splitlines())
    return {code: name for code, _, name in rows}


def known(code: str) -> bool:
    """Tell whether the table has this very code."""
    return code in _core()


def parent(code: str) -> str | None:
    """Return the code of the region around it; None for the world and for an unknown code."""
    entry = _core().get(code)
    return entry[0] or None if entry else None


def ancestors(code: str) -> tuple[str, ...]:
    """Return the codes around it, nearest first, up to the world."""
    found = []
    above = parent(code)
    while above is not None:
        found.append(above)
        above = parent(above)
    return tuple(found)


def province(code: str) -> str:
    """Return the subdivision of the first level that is or holds a subdivision: GB-LND lies in GB-ENG."""
    return next((each for each in reversed(ancestors(code)) if "-" in each), code)


@lru_cache(maxsize=256)
def within(code: str) -> frozenset[str]:
    """Return the code and all codes below it, at any depth."""
    found = {code}
    pending = [code]
    while pending:
        below = [member for member in _members().get(pending.pop(), ()) if member not in found]
        found.update(below)
        pending += below
    return frozenset(found)


def rank(code: str) -> int:
    """Return 0 for countries, 1 for the world and groupings, 2 and 3 for subdivisions."""
    if "-" in code:
        return 3 if "-" in (parent(code) or "") else 2
    return 0 if code.isalpha() and code != "EU" else 1


def name(code: str, lang: str = "en") -> str:
    """Return the name in a language, else in English, else the code.

    Args:
        code: Region code.
        lang: BCP 47 tag; only its first part counts ("pt-BR" is "pt").
    """
    primary = lang.lower().replace("_", "-").partition("-")[0]
    entry = _core().get(code)
    return _names(primary).get(code) or (entry[1] if entry else code)


def region(code: str, lang: str = "en") -> Region:
    """Return the region with its name in a language."""
    return Region(code, name(code, lang), parent(code))


def tree(codes: Iterable[str], lang: str = "en") -> tuple[tuple[Region, int], ...]:
    """Return the tree that holds the codes and all that is around them, in display order.

    Continents have depth 0 and the world itself is left out, unless it is asked for: then it
    stands first. Siblings are sorted by name. Unknown codes stand at the end, at depth 0.
    """
    asked = dict.fromkeys(codes)
    below: dict[str | None, list[Region]] = defaultdict(list)
    for code in set(chain(asked, *map(ancestors, asked))):
        below[parent(code)].append(region(code, lang))
    rows = [(region(WORLD, lang), 0)] if WORLD in asked else []
    pending = [(child, 0) for child in _ordered(below[WORLD])]
    while pending:
        child, depth = pending.pop()
        rows.append((child, depth))
        pending += [(inner, depth + 1) for inner in _ordered(below[child.code])]
    return tuple(rows + [(region(code, lang), 0) for code in asked if not known(code)])


def _ordered(regions: list[Region]) -> list[Region]:
    """Return regions by name, last first, as a stack takes them."""
    return sorted(regions, key=lambda region: (key(region.name), region.code), reverse=True)
