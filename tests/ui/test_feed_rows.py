"""How feeds fare in words, and how they stand in rows: pure, so tested without a screen."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from rich.cells import cell_len

from termnews.errors import FetchError, ParseError
from termnews.fetch.failures import explain, private_refused, refused_status
from termnews.fetch.files import read_file
from termnews.models import Count, Feed, Health, Subscription
from termnews.parse import parse
from termnews.ui.feed_health import brief, state, story
from termnews.ui.feed_rows import ORDERS, TROUBLE, cells, chosen, following, headings, lookup, row
from termnews.ui.trouble import failing

from .feeds_sample import NOW, ago

URL = "https://a.example/rss"


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Local times are those of UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def make(name: str = "A", number: int = 1, **fields: object) -> Feed:
    """Return a feed; `folder`, `paused` and `url` are the subscription's."""
    own = {key: fields.pop(key) for key in ("folder", "paused", "url") if key in fields}
    subscription = replace(Subscription(f"https://{name.lower()}.example/", name=name), **own)  # type: ignore[arg-type]
    return Feed(number, subscription, **fields)  # type: ignore[arg-type]


def caused(cause: Exception) -> Exception:
    """Return a connection error as httpx raises it."""
    error = httpx.ConnectError("x")
    if isinstance(cause, ssl.SSLCertVerificationError):
        cause.verify_message = "certificate has expired"
    error.__cause__ = cause
    return error


FAILURES: tuple[tuple[FetchError, str], ...] = (
    (refused_status(URL, 404, None), "404"),
    (refused_status(URL, 503, 60), "503"),
    (private_refused(URL), "bad redirect"),
    *(
        (explain(error, URL, 20), words)
        for error, words in (
            (httpx.ConnectTimeout("x"), "too slow"),
            (httpx.ReadTimeout("x"), "too slow"),
            (httpx.ProxyError("x"), "proxy"),
            (httpx.RemoteProtocolError("incomplete"), "broke off"),
            (httpx.ReadError("x"), "broke off"),
            (caused(ssl.SSLCertVerificationError("x")), "certificate"),
            (caused(ssl.SSLError("x")), "encryption"),
            (caused(socket.gaierror(socket.EAI_AGAIN, "x")), "no network"),
            (caused(socket.gaierror(socket.EAI_NONAME, "x")), "unknown host"),
            (caused(ConnectionRefusedError()), "refused"),
            (caused(OSError()), "unreachable"),
        )
    ),
)


@pytest.mark.parametrize(("error", "words"), FAILURES, ids=lambda each: str(each)[:50])
def test_what_a_fetch_says_is_put_in_two_words(error: FetchError, words: str) -> None:
    assert brief(Health(http=error.http, error=str(error))) == words


def test_a_page_that_is_no_feed_and_a_file_that_is_gone() -> None:
    with pytest.raises(ParseError) as page:
        parse(b"<html><body>Hi</body></html>", URL, now=NOW)
    assert brief(Health(http=200, error=str(page.value))) == "not a feed"
    with pytest.raises(FetchError) as gone:
        read_file("/nowhere/x.xml", 10)
    assert brief(Health(error=str(gone.value))) == "file missing"
    assert brief(Health(error="something nobody thought of")) == "failed"


@pytest.mark.parametrize(
    ("feed", "sign", "words"),
    [
        (make(health=Health(error="x", http=404, failures=9)), "!", "404 ×9"),
        (make(health=Health(error="x", http=404, failures=1)), "!", "404"),
        (make(health=Health(error="x", http=404, failures=9), paused=True), "‖", "paused"),
        (make(), "·", "not asked yet"),
        (make(health=Health(last_fetch=NOW, http=304)), "✓", "not modified"),
        (make(health=Health(last_fetch=NOW, http=200)), "✓", "ok"),
        (make(health=Health(last_fetch=NOW)), "✓", "ok"),
    ],
)
def test_state_is_a_sign_and_words(feed: Feed, sign: str, words: str) -> None:
    said = state(feed)
    assert (said.sign, said.words) == (sign, words)
    assert state(feed, asking=True).words == "asking"


