"""Pull, decide, tag, store, report: over a real store and a backend that brings what a test says."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews.errors import StoreError, SyncError
from termnews.models import ArticleQuery, Change, Entry, Feed, FeedUpdate, Health, ParsedFeed, Pulled
from termnews.refresh import FARTHEST, content_hash, decide, due, refresh
from termnews.store import Store
from tests.builders import PAMIR, THAMES, make_entry
from tests.conftest import NOW


class Scripted:
    """A backend that brings these entries, or these errors, by feed address."""

    def __init__(self, brings: dict[str, tuple[Entry, ...] | str]) -> None:
        self.brings = brings
        self.told: list[Change] = []
        self.refuses = False

    async def pull(self, feeds: Sequence[Feed], now: Callable[[], datetime]) -> AsyncGenerator[Pulled, None]:
        for feed in feeds:
            what = self.brings.get(feed.url)
            if isinstance(what, str):
                health = Health(last_fetch=now(), error=what, failures=1, http=500)
                yield Pulled(feed, "failed", health, error=what)
            elif what is None:
                yield Pulled(feed, "not_modified", Health(last_fetch=now(), http=304))
            else:
                health = Health(last_fetch=now(), http=200, next_fetch=now() + timedelta(hours=1))
                yield Pulled(feed, "ok", health, ParsedFeed(title="Own title", entries=what))

    async def push(self, changes: Sequence[Change]) -> None:
        if self.refuses:
            raise SyncError("the server is away")
        self.told += changes


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store that follows two feeds."""
    return Store(tmp_path / "termnews.db", (PAMIR, THAMES))


async def run(store: Store, backend: Scripted, *, force: bool = False) -> list[FeedUpdate]:
    """Refresh all feeds of the store."""
    return [each async for each in refresh(store, backend, store.feeds(), now=lambda: NOW, force=force)]


async def test_new_entries_are_stored_tagged_and_reported(store: Store) -> None:
    backend = Scripted({PAMIR.url: (make_entry(1), make_entry(2))})
    first, second = await run(store, backend)
    assert (first.status, first.new, first.changed, first.http, first.done, first.of) == (
        "ok",
        2,
        0,
        200,
        1,
        2,
    )
    assert first.next_fetch == NOW + timedelta(hours=1)
    assert (second.status, second.new, second.done) == ("not_modified", 0, 2)
    headlines = store.headlines(store.ids(ArticleQuery(), NOW))
    assert [each.regions for each in headlines] == [("TJ-GB",), ("TJ-GB",)]
    assert store.feeds()[0].title == "Own title"


async def test_the_same_entries_change_nothing_and_an_edited_one_is_changed(store: Store) -> None:
    entries = (make_entry(1), make_entry(2))
    await run(store, Scripted({PAMIR.url: entries}))
    (again, _) = await run(store, Scripted({PAMIR.url: entries}), force=True)
    assert (again.new, again.changed) == (0, 0)
    redated = (replace(entries[0], published=NOW), replace(entries[1], title="Corrected"))
    (edited, _) = await run(store, Scripted({PAMIR.url: redated}), force=True)
    assert (edited.new, edited.changed) == (0, 1)


async def test_an_emptied_feed_deletes_nothing(store: Store) -> None:
    await run(store, Scripted({PAMIR.url: (make_entry(1),)}))
    await run(store, Scripted({PAMIR.url: ()}), force=True)
    assert len(store.ids(ArticleQuery(), NOW)) == 1


async def test_a_feed_that_fails_is_named_and_the_rest_goes_on(store: Store) -> None:
    failed, good = await run(store, Scripted({PAMIR.url: "it is gone", THAMES.url: (make_entry(1),)}))
    assert (failed.status, failed.error, failed.feed) == ("failed", "it is gone", "Pamir Post")
    assert (good.status, good.new) == ("ok", 1)
    assert store.feeds()[0].health.error == "it is gone"


async def test_a_store_that_refuses_is_that_feeds_failure(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(store, "save", full)
    failed, other = await run(store, Scripted({PAMIR.url: (make_entry(1),)}))
    assert (failed.status, failed.error) == ("failed", "the disk is full")
    assert other.status == "not_modified"


async def test_what_is_not_due_is_skipped_and_said_so(store: Store) -> None:
    backend = Scripted({PAMIR.url: (make_entry(1),)})
    await run(store, backend)
    skipped, asked = await run(store, backend)
    assert (skipped.feed, skipped.status, skipped.done, skipped.of) == ("Pamir Post", "skipped", 1, 2)
    assert (asked.feed, asked.done) == ("Thames Herald", 2)


async def test_changes_of_state_are_told_once(store: Store) -> None:
    backend = Scripted({PAMIR.url: (make_entry(1),)})
    await run(store, backend)
    store.mark(store.ids(ArticleQuery(), NOW), "starred", True, "", NOW)
    backend.refuses = True
    await run(store, backend)
    assert len(store.outbox()) == 1
    backend.refuses = False
    await run(store, backend)
    assert [(each.guid, each.field, each.value) for each in backend.told] == [("guid-1", "starred", True)]
    assert store.outbox() == []


async def test_closing_keeps_what_was_reported(store: Store) -> None:
    backend = Scripted({PAMIR.url: (make_entry(1),), THAMES.url: (make_entry(2),)})
    async with aclosing(refresh(store, backend, store.feeds(), now=lambda: NOW)) as updates:
        async for _ in updates:
            break
    assert len(store.ids(ArticleQuery(), NOW)) == 1


async def test_nothing_to_ask(store: Store) -> None:
    store.follow((replace(PAMIR, paused=True),))
    (update,) = await run(store, Scripted({}), force=True)
    assert update.status == "skipped"


@pytest.mark.parametrize(
    ("planned", "is_due"),
    [
        (None, True),
        (NOW, True),
        (NOW + timedelta(seconds=1), False),
        (NOW + timedelta(days=7), False),
        (NOW + FARTHEST + timedelta(seconds=1), True),
    ],
)
def test_when_a_feed_is_due(planned: datetime | None, is_due: bool) -> None:
    feed = Feed(1, PAMIR, health=Health(next_fetch=planned))
    assert due([feed], NOW) == (([feed], []) if is_due else ([], [feed]))
    assert due([feed], NOW, force=True) == ([feed], [])


_guids = st.text(st.sampled_from("abcde"), min_size=1, max_size=2)
_entries = st.lists(st.builds(Entry, guid=_guids, title=st.sampled_from(["x", "y"])), max_size=8)


@given(_entries, _entries)
def test_decide_parts_what_a_feed_says(kept: list[Entry], said: list[Entry]) -> None:
    known = {entry.guid: content_hash(entry) for entry in kept}
    changes = decide(known, said)
    new, changed = {e.guid for e in changes.new}, {e.guid for e in changes.changed}
    assert new == {e.guid for e in said} - set(known)
    assert changed <= set(known)
    assert all(known[e.guid] != content_hash(e) for e in changes.changed)
    assert set(changes.gone) == set(known) - {e.guid for e in said}
    assert len(changes.new) == len(new)
    stored = known | {e.guid: content_hash(e) for e in (*changes.new, *changes.changed)}
    again = decide(stored, said)
    assert (again.new, again.changed) == ((), ())


def test_dates_alone_change_no_hash_and_everything_seen_does() -> None:
    entry = make_entry(1)
    assert content_hash(replace(entry, published=None, updated=NOW, guid="x", text="")) == content_hash(entry)
    for field in ("title", "link", "author", "content", "summary"):
        assert content_hash(replace(entry, **{field: "other"})) != content_hash(entry)
