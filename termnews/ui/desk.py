"""The desk commands work at: the parts of the main screen and the few things done for all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Final

from textual.screen import Screen
from textual.worker import WorkType

from termnews.browser import open_url
from termnews.errors import StoreError, TermnewsError
from termnews.library import Library
from termnews.models import ArticleQuery, Headline
from termnews.ui.engine import Engine
from termnews.ui.listing import Listing, Work
from termnews.ui.marks import Marks
from termnews.ui.overlays import OVERLAYS
from termnews.ui.panes import Panes
from termnews.ui.refreshing import Refreshing
from termnews.ui.threads import Threads

DEMO: Final = "demo"
"""Result of a screen that is left for the sample news."""
_TWICE: Final = 2.0
"""Seconds within which a second ctrl+c leaves."""


class ReaderDesk:
    """Satisfies `commands.Desk` for a screen with the panes of termnews."""

    def __init__(
        self,
        screen: Screen[None],
        library: Library,
        engine: Engine,
        changed: Callable[[], None],
        marked: Callable[[], None],
        say: Callable[[str, bool], None],
    ) -> None:
        """Put the parts together.

        Args:
            screen: holds the panes.
            library: belongs to the loop.
            engine: runs refreshes.
            changed: called when what the bars say may have changed.
            marked: called when articles were marked, so that all counts are old.
            say: shows one sentence; True: it can be undone.
        """
        self._screen, self._changed, self._counts_old, self._say = screen, changed, marked, say
        self._interrupted_at = -_TWICE
        self.library = library
        self.threads = Threads(library)
        self.panes = Panes(screen, library, self._seen, self.say)
        self.listing = Listing(library, self.threads, self.panes.headlines, self.run, changed, self.say)
        self.marks = Marks(self.threads, self.panes.headlines, self.run, self._marked, say)
        self.refreshing = Refreshing(library, engine, self.run, screen.post_message)

    def run(self, work: Work, name: str, *, exclusive: bool = True) -> None:
        """Run what `work` returns as a worker of its own group."""
        started: WorkType[None] = work
        self._screen.run_worker(started, name=name, group=name, exclusive=exclusive, exit_on_error=False)

    def _seen(self, headline: Headline) -> None:
        self.marks.mark([headline.id], read=True, quiet=True)

    def _marked(self, article: int | None) -> None:
        if article is not None:
            self.listing.go_to(article)
        self._counts_old()

    @property
    def headline(self) -> Headline | None:
        """The headline under the cursor."""
        return self.panes.headlines.headline

    def show(self, asked: ArticleQuery) -> None:
        """List what a query asks for; the cursor stays on its article where that is still listed."""
        here = self.headline
        self.listing.show(asked, article=here.id if here is not None else 0)

    def say(self, sentence: str, undoable: bool = False) -> None:
        """Show a sentence in the bottom bar for a while."""
        self._say(sentence, undoable)

    def can_open(self, overlay: str) -> bool:
        """Whether there is an overlay of this name."""
        return overlay in OVERLAYS

    def open(self, overlay: str) -> None:
        """Lay another screen over this one."""
        OVERLAYS[overlay](self, self._screen.app.push_screen)

    def change_feeds(self, work: Callable[[Library], str]) -> None:
        """Do something to the subscriptions in the writing thread and say the sentence it returns."""
        self.run(partial(self._change_feeds, work), "feeds", exclusive=False)

    async def _change_feeds(self, work: Callable[[Library], str]) -> None:
        try:
            sentence = await self.threads.writes.run(work)
        except StoreError as error:
            sentence = str(error)
        self.library.reload()
        self.threads.reopen()
        self.refreshing.start()
        self.say(sentence)
        self.listing.recount()
        self._changed()

    def browse(self, url: str) -> None:
        """Open an address in the browser."""
        try:
            open_url(url, self.library.config.open.browser)
        except TermnewsError as error:
            self.say(str(error))
        else:
            self.say(f"Opened {url}")

    def copy(self, text: str) -> None:
        """Put text on the clipboard of the terminal."""
        self._screen.app.copy_to_clipboard(text)

    def redraw(self) -> None:
        """Draw the whole screen anew."""
        self._screen.refresh(layout=True)

    def suspend(self) -> None:
        """Give the terminal back to the shell for a while."""
        self._screen.app.action_suspend_process()

    def interrupt(self) -> None:
        """Leave at the second ctrl+c within two seconds."""
        now = monotonic()
        if now - self._interrupted_at < _TWICE:
            self.leave()
        self._interrupted_at = now
        self.say("ctrl+c once more leaves.")

    def leave(self) -> None:
        """End the program."""
        self._screen.app.exit()

    def leave_for_demo(self) -> None:
        """End this screen and open the sample news."""
        self._screen.app.exit(result=DEMO)

    async def close(self) -> None:
        """Finish the refresh and the writes, and end the threads."""
        await self.refreshing.close()
        self.threads.close()
