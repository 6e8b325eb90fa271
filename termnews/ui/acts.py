"""What the user did last, of whichever kind, so that one key takes it back and another does it again.

It must never know what an act was: each kind undoes its own, in the order noted here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

Kind = Literal["mark", "feed", "view"]
"""A mark or correction, kept in the journal; a change of termnews.toml; another view."""

JOURNAL: Final[Kind] = "mark"
"""What is undone when nothing was done since the start: the journal outlives the program."""
_MOST: Final = 500

Turn = Callable[[], None]


class Acts:
    """The order in which acts of all kinds were done and undone since the start."""

    def __init__(self, back: Mapping[Kind, Turn], again: Mapping[Kind, Turn]) -> None:
        """Begin with nothing done.

        Args:
            back: takes back the last act of a kind.
            again: does again the last one undone.
        """
        self._back, self._again = back, again
        self._done: list[Kind] = []
        self._undone: list[Kind] = []

    def did(self, kind: Kind) -> None:
        """Note an act, which ends what could be done again."""
        self._done.append(kind)
        del self._done[:-_MOST]
        self._undone.clear()

    def forget(self, kind: Kind) -> None:
        """Take the note of the last act of a kind back: it changed nothing, or was undone elsewhere."""
        _taken(self._done, kind)

    def keep(self, kind: Kind, most: int) -> None:
        """Let at most so many notes of a kind stand, since there is no more to undo."""
        while self._done.count(kind) > most:
            self.forget(kind)

    def undo(self, kind: Kind | None = None) -> None:
        """Take back the last act, or the last one of a kind."""
        kind = _taken(self._done, kind)
        self._undone.append(kind)
        self._back[kind]()

    def redo(self, kind: Kind | None = None) -> None:
        """Do again what was undone last, or the last one of a kind."""
        kind = _taken(self._undone, kind)
        self._done.append(kind)
        self._again[kind]()


def _taken(notes: list[Kind], kind: Kind | None) -> Kind:
    """Take the last note, or the last one of a kind, out of the notes."""
    if kind is None:
        return notes.pop() if notes else JOURNAL
    for at in reversed(range(len(notes))):
        if notes[at] == kind:
            return notes.pop(at)
    return kind
