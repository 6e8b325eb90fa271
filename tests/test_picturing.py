"""A picture of an article: fetched by the rules of fetching, drawn in the worker, kept."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from termnews.fetch import Fetcher, fetcher
from termnews.image_cache import ImageCache
from termnews.models import Article, Entry, Feed, FullText, Subscription
from termnews.models.pictures import Drawn, Frame, Picture, PictureWish
from termnews.picturing import bring
from termnews.worker import Worker

URL = "https://pictures.example/a.png"
FEED = "https://feed.example/rss"
WISH = PictureWish(7, URL, Frame(20, 8))
DRAWN = Drawn(Picture(1, ((("▀", 1, 2),),)), b"kept")


class Pencil:
    """Draws whatever it is given, and remembers it."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def draw(self, body: bytes, url: str, frame: Frame) -> Drawn:
        self.bodies.append(body)
        return DRAWN


class Web:
    """A network of one answer; it remembers what was asked."""

    def __init__(self, answer: httpx.Response | None = None) -> None:
        self.asked: list[httpx.Request] = []
        self._answer = answer or httpx.Response(200, content=b"picture")

    def getter(self) -> Fetcher:
        """Return a fetcher on this network."""
        return Fetcher(transport=httpx.MockTransport(self._serve), max_body_bytes=1000)

    def _serve(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self._answer
        stream = httpx.ByteStream(answer.content)
        return httpx.Response(answer.status_code, headers=answer.headers, stream=stream)


def article(feed: str = FEED, *, full: str = "") -> Article:
    """Return an article of a feed, whose server wants a password and a header."""
    wishes = Subscription(feed, headers={"X-Key": "secret"}, username="mara", user_agent="Reader/9")
    found = FullText("<p>All</p>", full, "All") if full else None
    return replace(Article(7, Feed(1, wishes), Entry("guid", "Title", "https://feed.example/1")), full=found)


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    async def leads_inside(name: str, *, proxied: bool) -> bool:
        return "inside" in name or name.startswith(("127.", "192.168."))

    monkeypatch.setattr(fetcher, "leads_inside", leads_inside)


async def test_it_is_fetched_once_and_asked_for_with_nothing_that_tells_who_reads(tmp_path: Path) -> None:
    web, pencil, cache = Web(), Pencil(), ImageCache(tmp_path, 1000)
    async with web.getter() as getter:
        answer = await bring(WISH, article(), getter, pencil, cache)
        again = await bring(WISH, article(), getter, pencil, cache)
    assert answer.picture == again.picture == DRAWN.picture and not answer.error
    assert pencil.bodies == [b"picture", b"kept"]
    (request,) = web.asked
    assert request.headers["accept"].startswith("image/")
    assert request.headers["user-agent"] == "Reader/9"
    assert not {"referer", "cookie", "authorization", "x-key"} & set(request.headers)


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("http://127.0.0.1/a.png", article()),
        ("http://inside.example/a.png", article()),
        ("http://192.168.1.1/a.png", article("http://inside.example/rss", full="https://page.example/1")),
        ("file:///etc/passwd", article()),
        ("/etc/passwd", article()),
        ("ftp://pictures.example/a.png", article()),
    ],
)
async def test_what_a_public_page_may_not_name_is_never_asked_for(
    url: str, page: Article, tmp_path: Path
) -> None:
    web, pencil = Web(), Pencil()
    wish = replace(WISH, url=url, full=page.full is not None)
    async with web.getter() as getter:
        answer = await bring(wish, page, getter, pencil, ImageCache(tmp_path, 1000))
    assert answer.picture is None and answer.error
    assert not web.asked and not pencil.bodies


async def test_a_feed_of_the_own_network_may_show_pictures_from_there(tmp_path: Path) -> None:
    web = Web()
    wish = replace(WISH, url="http://inside.example/a.png")
    async with web.getter() as getter:
        page = article("http://inside.example/rss")
        assert (await bring(wish, page, getter, Pencil(), ImageCache(tmp_path, 1000))).picture


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404),
        httpx.Response(200, content=b"x" * 1001),
        httpx.Response(302, headers={"location": "http://127.0.0.1/a.png"}),
    ],
    ids=["gone", "larger than max_body_mb", "led inside"],
)
async def test_what_fails_is_an_answer_and_leaves_nothing(answer: httpx.Response, tmp_path: Path) -> None:
    pencil, cache = Pencil(), ImageCache(tmp_path, 1000)
    async with Web(answer).getter() as getter:
        assert (await bring(WISH, article(), getter, pencil, cache)).error
    assert not pencil.bodies and cache.take(URL) is None


async def test_without_a_network_only_what_is_kept_is_drawn(tmp_path: Path) -> None:
    web, cache, wish = Web(), ImageCache(tmp_path, 1000), replace(WISH, online=False)
    async with web.getter() as getter:
        assert (await bring(wish, article(), getter, Pencil(), cache)).picture is None
        cache.keep(URL, b"kept")
        assert (await bring(wish, article(), getter, Pencil(), cache)).picture == DRAWN.picture
    assert not web.asked


async def test_the_worker_draws_and_refuses(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    pytest.importorskip("textual_image")
    out = io.BytesIO()
    image.new("RGB", (400, 200), (9, 9, 9)).save(out, "PNG")
    cache = ImageCache(tmp_path, 1_000_000)
    async with Worker() as worker, Web(httpx.Response(200, content=out.getvalue())).getter() as getter:
        drawn = await bring(WISH, article(), getter, worker, cache)
        page = Web(httpx.Response(200, content=b"<html></html>")).getter()
        refused = await bring(replace(WISH, url="https://a.example/"), article(), page, worker, cache)
    assert drawn.picture is not None and drawn.picture.columns == 20
    assert "damaged" in refused.error
    assert cache.take(URL) is not None and cache.take("https://a.example/") is None
