"""sfeed's sfeedrc: the calls of feed in it, `feed NAME ADDRESS [SITE [ENCODING]]`.

It is a shell script. It must never be run: only lines that call feed with plain words are read.
"""

from __future__ import annotations

import re
import shlex
from typing import Final

from termnews.coming.records import Coming, Feeds, lines_of

_FUNCTION: Final = re.compile(r"(?:function\s+)?(\w+)\s*\(\)")
_OURS: Final = frozenset({"feeds"})


def read_sfeed(data: bytes) -> Coming:
    """Read the feeds of an sfeedrc; functions that change what is fetched are named."""
    feeds, pending = Feeds(), ""
    for number, line in lines_of(data):
        line = pending + line.strip()
        pending = ""
        if line.endswith("\\"):
            pending = line[:-1] + " "
            continue
        if (found := _FUNCTION.match(line)) and found[1] not in _OURS:
            feeds.leave(number, f"{found[1]}()", "functions of the script stay behind")
        elif line.startswith(("feed ", "feed\t")):
            _feed(number, line, feeds)
    return feeds.coming()


def _feed(number: int, line: str, feeds: Feeds) -> None:
    try:
        words = shlex.split(line, comments=True)
    except ValueError:
        feeds.leave(number, line, "its quotes do not match")
        return
    if len(words) < 3:
        feeds.leave(number, line, "it names no address")
    elif "$" in line or "`" in line:
        feeds.leave(number, line, "it needs the shell to be read; write the address out")
    else:
        feeds.add(number, words[2], words[1])
