"""One page in several feeds: two articles, listed once, marked together, and never lost."""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from termnews import schema
from termnews.models import ArticleQuery, Entry, Feed, FullText
from termnews.query import parse_query
from termnews.store import Store, connection
from termnews.store import copies as room
from tests.builders import PAMIR, THAMES, VESTNIK, make_entry, save
from tests.conftest import NOW

ALL = ArticleQuery()
PAGE = "https://news.example/1"


def listed(store: Store, line: str = "") -> list[str]:
    """Return the feeds of what a search lists, with the guid."""
    return [_named(store, number) for number in store.ids(parse_query(line), NOW)]


def _named(store: Store, number: int) -> str:
    article = store.article(number)
    return f"{article.feed.name}/{article.entry.guid}"


def number_of(store: Store, name: str) -> int:
    """Return the number of the article of that feed and guid."""
    feed = name.partition("/")[0]
    (found,) = [n for n in store.ids(parse_query(f'feed:"{feed}"'), NOW) if _named(store, n) == name]
    return found


@pytest.fixture
def two(store: Store, pamir: Feed, thames: Feed) -> tuple[int, int]:
    """One page in two feeds; the numbers of both articles, the first first."""
    save(store, pamir, [make_entry(1, guid="a", link=PAGE), make_entry(2)])
    save(store, thames, [make_entry(1, guid="b", link="http://www.news.example/1/?utm_source=rss#top")])
    return number_of(store, "Pamir Post/a"), number_of(store, "Thames Herald/b")


def test_it_is_listed_once_and_in_each_feed(store: Store, two: tuple[int, int]) -> None:
    assert listed(store) == ["Pamir Post/a", "Pamir Post/guid-2"]
    assert listed(store, "feed:Pamir") == ["Pamir Post/a", "Pamir Post/guid-2"]
    assert listed(store, "feed:Thames") == ["Thames Herald/b"]
    assert listed(store, "-feed:Pamir") == ["Thames Herald/b"]
    assert listed(store, "feed:Pamir OR feed:Thames") == listed(store)
    assert listed(store, "folder:World") == ["Thames Herald/b"]
    assert set(listed(store, "feed:Thames OR is:starred")) == {"Thames Herald/b"}
    assert listed(store, "from:GB") == ["Thames Herald/b"]


LINES = (
    "", "is:unread", "is:starred", "region:TJ", "region:GB", "feed:Pamir", "feed:Thames", "-feed:Pamir",
    "feed:Pamir OR feed:Thames", "feed:Pamir OR is:unread", "folder:World is:unread", "sort:title", "story",
    "sort:feed", "sort:region", "sort:oldest is:unread", "is:starred is:unread", "region:none", "-region:TJ",
)  # fmt: skip


@pytest.mark.parametrize("marked", [None, "read", "starred"])
def test_counts_and_beginnings_agree_with_lists(store: Store, two: tuple[int, int], marked: str) -> None:
    if marked:
        store.mark(two[1:], marked, True, "", NOW)  # type: ignore[arg-type]
    for line in LINES:
        asked = parse_query(line)
        ids = store.ids(asked, NOW)
        assert len(set(ids)) == len(ids) == store.count(asked, NOW).total, line
        assert store.known_total(asked, NOW) in (None, len(ids)), line
        assert store.first(asked, NOW, 10)[0] == ids, line
        assert store.arrived(asked, NOW, 0) == len(ids), line


def test_words_are_looked_for_in_the_text_of_each(store: Store, pamir: Feed, thames: Feed) -> None:
    save(store, pamir, [make_entry(1, guid="a", link=PAGE, text="a heron"), make_entry(2)])
    save(store, thames, [make_entry(1, guid="b", link=PAGE, text="a newt and a stoat")])
    first, second = "Pamir Post/a", "Thames Herald/b"
    for line, expected in {
        "heron": [first],
        "newt": [first],
        "newt stoat is:unread": [first],
        "heron newt": [],  # no text holds both
        "heron newt is:unread": [],
        "heron -newt": [],
        "-newt": ["Pamir Post/guid-2"],
        "-newt is:unread": ["Pamir Post/guid-2"],
        "newt OR gnu": [first],
        "feed:Thames newt": [second],
        "feed:Pamir newt": [],  # lists of certain feeds hold what these said
        "feed:Pamir -newt": [first, "Pamir Post/guid-2"],
    }.items():
        asked = parse_query(line)
        assert listed(store, line) == expected, line
        assert store.first(asked, NOW, 10)[0] == store.ids(asked, NOW), line
        assert store.count(asked, NOW).total == store.arrived(asked, NOW, 0) == len(expected), line


