"""Keys typed ahead: each waits until the one before is answered, so that it reaches what that one opened.

It must never look at what a key is. Textual hands a key at once to the widget that has the focus then: what
came behind one that opens a screen went to the screen beneath, or was lost until the new one had its focus.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from time import monotonic
from typing import Any, Final

from textual.app import App
from textual.dom import DOMNode
from textual.events import Key

PATIENCE: Final = 1.0
"""Seconds after which the keys before one count as answered in any case."""
_ROUNDS: Final = 3
"""Ways from the focus up to the application: of a key, of what a widget told then, of the answer to that."""


class Ahead:
    """Lets keys through one after the other."""

    def __init__(self, app: App[Any]) -> None:
        """Hold none back yet."""
        self._app = app
        self.waiting: deque[Key] = deque()
        """Keys that are held back, the next one first."""
        self._next: Key | None = None
        self._since = 0.0

    def holds(self, key: Key) -> bool:
        """Tell whether a key has to wait; it is posted again when its turn comes."""
        if not self._app.screen_stack:
            return True  # the program is being left: nobody takes it any more
        if key is self._next:
            self._next = None
            if self.waiting:
                self._begin()
            return False
        if not self.waiting and self._next is None and not self._busy():
            return False
        self.waiting.append(key)
        if len(self.waiting) == 1 and self._next is None:
            self._begin()
        elif monotonic() - self._since >= PATIENCE:
            self._let_through()
        return True

    def _busy(self) -> bool:
        """Tell whether something is under way where a key goes: on the screens, or from the focus up."""
        nodes = (*self._way(), *self._app.screen_stack)
        return any(each.message_queue_size for each in nodes)

    def _way(self) -> list[DOMNode]:
        """Return where a key goes now, if nobody takes it."""
        return (self._app.focused or self._app.screen).ancestors_with_self

    def _begin(self) -> None:
        self._since = monotonic()
        self._app.call_next(self._go, iter(self._way()), _ROUNDS)

    def _go(self, way: Iterator[DOMNode], rounds: int) -> None:
        """Go the way of the keys before, behind them in every queue."""
        for node in way:
            if node.call_later(self._go, way, rounds):
                return
        if rounds > 1 and self._app.screen_stack:
            self._go(iter(self._way()), rounds - 1)
        else:
            self._let_through()

    def _let_through(self) -> None:
        if self.waiting and self._next is None:
            self._next = self.waiting.popleft()
            self._app.post_message(self._next)
