"""The demo: what the packaged news holds, and the profile written from it."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname
from xml.etree import ElementTree as ET

import pytest

from termnews import config, demo
from termnews.errors import StoreError
from termnews.models import Entry, ParsedFeed, Subscription
from termnews.parse import parse
from tests.conftest import NOW

REGION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?|\d{3}")
TAG = re.compile(r"<[^>]+>")
IMAGE = re.compile(r"<img [^>]+>")
SAMPLES = demo.samples()
ENTRIES = [(feed, entry) for feed in SAMPLES.values() for entry in feed.entries]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """The configuration of a demo written at NOW."""
    return demo.write_demo(tmp_path / "demo", NOW)


def read_feeds(profile: Path) -> dict[str, ParsedFeed]:
    """Return the demo's feeds by name, as termnews reads them."""
    return {each.name: read_feed(each) for each in config.load(profile).feeds}


def read_feed(feed: Subscription) -> ParsedFeed:
    return parse(path_of(feed).read_bytes(), feed.url, now=NOW)


def path_of(feed: Subscription) -> Path:
    return Path(url2pathname(urlsplit(feed.url).path))


def read_entries(profile: Path) -> list[Entry]:
    return [entry for feed in read_feeds(profile).values() for entry in feed.entries]


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def words(html: str) -> int:
    return len(TAG.sub(" ", html).split())


# --- the news ------------------------------------------------------------------------------


def test_has_the_promised_number_of_feeds_and_entries() -> None:
    assert len(SAMPLES) >= 12
    assert len(ENTRIES) >= 130
    assert min(len(feed.entries) for feed in SAMPLES.values()) >= 5


def test_speaks_three_languages_in_the_promised_shares() -> None:
    count = Counter(feed.lang for feed, _ in ENTRIES)
    shares = {lang: round(100 * number / count.total()) for lang, number in count.items()}
    assert set(shares) == {"en", "ru", "tg"}
    assert 55 <= shares["en"] <= 65
    assert 20 <= shares["ru"] <= 30
    assert 12 <= shares["tg"] <= 20


def test_exercises_every_format() -> None:
    assert Counter(feed.format for feed in SAMPLES.values()).keys() == {"rss", "atom", "json"}


def test_names_plausible_regions_and_a_folder_for_each_feed() -> None:
    odd = [feed.name for feed in SAMPLES.values() if not REGION.fullmatch(feed.region) or not feed.folder]
    assert odd == []


def test_links_lead_to_example_hosts_alone() -> None:
    text = " ".join(f"{feed.home} {entry.body} {entry.enclosures}" for feed, entry in ENTRIES)
    hosts = {urlsplit(each).hostname or "" for each in re.findall(r"https?://[^\s\"'<>]+", text)}
    assert hosts
    assert [host for host in hosts if not host.endswith(".example")] == []


STORIES = {
    "earthquake": ({"5.3", "Murgab"}, {"5,3", "Мургаб"}, {"5,3", "Мурғоб"}),
    "tariffs": ({"lectricity", "rise", "Tajikistan"}, {"Тарифы", "электроэнергию"}, {"барқ", "боло меравад"}),
    "green card": ({"Green Card", "Dushanbe"}, {"Green Card", "Душанбе"}, {"Грин-карт", "Душанбе"}),
    "paris": ({"Paris", "declaration", "peace"}, {"Париже", "деклараци", "мирно"}, {"Париж", "сулҳ"}),
    "troops": ({"UK and France", "deploy troops"}, {"Великобритан", "Франц"}, {"Бритониёи Кабир", "Фаронса"}),
    "panj": ({"Panj river crossing"}, set(), {"Панҷ", "кушода шуд"}),
    "teahouse": ({"Tajik teahouse in Maryland"}, set(), set()),
    "migrants": (set(), {"Таджикские мигранты", "Санкт-Петербурге"}, set()),
}


@pytest.mark.parametrize("name", STORIES)
def test_tells_the_named_stories(name: str) -> None:
    for lang, needed in zip(("en", "ru", "tg"), STORIES[name], strict=True):
        told = [f"{entry.title} {entry.body}" for feed, entry in ENTRIES if feed.lang == lang]
        assert any(all(word in text for word in needed) for text in told), f"{name} in {lang}"


@pytest.mark.parametrize(
    ("pattern", "feeds"),
    [
        (r"Murgab .*5\.3|5\.3 .*Murgab|5,3 .*(Мургаб|ГБАО)|Мурғоб.* 5,3", 4),
        (r"[Ee]lectricity (rates|.*Panjakent)|[Тт]арифы на электро|[Нн]архи барқ", 4),
        (r"Green Card|diversity visa|Грин-карт|lottery dreamers", 4),
    ],
)
def test_several_feeds_tell_the_same_story_in_their_titles(pattern: str, feeds: int) -> None:
    assert len({feed.name for feed, entry in ENTRIES if re.search(pattern, entry.title)}) >= feeds


