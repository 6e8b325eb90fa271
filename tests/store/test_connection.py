"""Opening the cache: modes, versions, other files, two processes, errors in plain words."""

from __future__ import annotations

import resource
import sqlite3
import stat
from pathlib import Path

import pytest

from termnews import schema
from termnews.errors import StoreError
from termnews.store import Store, connection, files
from tests.builders import PAMIR
from tests.conftest import NOW


def _open(path: Path) -> Store:
    return Store(path, (PAMIR,))


def test_new_cache_is_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "termnews.db"
    _open(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_writes_are_synced(tmp_path: Path) -> None:
    conn = connection.connect(tmp_path / "termnews.db")
    assert conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert conn.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL
    conn.close()


def test_newer_cache_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "termnews.db"
    _open(path).close()
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer termnews"):
        _open(path)
    assert path.read_bytes() == before


def test_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA application_id = 77")
    raw.execute("CREATE TABLE theirs (x)")
    raw.close()
    with pytest.raises(StoreError, match="another program"):
        _open(path)


def test_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"termnews\.db"):
        _open(tmp_path / "file" / "termnews.db")


def test_each_migration_leads_from_the_version_before(tmp_path: Path) -> None:
    for version in range(schema.VERSION):
        path = tmp_path / f"{version}.db"
        raw = sqlite3.connect(path, isolation_level=None)
        connection.prepare(raw)
        for statements in schema.MIGRATIONS[:version]:
            for statement in statements:
                raw.execute(statement)
        raw.execute(f"PRAGMA user_version = {version}")
        if version:
            raw.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        raw.close()
        store = _open(path)
        assert store.upkeep.check() == []
        store.close()


def test_a_large_cache_is_said_to_take_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    for version, large in ((1, True), (1, False), (schema.VERSION, True)):
        monkeypatch.setattr(connection, "LARGE", 1 if large else 1 << 40)
        path = tmp_path / f"{version} {large}.db"
        raw = sqlite3.connect(path, isolation_level=None)
        connection.prepare(raw)
        for statement in (each for one in schema.MIGRATIONS[:version] for each in one):
            raw.execute(statement)
        raw.execute(f"PRAGMA user_version = {version}")
        raw.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        raw.close()
        Store(path, (), said.append).close()
    assert len(said) == 1
    assert "brought to the form of this version, once; some 1 min" in said[0]


def test_a_migration_begins_with_a_copy_and_keeps_all_state(tmp_path: Path) -> None:
    path = tmp_path / "termnews.db"
    raw = sqlite3.connect(path, isolation_level=None)
    for statement in schema.MIGRATIONS[0]:
        raw.execute(statement)
    raw.execute("INSERT INTO feeds (id, url) VALUES (1, 'https://pamir.example/feed')")
    raw.execute("INSERT INTO state VALUES (1, 1, 'a', 1, 1, 7, NULL), (2, 1, 'b', 0, 0, 7, NULL)")
    raw.execute("PRAGMA user_version = 1")
    raw.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    raw.close()
    _open(path).close()
    states = []
    for each in (path, tmp_path / "termnews.db.schema-1"):
        conn = sqlite3.connect(each)
        states.append(conn.execute("SELECT id, feed, guid, read, starred FROM state").fetchall())
        versions = conn.execute("PRAGMA user_version").fetchone()[0]
        conn.close()
    assert states[0] == states[1] == [(1, 1, "a", 1, 1), (2, 1, "b", 0, 0)]
    assert versions == 1
    assert stat.S_IMODE((tmp_path / "termnews.db.schema-1").stat().st_mode) == 0o600


def test_a_migration_without_room_for_the_copy_leaves_the_cache_untouched(
    tmp_path: Path,
) -> None:
    path = tmp_path / "termnews.db"
    raw = sqlite3.connect(path, isolation_level=None)
    for statement in schema.MIGRATIONS[0]:
        raw.execute(statement)
    raw.execute("PRAGMA user_version = 1")
    raw.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    raw.close()
    before = path.read_bytes()
    size = path.stat().st_size // 2
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limit[1]))  # Python ignores SIGXFSZ
    try:
        with pytest.raises(StoreError, match="cache"):
            _open(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["termnews.db"]
    _open(path).close()


def test_migration_by_two_openers_runs_once(tmp_path: Path) -> None:
    path = tmp_path / "termnews.db"
    first = connection.connect(path)
    # A second process that found version 0 before the first had migrated.
    connection.migrate(first)
    assert first.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION
    first.close()


def test_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    conn = connection.connect(tmp_path / "termnews.db")
    with pytest.raises(ZeroDivisionError), connection.transaction(conn):
        conn.execute("INSERT INTO meta VALUES ('a', 'b')")
        _ = 1 / 0
    assert conn.execute("SELECT count(*) FROM meta").fetchone()[0] == 0
    conn.close()


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("database or disk is full", "make room"),
        ("database is locked", "another termnews is busy"),
        ("attempt to write a readonly database", "may only be read"),
        ("database disk image is malformed", "damaged"),
        ("something new", "something new"),
    ],
)
def test_sqlite_errors_become_one_sentence(said: str, meaning: str) -> None:
    error = connection.explain(sqlite3.OperationalError(said), "/x/termnews.db")
    assert meaning in str(error)
    assert "\n" not in str(error)


def test_full_disk_is_one_sentence_and_loses_nothing(tmp_path: Path) -> None:
    store = _open(tmp_path / "termnews.db")
    store.upkeep.remember("before", "kept")
    pages = store._conn.execute("PRAGMA page_count").fetchone()[0]
    store._conn.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="disk is full"):
        for number in range(2000):
            store.upkeep.remember(f"key {number}", "x" * 500)
    assert store.upkeep.recall("before") == "kept"
    store._conn.execute("PRAGMA max_page_count = 100000")
    store.upkeep.remember("after", "works")
    assert store.upkeep.recall("after") == "works"
    store.close()


def test_folder_in_place_of_the_cache_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "termnews.db").mkdir()
    with pytest.raises(StoreError, match="cannot be opened"):
        _open(tmp_path / "termnews.db")


def test_a_new_cache_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "termnews.db"
    with pytest.raises(ZeroDivisionError), files.made(path):
        _ = 1 / 0
    assert list(tmp_path.iterdir()) == []
    path.with_name("termnews.db.new").write_bytes(b"left by one that was killed")
    _open(path).close()
    assert [each.name for each in tmp_path.iterdir()] == ["termnews.db"]


def test_the_log_of_a_cache_that_was_taken_away_meets_no_other(tmp_path: Path) -> None:
    path = tmp_path / "termnews.db"
    store = _open(path)
    store.upkeep.remember("view", "old")
    path.rename(tmp_path / "moved.db")
    again = _open(path)
    assert again.upkeep.recall("view") is None
    assert again.upkeep.check() == []
    assert list(tmp_path.glob("termnews.db.left-*-wal"))
    again.close()
    store.close()


def test_nothing_is_acknowledged_to_a_cache_that_was_replaced(tmp_path: Path) -> None:
    path = tmp_path / "termnews.db"
    store = _open(path)
    path.rename(tmp_path / "moved.db")
    _open(path).close()
    with pytest.raises(StoreError, match="replaced by another one"):
        store.mark([1], "read", True, "", NOW)
    store.close()
