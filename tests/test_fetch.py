"""HTTP and files: what is asked, what is answered, and what is refused, over a faked transport."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import zlib
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews import __version__
from termnews.errors import FetchError
from termnews.fetch import Fetched, Fetcher
from termnews.fetch.address import file_path, is_private_ip
from termnews.fetch.answer import max_age, retry_after
from termnews.fetch.slots import SPACING, Slots
from termnews.models import Subscription
from tests.conftest import NOW

URL = "https://pamir.example/feed"
BODY = b"<rss/>"

Answer = Callable[[httpx.Request], httpx.Response]


def reply(status: int = 200, body: bytes = BODY, **headers: str) -> httpx.Response:
    """Return a response whose body is a stream, as one from the wire is."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, stream=httpx.ByteStream(body))


async def get(answer: Answer, url: str = URL, *, limit: int = 100_000, **wishes: object) -> Fetched:
    """Fetch an address from a server that answers so."""
    known = {name: wishes.pop(name) for name in ("etag", "last_modified") if name in wishes}
    subscription = Subscription(url, **wishes) if wishes else None  # type: ignore[arg-type]
    transport = httpx.MockTransport(answer)
    async with Fetcher(
        transport=transport, max_body_bytes=limit, now=lambda: NOW, contact="me@x.example"
    ) as f:
        return await f.get(url, subscription=subscription, **known)  # type: ignore[arg-type]


def distrusted() -> ssl.SSLCertVerificationError:
    """Return what ssl raises for a certificate nobody vouches for."""
    error = ssl.SSLCertVerificationError("bad")
    error.verify_message = "self-signed certificate"
    return error


async def refusal(answer: Answer, url: str = URL, **options: object) -> FetchError:
    """Return the error of a fetch that is refused."""
    with pytest.raises(FetchError) as caught:
        await get(answer, url, **options)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    return caught.value


def routes(pages: dict[str, httpx.Response], seen: list[httpx.Request] | None = None) -> Answer:
    """Return a server with these addresses; it keeps what it was asked."""

    def answer(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        return pages[str(request.url)]

    return answer


async def test_a_document_comes_with_its_validators() -> None:
    fetched = await get(lambda _: reply(etag='W/"x y"', last_modified="odd date", content_type="text/xml"))
    assert (fetched.status, fetched.body, fetched.etag, fetched.last_modified) == (
        200,
        BODY,
        'W/"x y"',
        "odd date",
    )
    assert fetched.content_type == "text/xml"
    assert fetched.moved_to is None


async def test_a_request_says_who_asks_and_nothing_else() -> None:
    seen: list[httpx.Request] = []
    await get(routes({URL: reply()}, seen), URL + "#part")
    (request,) = seen
    assert request.headers["user-agent"] == f"termnews/{__version__} (+me@x.example)"
    assert request.headers["accept-encoding"] == "gzip, deflate"
    assert "application/rss+xml" in request.headers["accept"]
    assert not {"cookie", "referer", "authorization", "if-none-match"} & set(request.headers)
    assert request.url.fragment == ""


async def test_validators_go_back_untouched() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return reply(304, b"")

    fetched = await get(answer, etag='W/"\xe4 b"', last_modified="Mon, 1 Foo")
    assert dict(seen[0].headers.raw)[b"If-None-Match".lower()] == b'W/"\xe4 b"'
    assert seen[0].headers["if-modified-since"] == "Mon, 1 Foo"
    assert (fetched.status, fetched.body) == (304, b"")


async def test_a_304_nobody_asked_for_is_an_error() -> None:
    assert (await refusal(lambda _: reply(304, b""))).http == 304


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(BODY), "gzip"),
        (zlib.compress(BODY), "deflate"),
        (zlib.compress(BODY)[2:-4], "deflate"),
        (gzip.compress(BODY[:3]) + gzip.compress(BODY[3:]), "x-gzip"),
        (gzip.compress(BODY) + b"\0\0", "gzip"),
        (BODY, "identity"),
    ],
    ids=["gzip", "zlib", "raw deflate", "two members", "padded", "plain"],
)
async def test_packed_bodies_are_unpacked(packed: bytes, encoding: str) -> None:
    assert (await get(lambda _: reply(body=packed, content_encoding=encoding))).body == BODY


