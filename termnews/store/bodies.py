"""The body of an article as the cache keeps it: JSON, compressed.

It must never touch the database: it makes bytes of a body, and a body of bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from termnews import render
from termnews.models import Enclosure, Entry
from termnews.store import packing


@dataclass(frozen=True, slots=True)
class Body:
    """What of an entry only the article itself shows."""

    content: str
    """HTML; may be empty."""
    summary: str
    """HTML; may be empty."""
    base: str
    """Base address of their links."""
    categories: tuple[str, ...]
    """Category names."""
    enclosures: tuple[Enclosure, ...]
    """Files that come with it."""
    text: str
    """Plain text of the content, else of the summary."""


def pack(entry: Entry) -> bytes:
    """Return the body of an entry as bytes."""
    files = [[each.url, each.type, each.length] for each in entry.enclosures]
    body = [entry.content, entry.summary, entry.base, entry.categories, files, entry.text]
    return packing.pack(body)


def sound(packed: bytes) -> bool:
    """Whether these bytes hold a body."""
    return packing.sound(packed, unpack)


def unpack(packed: bytes) -> Body:
    """Return the body that these bytes hold.

    Raises:
        DamageError: they hold none.
    """
    return packing.unpack(packed, _body, "the text")


def _body(values: Any) -> Body:
    content, summary, base, categories, files, *text = values
    return Body(
        content,
        summary,
        base,
        tuple(categories),
        tuple(Enclosure(*each) for each in files),
        # Bodies of the first schema keep no text.
        text[0] if text else render.plain(content or summary),
    )
