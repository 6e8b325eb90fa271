"""Reading, starring, tagging and correcting places: written by the writing thread, undone exactly.

It must never ask before it acts: the undo journal is the answer to a slip, however many
articles it touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from termnews.errors import TermnewsError
from termnews.library import Library
from termnews.ui.headlines import Headlines
from termnews.ui.listing import Run
from termnews.ui.threads import Interrupted, Threads
from termnews.wording import forms, tr, trn

if TYPE_CHECKING:
    from termnews.models import Action

Lines = TypeVar("Lines")

_DONE: Final = {
    "read": forms("Marked {n} read", "Marked {n} read"),
    "unread": forms("Marked {n} unread", "Marked {n} unread"),
    "star": forms("Starred {n}", "Starred {n}"),
    "unstar": forms("Unstarred {n}", "Unstarred {n}"),
    "tag": forms("Tagged {n}", "Tagged {n}"),
    "untag": forms("Untagged {n}", "Untagged {n}"),
}
_UNDONE: Final = {
    "read": forms("{n} unread again", "{n} unread again"),
    "unread": forms("{n} read again", "{n} read again"),
    "star": forms("{n} unstarred", "{n} unstarred"),
    "unstar": forms("{n} starred", "{n} starred"),
    "tag": forms("{n} untagged", "{n} untagged"),
    "untag": forms("{n} tagged", "{n} tagged"),
}
CORRECTIONS: Final = ("mute", "pin", "fix")
"""Changes of what is said of places; their label says in words what was done."""
ON_HEAD: Final = ("star", "unstar", "tag", "untag")
"""Changes that the head of the article shows."""
_ABOUT: Final = '" is about '
_AGAIN: Final = {
    "read": forms("{n} read", "{n} read"),
    "unread": forms("{n} unread", "{n} unread"),
    "star": forms("{n} starred", "{n} starred"),
    "unstar": forms("{n} unstarred", "{n} unstarred"),
    "tag": forms("{n} tagged", "{n} tagged"),
    "untag": forms("{n} untagged", "{n} untagged"),
}


def _nothing() -> None:
    """Follow a change with nothing."""


class Marks:
    """What the user does to the articles listed."""

    def __init__(
        self,
        threads: Threads,
        headlines: Headlines,
        run: Run,
        began: Callable[[], None],
        changed: Callable[[Sequence[Action], bool], None],
        say: Callable[[str, bool], None],
    ) -> None:
        """Begin with nothing done.

        Args:
            threads: for the writes.
            headlines: the pane that shows them.
            run: starts a worker.
            began: called when the user does something, before it is written.
            changed: called when a change is written, with what was done and whether that was taken back or
                done again; without any action when writing failed.
            say: shows one sentence; True: it can be undone.
        """
        self._threads, self._headlines, self._run = threads, headlines, run
        self._began, self._changed, self._say = began, changed, say
        self._stood: dict[int, int] = {}
        """The article under the cursor when many were marked at once, by the action's number."""
        self._pending = 0
        self.trouble = ""
        """Why the last change could not be written, in a few words; empty when it was."""

    def mark(
        self, ids: Sequence[int], *, read: bool | None = None, starred: bool | None = None,
        where: str = "", quiet: bool = False,
    ) -> None:  # fmt: skip
        """Set read or starred of these articles.

        Args:
            ids: their numbers.
            read: the value of read, if that is set.
            starred: the value of starred, if that is set.
            where: what they are, for the journal and the message ("in Berlin").
            quiet: whether to say nothing when it went well.
        """
        self._began()
        self._headlines.overlay(ids, read=read, starred=starred)

        def write(library: Library) -> list[Action]:
            return [library.mark(ids, read=read, starred=starred, label=where)]

        under = self._headlines.headline
        here = under.id if under is not None and len(ids) > 1 else 0
        work = partial(self._write, write, lambda actions: "" if quiet else done(actions[0]), here=here)
        self._run(work, "mark", exclusive=False)

    def correct(self, write: Callable[[Library], Action], then: Callable[[], None]) -> None:
        """Say something of articles or places and show what follows from it.

        Args:
            write: says it to the library.
            then: called when what is shown has followed.
        """
        self._began()
        work = partial(self._write, lambda library: [write(library)], lambda actions: done(actions[0]))
        self._run(partial(work, then=then), "correct", exclusive=False)

    def tag(self, article: int, name: str, value: bool) -> None:
        """Give an article a tag, or take it away, and say so."""

        def write(library: Library) -> Action:
            change = library.tags.give if value else library.tags.take
            return change([article], name)

        self.correct(write, _nothing)

    def undo(self, then: Callable[[], None] = _nothing, count: int = 1) -> None:
        """Take back the last actions; the cursor goes back to where the last of them was done."""
        work = partial(self._write, lambda library: library.undo(count), undone, back=True, then=then)
        self._run(work, "undo", exclusive=False)

    def redo(self, then: Callable[[], None] = _nothing, count: int = 1) -> None:
        """Do again what was undone last."""
        work = partial(self._write, lambda library: library.redo(count), redone, back=True, then=then)
        self._run(work, "redo", exclusive=False)

    def history(self, read: Callable[[Library], Lines], take: Callable[[Lines], None]) -> None:
        """Read the journal in the slow thread; `take` gets what `read` returns."""
        self._run(partial(self._history, read, take), "history")

    async def _history(self, read: Callable[[Library], Lines], take: Callable[[Lines], None]) -> None:
        while True:
            try:
                take(await self._threads.slow.run(read))
            except Interrupted:
                continue  # a view opened meanwhile: it went first
            except TermnewsError as error:
                self._say(str(error), False)
            return

    async def _write(
        self,
        work: Callable[[Library], list[Action]],
        words: Callable[[list[Action]], str],
        *,
        back: bool = False,
        then: Callable[[], None] = _nothing,
        here: int = 0,
    ) -> None:
        """Write, then show what the cache says; a failure puts the screen right and is said.

        `here`: the article to come back to, where that is not the one the action is about.
        """
        self._pending += 1
        try:
            actions = await self._threads.writes.run(work)
        except TermnewsError as error:
            self._say(tr("Not saved: {error}", error=error), False)
            self.trouble = tr("not saved")
            actions = []
        else:
            self.trouble = ""
            if here:
                self._stood.update((each.id, here) for each in actions)
            if sentence := words(actions):
                self._say(sentence, not back)
        finally:
            self._pending -= 1
        if not self._pending:
            self._headlines.reload()
        self._changed(actions, back)
        then()

    def place(self, action: Action) -> int | None:
        """Return the article under the cursor when this was done, else the first one it touched."""
        return self._stood.get(action.id, action.first)


