"""The body of an article as the cache keeps it: JSON, compressed.

It must never touch the database: it makes bytes of a body, and a body of bytes.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass

import msgspec

from termnews import render
from termnews.errors import DamageError
from termnews.models import Enclosure, Entry

_LEVEL = 3
"""Of zlib: above it a body takes half as long again to pack and is 2.5 % smaller (measured)."""
_encode = msgspec.json.Encoder().encode


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
    return zlib.compress(_encode(body), _LEVEL)


def sound(packed: bytes) -> bool:
    """Whether these bytes hold a body."""
    try:
        unpack(packed)
    except DamageError:
        return False
    return True


def unpack(packed: bytes) -> Body:
    """Return the body that these bytes hold.

    Raises:
        DamageError: they hold none.
    """
    try:
        return _unpack(packed)
    except (zlib.error, ValueError, TypeError) as error:
        raise DamageError("the text of an article is damaged; run `termnews cache repair`") from error


def _unpack(packed: bytes) -> Body:
    content, summary, base, categories, files, *text = json.loads(zlib.decompress(packed))
    return Body(
        content,
        summary,
        base,
        tuple(categories),
        tuple(Enclosure(*each) for each in files),
        # Bodies of the first schema keep no text.
        text[0] if text else render.plain(content or summary),
    )
