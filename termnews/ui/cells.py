"""Text in terminal cells: made safe to measure, cut, and broken into lines.

It must never style anything. Terminals disagree about the width of joined emoji, flags and
keycaps whatever a program computes, so a headline keeps only the characters all agree on.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rich.cells import cell_len, get_character_cell_size

from termnews.sanitize import screen_text

_EMOJI: Final = "\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_SELECTORS: Final = re.compile("[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")
_JOINED: Final = re.compile(f"([{_EMOJI}])(?:\u200d.)+")
_FLAGS: Final = re.compile("[\U0001f1e6-\U0001f1ff]+ ?")
# Scripts whose letters join so that terminals and width tables count differently.
_CONJUNCTS: Final = re.compile("[\u0900-\u0dff\u0e00-\u109f\u1780-\u17ff]")
_ELLIPSIS: Final = "…"


@lru_cache(maxsize=4096)
def headline_text(text: str) -> str:
    """Return feed text as one safe line whose width every terminal counts alike."""
    text = _SELECTORS.sub("", screen_text(text))
    return _FLAGS.sub("", _JOINED.sub(r"\1", text)).strip()


def stands_alone(text: str) -> bool:
    """Return whether nothing may stand to the right of the text on its line.

    Right-to-left text may be reordered by the terminal or not, and conjuncts may be counted
    otherwise: either would push what follows.
    """
    return bool(_CONJUNCTS.search(text)) or any(
        unicodedata.bidirectional(char) in ("R", "AL") for char in text
    )


def cut(text: str, width: int) -> str:
    """Return the text in at most `width` cells, with an ellipsis where something was cut off."""
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    return _take(text, width - 1).rstrip() + _ELLIPSIS


def fit(text: str, width: int) -> str:
    """Return the text cut or padded to exactly `width` cells."""
    text = cut(text, width)
    return text + " " * (width - cell_len(text))


def wrap(text: str, width: int, lines: int) -> list[str]:
    """Return the text broken into at most `lines` lines of `width` cells, the last one cut."""
    rows: list[str] = []
    while len(rows) < lines - 1 and cell_len(text) > width:
        row, text = _break(text, width)
        rows.append(row)
    return [*rows, cut(text, max(width, 1))]


def _break(text: str, width: int) -> tuple[str, str]:
    """Split off one line, at a space or hyphen where there is one in the second half of it."""
    head = _take(text, width)
    rest = text[len(head) :]
    if rest.startswith(" ") or not head:
        return head.rstrip(), rest.lstrip()
    for at in range(len(head) - 1, len(head) // 2, -1):
        if head[at] == " ":
            return head[:at].rstrip(), text[at + 1 :].lstrip()
        if head[at] == "-" or get_character_cell_size(head[at]) == 2:
            return head[: at + 1], text[at + 1 :].lstrip()
    return head, rest


def _take(text: str, width: int) -> str:
    """Return the longest beginning of the text that fits `width` cells."""
    if text.isascii():
        return text[:width]
    used = 0
    for at, char in enumerate(text):
        used += get_character_cell_size(char)
        if used > width:
            return text[:at]
    return text
