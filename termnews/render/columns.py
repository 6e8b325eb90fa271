"""Lay out a table in columns, or entry by entry where the width is too small for that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from rich.cells import cell_len

from termnews.render.document import Span, Table

Line = tuple[tuple[str, str], ...]
Fill = Callable[[Sequence[Span], int, str], list[Line]]

_BETWEEN: Final = 2
_NARROWEST: Final = 7


def table_lines(table: Table, width: int, fill: Fill) -> list[Line]:
    """Return the lines of a table; `fill` wraps the spans of one cell."""
    columns = len(table.aligns)
    room = width - _BETWEEN * (columns - 1)
    wanted = [max(_size(row[at]) for row in table.rows) for at in range(columns)]
    if room < columns * min(_NARROWEST, max(wanted)):
        return _entries(table, width, fill)
    widths = _shared(wanted, room)
    lines: list[Line] = []
    for at, row in enumerate(table.rows):
        head = table.head and at == 0
        lines += _row(row, widths, table, fill, "head" if head else "text")
        if head:
            lines.append((("─" * (sum(widths) + _BETWEEN * (columns - 1)), "rule"),))
    return lines


def _size(cell: Sequence[Span]) -> int:
    text = "".join(span.text for span in cell)
    numbers = sum(4 for span in cell if span.link is not None)
    return max((cell_len(line) for line in text.split("\n")), default=0) + numbers


def _shared(wanted: list[int], room: int) -> list[int]:
    """Return column widths that fit: the widest columns give way first."""
    widths = [max(each, 1) for each in wanted]
    while sum(widths) > room:
        widest = max(widths)
        next_widest = max((each for each in widths if each < widest), default=1)
        many = [at for at, each in enumerate(widths) if each == widest]
        cut = max(1, min(widest - next_widest, -(-(sum(widths) - room) // len(many))))
        for at in many:
            widths[at] = max(1, widest - cut)
    return widths


def _row(row: Sequence[Sequence[Span]], widths: list[int], table: Table, fill: Fill, role: str) -> list[Line]:
    cells = [fill(cell, size, role) for cell, size in zip(row, widths, strict=True)]
    lines: list[Line] = []
    for at in range(max(map(len, cells))):
        pieces: list[tuple[str, str]] = []
        for column, (cell, size) in enumerate(zip(cells, widths, strict=True)):
            line = cell[at] if at < len(cell) else ()
            space = size - sum(cell_len(text) for text, _ in line)
            left = {"right": space, "center": space // 2}.get(table.aligns[column], 0)
            last = column + 1 == len(widths)
            pieces.append((" " * (left + (_BETWEEN if column else 0)), role))
            pieces += line
            pieces.append(("" if last else " " * (space - left), role))
        lines.append(tuple((text, style) for text, style in pieces if text))
    return lines


def _entries(table: Table, width: int, fill: Fill) -> list[Line]:
    """Return each row as lines `head: value`, rows set off by a blank line."""
    head = table.rows[0] if table.head else None
    lines: list[Line] = []
    for row in table.rows[1:] if head else table.rows:
        if lines:
            lines.append(())
        for at, cell in enumerate(row):
            if cell:
                name = (*head[at], Span(": ")) if head and head[at] else ()
                lines += fill((*name, *cell), width, "text")
    return lines or [()]
