"""Bring one picture of an article: kept or fetched → drawn → kept.

It must never fetch, read or keep anything itself, nor ask for more than one address a wish. What fails is an
answer, not an error: the caption stays.
"""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlsplit

from termnews.errors import FetchError, ImageError
from termnews.fetch import Fetched
from termnews.models import Article, Subscription
from termnews.models.pictures import Drawn, Frame, PictureAnswer, PictureWish


class Getter(Protocol):
    """What brings a picture: fetch.Fetcher."""

    async def get(
        self, url: str, *, subscription: Subscription | None = None, found_on: str = "", image: bool = False
    ) -> Fetched:
        """Return what stands at an address that a feed or a page named."""


class Reader(Protocol):
    """What draws a picture in safety: worker.Worker."""

    async def draw(self, body: bytes, url: str, frame: Frame) -> Drawn:
        """Return the picture, or raise ImageError."""


class Keeper(Protocol):
    """Where pictures are kept: image_cache.ImageCache."""

    def take(self, url: str) -> bytes | None:
        """Return a kept picture."""

    def keep(self, url: str, body: bytes) -> None:
        """Keep one."""


async def bring(
    wish: PictureWish, article: Article, getter: Getter, reader: Reader, cache: Keeper
) -> PictureAnswer:
    """Return the picture of a wish; where it cannot be had, why.

    Args:
        wish: which picture, and where it is to be drawn.
        article: the article it stands in.
        getter: brings it, if it is not kept.
        reader: draws it.
        cache: where it is kept.
    """
    try:
        if (kept := cache.take(wish.url)) is not None:
            drawn = await reader.draw(kept, wish.url, wish.frame)
        elif not wish.online:
            return _none(wish, "There is no network; the picture is not kept.")
        else:
            found = await fetched(wish.url, article, getter, full=wish.full)
            drawn = await reader.draw(found.body, wish.url, wish.frame)
            cache.keep(wish.url, drawn.kept)
    except (FetchError, ImageError) as error:
        return _none(wish, str(error))
    return PictureAnswer(wish.article, wish.url, drawn.picture)


async def fetched(url: str, article: Article, getter: Getter, *, full: bool) -> Fetched:
    """Ask for a picture, with nothing that tells of the page or of who reads it.

    Args:
        url: where it is.
        article: the article it stands in.
        getter: brings it.
        full: whether the full text names it; else it is the feed that does.

    Raises:
        FetchError: why it cannot be had.
    """
    if urlsplit(url).scheme not in ("http", "https"):  # a file is not what a feed may name
        raise FetchError("A picture is fetched from http and https only.")
    feed = article.feed
    page = article.full.base if full and article.full is not None else feed.url
    asked = Subscription(url, proxy=feed.subscription.proxy, user_agent=feed.subscription.user_agent)
    return await getter.get(url, subscription=asked, found_on=page or feed.url, image=True)


def _none(wish: PictureWish, why: str) -> PictureAnswer:
    return PictureAnswer(wish.article, wish.url, error=why)
