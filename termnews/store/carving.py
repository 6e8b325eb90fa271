"""Rows of a damaged cache, found page by page where SQLite cannot reach them any more.

It must never write, and knows nothing of tables: it yields the records of every leaf page that
can be read, and recovery tells by their shape what they are. Source: SQLite's "Database File Format"
(sections 1.3 header, 1.6 B-tree pages, 2.1 record format, 4.1 WAL format).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

Value = int | float | str | bytes | None
Record = tuple[int, list[Value]]
"""Number of a row, and its columns in the order of the table; the number itself stands there as None."""

_MAGIC: Final = b"SQLite format 3\0"
_LEAF: Final = 13
_COMMON_SIZE: Final = 4096
_INTS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_MOST: Final = 200_000_000
"""Bytes a single row may have; a longer one is damage."""


def records(file: bytes, log: bytes = b"") -> Iterator[Record]:
    """Yield the rows of all tables that can be read, in the order of their pages.

    Args:
        file: the database, as much as there is of it.
        log: its write-ahead log; what was committed there counts.
    """
    size = _page_size(file)
    pages = _committed(log, size)
    for number in range(1, max(len(file) // size, *pages, 0) + 1 if pages else len(file) // size + 1):
        page = _page(file, pages, number, size)
        begin = 100 if number == 1 else 0
        if len(page) == size and page[begin] == _LEAF:
            yield from _rows(file, pages, page, begin)


def _page_size(file: bytes) -> int:
    told = struct.unpack(">H", file[16:18])[0] if file[:16] == _MAGIC else 0
    size = 65536 if told == 1 else int(told)
    return size if size >= 512 and size & (size - 1) == 0 else _COMMON_SIZE


def _committed(log: bytes, size: int) -> dict[int, bytes]:
    """Return the newest committed form of each page in the log."""
    pages: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for at in range(32, len(log) - size - 23, size + 24):
        number, commit = struct.unpack(">II", log[at : at + 8])
        if log[at + 8 : at + 16] != log[16:24]:  # salts of an earlier round
            break
        pending[number] = log[at + 24 : at + 24 + size]
        if commit:
            pages |= pending
            pending = {}
    return pages


def _page(file: bytes, pages: dict[int, bytes], number: int, size: int) -> bytes:
    return pages.get(number) or file[(number - 1) * size : number * size]


def _rows(file: bytes, pages: dict[int, bytes], page: bytes, begin: int) -> Iterator[Record]:
    count = struct.unpack(">H", page[begin + 3 : begin + 5])[0]
    for cell in range(min(count, len(page) // 4)):
        where = begin + 8 + 2 * cell
        try:
            at = struct.unpack(">H", page[where : where + 2])[0]
            length, at = _varint(page, at)
            number, at = _varint(page, at)
            if 0 < length < _MOST:
                yield number, _columns(_payload(file, pages, page, at, length))
        except (IndexError, ValueError, struct.error):  # damage reaches into this row
            continue


def _payload(file: bytes, pages: dict[int, bytes], page: bytes, at: int, length: int) -> bytes:
    """Return the bytes of a row, also where they go on in other pages."""
    size = len(page)
    most, least = size - 35, (size - 12) * 32 // 255 - 23
    if length <= most:
        return page[at : at + length]
    local = least + (length - least) % (size - 4)
    local = local if local <= most else least
    parts, held = [page[at : at + local]], local
    following = page[at + local : at + local + 4]
    while held < length:
        more = _page(file, pages, struct.unpack(">I", following)[0], size)
        if len(more) < size:
            raise ValueError("the chain of pages is broken")
        parts.append(more[4 : 4 + length - held])
        held += len(parts[-1])
        following = more[:4]
    return b"".join(parts)


def _columns(payload: bytes) -> list[Value]:
    head, at = _varint(payload, 0)
    kinds = []
    while at < head:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Value] = []
    for kind in kinds:
        value, at = _value(payload, kind, at)
        values.append(value)
    return values


def _value(payload: bytes, kind: int, at: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind == 7:
        return float(struct.unpack(">d", payload[at : at + 8])[0]), at + 8
    length = _INTS.get(kind) or (kind - 12) // 2
    raw = payload[at : at + length]
    if kind in (10, 11) or len(raw) < length:
        raise ValueError("not a record")
    if kind in _INTS:
        return int.from_bytes(raw, "big", signed=True), at + length
    return (raw.decode() if kind % 2 else raw), at + length


def _varint(page: bytes, at: int) -> tuple[int, int]:
    value = 0
    for step in range(8):
        byte = page[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    return value << 8 | page[at + 8], at + 9