@pytest.mark.parametrize(
    ("body", "encoding", "said"),
    [
        (b"x" * 2000, "", "larger than 1000 bytes"),
        (gzip.compress(b"x" * 1_000_000), "gzip", "larger than 1000 bytes"),
        (BODY, "br", "packed as “br”"),
        (gzip.compress(gzip.compress(BODY)), "gzip, gzip", "packed as “gzip, gzip”"),
        (b"\x1f\x8bgarbage", "gzip", "damaged"),
        (gzip.compress(BODY)[:-9], "gzip", "half way"),
        (gzip.compress(b"") * 80, "gzip", "too many pieces"),
    ],
    ids=["too large", "bomb", "brotli", "nested", "damaged", "cut off", "pieces"],
)
async def test_bodies_that_are_not_taken(body: bytes, encoding: str, said: str) -> None:
    error = await refusal(lambda _: reply(body=body, content_encoding=encoding), limit=1000)
    assert said in str(error)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "check the address"),
        (410, "for good"),
        (500, "tried again later"),
        (429, "too often"),
        (299, "299"),
    ],
)
async def test_a_status_is_named_with_its_remedy(status: int, said: str) -> None:
    error = await refusal(lambda _: reply(status, b"", retry_after="120"))
    assert said in str(error)
    assert (error.http, error.retry_after) == (status, 120)


async def test_permanent_redirects_move_the_feed_and_temporary_ones_do_not() -> None:
    pages = {
        URL: reply(301, b"", location="/new"),
        "https://pamir.example/new": reply(308, b"", location="https://other.example/x"),
        "https://other.example/x": reply(302, b"", location="/y"),
        "https://other.example/y": reply(),
    }
    assert (await get(routes(pages))).moved_to == "https://other.example/x"


async def test_redirects_that_lead_nowhere() -> None:
    circle = {
        URL: reply(302, b"", location="/a"),
        "https://pamir.example/a": reply(302, b"", location="/feed"),
    }
    assert "in a circle" in str(await refusal(routes(circle)))
    chain = {f"https://pamir.example/{n}": reply(302, b"", location=f"/{n + 1}") for n in range(9)}
    assert "more than 5 times" in str(await refusal(routes(chain), "https://pamir.example/0"))
    away = {URL: reply(302, b"", location="ftp://pamir.example/")}
    assert "nothing can be fetched" in str(await refusal(routes(away)))


async def test_credentials_stay_with_their_host() -> None:
    seen: list[httpx.Request] = []
    url = "https://me:hunter2@pamir.example/feed"
    pages = {URL: reply(302, b"", location="https://other.example/"), "https://other.example/": reply()}
    await get(routes(pages, seen), url, headers={"X-Key": "k"})
    assert seen[0].headers["authorization"].startswith("Basic ")
    assert seen[0].headers["x-key"] == "k"
    assert not {"authorization", "x-key"} & set(seen[1].headers)
    error = await refusal(lambda _: reply(404, b""), url)
    assert "hunter2" not in str(error)


async def test_credentials_never_go_from_https_to_http() -> None:
    pages = {URL: reply(302, b"", location="http://pamir.example/feed")}
    assert "plain http" in str(await refusal(routes(pages), username="me", password_command="echo pw"))


async def test_password_comes_from_a_command() -> None:
    seen: list[httpx.Request] = []
    await get(routes({URL: reply()}, seen), username="me", password_command="printf 'pw\\nmore'")
    assert seen[0].headers["authorization"] == httpx.BasicAuth("me", "pw")._auth_header
    for command, said in (("false", "status 1"), ("/none/such", "not be started"), ("'", "not be started")):
        error = await refusal(lambda _: reply(), username="me", password_command=command)
        assert said in str(error)


async def test_a_redirect_from_outside_to_inside_is_refused() -> None:
    def pages() -> dict[str, httpx.Response]:
        return {
            "https://93.184.216.34/": reply(302, b"", location="http://127.0.0.1:9/"),
            "http://127.0.0.1:9/": reply(),
            "http://10.0.0.1/": reply(302, b"", location="http://127.0.0.1:9/"),
        }

    assert "private" in str(await refusal(routes(pages()), "https://93.184.216.34/"))
    assert (await get(routes(pages()), "http://10.0.0.1/")).body == BODY
    async with Fetcher(transport=httpx.MockTransport(routes(pages())), allow_private=True) as fetcher:
        assert (await fetcher.get("https://93.184.216.34/")).body == BODY


