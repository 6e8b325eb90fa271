"""nom's config.yml: the addresses and names under `feeds:`.

It must never need a whole reader of YAML: only the list of small tables nom writes is read, and what
looks otherwise is named.
"""

from __future__ import annotations

import re
from typing import Final

from termnews.coming.records import Coming, Feeds, lines_of

_TOP: Final = re.compile(r"(?P<key>[\w-]+)\s*:\s*(?P<value>.*)")
_QUOTED: Final = re.compile(r"""'(?P<single>(?:[^']|'')*)'|"(?P<double>(?:[^"\\]|\\.)*)\"""")
_ESCAPED: Final = re.compile(r'\\(["\\/])')
_PAIR: Final = re.compile(r"(?P<key>url|name|tags)\s*:\s*(?P<value>.*)")


def read_nom(data: bytes) -> Coming:
    """Read the feeds of a config.yml; everything else in it is named."""
    feeds = Feeds()
    entry: dict[str, str] = {}
    begun, inside = 0, False
    for number, line in lines_of(data):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        if not line[0].isspace() and not bare.startswith("-"):
            inside = _top(number, bare, feeds)
        elif inside:
            if bare.startswith("-"):
                _finish(begun, entry, feeds)
                entry, begun, bare = {}, number, bare[1:].strip()
            if found := _PAIR.match(bare):
                entry[found["key"]] = _scalar(found["value"])
            elif bare:
                feeds.leave(number, bare, "not understood")
    _finish(begun, entry, feeds)
    return feeds.coming()


def _top(number: int, line: str, feeds: Feeds) -> bool:
    """Return whether the list of feeds begins here; say of other keys that they stay behind."""
    found = _TOP.match(line)
    if found is not None and found["key"] == "feeds":
        return True
    feeds.leave(number, found["key"] if found else line, "no twin in termnews.toml")
    return False


def _finish(number: int, entry: dict[str, str], feeds: Feeds) -> None:
    if entry:
        feeds.add(number, entry.get("url", ""), entry.get("name", ""))


def _scalar(value: str) -> str:
    """Return a value without its quotes or the comment behind it."""
    if found := _QUOTED.match(value):
        inner = found["double"]
        return found["single"].replace("''", "'") if inner is None else _ESCAPED.sub(r"\1", inner)
    return re.split(r"\s#", value, maxsplit=1)[0].strip()
