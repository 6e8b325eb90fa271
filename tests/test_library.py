"""The library: days as a person means them, corrections that stick, tagging again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from termnews import config
from termnews.errors import ConfigError, StoreError
from termnews.library import Library, correcting
from termnews.library.correcting import BATCH
from termnews.models import Corrections, Located, Prior
from termnews.store import Store
from termnews.tagging import Tagger
from tests.builders import make_entry, save
from tests.conftest import NOW

FEEDS = """
# the first
[[feeds]]
url = "https://me:secret@pamir.example/feed"
name = "Pamir Post"
region = "TJ"

[[feeds]]
url = "https://thames.example/rss"
name = "Thames Herald"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "termnews.toml").write_text(f'data_dir = "cache"\n{FEEDS}')
    (tmp_path / "termnews.toml").chmod(0o600)
    return tmp_path


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    """A library with four articles of two feeds, all of them tagged."""
    opened = open_library(home)
    store = Store(opened.config.store_path, opened.config.feeds)
    pamir, thames = store.feeds()
    save(store, pamir, [make_entry(1, title="Rates rise in Uzbekistan"), make_entry(2, title="Rates rise")])
    save(store, thames, [make_entry(3, title="Flood in Uzbekistan"), make_entry(4, title="A quiet day")])
    store.close()
    assert list(opened.corrections.retag()) == [(2, 4), (4, 4)]
    yield opened
    opened.close()


def open_library(home: Path, now: datetime = NOW) -> Library:
    return Library(config.load(home / "termnews.toml"), lambda: now)


def places(library: Library) -> dict[str, tuple[str, ...]]:
    """Return title → regions of all articles."""
    everything = library.ids(library.query(""))
    return {each.title: each.regions for each in library.headlines(everything)}


TAGGED = {
    "Rates rise in Uzbekistan": ("UZ",),
    "Rates rise": ("TJ",),
    "Flood in Uzbekistan": ("UZ",),
    "A quiet day": (),
}


def retag(library: Library) -> int:
    return sum(1 for _ in library.corrections.retag())


# --- days ----------------------------------------------------------------------------------


