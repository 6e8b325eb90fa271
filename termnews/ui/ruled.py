"""Rules on the screen: articles muted by a rule that is new, and notices of what came in.

It must never ask a rule itself: the refresh does that, and the writing thread what is muted.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from textual.app import App

from termnews import notify
from termnews.errors import StoreError
from termnews.library import Library
from termnews.ui.listing import Run
from termnews.ui.threads import Threads
from termnews.wording import trn

_LOOKED_AT: Final = 200
"""Rows of a list, the first ones, in which muted articles are looked for."""
log = logging.getLogger(__name__)


class Ruled:
    """What rules do beside lists."""

    def __init__(
        self,
        library: Library,
        threads: Threads,
        run: Run,
        settled: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        """Begin at rest.

        Args:
            library: tells the rules, and whether articles are muted by them.
            threads: the writing thread mutes.
            run: starts a worker.
            settled: called when articles were muted or listed again.
            say: shows one sentence.
        """
        self._library, self._threads, self._run = library, threads, run
        self._settled, self._say = settled, say

    def settle(self) -> None:
        """Mute what new rules mute, and list again what none mutes any more, where rules have changed."""
        try:
            if self._library.ruled and not self._library.rules.settled():
                self._run(self._settle, "rules")
        except StoreError as error:
            log.warning("what is muted was not looked at: %s", error)

    async def _settle(self) -> None:
        try:
            await self._threads.writes.run(_settle)
        except StoreError as error:
            log.warning("what is muted was not changed: %s", error)
        else:
            self._settled()

    def hides(self, ids: Sequence[int]) -> bool:
        """Return whether some of these articles are muted by now: they were listed before that was known."""
        if not any("mute" in actions for actions in self._library.config.rules.values()):
            return False
        muted, _ = self._library.first(self._library.query("is:muted"), _LOOKED_AT)
        return not set(ids[:_LOOKED_AT]).isdisjoint(muted)

    def tell(self, app: App[object], title: str, count: int) -> None:
        """Tell of articles that came in, in the way the configuration names; all of them are one notice."""
        how = self._library.config.notify
        words = trn("A rule tells of: {title}", "Rules tell of {n} articles: {title} …", count, title=title)
        self._say(words)
        if how == "desktop":
            self._run(partial(_on_desktop, title, words), "notice")
        elif how in ("bell", "osc9") and app._driver is not None:
            app._driver.write(notify.BELL if how == "bell" else notify.osc9(words))


def _settle(library: Library) -> None:
    for _ in library.rules.settle():
        pass


async def _on_desktop(title: str, text: str) -> None:
    await asyncio.to_thread(notify.desktop, title, text)
