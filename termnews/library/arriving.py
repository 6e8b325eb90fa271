"""What comes from elsewhere, put where it belongs: feeds and settings, articles with their state.

It must never read a format itself, take a mark away or change a setting the user has written. Everything
may come twice: what is there already stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from itertools import chain, groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from termnews import config, regions
from termnews.config import Config
from termnews.errors import StoreError, TermnewsError
from termnews.library.subscriptions import Subscriptions
from termnews.library.tags import tag_name
from termnews.models import Changes, Entry, Feed, ParsedFeed, Pulled
from termnews.sanitize import clean_line, clean_url, strip_credentials
from termnews.store import Store
from termnews.store.adopted import StateRow

if TYPE_CHECKING:
    from termnews.coming.newsboat_cache import Kept
    from termnews.library.elsewhere import Elsewhere

T = TypeVar("T")
BATCH: Final = 500
"""Articles kept in one transaction."""
_NEWSBOAT: Final = "import from newsboat"
_STATE: Final = "import of state"


@dataclass(slots=True)
class Came:
    """What an import came to."""

    feeds: int = 0
    """Feeds that are followed now and were not before."""
    known: int = 0
    """Feeds that were followed already."""
    views: int = 0
    """Saved searches the file holds, new ones or not."""
    settings: list[str] = field(default_factory=list)
    """What was written to termnews.toml beside feeds, one line each."""
    articles: int = 0
    """Articles that were not in the cache before."""
    present: int = 0
    """Articles that were."""
    read: int = 0
    """Articles that are read now and were not before."""
    starred: int = 0
    """Articles that are starred now and were not before."""
    deleted: int = 0
    """Entries that were deleted there and do not come in as new."""
    waiting: int = 0
    """Entries whose state is kept for when they come in."""
    left_out: list[str] = field(default_factory=list)
    """What stays behind, or comes otherwise than it was, one sentence each."""


class Arriving:
    """Imports, over the configuration file and the open store."""

    def __init__(
        self,
        store: Store,
        subscriptions: Subscriptions,
        settings: Callable[[], Config],
        clock: Callable[[], datetime],
        reload: Callable[[], object],
    ) -> None:
        self._store = store
        self._subscriptions = subscriptions
        self._settings = settings
        self._clock = clock
        self._reload = reload

    def take(self, kind: str, data: bytes) -> Came:
        """Take feeds, views, options, rules and keys of a file; `kind` is what `coming.kinds.chosen` says.

        Raises:
            ConfigError: termnews.toml cannot be changed.
        """
        from termnews.coming import kinds

        read = kinds.read(kind, data)
        # Looking for a place takes a millisecond, and thousands of feeds name the same few.
        codes = {name: regions.find(name) or "" for name in {each.region for each in read.feeds} if name}
        feeds = [replace(each, region=codes.get(each.region, "")) for each in read.feeds]
        new = self._subscriptions.follow(feeds)
        came = Came(len(new), len(feeds) - len(new), left_out=list(read.left_out))
        came.views = len(read.views)
        if read.views or read.options or read.rules or read.keys:
            taken, left = config.adopt(
                self._settings().path,
                views=read.views,
                options=read.options,
                rules=read.rules,
                keys=read.keys,
                preset=read.preset,
            )
            came.settings += taken
            came.left_out += left
            self._reload()
        return came

    def newsboat(self) -> Elsewhere | None:
        """Return what newsboat keeps on this computer; None: nothing."""
        from termnews.library import elsewhere

        return elsewhere.newsboat(Path.home())

    # --- newsboat's cache ------------------------------------------------------------------

    def take_newsboat(self, path: Path, progress: Callable[[int, int], None] = lambda *_: None) -> Came:
        """Take the articles of a cache.db, of feeds that are followed, with what was done with them.

        Args:
            path: the file.
            progress: told now and then how many articles are done, and of how many.

        Raises:
            StoreError: the file cannot be read whole (what could be read is kept), or the cache not written.
        """
        from termnews.coming.newsboat_cache import kept_of
        from termnews.store import newsboat

        came = Came()
        followed, marks = self._followed(), _Marks()
        titles = newsboat.titles(path)
        of = newsboat.count(path)
        trouble: list[StoreError] = []
        there = _up_to_damage(newsboat.rows(path), trouble)
        kept = map(kept_of, _told(there, lambda done: progress(done, of)))
        for url, rows in groupby(kept, key=lambda each: each.feed_url):
            feed = followed.get(strip_credentials(clean_line(url)))
            if feed is None:
                came.left_out.append(_not_followed(url, rows))
                continue
            self._take_feed(
                replace(feed, title=feed.title or clean_line(titles.get(url, ""))), rows, marks, came
            )
        self._set(marks, _NEWSBOAT, came)
        if came.articles and self._settings().rules:
            from termnews.library.ruling import Rules

            for _ in Rules(self._store, self._settings, self._clock).settle():
                pass  # what is muted is muted wherever it comes from; other rules ask what feeds bring
        if trouble:
            raise trouble[0]
        return came

    def _followed(self) -> dict[str, Feed]:
        return {strip_credentials(feed.url): feed for feed in self._store.feeds()}

    def _set(self, marks: _Marks, label: str, came: Came) -> None:
        """Set the marks that never came in before: what the user did since with those that did stays."""
        adopted, now = self._store.adopted, self._clock()
        came.read = self._store.mark(adopted.fresh(marks.read, "read"), "read", True, label, now).count
        starred = adopted.fresh(marks.starred, "starred")
        came.starred = self._store.mark(starred, "starred", True, label, now).count
        adopted.came(marks.read, "read")
        adopted.came(marks.starred, "starred")
        tagged = set(adopted.fresh(list(dict.fromkeys(chain(*marks.tagged.values()))), "tags"))
        for tag, numbers in marks.tagged.items():
            self._store.tag([each for each in numbers if each in tagged], tag, True, f"#{tag}, {label}", now)
        adopted.came(list(tagged), "tags")

    def _take_feed(self, feed: Feed, rows: Iterator[Kept], marks: _Marks, came: Came) -> None:
        """Take the articles of one feed, batch by batch."""
        known = set(self._store.known(feed.id))
        seen: set[str] = set()
        empty = 0
        while batch := list(islice(rows, BATCH)):
            entries: dict[str, tuple[Entry, Kept]] = {}
            for each in batch:
                entry = self._entry(each, seen)
                empty += entry is None
                if entry is not None:
                    seen.add(entry.guid)
                    entries[entry.guid] = entry, each
            gone = [guid for guid, (_, each) in entries.items() if each.deleted]
            came.deleted += self._store.adopted.bury(feed.id, gone, self._clock())
            new = [entry for guid, (entry, each) in entries.items() if not each.deleted and guid not in known]
            self._save(feed, new)
            came.articles += len(new)
            came.present += len(entries) - len(gone) - len(new)
            numbers = self._store.adopted.numbers(feed.id, list(entries))
            for guid, number in numbers.items():
                each = entries[guid][1]
                if not each.deleted:
                    marks.add(number, read=each.read, starred=bool(each.flags))
        if empty:
            came.left_out.append(f"{feed.name}: {empty} articles without title, link and text")

    def _entry(self, kept: Kept, seen: set[str]) -> Entry | None:
        from termnews.coming.newsboat_cache import entry_of

        entry = entry_of(kept, self._clock())
        # Entries without an id that share a link are told apart by newsboat's own one.
        if entry is not None and entry.guid in seen and (own := clean_line(kept.guid)[:1000]) not in seen:
            return replace(entry, guid=own)
        return entry

    def _save(self, feed: Feed, new: Sequence[Entry]) -> None:
        """Keep new entries, oldest first in `new`; their places are found afterwards."""
        from termnews.refresh import content_hash

        if not new:
            return
        parsed = ParsedFeed(feed.title, feed.link, feed.lang)
        hashes = {each.guid: content_hash(each) for each in new}
        pulled = Pulled(feed, "ok", feed.health, parsed)
        self._store.save(pulled, Changes(new=tuple(reversed(new))), hashes, {}, self._clock())

    # --- state -----------------------------------------------------------------------------

    def state_lines(self) -> list[str]:
        """Return what the user did with entries as lines of JSON, the first of which says what the file is.

        Entries nothing was done with are left out, and credentials.
        """
        head = json.dumps({"termnews": "state", "v": 1})
        return [head, *(json.dumps(asdict(row)) for row in self._store.adopted.states())]

    def take_states(self, data: bytes) -> Came:
        """Take lines of state: marks are set, never taken away; that of entries to come is kept for them."""
        rows: list[StateRow] = []
        left_out: list[str] = []
        for number, line in enumerate(data.splitlines()[1:], 2):
            try:
                rows.append(_state(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError, TermnewsError):
                left_out.append(f"line {number}: no state of an article")
        came = self._take_rows(rows)
        came.left_out += left_out
        return came

    def _take_rows(self, rows: Sequence[StateRow]) -> Came:
        came, marks, followed = Came(), _Marks(), self._followed()
        for url, group in groupby(rows, key=lambda each: each.feed_url):
            while batch := list(islice(group, BATCH)):
                feed = followed.get(url)
                guids = [each.guid for each in batch]
                numbers = self._store.adopted.numbers(feed.id, guids) if feed else {}
                for each in batch:
                    if (number := numbers.get(each.guid)) is not None:
                        marks.add(number, read=each.read, starred=each.starred)
                        self._fix(number, each)
                        marks.tag(number, each.tags)
                came.present += len(numbers)
                unknown = [each for each in batch if each.guid not in numbers]
                came.waiting += self._store.adopted.remember(unknown, self._clock())
        self._set(marks, _STATE, came)
        return came

    def _fix(self, number: int, row: StateRow) -> None:
        """Give an article the regions it had elsewhere, unless that was done before."""
        adopted = self._store.adopted
        if row.regions is not None and adopted.fresh([number], "regions"):
            self._store.fix(number, row.regions, _STATE, self._clock())
            adopted.came([number], "regions")


def _not_followed(url: str, rows: Iterator[Kept]) -> str:
    """Say what stays behind of a feed nobody follows here, and whether somebody flagged some of it."""
    count = flagged = 0
    for each in rows:
        count += not each.deleted
        flagged += bool(each.flags) and not each.deleted
    articles = (
        f"{count} article{'' if count == 1 else 's'}{f', {flagged} of them flagged' if flagged else ''}"
    )
    return (
        f"{strip_credentials(clean_line(url)) or '(no address)'}: {articles}: the feed is not followed; "
        "import the urls file, then this again"
    )


class _Marks:
    """Gathers what articles were elsewhere."""

    def __init__(self) -> None:
        self.read: list[int] = []
        self.starred: list[int] = []
        self.tagged: dict[str, list[int]] = {}

    def tag(self, number: int, tags: Sequence[str]) -> None:
        """Take in the tags of one article."""
        for each in tags:
            self.tagged.setdefault(each, []).append(number)

    def add(self, number: int, *, read: bool, starred: bool) -> None:
        """Take in one article."""
        if read:
            self.read.append(number)
        if starred:
            self.starred.append(number)


def _up_to_damage(rows: Iterator[T], trouble: list[StoreError]) -> Iterator[T]:
    """Go through rows; an error ends them, so that what came before it is kept, and is noted."""
    try:
        yield from rows
    except StoreError as error:
        trouble.append(error)


def _told(rows: Iterator[T], progress: Callable[[int], None]) -> Iterator[T]:
    """Go through rows, and tell after each batch how many that were."""
    for number, row in enumerate(rows):
        if number % BATCH == 0:
            progress(number)
        yield row


def _state(said: dict[str, Any]) -> StateRow:
    """Return a line of state as a record; ValueError and its like when it is none."""
    url, guid = strip_credentials(clean_url(said["feed_url"])), clean_line(said["guid"])
    named = said.get("regions")
    codes = None if named is None else tuple(code for each in named if (code := regions.find(each)))
    if not url or not guid:
        raise ValueError
    tags = said.get("tags", [])
    if not isinstance(tags, list):
        raise ValueError
    tags = tuple(dict.fromkeys(map(tag_name, tags)))
    return StateRow(url, guid, said.get("read") is True, said.get("starred") is True, codes, tags)
