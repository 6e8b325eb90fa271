"""What a request says: who asks, what for, what is known already, and for whom alone secrets are.

It must never send anything.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from termnews import __version__
from termnews.fetch.address import host, parse, same_place
from termnews.models import Subscription
from termnews.sanitize import clean_line

if TYPE_CHECKING:
    import httpx

Headers = Mapping[bytes, bytes]
"""Header values by lower-case name."""
AskPassword = Callable[[Subscription], Awaitable[str]]
"""Finds the password of a subscription; "" when it has none."""

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1"
)

PAGES = "text/html, application/xhtml+xml, */*;q=0.1"
"""What is accepted where an article's page is asked for, not a feed."""

IMAGES = "image/webp, image/jpeg, image/png, image/gif;q=0.8, */*;q=0.1"
"""What is accepted where a picture is asked for."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of an address and of those it redirects to."""

    url: httpx.URL
    """The address, without user name, password and fragment."""
    common: Headers
    """What every host on the way may read."""
    secret: Headers
    """Credentials and the user's own headers, for the place of `url` alone."""

    def headers_for(self, url: httpx.URL) -> Headers:
        """Return the headers to send to an address on the way."""
        return {**self.common, **self.secret} if same_place(self.url, url) else self.common

    def leaks_to(self, url: httpx.URL) -> bool:
        """Return whether secrets that were to travel under TLS would go to this address without it."""
        downgraded = (self.url.scheme, url.scheme) == ("https", "http")
        return bool(self.secret) and downgraded and host(self.url) == host(url)


async def make_request(
    url: httpx.URL,
    subscription: Subscription,
    known: tuple[str | None, str | None],
    agent: str,
    ask: AskPassword,
    accept: str = ACCEPT,
) -> Request:
    """Return the request for a feed.

    Args:
        url: the feed's address; user name and password in it are moved to the headers.
        subscription: the user's wishes for this feed.
        known: ETag and Last-Modified as they were received; None: not to be sent.
        agent: User-Agent unless the subscription has its own.
        ask: finds the password.
        accept: the header of that name.

    Raises:
        FetchError: the password cannot be had.
    """
    common = {
        b"user-agent": _line(subscription.user_agent or agent),
        b"accept": accept.encode(),
        b"accept-encoding": b"gzip, deflate",
    }
    for name, value in zip((b"if-none-match", b"if-modified-since"), known, strict=True):
        if value:
            common[name] = value.encode("latin-1", "replace")
    secret = {_line(name).lower(): _line(value) for name, value in subscription.headers.items()}
    user = subscription.username or url.username
    if user:
        password = await ask(subscription) or url.password
        secret[b"authorization"] = b"Basic " + b64encode(f"{user}:{password}".encode())
    return Request(bare(url), common, secret)


def new_address(subscription: Subscription, moved_to: str) -> str | None:
    """Return the address at which a feed that moved is asked from now on, user name and password included.

    Args:
        subscription: the feed as the user wrote it.
        moved_to: where its server says it is now, without user name and password.

    Returns:
        None when what goes with its requests is secret and the new address is another place.
    """
    old, userinfo = parse(subscription.url), urlsplit(subscription.url).netloc.rpartition("@")[0]
    if not (userinfo or subscription.headers or subscription.username or subscription.password_command):
        return moved_to
    if not same_place(old, parse(moved_to)):
        return None
    parts = urlsplit(moved_to)
    return urlunsplit(parts._replace(netloc=f"{userinfo}@{parts.netloc}")) if userinfo else moved_to


def bare(url: httpx.URL) -> httpx.URL:
    """Return the address without user name, password and fragment."""
    if not url.userinfo and "#" not in str(url):
        return url
    return url.copy_with(username=None, password=None, fragment=None)


def agent(contact: str) -> str:
    """Return termnews's User-Agent, with where to reach whoever runs it."""
    return f"termnews/{__version__} (+{contact})" if contact else f"termnews/{__version__}"


def _line(text: str) -> bytes:
    return clean_line(text).encode()
