"""Places in the queue: how many requests run at once, altogether and to one host, and how far apart.

It must never let a request that waits for a busy host take a place another host could use.
"""

from __future__ import annotations

import asyncio
import time
from asyncio import Semaphore
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

from termnews.fetch.address import Place

SPACING: Final = 0.05
"""Seconds between the starts of two requests to one host and port."""


class Slots:
    """Bounds on requests under way.

    Args:
        concurrency: requests at once.
        per_host: requests at once to one host and port.
        clock: tells seconds and is never set back.
        sleep: waits for seconds.
    """

    def __init__(
        self,
        concurrency: int,
        per_host: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._all = Semaphore(max(concurrency, 1))
        self._hosts: defaultdict[Place, Semaphore] = defaultdict(lambda: Semaphore(max(per_host, 1)))
        self._free: dict[Place, float] = {}
        self._clock, self._sleep = clock, sleep

    @asynccontextmanager
    async def at(self, place: Place) -> AsyncIterator[None]:
        """Hold a place for one request to a host and port; what the host asks for is waited for first."""
        async with self._hosts[place]:
            await self._turn(place)
            try:
                yield
            finally:
                self._all.release()

    async def _turn(self, place: Place) -> None:
        """Take one of all places at a moment at which the host may be asked again.

        It is looked at anew once the place is there: waiting for it takes time in which another request to
        the same host may have started.
        """
        while True:
            while (ahead := self._free.get(place, 0.0) - self._clock()) > 0:
                await self._sleep(ahead)
            await self._all.acquire()
            now = self._clock()
            if now >= self._free.get(place, now):
                self._free[place] = now + SPACING
                return
            self._all.release()
