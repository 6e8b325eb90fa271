"""What scripts and people are shown: fields, safety, and lines that fit a terminal."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from termnews import output
from termnews.models import (
    Action,
    Article,
    Count,
    Enclosure,
    Entry,
    Feed,
    FeedUpdate,
    Headline,
    Health,
    Place,
    Region,
    RegionCount,
    State,
    Subscription,
)
from termnews.sanitize import clean_text

_NOW = datetime(2026, 11, 25, 10, 15, tzinfo=UTC)
_HOSTILE = "a\x1b]52;c;x\x07\x9b\u202eb\u200f\u2028\t\n\ud800\U000e0041\U0001fffec"
_SECRET = "https://me:secret@news.example/feed"
_FEED = Feed(
    7,
    Subscription("https://asia.example/feed", "Asia Daily", "World/Asia", "TJ"),
    title="Asia Daily News",
    link="https://asia.example/",
    lang="en",
    health=Health(
        last_fetch=_NOW - timedelta(hours=2),
        last_ok=_NOW - timedelta(days=1),
        next_fetch=_NOW + timedelta(minutes=30),
        http=503,
        error="it answered 503; it is asked again later",
        failures=2,
    ),
    count=Count(40, 12, 3),
)
_ENTRY = Entry(
    "guid-1",
    "Душанбе: tariffs rise",
    "https://asia.example/1",
    "A. Writer",
    published=datetime(2026, 11, 25, 13, 0, tzinfo=timezone(timedelta(hours=5))),
    content="<p>Body.</p>",
    lang="en",
    enclosures=(Enclosure("https://asia.example/1.mp3", "audio/mpeg", 123),),
)
_ARTICLE = Article(
    12,
    _FEED,
    _ENTRY,
    State(read=True, starred=True, arrived=_NOW),
    fetched=_NOW,
    places=(
        Place("TJ-DU", "about", "Душанбе", "name"),
        Place("US", "mentions", "Washington", "metonym"),
        Place("TJ", "from", "", "feed"),
    ),
    copies=(14,),
)
_HEADLINE = Headline(
    12,
    7,
    "Asia Daily",
    "Tariffs rise",
    "https://asia.example/1",
    _NOW - timedelta(days=1, hours=2),
    read=False,
    starred=True,
    regions=("TJ", "UZ"),
)


@pytest.fixture(autouse=True)
def _in_dushanbe(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "XXX-5")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


# --- JSON ----------------------------------------------------------------------------------


def test_article_json() -> None:
    line = output.article_json(_ARTICLE, "Body.", "Sum.", 1)
    assert list(json.loads(line).items()) == [
        ("v", 1),
        ("id", 12),
        ("feed", "Asia Daily"),
        ("feed_url", "https://asia.example/feed"),
        ("guid", "guid-1"),
        ("title", "Душанбе: tariffs rise"),
        ("link", "https://asia.example/1"),
        ("author", "A. Writer"),
        ("published", "2026-11-25T08:00:00Z"),
        ("updated", None),
        ("fetched", "2026-11-25T10:15:00Z"),
        ("text", "Body."),
        ("read", True),
        ("starred", True),
        ("lang", "en"),
        ("regions", ["TJ-DU"]),
        ("mentions", ["US"]),
        ("from", ["TJ"]),
        (
            "evidence",
            [
                {"code": "TJ-DU", "text": "Душанбе", "rule": "name"},
                {"code": "US", "text": "Washington", "rule": "metonym"},
                {"code": "TJ", "text": "", "rule": "feed"},
            ],
        ),
        ("summary", "Sum."),
        ("words", 1),
        ("enclosures", [{"url": "https://asia.example/1.mp3", "type": "audio/mpeg", "length": 123}]),
        ("story", None),
        ("copies", [14]),
        ("tags", []),
    ]
    assert "Душанбе" in line


def test_update_json() -> None:
    update = FeedUpdate("Asia Daily", _SECRET, "failed", 503, 1, 2, "it failed", _NOW, 3, 4)
    assert json.loads(output.update_json(update)) == {
        "v": 1,
        "feed": "Asia Daily",
        "feed_url": "https://news.example/feed",
        "status": "failed",
        "http": 503,
        "new": 1,
        "changed": 2,
        "error": "it failed",
        "next_fetch": "2026-11-25T10:15:00Z",
        "held_until": None,
        "left": "",
        "moved_to": None,
        "elsewhere": None,
        "stays": "",
        "done": 3,
        "of": 4,
    }


def test_feed_json() -> None:
    assert json.loads(output.feed_json(_FEED)) == {
        "v": 1,
        "url": "https://asia.example/feed",
        "name": "Asia Daily",
        "title": "Asia Daily News",
        "folder": "World/Asia",
        "region": "TJ",
        "link": "https://asia.example/",
        "lang": "en",
        "paused": False,
        "last_fetch": "2026-11-25T08:15:00Z",
        "last_ok": "2026-11-24T10:15:00Z",
        "next_fetch": "2026-11-25T10:45:00Z",
        "wait": "",
        "held_until": None,
        "fresh_seconds": None,
        "ttl_minutes": None,
        "skip_hours": [],
        "skip_days": [],
        "etag": None,
        "last_modified": None,
        "last_whole": None,
        "moved_from": None,
        "moved_at": None,
        "elsewhere": None,
        "stays": "",
        "http": 503,
        "error": "it answered 503; it is asked again later",
        "failures": 2,
        "total": 40,
        "unread": 12,
        "starred": 3,
    }


def test_region_json() -> None:
    counted = RegionCount(Region("TJ", "Таджикистан", "143"), 2, Count(40, 12, 3))
    assert json.loads(output.region_json(counted)) == {
        "v": 1,
        "code": "TJ",
        "name": "Таджикистан",
        "parent": "143",
        "depth": 2,
        "total": 40,
        "unread": 12,
        "starred": 3,
    }


def test_json_escapes_what_could_steer_a_terminal_and_loses_nothing() -> None:
    article = replace(_ARTICLE, entry=replace(_ENTRY, title=_HOSTILE))
    line = output.article_json(article, "Persian می\u200cخواهد", "", 0)
    assert line.replace("\u200c", "").isprintable()
    assert json.loads(line)["title"] == _HOSTILE
    assert "می\u200cخواهد" in line


@given(st.text(st.characters()))
def test_any_text_stays_on_one_safe_line_of_json(text: str) -> None:
    update = FeedUpdate("F", "https://f.example/", "failed", error=text)
    line = output.update_json(update)
    assert json.loads(line)["error"] == text
    assert len(line.splitlines()) == 1
    assert clean_text(line) == unicodedata.normalize("NFC", line)


# --- headlines -----------------------------------------------------------------------------


def test_headline_tsv() -> None:
    assert output.headline_tsv(_HEADLINE) == (
        "12\t2026-11-24T08:15:00Z\tunread\tstarred\tAsia Daily\tTJ,UZ\tTariffs rise\thttps://asia.example/1"
    )
    plain = replace(_HEADLINE, read=True, starred=False, regions=(), link="")
    assert output.headline_tsv(plain) == "12\t2026-11-24T08:15:00Z\tread\t\tAsia Daily\t\tTariffs rise\t"


def test_headline_line_for_a_pipe_is_whole() -> None:
    long = replace(_HEADLINE, feed="A very long name of a feed", title="word " * 100 + "end")
    assert (
        output.headline_line(_HEADLINE, None, _NOW)
        == "●★ 12  2026-11-24 13:15  Asia Daily: Tariffs rise [TJ, UZ]"
    )
    assert output.headline_line(long, None).endswith("end [TJ, UZ]")
    assert "A very long name of a feed: " in output.headline_line(long, None)


def test_headline_line_for_a_terminal_has_columns() -> None:
    read = replace(_HEADLINE, id=123456, read=True, starred=False, feed="人民日报", regions=())
    assert output.headline_line(_HEADLINE, 80) == (
        "●★ 12      2026-11-24  Asia Daily          Tariffs rise [TJ, UZ]"
    )
    assert output.headline_line(read, 80) == "   123456  2026-11-24  人民日报            Tariffs rise"


@pytest.mark.parametrize(
    ("age", "shown"),
    [
        (timedelta(seconds=-5), "0m"),
        (timedelta(minutes=59), "59m"),
        (timedelta(hours=23, minutes=59), "23h"),
        (timedelta(days=1), "2026-11-24"),
    ],
)
def test_young_articles_show_their_age_on_a_terminal(age: timedelta, shown: str) -> None:
    line = output.headline_line(replace(_HEADLINE, date=_NOW - age), 80, _NOW)
    assert line[11:21].rstrip() == shown


def test_headline_line_is_cut_by_cells() -> None:
    wide = replace(_HEADLINE, title="地震" * 8)
    line = output.headline_line(wide, 80)
    assert line.endswith("…")
    assert 79 <= cell_len(line) <= 80


def test_a_long_feed_name_keeps_its_column() -> None:
    line = output.headline_line(replace(_HEADLINE, feed="The Very Long Name of a Paper"), 80)
    assert "  The Very Long Nam…  Tariffs rise" in line


@given(title=st.text(), feed=st.text(), width=st.integers(0, 100))
def test_no_headline_is_wider_than_its_terminal(title: str, feed: str, width: int) -> None:
    line = output.headline_line(replace(_HEADLINE, title=title, feed=feed), width, _NOW)
    assert cell_len(line) <= width


def test_a_headline_without_a_title_says_so() -> None:
    assert "(no title)" in output.headline_line(replace(_HEADLINE, title=" "), None)


# --- articles ------------------------------------------------------------------------------


def test_article_text() -> None:
    assert output.article_text(_ARTICLE, "Body.\n\nMore.\n", 12) == (
        "Душанбе:\ntariffs rise\n"
        "Asia Daily · A. Writer · 2026-11-25 13:00 · ★\n"
        "https://asia.example/1\n"
        "About: TJ-DU\n"
        "Mentions: US\n"
        "Enclosure: https://asia.example/1.mp3\n"
        "\n"
        "Body.\n\nMore."
    )


def test_a_bare_article_has_a_bare_head() -> None:
    bare = Article(1, Feed(1, Subscription(_SECRET)), Entry("g"))
    assert output.article_text(bare, "Body.", 72) == "(no title)\nhttps://news.example/feed\n\nBody."
    assert output.article_markdown(bare, "Body.") == "# (no title)\n\nhttps://news.example/feed\n\nBody."


def test_an_article_without_a_date_shows_when_it_came() -> None:
    article = replace(_ARTICLE, entry=replace(_ENTRY, published=None))
    assert "2026-11-25 15:15" in output.article_text(article, "", 72)


def test_article_markdown() -> None:
    article = replace(_ARTICLE, entry=replace(_ENTRY, title="A *bold* [claim]", enclosures=()))
    assert output.article_markdown(article, "**Body.**\n") == (
        "# A \\*bold\\* \\[claim\\]\n\n"
        "Asia Daily · A. Writer · 2026-11-25 13:00 · ★\n\n"
        "About: TJ-DU\n\n"
        "Mentions: US\n\n"
        "<https://asia.example/1>\n\n"
        "**Body.**"
    )


# --- tables --------------------------------------------------------------------------------


def test_feed_lines() -> None:
    paused = Feed(2, Subscription(_SECRET, paused=True))
    fine = Feed(3, Subscription("https://c.example/", "C"), count=Count(1234567, 1, 0))
    assert list(output.feed_lines([_FEED, paused, fine])) == [
        "unread   total  feed",
        "    12      40  Asia Daily  (World/Asia)  [TJ]  failing  https://asia.example/feed",
        "     0       0  https://news.example/feed  paused",
        "     1  1234567  C  https://c.example/",
    ]


@pytest.mark.parametrize(
    ("health", "line"),
    [
        (
            _FEED.health,
            "failed 2 times in a row, last 2h ago, next in 30m: it answered 503; it is asked again later",
        ),
        (
            replace(_FEED.health, failures=1, next_fetch=None),
            "failed once, last 2h ago, due now: it answered 503;",
        ),
        (Health(), "not fetched yet, due now"),
        (Health(last_fetch=_NOW - timedelta(days=3), next_fetch=_NOW), "ok, asked 3d ago, due now"),
    ],
)
def test_health_lines(health: Health, line: str) -> None:
    (shown,) = output.health_lines([replace(_FEED, health=health)], _NOW)
    assert shown.startswith(f"Asia Daily: {line}")


def test_a_paused_feed_is_not_due() -> None:
    (line,) = output.health_lines([Feed(2, Subscription(_SECRET, paused=True))], _NOW)
    assert line == "https://news.example/feed: not fetched yet, paused"


def test_region_lines() -> None:
    counts = [
        RegionCount(Region("142", "Asia", "001"), 0, Count(50, 13, 0)),
        RegionCount(Region("TJ", "Tajikistan", "143"), 2, Count(40, 12, 0)),
    ]
    assert list(output.region_lines(counts)) == [
        "unread   total  region",
        "    13      50  Asia (142)",
        "    12      40      Tajikistan (TJ)",
    ]


@pytest.mark.parametrize(
    ("action", "line"),
    [
        (Action(1, _NOW, "read", 312, "in Berlin"), "312 articles marked read (in Berlin)"),
        (Action(1, _NOW, "unread", 0), "0 articles marked unread"),
        (Action(1, _NOW, "star", 1), "1 article starred"),
        (Action(1, _NOW, "unstar", 2, undone=True), "undone: 2 articles unstarred"),
    ],
)
def test_action_line(action: Action, line: str) -> None:
    assert output.action_line(action) == line
    assert output.history_line(action) == f"     1  2026-11-25 15:15  {line}"


@pytest.mark.parametrize(
    ("tally", "line"),
    [
        ({}, "0 new articles; feeds: none"),
        ({"new": 1, "ok": 1}, "1 new article; feeds: 1 fetched"),
        (
            {"new": 12, "changed": 3, "ok": 4, "not_modified": 5, "failed": 6, "skipped": 7},
            "12 new articles, 3 changed; feeds: 4 fetched, 5 not modified, 6 failed, 7 skipped",
        ),
    ],
)
def test_tally_line(tally: dict[str, int], line: str) -> None:
    assert output.tally_line(tally) == line


# --- safety of every line ------------------------------------------------------------------


def _every_line(text: str) -> list[str]:
    """Return all that is printed of records that hold this text wherever text may stand."""
    feed = Feed(
        1, Subscription(_SECRET, text, text, text), text, _SECRET, text, Health(error=text, last_fetch=_NOW)
    )
    entry = Entry(text, text, _SECRET, text, lang=text, enclosures=(Enclosure(_SECRET, text),))
    article = Article(1, feed, entry, places=(Place(text, "about", text, text),))
    headline = Headline(1, 1, text, text, _SECRET, _NOW, read=False, starred=False, regions=(text,))
    action = Action(1, _NOW, "read", 1, text)
    region = RegionCount(Region(text, text, text), 0, Count())
    return [
        output.headline_tsv(headline),
        output.headline_line(headline, None),
        output.headline_line(headline, 80, _NOW),
        *output.article_text(article, "", 72).splitlines(),
        *output.article_markdown(article, "").splitlines(),
        *output.feed_lines([feed]),
        *output.health_lines([feed], _NOW),
        *output.region_lines([region]),
        output.action_line(action),
        output.history_line(action),
        output.article_json(article, text, text, 0),
        output.feed_json(feed),
        output.region_json(region),
        output.update_json(FeedUpdate(text, _SECRET, "failed", error=text)),
    ]


def test_no_line_carries_controls_or_passwords() -> None:
    for line in _every_line(_HOSTILE):
        assert len(line.splitlines()) == 1 or line == ""
        assert line.replace("\t", "").isprintable()
        assert "secret" not in line


def test_no_field_of_tab_separated_text_holds_a_tab() -> None:
    assert _every_line(_HOSTILE)[0].count("\t") == 7


def test_the_body_of_an_article_is_cleaned_and_keeps_its_lines() -> None:
    assert output.article_text(_ARTICLE, "one\x1b[2J\n  two", 72).endswith("\n\none[2J\n  two")
    assert output.article_markdown(_ARTICLE, "one\x9b\n\n- two").endswith("\n\none\n\n- two")


def test_a_feed_without_a_name_is_shown_by_its_address_without_password() -> None:
    feed = Feed(1, Subscription(_SECRET))
    assert json.loads(output.feed_json(feed))["name"] == "https://news.example/feed"
    assert (
        json.loads(output.update_json(FeedUpdate(_SECRET, _SECRET, "ok")))["feed"]
        == "https://news.example/feed"
    )


def test_printing_for_a_pipe_loads_no_rich() -> None:
    code = "import sys, termnews.output; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_room_of_full_texts_is_said_in_a_unit_it_fills() -> None:
    assert output.downloaded_line({"kept": 1}, 12_680) == "full text of 1 article; all full texts take 13 kB"
    said = output.downloaded_line({"kept": 2, "failed": 1}, 2_340_000)
    assert said == "full text of 2 articles, 1 without; all full texts take 2.3 MB"
