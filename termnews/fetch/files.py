"""Read a feed that is a file on this machine.

It must never read what is not a plain file: a pipe or a device may block or never end.
"""

from __future__ import annotations

import stat
from pathlib import Path

from termnews.errors import FetchError
from termnews.fetch.address import shown
from termnews.fetch.body import size_words

_TYPES = {
    ".atom": "application/atom+xml",
    ".json": "application/json",
    ".rss": "application/rss+xml",
    ".xml": "application/xml",
}


def read_file(path: str, limit: int) -> tuple[bytes, str]:
    """Return the bytes of a file and the content type its name stands for.

    Args:
        path: absolute, relative to the working folder, or beginning with `~`.
        limit: bytes it may have.

    Raises:
        FetchError: missing, unreadable, not a file, or too large.
    """
    named = shown(path)
    try:
        file = Path(path).expanduser()
        if not stat.S_ISREG(file.stat().st_mode):
            raise FetchError(f"{named} is not a file; name the feed file itself")
        with file.open("rb") as stream:
            body = stream.read(limit + 1)
    except FileNotFoundError as error:
        raise FetchError(
            f"{named} is not there; mend the path, or begin with https:// if it is on the web"
        ) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise FetchError(f"{named} cannot be read ({_reason(error)}); mend the path or its rights") from error
    if len(body) > limit:
        raise FetchError(f"{named} is larger than {size_words(limit)}; raise max_body_mb if it is right so")
    return body, _TYPES.get(file.suffix.lower(), "")


def _reason(error: Exception) -> str:
    strerror = error.strerror if isinstance(error, OSError) else None
    return (strerror or str(error)).lower()
