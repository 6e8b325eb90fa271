"""Whether an entry with a new id is an article kept under another one.

It must never guess: of two articles made one, one is lost. Feeds change all their ids when they
move to other software, and links from http to https.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from termnews.models import Entry, Kept


def renamed(
    gone: Sequence[Kept], new: Sequence[Entry], present: Sequence[str], digest: Callable[[Entry], bytes]
) -> dict[str, Kept]:
    """Return what articles some new entries are, by the guid of the entry; the rest is really new.

    An entry is an article kept when both have one link, nothing else has it, and they agree in title
    or date without disagreeing in a known date: a weather report has one link and title every day.

    Args:
        gone: articles kept whose guid the feed no longer carries.
        new: entries whose guid is not known.
        present: links of the entries whose guid is known; an article that is still there is a twin.
        digest: content hash of an entry; where it is that of the article, both say the same.
    """
    kept_by_link = {_key(each.link): each for each in gone}
    counts = Counter(_key(each.link) for each in gone)
    counts_new = Counter(_key(each.link) for each in new)
    taken = {_key(link) for link in present}
    found = {}
    for entry in new:
        link = _key(entry.link)
        if link and counts[link] == counts_new[link] == 1 and link not in taken:
            kept = kept_by_link[link]
            if kept.hash == digest(entry) or _agree(kept, entry):
                found[entry.guid] = kept
    return found


def _agree(kept: Kept, entry: Entry) -> bool:
    if kept.published and entry.published:
        return kept.published.replace(microsecond=0) == entry.published.replace(microsecond=0)
    return kept.title == entry.title


def _key(link: str) -> str:
    """Return what two spellings of one address have in common: not the scheme, nor a slash at the end."""
    parts = urlsplit(link)
    if parts.scheme not in ("http", "https"):
        return link
    return f"//{parts.netloc.lower()}{parts.path.rstrip('/')}?{parts.query}#{parts.fragment}"
