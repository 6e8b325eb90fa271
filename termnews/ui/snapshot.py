"""The rows of a list: the numbers of all its articles, or as many places of which some have come.

It must never ask for a number, or know what is drawn of it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias, overload


class Sketch(Sequence[int]):
    """As many rows as a list has, of which the first ones and some others have come; the rest stand as 0.

    Written out, a million zeros would take 4 MB beside the million numbers that come for them.
    """

    def __init__(self, count: int, parts: Iterable[tuple[int, array[int]]]) -> None:
        """Make a list of so many rows.

        Args:
            count: rows.
            parts: rows that have come, and where they begin: from the top down, at least those at the top.
        """
        self._count = count
        self._parts = tuple(parts)

    @property
    def first(self) -> array[int]:
        """The rows at the top that have come."""
        return self._parts[0][1]

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> array[int]: ...
    def __getitem__(self, at: int | slice) -> int | array[int]:
        rows = range(self._count)[at]
        if isinstance(rows, range):
            return self._between(rows.start, rows.stop)
        return self._between(rows, rows + 1)[0]

    def _between(self, start: int, stop: int) -> array[int]:
        found = array(self.first.typecode, (0,)) * max(0, stop - start)
        for begin, part in self._parts:
            here = part[max(0, start - begin) : max(0, stop - begin)]
            at = max(begin, start) - start
            found[at : at + len(here)] = here
        return found

    def __contains__(self, number: object) -> bool:
        return any(number in part for _, part in self._parts)

    def index(self, number: int, start: int = 0, stop: int | None = None) -> int:
        """Return where a number stands among those that have come; ValueError: nowhere."""
        for begin, part in self._parts:
            if number in part:
                return begin + part.index(number)
        raise ValueError(number)


Rows: TypeAlias = "array[int] | Sketch"
"""The rows of a list."""


def sketch(rows: array[int], spans: Iterable[tuple[int, int]]) -> Sketch:
    """Return a list of which only some rows are kept.

    Args:
        rows: all of them.
        spans: from which row to before which one: from the top down, they may overlap.
    """
    parts, end = [], 0
    for start, stop in spans:
        begin = max(start, end)
        end = max(end, min(stop, len(rows)))
        if begin < end:
            parts.append((begin, rows[begin:end]))
    return Sketch(len(rows), parts)


def among(numbers: Iterable[int]) -> Callable[[int], bool]:
    """Return what tells whether a number is one of these; a set of a million would take 64 MB, not one."""
    held = bytearray()
    for number in numbers:
        if number >= len(held):
            held.extend(bytes(number + 1 - len(held) + len(held) // 8))
        held[number] = 1
    return lambda number: number < len(held) and held[number] == 1
