"""RSS 0.9x/1.0/2.0 and Atom 0.3/1.0 → drafts; the only place that imports feedparser.

Ordinary documents go by the fast lane (`parse.fast`); feedparser reads the others.

feedparser gets a stream of bytes and nothing else: given a text it would open files and addresses.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from termnews.models import Enclosure, ParsedFeed
from termnews.parse.dates import read_date
from termnews.parse.drafts import Draft, assemble
from termnews.parse.fast import read as read_fast
from termnews.parse.files import enclosure
from termnews.parse.kinds import not_a_feed
from termnews.parse.markup import (
    SHOWN,
    WEB,
    absolute_url,
    escape_plain,
    has_inline_markup,
    inline_text,
    lang_tag,
)
from termnews.parse.prepare import prepare
from termnews.parse.wishes import rest_minutes, skip_days, skip_hours
from termnews.sanitize import clean_line, clean_url

_Element = dict[str, Any]  # what feedparser gives: one element with its children by name

_ORIGINAL = ("feedburner_origlink", "pheedo_origlink")
"""Where services that count clicks say what page the link they put in its place leads to."""

_MAIL_AND_NAME = re.compile(r"[^\s()<>]{1,200}@[^\s()<>]{1,200}\s*\(([^()]{1,200})\)")  # RSS 2.0, author

# feedparser has no error of its own for a document it cannot take: stray tags and references end in
# whatever its code, sgmllib's or chr() run into.
_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class _Document:
    """An XML document as feedparser gives it, whoever read it."""

    text: str
    """The document as it was read."""
    feed: _Element
    """The feed without its entries."""
    entries: list[_Element]
    """Its entries."""
    atom: bool
    """Whether it is Atom."""
    based: bool = False
    """Whether it moves its base address."""
    notes: tuple[str, ...] = ()
    """What was left out or is broken, one sentence each."""


def read_xml(text: str, url: str, *, now: datetime, lang: str, fast: bool = True) -> ParsedFeed:
    """Return the feed in an XML document.

    Args:
        text: the document from where it begins.
        url: where it came from.
        now: time of the fetch; later dates are set to it.
        lang: language to assume when the feed declares none.
        fast: whether the fast lane may read it; the result is the same.

    Raises:
        ParseError: there is no feed in it.
    """
    read = read_fast(text) if fast else None
    document = _Document(read.text, read.feed, read.entries, read.atom) if read else _slowly(text, url)
    feed = document.feed
    reader = _Reader(feed, url, document.based, document.atom)
    language = lang_tag(feed.get("language"), lang)
    kept, notes = assemble(list(map(reader.draft, document.entries)), now, reader.home, language)
    return ParsedFeed(
        title=reader.title(feed),
        link=reader.home,
        lang=language,
        entries=kept,
        ttl_minutes=rest_minutes(feed),
        skip_hours=skip_hours(document.text),
        skip_days=skip_days(document.text),
        notes=(*document.notes, *notes),
    )


def _slowly(text: str, url: str) -> _Document:
    """Let feedparser read a document.

    Raises:
        ParseError: there is no feed in it.
    """
    prepared = prepare(text, url)
    based = "xml:base" in prepared.text
    parsed = _feedparser(prepared.text, url, based)
    if not parsed["entries"] and not parsed["version"]:
        raise not_a_feed(url, "an XML document without a feed in it", "check the address")
    entries = parsed["entries"][:-1] if prepared.broken_off else parsed["entries"]
    return _Document(
        text=prepared.text,
        feed=parsed["feed"],
        # Plain dicts: feedparser's own answer a missing `updated` with `published`, and warn.
        entries=[dict(entry) for entry in entries],
        atom=parsed["version"].startswith("atom"),
        based=based,
        notes=(*prepared.notes, *_broken_notes(parsed, prepared.broken_off)),
    )


def _feedparser(text: str, url: str, based: bool) -> _Element:
    """Run feedparser over the text.

    The address is given only where the document moves its base (xml:base); elsewhere links stay as
    written and are resolved here, where the publisher's own page is known.

    Raises:
        ParseError: feedparser cannot read it, not even loosely.
    """
    import feedparser  # 150 ms, and only the worker needs it
    from feedparser.exceptions import UndeclaredNamespace

    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url if based else ""}
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    try:
        parsed: _Element = feedparser.parse(
            stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (*_FAILURES, UndeclaredNamespace) as error:
        raise not_a_feed(url, "XML too broken to be read", "tell its publisher or try again later") from error
    return parsed


def _broken_notes(parsed: _Element, broken_off: bool) -> Iterable[str]:
    """Say that the document is damaged, and how."""
    if broken_off:
        yield "The document breaks off; the entry it breaks off in was left out."
    elif "bozo_exception" in parsed:
        reason = clean_line(str(parsed["bozo_exception"])).removeprefix("<unknown>:")[:200]
        yield f"The document is not well-formed XML ({reason}); it was read as far as it makes sense."


class _Reader:
    """Turns feedparser's entries into drafts, with what it needs to know of their feed."""

    def __init__(self, feed: _Element, url: str, based: bool, atom: bool) -> None:
        """Note where the feed stands: Atom links start at the document, RSS links at the site."""
        self._based = based
        self._atom = atom
        self.home = _page(feed.get("links", []), url) or absolute_url(str(feed.get("link", "")), url)
        self._base = url if atom or not self.home else self.home
        self._authors = _names(feed) if atom else ()

    def draft(self, entry: _Element) -> Draft:
        """Return the draft of one entry."""
        links = entry.get("links", [])
        link = _page(links, self._base) or _permalink(entry) or _page(links, self._base, SHOWN)
        page = next(
            filter(None, (absolute_url(str(entry.get(key, "")), self._base) for key in _ORIGINAL)), ""
        )
        published = str(entry.get("published") or entry.get("created") or "")
        updated = str(entry.get("updated") or "")
        bodies = _details(entry)
        return Draft(
            id=str(entry.get("id") or ""),
            title=self.title(entry),
            link=link,
            authors=_names(entry) or self._authors,
            stamp=published or updated,
            published=read_date(published, entry.get("published_parsed") or entry.get("created_parsed")),
            updated=read_date(updated, entry.get("updated_parsed")),
            bodies=tuple(self._as_html(body) for body in bodies),
            base=self._body_base(bodies, page or link),
            lang=lang_tag(*(body.get("language") for body in [*bodies, entry.get("title_detail") or {}])),
            categories=tuple(str(tag.get("label") or tag.get("term") or "") for tag in entry.get("tags", [])),
            enclosures=_enclosures(entry, self._base),
            page=page,
        )

    def title(self, element: _Element) -> str:
        """Return a title as plain text; RSS does not say whether it is markup, so it is looked at."""
        title = str(element.get("title") or "")
        kind = str((element.get("title_detail") or {}).get("type", "text/plain"))
        markup = kind != "text/plain" or (not self._atom and has_inline_markup(title))
        return inline_text(title) if markup else clean_line(title)

    def _as_html(self, body: _Element) -> str:
        """Return a body as HTML; what Atom declares plain text is escaped, RSS knows only HTML."""
        value = str(body.get("value") or "")
        return escape_plain(value) if self._atom and body.get("type") == "text/plain" else value

    def _body_base(self, bodies: list[_Element], link: str) -> str:
        """Return where relative links in the bodies start: xml:base, else the article's page."""
        moved = next((str(body["base"]) for body in bodies if self._based and body.get("base")), "")
        page = absolute_url(link, "")  # of the web: nothing is relative to a magnet
        return absolute_url(moved, self._base) or page or absolute_url(self._base, self._base)


