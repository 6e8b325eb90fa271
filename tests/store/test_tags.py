"""Places of articles: kept in order with their evidence, fixed by the user, tagged again; a feed's past."""

from __future__ import annotations

import json
import sqlite3
import zlib
from pathlib import Path

import pytest

from termnews import schema
from termnews.errors import StoreError
from termnews.models import (
    ArticleQuery,
    Changes,
    Entry,
    Evidence,
    Feed,
    Health,
    Located,
    ParsedFeed,
    Place,
    Pulled,
)
from termnews.store import Store
from termnews.store.state import KEPT_ACTIONS
from tests.builders import PAMIR, THAMES, digest, make_entry, save
from tests.conftest import NOW

ALL = ArticleQuery()
KULOB = Place("TJ-KT", "about", "Kulob", "city", "title")
OSH = Place("KG-O", "about", "Osh", "city", "text")
US = Place("US", "mentions", "US", "name", "text")
FROM = Place("TJ-GB", "from", rule="feed")


def seen(store: Store, number: int) -> tuple[Place, ...]:
    """Return the places of an article without the publisher's."""
    return tuple(each for each in store.article(number).places if each.role != "from")


def only(store: Store) -> int:
    (number,) = store.ids(ALL, NOW)
    return number


def retag(store: Store, feed: Feed, found: dict[int, Located], fingerprint: str = "e2") -> None:
    drafts = store.tags.drafts(list(found))
    store.tags.retag(feed.id, [(each, found[each.id]) for each in drafts], fingerprint)


# --- what was found ------------------------------------------------------------------------


def test_places_keep_their_order_and_where_they_stand(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry()], tags={"guid-1": (KULOB, OSH, US)})
    assert store.article(only(store)).places == (KULOB, OSH, US, FROM)
    assert store.headlines([only(store)])[0].regions == ("TJ-KT", "KG-O")
    save(store, pamir, changed=[make_entry()], tags={"guid-1": (OSH, KULOB)})
    assert seen(store, only(store)) == (OSH, KULOB)
    assert store.headlines([only(store)])[0].regions == ("KG-O", "TJ-KT")


def test_a_headline_says_whether_its_regions_are_assumed(store: Store, pamir: Feed) -> None:
    assumed = Place("TJ", "about", rule="feed")
    save(store, pamir, [make_entry(1), make_entry(2)], tags={"guid-1": (assumed,), "guid-2": (KULOB, US)})
    assert [each.assumed for each in store.headlines(store.ids(ALL, NOW))] == [True, False]


def test_an_article_about_two_places_counts_once_for_what_is_around_both(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(1), make_entry(2)], tags={"guid-1": (OSH, KULOB), "guid-2": (KULOB, OSH)})
    counted = {code: each.total for code, each in store.count_by_region(ALL, NOW).items()}
    assert counted == {"KG-O": 2, "KG": 2, "TJ-KT": 2, "TJ": 2, "143": 2, "142": 2}


# --- what the user fixed -------------------------------------------------------------------


def test_a_fixed_article_is_about_what_the_user_said_and_nothing_else(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry()], tags={"guid-1": (KULOB, OSH, US)})
    number = only(store)
    action = store.fix(number, ("US", "US-TX"), "as said", NOW)
    assert (action.change, action.count, action.label, action.first) == ("fix", 1, "as said", number)
    assert seen(store, number) == (
        Place("US", "about", rule="fixed"),
        Place("US-TX", "about", rule="fixed"),
    )
    store.fix(number, (), "", NOW)
    assert seen(store, number) == (US,)
    assert store.headlines([number])[0].regions == ()
    store.fix(number, None, "", NOW)
    assert seen(store, number) == (KULOB, OSH, US)


def test_a_fix_survives_change_tagging_and_restart(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry()], tags={"guid-1": (KULOB,)})
    number = only(store)
    store.fix(number, ("FR",), "", NOW)
    fixed = (Place("FR", "about", rule="fixed"),)
    save(store, pamir, changed=[make_entry(title="Corrected")], tags={"guid-1": (OSH,)})
    assert seen(store, number) == fixed
    retag(store, pamir, {number: Located((OSH, US))})
    assert seen(store, number) == (*fixed, US)
    again = Store(store.path, (PAMIR,))
    assert seen(again, number) == (*fixed, US)
    again.turn(1, NOW)
    assert seen(again, number) == (OSH, US)
    again.close()


