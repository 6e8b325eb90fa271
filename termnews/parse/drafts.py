"""What every feed format comes down to: drafts → entries, with bounds, identities and notes.

It knows no format. A draft holds foreign text; an entry made here has passed `sanitize`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from termnews.models import Enclosure, Entry
from termnews.parse.markup import body_html, lang_tag
from termnews.sanitize import clean_line

MAX_ENTRIES = 2_000
"""Entries read of one feed: the longest whole archives of blogs fit, a flood does not."""
MAX_TITLE = 1_000
"""Characters of a title: a microblog's whole message, while lists show one line of it."""
MAX_BODY = 500_000
"""Characters of a body: four times an article of 20,000 words."""
MAX_LABEL = 200
"""Characters of an author line or a category name."""
MAX_CATEGORIES = 50
"""Categories of an entry; more are a site's whole tag cloud."""
MAX_ENCLOSURES = 20
"""Enclosures of an entry, each once."""
MAX_GUID = 1_000
"""Characters of an identity; a longer one is replaced by its hash, which is as unique."""

_HASH_HEX = 32
"""Hex digits of a hash identity: 128 bits."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as one format gave it, before the rules all formats share."""

    id: str
    """The feed's own id; may be empty."""
    title: str
    """Plain text, markup already dropped."""
    link: str
    """Absolute address, which is the identity of an entry without an id; may be empty."""
    authors: tuple[str, ...]
    """Names in the feed's order."""
    stamp: str
    """The date as the feed wrote it, which stays equal from fetch to fetch."""
    published: datetime | None
    """When it was published; may lie in the future."""
    updated: datetime | None
    """When it was updated; may lie in the future."""
    bodies: tuple[str, ...]
    """HTML bodies, the summary first; may be empty."""
    base: str
    """Base address for relative links in the bodies."""
    lang: str
    """BCP 47 tag; may be empty."""
    categories: tuple[str, ...]
    """Category names as written."""
    enclosures: tuple[Enclosure, ...]
    """Files, addresses absolute and clean; may hold one twice."""
    page: str = ""
    """Where the article is, absolute, when `link` goes through a counter of clicks; empty: at `link`."""


def assemble(
    drafts: Sequence[Draft], now: datetime, home: str, lang: str
) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Turn drafts into entries and say what was left out.

    Args:
        drafts: in document order, at most `MAX_ENTRIES`.
        now: time of the fetch; later dates are set to it.
        home: the feed's own page, which identifies no entry.
        lang: the feed's language, for entries without one.
    """
    left_out: Counter[str] = Counter()
    shared = _shared_links(drafts) | {home}
    entries: dict[str, Entry] = {}
    for draft in drafts:
        if not (draft.title or draft.link or draft.enclosures or any(draft.bodies)):
            left_out["empty"] += 1
            continue
        guid = _guid(draft, shared)
        if guid in entries:
            left_out["repeated"] += 1
            continue
        entries[guid] = _entry(draft, guid, now, lang, left_out)
    return tuple(entries.values()), _notes(left_out)


def _shared_links(drafts: Iterable[Draft]) -> set[str]:
    """Return links under which entries without an id tell different things: they identify none."""
    titles: dict[str, set[str]] = {}
    for draft in drafts:
        if not clean_line(draft.id):
            titles.setdefault(draft.link, set()).add(draft.title)
    return {link for link, named in titles.items() if len(named) > 1}


def _guid(draft: Draft, shared: set[str]) -> str:
    """Return the entry's identity: its id, else its link, else a hash of title and date."""
    guid = clean_line(draft.id)
    if not guid and draft.link not in shared:
        guid = draft.link
    if guid:
        return guid if len(guid) <= MAX_GUID else _hash(guid)
    parts = [draft.title, draft.stamp]
    return _hash("\n".join(parts if any(parts) else draft.bodies))


def _hash(text: str) -> str:
    """Return a short stable name for a text; lone surrogates do not stop it."""
    return "hash:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_HASH_HEX]


def _entry(draft: Draft, guid: str, now: datetime, lang: str, left_out: Counter[str]) -> Entry:
    """Make the entry of a draft, cut to the bounds."""
    # Where there is only one body it stands there as the summary, too.
    bodies = [_bounded_body(body, left_out) for body in dict.fromkeys(draft.bodies)]
    content = max(bodies, key=len, default="")
    categories = tuple(dict.fromkeys(filter(None, map(_label, draft.categories))))
    enclosures = tuple({enclosure.url: enclosure for enclosure in reversed(draft.enclosures)}.values())[::-1]
    if len(categories) > MAX_CATEGORIES or len(enclosures) > MAX_ENCLOSURES:
        left_out["extras"] += 1
    return Entry(
        guid=guid,
        title=_bounded_title(draft.title, left_out),
        link=draft.page or draft.link,
        author=_label(", ".join(dict.fromkeys(filter(None, map(clean_line, draft.authors))))),
        published=_not_after(draft.published or draft.updated, now),
        updated=_not_after(draft.updated, now),
        content=content,
        summary=next((body for body in bodies if body and body != content), ""),
        base=draft.base,
        lang=lang_tag(draft.lang, lang),
        categories=categories[:MAX_CATEGORIES],
        enclosures=enclosures[:MAX_ENCLOSURES],
    )


def _bounded_title(title: str, left_out: Counter[str]) -> str:
    """Return the title on one line, cut with an ellipsis where it is too long."""
    title = clean_line(title)
    if len(title) <= MAX_TITLE:
        return title
    left_out["title"] += 1
    return title[: MAX_TITLE - 1].rstrip() + "…"


def _bounded_body(body: str, left_out: Counter[str]) -> str:
    """Return the body as clean HTML, cut before the tag its bound falls into."""
    body = body_html(body)
    if len(body) <= MAX_BODY:
        return body
    left_out["body"] += 1
    body = body[:MAX_BODY]
    opened = body.rfind("<")
    return body[:opened] if opened > body.rfind(">") else body


def _label(text: str) -> str:
    """Return a name on one line within its bound."""
    return clean_line(text)[:MAX_LABEL].strip()


def _not_after(moment: datetime | None, now: datetime) -> datetime | None:
    """Return the moment, or now when it lies in the future."""
    return moment if moment is None else min(moment, now)


_SENTENCES = {
    "empty": "{} without title, link or text left out.",
    "repeated": "{} left out because the id stands earlier in the document.",
    "title": f"{{}}: title cut to {MAX_TITLE} characters.",
    "body": f"{{}}: text cut to {MAX_BODY} characters.",
    "extras": "{}: only the first categories and enclosures kept.",
}


def _notes(left_out: Counter[str]) -> tuple[str, ...]:
    """Say what was left out or cut, one sentence each."""
    return tuple(
        sentence.format(f"{left_out[kind]} {'entry' if left_out[kind] == 1 else 'entries'}")
        for kind, sentence in _SENTENCES.items()
        if left_out[kind]
    )
