"""Sample feeds → RSS 2.0, Atom 1.0 and JSON Feed 1.1 documents.

It must never write a file, and equal samples at an equal moment give equal text.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree as ET

from termnews.demo.samples import Sample, SampleEntry

# Prefixed names and xmlns stand below as plain names: ElementTree's own prefixes are global state.


def feed_document(feed: Sample, now: datetime) -> str:
    """Return the feed in its format, ages turned into dates before `now` (aware)."""
    return {"rss": _rss, "atom": _atom, "json": _json}[feed.format](feed, now)


def _rss(feed: Sample, now: datetime) -> str:
    """Return the feed as RSS 2.0 with the content and Dublin Core modules."""
    spaces = {
        "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns:atom": "http://www.w3.org/2005/Atom",
    }
    root = ET.Element("rss", {"version": "2.0", **spaces})
    channel = ET.SubElement(root, "channel")
    _texts(channel, title=feed.name, link=feed.home, description=feed.about, language=feed.lang)
    for entry in feed.entries:
        node = ET.SubElement(channel, "item")
        published, updated = _dated(entry, now)
        _texts(node, title=entry.title, link=feed.address(entry), guid=feed.address(entry))
        _texts(node, **{"dc:creator": entry.author, "description": entry.summary or entry.body})
        _texts(node, **{"content:encoded": entry.body if entry.summary else ""})
        _texts(node, pubDate=format_datetime(published, usegmt=True) if published else "")
        _texts(node, **{"atom:updated": _iso(updated)})
        for name in entry.categories:
            _texts(node, category=name)
        for file in entry.enclosures:
            ET.SubElement(node, "enclosure", url=file.url, type=file.type, length=str(file.length or 0))
    return _document(root)


def _atom(feed: Sample, now: datetime) -> str:
    """Return the feed as Atom 1.0; an undated entry lacks the `updated` it should have."""
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.lang})
    _texts(root, id=f"{feed.home}/", title=feed.name, subtitle=feed.about, updated=_iso(_moment(now, 0)))
    ET.SubElement(root, "link", rel="alternate", href=feed.home)
    for entry in feed.entries:
        node = ET.SubElement(root, "entry")
        published, updated = _dated(entry, now)
        _texts(node, id=feed.address(entry), title=entry.title, published=_iso(published))
        _texts(node, updated=_iso(updated or published))
        ET.SubElement(node, "link", rel="alternate", href=feed.address(entry))
        if entry.author:
            _texts(ET.SubElement(node, "author"), name=entry.author)
        for name in entry.categories:
            ET.SubElement(node, "category", term=name)
        for kind, html in (("summary", entry.summary), ("content", entry.body)):
            if html:
                ET.SubElement(node, kind, type="html").text = html
        for file in entry.enclosures:
            length = {} if file.length is None else {"length": str(file.length)}
            ET.SubElement(node, "link", {"rel": "enclosure", "href": file.url, "type": file.type, **length})
    return _document(root)


def _json(feed: Sample, now: datetime) -> str:
    """Return the feed as JSON Feed 1.1."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.name,
        "home_page_url": feed.home,
        "description": feed.about,
        "language": feed.lang,
        "items": [_json_entry(feed, entry, now) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _json_entry(feed: Sample, entry: SampleEntry, now: datetime) -> dict[str, Any]:
    """Return one entry of a JSON Feed without the fields it does not have."""
    published, updated = _dated(entry, now)
    fields = {
        "id": feed.address(entry),
        "url": feed.address(entry),
        "title": entry.title,
        "authors": [{"name": entry.author}] if entry.author else [],
        "date_published": _iso(published),
        "date_modified": _iso(updated),
        "summary": entry.summary,
        "content_html": entry.body,
        "tags": list(entry.categories),
        "attachments": [
            {"url": file.url, "mime_type": file.type, "size_in_bytes": file.length}
            for file in entry.enclosures
        ],
    }
    return {name: value for name, value in fields.items() if value}


def _texts(parent: ET.Element, **named: str) -> None:
    """Add one child for each name that has a text."""
    for name, text in named.items():
        if text:
            ET.SubElement(parent, name).text = text


def _iso(moment: datetime | None) -> str:
    return moment.isoformat().replace("+00:00", "Z") if moment else ""


def _document(root: ET.Element) -> str:
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _moment(now: datetime, age_minutes: int) -> datetime:
    return now.astimezone(UTC).replace(microsecond=0) - timedelta(minutes=age_minutes)


def _dated(entry: SampleEntry, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return when an entry was published and last updated; None where its feed is silent."""
    published = None if entry.age_minutes is None else _moment(now, entry.age_minutes)
    updated = None if entry.updated_age_minutes is None else _moment(now, entry.updated_age_minutes)
    return published, updated
