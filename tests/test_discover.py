"""The feed behind an address: the feed itself, the one a page names, or one at a common path."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import httpx
import pytest

from termnews import parse
from termnews.discover import Discovered, complete, discover
from termnews.errors import FetchError, ParseError
from termnews.fetch import Fetcher
from termnews.models import ParsedFeed
from tests.conftest import NOW

FEED = b"<rss version='2.0'><channel><title>Pamir Post</title><item><title>A</title></item></channel></rss>"
COMMENTS = FEED.replace(b"Pamir Post", b"Comments")
PAGE = b"""<html><head>
<link rel="alternate" type="application/rss+xml" href="/main.xml">
<link rel="alternate" type="application/rss+xml" href="/comments.xml" title="Comments">
</head><body>News</body></html>"""
BARE = b"<html><head><title>News</title></head><body>No feed is named here.</body></html>"


class InProcess:
    """Reads with termnews's own parser, without the process around it."""

    async def parse(self, body: bytes, url: str, *, now: datetime, content_type: str = "") -> ParsedFeed:
        return parse.parse(body, url, now=now, content_type=content_type)

    async def find_feeds(self, body: bytes, url: str, content_type: str = "") -> tuple[str, ...]:
        return parse.find_feeds(body, url, content_type)


async def find(pages: dict[str, bytes], url: str) -> tuple[Discovered, list[str]]:
    """Discover over a site that has these paths; return the feed and the paths asked for."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        body = pages.get(request.url.path)
        if body is None:
            return httpx.Response(404)
        return httpx.Response(200, stream=httpx.ByteStream(body))

    async with Fetcher(transport=httpx.MockTransport(answer)) as fetcher:
        return await discover(fetcher, InProcess(), url, NOW), asked


@pytest.mark.parametrize("page", ["https://93.184.216.34/", "http://127.0.0.1/"])
async def test_a_public_page_leads_to_no_private_feed(page: str) -> None:
    named = PAGE.replace(b"/main.xml", b"http://127.0.0.2/main.xml").replace(
        b"/comments.xml", b"http://10.0.0.1/c"
    )
    pages = {"/": named, "/main.xml": FEED}
    if page == "http://127.0.0.1/":  # the user's own network may name itself
        assert (await find(pages, page))[0].url == "http://127.0.0.2/main.xml"
        return
    with pytest.raises(ParseError, match="no feed was found"):
        await find(pages, page)


async def test_a_feed_is_taken_as_it_is() -> None:
    found, asked = await find({"/feed": FEED}, "https://pamir.example/feed")
    assert found.url == "https://pamir.example/feed"
    assert found.parsed.title == "Pamir Post"
    assert found.fetched.body == FEED
    assert asked == ["/feed"]


async def test_the_feed_a_page_names_is_found() -> None:
    pages = {"/": PAGE, "/main.xml": FEED, "/comments.xml": COMMENTS}
    found, asked = await find(pages, "https://pamir.example/")
    assert (found.url, found.parsed.title) == ("https://pamir.example/main.xml", "Pamir Post")
    assert asked == ["/", "/main.xml"]


async def test_a_named_feed_that_fails_gives_way_to_the_next() -> None:
    found, _ = await find({"/": PAGE, "/main.xml": BARE, "/comments.xml": COMMENTS}, "https://pamir.example/")
    assert found.url == "https://pamir.example/comments.xml"


async def test_common_paths_are_tried_below_the_page_and_at_the_root() -> None:
    found, asked = await find({"/news/tj": BARE, "/rss.xml": FEED}, "https://pamir.example/news/tj")
    assert found.url == "https://pamir.example/rss.xml"
    assert asked[1] == "/news/tj/feed"


async def test_paths_are_not_guessed_when_the_page_names_a_feed() -> None:
    with pytest.raises(ParseError, match=r"no feed was found at https://pamir\.example/"):
        await find({"/": PAGE, "/feed": FEED}, "https://pamir.example/")


async def test_no_feed_anywhere_is_said_without_credentials() -> None:
    with pytest.raises(ParseError, match=r"no feed was found at https://pamir\.example/: ") as caught:
        await find({"/": BARE}, "https://me:secret@pamir.example/")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "target", "followed"),
    [
        ("https://pamir.example/old", "/feed", "https://pamir.example/feed"),
        ("https://me:pw@pamir.example/old", "/feed", "https://me:pw@pamir.example/feed"),
        ("http://me:pw@pamir.example/old", "https://pamir.example/feed", "https://me:pw@pamir.example/feed"),
        ("https://me:pw@pamir.example/old", "https://o.example/feed", "https://me:pw@pamir.example/old"),
        ("https://pamir.example/old", "https://o.example/feed", "https://o.example/feed"),
    ],
)
async def test_a_feed_that_moved_is_followed_where_its_password_may_go(
    typed: str, target: str, followed: str
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/old":
            return httpx.Response(301, headers={"Location": target})
        return httpx.Response(200, stream=httpx.ByteStream(FEED))

    async with Fetcher(transport=httpx.MockTransport(answer)) as fetcher:
        found = await discover(fetcher, InProcess(), typed, NOW)
    assert found.url == followed


async def test_an_address_that_cannot_be_fetched_is_an_error_of_its_own() -> None:
    with pytest.raises(FetchError, match="404"):
        await find({}, "https://pamir.example/gone")


async def test_a_file_that_is_no_feed_is_not_guessed_around(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(BARE)
    with pytest.raises(ParseError, match="web page"):
        await find({}, path.as_uri())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("https://a.example/x", "https://a.example/x"),
        (" a.example/feed ", "https://a.example/feed"),
        ("feed://a.example/feed", "https://a.example/feed"),
        ("file:///srv/news.xml", "file:///srv/news.xml"),
        ("/nowhere/news.xml", "file:///nowhere/news.xml"),
        ("~nobody-of-that-name/news.xml", "{folder}/~nobody-of-that-name/news.xml"),
        ("./gone.xml", "{folder}/gone.xml"),
        ("gone.xml", "https://gone.xml"),
        ("", "https://"),
        ("x" * 5000, "https://" + "x" * 5000),
    ],
)
def test_an_address_is_completed(tmp_path: Path, typed: str, expected: str) -> None:
    assert complete(typed, tmp_path) == expected.format(folder=tmp_path.as_uri())


def test_a_path_that_exists_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "news.xml").write_bytes(FEED)
    assert complete("news.xml", tmp_path) == (tmp_path / "news.xml").as_uri()
    (tmp_path / "my news.xml").write_bytes(FEED)
    assert complete("my news.xml", tmp_path) == (tmp_path / "my news.xml").as_uri()
