"""Find regions while a person types in the picker: prefix, word start, loose letters, typing errors.

It must never build an index: the packed keys are searched as one text, which needs no start-up
and no memory, and takes a few milliseconds a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termnews.models import Region
from termnews.regions.keys import key, script
from termnews.regions.lookup import find_code, keys, near
from termnews.regions.table import rank, region, within

LIMIT = 60
"""Most regions returned: more than a picker shows, few enough to sort and name at each key."""

Score = tuple[int, int, int, int]
"""How good a hit is, the smallest best; the first number is the kind."""

_CODE, _EXACT, _PREFIX, _WORD, _INSIDE, _LOOSE, _TYPO = range(7)
# Loose hits and typing errors are looked for only while there are fewer better ones than this.
_FEW = 12
_LONGEST = 40
_ABBREVIATED = 4  # letters of an abbreviation at most: "muc", "frsc"
# Hits that are ordered again by whether the name shown is the one that was hit.
_ON_TOP = 3 * LIMIT


def search(text: str, lang: str = "en") -> tuple[Region, ...]:
    """Return the regions that fit what was typed so far, best first; empty for an empty text.

    Looked at are names in all packaged languages, codes, capitals and main towns. Codes come
    first, then whole names of countries, names that begin so, names with a word that begins
    so, names with these letters inside, names with these letters in this order ("muc" for
    Munich, hence Bavaria), and last names a typing error away. Within one kind names in the
    language shown come before others, names before towns, countries before groupings and
    subdivisions, and tighter hits before looser ones.

    Args:
        text: What was typed.
        lang: Language of the names returned.
    """
    folded = key(text)[:_LONGEST]
    best: dict[str, Score] = dict(_codes(text))
    sources = (f"keys.{script(folded)}", "seats") if folded else ()
    for hits in (_plain, _loose, _typing_errors):
        # Who leaves letters out types few: five that stand in a name are meant as they are.
        enough = best and (len(folded) > _ABBREVIATED or len(best) >= _FEW)
        if hits is _plain or not (enough or min(best.values(), default=(_TYPO,))[0] <= _EXACT):
            for source in sources:
                _keep_best(hits(folded, source), source == "seats", best)
    top = sorted(best, key=lambda code: (best[code], code))[:_ON_TOP]
    shown = {code: region(code, lang) for code in top}
    top.sort(key=lambda code: _order(best[code], folded not in key(shown[code].name)))
    return tuple(shown[code] for code in top[:LIMIT])


def _order(score: Score, foreign: bool) -> tuple[int, ...]:
    """Return the score with the language of the name in its place; it says nothing of loose hits."""
    kind, town, level, looseness = score
    if kind >= _LOOSE:
        return score
    # "central" is the whole name of a dozen provinces, and far more often the way to Central Asia.
    only_begins = kind == _EXACT and (town or level > 1)
    return (_PREFIX if only_begins else kind, foreign, town, level, looseness)


def _keep_best(hits: Iterator[tuple[int, int, str]], town: bool, best: dict[str, Score]) -> None:
    """Enter the codes of each hit with the best score they have had."""
    for kind, looseness, codes in hits:
        for place, code in enumerate(codes.split(" ")):
            if kind >= _LOOSE:
                score = (kind, looseness, int(town), rank(code))
            else:
                score = (kind, int(town), rank(code), place - _LONGEST if kind == _EXACT else looseness)
            if code not in best or score < best[code]:
                best[code] = score


def _codes(text: str) -> Iterator[tuple[str, Score]]:
    """Yield the region of this code and the subdivisions whose codes begin so ("tj-")."""
    if code := find_code(text):
        yield code, (_CODE, 0, 0, 0)
    start = text.strip().upper()
    if start[2:3] == "-":
        yield from ((code, (_CODE, 0, 1, 0)) for code in within(start[:2]) if code.startswith(start))


def _plain(folded: str, source: str) -> Iterator[tuple[int, int, str]]:
    """Yield kind, looseness and codes of the names that hold the text as it is."""
    text = keys(source)
    # One letter stands inside nearly every name: then only the beginnings count.
    sought = "\n" + folded if len(folded) == 1 and folded.isascii() else folded
    start = text.find(sought)
    while start >= 0:
        at = start + len(sought) - len(folded)
        tab, end = text.find("\t", at), text.find("\n", at)
        if tab < end:  # Else the text was met among the codes of a line.
            before = text[at - 1]
            kind = _PREFIX if before == "\n" else _WORD if before == " " else _INSIDE
            beyond = tab - at - len(folded)
            yield (_EXACT if kind == _PREFIX and not beyond else kind), beyond, text[tab + 1 : end]
        start = text.find(sought, end)


def _loose(folded: str, source: str) -> Iterator[tuple[int, int, str]]:
    """Yield the names that have a word with the first letter and, after it, the others in this order."""
    first, *others = (re.escape(letter) for letter in folded)
    # The look-behind stands after the letter, so that the engine jumps from one such letter to the next.
    pattern = rf"{first}(?<=[\n ]{first})" + "".join(rf"[^\t\n]*?{letter}" for letter in others)
    for match in re.finditer(pattern + r"(?=([^\t\n]*)\t([^\n]+))", keys(source)):
        yield _LOOSE, 4 * (len(match[0]) - len(folded)) + len(match[1]), match[2]


def _typing_errors(folded: str, source: str) -> Iterator[tuple[int, int, str]]:
    """Yield the names one error away, or two for eight letters and more."""
    for distance, codes in near(folded, source, min(len(folded) // 4, 2)):
        yield _TYPO, distance, codes
