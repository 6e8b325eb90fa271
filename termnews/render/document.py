"""The records an article is drawn from: a flat run of blocks, and the links they name.

They must hold text only that is safe on a terminal, and know nothing of widths or colours.
Nesting is a number, not a tree: a block knows how many quotes and lists stand around it, so
that a pane can wrap any block without its neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mark = Literal["bold", "italic", "code", "strike"]
Align = Literal["left", "right", "center"]
FigureKind = Literal["image", "video", "audio", "page"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one manner."""

    text: str
    """The text; a newline in it is a line break, other white space is single."""
    marks: tuple[Mark, ...] = ()
    """How it is set off, in the order bold, italic, code, strike."""
    link: int | None = None
    """Number of the link it belongs to; None: no link."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading."""

    spans: tuple[Span, ...]
    """Its text; never empty."""
    level: int
    """1 to 6."""
    quote: int = 0
    """Quotes around it."""
    depth: int = 0
    """Lists around it; always 0 for a heading."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text; inside a list, one that goes on with the entry above."""

    spans: tuple[Span, ...]
    """Its text; never empty."""
    quote: int = 0
    """Quotes around it."""
    depth: int = 0
    """Lists around it."""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """An entry of a list with its bullet or number."""

    spans: tuple[Span, ...]
    """Its text; may be empty."""
    depth: int
    """Lists around it, at least 1."""
    number: int | None = None
    """Its number in an ordered list; None: a bullet."""
    quote: int = 0
    """Quotes around it."""


@dataclass(frozen=True, slots=True)
class Code:
    """Preformatted text."""

    text: str
    """Lines as written, separated by newlines."""
    quote: int = 0
    """Quotes around it."""
    depth: int = 0
    """Lists around it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data; tables that only lay out a page are taken apart."""

    rows: tuple[tuple[tuple[Span, ...], ...], ...]
    """Rows of cells of spans, all rows of one length; the head first when there is one."""
    head: bool
    """Whether the first row names the columns."""
    aligns: tuple[Align, ...]
    """How each column is set."""
    quote: int = 0
    """Quotes around it."""
    depth: int = 0
    """Lists around it; always 0 for a table."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, film, recording or embedded page, of which a terminal shows the words."""

    spans: tuple[Span, ...]
    """Caption, else alternative text; may be empty."""
    kind: FigureKind
    """What it is."""
    link: int | None = None
    """Number of its own address, else of the link around it; None: it has none that can be opened."""
    quote: int = 0
    """Quotes around it."""
    depth: int = 0
    """Lists around it."""
    own: bool = True
    """Whether the link leads to it itself, not where a link around it leads."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between two parts."""

    quote: int = 0
    """Quotes around it."""
    depth: int = 0
    """Lists around it; always 0 for a rule."""


Block = Heading | Paragraph | ListEntry | Code | Table | Figure | Rule


def pictured(block: Block) -> int:
    """Return the number of the link that leads to the picture a block is; 0 for any other block."""
    return block.link or 0 if isinstance(block, Figure) and block.kind == "image" and block.own else 0


@dataclass(frozen=True, slots=True)
class Link:
    """An address the article names."""

    number: int
    """Its number, from 1 in order of appearance; equal addresses share one."""
    url: str
    """Absolute address, without credentials."""
    text: str
    """The words it stands under; may be empty."""

    @property
    def openable(self) -> bool:
        """Whether a browser may be sent there; other addresses are shown and copied only."""
        return self.url.partition(":")[0].lower() in ("http", "https")


@dataclass(frozen=True, slots=True)
class Document:
    """An article's body."""

    blocks: tuple[Block, ...] = ()
    """From first to last."""
    links: tuple[Link, ...] = ()
    """By number."""
