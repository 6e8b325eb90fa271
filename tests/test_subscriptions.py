"""Subscriptions changed through the library: removed and put back, asked at another address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from termnews import config
from termnews.errors import ConfigError
from termnews.library import Library
from termnews.models import Health, Subscription, Wait
from termnews.store import Store
from tests.builders import make_entry, save
from tests.conftest import NOW

OLD, NEW = "https://pamir.example/feed", "https://pamir.example/new"
FEEDS = f"""
# the local paper
[[feeds]] # first
url = "https://me:secret@pamir.example/feed"  # old server
name = "Pamir Post"
headers = {{ X-Key = "k" }}
my_own = "note"

# abroad
[[feeds]]
url = "https://thames.example/rss"
name = "{OLD}"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "termnews.toml").write_text(f'data_dir = "cache"\n{FEEDS}')
    (tmp_path / "termnews.toml").chmod(0o600)
    return tmp_path


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    """A library with two articles of the first feed, one of them read, that failed since."""
    opened = Library(config.load(home / "termnews.toml"), lambda: NOW)
    store = Store(opened.config.store_path, opened.config.feeds)
    pamir = store.feeds()[0]
    save(store, pamir, [make_entry(1), make_entry(2)])
    store.save_health(pamir.id, Health('"etag"', "now", b"x", NOW, NOW, NOW, 404, "it failed", 9))
    store.close()
    opened.mark(opened.ids(opened.query(""), 1), read=True)
    yield opened
    opened.close()


def text(home: Path) -> str:
    return (home / "termnews.toml").read_text()


def counts(library: Library) -> list[tuple[str, int, int]]:
    return [(each.url, each.count.total, each.count.unread) for each in library.feeds()]


def test_a_removed_feed_comes_back_to_the_letter(library: Library, home: Path) -> None:
    before = text(home)
    removed = library.subscriptions.remove("Pamir Post")
    assert removed.feed.count.total == 2
    assert "secret" not in text(home)
    assert "secret" not in repr(removed.cut)
    assert library.count(library.query("")).total == 0
    assert library.subscriptions.restore(removed).name == "Pamir Post"
    assert text(home) == before
    assert counts(library)[0] == ("https://me:secret@pamir.example/feed", 2, 1)


def test_it_comes_back_at_the_end_when_the_file_was_changed_since(library: Library, home: Path) -> None:
    removed = library.subscriptions.remove("Pamir Post")
    library.subscriptions.change("https://thames.example/rss", name="Thames")
    library.subscriptions.restore(removed)
    assert [each.name for each in library.feeds()] == ["Thames", "Pamir Post"]
    assert 'X-Key = "k"' in text(home)
    assert 'my_own = "note"' in text(home)
    with pytest.raises(ConfigError, match="stands there again already"):
        library.subscriptions.restore(removed)


def test_the_only_feed_goes_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "termnews.toml"
    config.append_feeds(path, [Subscription(NEW)])
    library = Library(config.load(path), lambda: NOW)
    removed = library.subscriptions.remove(NEW)
    assert (library.feeds(), "[[feeds]]" in path.read_text()) == ([], False)
    library.subscriptions.restore(removed)
    assert [each.url for each in library.feeds()] == [NEW]
    library.close()


