"""Read the packed region table, one section at a time, when it is first needed.

It must never know what a section means, and it reads nothing but the packaged file.

The file is one line of JSON, `{section: [offset, length]}` with offsets counted from the end
of that line, and the sections after it, each zlib-compressed UTF-8 text of lines that end in
"\\n". The SHA-256 of the file stands in `regions.json` beside it. `tools/build_regions.py`
writes both.
"""

from __future__ import annotations

import json
import zlib
from functools import cache
from pathlib import Path

PACK = Path(__file__).resolve().parent.parent / "data" / "regions.pack"
"""The packed table."""


@cache
def _contents() -> tuple[dict[str, tuple[int, int]], bytes]:
    head, _, body = PACK.read_bytes().partition(b"\n")
    return {name: (start, length) for name, (start, length) in json.loads(head).items()}, body


@cache
def section(name: str) -> str:
    """Return the text of a section: lines that end in a newline; empty when there is no such section."""
    places, body = _contents()
    if name not in places:
        return ""
    start, length = places[name]
    return zlib.decompress(body[start : start + length]).decode()


def sections() -> tuple[str, ...]:
    """Return the names of all sections, in the order of the file."""
    return tuple(_contents()[0])
