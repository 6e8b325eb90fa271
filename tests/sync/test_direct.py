"""The backend that asks feeds itself: what comes back, and what it leaves in a feed's health."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest

from termnews import parse
from termnews.errors import ConfigError
from termnews.fetch import Fetcher
from termnews.models import Feed, Health, ParsedFeed, Pulled, Subscription
from termnews.refresh import due
from termnews.sync import backend
from termnews.sync.direct import Direct
from termnews.sync.schedule import back_off
from tests.conftest import NOW

RSS = (
    b"<rss version='2.0'><channel><title>T</title><item><guid>1</guid><title>A</title></item></channel></rss>"
)


class InProcess:
    """Reads with termnews's own parser, without the process around it."""

    async def parse(
        self, body: bytes, url: str, *, now: datetime, content_type: str = "", lang: str = ""
    ) -> ParsedFeed:
        return parse.parse(body, url, now=now, content_type=content_type, lang=lang)


def feed(number: int = 1, health: Health | None = None, **wishes: object) -> Feed:
    """Return a feed of a host of its own."""
    url = f"https://host{number}.example/feed"
    return Feed(number, Subscription(url, **wishes), health=health or Health())  # type: ignore[arg-type]


async def pull(
    feeds: list[Feed], answer: Callable[[httpx.Request], httpx.Response], **options: int
) -> list[Pulled]:
    """Pull feeds from a server that answers so."""
    async with Fetcher(transport=httpx.MockTransport(answer), now=lambda: NOW) as fetcher:
        direct = Direct(fetcher, InProcess(), **options)
        return [pulled async for ready in direct.pull(feeds, lambda: NOW) for pulled in ready]


