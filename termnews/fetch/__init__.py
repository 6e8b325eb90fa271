"""Bring the bytes behind an address, politely and within limits; httpx stops here.

It must never read what the bytes mean, keep anything on disk, or let a password out: neither
to another host nor into a message.
"""

from termnews.fetch.answer import Fetched
from termnews.fetch.fetcher import Fetcher
from termnews.fetch.request import new_address

__all__ = ["Fetched", "Fetcher", "new_address"]