@pytest.fixture(params=["XXX-5", "XXX7"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[timedelta]:
    """A time zone far from UTC, and its offset."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield -timedelta(hours=int(request.param[3:]))
    monkeypatch.undo()
    time.tzset()


def test_today_begins_at_local_midnight(home: Path, zone: timedelta) -> None:
    midnight = datetime(2026, 11, 24, tzinfo=UTC) - zone
    library = open_library(home, midnight + timedelta(hours=3))
    store = Store(library.config.store_path, library.config.feeds)
    before, after = midnight - timedelta(minutes=1), midnight + timedelta(minutes=1)
    entries = [make_entry(1, title="after", published=after), make_entry(2, title="before", published=before)]
    save(store, store.feeds()[0], entries)
    store.close()
    today = library.query("since:today")
    assert [each.title for each in library.headlines(library.ids(today))] == ["after"]
    assert library.count(today).total == 1
    assert [each.count.total for each in library.regions(today) if each.region.code == "TJ"] == [1]
    assert library.count(library.query("since:yesterday before:today")).total == 1
    library.close()


def test_a_day_in_summer_begins_at_midnight_of_summer_time(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0")
    time.tzset()
    library = open_library(home, datetime(2026, 11, 24, 12, tzinfo=UTC))
    store = Store(library.config.store_path, library.config.feeds)
    midnight = datetime(2026, 6, 30, 22, tzinfo=UTC)
    entries = [make_entry(n, published=midnight + timedelta(minutes=10 * (n - 2) + 5)) for n in (1, 2)]
    save(store, store.feeds()[0], entries)
    store.close()
    assert library.count(library.query("since:2026-07-01")).total == 1
    # The clock was put back in October, so by its hands it was an hour less.
    assert library.count(library.query("since:3518h")).total == 1
    library.close()
    monkeypatch.undo()
    time.tzset()


# --- corrections ---------------------------------------------------------------------------


def test_articles_are_tagged_by_their_own_text(library: Library) -> None:
    assert places(library) == TAGGED


def test_muted_words_name_no_place_until_it_is_undone(library: Library, home: Path) -> None:
    action = library.corrections.mute("uzbekistan")
    assert (action.change, action.label) == ("mute", '"uzbekistan" names no place')
    assert library.corrections.stale() == 4
    retag(library)
    assert places(library) == TAGGED | {"Rates rise in Uzbekistan": ("TJ",), "Flood in Uzbekistan": ()}
    assert 'mute = ["uzbekistan"]' in (home / "termnews.toml").read_text()
    again = open_library(home)
    assert [each.change for each in again.undo()] == ["mute"]
    retag(again)
    assert places(again) == TAGGED
    assert [each.change for each in again.redo()] == ["mute"]
    retag(again)
    assert places(again)["Flood in Uzbekistan"] == ()
    again.close()


def test_words_are_pinned_in_one_feed(library: Library, home: Path) -> None:
    action = library.corrections.pin("Uzbekistan", "Wales", "pamir")
    assert action.label == '"Uzbekistan" names Wales (GB-WLS) in Pamir Post'
    assert library.corrections.stale() == 2
    retag(library)
    assert places(library) == TAGGED | {"Rates rise in Uzbekistan": ("GB-WLS",)}
    text = (home / "termnews.toml").read_text()
    assert 'pin = { Uzbekistan = "GB-WLS" }\n\n[[feeds]]\nurl = "https://thames' in text
    library.undo()
    assert "pin" not in (home / "termnews.toml").read_text()
    retag(library)
    assert places(library) == TAGGED


def test_the_article_at_hand_is_tagged_at_once(library: Library) -> None:
    number = library.ids(library.query("flood"))[0]
    action = library.corrections.mute("Uzbekistan", article=number)
    assert action.first == number
    assert places(library) == TAGGED | {"Flood in Uzbekistan": ()}
    assert [each.first for each in library.undo()] == [number]
    assert places(library) == TAGGED
    library.redo()
    assert places(library)["Flood in Uzbekistan"] == ()


def test_no_password_reaches_the_journal(library: Library) -> None:
    library.corrections.mute("Uzbekistan", "Pamir Post")
    assert library.undo()
    assert library.config.feeds[0].mute == ()
    raw = b"".join(each.read_bytes() for each in library.config.store_path.parent.iterdir())
    assert b"secret" not in raw


def test_a_correction_of_a_feed_that_went_is_undone_by_doing_nothing(library: Library) -> None:
    library.corrections.mute("Uzbekistan", "Thames Herald")
    library.subscriptions.remove("Thames Herald")
    assert [each.change for each in library.undo()] == ["mute"]
    assert [each.change for each in library.redo()] == ["mute"]
    assert library.config.regions.mute == ()


def test_an_undo_that_cannot_be_written_undoes_nothing(library: Library, home: Path) -> None:
    library.corrections.mute("Uzbekistan")
    text = (home / "termnews.toml").read_text()
    (home / "termnews.toml").write_text(f"{text}\n[broken")
    with pytest.raises(ConfigError):
        library.undo()
    assert [each.undone for each in library.history()] == [False]


def test_the_same_correction_twice_is_one(library: Library) -> None:
    library.corrections.mute("Uzbekistan")
    assert library.corrections.mute("Uzbekistan").id == 0
    assert len(library.history()) == 1


@pytest.mark.parametrize(
    ("words", "region", "said"),
    [
        ("Paris", "Tajikistam", "nearest: Tajikistan"),
        (" \x1b ", "TJ", "name the words"),
        ("Paris", "", "name the place"),
    ],
)
def test_corrections_that_cannot_be(library: Library, home: Path, words: str, region: str, said: str) -> None:
    before = (home / "termnews.toml").read_text()
    with pytest.raises(ConfigError, match=said):
        library.corrections.pin(words, region)
    with pytest.raises(ConfigError, match="no feed is called"):
        library.corrections.mute("Paris", "nobody")
    assert (home / "termnews.toml").read_text() == before
    assert library.history() == []


def test_an_article_is_fixed_by_any_name_of_a_place(library: Library) -> None:
    number = library.ids(library.query("flood"))[0]
    action = library.corrections.fix(number, ("Таджикистан", "wales"))
    assert action.label == '"Flood in Uzbekistan" is about Tajikistan (TJ), Wales (GB-WLS)'
    assert places(library)["Flood in Uzbekistan"] == ("TJ", "GB-WLS")
    assert list(library.ids(library.query("is:fixed"))) == [number]
    assert library.corrections.fix(number, ()).label.endswith("is about no place")
    assert number in library.ids(library.query("region:none is:fixed"))
    assert library.corrections.fix(number, None).label.endswith("is about what its text says")
    assert places(library) == TAGGED
    library.undo(3)
    assert places(library) == TAGGED
    with pytest.raises(ConfigError, match="nearest"):
        library.corrections.fix(number, ("Tajikistam",))
    with pytest.raises(StoreError, match="no article has the number 99"):
        library.corrections.fix(99, ())


def test_a_fix_survives_words_being_corrected(library: Library) -> None:
    number = library.ids(library.query("flood"))[0]
    library.corrections.fix(number, ("FR",))
    library.corrections.pin("Uzbekistan", "TM")
    retag(library)
    assert places(library) == TAGGED | {"Rates rise in Uzbekistan": ("TM",), "Flood in Uzbekistan": ("FR",)}
    library.undo(2)
    retag(library)
    assert places(library) == TAGGED


def test_a_newly_declared_region_reaches_the_articles(library: Library) -> None:
    library.subscriptions.change("Pamir Post", region="KG")
    retag(library)
    assert places(library) == TAGGED | {"Rates rise": ("KG",)}


# --- tagging again -------------------------------------------------------------------------


def test_tagging_again_can_be_left_off_and_taken_up(library: Library) -> None:
    store = Store(library.config.store_path, library.config.feeds)
    save(store, store.feeds()[1], [make_entry(n, title="In Uzbekistan") for n in range(10, 15 + 2 * BATCH)])
    store.close()
    of = 5 + 2 * BATCH
    steps = library.corrections.retag()
    assert next(steps) == (BATCH, of)
    steps.close()
    assert library.corrections.stale() == of - BATCH
    assert list(library.corrections.retag())[-1] == (of - BATCH, of - BATCH)
    assert library.corrections.stale() == 0
    assert list(library.corrections.retag()) == []
    assert library.count(library.query("region:UZ")).total == 2 + of


def test_others_may_write_between_two_steps(library: Library) -> None:
    library.corrections.mute("Uzbekistan")
    twin = library.twin()
    for _ in library.corrections.retag():
        twin.mark(twin.ids(twin.query("is:unread"), 1), read=True)
    assert library.count(library.query("is:read")).total == 2
    twin.close()


def test_each_edition_is_counted(library: Library) -> None:
    (edition,) = library.corrections.editions()
    assert library.corrections.editions() == {edition: 4}


def test_an_article_is_no_evidence_for_itself(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    shares = {}

    def locate(
        title: str,
        text: str = "",
        *,
        lang: str = "",
        prior: Prior = Prior(),  # noqa: B008
        corrections: Corrections = Corrections(),  # noqa: B008
    ) -> Located:
        shares[title] = dict(prior.shares)
        return Located((), ("TJ",) if title == "1" else ("UZ",))

    store = Store(library.config.store_path, library.config.feeds)
    save(store, store.feeds()[1], [make_entry(n, title=str(n)) for n in range(1, 5)])
    store.close()
    for edition in ("e8", "e9"):
        monkeypatch.setattr(correcting, "tagger", lambda _, edition=edition: Tagger(locate, edition))
        retag(library)
    assert shares["1"] == {"UZ": 3 / 4}
    assert shares["2"] == {"TJ": 1 / 4, "UZ": 2 / 4}
