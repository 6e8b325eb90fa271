"""Changes of the followed feeds, written by the writing thread, each with what takes it back.

They must never touch a widget, or say that something is done before it is on disk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from termnews.errors import TermnewsError
from termnews.library import Library
from termnews.sanitize import clean_url, strip_credentials
from termnews.ui.feed_health import name
from termnews.ui.listing import Run
from termnews.ui.threads import Threads
from termnews.wording import tr

if TYPE_CHECKING:
    from termnews.models import Feed


@dataclass(frozen=True, slots=True)
class Change:
    """Something to be done to the feeds."""

    failed: str
    """How the sentence begins when it could not be done: "Not renamed"."""
    write: Callable[[Library], Done] = field(repr=False)
    """Does it; raises TermnewsError."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, now that it is on disk."""

    sentence: str
    """The same in words."""
    back: Change | None = None
    """What takes it back."""
    ask: int = 0
    """Number of the feed that is to be asked now; 0: none."""
    lists: bool = False
    """Whether the headlines listed are other ones now."""


class FeedChanges:
    """The changes made while the program runs, the last one first to be taken back."""

    def __init__(
        self, threads: Threads, run: Run, written: Callable[[Done], None], say: Callable[[str], None]
    ) -> None:
        """Begin with nothing changed.

        Args:
            threads: for the writes.
            run: starts a worker.
            written: called when a change is on disk.
            say: shows one sentence.
        """
        self._threads, self._run, self._written, self._say = threads, run, written, say
        self._back: list[Change] = []
        self._again: list[Change] = []

    @property
    def undoable(self) -> int:
        """How many changes can be taken back."""
        return len(self._back)

    def make(self, change: Change, then: Callable[[], None]) -> None:
        """Do it, say so, and call `then`; what was taken back before cannot be done again any more."""
        self._again.clear()
        self._start(change, self._back, then, new=True)

    def undo(self) -> None:
        """Take the last change back, and say so."""
        if not self._back:
            self._say(tr("No change of a feed to undo."))
            return
        self._start(self._back.pop(), self._again, to=self._back)

    def redo(self) -> None:
        """Do again what was taken back last, and say so."""
        if not self._again:
            self._say(tr("Nothing to redo."))
            return
        self._start(self._again.pop(), self._back, to=self._again)

    def _start(
        self, change: Change, stack: list[Change], then: Callable[[], None] = lambda: None, *,
        to: list[Change] | None = None, new: bool = False,
    ) -> None:  # fmt: skip
        """Make a change; what takes it back goes on `stack`, a change that fails goes back `to` its own."""
        self._run(partial(self._write, change, stack, then, to, new), "feed change", exclusive=False)

    async def _write(
        self,
        change: Change,
        stack: list[Change],
        then: Callable[[], None],
        to: list[Change] | None,
        new: bool,
    ) -> None:
        try:
            done = await self._threads.writes.run(change.write)
        except TermnewsError as error:
            self._say(f"{change.failed}: {error}")
            if to is not None:
                to.append(change)
            return
        if done.back is not None:
            stack.append(done.back)
        self._written(done if new else replace(done, back=None))
        then()


def rename(feed: Feed, new: str) -> Change:
    """Give a feed another name; an empty one is its own title."""
    old, address, before = feed.subscription.name, feed.url, name(feed)

    def write(library: Library) -> Done:
        changed = library.subscriptions.change(address, name=new or None)
        return Done(tr("{feed} is called {name} now.", feed=before, name=name(changed)), rename(changed, old))

    return Change(tr("Not renamed"), write)


def move(feed: Feed, folder: str) -> Change:
    """Put a feed into a folder; an empty one is none."""
    old, address = feed.subscription.folder, feed.url

    def write(library: Library) -> Done:
        changed = library.subscriptions.change(address, folder=folder or None)
        said = tr("{feed} is in no folder now.", feed=name(changed))
        if changed.subscription.folder:
            said = tr("{feed} is in {folder} now.", feed=name(changed), folder=changed.subscription.folder)
        return Done(said, move(changed, old))

    return Change(tr("Not moved"), write)


def pause(feed: Feed, paused: bool) -> Change:
    """Leave a feed out of refreshes, or take it into them again, which asks it at once."""
    address = feed.url

    def write(library: Library) -> Done:
        changed = library.subscriptions.change(address, paused=paused or None)
        if paused:
            said = tr("{feed} is paused: refreshes leave it alone.", feed=name(changed))
            return Done(said, pause(changed, False))
        said = tr("{feed} is refreshed again.", feed=name(changed))
        return Done(said, pause(changed, True), ask=changed.id)

    return Change(tr("Not paused") if paused else tr("Not resumed"), write)


def readdress(feed: Feed, address: str) -> Change:
    """Ask a feed at another address, at once."""
    old = feed.url

    def write(library: Library) -> Done:
        changed = library.subscriptions.readdress(old, address)
        new = strip_credentials(clean_url(changed.url))
        said = tr("{feed} is asked at {address} now.", feed=name(changed), address=new)
        return Done(said, readdress(changed, old), ask=changed.id)

    return Change(tr("Address not changed"), write)


def remove(feed: Feed) -> Change:
    """Stop following a feed; what is kept of it stays in the cache."""
    address = feed.url

    def write(library: Library) -> Done:
        removed = library.subscriptions.remove(address)

        def restore(library: Library) -> Done:
            back = library.subscriptions.restore(removed)
            said = tr("{feed} is followed again, with all its articles.", feed=name(back))
            return Done(said, remove(back), lists=True)

        said = tr("Removed {feed}; its articles stay, add it again to see them.", feed=name(feed))
        return Done(said, Change(tr("Not brought back"), restore), lists=True)

    return Change(tr("Not removed"), write)