def test_a_page_that_was_fetched_for_one_is_the_full_text_of_all(store: Store, two: tuple[int, int]) -> None:
    full = FullText("<p>whole</p>", PAGE, "whole")
    assert store.full_texts.wanted(two, NOW) == list(two)
    store.full_texts.keep(two[1], full, NOW)
    for number in two:
        kept = store.article(number).full
        assert kept is not None and kept.text == "whole"
    assert store.full_texts.wanted(two, NOW) == []
    assert listed(store, "is:full") == listed(store, "feed:Pamir is:full") == ["Pamir Post/a"]
    assert listed(store, "feed:Thames is:full") == ["Thames Herald/b"]
    store.follow((VESTNIK, THAMES))  # each has it for itself, where the others are not listed
    assert listed(store, "is:full") == ["Thames Herald/b"]


def test_places_count_it_once(store: Store, two: tuple[int, int]) -> None:
    assert store.count_by_region(ALL, NOW)["TJ-GB"].total == 2
    assert [each.count.total for each in store.feeds()] == [2, 0, 1]


def test_it_is_listed_at_the_places_of_each(store: Store, two: tuple[int, int], thames: Feed) -> None:
    assert listed(store, "region:GB") == ["Pamir Post/a"]
    assert "Pamir Post/a" in listed(store, "region:TJ")
    assert store.count(parse_query("region:GB"), NOW).total == 1
    store.fix(two[0], ["FR"], "", NOW)
    assert (listed(store, "region:FR"), listed(store, "region:GB")) == (["Pamir Post/a"], [])
    store.fix(two[0], None, "", NOW)
    assert listed(store, "region:GB") == ["Pamir Post/a"]
    save(store, thames, changed=[make_entry(1, guid="b", link="https://news.example/9", content="new")])
    assert listed(store, "region:GB") == ["Thames Herald/b"]
    store.follow((VESTNIK, THAMES))
    assert listed(store, "region:TJ") == []
    assert store.upkeep.check() == []


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("field", ["read", "starred"])
def test_a_mark_is_of_all_copies_and_so_is_its_undoing(
    store: Store, two: tuple[int, int], which: int, field: str
) -> None:
    action = store.mark([two[which]], field, True, "", NOW)  # type: ignore[arg-type]
    assert (action.count, action.first) == (1, two[which])
    assert [getattr(each, field) for each in store.headlines(two)] == [True, True]
    assert {each.article for each in store.outbox()} == set(two)
    assert [each.count for each in store.turn(1, NOW)] == [1]
    assert [getattr(each, field) for each in store.headlines(two)] == [False, False]
    store.turn(1, NOW, redo=True)
    assert [getattr(each, field) for each in store.headlines(two)] == [True, True]
    assert store.upkeep.check() == []


def test_marking_both_says_two(store: Store, two: tuple[int, int]) -> None:
    assert store.mark(two, "read", True, "", NOW).count == 2


def test_a_copy_that_comes_later_has_the_state(store: Store, pamir: Feed, thames: Feed) -> None:
    save(store, pamir, [make_entry(1)])
    first = number_of(store, "Pamir Post/guid-1")
    store.mark([first], "read", True, "", NOW)
    save(store, thames, [make_entry(1)])
    assert listed(store, "is:unread") == []
    store.mark([first], "read", False, "", NOW)
    save(store, thames, changed=[make_entry(1, content="<p>other</p>")])
    assert listed(store, "is:unread") == ["Pamir Post/guid-1"]  # an edit does not read it again


def test_what_was_pruned_does_not_come_as_new_by_another_feed(
    store: Store, pamir: Feed, thames: Feed
) -> None:
    save(store, pamir, [make_entry(1)])
    store.mark(store.ids(ALL, NOW), "read", True, "", NOW)
    store.upkeep.prune(1, 0, NOW + timedelta(days=9))
    save(store, thames, [make_entry(1)])
    assert (listed(store), listed(store, "is:unread")) == (["Thames Herald/guid-1"], [])


