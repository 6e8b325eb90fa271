"""A table while it is read: a table of data in the end, or one that only lays out a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from termnews.render.document import Align, Span, Table
from termnews.render.tokens import Token

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


_BLOCKS: Final = frozenset(
    ["h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "figure", "hr", "p", "div", "table"]
)


def layout_tables(tokens: Sequence[Token]) -> frozenset[int]:
    """Return where in the tokens tables begin that only lay out a page: with blocks or one cell in a row."""
    laid_out: set[int] = set()
    opened: list[tuple[int, int]] = []  # where a table begins, and the cells of its row so far
    widest: dict[int, int] = {}
    for at, token in enumerate(tokens):
        if token.kind == "end" and token.value == "table" and opened:
            opened.pop()
            continue
        if token.kind != "start":
            continue
        if opened and token.value in _BLOCKS:
            laid_out.add(opened[-1][0])
        if token.value == "table":
            opened.append((at, 0))
            widest[at] = 0
        elif opened and token.value in ("tr", "td", "th"):
            begin, cells = opened[-1]
            cells = 0 if token.value == "tr" else cells + 1
            opened[-1] = begin, cells
            widest[begin] = max(widest[begin], cells)
    return frozenset(laid_out | {at for at, cells in widest.items() if cells < 2})
