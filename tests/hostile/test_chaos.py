"""Servers that do all a server can do wrong: each fetch ends in time, within its cap, with one sentence."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from datetime import UTC, datetime

import pytest

from termnews.errors import FetchError, ParseError
from termnews.fetch import Fetched, Fetcher
from termnews.parse import parse
from tests.hostile.chaos import FEED, HEAD, Behaviour, forever, say, serving, silence, whole

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
CAP = 50_000
"""Bytes of a body in these tests."""
BOMB = gzip.compress(b"\0" * 30_000_000, mtime=0)
NESTED = gzip.compress(gzip.compress(b"\0" * 1_000_000, mtime=0), mtime=0)
GZIP = HEAD + b"Content-Encoding: gzip\r\n"


async def refused(behave: Behaviour, seconds: float = 10) -> str:
    """Return why a fetch is given up; `seconds`: how long a read may take."""
    started = time.monotonic()
    async with serving(behave) as chaos, Fetcher(timeout_seconds=seconds, max_body_bytes=CAP) as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.get(chaos.url)
    assert time.monotonic() - started < 3 * seconds + 5
    said = str(caught.value)
    assert said.isprintable() and len(said) < 600
    return said


async def fetched(behave: Behaviour, **known: str) -> Fetched:
    """Return what a fetch brings."""
    async with serving(behave) as chaos, Fetcher(timeout_seconds=10, max_body_bytes=CAP) as fetcher:
        return await fetcher.get(chaos.url, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("behave", "said"),
    [
        (silence, "said nothing"),
        (forever(b"", b"H", 0.02), "was not through"),
        (forever(HEAD, b"X-A: b\r\n", 0.02), "was not through"),
        (forever(HEAD + b"\r\n", b"x", 0.02), "was not through"),
        (forever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.02), "was not through"),
        (forever(GZIP + b"\r\n", b"\x1f", 0.02), "damaged"),
    ],
)
async def test_slow_servers_are_cut_by_the_deadline(behave: Behaviour, said: str) -> None:
    assert said in await refused(behave, 0.2)


@pytest.mark.parametrize(
    "behave",
    [
        forever(HEAD + b"\r\n", b"x" * 10_000),
        forever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"2710\r\n" + b"x" * 10_000 + b"\r\n"),
        forever(GZIP + b"\r\n", gzip.compress(b"x" * 10_000, mtime=0)),
        say(HEAD + b"Content-Length: 99999999999999999999\r\n\r\n", b"x" * 100),
        say(GZIP + b"\r\n", BOMB),
        say(HEAD + b"Content-Encoding: deflate\r\n\r\n", zlib.compress(b"\0" * 30_000_000)),
    ],
)
async def test_bodies_without_end_are_cut_at_the_cap(behave: Behaviour) -> None:
    assert "larger than 0.05 MB" in await refused(behave)


async def test_a_bomb_is_not_held_in_memory() -> None:
    tracemalloc.start()
    try:
        await refused(say(GZIP + b"\r\n", BOMB))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10_000_000


async def test_a_body_that_unpacks_to_nothing_but_itself_is_refused_below_the_cap() -> None:
    small = gzip.compress(b"\0" * 9_000_000, mtime=0)
    async with serving(say(GZIP + b"\r\n", small)) as chaos, Fetcher() as fetcher:
        with pytest.raises(FetchError, match="unpacks to more than 200 times its size"):
            await fetcher.get(chaos.url)


@pytest.mark.parametrize(
    "encoding", [b"gzip, gzip", b"br", b"zstd", b"compress", b"gzip\r\nContent-Encoding: gzip"]
)
async def test_packings_nobody_asked_for_are_refused(encoding: bytes) -> None:
    said = await refused(say(HEAD + b"Content-Encoding: " + encoding + b"\r\n\r\n", NESTED))
    assert "which was not asked for" in said


async def test_a_gzip_within_gzip_is_unpacked_once() -> None:
    answer = await fetched(say(GZIP + b"\r\n", NESTED))
    with pytest.raises(ParseError, match="gzip data that was not unpacked"):
        parse(answer.body, answer.url, now=NOW)


@pytest.mark.parametrize(
    ("behave", "said"),
    [
        (say(HEAD + b"Content-Length: 100\r\n\r\nhalf"), "half way"),
        (say(GZIP + b"\r\n", gzip.compress(FEED * 9, mtime=0)[:40]), "half way"),
        (say(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhalf"), "half way"),
        (say(HEAD + b"Content-Length: 100\r\n\r\nhalf", reset=True), "broke"),
        (say(b"", reset=True), "the connection"),
        (say(b""), "closed the connection without an answer"),
        (say(GZIP + b"\r\n", b"\x1f\x8b" + b"no gzip" * 9), "damaged"),
        (say(HEAD + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nx"), "HTTP"),
    ],
)
async def test_answers_that_break_off(behave: Behaviour, said: str) -> None:
    assert said in await refused(behave)


@pytest.mark.parametrize(
    "behave",
    [
        say(b"220 smtp.example ESMTP\r\n\r\n"),
        say(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 10),
        say(b"HTTP/1.1 2000 OK\r\n\r\n"),
        say(b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n"),
        say(b"HTTP/1.1 200 OK\r\nX: a\x00b\r\n\r\n"),
        say(HEAD + b"Content-Length: -5\r\n\r\n"),
        say(HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
    ],
)
async def test_answers_that_are_not_http(behave: Behaviour) -> None:
    assert "did not answer in HTTP" in await refused(behave)


@pytest.mark.parametrize(
    "behave",
    [
        say(HEAD + b"X-Big: " + b"a" * 1_000_000 + b"\r\n\r\n" + FEED),
        say(HEAD + b"X-A: b\r\n" * 200_000 + b"\r\n" + FEED),
        forever(HEAD, b"X-A: b\r\n" * 1_000),
        forever(b"HTTP/1.1 200 ", b"O" * 10_000),
        forever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-A: b\r\n" * 1_000),
        forever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;a=", b"b" * 10_000),
    ],
)
async def test_huge_heads_are_cut(behave: Behaviour) -> None:
    assert "HTTP" in await refused(behave)


async def test_a_lying_length_that_is_too_short_brings_no_more_than_it_says() -> None:
    answer = await fetched(say(HEAD + b"Content-Length: %d\r\n\r\n" % len(FEED) + FEED + b"<rss>trailing"))
    assert answer.body == FEED


@pytest.mark.parametrize(
    "kind", [b"text/html", b"image/png", b"application/octet-stream; charset=\xff\x1b", b"", b"a" * 5_000]
)
async def test_the_wrong_content_type_is_no_reason_to_refuse_a_feed(kind: bytes) -> None:
    kind = kind.replace(b"\x1b", b"")  # h11 itself refuses control characters in headers
    answer = await fetched(whole(FEED, b"Content-Type: " + kind))
    parsed = parse(answer.body, answer.url, now=NOW, content_type=answer.content_type)
    assert [entry.title for entry in parsed.entries] == ["one"]
    assert answer.content_type.isprintable()


async def test_a_page_in_the_place_of_a_feed_is_said_so() -> None:
    answer = await fetched(
        whole(b"<!doctype html><title>Log in</title>", b"Content-Type: application/rss+xml")
    )
    with pytest.raises(ParseError, match="this is a web page, not a feed"):
        parse(answer.body, answer.url, now=NOW)


@pytest.mark.parametrize(
    "status", [b"404 \x1b[31mNo", b"500 Oops", b"418 Tea", b"599 ?", b"204 No", b"206 Part"]
)
async def test_other_statuses_are_named_in_our_words(status: bytes) -> None:
    said = await refused(whole(b"", status=status.replace(b"\x1b", b"")))
    assert f"answered {status[:3].decode()}" in said
    assert "[31m" not in said


async def test_a_304_nobody_asked_for_is_said_and_one_that_was_is_believed() -> None:
    assert "answered 304" in await refused(whole(b"", status=b"304 Not Modified"))
    answer = await fetched(whole(b"", status=b"304 Not Modified"), etag='"a"')
    assert (answer.status, answer.body) == (304, b"")


@pytest.mark.parametrize(
    "location",
    [
        b"/feed",
        b"/feed#again",
        b"javascript:alert(1)",
        b"file:///etc/passwd",
        b"http://",
        b"//[::1",
        b"gopher://a.example/\xff\x9b31m",
        b"http://a.example:99999/",
        b"/" + b"x" * 60_000,
    ],
)
async def test_redirects_that_lead_nowhere(location: bytes) -> None:
    said = await refused(whole(b"", b"Location: " + location, status=b"302 Found"))
    assert said.startswith("http://127.0.0.1:")
    assert "etc/passwd" not in said or "nothing can be fetched" in said


async def test_a_redirect_that_counts_up_is_left() -> None:
    count = 0

    async def behave(writer: object) -> None:
        nonlocal count
        count += 1
        await whole(b"", b"Location: /%d" % count, status=b"301 Moved")(writer)  # type: ignore[arg-type]

    assert "redirects more than 5 times" in await refused(behave)
    assert count == 6


async def test_odd_validators_and_dates_do_no_harm() -> None:
    odd = (b'ETag: "\xff\xfe"', b"Last-Modified: yesterday", b"Expires: -1", b"Date: 0", b"Retry-After: 9e99")
    answer = await fetched(whole(FEED, *odd, b"Cache-Control: max-age=99999999999999999999, ,=;"))
    assert (answer.etag, answer.last_modified) == ('"\xff\xfe"', "yesterday")


async def test_cookies_are_not_kept() -> None:
    behave = whole(FEED, b"Set-Cookie: id=31337")
    async with serving(behave) as chaos, Fetcher() as fetcher:
        await fetcher.get(chaos.url)
        await fetcher.get(chaos.url)
    assert len(chaos.requests) == 2
    assert b"31337" not in chaos.requests[1]
    assert b"Cookie" not in chaos.requests[1] and b"Referer" not in chaos.requests[1]