def test_fixes_are_undone_and_redone_exactly_over_restarts(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry()], tags={"guid-1": (KULOB,)})
    number = only(store)
    about = [("TJ-KT",)]
    for codes in (("FR",), (), ("DE", "FR"), None):
        store.fix(number, codes, str(codes), NOW)
        about.append(store.headlines([number])[0].regions)
    assert about == [("TJ-KT",), ("FR",), (), ("DE", "FR"), ("TJ-KT",)]
    for expected in about[-2::-1]:
        with_restart = Store(store.path, (PAMIR,))
        (action,) = with_restart.turn(1, NOW)
        assert (action.change, action.undone, action.first) == ("fix", True, number)
        assert with_restart.headlines([number])[0].regions == expected
        with_restart.close()
    for expected in about[1:]:
        store.turn(1, NOW, redo=True)
        assert store.headlines([number])[0].regions == expected


def test_a_fix_that_changes_nothing_leaves_no_trace(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry()])
    store.fix(only(store), ("FR", "FR"), "", NOW)
    assert store.fix(only(store), ("FR",), "", NOW).count == 0
    assert [each.change for each in store.history(9)] == ["fix"]
    with pytest.raises(StoreError, match="no article has the number 77"):
        store.fix(77, (), "", NOW)


def test_a_fix_stays_with_an_entry_whose_feed_is_followed_again(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry()])
    number = only(store)
    store.fix(number, ("FR",), "", NOW)
    store.follow((THAMES,))
    store.follow((THAMES, PAMIR))
    assert store.headlines([number])[0].regions == ("FR",)


# --- what the configuration said -----------------------------------------------------------


def test_notes_are_turned_by_whoever_can(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry()])
    number = only(store)
    store.mark([number], "starred", True, "", NOW)
    action = store.note("mute", ("before", "after"), "Paris names no place", number, NOW)
    assert (action.change, action.first, action.label) == ("mute", number, "Paris names no place")
    said: list[str] = []
    assert [each.change for each in store.turn(2, NOW, correct=said.append)] == ["mute", "star"]
    assert [each.change for each in store.turn(2, NOW, redo=True, correct=said.append)] == ["star", "mute"]
    assert said == ["before", "after"]
    assert store.article(number).state.starred


def test_a_note_that_cannot_be_turned_leaves_the_journal_as_it_was(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry()])
    store.note("pin", ("before", "after"), "", None, NOW)
    store.mark(store.ids(ALL, NOW), "read", True, "", NOW)
    with pytest.raises(StoreError, match="correction"):
        store.turn(2, NOW)
    assert [each.undone for each in store.history(9)] == [False, False]
    assert store.headlines(store.ids(ALL, NOW))[0].read


def test_a_note_that_says_the_same_is_not_kept(store: Store) -> None:
    assert store.note("pin", ("same", "same"), "", 1, NOW).id == 0
    assert store.history(9) == []


def test_the_journal_stays_bounded(store: Store) -> None:
    for turn in range(KEPT_ACTIONS + 3):
        store.note("mute", (str(turn), str(turn + 1)), "", None, NOW)
    assert len(store.history(10_000)) == KEPT_ACTIONS


# --- the past of a feed --------------------------------------------------------------------


def located(entry: Entry, *codes: str) -> dict[str, Located]:
    return {entry.guid: Located((), codes)}


def keep(store: Store, feed: Feed, entry: Entry, *codes: str, changed: bool = False) -> None:
    pulled = Pulled(feed, "ok", Health(), ParsedFeed(lang="ru", entries=(entry,)))
    changes = Changes(changed=(entry,)) if changed else Changes(new=(entry,))
    store.save(pulled, changes, {entry.guid: digest(entry)}, located(entry, *codes), NOW, "e1")


def test_evidence_is_counted_by_feed_and_entry(store: Store, pamir: Feed, thames: Feed) -> None:
    keep(store, pamir, make_entry(1), "TJ", "TJ-GB")
    keep(store, pamir, make_entry(2), "TJ")
    keep(store, pamir, make_entry(3))
    assert store.tags.evidence(pamir.id) == Evidence(2, {"TJ": 2, "TJ-GB": 1})
    assert store.tags.evidence(thames.id) == Evidence()


def test_an_entry_that_changes_is_counted_once(store: Store, pamir: Feed) -> None:
    keep(store, pamir, make_entry(1), "TJ", "TJ-GB")
    keep(store, pamir, make_entry(1, title="Other"), "UZ", changed=True)
    assert store.tags.evidence(pamir.id) == Evidence(1, {"TJ": 0, "TJ-GB": 0, "UZ": 1})
    keep(store, pamir, make_entry(1, title="Third"), changed=True)
    assert store.tags.evidence(pamir.id).entries == 0


def test_a_save_that_fails_counts_nothing(store: Store, pamir: Feed) -> None:
    bad = make_entry(1, title=None)
    with pytest.raises((StoreError, TypeError, AttributeError)):
        keep(store, pamir, bad, "TJ")
    assert store.tags.evidence(pamir.id) == Evidence()


# --- tagging again -------------------------------------------------------------------------