def done(action: Action) -> str:
    """Return what an action did, as a sentence."""
    if action.change in CORRECTIONS:
        # Words may be said to name no place without an article at hand; without a number it changed nothing.
        return _corrected(action) if action.count or action.id else tr("Nothing to change.")
    if not action.count:
        return tr("Nothing to change.")
    return " ".join(filter(None, (trn(*_DONE[action.change], action.count), action.label)))


def undone(actions: Sequence[Action]) -> str:
    """Return what undoing did, as a sentence."""
    if not actions:
        return tr("Nothing to undo.")
    return tr("Undone: {what}", what=_all_said(actions, _UNDONE))


def redone(actions: Sequence[Action]) -> str:
    """Return what redoing did, as a sentence."""
    if not actions:
        return tr("Nothing to redo.")
    return tr("Done again: {what}", what=_all_said(actions, _AGAIN))


def _all_said(actions: Sequence[Action], words: Mapping[str, tuple[str, str]]) -> str:
    """Return what became of the articles, those of equal changes added up, and each correction."""
    counts: dict[str, int] = {}
    for each in actions:
        if each.change not in CORRECTIONS:
            counts[each.change] = counts.get(each.change, 0) + each.count
    corrected = [_corrected(each) for each in actions if each.change in CORRECTIONS]
    return ", ".join([*(trn(*words[change], n) for change, n in counts.items()), *corrected])


def _corrected(action: Action) -> str:
    """Return what was said of places; of an article first what it is about, since its title may be long."""
    title, about, places = action.label.rpartition(_ABOUT)
    if action.change == "fix" and about:
        return tr("About {places}: {title}", places=places, title=title[1:])
    return action.label
