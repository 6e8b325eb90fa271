"""Where rows and breaks of a list stand, in lines from its top; found by bisection, never by walking.

It must never know what is drawn there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Break:
    """Lines between rows that are no rows: the rule of a day, the heading of a section."""

    before: int
    """Index of the row it stands before."""
    lines: tuple[str, ...]
    """One label a line; an empty one is a blank line."""


Breaks = Sequence[Break]
"""Breaks in the order of the rows they stand before."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands on one line of a list."""

    row: int
    """Index of the row, or of the row after a break."""
    line: int
    """Which line of the row or of the break, from 0."""
    label: str | None = None
    """The label when the line belongs to a break; None when it belongs to a row."""


class Geometry:
    """The lines of `count` rows of equal height with a few breaks between them."""

    def __init__(self, count: int, row_height: int, breaks: Breaks = ()) -> None:
        """Lay out the rows."""
        self.count = count
        self.row_height = row_height
        self.breaks = tuple(breaks)
        self._befores = [each.before for each in self.breaks]
        self._above = [0]
        for each in self.breaks:
            self._above.append(self._above[-1] + len(each.lines))
        self._starts = [
            each.before * row_height + above for each, above in zip(self.breaks, self._above, strict=False)
        ]

    @property
    def height(self) -> int:
        """All lines together."""
        return self.count * self.row_height + self._above[-1]

    def top(self, row: int) -> int:
        """Return the first line of a row."""
        return row * self.row_height + self._above[bisect_right(self._befores, row)]

    def top_with_breaks(self, row: int) -> int:
        """Return the first line of a row, or of the break that stands right above it."""
        passed = bisect_right(self._befores, row)
        if passed and self._befores[passed - 1] == row:
            return self._starts[passed - 1]
        return self.top(row)

    def at(self, line: int) -> Spot | None:
        """Return what stands on a line; None below the last row."""
        if not 0 <= line < self.height:
            return None
        passed = bisect_right(self._starts, line)
        if passed:
            latest = self.breaks[passed - 1]
            inside = line - self._starts[passed - 1]
            if inside < len(latest.lines):
                return Spot(latest.before, inside, latest.lines[inside])
        row, part = divmod(line - self._above[passed], self.row_height)
        return Spot(row, part)

    def row_near(self, line: int) -> int:
        """Return the row on a line, else the nearest one; 0 when there is none."""
        spot = self.at(max(line, 0))
        return max(0, self.count - 1) if spot is None else min(spot.row, max(0, self.count - 1))
