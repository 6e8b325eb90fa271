"""A picture as lines of the article pane: half blocks, or the placeholders of kitty's graphics protocol.

It must never read the bytes of a picture; what the terminal is told of one is written here, from numbers,
base64 and the letters of Sixel alone, so that no byte from outside can steer it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Final

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style

from termnews.models.pictures import LONGEST_SIXEL, Cells, Picture
from termnews.ui.article_looks import NUMBER

_CHUNK: Final = 4096  # characters of base64 a message may have (kitty's graphics protocol)
_KITTY: Final = ("xterm-kitty", "xterm-ghostty")
"""Terminals, by TERM, that draw pictures in the place of characters. Others answer that they know kitty's
protocol but do not know this part of it, so none is asked."""
_TMUX: Final = "TMUX"
_SIXEL: Final = b'!"#$-0123456789;' + bytes(range(ord("?"), ord("~") + 1))
"""Letters between head and end of a Sixel sequence (DEC STD 070, chapter 9)."""
_SIZE: Final = re.compile(r'"1;1;(\d{1,4});(\d{1,4})#')
_BAND: Final = 6  # lines of pixels between two of its line feeds


class Hung:
    """A picture that hangs in an article."""

    def __init__(self, picture: Picture, link: int, cell: tuple[int, int] = (10, 20)) -> None:
        """Make its lines.

        Args:
            picture: as it came.
            link: number of the link that leads to it; a click there opens it.
            cell: width and height in pixels of the cells it was made for.
        """
        self.rows = len(picture.lines)
        self.columns = picture.columns
        self.cell = cell
        self.sixel = _sixel(picture, cell)
        """What is to be written over it as Sixel; empty: nothing."""
        meta = Style(meta={NUMBER: link})
        styles: dict[tuple[int, int], Style] = {}
        self._lines = [[_segment(cells, styles, meta) for cells in line] for line in picture.lines]

    def line(self, row: int) -> list[Segment]:
        """Return one of its lines."""
        return self._lines[row]


def _segment(cells: Cells, styles: dict[tuple[int, int], Style], meta: Style) -> Segment:
    text, *colours = cells
    key = (colours[0], colours[1])
    if key not in styles:
        styles[key] = Style(color=_colour(key[0]), bgcolor=_colour(key[1])) + meta
    return Segment(text, styles[key])


def _colour(number: int) -> Color | None:
    """Return the colour of 0xRRGGBB; none for a negative number."""
    if number < 0:
        return None
    return Color.from_triplet(ColorTriplet(number >> 16 & 255, number >> 8 & 255, number & 255))


def _sixel(picture: Picture, cell: tuple[int, int]) -> str:
    """Return the Sixel of a picture if it is nothing else and stays within its cells; else nothing.

    To the right a terminal cuts off what is too long; downwards it would scroll.
    """
    body, high = picture.sixel, len(picture.lines) * cell[1]
    if not body or len(body) > LONGEST_SIXEL or not body.isascii() or body.encode().translate(None, _SIXEL):
        return ""
    size = _SIZE.match(body)
    if size is None or int(size[1]) > picture.columns * cell[0] or int(size[2]) > high:
        return ""
    return body if (body.count("-") + 1) * _BAND <= high else ""


def over(sixel: str, across: int, down: int) -> str:
    """Return what writes Sixel from a cell of the screen on, with the cursor where it was."""
    return f"\x1b7\x1b[{down + 1};{across + 1}H\x1bP0;0;0q{sixel}\x1b\\\x1b8"


def is_kitty(environ: Mapping[str, str]) -> bool:
    """Return whether the terminal draws pictures in the place of characters."""
    return environ.get("TERM", "") in _KITTY and _TMUX not in environ


def told(number: int, picture: Picture) -> str:
    """Return what tells the terminal of a picture under a number, without showing it yet."""
    data = b64encode(picture.png).decode("ascii")
    chunks = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    # a=T, U=1: a picture seen where its placeholders stand; q=2: no answer, which would look like keys.
    head = f"a=T,U=1,i={number},c={picture.columns},r={len(picture.lines)},f=100,q=2,"
    return "".join(
        f"\x1b_G{'' if at else head}m={int(at + 1 < len(chunks))};{chunk}\x1b\\"
        for at, chunk in enumerate(chunks)
    )


def forgotten(number: int) -> str:
    """Return what makes the terminal forget a picture."""
    return f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\"
