"""Words lit in lines that are wrapped already: found across line ends and changes of style.

It must never wrap or draw: a lit piece keeps its style with one more mark behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from rich.cells import get_character_cell_size

from termnews.ui.cells import headline_text

if TYPE_CHECKING:
    from termnews.render import Line

Light = Literal["lit", "named"]
"""lit: words of the place looked at; named: words of the others."""
Lights = Sequence[tuple[str, Light]]
"""Words as they stand in the text, and how to light them; the first one that fits a spot wins."""

# Between two words may stand a line end with the margin of the next line, and the number of a link.
_GAP: Final = r"(?:[\s▎]|\[\d+\])+"
_LINE_END: Final = r"(?:\n[\s▎]*)?"
_SHORT: Final = 3  # letters of a word that is never cut in two: "U" and "S" on two lines are not "US"
_NOT_TEXT: Final = ("kicker", "meta", "rule", "bar", "number")  # roles of what nobody wrote as text


def light(lines: Sequence[Line], lights: Lights) -> list[Line]:
    """Return the lines of one block with the words in them marked; whole words only, case counts."""
    text = "\n".join("".join(part for part, _ in line) for line in lines)
    spans = list(_spans(text, lights)) if lights else []
    if not spans:
        return list(lines)
    found, at = [], 0
    for line in lines:
        found.append(tuple(pieces(line, at, spans, _NOT_TEXT)))
        at += sum(len(part) for part, _ in line) + 1
    return found


def is_lit(line: Line) -> bool:
    """Return whether words of the place looked at stand on the line."""
    return any("lit" in style.split(" ") for _, style in line)


def _spans(text: str, lights: Lights) -> Iterator[tuple[int, int, Light]]:
    """Yield where words stand, from first to last; no two of them overlap."""
    taken: list[tuple[int, int, Light]] = []
    for words, look in lights:
        pattern = _pattern(words)
        for match in pattern.finditer(text) if pattern else ():
            begin, end = match.span()
            if not any(begin < other_end and other < end for other, other_end, _ in taken):
                taken.append((begin, end, look))
    yield from sorted(taken)


@lru_cache(maxsize=64)
def _pattern(words: str) -> re.Pattern[str] | None:
    """Return what finds the words in wrapped text; None when nothing of them can be shown."""
    parts = headline_text(words).split()
    if not parts:
        return None
    # The scripts without spaces have no word ends to look for, and a line may end at each character.
    before = "" if _wide(parts[0][0]) else r"(?<!\w)"
    after = "" if _wide(parts[-1][-1]) else r"(?!\w)"
    return re.compile(before + _GAP.join(map(_loose, parts)) + after)


def _loose(word: str) -> str:
    """Return the pattern of a word that a line end may part: a short one only where it has to be one."""
    long = len(word) > _SHORT
    parted = [re.escape(char) + (_LINE_END if long or char == "-" or _wide(char) else "") for char in word]
    return "".join(parted[:-1]) + re.escape(word[-1])


def _wide(char: str) -> bool:
    return get_character_cell_size(char) == 2 or "\u0e00" <= char <= "\u0eff"


def pieces(
    line: Line, at: int, spans: Iterable[tuple[int, int, str]], but: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a line, parted where words begin and end and marked between.

    Args:
        line: the line.
        at: where in the text it begins.
        spans: begin, end and mark of the words in the text, from first to last.
        but: roles that are never marked.
    """
    for number, (part, style) in enumerate(line):
        done = 0
        plain = style.split(" ")[0] in but or (not number and part.isspace())
        for begin, end, look in spans:
            first, last = max(begin - at, done), min(end - at, len(part))
            if first >= last:
                continue
            if first > done:
                yield part[done:first], style
            yield part[first:last], style if plain else f"{style} {look}"
            done = last
        if done < len(part):
            yield part[done:], style
        at += len(part)
