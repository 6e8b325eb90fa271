"""What waits for its places and its rows in the index: read at once, found later, never lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from termnews.models import ArticleQuery, Changes, Entry, Feed, Health, Located, ParsedFeed, Place, Pulled
from termnews.query import parse_query
from termnews.refresh import finish, keep
from termnews.store import Store, waiting
from termnews.tagging import Tagger
from tests.builders import PAMIR, THAMES, digest, make_entry
from tests.conftest import NOW

TAGGER = Tagger(lambda *_, **__: Located((Place("TJ", "about", "Khorog"),), ("TJ",)), "e1")
ENTRIES = tuple(make_entry(number) for number in range(1, 4))


def bring(store: Store, feed: Feed, *entries: Entry) -> None:
    """Save new entries so that they can be read, and no more."""
    hashes = {each.guid: digest(each) for each in entries}
    store.save(Pulled(feed, "ok", Health(), ParsedFeed()), Changes(new=entries), hashes, None, NOW)


def found(store: Store, line: str) -> int:
    """Return how many articles a search lists."""
    return len(store.ids(parse_query(line), NOW))


def test_what_waits_can_be_read_and_is_found_once_it_is_finished(store: Store, pamir: Feed) -> None:
    bring(store, pamir, *ENTRIES)
    ids = store.ids(ArticleQuery(), NOW)
    assert [each.title for each in store.headlines(ids)] == [each.title for each in ENTRIES]
    assert store.article(ids[0]).entry.text == ENTRIES[0].text
    assert (store.waiting.count(), store.upkeep.info()["waiting"], store.upkeep.check()) == (3, 3, [])
    # Nobody has looked at it: it is said neither to have words or places nor to have none.
    lines = ("story", "-story", "-zebra", "region:TJ", "region:none")
    assert [found(store, line) for line in lines] == [0] * 5
    assert list(finish(store, TAGGER)) == [3]
    assert [found(store, line) for line in lines] == [3, 0, 3, 3, 0]
    assert (store.waiting.count(), list(finish(store, TAGGER))) == (0, [])
    assert store.tags.evidence(pamir.id).counts == {"TJ": 3}
    assert store.tags.stale({pamir.id: TAGGER.of(PAMIR).fingerprint}) == {}


def test_an_article_that_changes_keeps_its_places_until_it_is_looked_at(store: Store, pamir: Feed) -> None:
    bring(store, pamir, *ENTRIES)
    list(finish(store, TAGGER))
    other = replace(ENTRIES[0], text="Zebras.", content="<p>Zebras.</p>")
    pulled = Pulled(pamir, "ok", Health(), ParsedFeed())
    store.save(pulled, Changes(changed=(other,)), {other.guid: digest(other)}, None, NOW)
    assert (found(store, "region:TJ"), found(store, "zebra"), store.waiting.count()) == (3, 0, 1)
    list(finish(store, TAGGER))
    assert (found(store, "region:TJ"), found(store, "zebra"), store.waiting.count()) == (3, 1, 0)
    assert store.tags.evidence(pamir.id).counts == {"TJ": 3}


def test_one_that_changed_since_it_was_read_waits_on(store: Store, pamir: Feed) -> None:
    bring(store, pamir, ENTRIES[0])
    (draft,) = store.waiting.take(0, 9)
    store.waiting.finish([(replace(draft, hash=b"other"), Located(), "e1")])
    assert store.waiting.count() == 1


def test_what_waits_of_a_feed_left_is_finished_when_it_is_followed_again(store: Store, pamir: Feed) -> None:
    bring(store, pamir, *ENTRIES)
    store.follow((THAMES,))
    assert (store.waiting.count(), list(finish(store, TAGGER))) == (0, [])
    store.follow((PAMIR, THAMES))
    assert list(finish(store, TAGGER)) == [3]


def test_an_index_made_anew_takes_what_waits_in_and_leaves_it_to_be_placed(store: Store, pamir: Feed) -> None:
    bring(store, pamir, *ENTRIES)
    store.upkeep.compact()
    assert (store.waiting.count(), found(store, "story")) == (0, 3)
    stale = store.tags.stale({pamir.id: TAGGER.of(PAMIR).fingerprint})
    assert len(stale[pamir.id]) == 3


def test_the_queue_is_found_without_a_scan(store: Store) -> None:
    raw = sqlite3.connect(store.path)
    for sql in (waiting.COUNT, waiting.TAKE):
        plan = [row[-1] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}", {"after": 0, "limit": 9})]
        assert not [step for step in plan if step.startswith("SCAN") or "TEMP B-TREE" in step], plan
        assert any("articles_doc" in step for step in plan)
    raw.close()


# --- counted -------------------------------------------------------------------------------


def statements(store: Store, work: Callable[[], object]) -> list[str]:
    """Return the statements some work came to, once each: SQLite names one again for its triggers."""
    seen: list[str] = []
    store._conn.set_trace_callback(seen.append)
    work()
    store._conn.set_trace_callback(None)
    return list(dict.fromkeys(each.strip() for each in seen))


def test_a_batch_never_walks_all_that_wait(store: Store, pamir: Feed) -> None:
    bring(store, pamir, *ENTRIES)
    drafts = store.waiting.take(0, 9)
    asked = statements(store, lambda: store.waiting.finish([(each, Located(), "e1") for each in drafts]))
    by_number = [sql for sql in asked if sql.startswith("SELECT") and "json_each" in sql]
    raw = sqlite3.connect(store.path)
    plans = {sql: [row[-1] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}")] for sql in by_number}
    raw.close()
    assert plans
    assert not [sql for sql, plan in plans.items() if any("articles_doc" in step for step in plan)], plans


def test_feeds_that_are_ready_together_land_in_one_transaction(store: Store) -> None:
    pulls = [Pulled(feed, "not_modified", Health(http=304, last_fetch=NOW)) for feed in store.feeds()]

    def kept() -> None:
        with store.together():
            assert [keep(store, each, NOW).status for each in pulls] == ["not_modified"] * 3

    seen = statements(store, kept)
    assert [each for each in seen if each.startswith(("BEGIN", "COMMIT"))] == ["BEGIN IMMEDIATE", "COMMIT"]
    assert sum(each.startswith("UPDATE feeds") for each in seen) == 3
    assert not [each for each in seen if "articles" in each]


def test_a_feed_that_cannot_be_saved_takes_nothing_of_the_others_along(store: Store, pamir: Feed) -> None:
    def saved(feed: Feed, *entries: Entry, hashes: bool = True) -> None:
        known = {each.guid: digest(each) for each in entries} if hashes else {}
        store.save(Pulled(feed, "ok", Health(), ParsedFeed()), Changes(new=entries), known, None, NOW)

    with store.together():
        saved(pamir, ENTRIES[0])
        with suppress(KeyError):
            saved(store.feeds()[1], ENTRIES[1], hashes=False)
        saved(store.feeds()[2], ENTRIES[2])
    assert [each.count.total for each in store.feeds()] == [1, 0, 1]


def test_a_new_article_costs_a_row_in_each_table_and_no_question(store: Store, pamir: Feed) -> None:
    seen = statements(store, lambda: bring(store, pamir, *ENTRIES))
    assert sum(each.startswith("SELECT") for each in seen) <= 3
    for table in ("INTO state", "INTO articles", "INTO bodies"):
        assert sum(table in each for each in seen) == len(ENTRIES)
    assert not [each for each in seen if "INTO search" in each or "INTO tags" in each]
