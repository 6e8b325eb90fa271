"""What an address says of where its publisher sits: the country behind its last label.

It must never look an address up: it reads the letters that are there.
"""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from termnews.regions.table import known

_SOLD_TO_ALL = frozenset((
    "ac", "ag", "ai", "am", "as", "bz", "cc", "cd", "co", "dj", "fm", "gg", "gl", "gs", "hm", "io",
    "la", "lc", "ly", "me", "ms", "mu", "nu", "pw", "sc", "sh", "sr", "st", "tk", "to", "tv", "vc",
    "vg", "ws",
))  # fmt: skip
"""Country domains that are sold to everybody, so that they say nothing."""
_OTHER = {"uk": "GB", "su": "RU", "eu": "EU", "xn--p1ai": "RU", "рф": "RU"}


@cache
def domain_region(domain: str) -> str:
    """Return the region a host name or an address speaks for, empty when it speaks for none.

    Args:
        domain: Host name or address: asiaplus.tj, https://www.bbc.co.uk/news.
    """
    host = (urlsplit(domain).hostname or "") if "//" in domain else domain.partition("/")[0]
    label = host.rstrip(".").rpartition(".")[2].lower()
    if label in _OTHER:
        return _OTHER[label]
    if len(label) != 2 or label in _SOLD_TO_ALL or "." not in host:
        return ""
    return label.upper() if known(label.upper()) else ""
