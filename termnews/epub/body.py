"""Blocks of an article → elements of XHTML.

It must never write an element that is not named here, whatever stood in the feed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from termnews.epub import words
from termnews.render import (
    Block,
    Code,
    Document,
    Figure,
    Heading,
    Link,
    ListEntry,
    Paragraph,
    Rule,
    Span,
    Table,
    pictured,
)
from termnews.sanitize import clean_line, clean_text

_MARKS: Final = {"bold": "strong", "italic": "em", "code": "code", "strike": "s"}
_KINDS: Final = {"image": "Image", "video": "Video", "audio": "Audio", "page": "Embedded page"}


def add_body(parent: Element, document: Document, picture: Callable[[str], str]) -> None:
    """Put the blocks of a document behind what there is; `picture` tells where in the book one is."""
    body = _Body(parent, document.links, picture)
    for each in document.blocks:
        body.add(each)


def add_text(parent: Element, text: str) -> None:
    """Put text behind what the element holds; a newline in it is a line break."""
    first, *others = clean_text(text).split("\n")
    _append(parent, first)
    for each in others:
        SubElement(parent, "br")
        _append(parent, each)


def add_link(parent: Element, url: str, text: str) -> None:
    """Put a link behind what the element holds; text alone where the address cannot be followed."""
    target = words.href(url)
    add_text(SubElement(parent, "a", {"href": target}) if target else parent, text)


def _append(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


class _Body:
    """The elements under way: quotes around the present place, and the lists inside the innermost."""

    def __init__(self, parent: Element, links: Sequence[Link], picture: Callable[[str], str]) -> None:
        self._quotes = [parent]
        self._lists: list[Element] = []
        self._next: list[int] = []  # the number each list goes on with
        self._links = links
        self._picture = picture

    def add(self, block: Block) -> None:
        """Put a block where its depths say; quotes stand around lists."""
        if block.quote != len(self._quotes) - 1:
            self._close_lists(0)
            del self._quotes[block.quote + 1 :]
            while len(self._quotes) <= block.quote:
                self._quotes.append(SubElement(self._quotes[-1], "blockquote"))
        if isinstance(block, ListEntry):
            self._spans(self._entry(block), block.spans)
            return
        self._close_lists(block.depth)
        parent = self._lists[-1][-1] if self._lists else self._quotes[-1]
        match block:
            case Heading(spans, level):
                self._spans(SubElement(parent, f"h{min(level + 1, 6)}"), spans)
            case Paragraph(spans):
                self._spans(SubElement(parent, "p"), spans)
            case Code(text):
                add_code(parent, text)
            case Table():
                self._table(parent, block)
            case Figure():
                self._figure(parent, block)
            case Rule():
                SubElement(parent, "hr")

    def _close_lists(self, depth: int) -> None:
        del self._lists[depth:]
        del self._next[depth:]

    def _entry(self, entry: ListEntry) -> Element:
        """Return a new entry of the list it belongs to; lists that nobody opened are."""
        kind = "ul" if entry.number is None else "ol"
        self._close_lists(entry.depth)
        if len(self._lists) == entry.depth and self._lists[-1].tag != kind:
            self._close_lists(entry.depth - 1)
        while len(self._lists) < entry.depth:
            parent = self._lists[-1] if self._lists else None
            inside = self._quotes[-1] if parent is None else parent[-1]
            deepest = len(self._lists) == entry.depth - 1
            self._lists.append(SubElement(inside, kind if deepest else "ul"))
            self._next.append(1)
            if not deepest:
                SubElement(self._lists[-1], "li")
        made = SubElement(self._lists[-1], "li")
        if entry.number is not None:
            if entry.number != self._next[-1]:
                made.set("value", str(entry.number))
            self._next[-1] = entry.number + 1
        return made

    def _table(self, parent: Element, table: Table) -> None:
        made = SubElement(parent, "table")
        rows = list(table.rows)
        if table.head:
            self._row(SubElement(made, "thead"), rows.pop(0), table, "th")
        if rows:
            body = SubElement(made, "tbody")
            for row in rows:
                self._row(body, row, table, "td")

    def _row(self, parent: Element, cells: Iterable[Sequence[Span]], table: Table, tag: str) -> None:
        row = SubElement(parent, "tr")
        for cell, align in zip(cells, table.aligns, strict=True):
            self._spans(SubElement(row, tag, {} if align == "left" else {"class": align}), cell)

    def _figure(self, parent: Element, figure: Figure) -> None:
        """Put a picture the book has; else, and for sound and film, the words for what stays on the web."""
        made, url = SubElement(parent, "figure"), self._url(figure.link)
        if place := self._picture(url) if pictured(figure) else "":
            target = words.href(url)
            around = SubElement(made, "a", {"href": target}) if target else made
            text = clean_line("".join(span.text for span in figure.spans))
            SubElement(around, "img", {"src": place, "alt": text})
            if text:
                self._spans(SubElement(made, "figcaption"), figure.spans)
            return
        caption = SubElement(made, "figcaption")
        kind = _KINDS[figure.kind]
        add_link(caption, url, kind)
        if figure.spans:
            _append(caption, ": ")
            self._spans(caption, figure.spans)

    def _url(self, number: int | None) -> str:
        return "" if number is None else self._links[number - 1].url

    def _spans(self, parent: Element, spans: Iterable[Span]) -> None:
        link: int | None = None
        here = parent
        for span in spans:
            if span.link != link:
                link = span.link
                target = words.href(self._url(link))
                here = SubElement(parent, "a", {"href": target}) if target else parent
            inner = here
            for mark in span.marks:
                inner = SubElement(inner, _MARKS[mark])
            add_text(inner, span.text)


def add_code(parent: Element, text: str) -> None:
    """Put lines behind what the element holds as they are written."""
    SubElement(SubElement(parent, "pre"), "code").text = clean_text(text)
