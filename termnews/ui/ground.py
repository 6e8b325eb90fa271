"""Ask the terminal before the screen opens: is its ground light or dark, and does it draw Sixel?

It must never wait for one that has not begun to answer, nor leave the terminal otherwise than it was. What it
says of its ground goes to the variable COLORFGBG, which shells pass on from another terminal and which most
terminals do not set. What comes later is heard by `late_ground`.
"""

from __future__ import annotations

import os
import re
import select
import termios
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

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
_PATIENCE: Final = 0.05
"""Seconds an answer may take that has begun."""
_SECOND: Final = 0.25
"""Seconds the second answer may take: the first one came while the screen was loaded."""
_MUTE: Final = ("", "dumb", "linux")
"""Terminals that know no such question, by TERM."""
_INPUT: Final = 0
_LONGEST: Final = 4096
_AS_LIGHT_AS_DARK: Final = 0.179  # luminance whose contrast with black is that with white (WCAG 2.2)


@dataclass(frozen=True, slots=True)
class Told:
    """What a terminal said of itself."""

    sixel: bool = False
    """Whether it draws Sixel in enough colours."""
    late: list[Any] | None = None
    """How it was before it was asked, where more is still to come; None: it said all."""


class Asked:
    """A terminal that was asked."""

    def __init__(self, terminal: int, environ: MutableMapping[str, str], *, pictures: bool) -> None:
        """Ask the terminal of this file descriptor."""
        self._terminal, self._environ, self._pictures = terminal, environ, pictures
        self._before: list[Any] | None = termios.tcgetattr(terminal)
        silent = termios.tcgetattr(terminal)
        silent[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(terminal, termios.TCSADRAIN, silent)
        os.write(terminal, _QUESTION)

    def told(self) -> Told:
        """Take the answer. Where it is still to come the terminal stays silent, or it would write it."""
        said = self._answer(0)
        tell(is_light(said), self._environ)
        sixel = self._pictures and has_sixel(said)
        if sixel:
            os.write(self._terminal, _COLOURS)
            said = self._answer(_SECOND)
        if not _END.search(said):
            return Told(late=self._before)
        self.restore()
        return Told(sixel and has_colours(said))

    def _answer(self, patience: float) -> bytes:
        """Return what came until the terminal had said what it is, or was not heard for this many seconds."""
        said = b""
        while not _END.search(said) and len(said) < _LONGEST:
            ready, _, _ = select.select([self._terminal], [], [], _PATIENCE if said else patience)
            more = os.read(self._terminal, 256) if ready else b""
            if not more:
                break
            said += more
        return said

    def restore(self) -> None:
        """Leave the terminal as it was; a second time does nothing."""
        if self._before is not None:
            termios.tcsetattr(self._terminal, termios.TCSADRAIN, self._before)
            self._before = None


@contextmanager
def asked(
    environ: MutableMapping[str, str] = os.environ, terminal: int = _INPUT, *, pictures: bool = False
) -> Iterator[Callable[[], Told]]:
    """Ask; call what is yielded when something else was done meanwhile, to take the answer (`Asked.told`).

    Args:
        environ: TERM tells whether to ask; COLORFGBG is set where there is an answer.
        terminal: its file descriptor, open for reading and writing; standard input.
        pictures: whether it matters that the terminal draws Sixel.
    """
    if environ.get("TERM", "") in _MUTE or not os.isatty(terminal):
        yield Told
        return
    question = Asked(terminal, environ, pictures=pictures)
    try:
        yield question.told
    finally:
        question.restore()


def tell(light: bool | None, environ: MutableMapping[str, str] = os.environ) -> None:
    """Set COLORFGBG to what a terminal said; None: it said nothing."""
    if light is not None:
        environ["COLORFGBG"] = "0;15" if light else "15;0"


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
