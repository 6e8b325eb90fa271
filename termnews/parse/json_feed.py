"""JSON Feed 1.0 and 1.1 → drafts.

Every value is taken for what it is: a field of the wrong type counts as missing, and an entry
that is no object is left out. Source: jsonfeed.org/version/1.1.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import msgspec

from termnews.models import Enclosure, ParsedFeed
from termnews.parse.dates import read_date
from termnews.parse.drafts import MAX_ENTRIES, Draft, assemble
from termnews.parse.files import enclosure
from termnews.parse.kinds import not_a_feed
from termnews.parse.markup import SHOWN, absolute_url, escape_plain, lang_tag
from termnews.sanitize import clean_line

_Object = dict[str, Any]


def read_json(text: str, url: str, *, now: datetime, lang: str) -> ParsedFeed:
    """Return the feed in a JSON document.

    Raises:
        ParseError: it is no JSON, or JSON without a feed.
    """
    document = _document(text, url)
    home = absolute_url(_string(document.get("home_page_url")), url)
    authors = _authors(document)
    entries = _objects(document.get("items"))
    notes = _notes(document.get("items"), len(entries))
    language = lang_tag(document.get("language"), lang)
    drafts = [_draft(entry, url, authors) for entry in entries[:MAX_ENTRIES]]
    kept, more = assemble(drafts, now, home, language)
    return ParsedFeed(
        title=clean_line(_text(document.get("title"))),
        link=home,
        lang=language,
        entries=kept,
        notes=(*notes, *more),
    )


def _document(text: str, url: str) -> _Object:
    """Return the document's object.

    Raises:
        ParseError: it is no JSON, or JSON without a feed.
    """
    try:
        document = _decode(text)
    except (ValueError, RecursionError) as error:
        raise not_a_feed(url, "broken JSON", "tell its publisher or try again later") from error
    if not isinstance(document, dict) or not _is_feed(document):
        raise not_a_feed(url, "JSON without a JSON Feed in it", "check the address")
    return document


def _decode(text: str) -> object:
    """Decode JSON; what msgspec refuses (raw controls, half surrogates, NaN) the patient decoder may take."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError):
        return json.loads(text, strict=False)


def _is_feed(document: _Object) -> bool:
    """Whether an object is a JSON Feed: it says so, or it looks like one that forgot to."""
    if "jsonfeed.org/version" in _string(document.get("version")):
        return True
    return isinstance(document.get("items"), list) and bool(_text(document.get("title")))


def _notes(entries: object, objects: int) -> tuple[str, ...]:
    """Say which entries were not read."""
    notes = []
    odd = len(entries) - objects if isinstance(entries, list) else 0
    if odd:
        notes.append(f"{odd} of {odd + objects} entries are no JSON objects and were left out.")
    if objects > MAX_ENTRIES:
        notes.append(f"{objects} entries; the first {MAX_ENTRIES} were read, the others left out.")
    return tuple(notes)


def _draft(entry: _Object, url: str, authors: tuple[str, ...]) -> Draft:
    """Return the draft of one entry."""
    link = absolute_url(_string(entry.get("url")), url) or absolute_url(
        _string(entry.get("external_url")), url
    )
    published = _string(entry.get("date_published"))
    updated = _string(entry.get("date_modified"))
    return Draft(
        id=_text(entry.get("id")),
        title=clean_line(_text(entry.get("title"))),
        link=(
            link
            or absolute_url(_string(entry.get("id")), "")
            or absolute_url(_string(entry.get("url")), url, SHOWN)
        ),
        authors=_authors(entry) or authors,
        stamp=published or updated,
        published=read_date(published),
        updated=read_date(updated),
        bodies=(
            escape_plain(_string(entry.get("summary"))),
            _string(entry.get("content_html")) or escape_plain(_string(entry.get("content_text"))),
        ),
        base=link or absolute_url(url, url),
        lang=lang_tag(entry.get("language")),
        categories=tuple(_text(tag) for tag in _list(entry.get("tags"))),
        enclosures=_enclosures(entry, url),
    )


def _authors(element: _Object) -> tuple[str, ...]:
    """Return the authors' names: `authors` of version 1.1, else `author` of version 1.0."""
    people = _objects(element.get("authors")) or _objects([element.get("author")])
    return tuple(filter(None, (_text(person.get("name")) for person in people)))


def _enclosures(entry: _Object, url: str) -> tuple[Enclosure, ...]:
    """Return the attachments, then the main picture."""
    files = [
        enclosure(_string(file.get("url")), url, _string(file.get("mime_type")), file.get("size_in_bytes"))
        for file in _objects(entry.get("attachments"))
    ]
    files += [enclosure(_string(entry.get(name)), url, "", None) for name in ("image", "banner_image")]
    return tuple(file for file in files if file is not None)


def _string(value: object) -> str:
    """Return a text; empty for anything else."""
    return value if isinstance(value, str) else ""


def _text(value: object) -> str:
    """Return a text or number as text; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return str(value)


def _list(value: object) -> list[Any]:
    """Return a list; empty for anything else."""
    return value if isinstance(value, list) else []


def _objects(value: object) -> list[_Object]:
    """Return the objects in a list; empty for anything else."""
    return [element for element in _list(value) if isinstance(element, dict)]