def test_of_a_feed_that_is_left_a_copy_takes_the_place(store: Store, two: tuple[int, int]) -> None:
    store.mark(two[:1], "starred", True, "", NOW)
    store.follow((VESTNIK, THAMES))
    assert (listed(store), listed(store, "is:starred")) == (["Thames Herald/b"], ["Thames Herald/b"])
    assert store.count(ALL, NOW).total == 1
    assert store.upkeep.check() == []
    store.follow((PAMIR, VESTNIK, THAMES))
    assert listed(store) == ["Pamir Post/a", "Pamir Post/guid-2"]
    assert store.upkeep.check() == []


def test_of_a_pruned_article_a_copy_takes_the_place(store: Store, pamir: Feed, thames: Feed) -> None:
    save(store, pamir, [make_entry(1, published=NOW - timedelta(days=9))], now=NOW - timedelta(days=9))
    save(store, thames, [make_entry(1)])
    store.mark(store.ids(ALL, NOW), "read", True, "", NOW)
    assert store.upkeep.prune(5, 0, NOW) == 1
    assert listed(store) == ["Thames Herald/guid-1"]
    assert store.upkeep.check() == []


def test_a_link_on_several_entries_of_a_feed_joins_nothing(
    store: Store, pamir: Feed, thames: Feed, vestnik: Feed
) -> None:
    save(store, pamir, [make_entry(1, link=PAGE)])
    save(store, thames, [make_entry(2, link=PAGE)])
    assert len(listed(store)) == 1
    save(store, thames, [make_entry(3, link=PAGE)])
    assert len(listed(store)) == 3
    save(store, vestnik, [make_entry(4, link=PAGE)])
    assert len(listed(store)) == 4
    assert store.upkeep.check() == []


def test_a_link_that_changes_parts_and_joins(store: Store, two: tuple[int, int], thames: Feed) -> None:
    save(store, thames, changed=[make_entry(1, guid="b", link="https://news.example/2", content="new")])
    assert listed(store) == ["Pamir Post/a", "Pamir Post/guid-2"]
    store.mark([two[0]], "read", True, "", NOW)
    assert listed(store, "feed:Thames is:read") == []
    save(store, thames, changed=[make_entry(1, guid="b", link="https://news.example/9", content="newer")])
    assert len(listed(store)) == 3
    assert store.upkeep.check() == []


def test_repair_finds_copies_anew(store: Store, two: tuple[int, int], tmp_path: Path) -> None:
    raw = sqlite3.connect(store.path)
    raw.execute("UPDATE state SET copy_of = 77, read = 0 WHERE copy_of IS NOT NULL")
    raw.execute("DELETE FROM links")
    raw.commit()
    raw.close()
    assert any("behind others" in each for each in store.upkeep.check())
    store.upkeep.repair()
    assert store.upkeep.check() == []
    assert listed(store) == ["Pamir Post/a", "Pamir Post/guid-2"]


def test_whatever_happens_lists_counts_and_state_agree(store: Store) -> None:
    dice = random.Random(5)
    for _ in range(60):
        _something(store, dice)
        _agree(store)
    assert store.upkeep.check() == []


def _something(store: Store, dice: random.Random) -> None:
    feed = dice.choice(store.feeds())
    what = dice.randrange(6)
    if what < 3:
        known = store.known(feed.id)
        entries = [
            make_entry(dice.randrange(4), guid=f"g{dice.randrange(5)}", content=f"<p>{dice.random()}</p>")
            for _ in range(3)
        ]
        unlike: dict[str, Entry] = {each.guid: each for each in entries if known.get(each.guid) != b""}
        new = [each for guid, each in unlike.items() if guid not in known]
        save(store, feed, new, [each for guid, each in unlike.items() if guid in known])
    elif what == 3:
        ids = [number for each in store.feeds() for number in _of(store, each)]
        if ids:
            store.mark([dice.choice(ids)], dice.choice(["read", "starred"]), dice.random() < 0.8, "", NOW)  # type: ignore[arg-type]
    elif what == 4:
        store.upkeep.prune(0, 2, NOW)
    else:
        every = [PAMIR, VESTNIK, THAMES]
        store.follow([each for each in every if dice.random() < 0.7] or every)


def _of(store: Store, feed: Feed) -> Sequence[int]:
    return store.ids(parse_query(f'feed:"{feed.name}"'), NOW)


