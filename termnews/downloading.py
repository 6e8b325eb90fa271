"""Fetch the pages behind articles: ask → extract → store → report, one Downloaded per article.

It must never fetch, extract or know SQL itself, nor spend more than its budget and one article. What fails
is told and remembered; it never stops the others, unless there is no network at all.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol
from urllib.parse import urlsplit

from termnews.errors import ExtractError, FetchError, StoreError
from termnews.fetch import Fetched
from termnews.models import Article, Downloaded, FullText, Subscription
from termnews.refusals import refusal
from termnews.sanitize import honest_url

_GONE: Final = (404, 410, 451)
"""Statuses after which a page is not asked for again by itself."""
_BUSY: Final = (429, 503)
"""Statuses of a server that wants to be left alone."""
_DENIED: Final = (401, 403)
"""Statuses of a server that wants somebody else."""
_AGAIN: Final = timedelta(hours=12)
"""Until a page that failed is tried again by itself."""
_SOON: Final = timedelta(minutes=10)
"""Until a page is that the line may have lost."""
_AMPLE: Final = 5_000_000
"""Bytes of the budget that are left, with which it does not matter whose page is kept first."""
_LOST: Final = 5
"""Pages that could not be reached, none other having been, after which the network is taken for gone."""


class Getter(Protocol):
    """What brings a page: fetch.Fetcher."""

    @property
    def concurrency(self) -> int:
        """Requests at once."""

    async def get(
        self, url: str, *, subscription: Subscription | None = None, found_on: str = "", page: bool = False
    ) -> Fetched:
        """Return what stands at an address that a feed named."""


class Reader(Protocol):
    """What finds the article of a page in safety: worker.Worker."""

    async def extract(
        self, body: bytes, url: str, content_type: str = "", *, said: str = "", asked: str = ""
    ) -> FullText:
        """Return the article, or raise ExtractError."""


class Pages(Protocol):
    """Where full texts are kept: store.full_texts."""

    def keep(self, number: int, full: FullText, now: datetime) -> int:
        """Keep one; return the bytes it takes."""

    def refuse(self, number: int, why: str, now: datetime, again: datetime | None) -> None:
        """Remember why there is none."""

    def used(self) -> int:
        """Return the bytes all take."""


class Keeper(Protocol):
    """Where articles are kept: the store."""

    @property
    def full_texts(self) -> Pages:
        """The pages behind them."""

    def article(self, number: int) -> Article:
        """Return one article."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of asking for one page."""

    update: Downloaded
    full: FullText | None = None
    error: FetchError | None = None


async def download(
    store: Keeper,
    getter: Getter,
    reader: Reader,
    numbers: Sequence[int],
    *,
    now: Callable[[], datetime],
    budget: int,
    tag: Callable[[int], None],
    ordered: bool = False,
) -> AsyncGenerator[Downloaded, None]:
    """Fetch the full texts of these articles in this order and yield what came of each, as they come.

    Closing the generator stops the work at once; what was yielded is stored. It ends early, and says why
    in `ends`, where the budget is spent or there is no network.

    Args:
        store: keeps them.
        getter: brings pages.
        reader: finds the article in them.
        numbers: of the articles; unknown ones are passed over.
        now: the clock.
        budget: bytes all full texts may take; the last one kept may go past it.
        tag: finds the places of an article anew.
        ordered: whether what came is yielded in this order; also so where little is left of the budget.
    """
    waiting, running = deque(numbers), deque[asyncio.Task[_Answer | None]]()
    done, network = 0, _Network()
    busy, used = set[str](), store.full_texts.used()
    if used >= budget:
        return
    try:
        while waiting or running:
            while waiting and len(running) < 2 * getter.concurrency:
                running.append(asyncio.create_task(_ask(store, getter, reader, waiting.popleft(), busy)))
            in_turn = ordered or budget - used < _AMPLE or not network.reached
            answer = await _next(running, ordered=in_turn)
            done += 1
            if answer is None:
                continue
            gone = network.gone(answer.error)
            unsure = gone or network.doubted(answer.error)
            update = answer.update if unsure else _settle(store, answer, now(), tag)
            used += update.bytes
            ends = "network" if gone else "budget" if used >= budget and (waiting or running) else ""
            yield replace(update, used=used, done=done, of=len(numbers), ends=ends)
            if ends:
                return
    finally:
        await _give_up(running)


