"""Ask the terminal for the colour of its ground before the screen opens: light or dark.

It must never wait, and never leave the terminal otherwise than it was. The answer goes to the variable
COLORFGBG, which shells pass on from another terminal and which most terminals do not set. What comes
later is heard by `late_ground`.
"""

from __future__ import annotations

import os
import re
import select
import termios
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, Final

# OSC 11 asks for the ground (xterm, Control Sequences). Every terminal answers the second question, what
# it is (DA1): where that answer comes alone, no other will.
_QUESTION: Final = b"\x1b]11;?\x1b\\\x1b[c"
_GROUND: Final = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})")
_END: Final = re.compile(rb"\x1b\[\?[\d;]*c")
_PATIENCE: Final = 0.05
"""Seconds an answer may take that has begun."""
_MUTE: Final = ("", "dumb", "linux")
"""Terminals that know no such question, by TERM."""
_INPUT: Final = 0
_LONGEST: Final = 4096
_AS_LIGHT_AS_DARK: Final = 0.179  # luminance whose contrast with black is that with white (WCAG 2.2)


class Asked:
    """A terminal that was asked."""

    def __init__(self, terminal: int, environ: MutableMapping[str, str]) -> None:
        """Ask the terminal of this file descriptor."""
        self._terminal, self._environ = terminal, environ
        self._before: list[Any] | None = termios.tcgetattr(terminal)
        silent = termios.tcgetattr(terminal)
        silent[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(terminal, termios.TCSADRAIN, silent)
        os.write(terminal, _QUESTION)

    def late(self) -> list[Any] | None:
        """Take the answer; return how the terminal was before, where more is still to come, else None."""
        said = b""
        while not _END.search(said) and len(said) < _LONGEST:
            ready, _, _ = select.select([self._terminal], [], [], _PATIENCE if said else 0)
            more = os.read(self._terminal, 256) if ready else b""
            if not more:
                break
            said += more
        tell(is_light(said), self._environ)
        before = self._before
        if not _END.search(said):
            return before  # it stays silent: an answer on the way would be written where the cursor is
        self.restore()
        return None

    def restore(self) -> None:
        """Leave the terminal as it was; a second time does nothing."""
        if self._before is not None:
            termios.tcsetattr(self._terminal, termios.TCSADRAIN, self._before)
            self._before = None


@contextmanager
def asked(
    environ: MutableMapping[str, str] = os.environ, terminal: int = _INPUT
) -> Iterator[Callable[[], list[Any] | None]]:
    """Ask; call what is yielded when something else was done meanwhile, to take the answer (`Asked.late`).

    Args:
        environ: TERM tells whether to ask; COLORFGBG is set where there is an answer.
        terminal: its file descriptor, open for reading and writing; standard input.
    """
    if environ.get("TERM", "") in _MUTE or not os.isatty(terminal):
        yield lambda: None
        return
    question = Asked(terminal, environ)
    try:
        yield question.late
    finally:
        question.restore()


def tell(light: bool | None, environ: MutableMapping[str, str] = os.environ) -> None:
    """Set COLORFGBG to what a terminal said; None: it said nothing."""
    if light is not None:
        environ["COLORFGBG"] = "0;15" if light else "15;0"


def is_light(answer: bytes) -> bool | None:
    """Return whether the ground a terminal names is light; None when it names none."""
    found = _GROUND.search(answer)
    if found is None:
        return None
    red, green, blue = (_linear(int(each, 16) / (16 ** len(each) - 1)) for each in found.groups())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > _AS_LIGHT_AS_DARK


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
