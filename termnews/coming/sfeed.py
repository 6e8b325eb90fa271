"""sfeed's sfeedrc: the calls of feed in it, `feed NAME ADDRESS [SITE [ENCODING]]`.

It is a shell script. It must never be run: only lines that call feed with plain words are read.
"""

from __future__ import annotations

import re
import shlex
from typing import Final

from termnews.coming.records import Coming, Feeds, lines_of

_SHELL: Final = frozenset("();<>|&")
_CALL: Final = re.compile(r"(?<![\w-])feed[ \t]")
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
        elif _CALL.search(line) and not line.startswith("#"):
            _calls(number, line, feeds)
    return feeds.coming()


def _calls(number: int, line: str, feeds: Feeds) -> None:
    """Take a line of calls of feed with semicolons between them, and of nothing else."""
    parts = shlex.shlex(line, posix=True, punctuation_chars=True)
    parts.whitespace_split = True
    calls: list[list[str]] = [[]]
    try:
        for word in parts:
            if word == ";":
                calls.append([])
            else:
                calls[-1].append(word)
    except ValueError:
        feeds.leave(number, line, "its quotes do not match")
        return
    calls = list(filter(None, calls))
    others = any(words[0] != "feed" or any(_SHELL.issuperset(each) for each in words) for words in calls)
    if others or "$" in line or "`" in line:
        feeds.leave(number, line, "it needs the shell to be read; write the address out")
        return
    for words in calls:
        if len(words) < 3:
            feeds.leave(number, " ".join(words), "it names no address")
        else:
            feeds.add(number, words[2], words[1])
