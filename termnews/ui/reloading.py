"""Settings that change on disk while the screen stands: noticed, read in the writing thread, taken over.

It must never put a broken file in the place of what is in force, and never touch a widget.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Final

from termnews import config
from termnews.config import Config
from termnews.errors import ConfigError, StoreError
from termnews.library import Library
from termnews.ui.listing import Run
from termnews.ui.threads import Threads
from termnews.wording import tr, trn

EVERY: Final = 4.0
"""Seconds between two looks at the files."""
_SETTLED: Final = 0.2
"""Seconds a file must stay as it is before it is read: an editor may empty it before it writes it."""
_LOOKS: Final = 20
"""Looks after which a file that never settles is read all the same."""


class Reloading:
    """Looks whether termnews.toml or a theme of the user's is another one, and follows it."""

    def __init__(
        self,
        library: Library,
        threads: Threads,
        run: Run,
        take: Callable[[Config], None],
        writing: Callable[[], bool],
        say: Callable[[str], None],
    ) -> None:
        """Begin with the files as they are.

        Args:
            library: has what is in force.
            threads: one of them reads.
            run: starts a worker.
            take: lets the screen follow, with what was in force before.
            writing: whether a child process is just writing to the file, which is followed when it is done.
            say: shows one sentence.
        """
        self._library, self._threads, self._run = library, threads, run
        self._take, self._writing, self._say = take, writing, say
        self._seen = config.footprint(library.config.path)
        self._reading = False

    def note(self) -> None:
        """Take the files as known: what termnews wrote itself is followed by whoever wrote it."""
        self._seen = config.footprint(self._library.config.path)

    def look(self) -> None:
        """Read the settings if a file changed."""
        if self._reading or self._writing():
            return
        if config.footprint(self._library.config.path) != self._seen:
            self._start(wish=False)

    def read(self) -> None:
        """Read the settings, changed or not, and say what came of it."""
        if not self._reading:
            self._start(wish=True)

    def _start(self, *, wish: bool) -> None:
        self._reading = True
        self._run(partial(self._read, wish), "reload", exclusive=False)

    async def _read(self, wish: bool) -> None:
        try:
            await self._settle()
            # The thread that writes: what termnews is just writing itself is followed before this is known.
            settings = await self._threads.writes.run(Library.reload)
        except (ConfigError, StoreError) as error:
            self._say(str(error))
        else:
            self._follow(settings, wish)
        finally:
            self._reading = False

    async def _settle(self) -> None:
        """Wait until the files stay as they are, and take them as known."""
        for _ in range(_LOOKS):
            self._seen = config.footprint(self._library.config.path)
            await asyncio.sleep(_SETTLED)
            if config.footprint(self._library.config.path) == self._seen:
                return

    def _follow(self, settings: Config, wish: bool) -> None:
        former = self._library.config
        if settings != former:
            self._library.reload(settings)
            self._take(former)
            self._say(_news(former, settings))
        elif wish:
            self._say(tr("Nothing in the settings has changed."))
        if settings.theme.accessible != former.theme.accessible:
            self._say(tr("accessible counts from the next start on."))
        before = () if wish else (*former.problems, *former.notes)
        for each in (*settings.notes, *settings.problems):
            if each not in before:
                self._say(each)


def _news(former: Config, settings: Config) -> str:
    """Say that the settings are other ones now, and how many feeds came and went."""
    old, new = ({each.url for each in which.feeds} for which in (former, settings))
    parts = [tr("The settings are read anew")]
    if more := len(new - old):
        parts.append(trn("{n} feed more", "{n} feeds more", more))
    if fewer := len(old - new):
        parts.append(trn("{n} feed fewer", "{n} feeds fewer", fewer))
    return " · ".join(parts)
