"""What is fetched in the background: refreshes and feeds being added, started, followed and stopped.

It must never show anything: what happens is told as messages.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from termnews.errors import StoreError, TermnewsError
from termnews.library import Library
from termnews.ui.engine import ADD, Engine
from termnews.ui.listing import Run
from termnews.ui.messages import Progress, Refreshed
from termnews.wording import tr, trn

LAST: Final = "last refresh"
"""What the local time of the last refresh is remembered under."""


class Refreshing:
    """At most one refresh at a time, and beside it at most one feed being added."""

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
        self.adding = 0
        self.asked: list[int] = []
        """Numbers of the feeds to be asked at the user's wish, now or after the refresh under way."""
        self.as_of = library.upkeep.recall(LAST) or ""
        self.offline = ""
        self.running = False
        self._library, self._engine, self._run, self._post = library, engine, run, post
        self._progress = Progress()
        self._wish: tuple[Sequence[str], bool] | None = None
        self._adder, self._turn = engine.beside(ADD), asyncio.Lock()

    @property
    def progress(self) -> Progress:
        """How far it is, with the feeds being added among those to do."""
        return replace(self._progress, of=self._progress.of + self.adding)

    @property
    def begun(self) -> bool:
        """Whether the refresh under way has told how far it is; before that there is none to be seen."""
        return self.running and self._progress.of > 0

    def next_due(self) -> datetime | None:
        """Return when the first feed is due by itself, aware; None: none ever is, or none can be read.

        Feeds that are always due (`refresh_minutes = 0`) are asked at the start and by hand.
        """
        usual = self._library.config.refresh_minutes
        try:
            feeds = self._library.feeds()
        except StoreError:
            return None
        moments = [
            each.health.next_fetch
            for each in feeds
            if (usual if each.subscription.refresh_minutes is None else each.subscription.refresh_minutes)
            and not each.subscription.paused
            and each.health.wait != "gone"
        ]
        return min((each for each in moments if each is not None), default=None)

    def start(self, feeds: Sequence[str] = (), *, force: bool = False) -> None:
        """Refresh these feeds, or all; with `force` also those that are not due. One under way goes first."""
        if self._library.readonly:
            self._post(Refreshed(Progress(), "broken", self._library.said[0], whole=not feeds))
        elif self._library.config.feeds:
            self._wish = (feeds, force)
            self._set_off()

    def ask(self, feed: int) -> None:
        """Refresh one feed, due or not: now, or after the refresh under way."""
        if feed not in self.asked:
            self.asked.append(feed)
        self._set_off()

    def _set_off(self) -> None:
        if not self.running:
            self.running = True
            self._run(self._follow, "refresh")

    def stop(self) -> None:
        """Ask the refresh under way to end; none of all feeds follows it."""
        self._wish = None
        self._engine.stop()

    async def add(self, address: str) -> str:
        """Follow the feed at an address, after those asked for before; return what came of it as a sentence.

        `adding` is counted by the caller, who has something to show at the same time.
        """
        async with self._turn:
            try:
                came = await self._adder.add(address)
            except TermnewsError as error:
                return tr("Not added: {error}", error=error)
        if not came:
            return tr("Stopped looking for a feed.")
        if came.get("error"):
            return tr("Not added: {error}", error=came["error"])
        articles = trn("{n} article", "{n} articles", came.get("new", 0))
        return tr("Following {feed}: {articles}.", feed=came.get("feed", ""), articles=articles)

    def stop_adding(self) -> None:
        """Give up the feed being looked for."""
        self._adder.stop()

    async def close(self) -> None:
        """Stop what is under way and wait until it has ended."""
        self._wish = None
        await self._adder.close()
        await self._engine.close()

    async def _follow(self) -> None:
        """Refresh what was asked for, and what was asked for meanwhile."""
        try:
            while self._wish is not None or self.asked:
                if self._wish is not None:
                    (feeds, force), self._wish = self._wish, None
                    if await self._refresh(feeds, force):
                        self.asked.clear()
                else:
                    asked = self.asked[:]
                    await self._refresh([str(number) for number in asked], True)
                    self.asked = [number for number in self.asked if number not in asked]
        finally:
            self.running = False
            self.asked.clear()

    async def _refresh(self, feeds: Sequence[str], force: bool) -> bool:
        """Run one refresh to its end; return whether it was stopped."""
        progress = Progress()
        try:
            async with aclosing(self._engine.run(feeds, force=force)) as reports:
                async for progress in reports:
                    self._post(Refreshed(progress, "running"))
        except TermnewsError as error:
            self._post(Refreshed(progress, "broken", str(error), whole=not feeds))
            return False
        stopped = self._engine.stopping
        why = _nothing(progress, whole=not feeds) if force else ""
        self._post(Refreshed(progress, "stopped" if stopped else "done", why, whole=not feeds))
        return stopped

    def take(self, event: Refreshed) -> str:
        """Take in how far it is or how it ended; return what there is to say."""
        if event.state == "running":
            self._progress = event.progress
            return ""
        came, self._progress = event.progress, Progress()
        now = f"{self._library.clock().astimezone():%H:%M}"
        if came.unreachable:
            # One feed that cannot be reached does not mean that there is no network.
            self.offline = self.offline or (now if event.whole else "")
        elif came.done > came.skipped:
            self.offline, self.as_of = "", now
            with suppress(StoreError):  # it is shown, if not after the next start
                self._library.upkeep.remember(LAST, now)
        if event.state == "stopped":
            return tr("Stopped after {done} of {of} feeds; what came is kept.", done=came.done, of=came.of)
        return event.why


def _nothing(came: Progress, *, whole: bool) -> str:
    """Return what to say when the user wanted feeds asked and none was, or none answers; else nothing."""
    if came.unreachable and whole:
        return tr("None of the feeds can be reached.")
    if not came.done or came.done > came.skipped:
        return ""
    if came.done == 1:
        return came.alone
    return tr("Nothing to ask: all feeds were asked a moment ago or want to wait.")