def test_a_paused_feed_is_no_trouble() -> None:
    assert failing(make(health=Health(error="x")))
    assert not failing(make(health=Health(error="x"), paused=True))


@pytest.mark.parametrize(
    ("feed", "said"),
    [
        (
            make(health=Health(error="no network: x; it is tried again later", last_ok=ago(days=1))),
            "No network: x; it is tried again later. Its last good answer came yesterday 12:00. "
            "termnews asks it at the next refresh.",
        ),
        (
            make(health=Health(error="gone.", failures=3, last_ok=ago(days=400)), count=Count(1)),
            "Gone. Failed 3 times in a row. Its last good answer came 21 Oct 2025 12:00. "
            "termnews asks it at the next refresh. Its one article stays.",
        ),
        (
            make(health=Health(last_fetch=ago(minutes=3), http=304), count=Count(412, 12, 3)),
            "Answered 3m ago: not modified, nothing was new. termnews asks it at the next refresh. "
            "412 articles, 12 unread, 3 starred.",
        ),
        (
            make(health=Health(last_fetch=NOW), count=Count(1, 1)),
            "Answered just now. termnews asks it at the next refresh. 1 article, 1 unread.",
        ),
        (
            make(health=Health(error="gone.", failures=1, http=410, last_ok=ago(days=1), wait="gone")),
            "Gone. Failed once. Its last good answer came yesterday 12:00. "
            "termnews does not ask it any more.",
        ),
        (
            make(health=Health(error="busy.", failures=1, next_fetch=ago(hours=-5), wait="retry")),
            "Busy. Failed once. It never answered well. "
            "Its server asks to be left alone: termnews asks again in 5h.",
        ),
        (
            make(health=Health(last_fetch=ago(minutes=3), next_fetch=ago(hours=-5), wait="skip")),
            "Answered 3m ago. As it wishes, termnews asks again in 5h. It has no articles yet.",
        ),
        (make(paused=True, count=Count(2)), "Paused by you: refreshes leave it alone. Its 2 articles stay."),
        (make(), "Not asked yet. termnews asks it at the next refresh."),
    ],
)
def test_the_story_in_sentences(feed: Feed, said: str) -> None:
    assert " ".join(story(feed, NOW)) == said


def test_orders_go_round() -> None:
    order, seen = TROUBLE, []
    for _ in ORDERS:
        seen.append(order)
        order = following(order)
    assert (order, seen) == (TROUBLE, list(ORDERS))


def test_headings_stand_where_a_group_begins() -> None:
    feeds = [
        make("D", folder="x", health=Health(error="e")),
        make("C", folder="y"),
        make("B", folder="x"),
        make("A"),
    ]
    ordered = chosen(feeds, "", TROUBLE)
    assert [each.name for each in ordered] == ["D", "B", "C", "A"]
    assert [(each.before, each.lines) for each in headings(ordered, TROUBLE)] == [
        (0, ("FAILING",)), (1, ("X",)), (2, ("Y",)), (3, ("NO FOLDER",)),
    ]  # fmt: skip
    assert headings(ordered, "by name") == []
    assert headings([make("A"), make("B")], TROUBLE) == []


def test_a_feed_is_looked_up_by_what_is_its_alone() -> None:
    pamir, weekly = make("Pamir"), make("Pamir Weekly", 2, url="https://me:secret@w.example/")
    assert lookup(weekly, [pamir, weekly]) == "Pamir Weekly"
    assert lookup(pamir, [pamir, weekly]) == "https://pamir.example/"
    unnamed = make("", 3, url="https://me:secret@w.example/rss")
    assert lookup(unnamed, [unnamed]) == "https://w.example/rss"


@pytest.mark.parametrize("width", [20, 36, 56, 76, 115])
@pytest.mark.parametrize("name", ["A", "京都新聞" * 20, "Long name " * 20])
def test_columns_are_as_wide_as_the_row(width: int, name: str) -> None:
    feed = make(name, url=URL, folder="京都" * 20, count=Count(123456, 123456))
    text = "".join(cells(row(feed, NOW), width))
    assert cell_len(text) == max(width, 22)
    assert "not asked" in text