def reply(status: int = 200, body: bytes = RSS, **headers: str) -> httpx.Response:
    """Return a response with a stream for a body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, stream=httpx.ByteStream(body))


async def test_a_feed_comes_with_its_health() -> None:
    (pulled,) = await pull([feed()], lambda _: reply(etag='"a"', last_modified="then"))
    assert pulled.status == "ok"
    assert pulled.parsed is not None
    assert [entry.title for entry in pulled.parsed.entries] == ["A"]
    health = pulled.health
    assert (health.etag, health.last_modified, health.http, health.failures) == ('"a"', "then", 200, 0)
    assert health.last_fetch == health.last_ok == NOW
    assert health.next_fetch == NOW + timedelta(minutes=60)


async def test_the_same_bytes_are_not_parsed_again_and_validators_are_replaced_as_a_pair() -> None:
    (first,) = await pull([feed()], lambda _: reply(etag='"a"', last_modified="then"))
    (again,) = await pull([feed(health=first.health)], lambda _: reply(etag='"b"'))
    assert (again.status, again.parsed) == ("not_modified", None)
    assert (again.health.etag, again.health.last_modified) == ('"b"', None)


async def test_not_modified_keeps_validators_it_does_not_name() -> None:
    known = Health(etag='"a"', last_modified="then", body_hash=b"h")
    (pulled,) = await pull([feed(health=known)], lambda _: reply(304, b""))
    assert pulled.status == "not_modified"
    assert (pulled.health.etag, pulled.health.last_modified, pulled.health.body_hash) == ('"a"', "then", b"h")
    (renewed,) = await pull([feed(health=known)], lambda _: reply(304, b"", etag='"c"'))
    assert (renewed.health.etag, renewed.health.last_modified) == ('"c"', None)


async def test_a_failure_keeps_what_the_last_good_answer_left() -> None:
    known = Health(etag='"a"', last_ok=NOW - timedelta(days=1), failures=1)
    (pulled,) = await pull([feed(health=known)], lambda _: reply(500, b""))
    health = pulled.health
    assert pulled.status == "failed"
    assert pulled.error == health.error
    assert health.error is not None
    assert (health.etag, health.last_ok, health.failures, health.http) == ('"a"', known.last_ok, 2, 500)
    assert health.next_fetch is not None
    assert timedelta(hours=2) <= health.next_fetch - NOW <= timedelta(hours=2.2)


async def test_a_page_that_is_no_feed_is_a_failure_with_its_status() -> None:
    (pulled,) = await pull(
        [feed(health=Health(etag='"a"'))], lambda _: reply(body=b"<html><body>Hi</body></html>")
    )
    assert (pulled.status, pulled.health.http, pulled.health.etag) == ("failed", 200, '"a"')
    assert "web page" in str(pulled.error)


async def test_retry_after_is_waited_for_even_by_a_feed_that_is_always_due() -> None:
    (pulled,) = await pull([feed()], lambda _: reply(503, b"", retry_after="86400"), interval_minutes=0)
    assert pulled.health.next_fetch == NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (429, {"retry_after": "120"}, timedelta(hours=1)),
        (429, {"retry_after": "7200"}, timedelta(hours=2)),
        (503, {"retry_after": "0"}, timedelta(hours=1)),
        (503, {"retry_after": "999999999"}, timedelta(days=7)),
    ],
)
async def test_a_server_that_says_when_to_come_back_is_believed_however_often_it_failed(
    status: int, headers: dict[str, str], wait: timedelta
) -> None:
    (pulled,) = await pull([feed(health=Health(failures=8))], lambda _: reply(status, b"", **headers))
    assert pulled.health.next_fetch == NOW + wait
    seconds = min(int(headers["retry_after"]), 7 * 86_400)
    assert pulled.health.held_until == (NOW + timedelta(seconds=seconds) if seconds else None)


@pytest.mark.parametrize("status", [403, 404, 500, 502])
async def test_who_is_not_busy_is_backed_off_from_whatever_retry_after_says(status: int) -> None:
    (pulled,) = await pull([feed()], lambda _: reply(status, b"", retry_after="604800"))
    assert (pulled.health.wait, pulled.health.held_until) == ("failed", None)
    assert pulled.health.next_fetch == NOW + back_off(1, feed().url)


async def test_what_a_server_asked_for_is_over_once_it_answers() -> None:
    held = Health(held_until=NOW - timedelta(minutes=1), etag='"a"')
    for status in (200, 304, 500):
        (pulled,) = await pull([feed(health=held)], lambda _, at=status: reply(at))  # type: ignore[misc]
        assert pulled.health.held_until is None


async def test_too_many_requests_back_off_even_where_a_feed_is_always_due() -> None:
    known = Health(failures=2)
    (pulled,) = await pull([feed(health=known)], lambda _: reply(429, b""), interval_minutes=0)
    assert pulled.health.next_fetch == NOW + back_off(3, feed().url)
    (pulled,) = await pull([feed(health=known)], lambda _: reply(500, b""), interval_minutes=0)
    assert pulled.health.next_fetch is None


async def test_max_age_holds_a_feed_back_for_a_day_at_most() -> None:
    (pulled,) = await pull([feed()], lambda _: reply(cache_control="max-age=31536000"))
    assert pulled.health.next_fetch == NOW + timedelta(days=1)


async def test_an_answer_lasts_as_long_as_its_headers_say_also_when_it_is_confirmed() -> None:
    async def again(answered: httpx.Response) -> timedelta | None:
        (pulled,) = await pull([feed(health=first.health)], lambda _: answered)
        return pulled.health.next_fetch and pulled.health.next_fetch - NOW

    (first,) = await pull([feed()], lambda _: reply(cache_control="max-age=10800", etag='"a"'))
    assert (first.health.fresh_seconds, first.health.wait) == (10_800, "fresh")
    assert await again(reply(304, b"")) == timedelta(hours=3)
    assert await again(reply(304, b"", cache_control="max-age=7200")) == timedelta(hours=2)
    assert await again(reply(304, b"", cache_control="no-cache")) == timedelta(hours=1)
    assert await again(reply()) == timedelta(hours=1)  # the same bytes, whole: it says no more that it lasts


@pytest.mark.parametrize(
    ("days", "sent", "kept"),
    [
        (7.9, '"a"', NOW - timedelta(days=7.9)),
        (8, None, NOW),
        (400, None, NOW),
        (-400, '"a"', NOW + timedelta(400)),
    ],
)
async def test_a_server_that_never_sees_a_change_is_asked_for_the_whole_every_eight_days(
    days: float, sent: str | None, kept: datetime
) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return reply(304, b"") if "if-none-match" in request.headers else reply(etag='"b"')

    known = Health(etag='"a"', last_modified="then", last_whole=NOW - timedelta(days=days))
    (pulled,) = await pull([feed(health=known)], answer)
    assert seen[0].headers.get("if-none-match") == sent
    assert ("if-modified-since" in seen[0].headers) is (sent is not None)
    assert (pulled.status, pulled.health.last_whole) == ("not_modified" if sent else "ok", kept)


async def test_a_feed_that_fails_when_asked_for_the_whole_is_asked_for_it_again() -> None:
    known = Health(etag='"a"', last_whole=NOW - timedelta(days=9))
    (pulled,) = await pull([feed(health=known)], lambda _: reply(500, b""))
    assert (pulled.health.etag, pulled.health.last_whole) == ('"a"', known.last_whole)


async def test_a_feed_that_is_gone_is_not_asked_again() -> None:
    known = Health(etag='"a"', failures=1, next_fetch=NOW, held_until=NOW)
    (pulled,) = await pull([feed(health=known)], lambda _: reply(410, b""))
    health = pulled.health
    assert (pulled.status, health.wait, health.next_fetch, health.held_until) == (
        "failed",
        "gone",
        None,
        None,
    )
    assert (health.etag, health.failures) == ('"a"', 2)
    assert due([replace(feed(), health=pulled.health)], NOW + timedelta(days=99), force=True)[0] == []


async def test_what_a_feed_wishes_holds_also_while_it_does_not_change() -> None:
    wishes = b"<ttl>180</ttl><skipHours><hour>17</hour></skipHours>"  # it is 14:05
    body = RSS.replace(b"<title>T</title>", b"<title>T</title>" + wishes)
    (first,) = await pull([feed()], lambda _: reply(body=body, etag='"a"'))
    assert (first.health.next_fetch, first.health.wait) == (NOW.replace(hour=18, minute=0), "skip")
    for status, sent in ((304, b""), (200, body)):
        (again,) = await pull([feed(health=first.health)], lambda _, at=status, it=sent: reply(at, it))  # type: ignore[misc]
        assert (again.status, again.health.next_fetch) == ("not_modified", first.health.next_fetch)
    (plain,) = await pull([feed(health=first.health)], lambda _: reply())
    assert (plain.health.next_fetch, plain.health.wait) == (NOW + timedelta(hours=1), "interval")


async def test_intervals() -> None:
    async def next_fetch(wishes: dict[str, int], **options: int) -> timedelta | None:
        (pulled,) = await pull([feed(**wishes)], lambda _: reply(cache_control="max-age=7200"), **options)
        return None if pulled.health.next_fetch is None else pulled.health.next_fetch - NOW

    assert await next_fetch({}, interval_minutes=0) is None
    assert await next_fetch({"refresh_minutes": 0}) is None
    assert await next_fetch({}) == timedelta(hours=2)
    assert await next_fetch({"refresh_minutes": 240}) == timedelta(hours=4)


async def test_the_floor_holds_for_an_interval_of_a_feeds_own() -> None:
    (pulled,) = await pull([feed(refresh_minutes=1)], lambda _: reply(), min_interval_minutes=15)
    assert pulled.health.next_fetch == NOW + timedelta(minutes=15)


async def test_without_a_network_nobody_is_to_blame() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("down") from OSError(101, "unreachable")

    (pulled,) = await pull([feed()], answer)
    assert (pulled.status, pulled.health.failures) == ("failed", 0)
    assert pulled.health.next_fetch == NOW + timedelta(minutes=5)
    known = Health(next_fetch=NOW + timedelta(hours=3), wait="ttl", held_until=NOW + timedelta(hours=1))
    (forced,) = await pull([feed(health=known)], answer)
    assert forced.health == replace(known, error=forced.error)


async def test_one_bad_feed_does_not_hold_up_the_others() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return reply(404, b"") if request.url.host == "host3.example" else reply()

    pulls = await pull([feed(n) for n in range(1, 31)], answer)
    assert sorted(each.feed.id for each in pulls) == list(range(1, 31))
    assert [each.feed.id for each in pulls if each.status == "failed"] == [3]


async def test_closing_ends_what_is_under_way() -> None:
    fetcher = Fetcher(transport=httpx.MockTransport(lambda _: reply()))
    async with (
        fetcher,
        aclosing(Direct(fetcher, InProcess()).pull([feed(n) for n in range(9)], lambda: NOW)) as pulls,
    ):
        async for _ in pulls:
            break


async def test_there_is_no_server_to_tell() -> None:
    async with Fetcher() as fetcher:
        await backend("direct", fetcher=fetcher, worker=InProcess()).push([])


def test_an_unknown_backend_is_named() -> None:
    for name in ("elsewhere", "../direct"):
        with pytest.raises(ConfigError, match="known: direct"):
            backend(name)
