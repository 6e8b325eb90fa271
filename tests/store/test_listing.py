"""What a list begins and ends with at once, how many came since, and that neither sorts all articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from termnews.models import ArticleQuery, Feed, Place
from termnews.query import parse_query
from termnews.store import Store, connection, counting, listing, search
from tests.builders import make_entry, save
from tests.conftest import NOW

COUNT = 60
LINES = (
    "", "is:unread", "is:starred", "region:TJ", "region:TJ is:unread", "region:TJ or region:FR", "-region:TJ",
    "word", "word3", "wor*", "-word3", "-word3 region:TJ", "word3 or region:FR", "word -word3", "lang:ru",
    "sort:oldest", "sort:oldest word3", "sort:title", "sort:best word3", "sort:region", "nothing",
)  # fmt: skip


@pytest.fixture
def many(store: Store, pamir: Feed, thames: Feed) -> Store:
    """Sixty articles of two feeds, every third read, every seventh starred, about Tajikistan or France."""
    for feed in (pamir, thames):
        numbers = [n for n in range(COUNT) if n % 2 == (feed is thames)]
        entries = [
            make_entry(n, title=f"word{n % 5} {n}", text="word", lang="ru" * (n % 4 == 0)) for n in numbers
        ]
        tags = {f"guid-{n}": (Place("TJ-GB" if n % 3 else "FR", "about"),) for n in numbers}
        save(store, feed, entries, tags=tags)
    ids = store.ids(ArticleQuery(), NOW)
    store.mark(ids[::3], "read", True, "", NOW)
    store.mark(ids[::7], "starred", True, "", NOW)
    return store


@pytest.fixture(params=["few", "many"])
def places(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Both ways to find the newest of a place, however slow the machine is."""
    monkeypatch.setattr(listing, "SOON", 60.0)
    if request.param == "many":
        monkeypatch.setattr(search, "MANY", 1)
    yield


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("part", [1, 7, COUNT])
def test_a_long_list_read_in_parts_is_the_same(
    many: Store, monkeypatch: pytest.MonkeyPatch, line: str, part: int
) -> None:
    asked = parse_query(line)
    whole = many.ids(asked, NOW)
    monkeypatch.setattr(listing, "_PART", part)
    assert many.ids(asked, NOW) == whole


@pytest.mark.parametrize("line", LINES)
@pytest.mark.usefixtures("places")
def test_a_list_begins_as_it_goes_on(many: Store, line: str) -> None:
    asked = parse_query(line)
    whole = many.ids(asked, NOW)
    for limit in (1, 5, COUNT + 1):
        found, sure = many.first(asked, NOW, limit)
        assert found == whole[:limit]
        assert not sure or found == whole


@pytest.mark.parametrize("line", LINES)
@pytest.mark.usefixtures("places")
def test_and_ends_so(many: Store, line: str) -> None:
    asked = parse_query(line)
    whole = many.ids(asked, NOW)
    ends = whole[-5:] if asked.sort in ("date", "oldest") else whole[:0]
    assert many.last(asked, NOW, 5) == ends


def test_of_many_articles_with_a_word_those_that_came_last_are_looked_at(
    many: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "WINDOW", 5)
    asked = parse_query("word")
    found, sure = many.first(asked, NOW, 200)
    assert not sure
    assert sorted(found) == sorted(many.ids(ArticleQuery(), NOW))[-5:]


def test_what_takes_long_is_given_up(many: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "SOON", -1.0)
    assert many.first(parse_query("sort:title"), NOW, 200) == (many.ids(parse_query("nothing"), NOW), False)
    assert len(many.ids(parse_query("sort:title"), NOW)) == COUNT  # where there is time, there is no bound


