"""The cache: one SQLite file that holds feeds, articles, state, journal and search index.

It must never ask the network or parse a feed. Each `Store` is one connection and belongs to
one thread at a time; several, in several processes, may use one file at once. What a method
has written is on disk when it returns.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from termnews import lazy
from termnews.errors import DamageError, StoreError
from termnews.store import connection, following, headlines, listing, upkeep

if TYPE_CHECKING:
    from termnews.models import (
        Action,
        Article,
        ArticleQuery,
        Change,
        Changes,
        Count,
        Feed,
        Headline,
        Health,
        Kept,
        Located,
        Pulled,
        Subscription,
    )
    from termnews.store import (
        adopted,
        articles,
        counting,
        feeds,
        fulltext,
        labels,
        recovery,
        ruling,
        state,
        tags,
        waiting,
    )

else:  # the first list needs none of them
    adopted, articles, counting, feeds, fulltext, labels, recovery, ruling, state, tags, waiting = lazy.rooms(
        __name__,
        *("adopted", "articles", "counting", "feeds", "fulltext", "labels"),
        *("recovery", "ruling", "state", "tags", "waiting"),
    )

__all__ = ["Store"]


def _cannot(said: str) -> None:
    raise StoreError("the journal holds a correction of the configuration, which only the library turns")


class Store:
    """One connection to the cache at `path`, following the given subscriptions."""

    def __init__(
        self,
        path: Path,
        subscriptions: Sequence[Subscription] = (),
        tell: Callable[[str], None] | None = None,
    ) -> None:
        """Open the cache, made when it is not there; `tell` is told of work that will take long.

        Raises:
            StoreError: it cannot be opened, is not ours, or is of a newer version.
        """
        self.path = path
        self.ruled: Callable[[], ruling.Ruling | None] = lambda: None
        """Gives what is done with articles as they come in."""
        self.said: tuple[str, ...] = ()
        """What its user should know of the cache, one sentence each; empty as a rule."""
        self.mended = False
        """Whether the cache was damaged and made anew when it was opened."""
        try:
            self._open(subscriptions, tell)
        except DamageError:
            self.said, self.mended = recovery.replace(path), True
            self._open(subscriptions)

    def _open(self, subscriptions: Sequence[Subscription], tell: Callable[[str], None] | None = None) -> None:
        path = self.path
        self._conn = connection.connect(path, tell)
        self.upkeep = upkeep.Upkeep(self._conn, path)
        """The cache's own facts: remembered values, size, check, backup."""
        self._followed: following.Followed = {}
        if self._conn.readonly:
            self.said = (
                f"cache {path}: it may only be read; what you mark and fetch is not kept "
                "until its folder can be written and its disk has room",
            )
        try:
            self.follow(subscriptions)
        except StoreError:
            self._conn.close()
            raise

    @cached_property
    def tags(self) -> tags.Tags:
        """The places of articles, and what feeds showed so far."""
        return tags.Tags(self._conn, self.path)

    @cached_property
    def adopted(self) -> adopted.Adopted:
        """State that comes from elsewhere or goes there."""
        return adopted.Adopted(self._conn, self.path)

    @cached_property
    def waiting(self) -> waiting.Waiting:
        """Articles that can be read and still wait for their places and the search index."""
        return waiting.Waiting(self._conn, self.path, self.ruled())

    @cached_property
    def muting(self) -> ruling.Muting:
        """Which articles are muted by rules."""
        return ruling.Muting(self._conn, self.path)

    @cached_property
    def full_texts(self) -> fulltext.FullTexts:
        """The pages behind articles, under a budget."""
        return fulltext.FullTexts(self._conn, self.path)

    @property
    def readonly(self) -> bool:
        """Whether the cache may only be read."""
        return self._conn.readonly

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        self._conn.close()

    def interrupt(self) -> None:
        """Make a read under way in another thread end with StoreError."""
        self._conn.interrupt()

    def follow(self, subscriptions: Sequence[Subscription]) -> None:
        """Follow exactly these; articles of others stay, with their state, but are not listed."""
        self._followed = following.by_address(subscriptions)
        if self._conn.readonly:
            return
        with connection.translated(self.path):
            following.follow(self._conn, self._followed)

    def feeds(self) -> list[Feed]:
        """Return the followed feeds in the user's order."""
        with connection.translated(self.path):
            return feeds.feeds(self._conn, self._followed)

    def readdress(self, old: str, new: str, write: Callable[[], None], health: Health | None = None) -> None:
        """Give the articles and state of one stored address to another; all or nothing, `write` included.

        `health` is what is known of the new one; without it nothing is.
        """
        with connection.translated(self.path), connection.transaction(self._conn):
            feeds.readdress(self._conn, old, new, health)
            state.readdress(self._conn, old, new)
            write()

    def wake(self, url: str) -> None:
        """Let the feed of a stored address be asked again that was gone or backed off from."""
        with connection.translated(self.path), connection.transaction(self._conn):
            feeds.wake(self._conn, url)

    def known(self, feed_id: int) -> dict[str, bytes]:
        """Return the content hash of each article kept of a feed, by guid; of pruned ones it is empty."""
        with connection.translated(self.path):
            return articles.known(self._conn, feed_id)

    def kept(self, feed_id: int, guids: Sequence[str]) -> list[Kept]:
        """Return what tells these articles of a feed from others, without pruned and unknown ones."""
        with connection.translated(self.path):
            return articles.kept(self._conn, feed_id, guids)

    def save(
        self,
        pulled: Pulled,
        changes: Changes,
        hashes: Mapping[str, bytes],
        located: Mapping[str, Located] | None,
        now: datetime,
        tagged: str = "",
    ) -> None:
        """Write what a refresh brought of one feed, in one transaction; state is left alone.

        Args:
            pulled: the feed as it was brought.
            changes: what of it is new and changed.
            hashes: content hash by guid, of new and changed entries.
            located: places by guid, of the same; None: the articles wait for these, and for their rows in the
                search index (`waiting`), but can be read.
            now: the present.
            tagged: fingerprint of what found the places; empty: they are still to be found.
        """
        with connection.translated(self.path):
            articles.save(self._conn, pulled, changes, hashes, located, now, tagged)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Let what is saved in the block land on disk together; a save that fails takes back its own alone.

        Raises:
            StoreError: at the end of the block, when none of it could be kept.
        """
        with connection.translated(self.path), connection.transaction(self._conn):
            yield

    def save_health(self, feed_id: int, health: Health) -> None:
        """Write how the last fetch of a feed went."""
        with connection.translated(self.path):
            feeds.save_health(self._conn, feed_id, health)

    def ids(self, query: ArticleQuery, now: datetime, limit: int | None = None) -> array[int]:
        """Return the numbers of the articles that match, in order; QueryError for an unknown place."""
        with connection.translated(self.path):
            return listing.ids(self._conn, query, now, limit)

    def first(self, query: ArticleQuery, now: datetime, limit: int) -> tuple[array[int], bool]:
        """Return the first of them soon, and whether they are sure to be all; see `listing.first`."""
        with connection.translated(self.path):
            return listing.first(self._conn, query, now, limit)

    def last(self, query: ArticleQuery, now: datetime, limit: int) -> array[int]:
        """Return the last of them soon, in order; none where that cannot be."""
        with connection.translated(self.path):
            return listing.last(self._conn, query, now, limit)

    def known_total(self, query: ArticleQuery, now: datetime) -> int | None:
        """Return how many articles match where counters tell; None where they would have to be counted."""
        with connection.translated(self.path):
            told = counting.known(self._conn, query, now)
        return None if told is None else told.total

    def arrived(self, query: ArticleQuery, now: datetime, above: int) -> int:
        """Return how many articles that match came after the one of that number."""
        with connection.translated(self.path):
            return listing.arrived(self._conn, query, now, above)

    def newest(self) -> int:
        """Return the number of the article that came last; 0 when there is none."""
        with connection.translated(self.path):
            return listing.newest(self._conn)

    def headlines(self, ids: Sequence[int]) -> list[Headline]:
        """Return headlines in the order of `ids`; unknown numbers are left out."""
        with connection.translated(self.path):
            return headlines.headlines(self._conn, ids)

    def article(self, number: int) -> Article:
        """Return one article with its body; StoreError when there is none of that number."""
        with connection.translated(self.path):
            return articles.article(self._conn, number, self._followed)

    def count(self, query: ArticleQuery, now: datetime) -> Count:
        """Return how many articles match."""
        with connection.translated(self.path):
            return counting.count(self._conn, query, now)

    def count_soon(self, query: ArticleQuery, now: datetime, seconds: float) -> Count | None:
        """Return how many articles match; None where counting takes longer than that."""
        with connection.translated(self.path):
            return counting.count_soon(self._conn, query, now, seconds)

    def count_by_region(self, query: ArticleQuery, now: datetime) -> dict[str, Count]:
        """Return how many matching articles each region has, subtrees included; '' for about no place."""
        with connection.translated(self.path):
            return counting.by_region(self._conn, query, now)

    def mark(self, ids: Sequence[int], field: state.Field, value: bool, label: str, now: datetime) -> Action:
        """Set read or starred of these articles and write it to the journal."""
        with connection.translated(self.path):
            return state.mark(self._conn, ids, field, value, label, now)

    def fix(self, number: int, codes: Sequence[str] | None, label: str, now: datetime) -> Action:
        """Give an article exactly these regions, or take back what was given; StoreError for no article."""
        with connection.translated(self.path):
            return state.fix(self._conn, number, codes, label, now)

    def tag(self, ids: Sequence[int], name: str, value: bool, label: str, now: datetime) -> Action:
        """Give these articles a tag, or take it away, and write it to the journal."""
        with connection.translated(self.path):
            return state.tag(self._conn, ids, name, value, label, now)

    def tag_counts(self) -> dict[str, Count]:
        """Return how many articles have each tag, by name."""
        with connection.translated(self.path):
            return labels.counts(self._conn)

    def note(
        self, change: state.Correction, said: tuple[str, str], label: str, article: int | None, now: datetime
    ) -> Action:
        """Write to the journal what the configuration said of words before and says now."""
        with connection.translated(self.path):
            return state.note(self._conn, change, said, label, article, now)

    def turn(
        self, count: int, now: datetime, *, redo: bool = False, correct: Callable[[str], None] = _cannot
    ) -> list[Action]:
        """Undo the last `count` actions, or do again the last undone ones; `correct` turns noted ones."""
        with connection.translated(self.path):
            return state.turn(self._conn, count, now, redo=redo, correct=correct)

    def history(self, count: int) -> list[Action]:
        """Return the last actions, newest first."""
        with connection.translated(self.path):
            return state.history(self._conn, count)

    def outbox(self) -> list[Change]:
        """Return the changes of state no sync server has been told."""
        with connection.translated(self.path):
            return state.outbox(self._conn)

    def pushed(self, changes: Sequence[Change]) -> None:
        """Drop changes a sync server took."""
        with connection.translated(self.path):
            state.pushed(self._conn, changes)
