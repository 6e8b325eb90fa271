"""Feed documents of the corpus as bytes: RSS 2.0, Atom 1.0 and RDF (RSS 1.0).

It must never serve or store them.
"""

from __future__ import annotations

from email.utils import format_datetime
from xml.sax.saxutils import escape

from benchmarks.corpus import PER_FEED, Corpus, kind_of, lang_of
from termnews.models import Entry

CONTENT_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "rdf": "application/rdf+xml"}
"""Media type by format."""
_RSS = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_RSS_LABEL = "<category>{}</category>"
_ATOM_LABEL = '<category term="{}"/>'
_RDF_LABEL = "<dc:subject>{}</dc:subject>"


def document(corpus: Corpus, feed: int, first: int = 0) -> bytes:
    """Return the document of a feed with 25 entries, newest first, after leaving out the first ones."""
    numbers = range(feed + first * corpus.feeds, corpus.count, corpus.feeds)[:PER_FEED]
    entries = [corpus.entry(number) for number in numbers]
    kind = kind_of(feed)
    made = {"rss": _rss, "atom": _atom, "rdf": _rdf}[kind](feed, entries)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{made}\n'.encode()


def title(feed: int) -> str:
    """Return the title of a feed."""
    return f"Feed {feed:05d}"


def home(feed: int) -> str:
    """Return the page of a feed's publisher."""
    return f"https://site{feed}.example/"


def _rss(feed: int, entries: list[Entry]) -> str:
    items = "".join(
        f"<item><title>{escape(each.title)}</title><link>{each.link}</link>"
        f'<guid isPermaLink="false">{each.guid}</guid>'
        f"<pubDate>{format_datetime(each.published)}</pubDate><dc:creator>{each.author}</dc:creator>"
        f"{_labels(each, _RSS_LABEL)}"
        f"<content:encoded><![CDATA[{each.content}]]></content:encoded></item>\n"
        for each in entries
        if each.published is not None
    )
    return (
        f'<rss version="2.0" {_RSS}><channel><title>{title(feed)}</title><link>{home(feed)}</link>'
        f"<language>{lang_of(feed)}</language><description>News</description>\n{items}</channel></rss>"
    )


def _atom(feed: int, entries: list[Entry]) -> str:
    items = "".join(
        f'<entry><title>{escape(each.title)}</title><link rel="alternate" href="{each.link}"/>'
        f"<id>{each.guid}</id><published>{each.published:%Y-%m-%dT%H:%M:%SZ}</published>"
        f"<updated>{each.updated:%Y-%m-%dT%H:%M:%SZ}</updated><author><name>{each.author}</name></author>"
        f"{_labels(each, _ATOM_LABEL)}"
        f'<content type="html">{escape(each.content)}</content></entry>\n'
        for each in entries
    )
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang_of(feed)}"><title>{title(feed)}</title>'
        f'<link rel="alternate" href="{home(feed)}"/><id>{home(feed)}</id>'
        f"<updated>2026-11-01T00:00:00Z</updated>\n{items}</feed>"
    )


def _rdf(feed: int, entries: list[Entry]) -> str:
    items = "".join(
        f'<item rdf:about="{each.guid}"><title>{escape(each.title)}</title><link>{each.link}</link>'
        f"<dc:date>{each.published:%Y-%m-%dT%H:%M:%SZ}</dc:date><dc:creator>{each.author}</dc:creator>"
        f"{_labels(each, _RDF_LABEL)}"
        f"<content:encoded>{escape(each.content)}</content:encoded></item>\n"
        for each in entries
    )
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'{_RSS}><channel rdf:about="{home(feed)}"><title>{title(feed)}</title><link>{home(feed)}</link>'
        f"<description>News</description><dc:language>{lang_of(feed)}</dc:language></channel>\n"
        f"{items}</rdf:RDF>"
    )


def _labels(entry: Entry, form: str) -> str:
    return "".join(form.format(escape(each)) for each in entry.categories)