async def _give_up(running: Collection[asyncio.Task[_Answer | None]]) -> None:
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def _next(running: deque[asyncio.Task[_Answer | None]], *, ordered: bool) -> _Answer | None:
    """Wait for the first page, so that the budget goes to it; else for any: a slow one holds up none.

    In order also until a page was reached: dead hosts answer soonest, which says nothing of the network.
    """
    if not ordered:
        await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    task = next((each for each in running if each.done() and not ordered), running[0])
    running.remove(task)
    return await task


class _Network:
    """Tells whether there is a network, from what came of the pages so far."""

    def __init__(self) -> None:
        self._lost = 0
        self.reached = False
        """Whether any page was."""

    def gone(self, error: FetchError | None) -> bool:
        """Take in how one page went; return whether the network is taken for gone."""
        if error is None or not error.lost:
            self.reached = True
            return False
        self._lost += 1
        return error.offline or (self._lost >= _LOST and not self.reached)

    def doubted(self, error: FetchError | None) -> bool:
        """Whether the network may be to blame: the page was not reached, nor any before it."""
        return error is not None and error.lost and not self.reached


async def _ask(store: Keeper, getter: Getter, reader: Reader, number: int, busy: set[str]) -> _Answer | None:
    """Bring the page of one article and find the article in it; None: there is no such article."""
    try:
        article = store.article(number)
    except StoreError:
        return None
    link, feed = article.entry.link, article.feed
    update = Downloaded(number, feed.name, article.entry.title, honest_url(link), "failed")
    parts = _parts(link)
    if parts is None:  # a file is not what a feed may name
        return _Answer(_refused(update, refusal("link")))
    if parts[1] in busy:
        why = refusal("busy", parts[1])
        return _Answer(
            replace(_refused(update, why), status="failed"), error=FetchError(str(why), http=_BUSY[0])
        )
    try:
        found = await getter.get(link, subscription=_wishes(article), found_on=feed.url, page=True)
        full = await reader.extract(
            found.body, found.url, found.content_type, said=article.entry.text, asked=link
        )
    except FetchError as error:
        if error.http in _BUSY:
            busy.add(parts[1])
        return _Answer(replace(_missed(update, error), http=error.http), error=error)
    except ExtractError as error:
        return _Answer(replace(_refused(update, error), http=found.status))
    kept = replace(update, status="kept", http=found.status, words=len(full.text.split()))
    return _Answer(kept, full)


def _missed(update: Downloaded, error: FetchError) -> Downloaded:
    """Say why a page did not come; what helps a feed that fails (another address) is no help here."""
    if error.http is None or error.http < 400:
        return replace(update, error=str(error))
    code = "gone" if error.http in _GONE else "denied" if error.http in _DENIED else "answered"
    return replace(_refused(update, refusal(code, str(error.http))), status="failed")


def _refused(update: Downloaded, why: ExtractError) -> Downloaded:
    return replace(update, status="refused", error=str(why), code=why.code, about=why.about)


def _settle(store: Keeper, answer: _Answer, now: datetime, tag: Callable[[int], None]) -> Downloaded:
    """Keep a full text, or remember why there is none."""
    update = answer.update
    try:
        if answer.full is not None:
            size = store.full_texts.keep(update.article, answer.full, now)
            tag(update.article)
            return replace(update, bytes=size)
        again = None
        if answer.error is not None and answer.error.http not in _GONE:
            wait = timedelta(seconds=answer.error.retry_after or 0)
            again = now + max(_SOON if answer.error.lost else _AGAIN, min(wait, timedelta(days=7)))
        store.full_texts.refuse(update.article, update.error or "", now, again)
    except StoreError as error:
        return replace(update, status="failed", error=str(error))
    return update


def _parts(link: str) -> tuple[str, str] | None:
    """Return scheme and host of a web page; None for anything else."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    host = parts.netloc.rpartition("@")[2].lower()
    return (parts.scheme, host) if parts.scheme in ("http", "https") and host else None


def _wishes(article: Article) -> Subscription:
    """Return how the page is asked for: as its feed is, its secrets only where the feed itself is asked."""
    link, feed = article.entry.link, article.feed.subscription
    if _parts(link) == _parts(feed.url):
        return replace(feed, url=link)
    return Subscription(link, proxy=feed.proxy, user_agent=feed.user_agent)
