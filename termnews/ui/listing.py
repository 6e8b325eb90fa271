"""What is listed: the query, its snapshot of article numbers, and what has come in since.

It must never change state or draw: it asks the library (the first rows at once, all of them and
the counts from the slow thread) and gives the headlines pane its snapshots.
"""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from termnews import query as queries
from termnews.errors import QueryError, StoreError
from termnews.library import Library
from termnews.models import ArticleQuery
from termnews.ui.headlines import Headlines
from termnews.ui.snapshot import Rows, Sketch, among, sketch
from termnews.ui.threads import Interrupted, Threads
from termnews.ui.view import without
from termnews.wording import tr

if TYPE_CHECKING:
    from termnews.models import Headline

FIRST: Final = 200
"""Rows a view opens with, before the whole snapshot is there."""
_PAINTED: Final = 0.2
"""Seconds after which the other rows are brought even if the first ones were not drawn."""
_NEARBY: Final = 1024  # rows searched for an unread one without leaving the loop


Work = Callable[[], Coroutine[None, None, None]]
"""What a worker does; called when it starts, so that one ended before leaves nothing behind."""


class Run(Protocol):
    """Starts a worker: a screen's `run_worker` with a name, a group and `exit_on_error=False`."""

    def __call__(self, work: Work, name: str, *, exclusive: bool = True) -> None:
        """Run what `work` returns; an exclusive one ends an older one of its name."""


@dataclass(frozen=True, slots=True)
class Memory:
    """A view as it stood, to come back to."""

    asked: ArticleQuery
    """The query."""
    ids: Rows
    """Its snapshot."""
    cursor: int
    """The row under the cursor."""
    scroll: float
    """Lines scrolled."""
    newest: int
    """The article that had come last then."""
    whole: bool
    """Whether the snapshot has all rows."""

    def abridged(self) -> Memory:
        """Return the view with the rows in sight, the first and the last: the rest is listed anew."""
        if isinstance(self.ids, Sketch):
            return self
        end = len(self.ids)
        about = (self.cursor - FIRST, self.cursor + FIRST)
        return replace(self, ids=sketch(self.ids, ((0, FIRST), about, (end - FIRST, end))), whole=False)


