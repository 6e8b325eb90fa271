"""Ask the terminal for the colour of its ground before the screen opens: light or dark.

It must never wait long, and never leave the terminal otherwise than it was. The answer goes to the
variable COLORFGBG, which shells pass on from another terminal and which most terminals do not set.
"""

from __future__ import annotations

import os
import re
import select
import termios
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Final

# OSC 11 asks for the ground (xterm, Control Sequences). Every terminal answers the second question, what
# it is (DA1): where that answer comes alone, no other will.
_QUESTION: Final = b"\x1b]11;?\x1b\\\x1b[c"
_GROUND: Final = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})")
_END: Final = re.compile(rb"\x1b\[\?[\d;]*c")
_PATIENCE: Final = 0.4
"""Seconds a terminal may take after the screen is loaded."""
_MUTE: Final = ("", "dumb", "linux")
"""Terminals that know no such question, by TERM."""
_INPUT: Final = 0
_LONGEST: Final = 4096
_AS_LIGHT_AS_DARK: Final = 0.179  # luminance whose contrast with black is that with white (WCAG 2.2)


@contextmanager
def asked(
    environ: MutableMapping[str, str] = os.environ, terminal: int = _INPUT, patience: float = _PATIENCE
) -> Iterator[None]:
    """Ask, let the program do something else meanwhile, then take the answer.

    Args:
        environ: TERM tells whether to ask; COLORFGBG is set where there is an answer.
        terminal: its file descriptor, open for reading and writing; standard input.
        patience: seconds to wait for the answer in the end.
    """
    if environ.get("TERM", "") in _MUTE or not os.isatty(terminal):
        yield
        return
    before = termios.tcgetattr(terminal)
    silent = termios.tcgetattr(terminal)
    silent[3] &= ~(termios.ECHO | termios.ICANON)
    try:
        termios.tcsetattr(terminal, termios.TCSADRAIN, silent)
        os.write(terminal, _QUESTION)
        yield
        light = is_light(_answer(terminal, patience))
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
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


def is_light(answer: bytes) -> bool | None:
    """Return whether the ground a terminal names is light; None when it names none."""
    found = _GROUND.search(answer)
    if found is None:
        return None
    red, green, blue = (_linear(int(each, 16) / (16 ** len(each) - 1)) for each in found.groups())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > _AS_LIGHT_AS_DARK


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
