"""The rules of the wire, over a loopback server and the command line; every command is a start of its own."""

from __future__ import annotations

import calendar
import gzip
import json
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from termnews import __version__
from termnews.__main__ import main
from tests.cli.conftest import rss

Answer = Callable[[Request], Response]
FEED = rss()
ALLOWED = {"host", "connection", "user-agent", "accept", "accept-encoding"}
CONDITIONS = {"if-none-match", "if-modified-since"}


def feed(status: int = 200, body: str | bytes = FEED, **headers: str) -> Response:
    """Return an answer with a feed in it; `_` in the name of a header is `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(body, status=status, headers=named, content_type="application/rss+xml")


class Wire:
    """A reader that follows `/feed`, what it was answered and what it asked."""

    def __init__(self, folder: Path, server: HTTPServer, capsys: pytest.CaptureFixture[str]) -> None:
        self.server, self.capsys = server, capsys
        self.path, self.store = folder / "termnews.toml", folder / "cache" / "termnews.db"
        self.url = server.url_for("/feed")
        self.follow(self.url)

    def follow(self, *urls: str, more: str = "", refresh_minutes: int = 60) -> None:
        """Follow these addresses, with more at the top of the configuration."""
        tables = "".join(
            f'\n[[feeds]]\nurl = "{url}"\nname = "Feed {at}"\n' for at, url in enumerate(urls, 1)
        )
        self.path.write_text(f'data_dir = "cache"\nrefresh_minutes = {refresh_minutes}\n{more}{tables}')

    def answers(self, answer: Answer | Response, path: str = "/feed") -> None:
        """Let the server answer so from now on."""
        if isinstance(answer, Response):
            kept = answer
            answer = lambda _: Response(  # noqa: E731
                kept.get_data(), kept.status_code, dict(kept.headers)
            )
        self.server.clear_all_handlers()
        self.server.expect_request(path).respond_with_handler(answer)

    def run(self, *arguments: str) -> int:
        """Run a command; return its exit status."""
        return main(["--config", str(self.path), *arguments])

    def asked(self, *arguments: str) -> list[Request]:
        """Refresh; return the requests that came of it."""
        self.server.clear_log()
        self.run("refresh", "--quiet", *arguments)
        return [request for request, _ in self.server.log]

    @property
    def health(self) -> dict[str, Any]:
        """What `feeds --json` says of the first feed."""
        self.capsys.readouterr()
        self.run("feeds", "--json")
        said: dict[str, Any] = json.loads(self.capsys.readouterr().out.splitlines()[0])
        return said

    @property
    def wait(self) -> timedelta:
        """How long after its last fetch the feed is asked again."""
        health = self.health
        return datetime.fromisoformat(health["next_fetch"]) - datetime.fromisoformat(health["last_fetch"])

    def later(self, span: timedelta) -> None:
        """Let time pass: everything kept lies that much further back."""
        seconds = int(span.total_seconds())
        names = ("last_fetch", "last_ok", "next_fetch", "held_until", "last_whole")
        moved = ", ".join(f"{name} = {name} - {seconds}" for name in names)
        with sqlite3.connect(self.store) as conn:
            conn.execute(f"UPDATE feeds SET {moved}")
        conn.close()


@pytest.fixture
def wire(tmp_path: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]) -> Wire:
    return Wire(tmp_path, httpserver, capsys)


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SLACK = timedelta(minutes=10)
"""What a loaded machine may need between making an answer and reading it."""


def conditions(request: Request) -> tuple[str | None, str | None]:
    """Return the validators of a request."""
    return request.headers.get("If-None-Match"), request.headers.get("If-Modified-Since")


# --- validators ----------------------------------------------------------------------------


def test_a_steady_state_is_all_304_after_one_whole_request(wire: Wire) -> None:
    etag, modified = 'W/"a \xe4,b"', "Sunday, 32-Foo-99 25:61:61 CET"

    def answer(request: Request) -> Response:
        known = conditions(request) == (etag, modified)
        return Response(status=304) if known else feed(etag=etag, last_modified=modified)

    wire.follow()
    wire.answers(answer)
    wire.run("feeds", "add", wire.url)
    assert [conditions(request) for request, _ in wire.server.log] == [(None, None)]
    for _ in range(5):
        wire.later(2 * HOUR)
        (request,) = wire.asked()
        assert conditions(request) == (etag, modified)
        assert wire.health["http"] == 304
    (request,) = wire.asked("--force")
    assert conditions(request) == (etag, modified)


@pytest.mark.parametrize(
    ("answer", "sent"),
    [
        (feed(304, "", etag='"b"'), ('"b"', None)),
        (feed(304, ""), ('"a"', "then")),
        (feed(200, FEED, last_modified="later"), (None, "later")),
        (feed(200, FEED), (None, None)),
        (feed(200, FEED, etag=""), (None, None)),
        (feed(500, "", etag='"b"'), ('"a"', "then")),
        (feed(404, FEED, etag='"b"'), ('"a"', "then")),
        (feed(200, "<html><body>Log in</body></html>", etag='"b"'), ('"a"', "then")),
        (feed(200, "<rss", etag='"b"'), ('"a"', "then")),
    ],
    ids=lambda each: f"{each.status_code} {dict(each.headers)}" if isinstance(each, Response) else None,
)
def test_validators_are_replaced_as_a_pair_by_good_answers_alone(
    wire: Wire, answer: Response, sent: tuple[str | None, str | None]
) -> None:
    wire.answers(feed(etag='"a"', last_modified="then"))
    wire.asked()
    wire.answers(answer)
    assert conditions(wire.asked("--force")[0]) == ('"a"', "then")
    assert conditions(wire.asked("--force")[0]) == sent


# --- schedule ------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("dated", [False, True])
def test_retry_after_holds_over_restarts_and_against_force(wire: Wire, status: int, dated: bool) -> None:
    until = datetime.now(UTC) + 2 * HOUR
    wire.answers(feed(status, "", retry_after=format_datetime(until, usegmt=True) if dated else "7200"))
    assert len(wire.asked()) == 1
    health = wire.health
    held = datetime.fromisoformat(health["held_until"])
    assert abs(held - until) <= timedelta(minutes=2)
    assert (health["wait"], health["next_fetch"]) == ("retry", health["held_until"])
    wire.later(HOUR)
    assert (wire.asked(), wire.asked("--force"), wire.asked("--force", "Feed 1")) == ([], [], [])
    wire.later(HOUR + SLACK)
    assert len(wire.asked()) == 1


def test_force_asks_as_soon_as_retry_after_is_over(wire: Wire) -> None:
    wire.answers(feed(429, "", retry_after="120"))
    wire.asked()
    assert (wire.asked(), wire.asked("--force")) == ([], [])
    wire.later(timedelta(minutes=3))
    assert wire.asked() == []  # the interval is an hour
    assert len(wire.asked("--force")) == 1


@pytest.mark.parametrize("status", [429, 500, 503, 404])
def test_who_fails_is_left_alone_for_an_hour_doubling_to_a_day(wire: Wire, status: int) -> None:
    wire.answers(feed(status, ""))
    for hours in (1, 2, 4, 8, 16):
        assert len(wire.asked()) == 1
        assert hours * HOUR <= wire.wait <= hours * HOUR * 1.1
        assert wire.asked() == []
        wire.later(wire.wait)
    for _ in range(3):
        assert len(wire.asked()) == 1
        assert DAY * 0.9 <= wire.wait <= DAY
        wire.later(wire.wait)
    wire.answers(feed())
    wire.asked()
    assert abs(wire.wait - HOUR) <= timedelta(seconds=2)
    assert wire.health["failures"] == 0


WISHES = {
    "max-age": (feed(cache_control="max-age=10800", etag="a"), "fresh", 3 * HOUR),
    "expires": (feed(expires="in three hours", etag="a"), "fresh", 3 * HOUR),
    "years": (feed(cache_control="max-age=31536000", etag="a"), "fresh", DAY),
    "ttl": (feed(body=FEED.replace("<channel>", "<channel><ttl>180</ttl>"), etag="a"), "ttl", 3 * HOUR),
    "period": (
        feed(
            body=FEED.replace(
                "<channel>",
                "<channel xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>"
                "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            ),
            etag="a",
        ), "ttl", 6 * HOUR,
    ),
    "plain": (feed(etag="a"), "interval", HOUR),
}  # fmt: skip


@pytest.mark.parametrize("name", WISHES)
def test_the_next_fetch_is_the_latest_wish_and_stays_it(wire: Wire, name: str) -> None:
    answer, why, wait = WISHES[name]
    if "expires" in answer.headers:  # of the moment it is asked, not of that at which tests were gathered
        answer.headers["expires"] = format_datetime(datetime.now(UTC) + wait, usegmt=True)
    wire.answers(answer)
    wire.asked()
    assert wire.health["wait"] == why
    assert abs(wire.wait - wait) <= SLACK
    wire.later(wait - SLACK * 2)
    assert wire.asked() == []
    wire.later(SLACK * 3)
    wire.answers(feed(304, ""))
    assert len(wire.asked()) == 1
    assert abs(wire.wait - wait) <= SLACK


def test_hours_and_days_a_feed_skips_are_skipped_for_a_day_at_most(wire: Wire) -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    days = "".join(f"<day>{day}</day>" for day in calendar.day_name)
    rest = f"<channel><skipHours>{hours}</skipHours><skipDays>{days}</skipDays>"
    wire.answers(feed(body=FEED.replace("<channel>", rest)))
    wire.asked()
    assert wire.health["wait"] == "skip"
    assert DAY < wire.wait <= HOUR + 2 * DAY
    soon = (datetime.now(UTC) + HOUR).hour
    one = f"<channel><skipHours><hour>{soon}</hour></skipHours>"
    wire.answers(feed(body=FEED.replace("<channel>", one)))
    wire.asked("--force")
    following = datetime.fromisoformat(wire.health["next_fetch"])
    assert following.hour != soon
    assert HOUR < wire.wait <= 2 * HOUR


def test_a_clock_set_back_makes_feeds_due(wire: Wire) -> None:
    wire.answers(feed(503, "", retry_after="604800"))
    wire.asked()
    wire.later(-timedelta(days=365))
    assert len(wire.asked()) == 1


def test_a_feed_that_is_gone_is_asked_again_only_when_it_is_resumed(wire: Wire) -> None:
    wire.answers(feed(410, ""))
    assert len(wire.asked()) == 1
    wire.later(timedelta(days=400))
    assert (wire.asked(), wire.asked("--force")) == ([], [])
    health = wire.health
    assert (health["wait"], health["next_fetch"], health["paused"]) == ("gone", None, True)
    wire.run("feeds", "resume", "Feed 1")
    wire.answers(feed())
    assert len(wire.asked()) == 1
    assert (wire.health["wait"], wire.health["paused"]) == ("interval", False)


# --- requests ------------------------------------------------------------------------------


def test_a_request_carries_nothing_but_what_it_must(wire: Wire) -> None:
    wire.follow(f"{wire.url}?a=1&b=%20x#part", more='user_agent_contact = "me@pamir.example"\n')
    wire.answers(feed(etag='"a"', set_cookie="id=1; Path=/"))
    first, second = *wire.asked(), *wire.asked("--force")
    assert {name.lower() for name in first.headers.keys()} == ALLOWED  # noqa: SIM118
    assert {name.lower() for name in second.headers.keys()} == ALLOWED | {"if-none-match"}  # noqa: SIM118
    for request in (first, second):
        assert request.environ["REQUEST_URI"] == "/feed?a=1&b=%20x"
        assert request.headers["User-Agent"] == f"termnews/{__version__} (+me@pamir.example)"
        assert request.headers["Accept-Encoding"] == "gzip, deflate"
        assert {"application/rss+xml", "application/atom+xml", "application/feed+json"} <= {
            kind for kind, _ in request.accept_mimetypes
        }


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_cookie_and_no_referer_on_the_way(wire: Wire, status: int) -> None:
    def answer(request: Request) -> Response:
        if request.path == "/feed":
            return feed(status, "", location="/there#part", set_cookie="id=1; Path=/")
        return feed(set_cookie="id=2; Path=/")

    wire.server.expect_request("/feed").respond_with_handler(answer)
    wire.server.expect_request("/there").respond_with_handler(answer)
    seen = [*wire.asked(), *wire.asked("--force")]
    at_home = [] if status in (301, 308) else ["/feed"]
    assert [request.environ["REQUEST_URI"] for request in seen] == ["/feed", "/there", *at_home, "/there"]
    assert {name.lower() for request in seen for name in request.headers.keys()} <= ALLOWED | CONDITIONS  # noqa: SIM118


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)]
)
def test_packed_answers_are_read(wire: Wire, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    wire.answers(feed(body=pack(FEED.encode()), content_encoding=encoding))
    wire.asked()
    assert (wire.health["http"], wire.health["total"]) == (200, 3)


@pytest.mark.parametrize("status", [200, 304, 403, 500, 502])
def test_a_refresh_asks_each_feed_once_whatever_it_answers(wire: Wire, status: int) -> None:
    wire.answers(feed(status, ""))
    assert len(wire.asked()) == 1


@pytest.mark.parametrize("seconds", [0.15, 0])
def test_a_host_is_asked_by_few_at_once_and_not_in_a_burst(wire: Wire, seconds: float) -> None:
    under_way, most, starts, lock = 0, 0, list[float](), threading.Lock()

    def answer(_: Request) -> Response:
        nonlocal under_way, most
        with lock:
            starts.append(time.monotonic())
            under_way += 1
            most = max(most, under_way)
        time.sleep(seconds)  # so that requests would pile up
        with lock:
            under_way -= 1
        return feed(500, "")

    with HTTPServer(threaded=True) as server:
        wire.follow(*(server.url_for(f"/feed{at}") for at in range(9)))
        for at in range(9):
            server.expect_request(f"/feed{at}").respond_with_handler(answer)
        wire.asked()
    assert len(starts) == 9
    assert most <= 2
    if not seconds:
        assert starts[-1] - starts[0] > 0.25  # eight times 50 ms, of which a busy machine may eat some


def test_guessing_for_a_feed_ends_when_the_server_has_enough(wire: Wire) -> None:
    wire.follow()
    wire.server.expect_request("/").respond_with_data("<html>no feed named</html>", content_type="text/html")
    wire.server.expect_request("/feed").respond_with_data(status=404)
    wire.server.expect_request("/rss").respond_with_data(status=429)
    wire.server.clear_log()
    assert wire.run("feeds", "add", wire.server.url_for("/")) == 1
    assert [request.path for request, _ in wire.server.log] == ["/", "/feed", "/rss"]
    assert "answered 429" in wire.capsys.readouterr().err


# --- what a person is told -----------------------------------------------------------------


@pytest.fixture
def said(wire: Wire) -> Iterator[Callable[..., str]]:
    """Run a command and return what it says on stderr."""

    def say(*arguments: str) -> str:
        wire.capsys.readouterr()
        wire.run(*arguments)
        return wire.capsys.readouterr().err

    yield say


def test_who_asks_for_a_feed_is_told_why_it_is_left_alone(wire: Wire, said: Callable[..., str]) -> None:
    wire.answers(feed())
    wire.asked()
    assert "Feed 1" not in said("refresh")
    wire.later(timedelta(seconds=30))
    assert "Feed 1 is not due for 59m; --force asks it all the same\n" in said("refresh", "Feed 1")
    assert "Feed 1 was asked a moment ago\n" in said("refresh", "--force", "--gently")
    wire.answers(feed(503, "", retry_after="7200"))
    wire.asked("--force")
    wire.later(timedelta(minutes=30))
    assert "Feed 1 is left alone for 1h more, as its server asked\n" in said("refresh", "--force")
    assert said("refresh", "--force", "--quiet") == ""
    wire.run("feeds", "pause", "Feed 1")
    assert "Feed 1" not in said("refresh", "--force")
    assert "Feed 1 is paused; `termnews feeds resume` takes it in again\n" in said("refresh", "Feed 1")
    wire.run("feeds", "resume", "Feed 1")
    wire.later(2 * HOUR)
    wire.answers(feed(410, ""))
    wire.asked()
    assert "Feed 1 is gone for good; `termnews feeds resume` asks it" in said("refresh", "--force")