def test_articles_and_state_move_to_another_address(library: Library, home: Path) -> None:
    number = library.feeds()[0].id
    changed = library.subscriptions.readdress("Pamir Post", NEW)
    assert (changed.id, changed.url) == (number, "https://me:secret@pamir.example/new")
    assert text(home) == f'data_dir = "cache"\n{FEEDS}'.replace(
        'pamir.example/feed"  #', 'pamir.example/new"  #'
    )
    assert counts(library)[0][1:] == (2, 1)
    assert changed.health == Health(last_ok=NOW)
    raw = b"".join(each.read_bytes() for each in library.config.store_path.parent.iterdir())
    assert b"secret" not in raw


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("pamir.example/x", "https://me:secret@pamir.example/x"),
        ("feed://pamir.example/x", "https://me:secret@pamir.example/x"),
        ("http://pamir.example/x", "http://pamir.example/x"),
        ("https://other.example/x", "https://other.example/x"),
        ("https://you@pamir.example/x", "https://you@pamir.example/x"),
    ],
)
def test_a_password_goes_to_no_other_host(library: Library, typed: str, kept: str) -> None:
    assert library.subscriptions.readdress("Pamir Post", typed).url == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("https://me@thames.example/rss", "https://thames.example/rss is followed already"),
        ("gopher://x", "the address begins with gopher"),
        ("https://", "names no host"),
    ],
)
def test_an_address_that_cannot_be_changes_nothing(
    library: Library, home: Path, typed: str, said: str
) -> None:
    with pytest.raises(ConfigError, match=said):
        library.subscriptions.readdress("Pamir Post", typed)
    assert text(home).endswith(FEEDS)
    assert library.feeds()[0].health.failures == 9


def test_a_file_that_cannot_be_written_leaves_both_as_they_were(library: Library, home: Path) -> None:
    (home / "termnews.toml").write_text(f"{FEEDS}\n[broken")
    with pytest.raises(ConfigError, match="left as it is"):
        library.subscriptions.readdress("Pamir Post", NEW)
    store = Store(library.config.store_path, library.config.feeds)
    assert store.feeds()[0].url == "https://me:secret@pamir.example/feed"
    assert store.feeds()[0].count.total == 2
    store.close()


def test_articles_once_kept_under_the_new_address_change_places(library: Library) -> None:
    library.subscriptions.readdress("Pamir Post", NEW)
    library.subscriptions.remove("https://thames.example/rss")
    library.subscriptions.readdress("Pamir Post", "https://thames.example/rss")
    assert counts(library) == [("https://thames.example/rss", 2, 1)]
    library.subscriptions.readdress("Pamir Post", NEW)
    assert counts(library) == [(NEW, 2, 1)]


def test_corrections_stay_with_the_feed(library: Library, home: Path) -> None:
    before = text(home)
    library.corrections.mute("Paris", "Pamir Post")
    library.subscriptions.readdress("Pamir Post", NEW)
    library.undo()
    assert text(home) == before.replace('pamir.example/feed"  #', 'pamir.example/new"  #')
    library.redo()
    assert library.config.feeds[0].mute == ("Paris",)


def test_a_feed_that_stands_twice_moves_wholly(library: Library, home: Path) -> None:
    path = home / "termnews.toml"
    path.write_text(text(home) + '[[feeds]]\nurl = "https://me:secret@pamir.example/feed"\n')
    library.reload()
    library.subscriptions.readdress("Pamir Post", NEW)
    assert f'{OLD}"\n' in text(home)  # the name of the other feed
    assert len(library.feeds()) == 2


def test_an_address_means_its_feed_whatever_others_are_called(library: Library) -> None:
    assert library.subscriptions.change(OLD, paused=True).name == "Pamir Post"
    number = library.feeds()[1].id
    library.subscriptions.change("Pamir Post", name=str(number))
    assert library.subscriptions.choose([str(number)])[0].id == number


def test_names_and_folders_are_one_clean_line(library: Library) -> None:
    changed = library.subscriptions.change("Pamir Post", name=" a\x1b]0;x\x07\nb ", folder="x\ty")
    assert (changed.name, changed.subscription.folder) == ("a]0;x b", "x y")


@pytest.mark.parametrize(("wait", "next_fetch"), [("gone", None), ("failed", None), ("retry", NOW)])
def test_resuming_asks_a_feed_again_unless_its_server_said_when(
    library: Library, wait: Wait, next_fetch: datetime | None
) -> None:
    store = Store(library.config.store_path, library.config.feeds)
    held = NOW if wait == "retry" else None
    store.save_health(store.feeds()[0].id, Health(next_fetch=NOW, wait=wait, held_until=held))
    store.close()
    resumed = library.subscriptions.change("Pamir Post", paused=None).health
    assert (resumed.next_fetch, resumed.wait) == (next_fetch, wait if next_fetch else "")
