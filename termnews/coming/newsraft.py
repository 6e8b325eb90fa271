"""newsraft's feeds file: an address and a title in quotes a line, sections begin with @.

It must never run a command an address holds ($(…)).
"""

from __future__ import annotations

import re
from typing import Final

from termnews.coming.records import Coming, Feeds, lines_of
from termnews.sanitize import clean_line

_FEED: Final = re.compile(r'(?P<url>\$\(.*\)|\S+)(?:\s+"(?P<name>[^"]*)")?\s*(?P<rest>.*)')
_SETTINGS: Final = re.compile(r"\s[<{].*$")


def read_newsraft(data: bytes) -> Coming:
    """Read a feeds file; sections become folders, settings of single feeds are named."""
    feeds, folder = Feeds(), ""
    for number, line in lines_of(data):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("@"):
            folder = clean_line(_SETTINGS.sub("", line[1:])).replace("/", "-")
            if _SETTINGS.search(line):
                feeds.leave(number, line, "settings of a section stay behind")
            continue
        found = _FEED.match(line)
        if found is None:
            continue
        url = found["url"]
        if url.startswith("$("):
            url = f"exec:{url[2:].removesuffix(')')}"
        if feeds.add(number, url, found["name"] or "", folder) and found["rest"]:
            feeds.leave(number, found["rest"], "settings of a feed stay behind")
    return feeds.coming()