def _page(links: Iterable[_Element], base: str, schemes: frozenset[str] = WEB) -> str:
    """Return the page among an element's links: HTML before other forms, the first of each."""
    pages = [link for link in links if link.get("rel") == "alternate" and link.get("href")]
    pages.sort(key=lambda link: "html" not in str(link.get("type", "html")))
    return next((url for link in pages if (url := absolute_url(str(link["href"]), base, schemes))), "")


def _permalink(entry: _Element) -> str:
    """Return the id where it is an address and not said to be none (RSS 2.0, isPermaLink)."""
    guid = clean_url(str(entry.get("id") or ""))
    return absolute_url(guid, "") if entry.get("guidislink") else ""


def _names(element: _Element) -> tuple[str, ...]:
    """Return the authors' names, or their addresses where they give no name.

    A single author of RSS is read here: feedparser knows no mail domains longer than four letters.
    """
    people = [_name_and_mail(person) for person in element.get("authors") or []]
    whole = str(element.get("author") or "")
    if len(people) > 1 or any(whole == f"{name} ({mail})" for name, mail in people):
        return tuple(inline_text(name or mail) for name, mail in people)
    named = _MAIL_AND_NAME.fullmatch(clean_line(whole))
    return (inline_text(named[1] if named else whole),) if whole else ()


def _name_and_mail(person: _Element) -> tuple[str, str]:
    """Return what an author is called and where mail reaches them; both may be empty."""
    return str(person.get("name") or ""), str(person.get("email") or "")


def _details(entry: _Element) -> list[_Element]:
    """Return the entry's bodies that are text, the summary first."""
    summary = entry.get("summary_detail") or {"value": entry.get("summary") or "", "type": "text/html"}
    bodies = [summary, *entry.get("content", [])]
    return [
        body
        for body in bodies
        if str(body.get("type", "text/html")).startswith(("text/", "application/xhtml"))
    ]


def _enclosures(entry: _Element, base: str) -> tuple[Enclosure, ...]:
    """Return the files of an entry: enclosures, then media:content and media:thumbnail."""
    links = [link for link in entry.get("links", []) if link.get("rel") == "enclosure"]
    media = [*entry.get("media_content", []), *entry.get("media_thumbnail", [])]
    files = (
        enclosure(
            str(file.get("href") or file.get("url") or ""),
            base,
            str(file.get("type") or ""),
            file.get("length") or file.get("filesize"),
        )
        for file in [*links, *media]
    )
    return tuple(file for file in files if file is not None)
