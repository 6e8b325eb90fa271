"""A number typed before a movement: 5j, 12G. A digit that means something itself still does that.

It must never run a command: it says which one, and how often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from time import monotonic
from typing import Final

from termnews.ui.commands.keyed import is_sequence, narrowest_first
from termnews.ui.commands.table import Command, Desk
from termnews.ui.keymap import typed

OWN_AFTER: Final = 0.25
"""Seconds a digit waits for the movement behind it."""
MOST: Final = 9_999
"""Largest number: five figures are a slip of the finger."""
_AT_ONCE: Final = ("show-all", "show-unread", "show-starred")
"""Commands of a digit that are done at once and taken back when a movement follows."""
_DOUBLED: Final = ("first",)
"""Commands whose key many type twice, as in vi: `3gg` goes where `3g` goes."""


class Counts:
    """The digits typed so far."""

    def __init__(
        self,
        commands: Mapping[str, Command],
        run: Callable[[str, int], None],
        wait: Callable[[float, Callable[[], None]], object],
        changed: Callable[[], None],
    ) -> None:
        """Begin without any.

        Args:
            commands: By name, with the keys in force.
            run: Runs a command so many times; 0: no number was typed.
            wait: Calls back after some seconds.
            changed: Called when what is typed changes by itself.
        """
        self._run, self._wait, self._changed = run, wait, changed
        self._moves = {key: each.name for each in commands.values() if each.counted for key in _keys(each)}
        self._own = {
            digit: [each for each in narrowest_first(commands.values()) if digit in each.keys]
            for digit in "123456789"
        }
        self._take_back: Callable[[], None] | None = None
        self._second, self._until = "", 0.0
        self.typed = ""
        self._begun = 0

    def take(self, key: str, character: str | None, desk: Desk) -> bool:
        """Tell whether a key is part of a count; then it must go no further.

        Args:
            key: Its name.
            character: What it writes; None when it writes nothing.
            desk: Decides what a digit means alone.
        """
        written = character or key
        if written in "123456789" or (written == "0" and self.typed):
            self._add(written, desk)
            return True
        if not self.typed:
            return self._is_second(written)
        typed, self.typed = self.typed, ""
        if key == "escape":
            return True
        name = self._moves.get(written) or self._moves.get(key)
        if name is not None:
            self._revert()
            self._run(name, int(typed))
            if name in _DOUBLED and len(written) == 1:
                self._second, self._until = written, monotonic() + OWN_AFTER
            return True
        if self._take_back is None and (own := self._meaning(typed, desk)) is not None:
            self._run(own, 0)
        self._take_back = None
        return False

    def _is_second(self, written: str) -> bool:
        """Tell whether a key is the second g of `3gg`, right behind the first one."""
        second, self._second = self._second, ""
        return written == second and monotonic() < self._until

    def _add(self, digit: str, desk: Desk) -> None:
        if self.typed:
            self._revert()
            if len(self.typed) < len(str(MOST)):
                self.typed += digit
            return
        self.typed = digit
        self._begun += 1
        begun, own = self._begun, self._meaning(digit, desk)
        if own is None:
            return
        if own in _AT_ONCE:
            before = desk.listing.memory()
            self._take_back = lambda: desk.return_to(before)
            self._run(own, 0)
        self._wait(OWN_AFTER, lambda: self._alone(begun, digit, own))

    def _alone(self, begun: int, digit: str, own: str) -> None:
        """Do what a digit does alone, when nothing was typed behind it; `begun` tells it from a later one."""
        if self.typed == digit and self._begun == begun:
            self.typed = ""
            if self._take_back is None:
                self._run(own, 0)
            self._take_back = None
            self._changed()

    def _revert(self) -> None:
        """Take back what the first digit did: it was the beginning of a number."""
        if self._take_back is not None:
            self._take_back()
            self._take_back = None

    def _meaning(self, typed: str, desk: Desk) -> str | None:
        """Return the command a digit is the key of here, None when there is none."""
        return next((each.name for each in self._own.get(typed, ()) if each.when(desk)), None)


def _keys(command: Command) -> Iterable[str]:
    for key in command.keys:
        if not is_sequence(key):
            yield from typed(key)