def test_paris_is_told_by_three_english_feeds_in_different_words() -> None:
    told = {
        feed.name: entry
        for feed, entry in ENTRIES
        if feed.lang == "en"
        and "Paris" in entry.title
        and "signed" in entry.body
        and "Markets" not in entry.author
    }
    assert len(told) >= 3
    assert len({entry.title for entry in told.values()}) == len(told)
    paragraphs = [
        each for entry in told.values() for each in entry.body.splitlines() if each.startswith("<p>")
    ]
    assert len(set(paragraphs)) == len(paragraphs)


def test_bodies_are_short_articles_with_a_few_teasers() -> None:
    lengths = sorted(words(entry.body) for _, entry in ENTRIES)
    assert lengths[-1] <= 350
    assert lengths[-1] >= 300
    assert sum(length < 50 for length in lengths) <= len(lengths) // 5
    assert sum(length < 30 for length in lengths) >= 3


def test_bodies_use_the_markup_of_real_articles() -> None:
    text = "".join(entry.body for _, entry in ENTRIES)
    used = set(re.findall(r"<([a-z0-9]+)", text))
    assert {
        "p",
        "h3",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
        "th",
        "td",
        "figure",
        "figcaption",
        "img",
    } <= used
    assert {"a", "code", "pre", "em", "strong", "dl"} <= used


def test_bodies_are_well_formed() -> None:
    for _, entry in ENTRIES:
        ET.fromstring(f"<div>{IMAGE.sub('', entry.body)}</div>")


def test_each_entry_has_words_of_its_own() -> None:
    assert len({entry.body for _, entry in ENTRIES}) == len(ENTRIES)
    titles = [entry.title for _, entry in ENTRIES if entry.title]
    assert len(set(titles)) == len(titles)


def test_a_few_entries_lack_a_title_or_a_date_and_a_few_carry_files() -> None:
    assert 2 <= sum(not entry.title for _, entry in ENTRIES) <= 5
    assert 1 <= sum(entry.age_minutes is None for _, entry in ENTRIES) <= 5
    assert 3 <= sum(bool(entry.enclosures) for _, entry in ENTRIES) <= 8


def test_tajik_is_written_with_its_own_letters() -> None:
    bodies = [entry.body for feed, entry in ENTRIES if feed.lang == "tg"]
    assert set("ҷқғӣӯҳ") <= set("".join(bodies))
    assert [body[:40] for body in bodies if not set(body) & set("ҷқғӣӯҳ")] == []
    assert [body[:40] for body in bodies if set(body.lower()) & set("ыщьц")] == []


def test_the_news_is_small_enough_to_ship() -> None:
    folder = Path(demo.__file__).resolve().parent.parent / "data" / "demo"
    assert sum(each.stat().st_size for each in folder.iterdir()) < 450_000


# --- the state -----------------------------------------------------------------------------


def test_state_has_a_third_read_and_six_starred() -> None:
    state = demo.demo_state()
    assert 0.28 <= len(state.read) / len(ENTRIES) <= 0.38
    assert len(state.starred) == 6


def test_state_names_entries_by_the_guids_the_feeds_carry(profile: Path) -> None:
    state = demo.demo_state()
    assert state.read | state.starred <= {entry.guid for entry in read_entries(profile)}


# --- the profile ---------------------------------------------------------------------------


def test_configuration_is_understood_and_follows_every_feed(profile: Path) -> None:
    settings = config.load(profile)
    assert settings.problems == ()
    assert settings.refresh_minutes == 0
    assert settings.min_interval_minutes == 0
    assert settings.data_dir.parent == profile.parent
    assert settings.views
    followed = [(each.name, each.folder, each.region) for each in settings.feeds]
    assert followed == [(each.name, each.folder, each.region) for each in SAMPLES.values()]
    assert all(each.url.startswith("file:///") for each in settings.feeds)


def test_feeds_read_back_as_they_were_meant(profile: Path) -> None:
    feeds = read_feeds(profile)
    for sample in SAMPLES.values():
        feed = feeds[sample.name]
        assert (feed.title, feed.lang, feed.notes) == (sample.name, sample.lang, ())
        assert feed.link.rstrip("/") == sample.home
        for said, entry in zip(sample.entries, feed.entries, strict=True):
            assert (entry.title, entry.author, entry.categories) == (said.title, said.author, said.categories)
            assert entry.guid == entry.link == sample.address(said)
            assert entry.content.strip() == said.body.strip()
            assert entry.summary == said.summary
            assert entry.enclosures == said.enclosures


