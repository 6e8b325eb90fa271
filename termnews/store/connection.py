"""Open the cache file, bring it to the present schema, and turn SQLite's errors into ours.

It must never know what the tables mean: schema says what they are, its neighbours use them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from time import monotonic
from typing import Final

from termnews import fold, schema
from termnews.errors import DamageError, StoreError
from termnews.store import files, placed

BUSY_SECONDS: Final = 8.0
"""How long a writer waits for another process's transaction (client.md asks for at least 5)."""

LARGE: Final = 200_000_000
"""Bytes of a cache from which on a migration takes so long that it is said."""
_BYTES_A_MINUTE: Final = 2_000_000_000
Tell = Callable[[str], None]

_REMEDIES: Final = (
    ("disk is full", "the disk is full; make room and try again, nothing that was saved is lost"),
    # Also what SQLite says when a full disk has no room for the index of the log.
    ("disk i/o", "the disk is full or reports an error; make room, then run `termnews cache check`"),
    ("readonly", "it may only be read; check the permissions of its folder"),
    ("read-only", "it may only be read; check the permissions of its folder"),
    ("locked", "another termnews is busy writing; try again in a moment"),
    ("busy", "another termnews is busy writing; try again in a moment"),
    ("permission denied", "it cannot be made or opened; check the permissions of its folder"),
    ("no space left", "the disk is full; make room and try again, nothing that was saved is lost"),
    ("unable to open", "it cannot be opened; check that its folder exists and is yours"),
)
_DAMAGE: Final = ("not a database", "malformed", "corrupt", "unsupported file format")


def explain(error: Exception, path: Path | str) -> StoreError:
    """Return the StoreError that says what SQLite's error means for the cache at `path`."""
    said = str(error)
    if any(sign in said.lower() for sign in _DAMAGE):
        return DamageError(f"cache {path}: it is damaged; `termnews cache repair` mends it", str(path))
    for sign, meaning in _REMEDIES:
        if sign in said.lower():
            return StoreError(f"cache {path}: {meaning}")
    return StoreError(f"cache {path}: {said}")


@contextmanager
def translated(path: Path | str) -> Iterator[None]:
    """Turn what SQLite raises inside the block into StoreError."""
    try:
        yield
    except DamageError as error:
        raise DamageError(str(error), error.path or str(path)) from error
    except (sqlite3.Error, OSError) as error:
        raise explain(error, path) from error


class Cache(sqlite3.Connection):
    """A connection that knows its file, and whether that is still the one others open."""

    path: Path | None = None
    """Where the file was opened; None for one that is nobody else's."""
    inode: int = 0
    """Which file that was."""
    readonly: bool = False
    """Whether it may only be read."""

    def settle(self) -> None:
        """Refuse to commit to a file that was kept aside or replaced since it was opened.

        Raises:
            StoreError: another file, or none, is there now.
        """
        if self.path is None:
            return
        try:
            there = self.path.stat().st_ino
        except FileNotFoundError:
            there = -1
        if there != self.inode:
            raise StoreError(f"cache {self.path}: it was replaced by another one; start termnews again")


def connect(path: Path, tell: Tell | None = None) -> Cache:
    """Open the cache at `path`, made with mode 0600 when it is not there, at the present schema.

    One that may only be read is opened for reading, where its schema is the present one. `tell` is
    told in one sentence of work that will take long.

    Raises:
        StoreError: it cannot be opened, is not ours, or was written by a newer termnews.
        DamageError: it is damaged.
    """
    with translated(path):
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with files.alone(path.parent):
                create(path)
        conn = _open(path)
        try:
            _prepare(conn, path, tell)
        except BaseException:
            conn.close()
            raise
    return conn


def create(path: Path) -> None:
    """Make an empty cache where there is none, whole or not at all; runs inside `files.alone`."""
    if path.exists():
        return
    if files.log_of(path).exists():  # of a cache that was taken away: it must not meet the new one
        files.keep_aside(path, "left", datetime.now(UTC))
    with files.made(path) as new:
        fill(new).close()


def fill(new: Path) -> sqlite3.Connection:
    """Make an empty file a cache of the present schema, in WAL mode; return it open."""
    conn = sqlite3.connect(new, isolation_level=None)
    conn.execute("PRAGMA journal_mode = WAL")
    migrate(conn)
    return conn


def _open(path: Path) -> Cache:
    readonly = not files.writable(path)
    conn = _for_reading(path) if readonly else _connect(f"{path}")
    if not readonly and (error := _refused(conn)):
        # A full disk has no room for the index of the log, which reading needs too.
        conn.close()
        if "disk" not in str(error).lower() or _size(files.log_of(path)):
            raise error
        conn, readonly = _for_reading(path, alone=True), True
    conn.readonly, conn.path, conn.inode = readonly, path, path.stat().st_ino
    return conn


def _for_reading(path: Path, *, alone: bool = False) -> Cache:
    # Without a log nobody is writing, and one made here would be in the way of who may write later.
    alone = alone or not files.log_of(path).exists()
    return _connect(f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if alone else ''}")


def _refused(conn: sqlite3.Connection) -> sqlite3.OperationalError | None:
    try:
        conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        return error
    return None


