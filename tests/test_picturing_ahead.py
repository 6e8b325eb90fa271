"""Pictures ahead of time: each once, in order, under the budget, and none for what fails."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from termnews.errors import FetchError, ImageError
from termnews.fetch import Fetched
from termnews.image_cache import ImageCache
from termnews.models import Article, Entry, Feed, FullText, Subscription
from termnews.models.pictures import MOST, Drawn, Frame, Picture
from termnews.picturing_ahead import Ahead

FEED = "https://feed.example/rss"


class Web:
    """Has a picture for every address but those it was told of; it remembers what was asked."""

    def __init__(self, errors: dict[str, FetchError] | None = None) -> None:
        self.asked: list[str] = []
        self.found_on: set[str] = set()
        self._errors = errors or {}

    async def get(
        self, url: str, *, subscription: Subscription | None = None, found_on: str = "", image: bool = False
    ) -> Fetched:
        assert image and subscription is not None and not subscription.headers and not subscription.username
        self.asked.append(url)
        self.found_on.add(found_on)
        for host, error in self._errors.items():
            if host in url:
                raise error
        return Fetched(url, 200, url.encode(), "image/png")


class Pencil:
    """Makes ten bytes of every picture but broken ones."""

    async def draw(self, body: bytes, url: str, frame: Frame) -> Drawn:
        if b"broken" in body:
            raise ImageError("It is damaged.")
        return Drawn(Picture(1, ()), b"x" * 10)


def article(*names: str, full: tuple[str, ...] = ()) -> Article:
    """Return an article whose feed, and full text, show pictures of these names."""
    entry = Entry("guid", "Title", "https://feed.example/1", content=_shown(names))
    page = FullText(_shown(full), "https://page.example/1", "All") if full else None
    feed = Feed(1, Subscription(FEED, headers={"X-Key": "secret"}, username="mara"))
    return replace(Article(7, feed, entry), full=page)


def _shown(names: tuple[str, ...]) -> str:
    return "".join(f"<p>Words.</p><img src='{each}' alt='It'>" for each in names)


def pictures(count: int, host: str = "a.example") -> tuple[str, ...]:
    """Return addresses."""
    return tuple(f"https://{host}/{at}.png" for at in range(count))


async def test_each_is_fetched_once_the_first_of_them_and_what_is_kept_not_at_all(tmp_path: Path) -> None:
    web, cache = Web(), ImageCache(tmp_path, 10_000)
    ahead = Ahead(web, Pencil(), cache)
    one, two, three, *_ = names = pictures(MOST + 3)
    cache.keep(two, b"kept")
    assert (
        await ahead.bring(article(one, two, one, "https://a.example/broken.png", "data:image/gif;base64,R0"))
        == 1
    )
    assert web.asked == [one, "https://a.example/broken.png"]
    assert await ahead.bring(article(one, two, "https://a.example/broken.png")) == 0
    assert cache.take(two) == b"kept" and len(web.asked) == 2
    assert await ahead.bring(article(*names)) == MOST - 2 and not ahead.over()
    assert web.asked[2:] == list(names[2:MOST]) and web.found_on == {FEED}
    # Of the full text where there is one: it is what the pane shows.
    assert await ahead.bring(article(three, full=("https://b.example/full.png",))) == 1
    assert web.asked[-1] == "https://b.example/full.png" and "https://page.example/1" in web.found_on
    assert await ahead.bring(article()) == 0


async def test_the_budget_is_kept_and_what_came_in_this_run_stays(tmp_path: Path) -> None:
    web, cache = Web(), ImageCache(tmp_path, 35)
    ahead, names = Ahead(web, Pencil(), cache), pictures(6)
    ImageCache(tmp_path, 35).keep("old", b"o" * 30)
    assert await ahead.bring(article(*names)) == 3
    assert ahead.over() and ahead.ends == "pictures"
    # Later the last of them make room for others first.
    ahead.close()
    ImageCache(tmp_path, 35).keep("looked at", b"x" * 10)
    kept = ("looked at", *names, "old")
    assert [cache.take(each) is not None for each in kept] == [*[True] * 3, *[False] * 5]


@pytest.mark.parametrize(
    ("error", "asked", "ends"),
    [
        (FetchError("Busy", http=429), 1, ""),
        (FetchError("Gone", http=404), 10, ""),
        (FetchError("Silent"), 3, ""),
        (FetchError("No network", offline=True), 3, "network"),
    ],
    ids=["busy", "gone", "silent", "no network"],
)
async def test_a_host_that_is_busy_or_silent_is_left_alone(
    error: FetchError, asked: int, ends: str, tmp_path: Path
) -> None:
    web = Web({"a.example": error})
    ahead = Ahead(web, Pencil(), ImageCache(tmp_path, 1000))
    assert await ahead.bring(article(*pictures(10))) == 0
    assert (len(web.asked), ahead.ends) == (asked, ends)
    if not ends:
        assert await ahead.bring(article(*pictures(2, "b.example"))) == 2