def test_dates_are_now_less_the_age(profile: Path) -> None:
    entries = {entry.guid: entry for entry in read_entries(profile)}
    for feed, said in ENTRIES:
        entry = entries[feed.address(said)]
        age = None if said.age_minutes is None else timedelta(minutes=said.age_minutes)
        assert entry.published == (None if age is None else NOW - age)
        if said.updated_age_minutes is not None:
            assert entry.updated == NOW - timedelta(minutes=said.updated_age_minutes)


def test_no_entry_lies_in_the_future_or_before_eight_days(profile: Path) -> None:
    entries = read_entries(profile)
    dates = [date for entry in entries for date in (entry.published, entry.updated) if date]
    assert NOW - timedelta(days=8) < min(dates)
    assert max(dates) <= NOW
    assert NOW - min(dates) > timedelta(days=6)
    assert [entry.guid for entry in entries if entry.updated and entry.updated < entry.published] == []  # type: ignore[operator]


def test_the_newest_hour_and_the_last_day_are_busy(profile: Path) -> None:
    ages = [NOW - entry.published for entry in read_entries(profile) if entry.published]
    assert sum(age < timedelta(hours=1) for age in ages) >= 5
    assert sum(age < timedelta(days=1) for age in ages) >= 35


def test_an_equal_moment_gives_equal_bytes(tmp_path: Path) -> None:
    demo.write_demo(tmp_path / "one", NOW)
    demo.write_demo(tmp_path / "two", NOW.astimezone())
    demo.write_demo(tmp_path / "three", NOW + timedelta(minutes=1))
    first, second, third = (contents(tmp_path / name / "feeds") for name in ("one", "two", "three"))
    assert first == second
    assert first.keys() == third.keys()
    assert all(first[name] != third[name] for name in first)


def test_writing_again_replaces_what_was_there(profile: Path) -> None:
    before = contents(profile.parent)
    demo.write_demo(profile.parent, NOW + timedelta(hours=1))
    demo.write_demo(profile.parent, NOW)
    assert contents(profile.parent) == before


def test_only_the_folder_is_written_and_only_its_owner_may_look(tmp_path: Path) -> None:
    (tmp_path / "neighbour").write_text("mine")
    profile = demo.write_demo(tmp_path / "demo", NOW)
    assert {each.name for each in tmp_path.iterdir()} == {"neighbour", "demo"}
    assert (tmp_path / "neighbour").read_text() == "mine"
    assert {each.name for each in profile.parent.iterdir()} == {"feeds", "termnews.toml"}
    for each in (profile.parent, *profile.parent.rglob("*")):
        assert stat.S_IMODE(each.stat().st_mode) == (0o700 if each.is_dir() else 0o600)


def test_a_folder_with_odd_letters_still_gives_readable_addresses(tmp_path: Path) -> None:
    profile = demo.write_demo(tmp_path / 'Хабар "50 %" #1', NOW)
    assert config.load(profile).problems == ()
    assert len(read_entries(profile)) == len(ENTRIES)


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StoreError, match=r"the demo cannot be written in .*taken .*; make room"):
        demo.write_demo(tmp_path / "taken", NOW)


def test_a_temporary_demo_goes_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with demo.temporary_demo(NOW) as profile:
        folder = profile.parent
        assert folder.parent == tmp_path
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert len(read_entries(profile)) == len(ENTRIES)
        (folder / "cache").mkdir()
    assert list(tmp_path.iterdir()) == []


def test_a_temporary_demo_goes_away_after_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ZeroDivisionError), demo.temporary_demo(NOW):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_temporary_demo_is_of_the_present(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with demo.temporary_demo() as profile:
        feed = next(each for each in config.load(profile).feeds if each.name == "Spree Courier")
        present = datetime.now(UTC)
        entry = parse(path_of(feed).read_bytes(), feed.url, now=present).entries[0]
    assert entry.published is not None
    assert timedelta(minutes=4) <= present - entry.published < timedelta(minutes=6)


def test_no_temporary_folder_is_said_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with (
        pytest.raises(StoreError, match=r"no temporary folder can be made .*TMPDIR"),
        demo.temporary_demo(NOW),
    ):
        pass


def test_the_import_loads_no_writer() -> None:
    code = (
        "import sys, termnews.demo; "
        "print(sorted({'tempfile', 'xml.etree', 'email.utils'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
