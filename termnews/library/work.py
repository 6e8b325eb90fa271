"""Put the parts of a refresh together: fetcher, worker and backend, for as long as it runs.

It must never decide what is new or due: that is refresh's.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from termnews import refresh as refreshing
from termnews.config import Config
from termnews.fetch import Fetcher
from termnews.library.correcting import tagger
from termnews.library.turns import turn
from termnews.models import Feed, FeedUpdate, Moved, Pulled
from termnews.store import Store
from termnews.sync.direct import Direct
from termnews.worker import Worker

if TYPE_CHECKING:
    from termnews.discover import Discovered

Clock = Callable[[], datetime]
Move = Callable[[Pulled], Moved | None]
"""Follows a feed to its new address, or says why it stays; None where that could not be kept."""


def fetcher(config: Config) -> Fetcher:
    """Return a fetcher with the limits of the configuration."""
    return Fetcher(
        concurrency=config.concurrency,
        per_host=config.per_host,
        timeout_seconds=config.timeout_seconds,
        max_body_bytes=int(config.max_body_mb * 1_000_000),
        contact=config.user_agent_contact,
        proxy=config.proxy,
        allow_private=config.allow_private_addresses,
    )


def _direct(config: Config, getter: Fetcher, worker: Worker) -> Direct:
    return Direct(
        getter,
        worker,
        interval_minutes=config.refresh_minutes,
        min_interval_minutes=config.min_interval_minutes,
    )


async def refresh(
    store: Store,
    config: Config,
    feeds: Sequence[Feed],
    clock: Clock,
    *,
    force: bool,
    gently: bool,
    move: Move,
    waits: Callable[[], None],
) -> AsyncGenerator[FeedUpdate, None]:
    """Refresh these feeds from their own servers; one update per feed, as they come.

    A refresh of all feeds waits for another one under way (`waits` is told), and asks what is due then.
    `gently`: those asked within `min_interval_minutes` are left alone whatever `force` says.
    """
    floor = timedelta(minutes=config.min_interval_minutes if gently else 0)
    async with (
        _turn(store, config, feeds, waits) as feeds,
        fetcher(config) as getter,
        Worker(log_path=config.log_path) as worker,
    ):
        pulls = refreshing.refresh(
            store,
            _direct(config, getter, worker),
            feeds,
            tagger(config),
            now=clock,
            force=force,
            floor=floor,
            move=move,
        )
        async with aclosing(pulls) as updates:
            async for update in updates:
                yield update


@asynccontextmanager
async def _turn(
    store: Store, config: Config, feeds: Sequence[Feed], waits: Callable[[], None]
) -> AsyncGenerator[Sequence[Feed], None]:
    """Wait for another refresh, unless some feeds alone are wanted; give the feeds as they fare then."""
    if len(feeds) < len(store.feeds()):
        yield feeds
        return
    async with turn(config.data_dir, waits) as waited:
        now = {each.id: each for each in store.feeds()} if waited else {}
        yield [now.get(each.id, each) for each in feeds]


async def add(
    store: Store, config: Config, address: str, clock: Clock, follow: Callable[[Discovered], Feed]
) -> FeedUpdate:
    """Find the feed at an address or of the page there, follow it, and keep what was fetched of it.

    The feed is asked once: what discovery brought is what is stored, validators included.
    """
    from termnews.discover import complete, discover

    async with fetcher(config) as getter, Worker(log_path=config.log_path) as worker:
        found = await discover(getter, worker, complete(address, Path.cwd()), clock())
        feed = follow(found)
        pulled = await _direct(config, getter, worker).read(feed, found.fetched, clock)
        update = refreshing.keep(store, pulled, clock())
    for _ in refreshing.finish(store, tagger(config)):
        pass
    return update