@pytest.mark.parametrize(
    ("error", "said", "offline"),
    [
        (httpx.ConnectTimeout("x"), "not be reached within 20 s", False),
        (httpx.ReadTimeout("x"), "said nothing for 20 s", False),
        (httpx.ProxyError("x"), "proxy", False),
        (httpx.LocalProtocolError("x"), "check the headers", False),
        (
            httpx.RemoteProtocolError("Server disconnected without sending a response."),
            "without an answer",
            False,
        ),
        (httpx.RemoteProtocolError("peer closed connection (incomplete chunked read)"), "half way", False),
        (httpx.RemoteProtocolError("illegal status line"), "did not answer in HTTP", False),
        (httpx.ReadError("x"), "broke the connection off", False),
        (httpx.ConnectError("x"), "could not be reached", False),
    ],
)
async def test_trouble_on_the_way_is_one_sentence(error: Exception, said: str, offline: bool) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error

    refused = await refusal(answer)
    assert said in str(refused)
    assert refused.offline is offline


@pytest.mark.parametrize(
    ("cause", "said", "offline"),
    [
        (distrusted(), "certificate", False),
        (ssl.SSLError("bad"), "encryption", False),
        (socket.gaierror(socket.EAI_AGAIN, "x"), "no network", True),
        (socket.gaierror(socket.EAI_NONAME, "x"), "not known", False),
        (ConnectionRefusedError(), "refused the connection", False),
        (OSError(101, "unreachable"), "no network", True),
        (ExceptionGroup("all", [ConnectionRefusedError()]), "refused the connection", False),
    ],
)
async def test_why_a_host_cannot_be_reached(cause: Exception, said: str, offline: bool) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("all attempts failed") from cause

    refused = await refusal(answer)
    assert said in str(refused)
    assert refused.offline is offline


@pytest.mark.parametrize("url", ["ftp://a.example/", "http://", "https://a.example:99999/", "gopher://x"])
async def test_addresses_that_cannot_be_asked(url: str) -> None:
    await refusal(lambda _: reply(), url)


async def test_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "news feed.rss"
    path.write_bytes(BODY)
    for url in (path.as_uri(), str(path), f"file://localhost{path}"):
        fetched = await get(lambda _: reply(), url)
        assert (fetched.body, fetched.status, fetched.content_type) == (BODY, None, "application/rss+xml")


async def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    big = tmp_path / "big.xml"
    big.write_bytes(b"x" * 2000)
    cases = {
        str(tmp_path / "none.xml"): "is not there",
        str(tmp_path): "is not a file",
        str(big): "is larger than 1000 bytes",
        "file://elsewhere/x": "another machine",
        str(big / "under"): "cannot be read",
    }
    for url, said in cases.items():
        assert said in str(await refusal(lambda _: reply(), url, limit=1000))


def test_file_paths_are_told_from_addresses() -> None:
    assert file_path("feeds/a.xml") == "feeds/a.xml"
    assert file_path("FILE:///a%20b") == "/a b"
    assert file_path("https://a.example/") is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "90"}, 90),
        ({"retry-after": "99999999999"}, 7 * 86_400),
        ({"retry-after": "Tue, 24 Nov 2026 14:06:00 GMT"}, 60),
        ({"retry-after": "Tue, 24 Nov 2026 14:06:00 GMT", "date": "Tue, 24 Nov 2026 14:00:00 GMT"}, 360),
        ({"retry-after": "Mon, 23 Nov 2026 14:06:00 GMT"}, 0),
        ({"retry-after": "Tuesday, 24-Nov-26 14:06:00 GMT"}, 60),
        ({"retry-after": "Tue Nov 24 14:06:00 2026"}, 60),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "²"}, None),
        ({}, None),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: int | None) -> None:
    assert retry_after(headers, NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "max-age=600", "age": "200"}, 400),
        ({"cache-control": "max-age=600", "age": "700"}, 0),
        ({"cache-control": "max-age=600", "age": "soon"}, 600),
        ({"cache-control": "max-age=600", "age": "²"}, 600),
        ({"cache-control": "s-maxage=600"}, None),
        ({"expires": "Tue, 24 Nov 2026 14:06:00 GMT"}, 60),
        ({"expires": "Tue, 24 Nov 2026 14:06:00 GMT", "date": "Tue, 24 Nov 2026 14:00:00 GMT"}, 360),
        ({"expires": "Tue, 24 Nov 2026 14:06:00 GMT", "cache-control": "max-age=5"}, 5),
        ({"expires": "Tue, 24 Nov 2026 14:06:00 GMT", "cache-control": "no-store"}, 0),
        ({"expires": "Tue, 24 Nov 2026 14:06:00 GMT", "age": "20"}, 40),
        ({"expires": "0"}, 0),
        ({"expires": "Mon, 23 Nov 2026 14:06:00 GMT"}, 0),
        ({}, None),
    ],
)
def test_max_age(headers: dict[str, str], seconds: int | None) -> None:
    assert max_age(headers, NOW) == seconds


