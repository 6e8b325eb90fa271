"""The bytes of a picture → cells a terminal can draw; Pillow and textual-image stop here.

It must never fetch or keep anything, nor run in the process that draws the screen: what it reads is hostile,
and both libraries are in compiled code. textual-image asks the terminal questions when it is imported where
standard output is one, which that of the worker is not.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from termnews.errors import ImageError
from termnews.models.pictures import LONGEST_SIXEL, Cells, Drawn, Frame, Picture

if TYPE_CHECKING:
    from PIL.Image import Image
    from rich.color import Color
    from rich.console import Console, RenderableType

FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP")
"""What is read; others are rare in news, and each is one more reader to attack."""
MOST_PIXELS: Final = 40_000_000
"""Pixels of a picture that is read: more than a camera of the press takes, 160 MB unpacked."""
LEAST: Final = 40
"""Pixels a side of a picture has at least; what is smaller is an icon or a spacer."""
KEPT: Final = (1280, 960)
"""Pixels a kept picture has at most; more no pane of a terminal shows."""
_QUALITY: Final = 82
_LARGER: Final = 2.0
"""How many times its own size a picture is drawn at most."""
_THINNEST: Final = 20
"""Times one side may be as long as the other: beyond that it is a rule or a banner's edge."""
_WRONG: Final = (
    OSError,
    ValueError,
    TypeError,
    SyntaxError,
    LookupError,
    EOFError,
    ArithmeticError,
    struct.error,
)
"""What Pillow raises on broken files (its documentation names the first two; the rest was met)."""
_BAND: Final = 6  # lines of pixels that Sixel writes at once
_NEW_COLOUR: Final = re.compile(r"#\d+;2;\d+;\d+;\d+")
_PAPER: Final = (255, 255, 255)
"""Behind what is transparent: pictures of the web are made for white pages."""


def installed() -> bool:
    """Return whether the libraries of the extra `images` are there; they are not imported."""
    return find_spec("PIL") is not None and find_spec("textual_image") is not None


def draw(body: bytes, frame: Frame) -> Drawn:
    """Return a picture as it stands in a frame, and as it is worth keeping.

    Args:
        body: a JPEG, PNG, GIF or WebP file; of a moving picture the first one is drawn.
        frame: the room it has.

    Raises:
        ImageError: it is none of these, too large or too small, or damaged.
    """
    try:
        with warnings.catch_warnings():
            # Also textual-image calls what Pillow wants called otherwise some day.
            warnings.simplefilter("ignore")
            image = _read(body)
            kept = io.BytesIO()
            image.save(kept, "JPEG", quality=_QUALITY)
            return Drawn(_drawn(image, frame), kept.getvalue())
    except ImportError as error:
        raise ImageError(
            "Pictures need textual-image, which is not installed; run: pip install 'termnews[images]'"
        ) from error


def _read(body: bytes) -> Image:
    """Return the picture without transparency, the right way up, no larger than it is kept."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses what has twice as many
    try:
        with Image.open(io.BytesIO(body), formats=FORMATS) as opened:
            _check(*opened.size)
            opened.draft("RGB", KEPT)  # a JPEG is unpacked no larger than it is needed: a tenth of the time
            image = ImageOps.exif_transpose(opened)
            image.thumbnail(KEPT)
            image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    except (Image.DecompressionBombError, *_WRONG) as error:
        raise ImageError("The picture is damaged, too large, or of a kind that is not drawn.") from error
    if image.mode == "RGBA":
        paper = Image.new("RGB", image.size, _PAPER)
        paper.paste(image, mask=image.getchannel("A"))
        return paper
    return image


def _check(width: int, height: int) -> None:
    """Refuse what is too large, or no picture to look at, before it is unpacked."""
    if width * height > MOST_PIXELS:
        raise ImageError(f"The picture is too large ({width} × {height}).")
    if min(width, height) < LEAST or max(width, height) > _THINNEST * min(width, height):
        raise ImageError(f"The picture is too small to be drawn ({width} × {height}).")


def _drawn(image: Image, frame: Frame) -> Picture:
    """Return the picture as large as its frame allows, with its sides as they are to each other."""
    from rich.console import Console
    from textual_image.renderable.halfcell import Image as HalfBlocks
    from textual_image.renderable.tgp import Image as Placeholders

    wide, high = frame.cell
    scale = min(frame.columns * wide / image.width, frame.rows * high / image.height, _LARGER)
    columns = max(1, min(frame.columns, round(image.width * scale / wide)))
    rows = max(1, min(frame.rows, round(image.height * scale / high)))
    console = Console(
        file=io.StringIO(), width=columns, height=rows, color_system="truecolor", legacy_windows=False
    )
    if not frame.number:
        lines = _lines(console, HalfBlocks(image, width=columns, height=rows))
        sixel = _sixel(image, columns * wide, rows * high) if frame.sixel else ""
        return Picture(columns, lines, sixel=sixel)
    placeholders = Placeholders(image, width=columns, height=rows)
    placeholders.terminal_image_id = frame.number  # it would write to the terminal itself if it had none
    png = io.BytesIO()
    image.resize((columns * wide, rows * high)).save(png, "PNG", compress_level=2)
    return Picture(columns, _lines(console, placeholders), png.getvalue())


def _sixel(image: Image, width: int, height: int) -> str:
    """Return a picture of this size as Sixel, without head and end of the sequence; empty: it is too long.

    Lines of pixels at the foot that do not fill a band are left to the half blocks below: terminals count
    in whole bands when they make room.
    """
    from textual_image._sixel import image_to_sixels  # the renderable would ask the terminal for its size

    shown = image.resize((width, height)).crop((0, 0, width, height - height % _BAND))
    _, _, body = image_to_sixels(shown).partition("q")
    body = body.removesuffix("\x1b\\").removesuffix("-")  # a band less: what follows the last one is empty
    # All colours before the first band: xterm speckles a band in which it is told of new ones.
    colours = "".join(_NEW_COLOUR.findall(body))
    size, hash_, bands = _NEW_COLOUR.sub(lambda each: each[0].partition(";")[0], body).partition("#")
    body = size + colours + hash_ + bands
    return body if len(body) <= LONGEST_SIXEL else ""


def _lines(console: Console, renderable: RenderableType) -> tuple[tuple[Cells, ...], ...]:
    """Return what a renderable draws, line by line, neighbours of the same colours as one."""
    lines: list[list[Cells]] = [[]]
    for segment in console.render(renderable):
        style = segment.style
        colours = (_number(style.color), _number(style.bgcolor)) if style else (-1, -1)
        text, *more = segment.text.split("\n")
        line = lines[-1]
        if text and line and line[-1][1:] == colours:
            line[-1] = (line[-1][0] + text, *colours)
        elif text:
            line.append((text, *colours))
        lines += [[] for _ in more]
    return tuple(tuple(line) for line in lines if line)


def _number(colour: Color | None) -> int:
    """Return a colour as 0xRRGGBB; -1 for none."""
    if colour is None or colour.triplet is None:
        return -1
    red, green, blue = colour.triplet
    return red << 16 | green << 8 | blue
