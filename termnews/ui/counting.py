"""What the sidebar, the top bar and the region picker count, brought from the slow thread.

It must never hold up a key: one count at a time, and a view that opens meanwhile goes first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from termnews.errors import QueryError, StoreError
from termnews.models import ArticleQuery
from termnews.ui.listing import Listing, Run
from termnews.ui.outline import read_outline
from termnews.ui.sidebar import Outline
from termnews.ui.threads import Interrupted, Threads

if TYPE_CHECKING:
    from termnews.library import Library
    from termnews.models import Count, Feed, RegionCount

T = TypeVar("T")


class Counting:
    """The counts as they were read last."""

    def __init__(
        self,
        threads: Threads,
        listing: Listing,
        run: Run,
        changed: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        """Begin with nothing counted.

        Args:
            threads: for the reads.
            listing: whose unread articles are counted too.
            run: starts a worker.
            changed: called when the outline is a new one.
            say: shows one sentence.
        """
        self.outline = Outline()
        self._threads, self._listing, self._run = threads, listing, run
        self._changed, self._say = changed, say
        self._counting = self._stale = False

    def start(self) -> None:
        """Count again; however fast marks follow each other, the last count is the true one."""
        self._stale = True
        if not self._counting:
            self._counting = True
            self._run(self._count, "counts", exclusive=False)

    async def _count(self) -> None:
        try:
            while self._stale:
                self._stale = False
                await self._read()
        except StoreError as error:
            self._say(str(error))
        finally:
            self._counting = False
        self._changed()

    async def _read(self) -> None:
        try:
            self.outline = await self._threads.slow.run(read_outline)
        except Interrupted:
            self._stale = True  # a new view went first
        else:
            await self._listing.count_unread()

    def feeds(self, take: Callable[[Sequence[Feed]], None]) -> None:
        """Bring the feeds with their health and counts as they are now; `take` gets them."""
        self._run(partial(self._bring, lambda library: library.feeds(), take), "feeds read")

    def tags(self, take: Callable[[Mapping[str, Count]], None]) -> None:
        """Bring the tags with their counts as they are now; `take` gets them."""
        self._run(partial(self._bring, lambda library: library.tags.all(), take), "tags")

    async def _bring(self, read: Callable[[Library], T], take: Callable[[T], None]) -> None:
        while True:
            try:
                take(await self._threads.slow.run(read))
            except Interrupted:
                continue  # a view opened meanwhile: it went first
            except StoreError as error:
                self._say(str(error))
            return

    def by_region(self, asked: ArticleQuery, take: Callable[[Sequence[RegionCount]], None]) -> None:
        """Bring the region tree with the counts of a query; `take` gets it."""
        self._run(partial(self._by_region, asked, take), "regions")

    async def _by_region(self, asked: ArticleQuery, take: Callable[[Sequence[RegionCount]], None]) -> None:
        while True:
            try:
                counts = await self._threads.slow.run(lambda library: library.regions(asked))
            except Interrupted:
                continue  # a view opened meanwhile: it went first
            except (QueryError, StoreError) as error:
                self._say(str(error))
                return
            take(counts)
            return