_HEADER = st.text(st.characters(max_codepoint=255), max_size=30)
_NUMBERS = st.integers(0, 10**30).map(str)


@given(
    st.dictionaries(
        st.sampled_from(["retry-after", "cache-control", "expires", "date", "age"]),
        _HEADER | _NUMBERS | _NUMBERS.map("max-age={}".format) | st.datetimes().map(format_datetime),
    )
)
def test_whatever_a_server_says_of_the_next_time_is_a_bounded_number_or_nothing(
    headers: dict[str, str],
) -> None:
    wait, lasts = retry_after(headers, NOW), max_age(headers, NOW)
    assert wait is None or 0 <= wait <= 7 * 86_400
    assert lasts is None or lasts >= 0


def test_half_a_second_is_waited_for_whole() -> None:
    headers = {"retry-after": "Tue, 24 Nov 2026 14:06:00 GMT"}
    assert retry_after(headers, NOW + timedelta(microseconds=500_000)) == 60


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("127.0.0.1", True), ("10.1.1.1", True), ("::1", True), ("fe80::1%eth0", True),
        ("::ffff:10.0.0.1", True),
        ("64:ff9b::a00:1", True), ("2002:a00:1::", True), ("224.0.0.1", True), ("8.8.8.8", False),
        ("2606:4700::1", False), ("pamir.example", False),
        ("fec0::1", True), ("::7f00:1", True), ("64:ff9b:1::a00:1", True), ("::", True),
        ("64:ff9b::808:808", False),
    ],
)  # fmt: skip
def test_private_addresses_are_known(text: str, private: bool) -> None:
    assert is_private_ip(text) is private


async def test_slots_bound_each_host_and_the_whole() -> None:
    slots = Slots(2, 1)
    async with slots.at(("a", 1)):
        assert slots._hosts["a", 1].locked()
        async with slots.at(("b", 1)):
            assert slots._all.locked()
    assert not slots._all.locked()


async def test_requests_to_one_host_start_apart_and_hold_nobody_else_up() -> None:
    now, starts = 100.0, list[tuple[str, float]]()

    async def sleep(seconds: float) -> None:
        nonlocal now
        assert not slots._all.locked()  # the wait for a host takes no place from the others
        now += seconds

    slots = Slots(1, 3, clock=lambda: now, sleep=sleep)
    for host in ("a", "a", "b", "a"):
        async with slots.at((host, 1)):
            starts.append((host, now - 100))
    a = [start for host, start in starts if host == "a"]
    assert a == pytest.approx([0, SPACING, 2 * SPACING])
    assert dict(starts)["b"] == pytest.approx(SPACING)  # at once, though it came behind them
    now += 60
    async with slots.at(("a", 1)):
        assert now == pytest.approx(160 + 2 * SPACING)


async def test_requests_that_waited_for_a_place_start_apart_all_the_same() -> None:
    now, starts = 100.0, list[float]()

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    slots = Slots(2, 2, clock=lambda: now, sleep=sleep)

    async def ask() -> None:
        async with slots.at(("a", 1)):
            starts.append(now)

    async with slots.at(("b", 1)), slots.at(("c", 1)):
        waiting = [asyncio.create_task(ask()) for _ in range(2)]
        await asyncio.sleep(0)
        now += 5  # both have waited long for one of all places
    await asyncio.gather(*waiting)
    assert starts == pytest.approx([105, 105 + SPACING])


async def test_a_request_given_up_while_it_waits_gives_back_what_it_holds() -> None:
    slots = Slots(1, 1)

    async def ask(host: str) -> None:
        async with slots.at((host, 1)):
            pass

    async with slots.at(("a", 1)):
        waiting = [asyncio.create_task(ask(host)) for host in ("a", "b")]
        await asyncio.sleep(0)
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    async with asyncio.timeout(5):
        await asyncio.gather(ask("a"), ask("b"))
