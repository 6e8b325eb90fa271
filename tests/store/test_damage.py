"""Damaged caches: kept aside as they are, what can be read brought into a new one, said in one sentence."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from termnews.errors import StoreError
from termnews.models import ArticleQuery, Subscription
from termnews.store import Store, recovery
from tests.builders import PAMIR, make_entry, save
from tests.conftest import NOW

COUNT = 300
FILE = Subscription("/news/vestnik.xml", "Vestnik")
"""A feed that is a file has a path in the place of an address."""
PAGE = 4096
Damage = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound cache of two feeds with 300 articles each, every third read, every seventh starred."""
    path = tmp_path_factory.mktemp("original") / "termnews.db"
    store = Store(path, (PAMIR, FILE))
    dice = random.Random(7)
    for feed in store.feeds():
        texts = [" ".join(f"word{dice.randrange(10**9)}" for _ in range(60)) for _ in range(COUNT)]
        entries = [
            make_entry(
                n,
                guid=f"{feed.id}/{n}",
                link=f"https://news.example/{feed.id}/{n}",
                text=texts[n],
                content=f"<p>{texts[n]}</p>",
            )
            for n in range(COUNT)
        ]
        save(store, feed, entries)
    ids = list(store.ids(ArticleQuery(), NOW))
    store.mark([n for n in ids if n % 3 == 0], "read", True, "", NOW)
    store.mark([n for n in ids if n % 7 == 0], "starred", True, "", NOW)
    store.close()
    return path


@pytest.fixture
def path(original: Path, tmp_path: Path) -> Path:
    """A copy of it to be damaged."""
    return Path(shutil.copy(original, tmp_path / "termnews.db"))


def states(path: Path) -> dict[str, tuple[int, int]]:
    """Return read and starred by guid, read without termnews."""
    conn = sqlite3.connect(path)
    found = {row[0]: row[1:] for row in conn.execute("SELECT guid, read, starred FROM state")}
    conn.close()
    return found


def pages_of(path: Path, table: str) -> list[int]:
    """Return the pages of a table, as SQLite counts them, its root among them."""
    conn = sqlite3.connect(path)
    found = [row[0] for row in conn.execute("SELECT pageno FROM dbstat WHERE name = ?", (table,))]
    conn.close()
    return found


