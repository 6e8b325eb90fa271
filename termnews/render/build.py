"""HTML → blocks: one pass over the tokens, in time linear to their number.

It must never recurse or look back over what it has built, and every text passes `sanitize` after
its character references are replaced, so that none can become a control character.
"""

from __future__ import annotations

import re
from typing import Final

from termnews.render.document import (
    Block,
    Code,
    Document,
    Figure,
    FigureKind,
    Heading,
    Link,
    ListEntry,
    Paragraph,
    Rule,
    Span,
)
from termnews.render.inline import Inline, paragraphs
from termnews.render.links import resolved
from termnews.render.tables import TableReader
from termnews.render.tokens import Token, attributes, counts_readers, decode, has_tags, tokens
from termnews.sanitize import clean_line, clean_text

MAX_HTML: Final = 2_000_000
"""Characters of HTML that are read; a longer body is cut."""
MAX_BLOCKS: Final = 20_000
MAX_LINKS: Final = 2_000
MAX_DEPTH: Final = 6
"""Lists and quotes deeper than this are drawn at this depth."""

_FLOW: Final = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "details",
        "form",
        "center",
        "fieldset",
        "dl",
        "dt",
        "dd",
        "summary",
        "address",
        "body",
        "html",
        "caption",
        "legend",
        "tbody",
        "thead",
        "tfoot",
    ]
)
_MEDIA: Final[dict[str, FigureKind]] = {
    "img": "image", "video": "video", "audio": "audio", "iframe": "page", "embed": "page", "object": "page",
}  # fmt: skip
_ENDS_TABLE: Final = frozenset(
    ["h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table", "figure", "hr"]
)


