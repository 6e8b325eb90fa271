"""Find the feed behind an address a person typed: a feed itself, or a page that has one.

It must never subscribe to anything or write anything; it fetches only because the user asked
for this address, and tries common paths only when the page names no feed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urljoin, urlsplit

from termnews.errors import FetchError, ParseError
from termnews.fetch import Fetched, new_address
from termnews.models import ParsedFeed, Subscription
from termnews.sanitize import clean_line, clean_url, strip_credentials

COMMON_PATHS: Final = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json")
"""Where sites keep a feed their pages do not name, tried in this order below the page and the root."""

_ENOUGH: Final = (429, 503)
"""Statuses of a server that wants to be left alone: nothing more is tried there."""
_NAMED_TRIED: Final = 4  # a page may name a feed per comment thread; the first few are the site's


class Getter(Protocol):
    """What brings an address: fetch.Fetcher."""

    async def get(self, url: str, *, found_on: str = "") -> Fetched:
        """Return what stands at the address, which a page named, or the user."""


class Reader(Protocol):
    """What reads bytes in safety: worker.Worker."""

    async def parse(self, body: bytes, url: str, *, now: datetime, content_type: str = "") -> ParsedFeed:
        """Return the feed the bytes are."""

    async def find_feeds(self, body: bytes, url: str, content_type: str = "") -> tuple[str, ...]:
        """Return the feeds a page names."""


@dataclass(frozen=True, slots=True)
class Discovered:
    """A feed that was found, with what came of fetching it, so that it is not asked twice."""

    url: str
    """Address to follow, credentials the user typed included."""
    fetched: Fetched
    """The answer."""
    parsed: ParsedFeed
    """The feed read."""


def complete(address: str, folder: Path) -> str:
    """Return an address with a scheme: a file becomes file://, a bare host https://.

    A file is what exists, and what is written as a path though it does not (/x, ./x, ../x, ~/x).
    """
    typed, address = clean_line(address), clean_url(address)
    if urlsplit(address).scheme in ("http", "https", "file"):
        return address
    path = folder / os.path.expanduser(typed)
    if typed.startswith(("/", "./", "../", "~")) or (typed and os.path.exists(path)):
        return path.resolve().as_uri()
    return f"https://{address.removeprefix('feed://')}"


async def discover(getter: Getter, reader: Reader, url: str, now: datetime) -> Discovered:
    """Return the feed at `url`, else the best one its page names, else one at a common path.

    Raises:
        FetchError: the address itself cannot be fetched, or the server had enough of being asked.
        ParseError: no feed was found there.
    """
    fetched = await getter.get(url)
    try:
        return await _read(reader, url, fetched, now)
    except ParseError as error:
        if not url.startswith(("http://", "https://")):
            raise
        reason = str(error)
    named = await reader.find_feeds(fetched.body, fetched.url, fetched.content_type)
    for candidate in named[:_NAMED_TRIED] or _guesses(fetched.url):
        try:
            return await _read(reader, candidate, await getter.get(candidate, found_on=fetched.url), now)
        except FetchError as error:
            if error.http in _ENOUGH:
                raise
        except ParseError:
            continue
    raise ParseError(
        f"no feed was found at {strip_credentials(url)}: {reason}; "
        "look for a feed link on the site and give its address"
    )


async def _read(reader: Reader, url: str, fetched: Fetched, now: datetime) -> Discovered:
    parsed = await reader.parse(fetched.body, fetched.url, now=now, content_type=fetched.content_type)
    moved = None if fetched.moved_to is None else new_address(Subscription(url), fetched.moved_to)
    return Discovered(moved or url, fetched, parsed)


def _guesses(page: str) -> tuple[str, ...]:
    """Return the common places of a feed, below the page first, then at the site's root."""
    below = page if page.endswith("/") else f"{page}/"
    urls = [urljoin(base, path) for base in (below, "/") for path in COMMON_PATHS]
    return tuple(dict.fromkeys(urljoin(page, each) for each in urls))