def _connect(name: str) -> Cache:
    conn = sqlite3.connect(
        name,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        uri=name.startswith("file:"),
        factory=Cache,
    )
    prepare(conn)
    return conn


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _prepare(conn: Cache, path: Path, tell: Tell | None) -> None:
    # An empty file was a cache: a new one is put in its place whole.
    if _size(path) == 0 and not _size(files.log_of(path)):
        raise DamageError(f"cache {path}: it is empty", str(path))
    version, application = stamp(conn)
    if application not in (0, schema.APPLICATION_ID) or (application == 0 and version):
        raise StoreError(f"cache {path}: this is a database of another program; move it away")
    if version > schema.VERSION:
        raise StoreError(
            f"cache {path}: it was written by a newer termnews (schema {version}, "
            f"this one knows {schema.VERSION}); update termnews, the cache is untouched"
        )
    if version < schema.VERSION:
        if conn.readonly:
            raise StoreError(
                f"cache {path}: of an older termnews, and it may only be read; make its folder writable once"
            )
        with files.alone(path.parent):
            _bring_up(conn, path, tell)
    # FULL: a mark whose command ended has been synced, also in WAL mode.
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("PRAGMA temp_store = MEMORY")


def _bring_up(conn: sqlite3.Connection, path: Path, tell: Tell | None) -> None:
    """Migrate a cache of an older schema, after a copy of it; only the newest such copy is kept."""
    version, _ = stamp(conn)
    if version >= schema.VERSION:  # another process was first
        return
    if tell is not None and _size(path) >= LARGE:
        minutes = ceil(_size(path) / _BYTES_A_MINUTE)
        tell(f"cache {path}: it is brought to the form of this version, once; some {minutes} min")
    backup = path.with_name(f"{path.name}.schema-{version}")
    if version:
        with files.made(backup) as new:
            copy(conn, new)
    conn.execute("PRAGMA journal_mode = WAL")
    migrate(conn)
    for older in range(1, version):
        path.with_name(f"{path.name}.schema-{older}").unlink(missing_ok=True)


def copy(conn: sqlite3.Connection, target: Path) -> None:
    """Copy an open cache into an empty file, as it is at one moment, while others may use it."""
    into = sqlite3.connect(target)
    try:
        conn.backup(into)
        into.execute("PRAGMA journal_mode = DELETE")
    finally:
        into.close()


def stamp(conn: sqlite3.Connection) -> tuple[int, int]:
    """Return the version of the schema and the number of the program."""
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    application = conn.execute("PRAGMA application_id").fetchone()[0]
    return int(version), int(application)


def prepare(conn: sqlite3.Connection) -> None:
    """Give the connection the SQL functions of queries and migrations.

    `folded`, so that any script compares without case; `codes_around`, see `placed.around`; `link_key`,
    see `links.story_key`.
    """
    conn.create_function("folded", 1, fold.fold, deterministic=True)
    conn.create_function("link_key", 2, _link_key, deterministic=True)
    conn.create_function(
        "codes_around", 1, lambda codes: placed.around((codes or "").split()), deterministic=True
    )


def _link_key(link: str, site: str) -> int | None:
    from termnews.links import story_key  # no list needs it

    return story_key(link, site)


def migrate(conn: sqlite3.Connection) -> None:
    """Bring the cache to `schema.VERSION` in one transaction; another process may have been first."""
    prepare(conn)
    with transaction(conn):
        version, _ = stamp(conn)
        for statements in schema.MIGRATIONS[version:]:
            for statement in statements:
                conn.execute(statement)
        for statement in schema.INDEX if version == 0 else ():
            conn.execute(statement)
        conn.execute(f"PRAGMA user_version = {max(version, schema.VERSION)}")
        conn.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")


@contextmanager
def within(conn: sqlite3.Connection, seconds: float, steps: int) -> Iterator[Callable[[], bool]]:
    """Let SQLite give up, with SQLITE_INTERRUPT, what takes longer in the block.

    Args:
        conn: the open cache.
        seconds: the time there is.
        steps: of SQLite's machine between two looks at the clock.

    Yields:
        What tells whether the time is over.
    """
    until = monotonic() + seconds

    def over() -> bool:
        return monotonic() > until

    conn.set_progress_handler(over, steps)
    try:
        yield over
    finally:
        conn.set_progress_handler(None, 0)


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """Run the block as one write transaction: all of it lands on disk, or nothing.

    Inside another one it is a part of that: what fails in it is taken back, and lands with the rest or not.
    """
    inside = conn.in_transaction
    with _part(conn) if inside else _whole(conn):
        yield


@contextmanager
def _whole(conn: sqlite3.Connection) -> Iterator[None]:
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        if isinstance(conn, Cache):
            conn.settle()
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


@contextmanager
def _part(conn: sqlite3.Connection) -> Iterator[None]:
    conn.execute("SAVEPOINT part")
    try:
        yield
        conn.execute("RELEASE part")
    except BaseException:
        if conn.in_transaction:  # SQLite itself ends the whole where the disk is full
            conn.execute("ROLLBACK TO part")
            conn.execute("RELEASE part")
        raise
