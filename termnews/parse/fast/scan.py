"""What `prepare` would do to a document, found out at a fraction of its cost.

The fast lane reads a document only when `prepare` would leave it as it is, but for the declaration and the
names of characters. Every check here may doubt too often and must never doubt too rarely; most are
made on the bytes in lower case, where counting costs least.
"""

from __future__ import annotations

import re

from termnews.parse.drafts import MAX_ENTRIES
from termnews.parse.fast.names import Unsure
from termnews.parse.prepare import (
    MAX_DEPTH,
    MAX_LABELS,
    MAX_PREFIXES,
    REFERENCE,
    fewer_labels,
    is_character,
    named_to_characters,
    without_declaration,
)

_ODD_LETTERS = re.compile(r"<[^<>\s]*[ıİſK]")
"""Tags with letters that a search without regard to case takes for i, s and k."""
_OPEN = re.compile(rb"[<:](?:item|entry)")
_CLOSE = re.compile(rb"</(?:item|entry)\s*>")
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
"""C1 controls in UTF-8; feedparser takes them for letters of windows-1252."""
_C1_NUMBERS = range(0x80, 0xA0)
_LONG = 500
"""Bytes of a piece between two "<" from which on it may be a long person or a big tag."""
_BIG = 4_000
_PERSON = re.compile(
    rb"(?:[^<>\s:]{1,160}:)?(?:author|creator|contributor|managingeditor|webmaster|publisher|owner|name|email)\b"
)


def without_doubts(text: str) -> tuple[str, bytes]:
    """Return the text as `prepare` would, and as UTF-8.

    Raises:
        Unsure: `prepare` would change or refuse it, or feedparser knows it by more than its elements.
    """
    text = without_declaration(text)
    _check_references(text)
    text = named_to_characters(text)
    if _has_odd_letters(text):
        raise Unsure("letters that fold to ASCII")
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise Unsure("surrogates") from error
    _check_bytes(data)
    lower = data.lower()
    pieces = lower.split(b"<")
    _check_floods(text, lower, len(pieces) - 1)
    _check_end(lower)
    _check_long_pieces(pieces)
    return text, data


def _check_references(text: str) -> None:
    """Doubt references to what is no character, and to C1 controls."""
    for decimal, hexadecimal in set(REFERENCE.findall(text)):
        digits, base = (decimal, 10) if decimal else (hexadecimal, 16)
        if not is_character(digits, base) or int(digits, base) in _C1_NUMBERS:
            raise Unsure("reference to no character")


def _has_odd_letters(text: str) -> bool:
    """Return whether a tag holds letters that only seem to be none of ASCII."""
    if text.isascii() or not any(letter in text for letter in "ıİſK"):
        return False
    return _ODD_LETTERS.search(text) is not None


def _check_bytes(data: bytes) -> None:
    """Doubt document types, entities, base addresses and C1 controls, wherever they stand."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"xml:base" in data:
        raise Unsure("document type or base")
    if data.startswith(b"\xef\xbb\xbf") or _C1.search(data):
        raise Unsure("control characters")


def _check_floods(text: str, lower: bytes, tags: int) -> None:
    """Doubt what has more of anything than `prepare` lets pass.

    Args:
        text: the document.
        lower: the same in lower case.
        tags: how many "<" it has.
    """
    if tags > MAX_DEPTH and tags - 2 * lower.count(b"</") > MAX_DEPTH:
        raise Unsure("depth")
    if tags > MAX_ENTRIES and lower.count(b"item") + lower.count(b"entry") > MAX_ENTRIES:
        raise Unsure("many entries")
    if lower.count(b"xmlns:") > MAX_PREFIXES:
        raise Unsure("many namespaces")
    labels = lower.count(b"category") + lower.count(b"subject") if tags > MAX_LABELS else 0
    if labels > MAX_LABELS and fewer_labels(text) != text:
        raise Unsure("many categories")


def _check_end(lower: bytes) -> None:
    """Doubt what seems to end inside an entry, be it by words in its text."""
    closed = lower.rfind(b"</item")
    if closed < 0:
        closed = lower.rfind(b"</entry")
    if closed < 0:
        whole = not _OPEN.search(lower)
    else:
        whole = _CLOSE.match(lower, closed) is not None and not _OPEN.search(lower, closed)
    if not whole:
        raise Unsure("ends inside an entry")


def _check_long_pieces(pieces: list[bytes]) -> None:
    """Doubt tags of thousands of bytes and persons of hundreds.

    Args:
        pieces: the document in lower case, parted at each "<".
    """
    for at, piece in enumerate(pieces):
        if len(piece) <= _LONG:
            continue
        if len(piece) > _BIG and piece[:1].isalpha() and not 0 <= piece.find(b">") <= _BIG:
            raise Unsure("big tag")
        if _PERSON.match(piece) or (piece.startswith(b"![cdata[") and _PERSON.match(pieces[at - 1])):
            raise Unsure("long person")