def overwrite(path: Path, at: int, what: bytes) -> None:
    """Write over a part of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(what)


def reopened(path: Path, aside: bytes) -> Store:
    """Open the damaged cache; it is kept as it was, and one sentence says so."""
    store = Store(path, (PAMIR, FILE))
    assert len(store.said) == 1
    (kept,) = path.parent.glob("termnews.db.damaged-*")
    assert kept.name in store.said[0]
    assert kept.read_bytes() == aside
    assert store.upkeep.check() == []
    assert store.mark(store.ids(ArticleQuery(), NOW)[:1], "read", True, "", NOW).id >= 0
    assert sorted(each.name for each in path.parent.iterdir() if "recovering" in each.name) == []
    return store


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: bytes(PAGE) + whole[PAGE:],
        lambda whole: b"<!DOCTYPE html>" + whole[15:],
        lambda whole: random.Random(1).randbytes(PAGE) + whole[PAGE:],
    ],
    ids=["first page zeroed", "header overwritten", "first page noise"],
)
def test_without_its_first_page_everything_else_is_read(path: Path, damage: Damage) -> None:
    expected = states(path)
    path.write_bytes(damage(path.read_bytes()))
    store = reopened(path, path.read_bytes())
    assert store.count(ArticleQuery(), NOW).total == 2 * COUNT
    store.close()
    assert {guid: marks[1] for guid, marks in states(path).items()} == {
        guid: marks[1] for guid, marks in expected.items()
    }


@pytest.mark.parametrize("damage", [lambda _: b"", lambda whole: bytes(len(whole)), lambda _: b"no" * 5000])
def test_where_nothing_can_be_read_a_new_cache_begins(path: Path, damage: Damage) -> None:
    path.write_bytes(damage(path.read_bytes()))
    store = reopened(path, path.read_bytes())
    assert store.count(ArticleQuery(), NOW).total == 0
    store.close()


@pytest.mark.parametrize("part", [0.2, 0.6, 0.9, 0.99])
def test_of_a_truncated_cache_the_part_that_is_there_is_read(path: Path, part: float) -> None:
    expected = states(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    store = reopened(path, path.read_bytes())
    held = store.count(ArticleQuery(), NOW).total
    store.close()
    found = states(path)
    assert held > (part - 0.45) * COUNT * 2
    assert all(found[guid][1] == expected[guid][1] for guid in found)
    assert sum(found[guid][0] != expected[guid][0] for guid in found) <= 1  # the one marked to try it


@pytest.mark.parametrize("table", ["state", "articles", "bodies", "feeds", "search_data"])
@pytest.mark.parametrize("noise", [bytes(PAGE), random.Random(3).randbytes(PAGE)], ids=["zeroed", "noise"])
def test_damage_to_pages_of_each_table_costs_what_stood_there(path: Path, table: str, noise: bytes) -> None:
    expected = states(path)
    pages = pages_of(path, table)
    overwrite(path, (pages[len(pages) // 2] - 1) * PAGE, noise)
    recovery.replace(path, sound=True)
    store = Store(path, (PAMIR, FILE))
    assert store.upkeep.check() == []
    held = store.count(ArticleQuery(), NOW).total
    store.close()
    found = states(path)
    # The indexes still tell which entries there were, and which of them are starred and unread.
    assert found.keys() == expected.keys()
    assert {g for g, marks in found.items() if marks[1]} == {g for g, marks in expected.items() if marks[1]}
    assert held >= (2 * COUNT if table in ("feeds", "search_data") else COUNT)


def test_a_damaged_cache_is_used_on_while_its_log_holds_the_newest(path: Path, tmp_path: Path) -> None:
    store = Store(path, (PAMIR, FILE))
    number = next(n for n in store.ids(ArticleQuery(), NOW) if n % 7)
    store.mark([number], "starred", True, "", NOW)  # in the log alone
    for each in ("termnews.db", "termnews.db-wal"):
        shutil.copy(path.with_name(each), tmp_path / f"copy-{each}")
    store.close()
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for each in ("termnews.db", "termnews.db-wal"):
        shutil.copy(tmp_path / f"copy-{each}", crashed / each)
    overwrite(crashed / "termnews.db", 0, b"x" * 100)
    again = Store(crashed / "termnews.db", (PAMIR, FILE))
    assert again.article(number).state.starred
    again.close()


def test_what_only_shows_in_use_is_said_with_its_remedy(path: Path) -> None:
    for page in pages_of(path, "articles"):
        overwrite(path, (page - 1) * PAGE, bytes(PAGE))
    with pytest.raises(StoreError, match="cache repair"):
        store = Store(path, (PAMIR, FILE))
        store.headlines(store.ids(ArticleQuery(), NOW))


def test_what_is_lost_is_asked_for_again_but_not_of_one_who_said_when(path: Path) -> None:
    store = Store(path, (PAMIR, FILE))
    raw = sqlite3.connect(path)
    raw.execute("UPDATE feeds SET etag = 'x', next_fetch = 9, wait = 'interval', held_until = 8 WHERE id = 1")
    raw.execute("UPDATE feeds SET etag = 'x', next_fetch = 9, wait = 'retry', held_until = 9 WHERE id = 2")
    raw.commit()
    raw.close()
    store.close()
    recovery.replace(path, sound=True)
    conn = sqlite3.connect(path)
    rows = conn.execute("SELECT etag, next_fetch, held_until FROM feeds ORDER BY id").fetchall()
    conn.close()
    assert rows == [(None, None, 8), (None, 9, 9)]


def test_a_cache_of_an_older_schema_is_recovered_too(tmp_path: Path) -> None:
    from termnews import schema

    path = tmp_path / "termnews.db"
    raw = sqlite3.connect(path, isolation_level=None)
    for statement in schema.MIGRATIONS[0]:
        raw.execute(statement)
    raw.execute("INSERT INTO feeds (id, url) VALUES (1, 'https://pamir.example/feed')")
    raw.execute("INSERT INTO state VALUES (1, 1, 'a', 1, 1, 7, NULL)")
    raw.execute("PRAGMA user_version = 1")
    raw.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    raw.close()
    overwrite(path, 0, bytes(100))
    Store(path, (PAMIR,)).close()
    assert states(path) == {"a": (1, 1)}
