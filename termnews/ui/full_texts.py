"""Full texts on the screen: the page behind an article, fetched in a child process, and the way back.

It must never fetch or extract anything itself; what came is read from the cache and shown by the one
pipeline that shows what feeds say.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import aclosing, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Final

from termnews.errors import StoreError, TermnewsError
from termnews.library import Library
from termnews.models import ArticleQuery
from termnews.query import print_query
from termnews.ui.engine import Engine
from termnews.ui.listing import Run
from termnews.ui.messages import Progress
from termnews.ui.showing import Showing
from termnews.wording import tr, trn

if TYPE_CHECKING:
    from termnews.library.wishes import Wish, Wishes

_FEEDS: Final = ("--feeds",)
_LINE: Final = "--"  # before a search line, which may begin with a hyphen


class FullTexts:
    """At most one download at a time; what is asked for meanwhile comes after it, single articles first."""

    def __init__(
        self,
        library: Library,
        engine: Engine,
        showing: Showing,
        run: Run,
        changed: Callable[[], None],
        came: Callable[[], None],
        say: Callable[[str], None],
        offline: Callable[[], str],
    ) -> None:
        """Begin at rest.

        Args:
            library: tells what is kept.
            engine: runs the child process.
            showing: shows articles, and their full texts where they are kept.
            run: starts a worker.
            changed: called when what the bars say may have changed.
            came: called when full texts came in, since articles may be about other places now.
            say: shows one sentence.
            offline: tells since when there is no network; empty when there is.
        """
        self.progress = Progress()
        self.running = self._closing = False
        self._library, self._engine, self._showing, self._run = library, engine, showing, run
        self._changed, self._came, self._say, self._offline = changed, came, say, offline
        self._articles = deque[int]()
        self._ahead = deque[tuple[str, ...]]()

    def turn(self, number: int) -> None:
        """Show the full text of an article in place of what its feed says, or that again; fetch it first."""
        if self._library.article(number).full is not None:
            full = self._showing.turn(number)
            self._say(
                tr("The full text; x shows what the feed says.")
                if full
                else tr("What the feed says; x shows the full text.")
            )
        elif number in self._articles:
            self._say(tr("This full text is being fetched."))
        elif self._library.readonly:
            self._say(self._library.said[0])
        elif self._offline():
            self._wait(number, tr("The full text comes when there is a network."))
        else:
            self._say(tr("Fetching the full text …"))
            self._articles.append(number)
            self._set_off()

    def listed(self, asked: ArticleQuery) -> None:
        """Fetch the full texts of all articles of a query, unread and newest first, under the budget."""
        if self._library.readonly:
            self._say(self._library.said[0])
            return
        # An empty line would mean what the configuration says.
        line = print_query(asked) or "is:unread OR is:read"
        if self._offline():
            self._wait(line, tr("Full texts are fetched when there is a network."))
            return
        self._say(tr("Fetching the full texts of this list; ctrl+x stops."))
        self._ahead.append((_LINE, line))
        self._set_off()

    @cached_property
    def _wishes(self) -> Wishes:
        from termnews.library.wishes import Wishes

        return Wishes(self._library.upkeep)

    def _wait(self, wish: Wish, said: str) -> None:
        """Keep a wish for when there is a network, also over a restart."""
        try:
            self._wishes.add(wish)
        except StoreError as error:
            said = str(error)
        self._say(said)

    def ahead(self) -> None:
        """Fetch what was asked for without network, and of feeds, folders and rules that are set to it.

        Without network nothing is tried.
        """
        if self._offline():
            return
        for wish in self._wishes.all() if not self._library.readonly else ():
            if isinstance(wish, int):
                self._articles += [wish] if wish not in self._articles else []
            else:
                self._ahead += [(_LINE, wish)] if (_LINE, wish) not in self._ahead else []
        if self._articles or self._ahead:
            self._set_off()
        config = self._library.config
        wanted = any(each.full_text for each in config.feeds)
        wanted = wanted or any("full_text" in actions for actions in config.rules.values())
        if wanted and not self._library.readonly and _FEEDS not in self._ahead:
            self._ahead.append(_FEEDS)
            self._set_off()

    def stop(self) -> None:
        """Stop the download under way, and forget what was to come after it; what came is kept."""
        self._articles.clear()
        self._ahead.clear()
        self._tried(*self._wishes.all())
        self._engine.stop()

    async def close(self) -> None:
        """Stop what is under way and wait until it has ended; wishes go on after the next start."""
        self._closing = True
        self._articles.clear()
        self._ahead.clear()
        await self._engine.close()

    def _tried(self, *wishes: Wish) -> None:
        with suppress(StoreError):  # they are tried again, that is all
            self._wishes.drop(wishes)

    def _set_off(self) -> None:
        if not self.running:
            self.running = True
            self._run(self._follow, "full-texts")

    async def _follow(self) -> None:
        from termnews.refusals import sentence  # a start fetches none

        try:
            while self._articles or self._ahead:
                if self._articles:
                    number = self._articles[0]
                    done = await self._fetch(("--article", str(number)))
                    if self._articles and self._articles[0] == number:
                        self._articles.popleft()
                    self._tell_one(number, done)
                    wish: Wish = number
                else:
                    arguments = self._ahead.popleft()
                    done = await self._fetch(arguments)
                    self._tell_many(arguments, done)
                    wish = arguments[-1]
                if done.ends != sentence("network") and not self._closing:
                    self._tried(wish)
        finally:
            self.running, self.progress = False, Progress()
            self._changed()

    async def _fetch(self, arguments: Sequence[str]) -> Progress:
        """Run one child to its end; return what came of it."""
        progress = Progress()
        try:
            async with aclosing(self._engine.run(arguments)) as reports:
                async for progress in reports:
                    self.progress = progress
                    self._changed()
        except TermnewsError as error:
            return Progress(error=str(error))
        return progress

    def _tell_one(self, number: int, done: Progress) -> None:
        if done.kept:
            self._showing.came(number)
            self._came()
            self._say(tr("The full text; x shows what the feed says."))
        elif done.error:
            self._say(done.error)
        elif self._engine.stopping:
            self._say(tr("Stopped; what the feed says stays."))

    def _tell_many(self, arguments: Sequence[str], done: Progress) -> None:
        if done.kept:
            self._showing.renew()
            self._came()
        if done.ends:
            self._say(done.ends)
        elif done.error and not done.done:
            self._say(done.error)
        elif done.of == done.skipped and not done.pictures and tuple(arguments) != _FEEDS:
            self._say(tr("Nothing to fetch: all that is listed has its full text, or none for now."))
        elif done.pictures:
            self._say(tr("Saved full texts: {n}; pictures: {pictures}.", n=done.kept, pictures=done.pictures))
        elif tuple(arguments) != _FEEDS or done.kept:
            self._say(
                trn(
                    "Saved {n} full text of {of}.",
                    "Saved {n} full texts of {of}.",
                    done.kept,
                    of=done.of - done.skipped,
                )
            )
