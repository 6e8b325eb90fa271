"""The full text of an article as the cache keeps it, and the text that is searched with it.

It must never touch the database: it makes bytes of a full text, and a full text of bytes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from termnews.models import FullText
from termnews.store import packing


def pack(full: FullText) -> bytes:
    """Return a full text as bytes, without its time."""
    return packing.pack([full.html, full.base, full.text])


def unpack(packed: bytes, fetched: datetime | None = None) -> FullText:
    """Return the full text these bytes hold.

    Raises:
        DamageError: they hold none.
    """

    def make(values: Any) -> FullText:
        html, base, text = values
        return FullText(html, base, text, fetched)

    return packing.unpack(packed, make, "the full text")


def sound(packed: bytes) -> bool:
    """Whether these bytes hold a full text."""
    return packing.sound(packed, unpack)


def together(said: str, page: bytes | None) -> str:
    """Return what is searched and read for places: what the feed says, then the full text where it is more.

    Args:
        said: the text of the feed.
        page: the full text as it is kept; None: there is none.
    """
    if page is None:
        return said
    full = unpack(page).text
    return full if said in full else f"{said}\n\n{full}"
