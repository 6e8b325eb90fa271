"""Files that come with an entry → enclosures with an address, a media type and a size."""

from __future__ import annotations

from urllib.parse import urlsplit

from termnews.models import Enclosure
from termnews.parse.markup import SHOWN, absolute_url
from termnews.sanitize import clean_line

_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "svg": "image/svg+xml",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "pdf": "application/pdf",
}
_MAX_TYPE = 100
"""Characters of a media type; RFC 6838 4.2 allows 64 for each half, real ones have 20."""
_MAX_DIGITS = 15
"""Digits of a size in bytes that are believed: below a petabyte."""


def enclosure(url: str, base: str, media_type: str, length: object) -> Enclosure | None:
    """Return the enclosure a feed describes; None when its address cannot be used.

    Args:
        url: as written, perhaps relative to `base`.
        base: where relative addresses start.
        media_type: as declared; when empty it is taken from the address.
        length: size in bytes as declared, of whatever type.
    """
    address = absolute_url(url, base, SHOWN)
    if not address:
        return None
    declared = clean_line(media_type).lower()[:_MAX_TYPE]
    suffix = urlsplit(address).path.rpartition(".")[2].lower()
    return Enclosure(address, declared or _TYPES.get(suffix, ""), _size(length))


def _size(length: object) -> int | None:
    """Return a size in bytes; None when it is not a positive whole number."""
    digits = str(length).strip() if isinstance(length, (str, int)) else ""
    return int(digits) or None if digits.isdecimal() and len(digits) <= _MAX_DIGITS else None
