"""Pull, decide, tag, store, report: over a real store and a backend that brings what a test says."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews.errors import StoreError, SyncError
from termnews.models import (
    ArticleQuery,
    Change,
    Corrections,
    Entry,
    Evidence,
    Feed,
    FeedUpdate,
    Health,
    Located,
    ParsedFeed,
    Place,
    Prior,
    Pulled,
    Wait,
)
from termnews.refresh import FARTHEST, content_hash, decide, due, refresh
from termnews.store import Store
from termnews.tagging import Tagger
from tests.builders import PAMIR, THAMES, make_entry
from tests.conftest import NOW


def locate(
    title: str,
    text: str = "",
    *,
    lang: str = "",
    prior: Prior = Prior(),  # noqa: B008
    corrections: Corrections = Corrections(),  # noqa: B008
) -> Located:
    """Find the codes in capitals a text holds, else the region the feed declares."""
    found = re.findall(r"\b[A-Z]{2}(?:-[A-Z]{2})?\b", f"{title} {text}")
    places = tuple(Place(code, "about", code, "name", "title") for code in dict.fromkeys(found))
    assumed = (Place(prior.region, "about", rule="feed"),) if prior.region else ()
    return Located(places or assumed, tuple(dict.fromkeys(found)))


TAGGER = Tagger(locate, "e1")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


class Scripted:
    """A backend that brings these entries, or these errors, by feed address."""

    def __init__(self, brings: dict[str, tuple[Entry, ...] | str]) -> None:
        self.brings = brings
        self.told: list[Change] = []
        self.refuses = False

    async def pull(
        self, feeds: Sequence[Feed], now: Callable[[], datetime]
    ) -> AsyncGenerator[Sequence[Pulled], None]:
        for feed in feeds:
            what = self.brings.get(feed.url)
            if isinstance(what, str):
                health = Health(last_fetch=now(), error=what, failures=1, http=500)
                yield [Pulled(feed, "failed", health, error=what)]
            elif what is None:
                yield [Pulled(feed, "not_modified", Health(last_fetch=now(), http=304))]
            else:
                health = Health(last_fetch=now(), http=200, next_fetch=now() + timedelta(hours=1))
                yield [Pulled(feed, "ok", health, ParsedFeed(title="Own title", lang="ru", entries=what))]

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
    return [
        each async for each in refresh(store, backend, store.feeds(), TAGGER, now=lambda: NOW, force=force)
    ]


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


async def test_a_feed_is_reported_under_its_own_title_as_soon_as_that_is_known(tmp_path: Path) -> None:
    nameless = replace(PAMIR, name="")
    store = Store(tmp_path / "termnews.db", (nameless, THAMES))
    first, second = await run(store, Scripted({nameless.url: (make_entry(),), THAMES.url: (make_entry(),)}))
    assert (first.feed, second.feed) == ("Own title", THAMES.name)


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
    async with aclosing(refresh(store, backend, store.feeds(), TAGGER, now=lambda: NOW)) as updates:
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
        (NOW + FARTHEST, False),
        (NOW + FARTHEST + timedelta(seconds=1), True),
    ],
)
def test_when_a_feed_is_due(planned: datetime | None, is_due: bool) -> None:
    feed = Feed(1, PAMIR, health=Health(next_fetch=planned))
    assert due([feed], NOW) == (([feed], []) if is_due else ([], [(feed, "not_due")]))
    assert due([feed], NOW, force=True) == ([feed], [])


@pytest.mark.parametrize(
    ("wait", "due_in", "held_for", "forced", "by_itself"),
    [
        ("interval", 1, None, True, False),
        ("failed", 1, None, True, False),
        ("ttl", 1, None, True, False),
        ("retry", 2, 2, False, False),
        ("retry", -1, -1, True, True),
        ("interval", 2, 1, False, False),
        ("interval", 2, -1, True, False),
        ("gone", -1, None, False, False),
    ],
)
def test_force_overrides_intervals_and_back_off_but_no_server(
    wait: Wait, due_in: int, held_for: int | None, forced: bool, by_itself: bool
) -> None:
    held = None if held_for is None else NOW + timedelta(hours=held_for)
    health = Health(last_fetch=NOW, next_fetch=NOW + timedelta(hours=due_in), wait=wait, held_until=held)
    feed = Feed(1, PAMIR, health=health)
    assert bool(due([feed], NOW, force=True)[0]) is forced
    assert bool(due([feed], NOW)[0]) is by_itself


@pytest.mark.parametrize(
    ("health", "paused", "why", "forced", "gently"),
    [
        (Health(), False, "", "", ""),
        (Health(), True, "paused", "paused", "paused"),
        (Health(wait="gone"), False, "gone", "gone", "gone"),
        (Health(last_fetch=NOW, next_fetch=NOW + HOUR, held_until=NOW + HOUR), False, "held", "held", "held"),
        (Health(last_fetch=NOW - 3 * MINUTE, next_fetch=NOW + HOUR), False, "not_due", "", "just_asked"),
        (Health(last_fetch=NOW - 5 * MINUTE, next_fetch=NOW + HOUR), False, "not_due", "", ""),
        (Health(last_fetch=None, next_fetch=NOW + HOUR), False, "not_due", "", ""),
        (Health(last_fetch=NOW - 3 * MINUTE, next_fetch=None), False, "", "", ""),
    ],
)
async def test_why_a_feed_is_left_alone(
    store: Store, health: Health, paused: bool, why: str, forced: str, gently: str
) -> None:
    feed = Feed(1, replace(PAMIR, paused=paused), health=health)
    for force, floor, left in (
        (False, 0, why), (True, 0, forced), (True, 5, gently), (False, 5, why),
    ):  # fmt: skip
        within = floor * MINUTE
        asked = due([feed], NOW, force=force, floor=within)
        assert asked == (([], [(feed, left)]) if left else ([feed], []))
        pulls = refresh(store, Scripted({}), [feed], TAGGER, now=lambda: NOW, force=force, floor=within)
        told = [(each.left, each.status) async for each in pulls]
        assert told == [(left, "skipped" if left else "not_modified")]


@pytest.mark.parametrize(
    ("fetched", "is_due"),
    [(timedelta(seconds=30), False), (timedelta(minutes=2), True), (timedelta(365), True)],
)
def test_a_clock_set_back_makes_feeds_due_whatever_was_planned(fetched: timedelta, is_due: bool) -> None:
    then = NOW + fetched
    held = then + timedelta(days=2)
    feed = Feed(1, PAMIR, health=Health(last_fetch=then, next_fetch=held, wait="retry", held_until=held))
    assert due([feed], NOW) == (([feed], []) if is_due else ([], [(feed, "held")]))
    assert due([feed], NOW, force=True) == due([feed], NOW)
    assert feed.health.held(NOW) is not is_due
    assert not feed.health.held(held)


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


# --- places --------------------------------------------------------------------------------


class Watching:
    """The small matcher above, which keeps in the order it is asked what it was told."""

    def __init__(self) -> None:
        self.priors: dict[str, Prior] = {}
        self.langs: dict[str, str] = {}
        self.texts: dict[str, str] = {}

    def __call__(
        self,
        title: str,
        text: str = "",
        *,
        lang: str = "",
        prior: Prior = Prior(),  # noqa: B008
        corrections: Corrections = Corrections(),  # noqa: B008
    ) -> Located:
        self.priors[title], self.langs[title], self.texts[title] = prior, lang, text
        return locate(title, text, lang=lang, prior=prior, corrections=corrections)


async def run_with(
    store: Store, brings: dict[str, tuple[Entry, ...] | str], tagger: Tagger, *, force: bool = True
) -> None:
    async for _ in refresh(store, Scripted(brings), store.feeds(), tagger, now=lambda: NOW, force=force):
        pass


async def test_entries_are_read_with_title_text_summary_and_language(store: Store) -> None:
    matcher = Watching()
    own = make_entry(1, title="one", summary="<p>From the <b>summary</b>.</p>", lang="tg")
    feeds = make_entry(2, title="two", lang="", content="", summary="<p>x</p>", text="x")
    await run_with(store, {PAMIR.url: (own, feeds)}, Tagger(matcher, "e1"))
    assert matcher.langs == {"one": "tg", "two": "ru"}
    assert matcher.texts == {"one": "From the summary.\n\nBody of story 1.", "two": "x"}


async def test_entries_know_what_the_ones_before_showed_and_no_later_ones(store: Store) -> None:
    matcher = Watching()
    entries = tuple(make_entry(number, title=f"{number} UZ") for number in range(1, 9))
    await run_with(store, {PAMIR.url: entries}, Tagger(matcher, "e1"))
    assert matcher.priors["8 UZ"] == matcher.priors["4 UZ"] == Prior("TJ-GB")
    assert matcher.priors["3 UZ"].shares == {"UZ": 5 / 6}
    assert matcher.priors["1 UZ"].shares == {"UZ": 7 / 8}
    later = (make_entry(0, title="9 AF"), *entries)
    await run_with(store, {PAMIR.url: later}, Tagger(matcher, "e1"))
    assert matcher.priors["9 AF"].shares == {"UZ": 8 / 9}
    assert store.tags.evidence(store.feeds()[0].id) == Evidence(9, {"UZ": 8, "AF": 1})


async def test_undated_entries_are_read_from_the_end_of_the_feed(store: Store) -> None:
    matcher = Watching()
    entries = tuple(
        make_entry(number, title=f"{number} UZ", published=None, updated=None) for number in range(1, 9)
    )
    await run_with(store, {PAMIR.url: entries}, Tagger(matcher, "e1"))
    assert matcher.priors["8 UZ"].shares == {}
    assert matcher.priors["1 UZ"].shares == {"UZ": 7 / 8}


async def test_a_fixed_article_keeps_its_places_when_its_text_changes(store: Store) -> None:
    await run_with(store, {PAMIR.url: (make_entry(1, title="in UZ"),)}, TAGGER)
    (number,) = store.ids(ArticleQuery(), NOW)
    store.fix(number, ("FR",), "", NOW)
    await run_with(store, {PAMIR.url: (make_entry(1, title="in AF"),)}, TAGGER)
    (headline,) = store.headlines([number])
    assert (headline.title, headline.regions) == ("in AF", ("FR",))


async def test_what_comes_in_is_stamped_with_what_tagged_it(store: Store) -> None:
    await run_with(store, {PAMIR.url: (make_entry(1),), THAMES.url: (make_entry(2),)}, TAGGER)
    prints = {feed.id: TAGGER.of(feed.subscription).fingerprint for feed in store.feeds()}
    assert store.tags.stale(prints) == {}
    assert store.tags.editions() == {"e1": 2}
