"""Two threads beside the one that draws: one for slow reads, one for writes, each with its own library.

They must never touch a widget: a coroutine on the loop waits for the result and hands it on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from termnews.errors import StoreError
from termnews.library import Library

T = TypeVar("T")


class Interrupted(StoreError):
    """A slow read was given up because something newer is wanted."""


class Lane:
    """One thread with a twin of the library, opened when the first work comes."""

    def __init__(self, library: Library, name: str) -> None:
        """Make the lane; nothing is opened yet."""
        self._library = library
        self._twin: Library | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._stale = False
        self._given_up = 0

    async def run(self, work: Callable[[Library], T]) -> T:
        """Do the work in the thread, after what was asked before it; return its result.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
            StoreError: the cache cannot be read or written.
        """
        given_up = self._given_up
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._do, work)
        except StoreError as error:
            if given_up != self._given_up:
                raise Interrupted(str(error)) from error
            raise

    def _do(self, work: Callable[[Library], T]) -> T:
        if self._twin is not None and self._stale:
            self._twin.close()
            self._twin = None
        if self._twin is None:
            self._stale = False
            self._twin = self._library.twin()
        if self._twin.mended:  # the loop's connection still shows the cache that was damaged
            raise StoreError(f"{self._twin.said[0]}; start termnews again")
        return work(self._twin)

    def interrupt(self) -> None:
        """Give up the read under way."""
        self._given_up += 1
        if self._twin is not None:
            self._twin.interrupt()

    def reopen(self) -> None:
        """Read the configuration anew before the next work: feeds were added or removed."""
        self._stale = True

    def close(self) -> None:
        """Finish what was asked, then end the thread."""
        self._thread.shutdown(wait=True)
        if self._twin is not None:
            self._twin.close()
            self._twin = None


class Threads:
    """The two lanes of the screen."""

    def __init__(self, library: Library) -> None:
        """Make both lanes."""
        self.slow = Lane(library, "termnews-slow")
        self.writes = Lane(library, "termnews-write")

    def reopen(self) -> None:
        """Let both lanes follow the configuration as it is now."""
        self.slow.reopen()
        self.writes.reopen()

    def close(self) -> None:
        """Give up slow reads, finish the writes, end both threads."""
        self.slow.interrupt()
        self.writes.close()
        self.slow.close()
