"""Bytes → cells, and what hostile bytes come to. Without the extra `images` there is nothing to test here."""

from __future__ import annotations

import io
import re
import struct
import sys
import zlib
from typing import Any

import pytest

from termnews import images
from termnews.errors import ImageError
from termnews.models import pictures
from termnews.models.pictures import Frame

pillow: Any = pytest.importorskip("PIL.Image")
pytest.importorskip("textual_image")


def picture(
    size: tuple[int, int], colour: object = (200, 30, 40), kind: str = "PNG", mode: str = "RGB"
) -> bytes:
    """Return the file of a picture of one colour."""
    out = io.BytesIO()
    pillow.new(mode, size, colour).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", images.FORMATS)
def test_a_picture_becomes_lines_of_half_blocks(kind: str) -> None:
    drawn = images.draw(picture((400, 200), kind=kind), Frame(30, 16))
    assert drawn.picture.columns == 30
    assert len(drawn.picture.lines) == 8  # 400 × 200 in cells of 10 × 20: four times as wide as high
    assert {"".join(text for text, _, _ in line) for line in drawn.picture.lines} == {"▀" * 30}
    red, green, blue = drawn.picture.lines[0][0][1].to_bytes(3, "big")
    assert abs(red - 200) < 12 and abs(green - 30) < 12 and abs(blue - 40) < 12
    assert drawn.picture.png == b""
    assert images.draw(drawn.kept, Frame(30, 16)).picture.columns == 30


def test_it_fits_its_frame_and_keeps_its_sides() -> None:
    def size(width: int, height: int, frame: Frame) -> tuple[int, int]:
        drawn = images.draw(picture((width, height)), frame).picture
        return drawn.columns, len(drawn.lines)

    assert size(1000, 2000, Frame(70, 10)) == (10, 10)
    assert size(100, 100, Frame(70, 30)) == (20, 10)  # no more than twice its size
    assert size(800, 50, Frame(40, 30)) == (40, 1)


def test_kitty_is_told_a_png_and_shown_placeholders() -> None:
    drawn = images.draw(picture((400, 200)), Frame(4, 16, (10, 20), 0x12345678)).picture
    with pillow.open(io.BytesIO(drawn.png)) as png:
        assert (png.format, png.size) == ("PNG", (40, 20))
    ((text, colour, ground),) = drawn.lines[0]
    assert text.count("\U0010eeee") == 4 and (colour, ground) == (0x345678, -1)


def _pixels(sixel: str) -> dict[tuple[int, int], tuple[int, int, int]]:
    """Return what a terminal paints: column and line of pixels → red, green and blue, of 100 each."""
    colours: dict[str, tuple[int, int, int]] = {}
    painted: dict[tuple[int, int], tuple[int, int, int]] = {}
    colour = (0, 0, 0)
    x = y = end = 0
    for each in re.finditer(r'"1;1;\d+;\d+|#(\d+)(?:;2;(\d+);(\d+);(\d+))?|(?:!(\d+))?([?-~])|[$-]', sixel):
        assert each.start() == end  # there is nothing else
        end = each.end()
        if each[1]:
            if each[2]:
                colours[each[1]] = (int(each[2]), int(each[3]), int(each[4]))
            colour = colours[each[1]]
        elif each[6]:
            for _ in range(int(each[5] or 1)):
                painted |= {(x, y + at): colour for at in range(6) if ord(each[6]) - 63 >> at & 1}
                x += 1
        elif each[0] in "$-":
            x, y = 0, y + 6 * (each[0] == "-")
    assert end == len(sixel)
    return painted


def _spectrum() -> bytes:
    """Return the file of a picture of many colours: red to the right, green downwards, blue in stripes."""
    image = pillow.new("RGB", (100, 100))
    image.putdata(
        [(255 * x // 99, 255 * y // 99, 255 * (x // 10 % 2)) for y in range(100) for x in range(100)]
    )
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_sixel_paints_the_picture_in_whole_bands_within_its_cells() -> None:
    drawn = images.draw(_spectrum(), Frame(10, 5, (10, 20), sixel=True)).picture
    assert (drawn.columns, len(drawn.lines), drawn.png) == (10, 5, b"")
    assert "".join(text for text, _, _ in drawn.lines[0]) == "▀" * 10  # which stand below it
    assert len(drawn.sixel) < pictures.LONGEST_SIXEL and drawn.sixel.startswith('"1;1;100;96#')
    painted = _pixels(drawn.sixel)
    assert set(painted) == {(x, y) for x in range(100) for y in range(96)}
    for (x, y), (red, green, blue) in painted.items():
        assert abs(red - 100 * x / 99) < 20 and abs(green - 100 * y / 99) < 20
        assert x % 10 in (0, 9) or abs(blue - 100 * (x // 10 % 2)) < 30


def test_all_colours_of_sixel_come_before_its_bands() -> None:
    sixel = images.draw(_spectrum(), Frame(10, 5, (10, 20), sixel=True)).picture.sixel
    head, told, bands = re.fullmatch(r'("1;1;100;96)((?:#\d+;2;\d+;\d+;\d+)+)(#.*)', sixel).groups()  # type: ignore[union-attr]
    assert head and told.count("#") > 100 and ";" not in bands


def test_sixel_is_made_where_it_is_wanted_and_not_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    assert images.draw(_spectrum(), Frame(10, 5, (10, 20))).picture.sixel == ""
    monkeypatch.setattr(images, "LONGEST_SIXEL", 1000)
    drawn = images.draw(_spectrum(), Frame(10, 5, (10, 20), sixel=True)).picture
    assert drawn.sixel == "" and len(drawn.lines) == 5


def test_what_is_transparent_is_paper() -> None:
    drawn = images.draw(picture((80, 80), (0, 0, 0, 0), mode="RGBA"), Frame(8, 8))
    assert drawn.picture.lines[0][0][1:] == (0xFFFFFF, 0xFFFFFF)


def _png_of(width: int, height: int) -> bytes:
    """Return a PNG that says it is of this size and holds a few bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 64))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>not found</html>",
        b"GIF89a",
        picture((400, 200), kind="JPEG")[:700],
        picture((300, 300), kind="WEBP")[:40],
        picture((200, 200), kind="BMP"),
        picture((200, 200), kind="TIFF"),
        picture((39, 300)),
        picture((1200, 50)),
        _png_of(30_000, 30_000),
        _png_of(9_000, 5_000),
        _png_of(0, 500),
        _png_of(200, 200),
    ],
    ids=range(13),
)
def test_what_is_no_picture_to_look_at_is_refused(body: bytes) -> None:
    with pytest.raises(ImageError):
        images.draw(body, Frame(40, 16))


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textual_image.renderable.halfcell", None)
    with pytest.raises(ImageError, match=r"pip install 'termnews\[images\]'"):
        images.draw(picture((200, 200)), Frame(40, 16))
