"""Read and starred: durable, undone exactly, kept apart from what feeds say."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import import_module

import pytest

from termnews.models import ArticleQuery, Feed
from termnews.query import parse_query
from termnews.store import Store, state
from tests.builders import PAMIR, THAMES, make_entry, save
from tests.conftest import NOW

ALL = ArticleQuery()


def _ids(store: Store) -> list[int]:
    return list(store.ids(ALL, NOW))


def test_mark_says_what_really_changed(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(n) for n in (1, 2, 3)])
    first, second, third = _ids(store)
    store.mark([second], "read", True, "", NOW)
    action = store.mark([first, second, third, 999], "read", True, "in Berlin", NOW)
    assert (action.change, action.count, action.label, action.first) == ("read", 2, "in Berlin", first)


def test_state_is_seen_by_another_connection(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(1)])
    (number,) = _ids(store)
    store.mark([number], "starred", True, "", NOW)
    other = Store(store.path, (PAMIR,))
    assert other.article(number).state.starred
    other.close()


def test_undo_gives_back_exactly_what_was(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(n) for n in range(1, 6)])
    ids = _ids(store)
    store.mark(ids[1:3], "read", True, "", NOW)
    store.mark(ids, "read", True, "all", NOW)
    (undone,) = store.turn(1, NOW)
    assert (undone.count, undone.undone) == (3, True)
    assert [each.read for each in store.headlines(ids)] == [False, True, True, False, False]


def test_redo_after_undo_and_not_after_a_new_action(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(1), make_entry(2)])
    first, second = _ids(store)
    store.mark([first], "starred", True, "", NOW)
    store.turn(1, NOW)
    assert [each.change for each in store.turn(1, NOW, redo=True)] == ["star"]
    assert store.article(first).state.starred
    store.turn(1, NOW)
    store.mark([second], "read", True, "", NOW)
    assert store.turn(1, NOW, redo=True) == []


def test_several_actions_are_undone_newest_first_and_redone_oldest_first(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(1)])
    (number,) = _ids(store)
    store.mark([number], "read", True, "", NOW)
    store.mark([number], "starred", True, "", NOW)
    assert [each.change for each in store.turn(5, NOW)] == ["star", "read"]
    assert [each.change for each in store.turn(5, NOW, redo=True)] == ["read", "star"]


def test_history_survives_and_is_bounded(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(1)])
    (number,) = _ids(store)
    for turn in range(state.KEPT_ACTIONS + 10):
        store.mark([number], "read", turn % 2 == 0, "", NOW)
    again = Store(store.path, (PAMIR,))
    assert len(again.history(10_000)) == state.KEPT_ACTIONS
    assert again.history(1)[0].change == "unread"
    again.close()


def test_mark_that_changes_nothing_leaves_no_trace(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(1)])
    store.mark([], "read", True, "", NOW)
    store.mark(_ids(store), "read", False, "", NOW)
    assert store.history(5) == []
    assert store.outbox() == []


def test_ten_thousand_are_marked_and_given_back(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(n) for n in range(1, 10_001)])
    ids = _ids(store)
    assert store.mark(ids, "read", True, "", NOW).count == 10_000
    assert store.count(ALL, NOW).unread == 0
    store.turn(1, NOW)
    assert store.count(ALL, NOW).unread == 10_000


@pytest.mark.parametrize("part", [1, 4, 100])
def test_many_are_marked_part_by_part(
    store: Store, pamir: Feed, thames: Feed, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    pages = [f"https://news.example/{n}" for n in range(10)]
    save(store, pamir, [make_entry(n, guid=f"p{n}", link=page) for n, page in enumerate(pages)])
    save(store, thames, [make_entry(n, guid=f"t{n}", link=page) for n, page in enumerate(pages)])
    ids = [*store.ids(parse_query("feed:Pamir"), NOW), *store.ids(parse_query("feed:Thames"), NOW)]
    assert len(ids) == 20
    store.mark(ids[2:3], "read", True, "", NOW)  # and its copy
    was = _read(store, ids)
    monkeypatch.setattr(import_module("termnews.store.state"), "_PART", part)
    asked: list[str] = []
    store._conn.set_trace_callback(asked.append)
    action = store.mark([*ids, ids[0], 999], "read", True, "", NOW)
    store._conn.set_trace_callback(None)
    assert (action.count, action.first) == (18, ids[0])
    assert store.history(1) == [action]
    lists = [each for text in asked for each in re.findall(r"\[[\d, ]*\]", text)]
    assert max(each.count(",") + 1 for each in lists) <= 2 * part  # and the copies of all
    assert _read(store, ids) == set(ids)
    store.turn(1, NOW)
    assert _read(store, ids) == was
    assert [store.mark(ids[:10], "read", True, "", NOW).count, len(store.outbox())] == [9, 20]


def _read(store: Store, ids: list[int]) -> set[int]:
    return {number for number in ids if store.article(number).state.read}


def test_state_is_kept_when_the_entry_changes(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(1)])
    (number,) = _ids(store)
    store.mark([number], "starred", True, "", NOW)
    store.mark([number], "read", True, "", NOW)
    save(store, pamir, changed=[make_entry(1, title="Corrected")])
    article = store.article(number)
    assert (article.entry.title, article.changed) == ("Corrected", True)
    assert (article.state.read, article.state.starred) == (True, True)


def test_state_returns_with_a_feed_that_is_added_again(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(1)])
    (number,) = _ids(store)
    store.mark([number], "starred", True, "", NOW)
    store.follow((THAMES,))
    assert _ids(store) == []
    assert store.count(ALL, NOW).total == 0
    store.follow((THAMES, PAMIR))
    assert _ids(store) == [number]
    assert store.article(number).state.starred


def test_same_guid_in_two_feeds_stays_apart(store: Store, pamir: Feed, thames: Feed) -> None:
    save(store, pamir, [make_entry(1)])
    save(store, thames, [make_entry(1, link="https://thames.example/1")])
    one, other = _ids(store)
    store.mark([one], "read", True, "", NOW)
    assert not store.article(other).state.read


def test_outbox_holds_the_last_value_until_it_is_pushed(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(1)])
    (number,) = _ids(store)
    store.mark([number], "read", True, "", NOW)
    store.mark([number], "read", False, "", NOW + timedelta(minutes=1))
    (change,) = store.outbox()
    assert (change.article, change.guid, change.field, change.value) == (number, "guid-1", "read", False)
    assert change.feed_url == PAMIR.url
    store.mark([number], "read", True, "", NOW + timedelta(minutes=2))
    store.pushed([change])  # it changed again while it was under way
    (newer,) = store.outbox()
    store.pushed([newer])
    assert store.outbox() == []
