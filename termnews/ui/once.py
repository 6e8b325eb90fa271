"""Something that is asked for often and done once: when the message at hand has been dealt with."""

from __future__ import annotations

from collections.abc import Callable

from textual.message_pump import MessagePump


class Once:
    """Calls a function once for all who ask while one message is dealt with, before the next is."""

    def __init__(self, pump: MessagePump, run: Callable[[], object]) -> None:
        """Belong to the widget, screen or application whose messages they are."""
        self._pump, self._run = pump, run
        self._due = False

    def __call__(self) -> None:
        """Ask for it."""
        if not self._due:
            self._due = True
            self._pump.call_next(self._now)

    def _now(self) -> None:
        self._due = False
        self._run()
