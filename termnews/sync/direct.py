"""The backend without a server: ask every feed itself.

It must never store anything, nor ask a feed refresh did not hand it; how the fetch went
is left in the feed's Health for the store.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, zip_longest
from typing import Protocol

from termnews.errors import FetchError, ParseError
from termnews.fetch import Fetched, Fetcher, new_address
from termnews.models import Change, Feed, Health, ParsedFeed, Pulled, Subscription
from termnews.sync import Clock
from termnews.sync.schedule import after_answer, after_failure, mask, wants_whole, without_network

_AHEAD = 4
"""Feeds fetched and waiting for the parser, beyond those on the wire."""
_TOGETHER = 0.1
"""Seconds in which what is ready is gathered, so that it lands on disk together."""
_MOST = 32
"""Feeds read and not yet handed on."""
_GONE, _TOO_MANY = 410, 429
_BUSY = (_TOO_MANY, 503)
"""Statuses whose Retry-After is believed: of others it is seldom meant."""


class Parser(Protocol):
    """What reads a feed document; termnews's worker process does."""

    async def parse(
        self, body: bytes, url: str, *, now: datetime, content_type: str = "", lang: str = ""
    ) -> ParsedFeed:
        """Return the feed the bytes hold, or raise ParseError."""


class Direct:
    """Fetches and parses feeds.

    Args:
        fetcher: brings the documents; its bounds decide how many are under way.
        worker: reads them, one at a time.
        interval_minutes: time between two fetches of a feed; 0: always due.
        min_interval_minutes: floor for the interval a feed has of its own; 0: none.
    """

    def __init__(
        self, fetcher: Fetcher, worker: Parser, *, interval_minutes: int = 60, min_interval_minutes: int = 5
    ) -> None:
        self._fetcher = fetcher
        self._worker = worker
        self._parsing = asyncio.Lock()
        self._interval = interval_minutes
        self._floor = min_interval_minutes

    async def pull(self, feeds: Sequence[Feed], now: Clock) -> AsyncGenerator[Sequence[Pulled], None]:
        """Yield one record per feed, in the order they are ready; closing cancels what is under way."""
        waiting = _spread(feeds)
        ready: asyncio.Queue[Pulled | None] = asyncio.Queue(_MOST)

        async def ask() -> None:
            for feed in waiting:
                await ready.put(await self._pull(feed, now))

        async def ask_all() -> None:
            try:
                await asyncio.gather(*(ask() for _ in range(self._fetcher.concurrency + _AHEAD)))
            finally:
                await ready.put(None)

        asking = asyncio.create_task(ask_all())
        try:
            ended = False
            while not ended:
                came = [await ready.get()]
                if came[0] is not None:
                    await asyncio.wait({asking}, timeout=_TOGETHER)
                while not ready.empty():
                    came.append(ready.get_nowait())
                ended = None in came
                if together := [each for each in came if each is not None]:
                    yield together
            await asking
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)

    async def push(self, changes: Sequence[Change]) -> None:
        """Accept every change: there is no server to tell."""

    async def _pull(self, feed: Feed, now: Clock) -> Pulled:
        health, wishes = feed.health, feed.subscription
        try:
            whole = wants_whole(health, now())
            etag, last_modified = (None, None) if whole else (health.etag, health.last_modified)
            answer = await self._fetcher.get(
                feed.url, etag=etag, last_modified=last_modified, subscription=wishes
            )
            if answer.status == 304 and answer.moved_to not in (None, health.elsewhere):
                answer = await self._delivered(answer, wishes)
            return await self.read(feed, answer, now)
        except FetchError as error:
            return self._failed(feed, error, now())

    async def _delivered(self, answer: Fetched, wishes: Subscription) -> Fetched:
        """Return what a feed delivers from the place it moved to for good, where a 304 alone proves nothing.

        It is asked once without validators, as a feed that is added. A feed that takes its secrets nowhere
        is not asked there.
        """
        if answer.moved_to is None or new_address(wishes, answer.moved_to) is None:
            return answer
        try:
            whole = await self._fetcher.get(answer.moved_to, subscription=wishes)
        except FetchError:
            return replace(answer, moved_to=None)
        return replace(whole, moved_to=whole.moved_to or answer.moved_to)

    async def read(self, feed: Feed, answer: Fetched, now: Clock) -> Pulled:
        """Return the record of an answer: unchanged, read, or not to be read."""
        digest = feed.health.body_hash if answer.status == 304 else hashlib.sha256(answer.body).digest()
        if digest == feed.health.body_hash:
            health = self._good(feed, answer, now(), digest)
            return Pulled(feed, "not_modified", health, moved_to=answer.moved_to)
        try:
            async with self._parsing:
                parsed = await self._worker.parse(
                    answer.body, feed.url, now=now(), content_type=answer.content_type, lang=feed.lang
                )
        except ParseError as error:
            return self._failed(feed, FetchError(str(error), http=answer.status), now())
        wishes = replace(
            feed.health,
            ttl_minutes=parsed.ttl_minutes,
            skip_hours=mask(parsed.skip_hours),
            skip_days=mask(parsed.skip_days),
        )
        health = self._good(replace(feed, health=wishes), answer, now(), digest)
        return Pulled(feed, "ok", health, parsed, moved_to=answer.moved_to)

    def _good(self, feed: Feed, answer: Fetched, now: datetime, digest: bytes | None) -> Health:
        """Return the health after a good answer; the validators are replaced as a pair.

        A 304 that names neither of them leaves both as they are, and one that does not say how long it
        lasts lasts as long as the answer it confirms (RFC 9111 §4.3.4).
        """
        etag, last_modified, fresh = answer.etag, answer.last_modified, answer.max_age
        if answer.status == 304 and not etag and not last_modified:
            etag, last_modified = feed.health.etag, feed.health.last_modified
        if answer.status == 304 and fresh is None:
            fresh = feed.health.fresh_seconds
        lasts = timedelta(seconds=fresh or 0)
        next_fetch, wait = after_answer(now, self._every(feed), lasts, feed.health)
        return replace(
            feed.health,
            etag=etag,
            last_modified=last_modified,
            body_hash=digest,
            last_fetch=now,
            last_ok=now,
            next_fetch=next_fetch,
            wait=wait,
            http=answer.status,
            error=None,
            failures=0,
            held_until=None,
            fresh_seconds=fresh,
            elsewhere=feed.health.elsewhere if answer.moved_to else None,
            stays=feed.health.stays if answer.moved_to else "",
            last_whole=feed.health.last_whole if answer.status == 304 else now,
        )

    def _failed(self, feed: Feed, error: FetchError, now: datetime) -> Pulled:
        """Return the record of a failure; what the last good answer left is kept."""
        before, said = feed.health, str(error)
        health = replace(before, http=error.http, error=said)
        if error.offline:  # it was not asked: nothing left this machine
            next_fetch, wait = without_network(now, timedelta(minutes=self._floor), before)
            return Pulled(feed, "failed", replace(health, next_fetch=next_fetch, wait=wait), error=said)
        health = replace(health, last_fetch=now, failures=before.failures + 1)
        if error.http == _GONE:
            gone = replace(health, wait="gone", next_fetch=None, held_until=None)
            return Pulled(feed, "failed", gone, error=said)
        asked = error.retry_after if error.http in _BUSY else None
        asks = None if asked is None else timedelta(seconds=asked)
        every = self._every(feed)
        failures = health.failures if every or error.http == _TOO_MANY else 0
        next_fetch, wait = after_failure(now, every, asks, failures, before, feed.url)
        held_until = now + asks if asks else None
        health = replace(health, next_fetch=next_fetch, wait=wait, held_until=held_until)
        return Pulled(feed, "failed", health, error=said)

    def _every(self, feed: Feed) -> timedelta:
        """Return the interval of a feed, not below the floor; none: always due."""
        own = feed.subscription.refresh_minutes
        wanted = self._interval if own is None else own
        return timedelta(minutes=max(wanted, self._floor) if wanted else 0)


def _spread(feeds: Sequence[Feed]) -> Iterator[Feed]:
    """Yield the feeds so that those of one host do not stand behind each other."""
    hosts: defaultdict[str, list[Feed]] = defaultdict(list)
    for feed in feeds:
        hosts[feed.url.partition("//")[2].partition("/")[0]].append(feed)
    rounds = zip_longest(*hosts.values())
    return (feed for feed in chain.from_iterable(rounds) if feed is not None)


BACKEND = Direct
