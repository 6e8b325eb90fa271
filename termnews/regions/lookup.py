"""Turn what a person wrote into a region code: exact, by name in any packaged language, or the nearest.

It must never read an article: finding places inside a text is another matter than reading the
one place somebody typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from termnews.models import Region
from termnews.regions.keys import key, script
from termnews.regions.pack import section
from termnews.regions.table import known, rank, region, within

_CODE = re.compile(r"[A-Z]{2,3}|[0-9]{3}|[A-Z]{2}-[A-Z0-9]{1,3}")
# Words for kinds of subdivisions, as keys: "Punjab province" is found as "Punjab".
_KINDS = re.compile(
    r"\b(?:autonomous|city|county|district|governorate|oblast|krai|prefecture|province|region|republic|state|"
    r"viloyati?|oblysy|область|край|республика|провинция|город|вилоят|вилояти|шахри|ولایت|استان|شهر)\b"
)


@cache
def keys(name: str) -> str:
    """Return a section of keys with a newline before each line, to be searched as one text."""
    return "\n" + section(name)


@cache
def _other_codes() -> dict[str, str]:
    rows = (line.partition("\t") for line in section("codes").splitlines())
    return {code: current for code, _, current in rows}


def find_code(text: str) -> str | None:
    """Return the region an exact code names, in any case: tj, TJ-GB, 143, TJK, 762, or a retired code."""
    code = text.strip().upper().replace("_", "-").replace("–", "-")
    if not _CODE.fullmatch(code):
        return None
    return code if known(code) else _other_codes().get(code)


def codes_of(folded: str, name: str) -> list[str]:
    """Return the codes a section of keys has for exactly this key, the likeliest first."""
    text = keys(name)
    start = text.find(f"\n{folded}\t")
    if start < 0:
        return []
    start += len(folded) + 2
    return text[start : text.index("\n", start)].split(" ")


def named(text: str) -> list[str]:
    """Return the codes with this name in any packaged language, the likeliest first; may be empty."""
    folded = key(text)
    if codes := codes_of(folded, f"keys.{script(folded)}"):
        return codes
    bare = " ".join(_KINDS.sub(" ", folded).split())
    return codes_of(bare, f"keys.{script(bare)}")


def find(text: str) -> str | None:
    """Return the code of the one place a person wrote, None when there is none of that name.

    An exact code comes first, then names in any packaged language without regard to case,
    accents, hyphens and dots. Of places that share a name a country is preferred to a grouping
    and that to a subdivision ("Georgia" is GE); "Georgia, US" and "Badakhshan, Afghanistan" say
    which one is meant.
    """
    if code := find_code(text):
        return code
    if codes := named(text):
        return codes[0]
    inner, comma, outer = re.sub("[،、，]", ",", text).rpartition(",")
    around = find(outer) if comma else None
    if around is None:
        return None
    return next((code for code in named(inner) if code in within(around)), None)


def unknown(text: str) -> str:
    """Return the sentence for a place nobody knows, with the nearest three where there are any."""
    offers = ", ".join(f"{each.name} ({each.code})" for each in nearest(text))
    return f"no place is called {text!r}" + (f"; nearest: {offers}" if offers else "")


def nearest(text: str, n: int = 3) -> tuple[Region, ...]:
    """Return the regions whose names are nearest to a text that `find` does not know, nearest first.

    Names of main towns count as well: "Munich" is near Bavaria. May be empty.
    """
    folded = key(text)
    found = dict.fromkeys(codes_of(folded, "seats"))
    hits = near(folded, f"keys.{script(folded)}", max(1, len(folded) // 4))
    ordered = sorted({(distance, rank(code), code) for distance, codes in hits for code in codes.split(" ")})
    found |= dict.fromkeys(code for _, _, code in ordered)
    return tuple(region(code) for code in list(found)[:n])


def near(folded: str, name: str, limit: int) -> Iterator[tuple[int, str]]:
    """Yield distance and codes of the keys in a section that are at most so many edits away."""
    letters = set(folded)
    shortest, longest = max(limit + 1, len(folded) - limit), len(folded) + limit
    for line in section(name).splitlines() if limit else ():
        other, _, codes = line.partition("\t")
        if shortest <= len(other) <= longest and len(letters.difference(other)) <= limit:
            distance = edits(folded, other, limit)
            if distance <= limit:
                yield distance, codes


def edits(first: str, second: str, limit: int) -> int:
    """Return how many letters to insert, drop, change or swap with the next make one text the other.

    Anything above the limit comes back as limit + 1.
    """
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        before, above, row = row, before, [i]
        for j, other in enumerate(second, 1):
            cost = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
