"""A worker killed at a limit in the midst of a refresh costs one feed, which is named; the rest is stored."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from termnews.fetch import Fetcher
from termnews.models import FeedUpdate, Subscription
from termnews.refresh import refresh
from termnews.store import Store
from termnews.sync.direct import Direct
from termnews.worker import Worker
from tests.conftest import NOW
from tests.hostile.bombs import rss
from tests.hostile.corpus import GOOD_ENTRIES, good
from tests.test_refresh import TAGGER

# A comment hides the long author from the guards; feedparser's mail pattern is quadratic in it. The
# document type keeps it out of the fast lane.
SLOW = b"<!DOCTYPE rss>" + rss(f"<item><title>t</title><author>a<!-- -->{'a' * 200_000}</author></item>")
BIG = rss(f"<item><title>{'x' * 60_000_000}</title></item>")


@pytest.mark.parametrize(
    ("body", "limits", "said"),
    [
        (SLOW, {"cpu_seconds": 1}, "took more than 1 seconds of processor time"),
        (SLOW, {"seconds": 1.5}, "took more than 1.5 seconds"),
        (BIG, {"memory_bytes": 300 << 20}, "took more than 300 MB of memory"),
    ],
)
async def test_one_feed_is_lost_and_named(
    body: bytes, limits: dict[str, int], said: str, tmp_path: Path
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        number = int(request.url.path[1:])
        return httpx.Response(200, stream=httpx.ByteStream(body if number == 2 else good(number)))

    follow = [Subscription(f"https://a.example/{number}") for number in range(5)]
    store = Store(tmp_path / "cache.db", follow)
    fetcher = Fetcher(transport=httpx.MockTransport(answer), max_body_bytes=100_000_000)
    updates: list[FeedUpdate] = []
    async with fetcher, Worker(**limits) as worker:  # type: ignore[arg-type]
        backend = Direct(fetcher, worker)
        async for each in refresh(store, backend, store.feeds(), TAGGER, now=lambda: NOW):
            updates.append(each)
    failed = [each for each in updates if each.status == "failed"]
    assert [each.feed_url for each in failed] == ["https://a.example/2"]
    assert said in (failed[0].error or "")
    assert (failed[0].error or "").startswith("https://a.example/2: ")
    assert sum(each.new for each in updates) == 4 * GOOD_ENTRIES
    assert [feed.count.total for feed in store.feeds()] == [GOOD_ENTRIES] * 2 + [0] + [GOOD_ENTRIES] * 2
    store.close()
