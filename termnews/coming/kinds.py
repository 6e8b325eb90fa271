"""What a file of another reader is, told by its name and content, and the room that reads it.

It must never open a file: the bytes are handed in.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from termnews.coming.elfeed import read_elfeed
from termnews.coming.newsboat_config import read_config
from termnews.coming.newsboat_urls import read_urls
from termnews.coming.newsraft import read_newsraft
from termnews.coming.nom import read_nom
from termnews.coming.records import Coming, doubtful
from termnews.coming.sfeed import read_sfeed
from termnews.opml import read_opml

KINDS: Final = ("opml", "newsboat", "newsraft", "sfeed", "elfeed", "eilmeldung", "nom", "state")
"""What `--from` may name; eilmeldung and elfeed write OPML too."""

SQLITE: Final = b"SQLite format 3\0"
"""What a cache.db begins with."""

_READERS: Final[Mapping[str, Callable[[bytes], Coming]]] = {
    "urls": read_urls,
    "config": read_config,
    "newsraft": read_newsraft,
    "sfeed": read_sfeed,
    "elfeed": read_elfeed,
    "nom": read_nom,
}
_NAMES: Final = {"urls": "urls", "config": "config", "sfeedrc": "sfeed", "feeds": "newsraft"}
HEAD: Final = 65_536
"""Bytes a file is told by."""
_CONFIG: Final = re.compile(
    rb"^\s*(bind-key|unbind-key|bind|macro|color|highlight|browser|reload-[a-z]+|auto-reload|max-items|include)\s",
    re.MULTILINE,
)
_SFEED: Final = re.compile(rb"^\s*feeds\s*\(\)", re.MULTILINE)
_NOM: Final = re.compile(rb"^feeds\s*:", re.MULTILINE)
_SECTION: Final = re.compile(rb"^\s*@\s*\S|^\s*\$\(", re.MULTILINE)
_ADDRESS: Final = re.compile(rb"^\s*\"?(https?://|file://|query:|exec:|filter:)", re.MULTILINE)


def told(name: str, data: bytes) -> str:
    """Return what a file is: opml, cache, state, urls, config, newsraft, sfeed, elfeed or nom.

    Args:
        name: its name, without folders.
        data: its bytes, or their beginning.
    """
    head, name = data[:HEAD], name.lower()
    if head.startswith(SQLITE):
        return "cache"
    if _is_markup(head):
        return "opml"
    if _start(head).startswith(b'{"termnews":'):
        return "state"
    if name.endswith(".el") or b"elfeed-feeds" in head:
        return "elfeed"
    if name.endswith((".yml", ".yaml")) or _NOM.search(head):
        return "nom"
    if _SFEED.search(head):
        return "sfeed"
    if name in _NAMES:
        return _NAMES[name]
    if _SECTION.search(head):
        return "newsraft"
    if _ADDRESS.search(head):
        return "urls"
    return "config" if _CONFIG.search(head) else "opml"


def chosen(kind: str, name: str, data: bytes) -> str:
    """Return what a file is when the user says from which program it comes; `auto` tells by itself."""
    found = told(name, data)
    if kind == "auto":
        return found
    if kind in ("eilmeldung", "opml") or (kind != "state" and _is_markup(data)):
        return "opml"
    if kind == "newsboat":
        return found if found in ("cache", "urls", "config") else "urls"
    return kind


def _start(data: bytes) -> bytes:
    return data[:HEAD].removeprefix(BOM_UTF8).lstrip()


def _is_markup(data: bytes) -> bool:
    """Return whether a file begins as XML does."""
    return _start(data).startswith((b"<", b"\xff\xfe", b"\xfe\xff"))


def read(kind: str, data: bytes) -> Coming:
    """Read a file that is what `told` or `chosen` says, but a cache or state."""
    if kind in _READERS:
        coming = _READERS[kind](data)
        return replace(coming, left_out=(*doubtful(data), *coming.left_out))
    feeds, problems = read_opml(data)
    return Coming(feeds, left_out=problems)
