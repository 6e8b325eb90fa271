"""elfeed's list in Emacs Lisp: addresses, and addresses with tags, inside `elfeed-feeds`.

It must never evaluate anything: only a quoted list of texts and names is read. Its OPML is that of everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from termnews.coming.records import Coming, Feeds, text_of

_TOKEN: Final = re.compile(
    r'(?P<skip>\s+|;[^\n]*)|(?P<sign>[()\'`,])|"(?P<text>(?:[^"\\]|\\.)*)"|(?P<name>[^\s()"\';`]+)'
)
_LIST: Final = "elfeed-feeds"


def read_elfeed(data: bytes) -> Coming:
    """Read `(setq elfeed-feeds '("URL" ("URL" tag …)))`; tags become folders, the first outermost."""
    feeds, text = Feeds(), text_of(data)
    tokens = _tokens(text)
    for line, kind, value in tokens:
        if (kind, value) == ("name", _LIST):
            _list(tokens, feeds)
        elif kind == "name" and value == "elfeed-org":
            feeds.leave(line, value, "feeds in Org files stay behind; export them as OPML")
    if not feeds.found and not feeds.left_out:
        feeds.left_out.append(f"the file has no list {_LIST}; export OPML with M-x elfeed-export-opml")
    return feeds.coming()


def _list(tokens: Iterator[tuple[int, str, str]], feeds: Feeds) -> None:
    """Take the feeds of one list, up to its last bracket."""
    depth, entry = 0, list[str]()
    for line, kind, value in tokens:
        if (kind, value) == ("sign", "("):
            depth += 1
            entry = []
        elif (kind, value) == ("sign", ")"):
            depth -= 1
            if depth == 1 and entry:
                _entry(line, entry, feeds)
            if depth <= 0:
                return
        elif kind in ("text", "name") and depth == 1:
            if kind == "text":
                _entry(line, [value], feeds)
        elif kind in ("text", "name"):
            entry.append(value)


def _entry(line: int, words: list[str], feeds: Feeds) -> None:
    url, *tags = words
    names = [tag.replace("/", "-") for tag in tags if not tag.startswith(":")]
    feeds.add(line, url, folder="/".join(dict.fromkeys(names)))


def _tokens(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, kind (sign, text, name) and value of what the file is made of."""
    line = 1
    for found in _TOKEN.finditer(text):
        kind = str(found.lastgroup)
        if kind != "skip":
            yield line, kind, found[kind].replace('\\"', '"')
        line += found[0].count("\n")
