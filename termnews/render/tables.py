"""A table while it is read: a table of data in the end, or one that only lays out a page."""

from __future__ import annotations

from typing import Final

from termnews.render.document import Align, Span, Table

_LONGEST_CELL: Final = 300  # letters; longer ones are articles laid out in a table
_MOST_COLUMNS: Final = 12


class TableReader:
    """Gathers the cells of one table."""

    def __init__(self) -> None:
        self.rows: list[list[tuple[Span, ...]]] = []
        self._aligns: dict[int, Align] = {}
        self._head: list[bool] = []

    def row(self) -> None:
        """Begin a row."""
        self.rows.append([])

    def cell(self, spans: tuple[Span, ...], *, head: bool, align: str, columns: int) -> None:
        """Add a cell that ended; one over several columns is followed by empty ones."""
        if not self.rows:
            self.row()
        row = self.rows[-1]
        if align in ("left", "right", "center"):
            self._aligns.setdefault(len(row), align)  # type: ignore[arg-type]
        if len(self.rows) == 1:
            self._head.append(head)
        row.append(spans)
        row.extend(() for _ in range(min(columns, _MOST_COLUMNS) - 1))

    def table(self, quote: int) -> Table | None:
        """Return the table of data; None when its cells are better read one after the other."""
        rows = [row for row in self.rows if any(row)]
        width = max(map(len, rows), default=0)
        longest = max((sum(len(s.text) for s in cell) for row in rows for cell in row), default=0)
        if len(rows) < 2 or not 2 <= width <= _MOST_COLUMNS or longest > _LONGEST_CELL:
            return None
        even = tuple(tuple(row + [()] * (width - len(row))) for row in rows)
        aligns = tuple(self._aligns.get(column, "left") for column in range(width))
        return Table(even, bool(self._head) and all(self._head), aligns, quote)
