"""State outlives what feeds do: edited, dropped, reordered, truncated, emptied, renamed, removed, moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from termnews.models import ArticleQuery, Entry, FeedUpdate, Health, Located, ParsedFeed, Pulled
from termnews.query import parse_query
from termnews.refresh import content_hash, finish, keep
from termnews.store import Store
from termnews.store.articles import MOST_UPDATES
from termnews.tagging import Tagger
from tests.builders import PAMIR, THAMES, VESTNIK, make_entry
from tests.conftest import NOW

ENTRIES = tuple(make_entry(n) for n in range(1, 6))
TAGGER = Tagger(lambda *_, **__: Located(), "e1")


class Reader:
    """A store, a feed that says things, and a user who has read guid-1 and starred guid-2."""

    def __init__(self, path: Path) -> None:
        self.store = Store(path, (PAMIR, VESTNIK, THAMES))
        self.says(ENTRIES)
        self.store.mark([self.number("guid-1")], "read", True, "", NOW)
        self.store.mark([self.number("guid-2")], "starred", True, "", NOW)

    def says(self, entries: Sequence[Entry], feed: int = 0, hours: int = 0) -> FeedUpdate:
        """Let a feed carry exactly these entries, some hours later."""
        now = NOW + timedelta(hours=hours)
        pulled = Pulled(
            self.store.feeds()[feed], "ok", Health(last_ok=now), ParsedFeed(entries=tuple(entries))
        )
        update = keep(self.store, pulled, now)
        list(finish(self.store, TAGGER))
        return update

    def number(self, guid: str) -> int:
        """Return the number of the article with a guid."""
        (found,) = [n for n, each in self.articles().items() if each == guid]
        return found

    def articles(self, line: str = "") -> dict[int, str]:
        """Return the guids of the articles listed, by number."""
        ids = self.store.ids(parse_query(line), NOW)
        return {n: self.store.article(n).entry.guid for n in ids}

    def state(self) -> tuple[set[int], set[int]]:
        """Return the numbers of the articles read and starred."""
        return set(self.articles("is:read")), set(self.articles("is:starred"))


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """A reader of the first of three feeds."""
    opened = Reader(tmp_path / "termnews.db")
    yield opened
    assert opened.store.upkeep.check() == []
    opened.store.close()


@pytest.mark.parametrize(
    "said",
    [
        [],
        ENTRIES[:1],
        ENTRIES[3:],
        ENTRIES[::-1],
        [replace(each, content="<p>edited</p>", text="edited") for each in ENTRIES],
        [replace(each, title="") for each in ENTRIES],
        [*ENTRIES, *ENTRIES],
    ],
    ids=["emptied", "truncated", "dropped", "reordered", "edited", "without titles", "twice"],
)
def test_whatever_a_feed_does_state_stays_and_nothing_is_deleted(reader: Reader, said: list[Entry]) -> None:
    before = reader.state(), reader.articles().keys()
    assert reader.says(said).new == 0
    assert (reader.state(), reader.articles().keys()) == before
    assert reader.says(ENTRIES).new == 0
    assert (reader.state(), reader.articles().keys()) == before


@pytest.mark.parametrize("links", ["as they were", "http to https"])
def test_state_follows_articles_to_new_ids(reader: Reader, links: str) -> None:
    old = [replace(e, link=e.link.replace("https", "http")) for e in ENTRIES] if "http " in links else ENTRIES
    reader.says(old)
    before = reader.state()
    update = reader.says([replace(each, guid=f"new-{each.guid}") for each in ENTRIES])
    assert update.new == 0
    assert reader.state() == before
    assert set(reader.articles().values()) == {f"new-guid-{n}" for n in range(1, 6)}


def test_the_link_as_identity_goes_from_http_to_https(reader: Reader) -> None:
    plain = [replace(e, guid="http" + e.link[5:], link="http" + e.link[5:]) for e in ENTRIES]
    assert reader.says(plain, feed=1).new == 5
    assert reader.says([replace(each, guid=each.link) for each in ENTRIES], feed=1).new == 0


def test_one_id_in_two_feeds_is_two_articles(reader: Reader) -> None:
    assert reader.says([replace(each, link=f"{each.link}/other") for each in ENTRIES], feed=1).new == 5
    assert [len(each) for each in reader.state()] == [1, 1]
    assert len(reader.articles()) == 10


def test_twins_with_one_link_stay_apart(reader: Reader) -> None:
    twin = replace(ENTRIES[0], guid="twin")
    assert reader.says([*ENTRIES, twin]).new == 1
    assert reader.number("twin") not in reader.state()[0]


def test_a_daily_report_under_one_link_is_new_each_day(reader: Reader) -> None:
    for day in range(3):
        report = make_entry(day + 50, guid=f"day-{day}", title="Weather", link="https://w.example/today")
        assert reader.says([report], feed=1).new == 1


def test_a_feed_removed_and_added_again_has_its_articles_and_state(reader: Reader) -> None:
    before = reader.state()
    reader.store.follow([VESTNIK])
    assert reader.articles() == {}
    reader.store.follow([PAMIR, VESTNIK])
    assert reader.says(ENTRIES).new == 0
    assert reader.state() == before


def test_a_changed_address_takes_articles_and_state_along(reader: Reader) -> None:
    before = reader.state()
    moved = replace(PAMIR, url="https://elsewhere.example/feed")
    reader.store.readdress(PAMIR.url, moved.url, lambda: None)
    reader.store.follow([moved])
    assert reader.says(ENTRIES).new == 0
    assert reader.state() == before


def test_what_was_pruned_does_not_come_in_again(reader: Reader) -> None:
    reader.store.mark(list(reader.articles()), "read", True, "", NOW)
    assert reader.store.upkeep.prune(0, 1, NOW) == 3
    edited = [replace(each, text="other", content="other") for each in ENTRIES]
    assert reader.says(ENTRIES).new == 0
    assert reader.says(edited).new == 0
    assert set(reader.articles().values()) == {"guid-1", "guid-2"}
    reader.store.follow([])
    reader.store.follow([PAMIR])
    assert reader.says(ENTRIES).new == 0


def test_only_another_text_is_a_change_and_stays_one(reader: Reader) -> None:
    first = ENTRIES[0]
    reader.says([replace(first, author="Somebody")])
    assert reader.articles("is:changed") == {}
    reader.says([replace(first, text="Reworded.", content="Reworded.")])
    reader.says([replace(first, text="Reworded.", content="<b>Reworded.</b>")])
    assert list(reader.articles("is:changed").values()) == ["guid-1"]


def test_a_feed_that_embeds_the_time_is_not_written_for_ever(reader: Reader) -> None:
    def told(count: int) -> Entry:
        return replace(ENTRIES[0], content=f"<p id='{count}'>Body of story 1.</p>")

    for count in range(MOST_UPDATES + 5):
        reader.says([told(count)])
    held = reader.store.article(reader.number("guid-1"))
    assert held.entry.content == told(MOST_UPDATES - 1).content
    reader.says([replace(told(99), text="Reworded.")])
    assert content_hash(reader.store.article(reader.number("guid-1")).entry) == content_hash(
        replace(told(99), text="Reworded.")
    )


def test_a_date_in_the_future_does_not_climb_with_each_change(reader: Reader) -> None:
    # parse sets such dates to the present of each fetch.
    reader.says([make_entry(9, guid="future", published=NOW)])
    reader.says([make_entry(9, guid="future", published=NOW + timedelta(hours=9), text="x")], hours=9)
    (headline,) = reader.store.headlines([reader.number("future")])
    assert headline.date == NOW


def test_a_clock_that_jumps_loses_no_state(reader: Reader) -> None:
    before = reader.state()
    for hours in (9000, -9000, 0):
        assert reader.says(ENTRIES, hours=hours).new == 0
        assert reader.state() == before
    assert reader.store.count(ArticleQuery(), NOW - timedelta(days=400)).total == 5
