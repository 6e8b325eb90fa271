"""What can be read of a damaged cache: by SQLite where its trees lead, page by page for the rest.

It must never write to what it reads.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from termnews.store import bodies, carving, pages
from termnews.store.files import log_of

Row = dict[str, carving.Value]
"""One row by the names of its columns, its number among them."""

TABLES: Final = ("feeds", "state", "articles", "bodies", "full_texts", "labels")
"""The tables that are worth it, each with a number for its row, `id`."""
_PROBES: Final = 20_000
"""Reads of one table that may fail before the rest of it is left to `carving`."""
_FARTHEST: Final = 1 << 40


def read(path: Path, columns: Mapping[str, tuple[str, ...]]) -> dict[str, dict[int, Row]]:
    """Return what can be read, by table and number of the row.

    Args:
        path: a copy of the damaged cache, its log beside it; SQLite may write to both.
        columns: the names of the columns of each table, in order.
    """
    file = path.read_bytes()
    log = log_of(path).read_bytes() if log_of(path).exists() else b""
    found: dict[str, dict[int, Row]] = {table: {} for table in columns}
    for table, row in _carved(file, log, columns):
        found[table][row[0]] = row[1]
    # What SQLite itself reads is what was true; a page nobody leads to any more may be an old one.
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as conn:
        conn.text_factory = lambda text: text.decode("utf-8", "replace")
        for table, names in columns.items():
            found[table] |= _led_to(conn, table, names)
        _told_by_index(conn, found["state"])
        _addresses(conn, found["feeds"])
    return found


def _led_to(conn: sqlite3.Connection, table: str, names: tuple[str, ...]) -> dict[int, Row]:
    """Return the rows of a table that SQLite finds, around those it cannot read."""
    found: dict[int, Row] = {}
    with suppress(sqlite3.DatabaseError):
        present = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
        kept = [name for name in names if name in present]
        if "id" not in kept:
            return found
        sql = f"SELECT id, {', '.join(kept)} FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id"
        for row in around(conn, sql, last(conn, table)):
            number = row[0]
            fresh: Row = dict(zip(kept, row[1:], strict=True))
            if _shape(table, fresh):
                found[number] = fresh
    return found


def last(conn: sqlite3.Connection, table: str) -> int:
    """Return the highest `id` of a table; a number beyond all of them where damage hides it."""
    with suppress(sqlite3.DatabaseError):
        return int(conn.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or 0)
    return _FARTHEST


def around(conn: sqlite3.Connection, sql: str, last: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows 1 to `last`; where a read fails, its range is halved until single rows are left out."""
    ranges, failed = [(1, last)], 0
    while ranges and failed < _PROBES:
        low, high = ranges.pop()
        try:
            for row in conn.execute(sql, (low, high)):
                low = row[0] + 1
                yield row
        except sqlite3.DatabaseError:
            failed += 1
            middle = (low + high) // 2
            if low < high:
                ranges += [(middle + 1, high), (low, middle)]


def _told_by_index(conn: sqlite3.Connection, states: dict[int, Row]) -> None:
    """Add the entries only the indexes still tell of: which are starred, which unread."""
    marks: dict[str, set[int]] = {}
    for name, condition in (("starred", "starred = 1"), ("unread", "read = 0")):
        with suppress(sqlite3.DatabaseError):
            sql = f"SELECT id FROM state INDEXED BY state_{name} WHERE date IS NOT NULL AND {condition}"
            marks[name] = {row[0] for row in conn.execute(sql)}
    with suppress(sqlite3.DatabaseError):
        sql = "SELECT id, feed, guid FROM state INDEXED BY sqlite_autoindex_state_1"
        for number, feed, guid in conn.execute(sql):
            if number not in states:
                states[number] = {
                    "id": number,
                    "feed": feed,
                    "guid": guid,
                    "read": int("unread" in marks and number not in marks["unread"]),
                    "starred": int(number in marks.get("starred", ())),
                    "arrived": 0,
                }


def _addresses(conn: sqlite3.Connection, feeds: dict[int, Row]) -> None:
    """Add the feeds only an index still tells of; the configuration has the rest of what they are."""
    with suppress(sqlite3.DatabaseError):
        for number, url in conn.execute("SELECT id, url FROM feeds INDEXED BY sqlite_autoindex_feeds_1"):
            feeds.setdefault(number, {"id": number, "url": url, "followed": 0})


def _carved(
    file: bytes, log: bytes, columns: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, tuple[int, Row]]]:
    for number, values in carving.records(file, log):
        for table, names in columns.items():
            row = dict(zip(names, values, strict=False)) | {"id": number}
            if values and values[0] is None and len(values) <= len(names) and _shape(table, row):
                yield table, (number, row)
                break


# --- which table a row is of -------------------------------------------------------------------


def _shape(table: str, row: Row) -> bool:
    """Whether a row can be one of this table."""
    return _SHAPES[table](row)


def _feed(row: Row) -> bool:
    return isinstance(url := row.get("url"), str) and (":/" in url or url[:1] == "/") and len(row) > 10


def _state(row: Row) -> bool:
    marks = (row.get("read"), row.get("starred"))
    numbers = all(isinstance(row.get(name), int) for name in ("feed", "arrived"))
    dated = isinstance(row.get("date"), int | None)
    return numbers and dated and isinstance(row.get("guid"), str) and set(marks) <= {0, 1}


def _article(row: Row) -> bool:
    texts = all(isinstance(row.get(name), str) for name in ("title", "link", "author", "lang"))
    digest = row.get("hash")
    return texts and isinstance(digest, bytes) and len(digest) == 16 and isinstance(row.get("fetched"), int)


def _body(row: Row) -> bool:
    packed = row.get("packed")
    return len(row) == 2 and isinstance(packed, bytes) and bodies.sound(packed)


def _full(row: Row) -> bool:
    packed = row.get("packed")
    numbers = all(isinstance(row.get(name), int) for name in ("bytes", "fetched"))
    return len(row) == 6 and numbers and isinstance(packed, bytes) and pages.sound(packed)


def _label(row: Row) -> bool:
    return 3 <= len(row) <= 4 and isinstance(row.get("article"), int) and isinstance(row.get("tag"), str)


_SHAPES: Final[dict[str, Callable[[Row], bool]]] = {
    "feeds": _feed,
    "state": _state,
    "articles": _article,
    "bodies": _body,
    "full_texts": _full,
    "labels": _label,
}
