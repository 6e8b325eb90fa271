"""Places in the queue: how many requests run at once, altogether and to one host.

It must never let a request that waits for a busy host take a place another host could use.
"""

from __future__ import annotations

from asyncio import Semaphore
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Slots:
    """Two bounds on requests under way.

    Args:
        concurrency: requests at once.
        per_host: requests at once to one host and port.
    """

    def __init__(self, concurrency: int, per_host: int) -> None:
        self._all = Semaphore(max(concurrency, 1))
        self._hosts: defaultdict[tuple[str, int], Semaphore] = defaultdict(
            lambda: Semaphore(max(per_host, 1))
        )

    @asynccontextmanager
    async def at(self, place: tuple[str, int]) -> AsyncIterator[None]:
        """Hold a place for one request to a host and port; the host's bound is waited for first."""
        async with self._hosts[place], self._all:
            yield
