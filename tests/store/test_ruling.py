"""Rules asked about what comes in: once, as searches would answer; and what stays muted by them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termnews import schema
from termnews.models import (
    ArticleQuery,
    Changes,
    Count,
    Enclosure,
    Entry,
    Feed,
    Health,
    Located,
    ParsedFeed,
    Place,
    Pulled,
    Rule,
)
from termnews.query import parse_query
from termnews.refresh import finish
from termnews.store import Store, connection
from termnews.store.ruling import Ruling
from termnews.tagging import Tagger
from tests.builders import PAMIR, THAMES, VESTNIK, digest, make_entry
from tests.conftest import NOW


def _locate(title: str, *_: object, **__: object) -> Located:
    codes = [code for word, code in (("Khorog", "TJ-GB"), ("Paris", "FR")) if word in title]
    return Located((*(Place(code, "about") for code in codes), Place("RU", "mentions")))


TAGGER = Tagger(_locate, "e1")
CROSSWORD = make_entry(1, title="Crossword of the day", text="Seven down.")
QUAKE = make_entry(2, title="Earthquake near Khorog", text="No damage.")
TALKS = make_entry(3, title="Talks in Paris", text="A crossword of interests.")


def rule(line: str, *actions: str) -> Rule:
    """Return a rule of the configuration."""
    return Rule(line, parse_query(line), actions)


def follow(store: Store, *rules: Rule) -> None:
    """Let the store go by these rules."""
    store.waiting.ruling = Ruling(lambda: rules, lambda: NOW)


def settle(store: Store, *rules: Rule) -> int:
    """Mute by these rules what is kept; return how many articles changed."""
    follow(store, *rules)
    return sum(store.muting.settle(rules, NOW))


def bring(store: Store, feed: Feed, *entries: Entry, changed: bool = False) -> None:
    """Save entries of a feed, then place and index them."""
    hashes = {each.guid: digest(each) for each in entries}
    changes = Changes(changed=entries) if changed else Changes(new=entries)
    store.save(Pulled(feed, "ok", Health(), ParsedFeed()), changes, hashes, None, NOW)
    list(finish(store, TAGGER))


def titles(store: Store, line: str) -> list[str]:
    """Return the first words of what a search lists."""
    found = store.headlines(store.ids(parse_query(line), NOW))
    return [each.title.split()[0] for each in found]


def test_each_action_is_done_to_what_matches_and_to_nothing_else(store: Store, pamir: Feed) -> None:
    follow(
        store,
        rule("crossword", "read", "tag:games", "tag:daily"),
        rule("region:TJ earthquake", "star", "highlight", "notify"),
        rule("title:talks", "full_text"),
        rule("title:nothing", "star", "read", "mute"),
    )
    bring(store, pamir, CROSSWORD, QUAKE, TALKS)
    assert titles(store, "is:read") == titles(store, "tag:games tag:daily") == ["Crossword", "Talks"]
    assert titles(store, "is:starred") == titles(store, "is:highlighted") == ["Earthquake"]
    (quake,) = store.ids(parse_query("is:starred"), NOW)
    assert store.waiting.ruling.noticed == [quake]
    assert [each.highlighted for each in store.headlines(store.ids(ArticleQuery(), NOW))] == [0, 1, 0]
    assert set(store.full_texts.asked()) == set(store.ids(parse_query("title:talks"), NOW))
    # A server is told as of marks; what the user did last is still what undo takes back.
    assert sorted((each.field, each.value) for each in store.outbox()) == [
        ("read", True),
        ("read", True),
        ("starred", True),
    ]
    assert store.history(9) == []
    assert store.upkeep.check() == []


def test_a_rule_is_asked_once(store: Store, pamir: Feed) -> None:
    bring(store, pamir, TALKS)
    star = rule("crossword", "read", "star")
    follow(store, star)
    bring(store, pamir, CROSSWORD)
    # What was here before the rule is left alone, also when it is told anew.
    bring(store, pamir, replace(TALKS, text="A crossword.", content="x"), changed=True)
    assert (titles(store, "crossword"), titles(store, "is:read")) == (["Crossword", "Talks"], ["Crossword"])
    (number,) = store.ids(parse_query("is:read"), NOW)
    store.mark([number], "read", False, "", NOW)
    bring(store, pamir, replace(CROSSWORD, text="Eight down.", content="y"), changed=True)
    store.upkeep.compact()
    list(finish(store, TAGGER))
    assert titles(store, "is:read") == []


def test_one_that_changed_before_a_rule_was_asked_is_still_asked_about(store: Store, pamir: Feed) -> None:
    follow(store, rule("title:crossword", "star"))
    hashes = {CROSSWORD.guid: digest(CROSSWORD)}
    for changes in (Changes(new=(CROSSWORD,)), Changes(changed=(replace(CROSSWORD, text="Eight down."),))):
        store.save(Pulled(pamir, "ok", Health(), ParsedFeed()), changes, hashes, None, NOW)
    list(finish(store, TAGGER))
    assert titles(store, "is:starred") == ["Crossword"]


# --- muted ---------------------------------------------------------------------------------


def test_what_is_muted_is_nowhere_until_it_is_asked_for(store: Store, pamir: Feed) -> None:
    follow(store, rule("title:crossword", "mute", "notify"))
    bring(store, pamir, CROSSWORD, QUAKE, TALKS)
    rest = ["Earthquake", "Talks"]
    assert (titles(store, ""), titles(store, "crossword"), titles(store, "sort:title")) == (
        rest,
        rest[1:],
        rest,
    )
    assert store.count(ArticleQuery(), NOW) == store.feeds()[0].count == Count(2, 2, 0)
    assert store.count(parse_query("region:none"), NOW).total == 0
    assert store.waiting.ruling.noticed == []
    for line in (
        "is:muted",
        "is:muted is:unread",
        "is:muted since:2h",
        "is:muted sort:title",
        "is:muted day",
    ):
        assert titles(store, line) == ["Crossword"], line
        assert store.count(parse_query(line), NOW) == Count(1, 1, 0), line
        assert list(store.first(parse_query(line), NOW, 9)[0]) == list(store.ids(parse_query(line), NOW))
    assert titles(store, "is:muted region:TJ") == []
    assert titles(store, "is:muted OR region:TJ sort:oldest") == ["Earthquake", "Crossword"]
    assert titles(store, "-is:muted") == rest
    assert store.arrived(parse_query("is:muted"), NOW, 0) == 1
    assert store.upkeep.check() == []


def test_what_was_muted_comes_back_with_its_state_when_the_rule_goes(store: Store, pamir: Feed) -> None:
    bring(store, pamir, CROSSWORD, QUAKE, TALKS)
    before = {line: titles(store, line) for line in ("", "is:read", "is:starred", "region:TJ", "crossword")}
    numbers = store.ids(parse_query("crossword"), NOW)
    store.mark(numbers, "read", True, "", NOW)
    store.mark(numbers[:1], "starred", True, "", NOW)
    first, second = rule("crossword", "mute"), rule("title:talks", "mute")
    assert settle(store, first, second) == 2
    assert (titles(store, ""), store.count(ArticleQuery(), NOW)) == (["Earthquake"], Count(1, 1, 0))
    store.turn(1, NOW)  # undo reaches what is muted
    # Another rule still mutes one of them.
    assert settle(store, second) == 3
    assert titles(store, "") == ["Crossword", "Earthquake"]
    assert settle(store) == 1
    assert {line: titles(store, line) for line in before} == {**before, "is:read": ["Crossword", "Talks"]}
    assert store.count(parse_query("region:TJ"), NOW).total == 1
    assert store.upkeep.check() == []


def test_it_is_known_whether_the_rules_have_changed(store: Store, pamir: Feed) -> None:
    mine, other = rule("title:crossword", "mute"), rule("title:talks", "mute")
    assert store.muting.settled([])
    assert not store.muting.settled([mine])
    settle(store, mine, other)
    assert store.muting.settled([other, mine])
    # A refresh that began before the rules changed still goes by the old ones.
    settle(store)
    follow(store, mine)
    bring(store, pamir, CROSSWORD)
    assert not store.muting.settled([])
    settle(store)
    assert (titles(store, ""), store.muting.settled([])) == (["Crossword"], True)


def test_what_is_muted_stays_so_when_it_is_told_anew_at_another_time(store: Store, pamir: Feed) -> None:
    settle(store, rule("title:crossword", "mute"))
    bring(store, pamir, CROSSWORD, QUAKE)
    later = replace(CROSSWORD, published=NOW - timedelta(hours=5), text="Eight down.", content="y")
    bring(store, pamir, later, changed=True)
    assert titles(store, "") == ["Earthquake"]
    assert titles(store, "is:muted OR earthquake") == ["Earthquake", "Crossword"]
    settle(store)
    assert titles(store, "") == ["Earthquake", "Crossword"]


def test_what_was_muted_while_others_were_tagged_again_is_tagged_when_it_is_back(
    store: Store, pamir: Feed
) -> None:
    bring(store, pamir, CROSSWORD)
    settle(store, rule("title:crossword", "mute"))
    assert store.tags.stale({pamir.id: "e2"}) == {}
    settle(store)
    assert list(store.tags.stale({pamir.id: "e2"})[pamir.id]) == list(store.ids(ArticleQuery(), NOW))


def test_another_feed_s_copy_of_what_is_muted_stands_in_its_place(
    store: Store, pamir: Feed, thames: Feed
) -> None:
    bring(store, pamir, CROSSWORD)
    bring(store, thames, replace(CROSSWORD, guid="other", title="Puzzle of the day"))
    assert titles(store, "") == ["Crossword"]
    settle(store, rule("title:crossword", "mute"))
    assert (titles(store, ""), titles(store, "is:muted")) == (["Puzzle"], ["Crossword"])
    settle(store)
    assert (titles(store, ""), store.count(ArticleQuery(), NOW).total) == (["Crossword"], 1)
    assert store.upkeep.check() == []


def test_muted_articles_are_kept_as_long_as_read_ones(store: Store, pamir: Feed) -> None:
    settle(store, rule("crossword", "mute"))
    bring(store, pamir, CROSSWORD, QUAKE, TALKS)
    store.mark(store.ids(parse_query("title:talks is:muted"), NOW), "starred", True, "", NOW)
    assert store.upkeep.prune(30, 0, NOW + timedelta(days=60)) == 1
    assert titles(store, "is:muted OR -crossword") == ["Earthquake", "Talks"]
    settle(store)
    assert titles(store, "") == ["Earthquake", "Talks"]


def test_a_tag_of_the_users_own_keeps_an_article_and_one_of_a_rule_does_not(
    store: Store, pamir: Feed
) -> None:
    follow(store, rule("talks OR crossword", "tag:games", "read"))
    bring(store, pamir, CROSSWORD, QUAKE, TALKS)
    crossword = store.ids(parse_query("title:crossword"), NOW)
    store.tag(crossword, "mine", True, "", NOW)
    assert store.upkeep.prune(30, 0, NOW + timedelta(days=60)) == 1
    assert titles(store, "") == ["Crossword", "Earthquake"]
    store.tag(crossword, "mine", False, "", NOW)
    assert store.upkeep.prune(30, 0, NOW + timedelta(days=60)) == 1


def test_a_cache_from_before_rules_is_used_on_with_all_its_state(tmp_path: Path) -> None:
    path = tmp_path / "termnews.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:9])
        patch.setattr(schema, "VERSION", 9)
        connection.connect(path).close()
    raw = connection.sqlite3.connect(path)
    raw.executescript(
        """
        INSERT INTO feeds (id, url) VALUES (1, 'https://pamir.example/feed');
        INSERT INTO state (id, feed, guid, arrived, date, read, starred) VALUES (1, 1, 'g', 5, 5, 1, 1);
        INSERT INTO articles (id, title, link, author, fetched, lang, words, has, hash)
            VALUES (1, 'Crossword', '', '', 5, '', 1, 0, x'');
        """
    )
    raw.close()
    store = Store(path, (PAMIR,))
    assert titles(store, "is:read is:starred -is:muted -is:highlighted -tag:x") == ["Crossword"]
    assert settle(store, rule("-title:quake", "mute", "tag:x")) == 0  # not known yet what it says
    assert settle(store, rule("is:read", "mute", "tag:x")) == 1
    assert (titles(store, ""), titles(store, "is:muted is:starred")) == ([], ["Crossword"])
    store.close()


# --- as searches answer -----------------------------------------------------------------------

WORDS = ("Khorog", "Paris", "grid", "quake", "выборы", "tax")
ATOMS = st.sampled_from(
    [
        *("quake", "gri*", '"quake tax"', "title:tax", "body:grid", "author:ann", "link:/3", "выборам"),
        *("region:TJ", "region:143", "region:none", "mentions:RU", "mentions:FR", "from:GB", "feed:post"),
        *("folder:home", "lang:ru", "is:unread", "is:starred", "is:changed", "is:full", "is:new", "tag:x"),
        *("has:link", "has:enclosure", "since:9h", "before:5h", "is:assumed", "is:highlighted", "is:fixed"),
    ]
)
LINES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        inner.map(lambda each: f"-({each})"),
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} OR {pair[1]})"),
    ),
    max_leaves=4,
)
ENTRIES = st.lists(
    st.builds(
        lambda title, text, author, lang, files: {
            "title": " ".join(title),
            "text": " ".join(text),
            "author": author,
            "lang": lang,
            "enclosures": files,
        },
        *(st.lists(st.sampled_from(WORDS), max_size=3) for _ in range(2)),
        st.sampled_from(["", "Ann", "Bo"]),
        st.sampled_from(["", "ru", "en-GB"]),
        st.sampled_from([(), (Enclosure("https://a.example/"),)]),
    ),
    min_size=1,
    max_size=6,
)


def batches(fields: list[list[dict[str, object]]]) -> Iterator[list[Entry]]:
    """Yield entries with numbers of their own, batch by batch."""
    number = 0
    for batch in fields:
        entries = []
        for each in batch:
            number += 1
            entries.append(make_entry(number, **each))
        yield entries


@settings(max_examples=25, deadline=None, database=None, derandomize=True)
@given(st.lists(ENTRIES, min_size=1, max_size=4), st.lists(LINES, min_size=1, max_size=12, unique=True))
def test_rules_on_batches_find_what_searches_find(
    fields: list[list[dict[str, object]]], lines: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder, "termnews.db"), (PAMIR, VESTNIK, THAMES))
        follow(store, *(rule(line, f"tag:rule{at}") for at, line in enumerate(lines)))
        for at, entries in enumerate(batches(fields)):
            bring(store, store.feeds()[at % 3], *entries)
        for at, line in enumerate(lines):
            assert store.ids(parse_query(f"tag:rule{at}"), NOW) == store.ids(parse_query(line), NOW), line
        store.close()
