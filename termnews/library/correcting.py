"""Corrections of places: words that name none or another one, articles about certain ones; tagging again.

It must never find a place or keep a correction of its own: words are corrected in termnews.toml,
articles in the store beside their state, and the journal knows both.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from termnews import config, refresh, regions
from termnews.config import Config, Meanings
from termnews.errors import ConfigError
from termnews.library.subscriptions import find_feed, find_region
from termnews.models import Action, Corrections, Feed, Located
from termnews.sanitize import clean_line, strip_credentials
from termnews.store import Store
from termnews.store.state import Correction
from termnews.tagging import Past, Tagger

BATCH: Final = 200
"""Articles tagged again in one transaction; their writing takes some ten milliseconds."""
_SHOWN: Final = 60  # characters of a title in the journal


def tagger(settings: Config) -> Tagger:
    """Return what finds the places of articles under this configuration; most refreshes find none."""

    def locate(title: str, text: str = "", **known: Any) -> Located:
        return regions.locate(title, text, **known)  # the matcher comes with the first article

    said = Corrections(frozenset(settings.regions.mute), settings.regions.pin)
    return Tagger(locate, regions.edition(), said)


class Correcting:
    """What the user says of places, over the configuration file and the open store."""

    def __init__(
        self,
        store: Store,
        settings: Callable[[], Config],
        clock: Callable[[], datetime],
        reload: Callable[[], Config],
    ) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock
        self._reload = reload

    def mute(self, words: str, feed: str | None = None, *, article: int | None = None) -> Action:
        """Say that words name no place, in all feeds or in one.

        Args:
            words: as they stand in the text; case, accents and hyphens make no difference.
            feed: name, address or number of the one feed; None: all feeds.
            article: the article it is said over; it is tagged again at once, the rest by `retag`.

        Raises:
            ConfigError: there are no words or no such feed, or the file cannot be changed.
        """
        words = _words(words)
        return self._correct("mute", words, ((words, None),), "names no place", feed, article)

    def pin(self, words: str, region: str, feed: str | None = None, *, article: int | None = None) -> Action:
        """Say which place words name (any name or code of it), in all feeds or in one; else as `mute`.

        Raises:
            ConfigError: no place is called so, and the nearest three are offered; else as `mute`.
        """
        words, code = _words(words), find_region(region)
        if not code:
            raise ConfigError("name the place these words stand for")
        return self._correct("pin", words, ((words, code),), f"names {_named(code)}", feed, article)

    def fix(self, article: int, places: Sequence[str] | None) -> Action:
        """Say what an article is about: exactly these places, no place at all, or (None) what its text says.

        Raises:
            ConfigError: no place is called so; the nearest three are offered.
            StoreError: no article has this number.
        """
        codes = None if places is None else [code for place in places if (code := find_region(place))]
        about = "what its text says" if codes is None else ", ".join(map(_named, codes)) or "no place"
        title = self._store.article(article).entry.title
        name = f'"{title[:_SHOWN]}{"…" if len(title) > _SHOWN else ""}"' if title else f"article {article}"
        return self._store.fix(article, codes, f"{name} is about {about}", self._clock())

    def turn(self, count: int, *, redo: bool = False) -> list[Action]:
        """Take back the last actions of the journal exactly, or do again those undone last."""
        actions = self._store.turn(count, self._clock(), redo=redo, correct=self._restore)
        corrected = [each for each in actions if each.change in ("mute", "pin")]
        if corrected:
            self._reload()
        for each in corrected:
            self._tag_one(each.first)
        return actions

    def stale(self) -> int:
        """Return how many articles were tagged by another gazetteer or under other corrections."""
        return sum(map(len, self._stale().values()))

    def editions(self) -> dict[str, int]:
        """Return how many articles each edition of the gazetteer has tagged; "" stands for none yet."""
        return self._store.tags.editions()

    def retag(self) -> Iterator[tuple[int, int]]:
        """Tag those articles again, feed by feed, oldest first; it can be left off at any moment.

        Those that came in and still wait for their places and the search index go first.

        Yields:
            How many are done and how many there are, after each batch; what was yielded is on disk.
        """
        done, waiting = 0, self._store.waiting.count()
        for count in refresh.finish(self._store, tagger(self._settings())):
            done += count
            yield done, max(done, waiting)
        stale = self._stale()
        feeds = {feed.id: feed for feed in self._store.feeds()}
        of = done + sum(map(len, stale.values()))
        for feed_id, ids in stale.items():
            for start in range(0, len(ids), BATCH):
                batch = ids[start : start + BATCH]
                self._tag(feeds[feed_id], batch)
                done += len(batch)
                yield done, of

    def tag_again(self, article: int) -> None:
        """Find the places of one article anew, since there is more to read of it."""
        self._tag_one(article)

    # --- one correction ----------------------------------------------------------------------

    def _correct(
        self,
        change: Correction,
        words: str,
        meanings: Meanings,
        label: str,
        feed: str | None,
        article: int | None,
    ) -> Action:
        chosen = find_feed(self._store.feeds(), feed) if feed else None
        url = chosen.url if chosen else ""
        before = config.set_meanings(self._settings().path, words, meanings, url)
        self._reload()
        label = f'"{words}" {label}' + (f" in {chosen.name}" if chosen else "")
        said = (_said(url, words, before), _said(url, words, meanings))
        action = self._store.note(change, said, label, article, self._clock())
        self._tag_one(article)
        return action

    def _restore(self, said: str) -> None:
        """Make the configuration say again what it said; of a feed no longer followed it says nothing."""
        url, words, meanings = json.loads(said)
        urls = [each.url for each in self._store.feeds() if strip_credentials(each.url) == url]
        if urls or not url:
            restored = tuple((written, place) for written, place in meanings)
            config.set_meanings(self._settings().path, words, restored, urls[0] if urls else "")

    # --- tagging -----------------------------------------------------------------------------

    def _stale(self) -> dict[int, Sequence[int]]:
        mine = tagger(self._settings())
        prints = {feed.id: mine.of(feed.subscription).fingerprint for feed in self._store.feeds()}
        return dict(self._store.tags.stale(prints))

    def _tag_one(self, article: int | None) -> None:
        if article is not None:
            self._tag(self._store.article(article).feed, [article])

    def _tag(self, feed: Feed, ids: Sequence[int]) -> None:
        """Find the places of some articles of a feed anew and write them; the cache is free meanwhile."""
        mine = tagger(self._settings()).of(feed.subscription)
        past = Past(self._store.tags.evidence(feed.id))
        located = [(draft, mine.read(past, draft)) for draft in self._store.tags.drafts(ids)]
        self._store.tags.retag(feed.id, located, mine.fingerprint)


def _said(url: str, words: str, meanings: Meanings) -> str:
    """Return what is said of words as the journal keeps it, without a password."""
    return json.dumps([strip_credentials(url), words, meanings], ensure_ascii=False)


def _words(words: str) -> str:
    cleaned = clean_line(words)
    if not cleaned:
        raise ConfigError("name the words as they stand in the text")
    return cleaned


def _named(code: str) -> str:
    return f"{regions.name(code)} ({code})"
