"""The last wall before the terminal: no cell that could steer it leaves the program.

It must never be the only one: text is cleaned where it enters. This filter sees every line
drawn, from whatever widget, and takes out what should not have come so far.
"""

from __future__ import annotations

import re
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from termnews.ui.hyperlink import is_harmless

_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\ud800-\udfff]"
)


class Wall(LineFilter):
    """Takes control, bidi and tag characters out of every segment; they are laid out with width zero.

    A hyperlink goes as a whole unless it is harmless as it is.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with text and link made harmless."""
        return [
            Segment(_UNSAFE.sub("", segment.text), _unlinked(segment.style), segment.control)
            if _UNSAFE.search(segment.text) or _unlinked(segment.style) is not segment.style
            else segment
            for segment in segments
        ]


def _unlinked(style: Style | None) -> Style | None:
    """Return the style, without its link if that could steer the terminal."""
    if style is None or not style.link or is_harmless(style.link):
        return style
    return style.update_link(None)


class Colourless(LineFilter):
    """Takes the colours out, as NO_COLOR asks for; bold, underline, italic and reverse stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without colours."""
        return [
            Segment(segment.text, segment.style and segment.style.without_color, segment.control)
            for segment in segments
        ]


_ORNAMENT: Final = re.compile("[\u2500-\u259f\u2800-\u28ff●★▲◆◇≡↻‖]")
_FOLDS: Final = str.maketrans("▸▾", "+-")


class Bare(LineFilter):
    """Takes rules, blocks, braille and marks away, which a screen reader would spell out; words say them."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with spaces in the place of ornaments."""
        return [
            segment if segment.text.isascii() else Segment(_bare(segment.text), segment.style)
            for segment in segments
        ]


def _bare(text: str) -> str:
    return _ORNAMENT.sub(" ", text).translate(_FOLDS)


_MARKS: Final = str.maketrans("●★▲◆◇≡▌▸▾›·↻━─│‖✓•▎…“”×±»", '*+^o.=|>v>.~=-||v*|.""x#>')


class Ascii(LineFilter):
    """Draws every mark by a character each font has, one cell wide everywhere."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with the marks translated."""
        return [
            segment if segment.text.isascii() else Segment(segment.text.translate(_MARKS), segment.style)
            for segment in segments
        ]
