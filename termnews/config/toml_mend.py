"""Understand what can be understood of a broken TOML text: one typo must not cost the other feeds.

The broken lines are blanked and the others keep their places, so line numbers stay true. The result
is for reading only: it must never be written back over what the user wrote.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HEAD = re.compile(r"[ \t]*\[\[?[ \t]*(?P<name>[A-Za-z0-9_-]+)[ \t]*(?P<inner>\.?)")
_KEY = re.compile(r"""[ \t]*(?P<name>[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*[=.]""")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)\Z")
_MAX_CONFLICTS = 100


@dataclass(frozen=True, slots=True)
class Mended:
    """A text as far as it could be read."""

    data: dict[str, Any]
    """Its tables and values."""
    text: str
    """A valid TOML text with the same lines, the broken ones blank."""
    complaints: tuple[tuple[int, str], ...] = ()
    """Line, counted from 1, and what is wrong there; empty for a text without a fault."""


@dataclass(slots=True)
class _Piece:
    """A head or a key with the lines that follow it up to the next one."""

    first: int
    """Line of the head or key, counted from 1."""
    lines: list[str]
    name: str = ""
    """First name of the head or key; empty before the first of them."""
    head: bool = False
    inner: bool = False
    """Whether it is the head of a table inside another, such as `[feeds.headers]`."""

    @property
    def text(self) -> str:
        return "".join(self.lines)

    def blank(self, first: int = 0) -> None:
        """Empty its lines from this one on."""
        self.lines[first:] = ["\n"] * len(self.lines[first:])


def parse(text: str) -> tuple[dict[str, Any], str, int | None]:
    """Parse a TOML text.

    Returns:
        Its data, what is wrong ("" when nothing is) and on which line (None: at the end).
    """
    try:
        return tomllib.loads(text), "", None
    except RecursionError:
        return {}, "brackets are nested too deep", None
    except ValueError as error:
        # A number of thousands of digits is a bare ValueError; the rest are TOMLDecodeErrors.
        message = str(error).partition(";")[0]
        place = _PLACE.search(message)
        line = int(place[1]) if place and place[1] else None
        reason = _PLACE.sub("", message)
        return {}, reason[:1].lower() + reason[1:], line


def mend(text: str, arrays: Collection[str], tables: Collection[str]) -> Mended:
    """Read a TOML text piece by piece where it cannot be read as a whole.

    Args:
        text: the file's text.
        arrays: names that are arrays of tables, so that a broken `[[head]]` can be told.
        tables: names that are tables.
    """
    data, fault, _ = parse(text)
    if not fault:
        return Mended(data, text)
    pieces = _split(text)
    complaints = _mend_pieces(pieces, arrays, tables)
    data, conflicts = _settle_conflicts(pieces)
    return Mended(data, "".join(piece.text for piece in pieces), tuple(sorted(complaints + conflicts)))


def _split(text: str) -> list[_Piece]:
    pieces = [_Piece(1, [])]
    for number, line in enumerate(_LINE.findall(text), 1):
        head, key = _HEAD.match(line), _KEY.match(line)
        if head:
            pieces.append(_Piece(number, [], head["name"], head=True, inner=bool(head["inner"])))
        elif key:
            pieces.append(_Piece(number, [], key["name"]))
        pieces[-1].lines.append(line)
    return pieces


def _mend_pieces(
    pieces: list[_Piece], arrays: Collection[str], tables: Collection[str]
) -> list[tuple[int, str]]:
    """Blank or mend the pieces that are broken in themselves; return what was wrong."""
    complaints = []
    seen: set[str] = set()
    lost = False
    for piece in pieces:
        # What stands under a lost head must not become part of the table before it.
        lost = lost and not (piece.head and not piece.inner)
        if lost:
            piece.blank()
            continue
        complaints += _blank_stray_lines(piece)
        if piece.head:
            orphan = piece.inner and piece.name in arrays and piece.name not in seen
            complaint, lost = _mend_head(piece, arrays, tables, orphan)
            complaints += [(piece.first, complaint)] if complaint else []
            seen.add(piece.name)
        elif fault := parse(piece.text)[1]:
            complaints.append((piece.first, _key_complaint(piece, fault)))
            piece.blank()
    return complaints


def _blank_stray_lines(piece: _Piece) -> list[tuple[int, str]]:
    """Blank what follows a sound first line but does not belong there; return what was wrong."""
    _, fault, line = parse(piece.text)
    if not fault or parse(piece.lines[0])[1]:
        return []
    piece.blank(1)
    return [(piece.first + (line or 1) - 1, f"this line cannot be read ({fault}) and is left out")]


def _mend_head(
    piece: _Piece, arrays: Collection[str], tables: Collection[str], orphan: bool
) -> tuple[str, bool]:
    """Put a head right in place; return what was wrong with it ("": nothing) and whether it is lost."""
    written = piece.lines[0].strip()
    single = piece.name in arrays and not piece.inner and not written.startswith("[[")
    if not (single or orphan or parse(piece.text)[1]):
        return "", False
    piece.blank()
    if piece.inner or piece.name not in (*arrays, *tables):
        return f"{written} cannot be read as the head of a table; what stands under it is left out", True
    right = f"[[{piece.name}]]" if piece.name in arrays else f"[{piece.name}]"
    piece.lines[0] = f"{right}\n"
    return f"{written} should be {right} and is read as that", False


def _key_complaint(piece: _Piece, fault: str) -> str:
    what = piece.name or "this line"
    hint = f'; text stands in quotes: {what} = "…"' if fault == "invalid value" else ""
    return f"{what} cannot be read ({fault}) and is left out{hint}"


def _settle_conflicts(pieces: list[_Piece]) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    """Blank what stands twice until the whole can be read; return its data and what was wrong."""
    complaints: list[tuple[int, str]] = []
    for _ in range(_MAX_CONFLICTS):
        data, fault, line = parse("".join(piece.text for piece in pieces))
        if not fault:
            return data, complaints
        at = _piece_at(pieces, line)
        complaints.append((pieces[at].first, _conflict_complaint(pieces[at], fault)))
        _blank_from(pieces, at)
    for piece in pieces:
        piece.blank()
    return {}, [(1, f"more than {_MAX_CONFLICTS} keys stand twice; the file is left out, look it through")]


def _piece_at(pieces: list[_Piece], line: int | None) -> int:
    """Return the place of the last piece with text that begins at or before the line."""
    last = len(pieces) - 1
    while last > 0 and (not pieces[last].text.strip() or (line is not None and pieces[last].first > line)):
        last -= 1
    return last


def _conflict_complaint(piece: _Piece, fault: str) -> str:
    if piece.head:
        words = f"[{piece.name}] stands here a second time ({fault})"
        return f"{words}; what stands under it is left out, put it under the first"
    return f"{piece.name} stands here a second time ({fault}); the first is used, take one out"


def _blank_from(pieces: list[_Piece], at: int) -> None:
    """Blank a piece, and when it is a head what stands under it."""
    whole_table = pieces[at].head
    pieces[at].blank()
    for piece in pieces[at + 1 :]:
        if not whole_table or (piece.head and not piece.inner):
            break
        piece.blank()
