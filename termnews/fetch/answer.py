"""What an address answered, and what its headers say about the next time.

It must never ask anything: headers in, numbers and names out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import ceil

from termnews.sanitize import clean_line

LONGEST_WAIT = 7 * 86_400
"""Seconds a Retry-After may hold a feed back; a week is more than any honest server asks."""

_MAX_AGE = re.compile(r'(?<![\w-])max-age\s*=\s*"?(\d{1,9})', re.IGNORECASE)
_NEVER_STORED = re.compile(r"(?<![\w-])no-(?:cache|store)(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP response; its body was read only when the status promises a document."""

    status: int
    """HTTP status."""
    headers: Mapping[str, str]
    """First value of each header by lower-case name, bytes read as Latin-1 so that they go back unchanged."""
    body: bytes = b""
    """The document, inflated; empty unless the status is 200 or 203."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document that was brought, or the word that it has not changed."""

    url: str
    """The address asked for."""
    status: int | None
    """200, 203 or 304; None for a file."""
    body: bytes = b""
    """The document; empty when the status is 304."""
    content_type: str = ""
    """Content-Type as sent; may be empty."""
    etag: str | None = None
    """ETag, byte for byte (Latin-1)."""
    last_modified: str | None = None
    """Last-Modified, byte for byte (Latin-1)."""
    max_age: int | None = None
    """Seconds the document stays fresh by its headers, 0 for not at all; None when they do not say."""
    moved_to: str | None = None
    """Where permanent redirects alone lead from `url`, without credentials; None when it has not moved."""


def fetched(url: str, answer: Answer, moved_to: str | None, now: datetime) -> Fetched:
    """Return what a good answer brought."""
    return Fetched(
        url=url,
        status=answer.status,
        body=answer.body,
        content_type=clean_line(answer.headers.get("content-type", "")),
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        max_age=max_age(answer.headers, now),
        moved_to=moved_to,
    )


def retry_after(headers: Mapping[str, str], now: datetime) -> int | None:
    """Return the seconds of Retry-After (RFC 9110 §10.2.3), at most a week; None when it says nothing.

    A date is measured from the server's own Date where there is one, so that a wrong clock on
    either side does no harm.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(int(value[:9]), LONGEST_WAIT)
    until = _date(value)
    if until is None:
        return None
    return min(_seconds_to(until, headers, now), LONGEST_WAIT)


def max_age(headers: Mapping[str, str], now: datetime) -> int | None:
    """Return the seconds an answer still stays fresh, by Cache-Control max-age, else by Expires.

    None when neither is there. Caching that is refused (no-cache, no-store) and an Expires that is no
    date mean 0 (RFC 9111 §5.2.2, §5.3). What the answer spent in caches on its way (Age) is gone already
    (§4.2). As with Retry-After, a date is measured from the server's own.
    """
    control, expires = headers.get("cache-control", ""), headers.get("expires")
    if _NEVER_STORED.search(control):
        return 0
    if found := _MAX_AGE.search(control):
        lasts = int(found[1])
    elif expires is not None:
        until = _date(expires)
        lasts = 0 if until is None else _seconds_to(until, headers, now)
    else:
        return None
    age = headers.get("age", "").strip()
    return max(0, lasts - int(age[:9])) if age.isascii() and age.isdigit() else lasts


def _seconds_to(until: datetime, headers: Mapping[str, str], now: datetime) -> int:
    """Return the seconds from the server's Date, else from now, to a moment; 0 when it is past."""
    return max(0, ceil((until - (_date(headers.get("date", "")) or now)).total_seconds()))


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
