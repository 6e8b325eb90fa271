"""The rows of the cache's tables for articles of the corpus, as `Store.save` would write them.

It must never open a database: fill writes what is made here, and several processes may make it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from benchmarks.corpus import NOW, Corpus, place_in_pool, story
from termnews import fold
from termnews.models import Entry, Located
from termnews.refresh import content_hash
from termnews.store import bodies, placed, tags
from termnews.tagging import FeedTagger, Past, Tagger

DELAY: Final = timedelta(minutes=10)
"""From publishing to the fetch that brings an article."""
INSERTS: Final = {
    "state": "INSERT INTO state (feed, guid, arrived, date, around) VALUES (?, ?, ?, ?, ?)",
    "search": "INSERT INTO search (rowid, title, body, author) VALUES (?, ?, ?, ?)",
    "articles": """
        INSERT INTO articles (
            id, title, link, author, published, updated, fetched, lang, words, has, changed, hash, doc,
            tagged, certain, title_key
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, 0, ?10, ?11, ?12, ?13, substr(folded(?2), 1, 16))
    """,
    "bodies": "INSERT INTO bodies VALUES (?, ?)",
    "tags": """
        INSERT OR IGNORE INTO tags (article, kind, role, value, text, rule, place, rank)
        VALUES (?, 'region', ?, ?, ?, ?, ?, ?)
    """,
}
"""Statement by table, in the order they are to be run."""


@dataclass(slots=True)
class Batch:
    """Rows of some articles."""

    rows: dict[str, list[tuple[object, ...]]] = field(default_factory=lambda: {name: [] for name in INSERTS})
    """By table."""
    evidence: Counter[tuple[int, str]] = field(default_factory=Counter)
    """Certain evidence, by number of the feed in the store and code."""
    evident: Counter[int] = field(default_factory=Counter)
    """Articles with any, by number of the feed."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What all articles share that tell one story in feeds of one region."""

    title: str
    body: str
    words: int
    located: Located


class Maker:
    """Makes the rows of articles of one corpus; what articles share is worked out once."""

    def __init__(self, made: Corpus, finder: Tagger, feed_ids: Sequence[int]) -> None:
        """Begin with nothing worked out.

        Args:
            made: the corpus.
            finder: finds the places.
            feed_ids: number in the store of each of its feeds.
        """
        self._made, self._finder, self._feed_ids = made, finder, feed_ids
        self._told: dict[tuple[str, int, str], _Told] = {}
        self._taggers: dict[int, FeedTagger] = {}

    def batch(self, first: int, numbers: Sequence[int]) -> Batch:
        """Return the rows of these articles, numbered in the store from `first` on."""
        made = Batch()
        for row_id, number in enumerate(numbers, first):
            self._add(made, row_id, number)
        return made

    def tagger(self, number: int) -> FeedTagger:
        """Return what finds the places of an article."""
        feed = number % self._made.feeds
        if feed not in self._taggers:
            self._taggers[feed] = self._finder.of(self._made.subscription(feed))
        return self._taggers[feed]

    def located(self, number: int) -> Located:
        """Return the places of an article, found in the light of the region of its feed, not of its past."""
        return self._shared(number, self._made.entry(number)).located

    def _shared(self, number: int, entry: Entry) -> _Told:
        if self._made.is_rare(number):
            return self._tell(number, entry)
        key = (entry.lang, place_in_pool(number), self.tagger(number).region)
        if key not in self._told:
            self._told[key] = self._tell(number, entry)
        return self._told[key]

    def _tell(self, number: int, entry: Entry) -> _Told:
        heading = story(entry.lang, place_in_pool(number)).title
        found = self.tagger(number).tag(Past(), heading, entry.text, entry.lang)
        body = fold.shadow(" ".join((entry.text, *entry.categories)))
        return _Told(fold.shadow(heading), body, len(entry.text.split()), found)

    def _add(self, batch: Batch, row_id: int, number: int) -> None:
        entry, feed = self._made.entry(number), self._feed_ids[number % self._made.feeds]
        told, rows = self._shared(number, entry), batch.rows
        date, arrived = int((entry.published or NOW).timestamp()), int(arrival(entry).timestamp())
        certain = tags.certain(told.located)
        about = {each.code for each in told.located.places if each.role == "about"}
        rows["state"].append((feed, entry.guid, arrived, date, placed.around(about)))
        rows["search"].append((row_id, f"{told.title} {number}", told.body, fold.shadow(entry.author)))
        head = (row_id, entry.title, entry.link, entry.author, date, date if entry.updated else None, arrived)
        rest = (content_hash(entry), row_id, self.tagger(number).fingerprint, certain)
        rows["articles"].append((*head, entry.lang, told.words, *rest))
        rows["bodies"].append((row_id, bodies.pack(entry)))
        rows["tags"] += [
            (row_id, each.role, each.code, each.text, each.rule, each.where, rank)
            for rank, each in enumerate(told.located.places)
        ]
        batch.evident[feed] += bool(certain)
        batch.evidence.update((feed, code) for code in certain.split())


def arrival(entry: Entry) -> datetime:
    """Return when the article was fetched."""
    return (entry.published or NOW) + DELAY
