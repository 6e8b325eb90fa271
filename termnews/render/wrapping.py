"""Blocks → lines of styled text of a given width, one block at a time, so that a pane wraps on demand.

It must never know colours: a style is a role with marks behind it ("text bold"), which a face turns
into its own. Widths are terminal cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len, get_character_cell_size, split_graphemes

from termnews.render.columns import table_lines
from termnews.render.document import (
    Block,
    Code,
    Document,
    Figure,
    Heading,
    ListEntry,
    Rule,
    Span,
    Table,
)

Piece = tuple[str, str]
"""Text and its style: a role (text, heading, quote, code, link, number, bullet, bar, head, figure
or rule) with marks behind it; "@3" is the mark of what belongs to link 3."""
Line = tuple[Piece, ...]

_TOKENS: Final = re.compile(r"\n|[ \t]+|[^ \t\n]+")
_JOINER: Final = "\u200d"
_JOINERS: Final = re.compile(f"{_JOINER}{{2,}}")
_BELONGS: Final = re.compile("[\ufe00-\ufe0f\u200d]")
"""Begins what belongs to the sign before it, also one of another span."""
_QUOTE_BAR: Final = "▎ "
_BULLET: Final = "• "
_KIND_WORDS: Final = {"image": "Image", "video": "Video", "audio": "Audio", "page": "Embedded page"}
_NARROWEST: Final = 8


class _Word(NamedTuple):
    """Pieces that stay together, and whether a space or a line break stands before them."""

    pieces: list[Piece]
    before: str


def wrap(block: Block, width: int) -> list[Line]:
    """Return the lines of a block, none wider than `width` cells (at least 8); never empty."""
    width = max(width, _NARROWEST)
    quotes = min(block.quote, (width - _NARROWEST) // len(_QUOTE_BAR))
    bars: Line = ((_QUOTE_BAR * quotes, "bar"),) if quotes else ()
    return [(*bars, *line) for line in _lines(block, width - len(_QUOTE_BAR) * quotes)]


def _lines(block: Block, width: int) -> list[Line]:
    match block:
        case Rule():
            return [(("─" * width, "rule"),)]
        case Code(text):
            indent = min(2 * block.depth, width - _NARROWEST)
            parts = (part for line in text.split("\n") for part in _cut(line, width - indent))
            return [((" " * indent + part, "code"),) for part in parts]
        case Table():
            return table_lines(block, width, _filled)
        case Heading(spans):
            return _filled(spans, width, "heading")
        case Figure(spans, kind, link):
            word = _KIND_WORDS[kind]
            lead = Span(f"{word}: " if spans else word)
            return _filled((lead, *spans), width, "figure", number=link)
        case ListEntry(spans, depth, number):
            mark = f"{number}. "
            if number is None or len(mark) > width // 2:
                mark = _BULLET
            return _indented(spans, width, 2 * (depth - 1), mark)
        case _:
            role = "quote" if block.quote else "text"
            return _indented(block.spans, width, 2 * block.depth, "", role)


def _indented(spans: tuple[Span, ...], width: int, indent: int, mark: str, role: str = "text") -> list[Line]:
    """Return lines behind an indent, the first one behind the mark."""
    indent = min(indent, max(0, width - _NARROWEST - len(mark)))
    margin = indent + len(mark)
    lines = _filled(spans, width - margin, role) or [()]
    first: Line = ((" " * indent, role), (mark, "bullet")) if mark else ((" " * margin, role),)
    rest: Line = ((" " * margin, role),)
    return [((*(first if not at else rest), *line) if margin else line) for at, line in enumerate(lines)]


def _filled(spans: Sequence[Span], width: int, role: str, *, number: int | None = None) -> list[Line]:
    """Return the spans as lines filled word by word; `number` is written behind the last."""
    lines: list[list[Piece]] = [[]]
    used = 0
    for word in _words(spans, role, number):
        # Measured as they are drawn: a sign may join what stands before it in another span.
        pieces = list(_merged(word.pieces))
        size = sum(cell_len(text) for text, _ in pieces)
        if word.before == "\n" or (lines[-1] and used + len(word.before) + size > width):
            lines.append([])
            used = 0
        elif lines[-1] and word.before:
            # A blank before or behind a link, or struck words, is not part of them.
            style = pieces[0][1] if pieces else role
            lines[-1].append((word.before, style if lines[-1][-1][1] == style else role))
            used += 1
        for text, style in pieces:
            for part in _cut(text, width):
                if used and used + cell_len(part) > width:
                    lines.append([])
                    used = 0
                lines[-1].append((part, style))
                used += cell_len(part)
    return [tuple(_merged(line)) for line in lines]


def _words(spans: Sequence[Span], role: str, number: int | None) -> Iterator[_Word]:
    word, before, joins = list[Piece](), "", False
    for at, span in enumerate(spans):
        link = number if span.link is None else span.link
        marks = span.marks if link is None else (*span.marks, f"@{link}")
        style = " ".join(("link" if span.link is not None and role == "text" else role, *marks))
        for token in _TOKENS.findall(span.text):
            if token == "\n" or token.isspace():
                if word:
                    yield _Word(word, before)
                word, before = [], "\n" if token == "\n" or (before == "\n" and not word) else " "
                joins = False
                continue
            # A second joiner joins nothing, and is measured otherwise apart from the first than beside it.
            token = _JOINERS.sub(_JOINER, token.lstrip(_JOINER) if joins else token)
            joins = token.endswith(_JOINER) if token else joins
            for part in _breakable(token) if token else ():
                if word and part is not token and not _BELONGS.match(part):
                    yield _Word(word, before)
                    word, before = [], ""
                word.append((part.replace("\xa0", " "), style))
        ends = span.link if at + 1 == len(spans) or spans[at + 1].link != span.link else None
        if ends is not None and word:
            word.append((f" [{ends}]", f"number @{ends}"))
    if number is not None:
        word.append((f" [{number}]" if word or spans else f"[{number}]", f"number @{number}"))
    if word:
        yield _Word(word, before)


def _breakable(token: str) -> list[str]:
    """Return the token in parts between which a line may break: CJK text breaks at every character."""
    if token.isascii() or not any(get_character_cell_size(char) == 2 for char in token):
        return [token]
    return re.findall(
        # U+FE00 to U+FE0F belong to the sign before them: an emoji keeps its width.
        r"[\u2e80-\ufdff\ufe10-\uffdc\U00020000-\U0003ffff][\u3000-\u303f\uff00-\uff20\ufe00-\ufe0f]*"
        r"|[^\u2e80-\ufdff\ufe10-\uffdc\U00020000-\U0003ffff]+",
        token,
    )


def _cut(text: str, width: int) -> Iterator[str]:
    """Yield the text in parts of at most `width` cells; a text that fits as it is, also an empty one.

    What is drawn as one (a letter with its accents, a joined emoji) stays in one part.
    """
    if cell_len(text) <= width:
        yield text
        return
    begin, size = 0, 0
    for start, _, cells in split_graphemes(text)[0]:
        if size and size + cells > width:
            yield text[begin:start]
            begin, size = start, 0
        size += cells
    yield text[begin:]


def _merged(line: Sequence[Piece]) -> Iterator[Piece]:
    """Yield pieces, neighbours of one style as one."""
    text, style = "", ""
    for part, own in line:
        if own != style and text:
            yield text, style
            text = ""
        text, style = text + part, own
    if text:
        yield text, style


def gap(before: Block | None, block: Block) -> int:
    """Return how many blank lines stand between two blocks; none before the first."""
    if before is None:
        return 0
    in_list = isinstance(block, ListEntry) or block.depth > 0
    if in_list and (isinstance(before, ListEntry | Heading) or before.depth > 0):
        return 0
    return 1


def to_text(document: Document, width: int = 72) -> str:
    """Return the document as plain text, its links listed at the end; ends with a newline unless empty."""
    out: list[str] = []
    before: Block | None = None
    for block in document.blocks:
        out += [""] * gap(before, block)
        out += ["".join(text for text, _ in line).rstrip() for line in wrap(block, width)]
        before = block
    if document.links:
        out += ["", *(f"[{link.number}] {link.url}" for link in document.links)]
    return "\n".join(out) + "\n" if out else ""
