"""Fetch an address: conditional GET, redirects by hand, deadlines, bounds.

It must never raise anything but FetchError for what a server does, nor wait longer than its
deadline says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from termnews.errors import FetchError
from termnews.fetch.address import file_path, host, leads_inside, parse, place, shown
from termnews.fetch.answer import Answer, Fetched, fetched, retry_after
from termnews.fetch.exchange import Exchange
from termnews.fetch.failures import private_refused, refused_status
from termnews.fetch.files import read_file
from termnews.fetch.password import command_password
from termnews.fetch.redirects import Way
from termnews.fetch.request import ACCEPT, IMAGES, PAGES, AskPassword, Request, agent, make_request
from termnews.fetch.slots import Slots
from termnews.models import Subscription

if TYPE_CHECKING:
    import httpx

DEADLINE_FACTOR = 3
"""The whole of a fetch may take this many times `timeout_seconds`, waiting for its turn apart."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Fetcher:
    """Brings documents; one for a whole refresh, used as an async context manager.

    Args:
        concurrency: requests at once.
        per_host: requests at once to one host.
        timeout_seconds: for connecting and for each wait for bytes.
        max_body_bytes: cap on a document, packed and unpacked.
        contact: address in the User-Agent where whoever runs this can be reached; may be empty.
        proxy: general proxy; empty: as the environment says.
        allow_private: whether a redirect may lead from a public to a private address.
        password: finds the password of a subscription.
        transport: what carries requests instead of the network (tests).
        now: the clock, for dates in headers.
    """

    def __init__(
        self,
        *,
        concurrency: int = 16,
        per_host: int = 2,
        timeout_seconds: float = 20,
        max_body_bytes: int = 10_000_000,
        contact: str = "",
        proxy: str = "",
        allow_private: bool = False,
        password: AskPassword = command_password,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self.concurrency = max(concurrency, 1)
        self._slots = Slots(concurrency, per_host)
        self._limit = max_body_bytes
        self._deadline = timeout_seconds * DEADLINE_FACTOR
        self._agent = agent(contact)
        self._allow_private = allow_private
        self._password = password
        self._now = now
        self._exchange = Exchange(timeout_seconds, max_body_bytes, proxy, transport)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._exchange.aclose()

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        subscription: Subscription | None = None,
        found_on: str = "",
        page: bool = False,
        image: bool = False,
    ) -> Fetched:
        """Bring a document, or learn that it has not changed.

        Args:
            url: http, https or `file:` address, or a plain path.
            etag: the ETag of what is kept, as received.
            last_modified: its Last-Modified, as received.
            subscription: headers, credentials, proxy and User-Agent to use.
            found_on: the page that named the address; a public one may name no private address.
                Empty: the user wrote it.
            page: whether an article's page is asked for, not a feed.
            image: whether a picture is asked for.

        Raises:
            FetchError: why the document cannot be had; it carries status and Retry-After.
        """
        path = file_path(url)
        if path is not None:
            body, content_type = await asyncio.to_thread(read_file, path, self._limit)
            return Fetched(url, None, body, content_type)
        wishes = subscription or Subscription(url)
        known = (etag, last_modified)
        accept = PAGES if page else IMAGES if image else ACCEPT
        request = await make_request(parse(url), wishes, known, self._agent, self._password, accept)
        outside = bool(found_on) and await self._named_from_outside(found_on, request.url, wishes.proxy)
        answer, moved_to = await self._follow(request, wishes.proxy, outside=outside)
        if answer.status not in (200, 203) and not (answer.status == 304 and any(known)):
            wait = retry_after(answer.headers, self._now())
            raise refused_status(url, answer.status, wait)
        return fetched(url, answer, moved_to, self._now())

    async def _follow(self, request: Request, own_proxy: str, *, outside: bool) -> tuple[Answer, str | None]:
        """Return the last answer of a chain of redirects, and where its permanent beginning leads."""
        way = Way(request, self._deadline)
        way.outside = outside
        clock = asyncio.get_running_loop().time
        while True:
            proxy = self._exchange.proxy_for(way.url, own_proxy)
            self._exchange.prepare(way.url, proxy)
            async with self._slots.at(place(way.url)):
                start = clock()
                try:
                    async with asyncio.timeout(way.seconds):
                        answer = await self._ask(request, way, proxy)
                        target = way.next(answer)
                        if target is None:
                            return answer, way.moved_to
                        await self._guard(way, target, own_proxy)
                except TimeoutError as error:
                    raise FetchError(
                        f"{shown(str(request.url))} was not through after {self._deadline:g} s; "
                        "it is tried again later",
                        lost=True,
                    ) from error
                way.seconds -= clock() - start
            way.go(target, answer.status)

    async def _ask(self, request: Request, way: Way, proxy: str) -> Answer:
        headers = request.headers_for(way.url)
        return await self._exchange.ask(way.url, headers, proxy=proxy, public_only=way.outside)

    async def _guard(self, way: Way, target: httpx.URL, own_proxy: str) -> None:
        """Refuse the hop from a public to a private address.

        The user's own address may be private, and may lead to another private one; from the first
        public address on, private ones are closed. Names are looked up here, before anything is sent.
        """
        if self._allow_private:
            return
        way.outside = way.outside or not await self._is_inside(way.url, own_proxy)
        if way.outside and await self._is_inside(target, own_proxy):
            raise private_refused(str(target))

    async def _named_from_outside(self, page: str, target: httpx.URL, own_proxy: str) -> bool:
        """Return whether a public page named an address; refuse the address if it is private."""
        if (
            self._allow_private
            or file_path(page) is not None
            or await self._is_inside(parse(page), own_proxy)
        ):
            return False
        if await self._is_inside(target, own_proxy):
            raise private_refused(str(target))
        return True

    async def _is_inside(self, url: httpx.URL, own_proxy: str) -> bool:
        return await leads_inside(host(url), proxied=bool(self._exchange.proxy_for(url, own_proxy)))
