"""Read the packed region table and gazetteer, one section at a time, when it is first needed.

It must never know what a section means, and it reads nothing but the packaged files.

A file is one line of JSON, `{section: [offset, length]}` with offsets counted from the end
of that line, and the sections after it, each zlib-compressed UTF-8 text of lines that end in
"\\n". The SHA-256 of the file stands in a JSON file beside it. The scripts in
tools/ write both.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from functools import cache
from pathlib import Path

_DATA = Path(__file__).resolve().parent.parent / "data"
PACK = _DATA / "regions.pack"
"""The packed table."""
GAZETTEER = _DATA / "gazetteer.pack"
"""The packed gazetteer."""


@cache
def _contents(path: Path) -> tuple[dict[str, tuple[int, int]], bytes]:
    head, _, body = path.read_bytes().partition(b"\n")
    return {name: (start, length) for name, (start, length) in json.loads(head).items()}, body


@cache
def section(name: str, path: Path = PACK) -> str:
    """Return the text of a section: lines that end in a newline; empty when there is no such section."""
    places, body = _contents(path)
    if name not in places:
        return ""
    start, length = places[name]
    return zlib.decompress(body[start : start + length]).decode()


def sections(path: Path = PACK) -> tuple[str, ...]:
    """Return the names of all sections, in the order of the file."""
    return tuple(_contents(path)[0])


@cache
def edition() -> str:
    """Return the short name of the packaged gazetteer: eight hex digits that change with its contents."""
    return hashlib.sha256(GAZETTEER.read_bytes()).hexdigest()[:8]
