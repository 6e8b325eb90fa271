"""Words of a line as newsboat parts them: by white space, but for what stands in double quotes.

A quote within a word that begins otherwise is a letter as any other: `query:A:unread="yes"` is one word.

It must never know what the words mean.
"""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r'[ \t\r\n]*(?:"((?:[^"\\]|\\.)*)(?:"|$)|([^ \t\r\n"][^ \t\r\n]*))')
_ESCAPED: Final = re.compile(r"\\(.)")
_MEANT: Final = {"n": "\n", "r": "\r", "t": "\t"}


def quoted_words(line: str) -> list[str]:
    """Return the words of a line; a backslash in quotes takes the next letter as it is, `\\n` is a line end.

    A `#` that begins a word outside of quotes begins a comment.
    """
    words = []
    for found in _WORD.finditer(line):
        quoted, bare = found[1], found[2]
        if bare is not None and bare.startswith("#"):
            break
        words.append(bare if quoted is None else _ESCAPED.sub(_plain, quoted))
    return words


def _plain(found: re.Match[str]) -> str:
    return _MEANT.get(found[1], found[1])
