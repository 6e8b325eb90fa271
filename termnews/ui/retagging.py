"""Places found again in the background, after words were corrected: a child process does it, one at a time.

It must never find a place itself; how far it is and that it ended is told as messages.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing

from termnews.errors import TermnewsError
from termnews.ui.engine import Engine
from termnews.ui.listing import Run
from termnews.ui.messages import Progress, Retagged
from termnews.ui.refreshing import Refreshing


class Retagging:
    """At most one run at a time; what is asked for meanwhile makes another one."""

    def __init__(
        self, engine: Engine, refreshing: Refreshing, run: Run, post: Callable[[Retagged], object]
    ) -> None:
        """Begin at rest.

        Args:
            engine: runs the child process.
            refreshing: what must not be under way meanwhile.
            run: starts a worker.
            post: sends a message to the screen, which answers it with `take`.
        """
        self.progress = Progress()
        self._engine, self._refreshing, self._run, self._post = engine, refreshing, run, post
        self._wanted = self._running = False

    def want(self) -> None:
        """Look at all articles again, since words were corrected: now, or as soon as that can be."""
        self._wanted = True
        self.go_on()

    def go_on(self) -> None:
        """Begin if it is wanted and nothing stands against it."""
        # A refresh that began before the correction tags by what was so then: what it tags comes after it.
        if self._wanted and not self._running and not self._refreshing.running:
            self._wanted, self._running = False, True
            self._run(self._follow, "retag")

    async def close(self) -> None:
        """End the run under way; what it has written so far is kept."""
        await self._engine.close()

    async def _follow(self) -> None:
        try:
            async with aclosing(self._engine.run()) as reports:
                async for progress in reports:
                    self._post(Retagged(progress))
        except TermnewsError as error:
            why = str(error)
        else:
            why = ""
        finally:
            self._running = False
        self._post(Retagged(Progress(), ended=True, why=why))

    def take(self, event: Retagged) -> None:
        """Take in how far it is; at its end begin again where that is wanted."""
        self.progress = event.progress
        if event.ended:
            self.go_on()