def _agree(store: Store) -> None:
    raw = sqlite3.connect(store.path)
    groups = defaultdict[str, list[tuple[int, int, int]]](list)
    rows = raw.execute(
        """
        SELECT a.link, s.id, s.feed, f.followed, s.read, s.starred FROM state s
        JOIN articles a ON a.id = s.id JOIN feeds f ON f.id = s.feed WHERE s.date IS NOT NULL ORDER BY s.id
        """
    ).fetchall()
    raw.close()
    for link, number, feed, followed, *marks in rows:
        if followed:
            groups[link].append((number, feed, *marks))
    shown = set(store.ids(ALL, NOW))
    assert store.count(ALL, NOW).total == len(shown)
    assert sum(each.count.total for each in store.feeds()) == sum(map(len, groups.values()))
    for them in groups.values():
        hidden = [each for each in them if each[0] not in shown]
        if hidden:  # the first stands for all, and they say the same
            assert len(hidden) == len(them) - 1
            assert them[0][0] in shown
            assert len({each[2:] for each in them}) == 1
            assert len({each[1] for each in them}) == len(them)


def test_the_migration_finds_copies_and_shares_their_state(tmp_path: Path) -> None:
    path = tmp_path / "termnews.db"
    conn = sqlite3.connect(path, isolation_level=None)
    connection.prepare(conn)
    at = schema.MIGRATIONS.index(schema.COPIED)
    for statements in schema.MIGRATIONS[:at]:
        for statement in statements:
            conn.execute(statement)
    for statement in schema.INDEX:
        conn.execute(statement)
    conn.execute(f"PRAGMA user_version = {at}")
    conn.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    for feed, each in enumerate((PAMIR, VESTNIK, THAMES), 1):
        conn.execute("INSERT INTO feeds (id, url) VALUES (?, ?)", (feed, each.url))
    pages = [(1, "x"), (2, "x"), (3, "y"), (1, "z"), (2, "z"), (2, "z")]
    for number, (feed, page) in enumerate(pages, 1):
        conn.execute(
            "INSERT INTO state (id, feed, guid, read, starred, arrived, date) VALUES (?, ?, ?, ?, 0, 0, ?)",
            (number, feed, number, number == 2, number),
        )
        conn.execute(
            """
            INSERT INTO articles (id, title, link, author, fetched, lang, words, has, hash)
            VALUES (?, '', ?, '', 0, '', 0, 0, x'')
            """,
            (number, f"https://news.example/{page}"),
        )
        conn.execute("INSERT INTO bodies VALUES (?, x'')", (number,))
    conn.close()
    store = Store(path, (PAMIR, VESTNIK, THAMES))
    assert list(store.ids(parse_query("sort:oldest"), NOW)) == [1, 3, 4, 5, 6]
    assert list(store.ids(parse_query("is:read"), NOW)) == [1]
    assert store.count(ALL, NOW).total == 5
    assert [each for each in store.upkeep.check() if "damaged" not in each] == []
    store.close()


def test_copies_are_found_by_an_index(store: Store, two: tuple[int, int]) -> None:
    raw, said = sqlite3.connect(store.path), []
    connection.prepare(raw)
    raw.set_trace_callback(lambda sql: said.append(sql))
    assert room.others(raw, [two[0]]) == [two[1]]
    raw.set_trace_callback(None)
    plans = [row[-1] for sql in said for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}")]
    raw.close()
    assert any("state_copies" in each for each in plans)
    assert not [each for each in plans if each.startswith("SCAN s") and "INDEX" not in each]


def test_a_tag_is_of_all_copies_and_of_one_that_comes_later(
    store: Store, two: tuple[int, int], pamir: Feed
) -> None:
    first, second = two
    action = store.tag([second], "later", True, "#later", NOW)
    assert (action.change, action.count, action.label) == ("tag", 1, "#later")
    assert listed(store, "tag:later") == ["Pamir Post/a"]
    assert store.tag_counts()["later"].total == 1
    vestnik = next(feed for feed in store.feeds() if feed.url == VESTNIK.url)
    save(store, vestnik, [make_entry(1, guid="c", link=PAGE)])
    third = number_of(store, f"{vestnik.name}/c")
    assert [store.article(each).tags for each in (first, second, third)] == [("later",)] * 3
    store.tag([first], "later", False, "#later", NOW)
    assert store.tag_counts() == {}
    store.turn(1, NOW)
    assert [store.article(each).tags for each in (first, second, third)] == [("later",)] * 3
    store.turn(1, NOW, redo=True)
    assert store.tag_counts() == {}
