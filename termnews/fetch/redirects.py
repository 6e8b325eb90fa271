"""The way from the address a feed has to the one that answers, hop by hop.

It must never go anywhere itself: it says where an answer leads, and refuses what leads nowhere
good: circles, long chains, places off the web, and plain http with a password in hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termnews.errors import FetchError
from termnews.fetch.address import parse, shown
from termnews.fetch.answer import Answer
from termnews.fetch.request import Request, bare

if TYPE_CHECKING:
    import httpx

MAX_REDIRECTS = 5
"""Hops followed before an address counts as lost."""

_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)


class Way:
    """Where one fetch stands.

    Args:
        request: what is asked, and of whom first.
        seconds: what is left of the deadline.
    """

    def __init__(self, request: Request, seconds: float) -> None:
        self.url: httpx.URL = request.url
        self.seconds = seconds
        self.outside = False
        """Whether a public address was passed, so that private ones are closed from here on."""
        self.moved_to: str | None = None
        """Where permanent redirects alone have led from the first address."""
        self._request = request
        self._permanent = True
        self._seen = [request.url]

    def next(self, answer: Answer) -> httpx.URL | None:
        """Return the address an answer redirects to; None when it is the end of the way.

        Raises:
            FetchError: the redirect is not one to follow.
        """
        location = answer.headers.get("location")
        if answer.status not in _REDIRECTS or not location:
            return None
        start = shown(str(self._request.url))
        target = self._join(location)
        if target in self._seen:
            raise FetchError(f"{start} redirects in a circle; check the address", http=answer.status)
        if len(self._seen) > MAX_REDIRECTS:
            raise FetchError(
                f"{start} redirects more than {MAX_REDIRECTS} times; check the address", http=answer.status
            )
        if self._request.leaks_to(target):
            raise FetchError(
                f"{start} redirects to plain http, where its password could be read; ask its publisher",
                http=answer.status,
            )
        return target

    def go(self, target: httpx.URL, status: int) -> None:
        """Take the hop to an address that `next` named."""
        self._permanent = self._permanent and status in _PERMANENT
        if self._permanent:
            self.moved_to = str(target)
        self._seen.append(target)
        self.url = target

    def _join(self, location: str) -> httpx.URL:
        here = shown(str(self.url))
        text = location.encode("latin-1").decode("utf-8", "replace")
        try:
            return bare(parse(text, self.url))
        except FetchError as error:
            raise FetchError(
                f"{here} redirects to where nothing can be fetched ({shown(text)}); check it"
            ) from error