class Listing:
    """The view on the screen."""

    def __init__(
        self,
        library: Library,
        threads: Threads,
        headlines: Headlines,
        run: Run,
        changed: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        """Begin with nothing listed.

        Args:
            library: for the first rows, on the loop.
            threads: for everything slow.
            headlines: the pane that draws.
            run: starts a worker.
            changed: called when query, counts or snapshot changed.
            say: shows one sentence.
        """
        self.asked = ArticleQuery()
        self.unread = 0
        self.waiting = 0
        self.wider = 0
        self.read_too = 0
        self.trouble = ""
        """Why the cache could not be read last, as a clause; empty when it could."""
        self.whole = True
        """Whether all rows are listed; while they are still coming, some may stand as 0."""
        self._newest = 0  # what came later has a higher number
        self._counting = self._stale = False
        self._library, self._threads, self._headlines = library, threads, headlines
        self._run, self._changed, self._say = run, changed, say

    @property
    def ids(self) -> Rows:
        """The snapshot."""
        return self._headlines.ids

    @property
    def headline(self) -> Headline | None:
        """The headline under the cursor."""
        return self._headlines.headline

    def show(self, asked: ArticleQuery, *, article: int = 0, keep: bool = False) -> bool:
        """List what a query asks for; the view stays as it is, and why is said, when that cannot be.

        Args:
            asked: the query.
            article: number of the article to put the cursor on, where it is listed.
            keep: whether that article is listed even if it no longer matches: it was read, say.

        Returns:
            Whether it is listed.
        """
        try:
            newest = self._library.newest()
            first, whole = self._library.first(asked, FIRST)
            rows: Rows = first if whole else self._with_end(asked, first)
            if keep:
                first = rows = self._including(first, article, asked)
        except (QueryError, StoreError) as error:
            self.trouble = str(error) if isinstance(error, StoreError) else self.trouble
            self._say(str(error))
            return False
        self.trouble = ""
        if asked.notes:
            self._say(" ".join(asked.notes))
        cursor = first.index(article) if article in first else 0
        self.asked, self.waiting, self.whole, self._newest = asked, 0, whole, newest
        self._headlines.show(
            rows, dated=asked.sort == "date", cursor=cursor, where=asked.where, known=len(first)
        )
        self._threads.slow.interrupt()
        self._run(partial(self._complete, asked, first, article), "listing")
        self._changed()
        return True

    def _with_end(self, asked: ArticleQuery, first: array[int]) -> Rows:
        """Return the first rows and the last ones, where it is known how many there are."""
        between = (self._library.known_total(asked) or 0) - len(first) - FIRST
        if between <= 0 or not (end := self._library.last(asked, FIRST)):
            return first
        count = len(first) + between + FIRST
        return Sketch(count, ((0, first), (count - len(end), end)))

    async def _painted(self) -> None:
        """Wait until the first rows are on the screen, or would be if anything were drawn."""
        painted = asyncio.Event()
        self._headlines.call_after_refresh(painted.set)
        with suppress(TimeoutError):
            async with asyncio.timeout(_PAINTED):
                await painted.wait()

    def _including(self, ids: array[int], article: int, asked: ArticleQuery) -> array[int]:
        """Return the rows with this article among them, where its date belongs."""
        kept = self._library.headlines([article])
        if article in ids or not kept or asked.sort != "date":
            return ids
        low, high = 0, len(ids)
        while low < high:
            middle = (low + high) // 2
            other = self._library.headlines(ids[middle : middle + 1])
            low, high = (middle + 1, high) if other and other[0].date > kept[0].date else (low, middle)
        return ids[:low] + array(ids.typecode, [article]) + ids[low:]

    async def _complete(self, asked: ArticleQuery, first: array[int], article: int) -> None:
        """Bring the rows after the first ones, and how many of all are unread."""
        async with self._spoken():
            ids, newest = first, 0
            await self._painted()  # or the other thread would take its share of the time until then
            if not self.whole:
                newest, ids = await self._threads.slow.run(
                    lambda library: (library.newest(), _after(first, library.ids(asked)))
                )
            count = await self._threads.slow.run(lambda library: library.count(asked))
            if not ids:
                await self._look_wider(asked)
            if asked is not self.asked:
                return
            if not self.whole:
                if newest > self._newest:  # what came since the first rows is among them
                    self._newest, self.waiting = newest, 0
                self._take_all(ids)
                if article in ids and article not in first and not self._headlines.gone:
                    self.go_to(article)
            self.unread = count.unread
            self._changed()

    def _take_all(self, ids: array[int]) -> None:
        self.whole = True
        if ids != self.ids:
            self._headlines.replace_ids(ids)

    def complete(self) -> None:
        """List all rows now, for what is done to all of them."""
        if not self.whole:
            self._take_all(_after(_beginning(self.ids), self._library.ids(self.asked)))

    @asynccontextmanager
    async def _spoken(self) -> AsyncGenerator[None, None]:
        """Let slow reads inside the block fail: what was given up is dropped, what went wrong is said."""
        try:
            yield
        except (Interrupted, QueryError):
            return
        except StoreError as error:
            self._say(str(error))

    async def _look_wider(self, asked: ArticleQuery) -> None:
        """Count what an empty view would hold without its last filter, and with read articles."""
        last, unread = queries.without_last(asked), without(asked, "is", "unread")
        self.wider = (await self._threads.slow.run(lambda library: library.count(last))).total
        self.read_too = (await self._threads.slow.run(lambda library: library.count(unread))).total

    def recount(self) -> None:
        """Count again what is unread here and what has come in; the rows stay as they are."""
        # One at a time, however often it is asked for: the answer of the last one is the true one.
        self._stale = True
        if not self._counting:
            self._counting = True
            self._run(self._recount, "recount", exclusive=False)

    async def _recount(self) -> None:
        try:
            while self._stale:
                self._stale = False
                await self._count_arrivals(self.asked)
        except StoreError as error:
            self._say(str(error))
        finally:
            self._counting = False
        self._changed()

    async def _count_arrivals(self, asked: ArticleQuery) -> None:
        newest = self._newest if self.ids else 0
        try:
            came = await self._threads.slow.run(lambda library: library.arrived(asked, newest))
        except (Interrupted, QueryError):
            return
        await self.count_unread()
        if asked is self.asked:
            if newest != (self._newest if self.ids else 0):  # others are listed by now
                self._stale = True
                return
            self.waiting = came
            if not self.ids and came:
                self.take_in()

    async def count_unread(self) -> None:
        """Count again what is unread in this view."""
        asked = self.asked
        try:
            count = await self._threads.slow.run(lambda library: library.count(asked))
        except (Interrupted, QueryError):
            return
        if asked is self.asked:
            self.unread = count.unread

    def take_in(self) -> None:
        """Take in what waits and let go what no longer matches; the cursor stays on its article."""
        self._run(partial(self._take_in, self.asked), "listing")

    async def _take_in(self, asked: ArticleQuery) -> None:
        async with self._spoken():
            newest, fresh = await self._threads.slow.run(
                lambda library: (library.newest(), library.ids(asked))
            )
            if not fresh:
                await self._look_wider(asked)
            if asked is self.asked:
                self.waiting, self.trouble, self.whole, self._newest = 0, "", True, newest
                self._headlines.replace_ids(fresh)
                self._changed()

    def memory(self) -> Memory:
        """Return the view as it stands."""
        pane = self._headlines
        return Memory(self.asked, pane.ids, pane.cursor, pane.scroll_offset.y, self._newest, self.whole)

    def restore(self, memory: Memory) -> None:
        """Come back to a view as it stood, cursor and scroll position included."""
        self.asked, self.waiting, self.whole, self._newest = memory.asked, 0, memory.whole, memory.newest
        asked = memory.asked
        first = _beginning(memory.ids)
        self._headlines.show(
            memory.ids, dated=asked.sort == "date", cursor=memory.cursor, where=asked.where, known=len(first)
        )
        self._headlines.scroll_to(y=memory.scroll, animate=False)
        self._threads.slow.interrupt()
        if not memory.whole:  # it was left before the rest had come
            self._run(partial(self._complete, asked, first, 0), "listing")
        self.recount()
        self._changed()

    def go_to(self, article: int, *, tell: bool = True) -> None:
        """Put the cursor on an article, where it is listed; `tell`: as if the user had gone there."""
        if article in self.ids:
            self._headlines.move_to(self.ids.index(article), tell=tell)

    # --- unread ----------------------------------------------------------------------------

    def seek_unread(self, step: int, *, other_feed: bool = False) -> None:
        """Go to the next unread headline, down with step 1 and up with -1; of another feed if asked."""
        pane = self._headlines
        here = pane.headline
        feed = here.feed_id if here is not None and other_feed else None
        end = len(pane.ids) if step > 0 else -1
        at = pane.cursor + step
        limit = at + step * _NEARBY
        while at != end and at != limit and pane.ids[at]:
            row = pane.row(at)
            if row is not None and not row.read and row.feed_id != feed:
                pane.move_to(at)
                return
            at += step
        if at == end:
            self._say(tr("Nothing unread further down.") if step > 0 else tr("Nothing unread further up."))
        else:
            self._run(partial(self._seek_far, at, step), "seek")

    async def _seek_far(self, start: int, step: int) -> None:
        """Look for an unread one beyond what is searched row by row."""
        asked, first, whole = self.asked, _beginning(self.ids), self.whole
        unread = queries.with_test(asked, "is", "unread")

        def find(library: Library) -> tuple[array[int], int | None]:
            ids = first if whole else _after(first, library.ids(asked))
            wanted = among(library.ids(unread))
            rows = range(start, len(ids) if step > 0 else -1, step)
            return ids, next((at for at in rows if wanted(ids[at])), None)

        async with self._spoken():
            ids, found = await self._threads.slow.run(find)
            if asked is not self.asked:  # another view has been opened
                return
            if not self.whole:
                self._take_all(ids)
            if found is None:
                self._say(tr("Nothing unread further on."))
            else:
                self._headlines.move_to(found)


def _beginning(ids: Rows) -> array[int]:
    """Return the rows of a snapshot that have come, from the top on."""
    return ids.first if isinstance(ids, Sketch) else ids


def _after(first: array[int], ids: array[int]) -> array[int]:
    """Return the whole snapshot, beginning with the rows already shown."""
    if ids[: len(first)] == first:
        return ids
    shown = set(first)
    return first + array(ids.typecode, (number for number in ids if number not in shown))
