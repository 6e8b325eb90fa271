"""Full texts: which articles they are wanted for, and fetching them.

It must never fetch or extract itself, nor keep anything but what `termnews.downloading` hands to the store.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from termnews import downloading, query
from termnews.config import Config
from termnews.errors import QueryError, StoreError
from termnews.library.local import LOCAL
from termnews.models import And, ArticleQuery, Downloaded, Feed, Not, Test
from termnews.sanitize import honest_url
from termnews.store import Store

if TYPE_CHECKING:
    from termnews.library.wishes import Wishes
    from termnews.picturing_ahead import Ahead

_ROOM = 0.9
"""Share of the budget to which full texts of read articles make room when it is spent."""


class Downloading:
    """The pages behind articles, over the open store."""

    def __init__(
        self,
        store: Store,
        settings: Callable[[], Config],
        clock: Callable[[], datetime],
        tag: Callable[[int], None],
    ) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock
        self._tag = tag

    def usual(self) -> ArticleQuery:
        """Return what is fetched where no query is given, as the configuration says."""
        return query.parse_query(self._settings().download.query)

    def wanted(self, asked: ArticleQuery) -> list[int]:
        """Return the articles of a query that are to be fetched: unread ones first, each kind newest first.

        Those with a full text are left out, and those whose page was refused or is to be tried later.
        """
        now = self._clock()
        numbers: list[int] = []
        for state in ("unread", "read"):
            conditions = (
                *([asked.where] if asked.where is not None else []),
                Test("is", state),
                Not(Test("is", "full")),
            )
            matching = replace(asked, where=And(conditions), sort="date")
            numbers += self._store.ids(matching, now.astimezone(LOCAL))
        return self._store.full_texts.wanted(numbers, now)

    @cached_property
    def wishes(self) -> Wishes:
        """What was asked for without network."""
        from termnews.library.wishes import Wishes

        return Wishes(self._store.upkeep)

    def wished(self) -> list[int]:
        """Return the articles to be fetched because they were asked for without network.

        An article that was named is asked for again, as `x` does; for those of a search line see `wanted`.
        """
        numbers: list[int] = []
        for wish in self.wishes.all():
            with suppress(QueryError, StoreError):  # a place has another name by now, an article is gone
                if isinstance(wish, str):
                    numbers += self.wanted(query.parse_query(wish))
                elif self._store.article(wish).full is None:
                    numbers.append(wish)
        return [*dict.fromkeys(numbers)]

    def of_feeds(self, feeds: Sequence[Feed]) -> list[int]:
        """Return the articles to be fetched because their feed, its folder or a rule says so, as `wanted`.

        Of a page in several feeds it is the article of the feed that is set to it, and asked as that feed is.
        """
        chosen = {each.id for each in feeds if each.subscription.full_text}
        asked = self._store.full_texts.asked()
        if not chosen and not asked:
            return []
        numbers = self.in_order(query.parse_query("is:unread OR is:starred"))
        asked |= self._store.full_texts.in_feeds(numbers, chosen) if chosen else {}
        found = [asked[number] for number in numbers if number in asked]
        return self._store.full_texts.wanted(found, self._clock())

    def in_order(self, asked: ArticleQuery) -> list[int]:
        """Return all articles of a query in the order of `wanted`, with those that have their full text."""
        now = self._clock().astimezone(LOCAL)
        numbers: list[int] = []
        for state in ("unread", "read"):
            conditions = (*([asked.where] if asked.where is not None else []), Test("is", state))
            numbers += self._store.ids(replace(asked, where=And(conditions), sort="date"), now)
        return numbers

    async def download(
        self,
        numbers: Sequence[int],
        *,
        budget_mb: float | None = None,
        beyond: bool = False,
        pictured: Sequence[int] | None = None,
    ) -> AsyncGenerator[Downloaded, None]:
        """Fetch the full texts of these articles in this order; see `termnews.downloading.download`.

        Where the budget is spent, full texts of read articles make room, the oldest first.

        Args:
            numbers: of the articles.
            budget_mb: megabytes all full texts may take; None: as the configuration says.
            beyond: the user asked for just these, so the budget is no reason to refuse them.
            pictured: articles whose pictures are wanted, `numbers` among them in their order; None: of none.
        """
        from termnews.library.work import fetcher
        from termnews.worker import Worker

        settings = self._settings()
        megabytes = settings.download.budget_mb if budget_mb is None else budget_mb
        budget = int(megabytes * 1_000_000)
        pages = self._store.full_texts
        if numbers and pages.used() >= budget:
            pages.make_room(int(budget * _ROOM))
        if beyond:
            budget = 1 << 60
        async with fetcher(settings) as getter, Worker(log_path=settings.log_path) as worker:
            work = downloading.download(
                *(self._store, getter, worker, numbers),
                now=self._clock, budget=budget, tag=self._tag, ordered=pictured is not None,
            )  # fmt: skip
            if pictured is not None:
                from termnews.library.album import album
                from termnews.picturing_ahead import Ahead

                ahead = Ahead(getter, worker, album(settings))
                work = _with_pictures(work, self._store, ahead, pictured)
            async with aclosing(work) as updates:
                async for update in updates:
                    yield update


async def _with_pictures(
    texts: AsyncGenerator[Downloaded, None], store: Store, ahead: Ahead, numbers: Sequence[int]
) -> AsyncGenerator[Downloaded, None]:
    """Yield what came of each article once its pictures are there, the full text of which comes first.

    Args:
        texts: what came of full texts; some of the articles want none.
        store: keeps the articles.
        ahead: brings pictures.
        numbers: of the articles, in the order of the texts.
    """
    place = 0
    try:
        async with aclosing(texts) as updates:
            async for update in updates:
                if update.ends == "network":
                    yield update
                    return
                while place < len(numbers) and numbers[place] != update.article:
                    if (alone := await _pictured(store, ahead, numbers[place])) is not None:
                        yield replace(alone, used=update.used, done=place + 1, of=len(numbers))
                    place += 1
                came = await _pictured(store, ahead, update.article) or update
                place += 1
                yield replace(update, pictures=came.pictures, note=came.note, done=place, of=len(numbers))
        used = store.full_texts.used()
        for at, number in enumerate(numbers[place:], place + 1):
            if (alone := await _pictured(store, ahead, number)) is not None:
                yield replace(alone, used=used, done=at, of=len(numbers))
    finally:
        ahead.close()


async def _pictured(store: Store, ahead: Ahead, number: int) -> Downloaded | None:
    """Bring the pictures of an article; None where no more are asked for, or there is no such article."""
    if ahead.over():
        return None
    try:
        article = store.article(number)
    except StoreError:
        return None
    came = await ahead.bring(article)
    link = honest_url(article.entry.link)
    done = Downloaded(number, article.feed.name, article.entry.title, link, "pictured", pictures=came)
    return replace(done, ends=ahead.ends) if ahead.ends == "network" else replace(done, note=ahead.ends)
