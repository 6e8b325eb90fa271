"""What feeds said: saved, read back, listed as headlines; state left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from termnews.errors import StoreError
from termnews.models import ArticleQuery, Enclosure, Feed, Place
from termnews.store import Store, articles
from tests.builders import PAMIR, THAMES, digest, make_entry, save
from tests.conftest import NOW

ALL = ArticleQuery()


def test_an_entry_comes_back_as_it_was(store: Store, pamir: Feed) -> None:
    entry = make_entry(
        author="Mavzuna",
        updated=NOW,
        summary="<p>Short.</p>",
        base="https://pamir.example/",
        categories=("quake", "GBAO"),
        enclosures=(
            Enclosure("https://pamir.example/a.mp3", "audio/mpeg", 12),
            Enclosure("https://b.example/"),
        ),
    )
    save(store, pamir, [entry])
    (number,) = store.ids(ALL, NOW)
    article = store.article(number)
    assert article.entry == entry
    assert article.feed.name == "Pamir Post"
    assert article.fetched == article.state.arrived == NOW
    assert article.changed is False


def test_places_hold_the_evidence_and_the_publisher(store: Store, pamir: Feed) -> None:
    about = Place("TJ-GB", "about", "GBAO", "alias")
    save(store, pamir, [make_entry()], tags={"guid-1": (about, Place("US", "mentions", "US", "code"))})
    (number,) = store.ids(ALL, NOW)
    assert store.article(number).places == (
        about,
        Place("US", "mentions", "US", "code"),
        Place("TJ-GB", "from", rule="feed"),
    )
    assert store.headlines([number])[0].regions == ("TJ-GB",)


def test_unknown_number_is_said(store: Store) -> None:
    with pytest.raises(StoreError, match="no article has the number 77"):
        store.article(77)


def test_headlines_keep_the_order_asked_and_leave_out_the_unknown(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(n) for n in range(1, 1203)])
    ids = list(store.ids(ALL, NOW))
    asked = [ids[700], 999_999, ids[3], ids[1200], ids[3]]
    assert [each.id for each in store.headlines(asked)] == [ids[700], ids[3], ids[1200], ids[3]]
    assert store.headlines([]) == []


def test_a_headline_has_what_a_row_shows(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(3, title="Зилзила дар Мурғоб", lang="tg")])
    (headline,) = store.headlines(store.ids(ALL, NOW))
    assert (headline.feed, headline.title, headline.lang) == ("Pamir Post", "Зилзила дар Мурғоб", "tg")
    assert headline.date == NOW - timedelta(hours=3)
    assert headline.words == 4
    assert (headline.read, headline.starred, headline.changed) == (False, False, False)


def test_undated_entries_keep_the_order_of_the_feed(store: Store, pamir: Feed) -> None:
    entries = [make_entry(n, published=None, updated=None, title=f"T{n}") for n in (1, 2, 3)]
    save(store, pamir, entries)
    assert [each.title for each in store.headlines(store.ids(ALL, NOW))] == ["T1", "T2", "T3"]


def test_an_undated_entry_stands_where_it_came_in(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(1, published=None)], now=NOW - timedelta(days=2))
    (headline,) = store.headlines(store.ids(ALL, NOW))
    assert headline.date == NOW - timedelta(days=2)


def test_a_changed_entry_replaces_text_places_and_index(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(1, title="Old words")], tags={"guid-1": (Place("FR", "about"),)})
    later = NOW + timedelta(hours=1)
    changed = make_entry(1, title="New words", published=NOW)
    save(store, pamir, changed=[changed], now=later, tags={"guid-1": (Place("DE", "about"),)})
    (headline,) = store.headlines(store.ids(ALL, NOW))
    assert (headline.title, headline.regions, headline.changed, headline.date) == (
        "New words",
        ("DE",),
        True,
        NOW,
    )
    assert store.article(headline.id).fetched == later
    assert store.article(headline.id).state.arrived == NOW


def test_known_is_what_is_kept_of_one_feed(store: Store, pamir: Feed, thames: Feed) -> None:
    entries = [make_entry(1), make_entry(2)]
    save(store, pamir, entries)
    save(store, thames, [make_entry(3)])
    assert store.known(pamir.id) == {each.guid: digest(each) for each in entries}


def test_saving_is_one_transaction(store: Store, pamir: Feed) -> None:
    bad = replace(make_entry(2), title=None)  # type: ignore[arg-type]
    with pytest.raises((StoreError, TypeError, AttributeError)):
        save(store, pamir, [bad, make_entry(1)])
    assert store.known(pamir.id) == {}
    assert list(store.ids(ALL, NOW)) == []


def test_feeds_carry_health_title_and_counts(store: Store, pamir: Feed) -> None:
    save(store, replace(pamir, title="Pamir"), [make_entry(1), make_entry(2)])
    store.mark(store.ids(ALL, NOW)[:1], "read", True, "", NOW)
    feed = store.feeds()[0]
    assert (feed.title, feed.count.total, feed.count.unread) == ("Pamir", 2, 1)
    assert feed.health.last_ok == NOW
    assert feed.subscription == PAMIR


def test_credentials_never_reach_the_cache(store: Store) -> None:
    secret = replace(PAMIR, url="https://me:hunter2@pamir.example/private", password_command="pass")
    store.follow((secret,))
    assert store.feeds()[0].subscription == secret
    store.upkeep.remember("flush", "x")
    raw = b"".join(each.read_bytes() for each in store.path.parent.iterdir())
    assert b"hunter2" not in raw
    assert b"pamir.example/private" in raw


def test_two_subscriptions_of_one_address_are_one_feed(store: Store) -> None:
    store.follow((PAMIR, replace(PAMIR, name="Again"), THAMES))
    assert [feed.name for feed in store.feeds()] == ["Pamir Post", "Thames Herald"]


@pytest.mark.parametrize(
    ("content", "has"),
    [("<p>x<img src=a>", 2), ("<IMG SRC=A>", 2), ("<iMg>", 2), ("<ImG>", 2), ("<I>x</I> img", 0), ("", 0)],
)
def test_a_picture_is_seen_in_whatever_letters(content: str, has: int) -> None:
    assert articles._has(make_entry(content=content)) == has
