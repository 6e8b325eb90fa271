"""The answer of a terminal that had not said all it was asked when the screen was loaded.

It must never let an answer through: to Textual it would be keys, `r`, `g` and `b` among them. Only a start
whose terminal is slow or silent loads this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from time import monotonic
from typing import Any, Final

from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.drivers import linux_driver
from textual.message import Message

from termnews.ui.ground import is_light
from termnews.ui.messages import GroundTold

_ANSWER: Final = re.compile(r"\x1b\]11;[^\x07\x1b]{0,40}(?:\x07|\x1b\\)|\x1b\[\?[\d;]{0,40}[cS]")
_BEGUN: Final = re.compile(r"\x1b(?:\](?:1(?:1(?:;[^\x07\x1b]{0,40}\x1b?)?)?)?|\[\?[\d;]{0,40})$")
_PATIENCE: Final = 0.1
"""Seconds after which what began like an answer is taken for keys; Textual waits as long for the rest."""


class Ears:
    """Takes the answer out of what a terminal sends."""

    def __init__(self) -> None:
        """Have heard nothing."""
        self._held, self._since, self._all_said = "", 0.0, False

    def hear(self, sent: str) -> tuple[str, bool | None]:
        """Return what of it are keys, and whether the ground is light; None: it says nothing of that."""
        if self._all_said:
            return sent, None
        light: bool | None = None
        sent, self._held = self._held + sent, ""
        for answer in _ANSWER.findall(sent):
            told = is_light(answer.encode("utf-8", "replace"))
            light = light if told is None else told
            self._all_said = self._all_said or answer.endswith("c")  # what it is, it was asked last
        keys = _ANSWER.sub("", sent)
        if not self._all_said and (begun := _BEGUN.search(keys)):
            self._held, self._since = begun[0], monotonic()
            keys = keys[: begun.start()]
        return keys, light

    def overdue(self) -> str:
        """Return what was no answer after all."""
        if not self._held or monotonic() - self._since < _PATIENCE:
            return ""
        keys, self._held = self._held, ""
        return keys


class Parser(XTermParser):
    """Reads what a terminal sends, with an ear for the answer."""

    def __init__(self, debug: bool = False) -> None:
        """Begin with nothing sent."""
        super().__init__(debug)
        self._ears = Ears()

    def feed(self, data: str) -> Iterable[Message]:
        """Yield keys, and what was said of the ground."""
        keys, light = self._ears.hear(data) if data else ("", None)
        if light is not None:
            yield GroundTold(light)
        if keys or not data:  # nothing at all is the end
            yield from super().feed(keys)

    def tick(self) -> Iterable[Message]:
        """Yield what has waited for more."""
        if keys := self._ears.overdue():
            yield from super().feed(keys)
        yield from super().tick()


def driver(usual: type[Driver], before: list[Any]) -> type[Driver]:
    """Return the driver that listens, where the usual one is that of a terminal.

    Args:
        usual: what Textual chose.
        before: how the terminal was set before it was asked, as it has to be left again.
    """
    if usual is not linux_driver.LinuxDriver:
        return usual

    class Listening(linux_driver.LinuxDriver):
        def start_application_mode(self) -> None:
            super().start_application_mode()  # type: ignore[no-untyped-call]
            self.attrs_before = before

        def run_input_thread(self) -> None:
            vars(linux_driver)["XTermParser"] = Parser  # it makes the one it reads with
            super().run_input_thread()

    return Listening
