"""Pages that do not come: what is said of them, and when they are asked for again by themselves."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from termnews.downloading import download
from termnews.errors import FetchError
from termnews.fetch import Fetched
from termnews.models import Article, Downloaded, Entry, Feed, FullText, Subscription
from tests.conftest import NOW

FEED = Feed(1, Subscription("https://feed.example/rss"))


class Kept:
    """Two articles; what was refused of them, and when it is tried again."""

    def __init__(self) -> None:
        self.full_texts = self
        self.again: dict[int, datetime | None] = {}

    def article(self, number: int) -> Article:
        return Article(number, FEED, Entry("guid", "Title", f"https://feed.example/{number}"))

    def keep(self, number: int, full: FullText, now: datetime) -> int:
        return 10

    def refuse(self, number: int, why: str, now: datetime, again: datetime | None) -> None:
        self.again[number] = again

    def used(self) -> int:
        return 0


class Web:
    """Has the first page, and an error for the second; a page is an article."""

    concurrency = 1

    def __init__(self, error: FetchError) -> None:
        self._error = error

    async def get(
        self, url: str, *, subscription: Subscription | None = None, found_on: str = "", page: bool = False
    ) -> Fetched:
        if url.endswith("2"):
            raise self._error
        return Fetched(url, 200, b"", "text/html")

    async def extract(
        self, body: bytes, url: str, content_type: str = "", *, said: str = "", asked: str = ""
    ) -> FullText:
        return FullText("", url, "It.")


@pytest.mark.parametrize(
    ("error", "hours", "said"),
    [
        (FetchError("It said nothing.", lost=True), 1 / 6, "It said nothing."),
        (FetchError("It is too large."), 12, "It is too large."),
        (FetchError("Remove the feed.", http=410), None, "no longer there (410)"),
        (FetchError("Ask its publisher.", http=403), 12, "turns readers away (403)"),
        (FetchError("Later.", http=503, retry_after=24 * 3600), 24, "answers 503 for now"),
        (FetchError("It goes in a circle.", http=302), 12, "It goes in a circle."),
    ],
    ids=["lost", "refused", "gone", "denied", "busy", "circle"],
)
def test_a_page_that_does_not_come(error: FetchError, hours: float | None, said: str) -> None:
    kept, web = Kept(), Web(error)

    async def all_of() -> list[Downloaded]:
        work = download(kept, web, web, [1, 2], now=lambda: NOW, budget=1000, tag=lambda number: None)
        return [each async for each in work]

    first, second = asyncio.run(all_of())
    assert (first.status, second.status) == ("kept", "failed")
    assert second.error is not None and said in second.error and "feed." not in said
    assert kept.again == {2: None if hours is None else NOW + timedelta(hours=hours)}


@pytest.mark.parametrize(
    ("budget", "ordered", "order"),
    [(100_000_000, False, [3, 2, 1]), (100_000_000, True, [3, 1, 2]), (1_000, False, [3, 1, 2])],
    ids=["as they come", "in order", "little left"],
)
def test_a_slow_page_holds_up_no_other_unless_the_budget_is_short(
    budget: int, ordered: bool, order: list[int]
) -> None:
    class Slow(Web):
        concurrency = 2

        async def get(self, url: str, **rest: Any) -> Fetched:
            if url.endswith("1"):
                await second.wait()
            return Fetched(url, 200, b"", "text/html")

        async def extract(self, body: bytes, url: str, *rest: Any, **more: Any) -> FullText:
            if url.endswith("2") and order == [3, 1, 2]:
                second.set()
            return FullText("", url, "It.")

    async def all_of() -> list[int]:
        nonlocal second
        second = asyncio.Event()
        web = Slow(FetchError(""))
        work = download(
            *(Kept(), web, web, [3, 1, 2]),
            now=lambda: NOW, budget=budget, tag=lambda number: None, ordered=ordered,
        )  # fmt: skip
        came = []
        async for each in work:
            came.append(each.article)
            if each.article == 2:
                second.set()
        return came

    second = asyncio.Event()
    assert asyncio.run(all_of()) == order


def test_dead_hosts_that_answer_sooner_than_a_slow_page_are_not_the_network() -> None:
    class Dead(Web):
        concurrency = 4

        async def get(self, url: str, **rest: Any) -> Fetched:
            if url.endswith("/0"):
                for _ in range(100):  # looks of the loop: the others are long done
                    await asyncio.sleep(0)
                return Fetched(url, 200, b"", "text/html")
            refused.append(url)
            raise FetchError("It refused.", lost=True)

    async def all_of() -> list[Downloaded]:
        web = Dead(FetchError(""))
        work = download(
            *(Kept(), web, web, range(6)), now=lambda: NOW, budget=100_000_000, tag=lambda number: None
        )
        return [each async for each in work]

    refused = list[str]()
    came = asyncio.run(all_of())
    assert [each.status for each in came] == ["kept", *["failed"] * 5]
    assert not any(each.ends for each in came)
