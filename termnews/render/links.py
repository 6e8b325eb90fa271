"""Addresses in an article: resolved, without credentials and tracking, and only of kinds worth showing.

It must never open or fetch one.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin, urlsplit

from termnews.hosts import is_host
from termnews.links import untracked
from termnews.sanitize import clean_url, honest_url

_SHOWN_SCHEMES: Final = frozenset({"http", "https", "mailto", "ftp", "gemini", "magnet", "tel"})


def resolved(base: str, href: str) -> str | None:
    """Return the absolute address a link leads to; None for one that leads nowhere outside the article."""
    href = href.strip().replace(" ", "%20")
    if not href or href.startswith("#"):
        return None
    try:
        url = untracked(honest_url(urljoin(base, clean_url(href))))
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and not is_host(parts.hostname or ""):
        return None
    return url if parts.scheme in _SHOWN_SCHEMES else None
