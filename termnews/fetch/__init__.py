"""Bring the bytes behind an address, politely and within limits; httpx stops here.

It must never read what the bytes mean, keep anything on disk, or let a password out: neither
to another host nor into a message.
"""

import sys

# The command line of httpx draws in click, rich and pygments: 60 ms of processor at each refresh. Without
# it httpx goes on as where these are not installed.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

from termnews.fetch.answer import Fetched  # noqa: E402
from termnews.fetch.fetcher import Fetcher  # noqa: E402
from termnews.fetch.request import new_address  # noqa: E402

__all__ = ["Fetched", "Fetcher", "new_address"]
