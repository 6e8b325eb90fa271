"""Something that is asked for often and done once: when the message at hand has been dealt with."""

from __future__ import annotations

from collections.abc import Callable

from textual.widget import Widget


class Once:
    """Calls a function once for all who ask while one message is dealt with, before the next is."""

    def __init__(self, pump: Widget, run: Callable[[], object]) -> None:
        """Belong to the widget or screen whose messages they are; when it is taken down nothing is called."""
        self._pump, self._run = pump, run
        self._due = False

    def __call__(self) -> None:
        """Ask for it."""
        if not self._due:
            self._due = True
            self._pump.call_next(self._now)

    def _now(self) -> None:
        self._due = False
        if not self._pump._pruning and self._pump.is_running:
            self._run()