class Builder:
    """Builds one document."""

    def __init__(self, base_url: str) -> None:
        self._base = base_url
        self._blocks: list[Block] = []
        self._links: dict[str, int] = {}
        self._texts: dict[int, str] = {}
        self._inline = Inline()
        self._heading = 0
        self._quote = 0
        self._lists: list[int | None] = []
        self._loose = False  # whether the innermost list is only there for an entry outside any
        self._entry: tuple[int | None] | None = None
        self._pre: list[str] | None = None
        self._waiting: list[Figure] = []
        self._figure: list[Figure] | None = None
        self._table: TableReader | None = None
        self._cell: Token | None = None

    def build(self, html: str) -> Document:
        """Return the document."""
        html = html[:MAX_HTML]
        if not has_tags(html):
            self._plain(decode(html))
            html = ""
        for token in tokens(html):
            if len(self._blocks) >= MAX_BLOCKS:
                break
            if token.kind == "text":
                self._text(clean_text(decode(token.value)))
            elif token.kind == "start":
                self._start(token)
            else:
                self._end(token.value)
        self._end_table()
        self._end_pre()
        self._flush()
        links = tuple(Link(number, url, self._texts.get(number, "")) for url, number in self._links.items())
        return Document(tuple(self._blocks), links)

    def _plain(self, text: str) -> None:
        for paragraph in re.split(r"\n[ \t]*\n", clean_text(text)):
            self._inline.lines(paragraph)
            self._flush()

    # --- text ------------------------------------------------------------------------------

    def _text(self, text: str) -> None:
        if self._pre is not None:
            self._pre.append(text)
            return
        if (number := self._inline.link) is not None and number not in self._texts and text.strip():
            self._texts[number] = clean_line(text)
        self._inline.text(text)

    def _flush(self) -> None:
        """End the paragraph, heading or list entry; pictures that stood in it come behind it."""
        spans = self._inline.take()
        self._inline.clear()
        depth, quote = min(len(self._lists), MAX_DEPTH), min(self._quote, MAX_DEPTH)
        if spans and self._heading:
            self._blocks.append(Heading(spans, self._heading, quote))
            self._entry = None
            spans = ()
        parts = paragraphs(spans)
        waiting, self._waiting = [each for each in self._waiting if each.spans or each.link], []
        if self._entry is not None and (parts or waiting):
            first = parts.pop(0) if parts else ()
            self._blocks.append(ListEntry(first, max(depth, 1), self._entry[0], quote))
            self._entry = None
        self._blocks += [Paragraph(part, quote, depth) for part in parts]
        self._blocks += waiting

    # --- tags ------------------------------------------------------------------------------

    def _start(self, token: Token) -> None:
        name = token.value
        if self._table is not None and name in _ENDS_TABLE:
            self._end_table(laid_out=True)
        if name == "a":
            self._inline.link = self._link(attributes(token).get("href", ""))
        elif name in _MEDIA or (name == "source" and self._waiting):
            self._media(token)
        elif name in ("table", "tr", "td", "th"):
            self._start_cell(token)
        elif name == "pre":
            self._flush()
            self._pre = []
        elif name in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._flush()
            self._heading = int(name[1])
        elif name == "li":
            self._start_entry()
        elif not self._start_group(token) and self._is_flow(name):
            self._flush()
        self._inline.tag(name, start=True)

    def _start_group(self, token: Token) -> bool:
        """Begin a quote, list, figure or caption, or draw a rule; return whether it was one of them."""
        name = token.value
        if name not in ("blockquote", "ul", "ol", "hr", "figure", "figcaption"):
            return False
        self._flush()
        if name == "blockquote":
            self._quote += 1
        elif name in ("ul", "ol"):
            first = _number(attributes(token).get("start", ""), 1)
            self._lists.append(None if name == "ul" else first - 1)
            self._entry, self._loose = None, False
        elif name == "figure":
            self._figure = []
        elif name == "hr":
            self._blocks.append(Rule(min(self._quote, MAX_DEPTH)))
        return True

    def _end(self, name: str) -> None:
        self._inline.tag(name, start=False)
        if name == "a":
            self._inline.link = None
        elif name == "pre":
            self._end_pre()
        elif name in ("td", "th"):
            self._end_cell()
        elif name == "table":
            self._end_table()
        elif name == "figcaption":
            self._end_caption()
        elif name in ("blockquote", "ul", "ol", "li", "figure") or name[:1] == "h" or self._is_flow(name):
            self._flush()
            self._leave(name)

    def _leave(self, name: str) -> None:
        if name == "blockquote":
            self._quote = max(0, self._quote - 1)
        elif self._lists and (name in ("ul", "ol") or (name == "li" and self._loose)):
            self._lists.pop()
            self._loose = False
        elif name == "figure" and self._figure is not None:
            self._blocks += [each for each in self._figure if each.spans or each.link]
            self._figure = None
        self._heading = 0
        self._entry = None

    def _is_flow(self, name: str) -> bool:
        """Whether the tag ends a paragraph; inside a cell of a table only a line ends."""
        if name not in _FLOW:
            return False
        if self._table is not None and self._cell is not None:
            if self._inline.written:
                self._inline.tag("br", start=True)
            return False
        return True

    def _start_entry(self) -> None:
        self._flush()
        if not self._lists:
            self._lists.append(None)
            self._loose = True
        number = self._lists[-1]
        if number is not None:
            number = self._lists[-1] = number + 1
        self._entry = (number,)

    def _end_pre(self) -> None:
        if self._pre is not None:
            text = "".join(self._pre).strip("\n").expandtabs(4)
            self._pre = None
            if text.strip():
                depth, quote = min(len(self._lists), MAX_DEPTH), min(self._quote, MAX_DEPTH)
                if self._entry is not None:
                    self._blocks.append(ListEntry((), max(depth, 1), self._entry[0], quote))
                    self._entry = None
                self._blocks.append(Code(text, quote, depth))

    # --- links, pictures -------------------------------------------------------------------

    def _link(self, href: str) -> int | None:
        """Return the number of an address; None for one that leads nowhere outside this article."""
        url = resolved(self._base, href)
        if url is None or (url not in self._links and len(self._links) >= MAX_LINKS):
            return None
        return self._links.setdefault(url, len(self._links) + 1)

    def _media(self, token: Token) -> None:
        said = attributes(token)
        address = said.get("src") or said.get("data-src") or said.get("data") or ""
        if address[:5].lower() == "data:":  # a blank in the place of a picture that a script would fetch
            address = said.get("data-src") or address
        if token.value == "source":
            if self._waiting[-1].link is None:
                self._waiting[-1] = Figure(
                    self._waiting[-1].spans, self._waiting[-1].kind, self._link(address)
                )
            return
        if counts_readers(said):
            return
        words = clean_line(said.get("alt") or said.get("title") or "")
        if "emoji" in said.get("class", "") or "smiley" in said.get("class", ""):
            self._inline.text(words)
            return
        place = {"quote": min(self._quote, MAX_DEPTH), "depth": min(len(self._lists), MAX_DEPTH)}
        spans = (Span(words, (), self._inline.link),) if words else ()
        number = self._link(address)
        own = number is not None or self._inline.link is None
        figure = Figure(spans, _MEDIA[token.value], number or self._inline.link, **place, own=own)
        (self._waiting if self._figure is None else self._figure).append(figure)

    def _end_caption(self) -> None:
        spans = self._inline.take()
        if self._figure and spans:
            last = self._figure[-1]
            self._figure[-1] = Figure(spans, last.kind, last.link, last.quote, last.depth, last.own)
        elif spans:
            self._blocks.append(Paragraph(spans, min(self._quote, MAX_DEPTH)))

    # --- tables ----------------------------------------------------------------------------

    def _start_cell(self, token: Token) -> None:
        if token.value == "table":
            self._flush()
            self._table = TableReader()
        elif self._table is None:
            self._flush()
        elif token.value == "tr":
            self._end_cell()
            self._table.row()
        else:
            self._end_cell()
            self._inline.take()
            self._cell = token

    def _end_cell(self) -> None:
        if self._table is None or self._cell is None:
            return
        said = attributes(self._cell)
        self._table.cell(
            self._inline.take(),
            head=self._cell.value == "th",
            align=said.get("align", "").lower(),
            columns=_number(said.get("colspan", ""), 1),
        )
        self._cell = None

    def _end_table(self, *, laid_out: bool = False) -> None:
        """End the table; one that only lays out a page gives its cells one after the other."""
        if self._table is None:
            return
        self._end_cell()
        reader, self._table = self._table, None
        quote = min(self._quote, MAX_DEPTH)
        table = None if laid_out else reader.table(quote)
        if table is not None:
            self._blocks.append(table)
        else:
            cells = (part for row in reader.rows for cell in row for part in paragraphs(cell))
            self._blocks += [Paragraph(part, quote) for part in cells]
        self._flush()


def _number(text: str, otherwise: int) -> int:
    """Return a small number an attribute holds; `otherwise` for anything else."""
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise
