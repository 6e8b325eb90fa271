"""Read the packed region table and gazetteer, one section at a time, when it is first needed.

It must never know what a section means, and it reads nothing but the packaged files.

A file is one line of JSON, `{section: [offset, length, start, size]}`, and xz-compressed blocks after
it. Offset and length say where the block lies, in bytes counted from the end of that line; start and
size, where the section lies in the unpacked block: UTF-8 text of lines that end in "\\n". Small
sections share a block. The SHA-256 of the file stands in a JSON file beside it. The scripts in
tools/ write both.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from functools import cache, lru_cache
from pathlib import Path

_DATA = Path(__file__).resolve().parent.parent / "data"
PACK = _DATA / "regions.pack"
"""The packed table."""
GAZETTEER = _DATA / "gazetteer.pack"
"""The packed gazetteer."""


@cache
def _contents(path: Path) -> tuple[dict[str, tuple[int, int, int, int]], bytes]:
    head, _, body = path.read_bytes().partition(b"\n")
    return {name: tuple(place) for name, place in json.loads(head).items()}, body


@lru_cache(maxsize=2)  # the next section is often a neighbour
def _block(path: Path, offset: int, length: int) -> bytes:
    return lzma.decompress(_contents(path)[1][offset : offset + length])


@cache
def section(name: str, path: Path = PACK) -> str:
    """Return the text of a section: lines that end in a newline; empty when there is no such section."""
    places = _contents(path)[0]
    if name not in places:
        return ""
    offset, length, start, size = places[name]
    return _block(path, offset, length)[start : start + size].decode()


def sections(path: Path = PACK) -> tuple[str, ...]:
    """Return the names of all sections, in the order of the file."""
    return tuple(_contents(path)[0])


@cache
def edition() -> str:
    """Return the short name of the packaged gazetteer: eight hex digits that change with its contents."""
    return hashlib.sha256(GAZETTEER.read_bytes()).hexdigest()[:8]