@pytest.mark.parametrize(
    ("line", "asked_at_once"),
    [
        ("w*", False), ("word w*", False), ("ж*", False), ("-w*", False), ("region:TJ w*", False),
        ('"word w"*', False), ("wo*", True), ("w", True), ("1*", True), ("北*", True), ("is:unread", True),
    ],
)  # fmt: skip
def test_in_a_large_cache_one_letter_is_left_to_who_has_time(
    many: Store, monkeypatch: pytest.MonkeyPatch, line: str, asked_at_once: bool
) -> None:
    monkeypatch.setattr(listing, "SOON", 60.0)
    asked = parse_query(line)
    whole = many.ids(asked, NOW)
    assert set(many.first(asked, NOW, 200)[0]) == set(whole)
    monkeypatch.setattr(search, "LETTER", COUNT - 1)
    said: list[str] = []
    many._conn.set_trace_callback(said.append)
    found, sure = many.first(asked, NOW, 200)
    many._conn.set_trace_callback(None)
    assert any("MATCH" in each or "is:" in line for each in said) is asked_at_once
    assert (list(found), sure and not asked_at_once) == (list(whole) if asked_at_once else [], False)
    assert many.ids(asked, NOW) == whole


@pytest.mark.parametrize("line", LINES)
def test_what_came_later_is_counted(many: Store, line: str) -> None:
    asked, newest = parse_query(line), many.newest()
    whole = many.ids(asked, NOW)
    assert newest == max(many.ids(ArticleQuery(), NOW))
    assert many.arrived(asked, NOW, newest) == 0
    assert many.arrived(asked, NOW, 20) == sum(each > 20 for each in whole)


COUNTED = (
    "", "is:unread", "is:read", "is:starred", "is:starred is:unread", "is:starred is:read", "region:TJ",
    "region:TJ is:unread", "region:Asia is:starred", "region:none", "region:none is:read", "feed:pamir",
    "feed:nothing", "folder:news is:unread", "from:TJ is:starred", "from:none",
)  # fmt: skip
UNCOUNTED = ("word", "region:TJ region:FR", "region:EU", "is:read is:unread", "-is:read")


@pytest.mark.parametrize("line", COUNTED)
def test_counters_tell_what_a_count_finds(many: Store, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = many.count(parse_query(line), NOW)
    assert many.known_total(parse_query(line), NOW) == told.total == len(many.ids(parse_query(line), NOW))
    monkeypatch.setattr(counting, "known", lambda *_: None)
    assert told == many.count(parse_query(line), NOW)


@pytest.mark.parametrize("line", UNCOUNTED)
def test_what_counters_do_not_tell_is_counted(many: Store, line: str) -> None:
    assert many.known_total(parse_query(line), NOW) is None
    assert many.count(parse_query(line), NOW).total == len(many.ids(parse_query(line), NOW))


@pytest.mark.parametrize("line", ["is:unread", "is:read", "is:starred is:unread"])
def test_counters_tell_of_regions_what_a_count_finds(
    many: Store, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = many.count_by_region(parse_query(line), NOW)
    assert any(code and each.total for code, each in told.items())
    monkeypatch.setattr(counting, "_split", lambda _: None)
    assert told == many.count_by_region(parse_query(line), NOW)


def plans(store: Store, line: str) -> list[str]:
    """Return how SQLite goes about the beginning and the end of a list."""
    raw, said = sqlite3.connect(store.path), []
    connection.prepare(raw)
    raw.set_trace_callback(lambda sql: said.append(sql))
    listing.first(raw, parse_query(line), NOW, 200)
    listing.last(raw, parse_query(line), NOW, 200)
    raw.set_trace_callback(None)
    asked = [sql for sql in said if "json_group_array" in sql]
    found = [row[-1] for sql in asked for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}")]
    raw.close()
    return found


@pytest.mark.parametrize("line", ["", "is:unread", "is:starred", "lang:ru", "-word3", "region:TJ"])
def test_lists_by_date_begin_and_end_without_a_sort(
    many: Store, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setattr(search, "MANY", 1)
    found = plans(many, line)
    assert not [each for each in found if "TEMP B-TREE" in each]
    assert any("INDEX state_" in each or "p USING PRIMARY KEY (code=?)" in each for each in found)


@pytest.mark.parametrize(
    ("line", "index"),
    [
        ("sort:title", "articles_title"),
        ("is:highlighted", "state_highlighted"),
        ("sort:region is:unread", "state_around"),
        ("sort:feed", "state_feed"),
    ],
)
def test_other_lists_begin_by_an_index_too(many: Store, line: str, index: str) -> None:
    found = plans(many, line)
    assert any(f"INDEX {index}" in each for each in found)
    assert "USE TEMP B-TREE FOR ORDER BY" not in found
