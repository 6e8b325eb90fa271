"""A damaged cache is kept aside as it is, and a new one made of what can be read of it.

It must never change the damaged file: it works on a copy, and puts the new cache in its place
when that is whole.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from termnews.errors import DamageError
from termnews.store import connection, copies, files, indexing, placed, salvage
from termnews.store.salvage import TABLES, Row


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came of a damaged cache."""

    aside: Path
    """Where it is kept as it was."""
    articles: int
    """Articles that could be read."""
    states: int
    """Entries whose state could be read: read, starred, regions given."""


def recover(path: Path, now: datetime, *, sound: bool = False) -> Recovered | None:
    """Put a new cache of what can be read in the place of a damaged one.

    Args:
        path: the damaged cache.
        now: the present, for the name of the file kept aside.
        sound: whether it opens all the same, since the damage is deeper inside.

    Returns:
        What was recovered; None when another process has done it meanwhile.

    Raises:
        StoreError: the folder cannot be written, or has no room for two copies more.
    """
    with connection.translated(path), files.alone(path.parent):
        if not sound and _opens(path):
            return None
        with tempfile.TemporaryDirectory(dir=path.parent, prefix="recovering-") as folder:
            copied = Path(folder) / path.name
            for each in (path, files.log_of(path)):
                if each.exists():
                    shutil.copyfile(each, copied.with_name(each.name))
            found = salvage.read(copied, _columns())
        with files.made(path) as new:
            counted = _fill(new, found)
            aside = files.keep_aside(path, "damaged", now)
    return Recovered(aside, *counted)


def _opens(path: Path) -> bool:
    try:
        connection.connect(path).close()
    except DamageError:
        return False
    return True


def _columns() -> dict[str, tuple[str, ...]]:
    """Return the columns of the tables, in the order in which records hold them."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        connection.migrate(conn)
        return {
            table: tuple(row[1] for row in conn.execute(f"PRAGMA table_info({table})")) for table in TABLES
        }


def _fill(new: Path, found: Mapping[str, Mapping[int, Row]]) -> tuple[int, int]:
    """Write what was found to a new cache; return how many articles and states that is."""
    states = found["state"]
    whole = states.keys() & found["articles"].keys() & found["bodies"].keys()
    feeds = dict(found["feeds"])
    for number in {int(str(row["feed"])) for row in states.values()} - feeds.keys():
        # Its address is lost. What was done with its entries is kept, should it be found out.
        feeds[number] = {"id": number, "url": f"lost:{number}", "followed": 0}
    with closing(connection.fill(new)) as conn, connection.transaction(conn):
        _write(conn, "feeds", [row | {"tagged": None} for row in feeds.values()])
        # An article that was lost is no longer listed; it comes again where its feed still has it.
        _write(conn, "state", [_placeless(row, listed=key in whole) for key, row in states.items()])
        _write(conn, "articles", [found["articles"][key] | _ANEW for key in sorted(whole)])
        _write(conn, "bodies", [found["bodies"][key] for key in sorted(whole)])
        _write(conn, "full_texts", [row for key, row in sorted(found["full_texts"].items()) if key in whole])
        _write(conn, "labels", [row for row in found["labels"].values() if row["article"] in states])
        conn.execute(_UNDATED)
        # Validators would be answered with "not modified", and nothing that was lost would come back.
        conn.execute(_FORGET)
        copies.anew(conn)
        kept = (_count(conn, "articles"), _count(conn, "state"))
    with closing(sqlite3.connect(new, isolation_level=None)) as conn:
        indexing.index_missing(conn)
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return kept


def _placeless(row: Row, *, listed: bool) -> Row:
    """Return a row of state without what its places said, which are found anew."""
    return (
        row | {"around": placed.NOWHERE, "copy_of": None} | ({} if listed else {"date": None, "muted": None})
    )


_ANEW: Final[Row] = {"doc": None, "tagged": "", "certain": ""}
"""What is made anew of the text of an article: its row in the index, its places."""
_UNDATED: Final = """
    UPDATE state SET date = (SELECT coalesce(a.published, a.fetched) FROM articles a WHERE a.id = state.id)
    WHERE date IS NULL AND muted IS NULL AND id IN (SELECT id FROM articles)
"""
_FORGET: Final = """
    UPDATE feeds SET etag = NULL, last_modified = NULL, body_hash = NULL, evident = 0,
        next_fetch = iif(wait IN ('retry', 'gone'), next_fetch, NULL),
        wait = iif(wait IN ('retry', 'gone'), wait, '')
"""


def _write(conn: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        names = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        conn.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({values})", row)


def _count(conn: sqlite3.Connection, table: str) -> int:
    return int(conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def replace(path: Path, *, sound: bool = False) -> tuple[str, ...]:
    """Recover a damaged cache and return what its user should know, one sentence each; else as `recover`."""
    done = recover(path, datetime.now(UTC), sound=sound)
    if done is None:
        return ()
    return (
        f"cache {path} was damaged: it is kept as {done.aside.name}, and {done.articles:,} articles and the "
        f"state of {done.states:,} could be read; `termnews refresh` brings what feeds still carry",
    )
