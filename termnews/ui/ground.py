"""Ask the terminal before the screen opens: is its ground light or dark, and does it draw Sixel?

It must never wait long, and never leave the terminal otherwise than it was. What it says of its ground goes
to the variable COLORFGBG, which shells pass on from another terminal and which most terminals do not set.
"""

from __future__ import annotations

import os
import re
import select
import termios
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

# OSC 11 asks for the ground (xterm, Control Sequences). Every terminal answers the second question, what
# it is (DA1): where that answer comes alone, no other will.
_QUESTION: Final = b"\x1b]11;?\x1b\\\x1b[c"
_GROUND: Final = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})")
_END: Final = re.compile(rb"\x1b\[\?[\d;]*c")
# DA1: the class of the terminal, then what it can do; 4 is Sixel.
_ABLE: Final = re.compile(rb"\x1b\[\?\d+;([\d;]*)c")
_SIXEL: Final = b"4"
# How many colours Sixel may have (XTSMGRAPHICS); asked of those that draw it, since others may scroll at it.
_COLOURS: Final = b"\x1b[?1;1;0S\x1b[c"
_REGISTERS: Final = re.compile(rb"\x1b\[\?1;0;(\d{1,6})S")
_ENOUGH: Final = 256  # those a picture is made with; xterm -ti vt340 has 16 unless told otherwise
_PATIENCE: Final = 0.4
"""Seconds a terminal may take after the screen is loaded."""
_SURE: Final = 5
"""Times the patience with a terminal that answered before: what came later would be taken for keys."""
_MUTE: Final = ("", "dumb", "linux")
"""Terminals that know no such question, by TERM."""
_INPUT: Final = 0
_LONGEST: Final = 4096
_AS_LIGHT_AS_DARK: Final = 0.179  # luminance whose contrast with black is that with white (WCAG 2.2)


@dataclass(slots=True)
class Told:
    """What a terminal said of itself, once the asking is over."""

    sixel: bool = False
    """Whether it draws Sixel."""


@contextmanager
def asked(
    environ: MutableMapping[str, str] = os.environ,
    terminal: int = _INPUT,
    patience: float = _PATIENCE,
    *,
    pictures: bool = False,
) -> Iterator[Told]:
    """Ask, let the program do something else meanwhile, then take the answer.

    Args:
        environ: TERM tells whether to ask; COLORFGBG is set where there is an answer.
        terminal: its file descriptor, open for reading and writing; standard input.
        patience: seconds to wait for the answer in the end.
        pictures: whether it matters that the terminal draws Sixel.
    """
    told = Told()
    if environ.get("TERM", "") in _MUTE or not os.isatty(terminal):
        yield told
        return
    before = termios.tcgetattr(terminal)
    silent = termios.tcgetattr(terminal)
    silent[3] &= ~(termios.ECHO | termios.ICANON)
    try:
        termios.tcsetattr(terminal, termios.TCSADRAIN, silent)
        os.write(terminal, _QUESTION)
        yield told
        answer = _answer(terminal, patience)
        if pictures and has_sixel(answer):
            os.write(terminal, _COLOURS)
            told.sixel = has_colours(_answer(terminal, _SURE * patience))
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
    light = is_light(answer)
    if light is not None:
        environ["COLORFGBG"] = "0;15" if light else "15;0"


def _answer(terminal: int, patience: float) -> bytes:
    """Return what the terminal says within some seconds, up to the answer that comes last."""
    said = b""
    until = time.monotonic() + patience
    while not _END.search(said) and len(said) < _LONGEST:
        ready, _, _ = select.select([terminal], [], [], max(0.0, until - time.monotonic()))
        more = os.read(terminal, 256) if ready else b""
        if not more:
            break
        said += more
    return said


def has_sixel(answer: bytes) -> bool:
    """Return whether a terminal says that it draws Sixel."""
    found = _ABLE.search(answer)
    return found is not None and _SIXEL in found.group(1).split(b";")


def has_colours(answer: bytes) -> bool:
    """Return whether Sixel may have all colours of a picture, as far as a terminal says; silence is no."""
    found = _REGISTERS.search(answer)
    return _END.search(answer) is not None and (found is None or int(found.group(1)) >= _ENOUGH)


def is_light(answer: bytes) -> bool | None:
    """Return whether the ground a terminal names is light; None when it names none."""
    found = _GROUND.search(answer)
    if found is None:
        return None
    red, green, blue = (_linear(int(each, 16) / (16 ** len(each) - 1)) for each in found.groups())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > _AS_LIGHT_AS_DARK


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
