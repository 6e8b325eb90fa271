"""The elements of RSS 2.0, RSS 1.0 and Atom 1.0: what each adds to its feed or entry.

Each function is called at the end of its element with the attributes and the text, white space around it
removed. The modules share them: `dc:creator` is an author, `media:description` a description.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from termnews.parse.dates import is_date
from termnews.parse.fast.names import Unsure
from termnews.parse.fast.state import Attributes, State, Values, looks_like_html, mended

Ending = Callable[[State, Attributes, str], None]
"""What an element does at its end."""

_AMPERSAND = re.compile("&([A-Za-z0-9_]+);")


def title(state: State, attributes: Attributes, text: str) -> None:
    """Keep a title: the first counts, but one that stands less deep replaces it."""
    detail = state.detail(attributes, "text/plain", text)
    if not state.atom and detail["type"] == "text/plain" and looks_like_html(text):
        detail["type"] = "text/html"
    detail["value"] = text = mended(text)
    if not -1 < state.title_depth <= state.depth:
        state.keep("title", text)
        state.values["title_detail"] = detail
    if text:
        state.title_depth = state.depth


def description(state: State, attributes: Attributes, text: str) -> None:
    """Keep an RSS description."""
    _summary(state, attributes, text, "text/html")


def summary(state: State, attributes: Attributes, text: str) -> None:
    """Keep a summary, which is plain text unless it says otherwise."""
    _summary(state, attributes, text, "text/plain", state.values)


def _summary(
    state: State, attributes: Attributes, text: str, default: str, values: Values | None = None
) -> None:
    """Keep a summary; a second one, before any content, is content.

    Args:
        state: what was said so far.
        attributes: the element's.
        text: the element's.
        default: type of a text that does not tell.
        values: where it is kept; None: in an entry only, since of a feed it is the subtitle.
    """
    if "summary" in state.values and not state.has_content:
        _content(state, attributes, text, "text/plain")
        return
    detail = state.detail(attributes, default, mended(text))
    if values is not None or state.in_entry:
        state.keep("summary", detail["value"])
        state.values["summary_detail"] = detail


def content(state: State, attributes: Attributes, text: str) -> None:
    """Keep an Atom content."""
    _content(state, attributes, text, "text/plain")


def content_encoded(state: State, attributes: Attributes, text: str) -> None:
    """Keep a body of RSS, which is HTML."""
    _content(state, attributes, text, "text/html")


def _content(state: State, attributes: Attributes, text: str, default: str) -> None:
    """Keep a body; it is the summary as well where there is none yet."""
    state.has_content = True
    detail = state.detail(attributes, default, mended(text))
    state.values.setdefault("content", []).append(detail)
    state.values.setdefault("summary", detail["value"])


def link(state: State, attributes: Attributes, text: str) -> None:
    """Keep a link: Atom's is an attribute, that of RSS the text."""
    if "url" in attributes or "uri" in attributes:
        raise Unsure("link with another attribute")
    rel = attributes.get("rel", "alternate")
    kind = attributes.get("type", "application/atom+xml" if rel == "self" else "text/html")
    kept = {**attributes, "rel": rel, "type": kind}
    state.values.setdefault("links", []).append(kept)
    address = _address(attributes["href"] if "href" in attributes else mended(_address(text)))
    if "href" in attributes:
        if rel == "alternate" and kind in ("html", "text/html", "xhtml", "application/xhtml+xml"):
            state.values["link"] = address
        return
    if state.in_entry:
        address = address.replace("&amp;", "&")
    state.values["link"] = address = _AMPERSAND.sub(r"&\1", address)
    if address or not state.in_entry:
        kept["href"] = address


def _address(text: str) -> str:
    """Return an address as it is.

    Raises:
        Unsure: feedparser would take slashes out of it.
    """
    if ":///" in text:
        raise Unsure("address with three slashes")
    return text


def identity(state: State, attributes: Attributes, text: str) -> None:
    """Keep an id or guid, and whether it is the address of the article."""
    permalink = attributes.get("ispermalink", "true") == "true"
    text = mended(_address(text))
    state.keep("id", text)
    state.values.setdefault("guidislink", permalink and "link" not in state.values)
    if permalink:
        state.values.setdefault("link", text)


def published(state: State, _: Attributes, text: str) -> None:
    """Keep the date of publication."""
    _date(state, "published", text)


def updated(state: State, _: Attributes, text: str) -> None:
    """Keep the date of the last change."""
    _date(state, "updated", text)


def created(state: State, _: Attributes, text: str) -> None:
    """Keep the date of creation."""
    _date(state, "created", text)


def _date(state: State, key: str, text: str) -> None:
    """Keep a date of an entry; those of a feed tell nothing.

    Raises:
        Unsure: only feedparser may know how to read it.
    """
    if not state.in_entry:
        return
    text = mended(text)
    if text and not is_date(text):
        raise Unsure("unusual date")
    state.keep(key, text)


def category(state: State, attributes: Attributes, text: str) -> None:
    """Keep a category: Atom's is an attribute, that of RSS the text."""
    scheme = attributes.get("scheme", attributes.get("domain"))
    add_tag(state, attributes.get("term"), scheme, attributes.get("label"))
    name_tag(state, text)


def name_tag(state: State, text: str) -> None:
    """Name the last tag if it has no name, else add one."""
    if not text:
        return
    text = mended(text)
    tags = state.values["tags"]
    if tags and not tags[-1]["term"]:
        tags[-1]["term"] = text
    else:
        add_tag(state, text, None, None)


def add_tag(state: State, term: str | None, scheme: str | None, label: str | None) -> None:
    """Add a tag unless it is there or says nothing."""
    tags = state.values.setdefault("tags", [])
    tag = {"term": term, "scheme": scheme, "label": label}
    if (term or scheme or label) and tag not in tags:
        tags.append(tag)


def enclosure(state: State, attributes: Attributes, _: str) -> None:
    """Keep a file that comes with an entry."""
    address = attributes.get("url", attributes.get("uri", attributes.get("href")))
    kept = {**attributes, "rel": "enclosure"}
    if address:
        kept["href"] = address
    state.values.setdefault("links", []).append(kept)


def language(state: State, _: Attributes, text: str) -> None:
    """Keep the feed's language; that of an entry is not read."""
    if not state.in_entry:
        state.head["language"] = mended(text)


def plain(key: str) -> Ending:
    """Return what keeps the text of an element without attributes under a key."""

    def ending(state: State, attributes: Attributes, text: str) -> None:
        if attributes:
            raise Unsure(f"{key} with attributes")
        state.keep(key, mended(text))

    return ending
