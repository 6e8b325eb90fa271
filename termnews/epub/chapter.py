"""An article → one XHTML document: title, where it comes from, body.

It must never hold more than the one article.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from termnews.epub import words
from termnews.epub.body import add_body, add_link, add_text
from termnews.models import Article
from termnews.output.texts import address, feed_name, local
from termnews.render import Document
from termnews.sanitize import clean_line

XHTML: Final = "http://www.w3.org/1999/xhtml"
HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
UNTITLED: Final = "(no title)"


def chapter(article: Article, document: Document, picture: Callable[[str], str]) -> bytes:
    """Return the chapter of an article.

    Args:
        article: the article.
        document: its body.
        picture: tells where in the book the picture of an address is; empty: it is not in it.
    """
    entry = article.entry
    lang, title = words.language(entry.lang), title_of(article)
    page = Element("html", {"xmlns": XHTML})
    if lang:
        page.attrib |= {"xml:lang": lang, "lang": lang}
    if is_right_to_left(article):
        page.set("dir", "rtl")
    head = SubElement(page, "head")
    SubElement(head, "title").text = title
    SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": "../style.css"})
    body = SubElement(page, "body")
    SubElement(body, "h1").text = title
    _add_source(body, article)
    add_body(body, document, picture)
    for each in entry.enclosures:
        line = SubElement(body, "p", {"class": "source"})
        add_text(line, "Enclosure: ")
        add_link(line, each.url, address(each.url))
    return (HEAD + tostring(page, encoding="unicode") + "\n").encode()


def title_of(article: Article) -> str:
    """Return the title on one line, never empty."""
    return words.named(article.entry.title, UNTITLED)


def is_right_to_left(article: Article) -> bool:
    """Return whether the article is written from right to left."""
    return words.right_to_left(f"{article.entry.title} {article.entry.text}", article.entry.lang)


def date_of(article: Article) -> datetime | None:
    """Return when it was published, else when it came in."""
    return article.entry.published or article.state.arrived


def _add_source(body: Element, article: Article) -> None:
    """Put feed, author and time under the title, then the regions, then the address."""
    date = date_of(article)
    source = (feed_name(article.feed), clean_line(article.entry.author), local(date) if date else "")
    about = [clean_line(each.code) for each in article.places if each.role == "about"]
    for line in (" · ".join(filter(None, source)), f"About: {', '.join(about)}" if about else ""):
        if line:
            SubElement(body, "p", {"class": "source"}).text = clean_line(line)
    if article.entry.link:
        add_link(SubElement(body, "p", {"class": "source"}), article.entry.link, address(article.entry.link))
