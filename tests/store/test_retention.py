"""How long articles are kept, and that what went does not come in again as new."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from termnews.models import ArticleQuery, Feed
from termnews.store import Store
from tests.builders import make_entry, save
from tests.conftest import NOW


def days(*ages: int) -> list:  # type: ignore[type-arg]
    """Return entries published so many days before NOW."""
    return [make_entry(n, published=NOW - timedelta(days=n)) for n in ages]


def listed(store: Store) -> set[str]:
    """Return the guids of the articles that are listed."""
    return {store.article(n).entry.guid for n in store.ids(ArticleQuery(), NOW)}


def test_old_read_articles_go_and_starred_and_unread_ones_stay(store: Store, pamir: Feed) -> None:
    save(store, pamir, days(1, 40, 50, 60), now=NOW - timedelta(days=40))
    by_guid = {store.article(n).entry.guid: n for n in store.ids(ArticleQuery(), NOW)}
    store.mark([by_guid["guid-1"], by_guid["guid-40"], by_guid["guid-50"]], "read", True, "", NOW)
    store.mark([by_guid["guid-50"]], "starred", True, "", NOW)
    assert store.upkeep.prune(30, 0, NOW) == 1
    assert listed(store) == {"guid-1", "guid-50", "guid-60"}
    assert store.upkeep.check() == []


def test_what_came_in_a_short_while_ago_is_not_old(store: Store, pamir: Feed) -> None:
    save(store, pamir, days(400))
    store.mark(store.ids(ArticleQuery(), NOW), "read", True, "", NOW)
    assert store.upkeep.prune(30, 0, NOW) == 0


@pytest.mark.parametrize(("most", "left"), [(1, 1), (3, 3), (0, 5)])
def test_the_newest_of_each_feed_are_kept(
    store: Store, pamir: Feed, thames: Feed, most: int, left: int
) -> None:
    for feed in (pamir, thames):
        entries = [replace(each, link=f"{each.link}/{feed.id}") for each in days(1, 2, 3, 4, 5)]
        save(store, feed, entries)
    store.mark(store.ids(ArticleQuery(), NOW), "read", True, "", NOW)
    store.upkeep.prune(0, most, NOW)
    assert len(store.ids(ArticleQuery(), NOW)) == 2 * left
    assert {"guid-1"} <= listed(store)
    assert [each.count.total for each in store.feeds()] == [left, 0, left]


def test_what_was_pruned_is_known_and_keeps_its_state(store: Store, pamir: Feed) -> None:
    save(store, pamir, days(1, 2))
    store.mark(store.ids(ArticleQuery(), NOW), "read", True, "", NOW)
    store.upkeep.prune(0, 1, NOW)
    known = store.known(pamir.id)
    assert known["guid-2"] == b""
    assert known["guid-1"]
    assert store.upkeep.info()["state"] == 2
    assert store.kept(pamir.id, ["guid-1", "guid-2"])[0].guid == "guid-1"


def test_compacting_drops_dead_rows_of_the_index(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(n, text="harbour " * 500) for n in range(60)])
    store.mark(store.ids(ArticleQuery(), NOW), "read", True, "", NOW)
    store.upkeep.prune(0, 1, NOW)
    before, after = store.upkeep.compact()
    assert after < before
    assert store.upkeep.check() == []
    from termnews.query import parse_query

    assert len(store.ids(parse_query("harbour"), NOW)) == 1