def test_stale_is_what_another_tagger_has_tagged_oldest_first(
    store: Store, pamir: Feed, thames: Feed
) -> None:
    for number in (1, 2, 3):
        keep(store, pamir, make_entry(number), "TJ")
    save(store, thames, [make_entry(4)])
    ids = list(store.ids(ALL, NOW))
    assert store.tags.stale({pamir.id: "e1", thames.id: ""}) == {}
    stale = {feed: list(found) for feed, found in store.tags.stale({pamir.id: "e2", thames.id: "e2"}).items()}
    assert stale == {pamir.id: [ids[2], ids[1], ids[0]], thames.id: [ids[3]]}
    assert store.tags.editions() == {"": 1, "e1": 3}


def test_tagging_again_replaces_places_evidence_and_fingerprint(store: Store, pamir: Feed) -> None:
    keep(store, pamir, make_entry(1), "TJ")
    number = only(store)
    retag(store, pamir, {number: Located((KULOB, US), ("TJ", "TJ-KT"))}, "e2+1")
    assert seen(store, number) == (KULOB, US)
    assert store.tags.evidence(pamir.id) == Evidence(1, {"TJ": 1, "TJ-KT": 1})
    assert store.tags.stale({pamir.id: "e2+1"}) == {}
    assert store.tags.editions() == {"e2": 1}


def test_an_article_that_changed_meanwhile_is_left_alone(store: Store, pamir: Feed) -> None:
    keep(store, pamir, make_entry(1), "TJ")
    number = only(store)
    drafts = store.tags.drafts([number])
    keep(store, pamir, make_entry(1, title="Newer"), "UZ", changed=True)
    store.tags.retag(pamir.id, [(drafts[0], Located((KULOB,), ("TJ",)))], "e2")
    assert seen(store, number) == ()
    assert store.tags.evidence(pamir.id).counts["UZ"] == 1
    assert store.tags.editions() == {"e1": 1}


def test_a_draft_holds_what_is_read(store: Store, pamir: Feed) -> None:
    keep(store, pamir, make_entry(1, summary="<p>Short.</p>", lang=""), "TJ")
    keep(store, pamir, make_entry(2, lang="tg"))
    first, second = store.ids(ALL, NOW)
    drafts = store.tags.drafts([second, 999, first])
    assert [each.id for each in drafts] == [second, first]
    entry = drafts[1].entry
    assert (entry.title, entry.text, entry.summary) == (
        "Headline 1",
        "Body of story 1.",
        "<p>Short.</p>",
    )
    assert drafts[1].certain == ("TJ",)
    assert [each.entry.lang for each in drafts] == ["tg", "ru"]


def test_the_plain_text_is_kept_and_not_made_again(store: Store, pamir: Feed) -> None:
    save(store, pamir, [make_entry(1, text="As it was read.")])
    assert store.article(only(store)).entry.text == "As it was read."


# --- the version before --------------------------------------------------------------------


def test_a_cache_of_the_first_version_keeps_everything_and_is_stale(tmp_path: Path) -> None:
    path = tmp_path / "termnews.db"
    raw = sqlite3.connect(path, isolation_level=None)
    for statement in schema.MIGRATIONS[0]:
        raw.execute(statement)
    old = zlib.compress(json.dumps([make_entry(1).content, "", "", [], []]).encode())
    raw.execute("INSERT INTO feeds (id, url) VALUES (1, ?)", (PAMIR.url,))
    raw.execute("INSERT INTO state (id, feed, guid, read, arrived, date) VALUES (1, 1, 'guid-1', 1, 5, 5)")
    raw.execute(
        "INSERT INTO articles (id, title, link, author, fetched, lang, words, has, hash, doc)"
        " VALUES (1, 'Old', '', '', 5, '', 4, 0, x'00', 1)"
    )
    raw.execute("INSERT INTO search (rowid, title, body, author) VALUES (1, 'old', '', '')")
    raw.execute("INSERT INTO bodies VALUES (1, ?)", (old,))
    raw.execute("INSERT INTO tags VALUES (1, 'region', 'about', 'TJ', 'TJ', 'code')")
    raw.execute("INSERT INTO journal (at, field, value, label, count, ids) VALUES (5, 'read', 1, '', 1, ?)",
                ((1).to_bytes(8, "little"),))  # fmt: skip
    raw.execute("PRAGMA user_version = 1")
    raw.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    raw.close()
    store = Store(path, (PAMIR,))
    article = store.article(1)
    assert (article.entry.title, article.entry.text, article.state.read) == ("Old", "Body of story 1.", True)
    assert seen(store, 1) == (Place("TJ", "about", "TJ", "code"),)
    assert list(store.tags.stale({1: "e1"})[1]) == [1]
    assert store.tags.editions() == {"": 1}
    (undone,) = store.turn(1, NOW)
    assert (undone.change, store.article(1).state.read) == ("read", False)
    assert store.upkeep.check() == []
    store.close()
