"""The cache as a file: remembered values, info, damage found, backup and restore."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from termnews.errors import StoreError
from termnews.models import ArticleQuery, Feed
from termnews.store import Store
from tests.builders import PAMIR, make_entry, save
from tests.conftest import NOW


def test_small_values_are_remembered(store: Store) -> None:
    assert store.upkeep.recall("view") is None
    store.upkeep.remember("view", "is:unread")
    store.upkeep.remember("view", "region:TJ")
    assert store.upkeep.recall("view") == "region:TJ"


def test_info_says_what_the_cache_holds(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(1), make_entry(2)])
    store.mark(store.ids(ArticleQuery(), NOW)[:1], "starred", True, "", NOW)
    info = store.upkeep.info()
    assert (info["feeds"], info["articles"], info["unread"], info["starred"]) == (3, 2, 2, 1)
    assert info["path"] == str(store.path)
    assert isinstance(info["bytes"], int)
    assert info["bytes"] > 4096


def test_a_sound_cache_has_no_problems(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(1)])
    assert store.upkeep.check() == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DELETE FROM bodies", "1 articles have no body"),
        ("DELETE FROM articles", "1 listed articles have lost their text"),
        ("UPDATE counts SET unread = 7 WHERE total = 1", "counters of 1 feeds are wrong"),
    ],
)
def test_damage_is_explained(store: Store, pamir: Feed, damage: str, said: str) -> None:
    save(store, pamir, [make_entry(1)])
    raw = sqlite3.connect(store.path)
    raw.execute(damage)
    raw.commit()
    raw.close()
    assert any(said in problem for problem in store.upkeep.check())


def test_backup_is_a_whole_private_cache(store: Store, pamir: Feed, tmp_path: Path) -> None:
    save(store, pamir, [make_entry(1)])
    (number,) = store.ids(ArticleQuery(), NOW)
    store.mark([number], "starred", True, "", NOW)
    target = tmp_path / "copy.db"
    store.upkeep.backup(target)
    store.mark([number], "starred", False, "", NOW)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    restored = Store(target, (PAMIR,))
    assert restored.article(number).state.starred
    assert restored.upkeep.check() == []
    restored.close()


def test_backup_never_overwrites(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "precious.txt"
    target.write_text("mine")
    with pytest.raises(StoreError, match="exists already"):
        store.upkeep.backup(target)
    assert target.read_text() == "mine"
