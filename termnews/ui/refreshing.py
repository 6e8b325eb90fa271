"""The refresh in the background: started, followed and stopped from the screen, and how the last one went.

It must never show anything: what happens is told as messages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import aclosing
from functools import partial
from typing import Final

from termnews.errors import TermnewsError
from termnews.library import Library
from termnews.ui.engine import Engine
from termnews.ui.listing import Run
from termnews.ui.messages import Progress, Refreshed

LAST: Final = "last refresh"
"""What the local time of the last refresh is remembered under."""


class Refreshing:
    """At most one refresh at a time."""

    def __init__(
        self, library: Library, engine: Engine, run: Run, post: Callable[[Refreshed], object]
    ) -> None:
        """Begin at rest.

        Args:
            library: remembers when the last refresh was.
            engine: runs the child process.
            run: starts a worker.
            post: sends a message to the screen, which answers it with `take`.
        """
        self.progress = Progress()
        self.as_of = library.upkeep.recall(LAST) or ""
        self.offline = ""
        self.running = False
        self._library, self._engine, self._run, self._post = library, engine, run, post

    def start(self, feeds: Sequence[str] = (), *, force: bool = False) -> None:
        """Refresh these feeds, or all; with `force` also those that are not due."""
        if not self.running:
            self.running = True
            self._run(partial(self._follow, feeds, force), "refresh")

    def stop(self) -> None:
        """Ask the refresh under way to end."""
        self._engine.stop()

    async def close(self) -> None:
        """Stop the refresh under way and wait until it has ended."""
        await self._engine.close()

    async def _follow(self, feeds: Sequence[str], force: bool) -> None:
        progress = Progress()
        try:
            async with aclosing(self._engine.run(feeds, force=force)) as reports:
                async for progress in reports:
                    self._post(Refreshed(progress, "running"))
        except TermnewsError as error:
            self._post(Refreshed(progress, "broken", str(error)))
        else:
            self._post(Refreshed(progress, "stopped" if self._engine.stopping else "done"))
        finally:
            self.running = False

    def take(self, event: Refreshed) -> str:
        """Take in how far it is or how it ended; return what there is to say."""
        if event.state == "running":
            self.progress = event.progress
            return ""
        came, self.progress = event.progress, Progress()
        now = f"{self._library.clock().astimezone():%H:%M}"
        if came.unreachable:
            self.offline = self.offline or now
        elif came.done > came.skipped:
            self.offline, self.as_of = "", now
            self._library.upkeep.remember(LAST, now)
        if event.state == "stopped":
            return f"Stopped after {came.done} of {came.of} feeds; what came is kept."
        return event.why
