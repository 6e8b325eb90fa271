"""Open the cache file, bring it to the present schema, and turn SQLite's errors into ours.

It must never know what the tables mean: schema says what they are, its neighbours use them.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from termnews import schema
from termnews.errors import StoreError

BUSY_SECONDS: Final = 8.0
"""How long a writer waits for another process's transaction (client.md asks for at least 5)."""

_REMEDIES: Final = (
    ("disk is full", "the disk is full; make room and try again, nothing that was saved is lost"),
    ("disk i/o", "the disk reports an error; check it, then run `termnews cache check`"),
    ("readonly", "it may only be read; check the permissions of its folder"),
    ("read-only", "it may only be read; check the permissions of its folder"),
    ("locked", "another termnews is busy writing; try again in a moment"),
    ("busy", "another termnews is busy writing; try again in a moment"),
    ("not a database", "it is not a termnews cache or is damaged; move it away, or restore a backup"),
    ("malformed", "it is damaged; run `termnews cache check`, or restore a backup"),
    ("unable to open", "it cannot be opened; check that its folder exists and is yours"),
)


def explain(error: Exception, path: Path | str) -> StoreError:
    """Return the StoreError that says what SQLite's error means for the cache at `path`."""
    said = str(error)
    for sign, meaning in _REMEDIES:
        if sign in said.lower():
            return StoreError(f"cache {path}: {meaning}")
    return StoreError(f"cache {path}: {said}")


@contextmanager
def translated(path: Path | str) -> Iterator[None]:
    """Turn what SQLite raises inside the block into StoreError."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise explain(error, path) from error


def connect(path: Path) -> sqlite3.Connection:
    """Open the cache at `path`, made with mode 0600 when it is not there, at the present schema.

    Raises:
        StoreError: it cannot be opened, is not ours, or was written by a newer termnews.
    """
    with translated(path):
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        conn = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            _prepare(conn, path)
        except BaseException:
            conn.close()
            raise
    return conn


def _prepare(conn: sqlite3.Connection, path: Path) -> None:
    version, application = _stamp(conn)
    if application not in (0, schema.APPLICATION_ID) or (application == 0 and version):
        raise StoreError(f"cache {path}: this is a database of another program; move it away")
    if version > schema.VERSION:
        raise StoreError(
            f"cache {path}: it was written by a newer termnews (schema {version}, "
            f"this one knows {schema.VERSION}); update termnews, the cache is untouched"
        )
    if version < schema.VERSION:
        conn.execute("PRAGMA journal_mode = WAL")
        migrate(conn)
    # FULL: a mark whose command ended has been synced, also in WAL mode.
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("PRAGMA temp_store = MEMORY")


def _stamp(conn: sqlite3.Connection) -> tuple[int, int]:
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    application = conn.execute("PRAGMA application_id").fetchone()[0]
    return int(version), int(application)


def migrate(conn: sqlite3.Connection) -> None:
    """Bring the cache to `schema.VERSION` in one transaction; another process may have been first."""
    with transaction(conn):
        version, _ = _stamp(conn)
        for statements in schema.MIGRATIONS[version:]:
            for statement in statements:
                conn.execute(statement)
        conn.execute(f"PRAGMA user_version = {max(version, schema.VERSION)}")
        conn.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """Run the block as one write transaction: all of it lands on disk, or nothing."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
