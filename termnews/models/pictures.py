"""Records of pictures: what is wanted on the screen, and a picture as cells of a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MOST: Final = 20
"""Pictures of one article that are brought ahead or bound into a book; a hostile one may name a million."""
LONGEST_SIXEL: Final = 1_000_000
"""Letters of a picture as Sixel: three times those of a photograph on 70 × 16 cells."""

Cells = tuple[str, int, int]
"""Characters, their colour and that of their ground as 0xRRGGBB; -1: none of its own."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The room a picture has on the screen."""

    columns: int
    """Cells of a line it may take, at least 1."""
    rows: int
    """Lines it may take, at least 1."""
    cell: tuple[int, int] = (10, 20)
    """Width and height of a cell in pixels."""
    number: int = 0
    """Number under which a terminal of kitty's protocol is told of it, below 2**32; 0: half blocks."""
    sixel: bool = False
    """Whether it is wanted as Sixel, too, to be written over the half blocks."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is drawn in the lines of an article."""

    columns: int
    """Cells of each line."""
    lines: tuple[tuple[Cells, ...], ...]
    """From top to bottom, each as wide as `columns`."""
    png: bytes = b""
    """What a terminal of kitty's protocol is to be told; empty for half blocks."""
    sixel: str = ""
    """The same as Sixel, what stands between head and end of the sequence; empty: none is wanted, or it
    would be too long."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of drawing the bytes of a picture."""

    picture: Picture
    """The picture in its frame."""
    kept: bytes
    """The picture as it is worth keeping: a small JPEG of our own making, to be drawn again in any frame."""


@dataclass(frozen=True, slots=True)
class PictureWish:
    """A picture of an article that is looked at."""

    article: int
    """Number of the article."""
    url: str
    """Address of the picture."""
    frame: Frame
    """Where it is to be drawn."""
    full: bool = False
    """Whether the full text names it; else it is the feed that does."""
    online: bool = True
    """Whether it may be fetched; else it is drawn only if it is kept already."""


@dataclass(frozen=True, slots=True)
class PictureAnswer:
    """What came of a wish."""

    article: int
    """As in the wish."""
    url: str
    """As in the wish."""
    picture: Picture | None = None
    """The picture; None: the caption stays."""
    error: str = ""
    """Why there is none, as one sentence; empty when there is one."""
