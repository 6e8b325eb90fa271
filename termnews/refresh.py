"""Bring the store up to date: pull → decide → store → report, one FeedUpdate per feed; then tag and index.

What comes in can be read at once. Its places are found, and its words indexed, when the feeds are done.

It must never fetch, parse or know SQL: the backend brings what feeds say, the store keeps it.
A feed that fails is a FeedUpdate with an error; it never stops the others.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, aclosing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final, Protocol

from termnews import identity
from termnews.errors import StoreError, SyncError
from termnews.models import (
    Change,
    Changes,
    Draft,
    Entry,
    Evidence,
    Feed,
    FeedStatus,
    FeedUpdate,
    Health,
    Kept,
    Left,
    Located,
    Moved,
    Pulled,
)
from termnews.sanitize import honest_url
from termnews.sync import Backend
from termnews.tagging import FeedTagger, Past, Tagger

FARTHEST: Final = timedelta(days=10)
"""No feed is planned further ahead than this (Retry-After is believed for 7 days, skipDays and skipHours
for one each), so a later date means that the clock was set back, and the feed is due."""
BATCH: Final = 400
"""Articles placed and indexed in one transaction; their writing takes some hundred milliseconds."""
_NO_FLOOR: Final = timedelta(0)


class Evidences(Protocol):
    """Where it is kept what the entries of feeds showed."""

    def evidence(self, feed_id: int) -> Evidence:
        """Return where the news of a feed happened so far."""


class Queue(Protocol):
    """Articles that can be read and wait for their places and the search index."""

    def take(self, after: int, limit: int) -> list[Draft]:
        """Return the first of them with numbers above `after`, in the order they came in."""

    def finish(self, found: Sequence[tuple[Draft, Located | None, str]]) -> None:
        """Write places (None: those there are right), what found them, and index, in one transaction."""


class Keeper(Protocol):
    """Where a refresh keeps what it brings: the store."""

    @property
    def tags(self) -> Evidences:
        """What the feeds showed so far."""

    @property
    def waiting(self) -> Queue:
        """What is still to be placed and indexed."""

    def feeds(self) -> list[Feed]:
        """Return the followed feeds."""

    def together(self) -> AbstractContextManager[None]:
        """Let what is saved in the block land on disk together."""

    def known(self, feed_id: int) -> dict[str, bytes]:
        """Return the content hash of each article kept of a feed, by guid; of pruned ones it is empty."""

    def kept(self, feed_id: int, guids: Sequence[str]) -> list[Kept]:
        """Return what tells these articles from others, without pruned and unknown ones."""

    def save(
        self,
        pulled: Pulled,
        changes: Changes,
        hashes: Mapping[str, bytes],
        located: Mapping[str, Located] | None,
        now: datetime,
    ) -> None:
        """Write the changes of one feed and its health; without places what is new waits for them."""

    def save_health(self, feed_id: int, health: Health) -> None:
        """Write how the last fetch went."""

    def outbox(self) -> list[Change]:
        """Return the changes of state no server has been told."""

    def pushed(self, changes: Sequence[Change]) -> None:
        """Drop the changes a server took."""


def content_hash(entry: Entry) -> bytes:
    """Return 16 bytes that change when what a reader sees changes; dates are left out.

    Many feeds touch their dates at every build without a word of the text being new.
    """
    parts: list[str] = [entry.title, entry.link, entry.author, entry.content, entry.summary]
    parts += sorted(entry.categories)
    parts += [f"{each.url} {each.type}" for each in entry.enclosures]
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def decide(known: Mapping[str, bytes], entries: Iterable[Entry]) -> Changes:
    """Compare what a feed says with what is kept of it.

    Args:
        known: Content hash of each article kept, by guid; empty for one that was pruned, which is
            neither new nor changed.
        entries: What the feed says now, in its order; a guid that occurs twice counts once.

    Returns:
        What is new, changed and gone. Nothing is deleted for what is gone.
    """
    said = {entry.guid: entry for entry in reversed(list(entries))}
    in_order = list(reversed(said.values()))
    return Changes(
        new=tuple(each for each in in_order if each.guid not in known),
        changed=tuple(e for e in in_order if known.get(e.guid) and known[e.guid] != content_hash(e)),
        gone=tuple(guid for guid in known if guid not in said),
    )


def follow(changes: Changes, gone: Sequence[Kept], entries: Iterable[Entry]) -> Changes:
    """Tell entries that only have another id now from new ones: the articles kept are theirs."""
    new = {each.guid for each in changes.new}
    present = [each.link for each in entries if each.guid not in new]
    same = identity.renamed(gone, changes.new, present, content_hash)
    if not same:
        return changes
    altered = tuple(e for e in changes.new if e.guid in same and same[e.guid].hash != content_hash(e))
    return replace(
        changes,
        new=tuple(each for each in changes.new if each.guid not in same),
        changed=(*changes.changed, *altered),
        renamed=tuple((kept.guid, guid) for guid, kept in same.items()),
    )


def left_alone(feed: Feed, now: datetime, *, force: bool = False, floor: timedelta = _NO_FLOOR) -> Left:
    """Return why a feed is not asked now; "" when it is.

    Args:
        feed: the feed.
        now: the present.
        force: the user wants it asked. That overrides intervals, what the feed wishes and back-off, never
            the user who paused it, a server that said when to come back (Retry-After) or that the feed is
            gone (410).
        floor: a forced feed that was asked within this time is left alone all the same.
    """
    health = feed.health
    if feed.subscription.paused:
        return "paused"
    if health.wait == "gone":
        return "gone"
    if _is_due(health, now):
        return ""
    if health.held(now):
        return "held"
    if not force:
        return "not_due"
    return "just_asked" if health.last_fetch is not None and now - health.last_fetch < floor else ""


def due(
    feeds: Iterable[Feed], now: datetime, *, force: bool = False, floor: timedelta = _NO_FLOOR
) -> tuple[list[Feed], list[tuple[Feed, Left]]]:
    """Part the feeds into those to ask now and those to leave alone, each with the reason."""
    asked: list[Feed] = []
    left: list[tuple[Feed, Left]] = []
    for feed in feeds:
        if why := left_alone(feed, now, force=force, floor=floor):
            left.append((feed, why))
        else:
            asked.append(feed)
    return asked, left


def _is_due(health: Health, now: datetime) -> bool:
    planned = health.next_fetch
    believed = planned is not None and planned <= now + FARTHEST and not health.set_back(now)
    return planned is None or planned <= now or not believed


async def refresh(
    store: Keeper,
    backend: Backend,
    feeds: Sequence[Feed],
    tagger: Tagger,
    *,
    now: Callable[[], datetime],
    force: bool = False,
    floor: timedelta = _NO_FLOOR,
    move: Callable[[Pulled], Moved | None] = lambda _: None,
) -> AsyncGenerator[FeedUpdate, None]:
    """Ask the feeds that are due (all with `force`), keep what is new, and yield an update for each feed.

    With `force`, those asked within `floor` are left alone all the same (`left_alone` says which).
    `move` follows a feed that delivered from where it moved to for good, or says why it stays. After the
    last update the tagger finds the places of what waits for them (`finish`). Closing the generator stops
    the work at once; what was yielded is stored.
    """
    asked, left = due(feeds, now(), force=force, floor=floor)
    await _push(store, backend)
    done = 0
    for feed, why in left:
        done += 1
        yield replace(_report(feed, "skipped", feed.health, done, len(feeds)), left=why)
    if asked:
        async with aclosing(backend.pull(asked, now)) as pulls:
            async for ready in pulls:
                for pulled, update in zip(ready, _keep(store, ready, now()), strict=True):
                    done += 1
                    told = replace(update, done=done, of=len(feeds))
                    if pulled.moved_to is not None and update.status != "failed":
                        told = _with_move(told, pulled.feed.health, move(pulled))
                    yield told
    for _ in finish(store, tagger):
        await asyncio.sleep(0)  # where the work is stopped; what is done so far is on disk


def _with_move(update: FeedUpdate, before: Health, moved: Moved | None) -> FeedUpdate:
    """Return the update with where the feed moved to; that it is not followed there is told once."""
    if moved is None or (moved.to, moved.stays) == (before.elsewhere, before.stays):
        return update
    if moved.stays:
        return replace(update, elsewhere=moved.to, stays=moved.stays)
    return replace(update, moved_to=moved.to)


async def _push(store: Keeper, backend: Backend) -> None:
    """Tell the server what the user did; what it did not take stays for the next time."""
    changes = store.outbox()
    if not changes:
        return
    try:
        await backend.push(changes)
    except SyncError:
        return
    store.pushed(changes)


def _keep(store: Keeper, ready: Sequence[Pulled], now: datetime) -> list[FeedUpdate]:
    """Store what was pulled of some feeds in one transaction and report it when it is on disk."""
    try:
        with store.together():
            return [keep(store, pulled, now) for pulled in ready]
    except StoreError as error:
        return [_report(each.feed, "failed", each.feed.health, error=str(error)) for each in ready]


def keep(store: Keeper, pulled: Pulled, now: datetime) -> FeedUpdate:
    """Store what was pulled of one feed and report it; a store that refuses is that feed's failure."""
    feed = pulled.feed
    try:
        if pulled.parsed is None:
            store.save_health(feed.id, pulled.health)
            return _report(feed, pulled.status, pulled.health, error=pulled.error)
        known = store.known(feed.id)
        changes = decide(known, pulled.parsed.entries)
        if changes.new and changes.gone:
            changes = follow(changes, store.kept(feed.id, changes.gone), pulled.parsed.entries)
        hashes = {each.guid: content_hash(each) for each in (*changes.new, *changes.changed)}
        store.save(pulled, changes, hashes, None, now)
    except StoreError as error:
        return _report(feed, "failed", feed.health, error=str(error))
    titled = replace(feed, title=pulled.parsed.title)  # as it is kept from now on
    return _report(titled, "ok", pulled.health, changes=changes)


def finish(store: Keeper, tagger: Tagger) -> Iterator[int]:
    """Find the places of all articles that wait for them and index their words, batch by batch.

    It can be left off at any moment: what was not done waits on.

    Yields:
        How many articles each batch had; what was yielded is on disk.
    """
    drafts = store.waiting.take(0, BATCH)
    feeds = {feed.id: tagger.of(feed.subscription) for feed in store.feeds()} if drafts else {}
    while drafts:
        found: list[tuple[Draft, Located | None, str]] = []
        by_feed = groupby(sorted(drafts, key=_in_order), key=lambda each: each.feed)
        for feed_id, mine in by_feed:
            found += _locate(feeds[feed_id], store.tags.evidence(feed_id), mine)
        store.waiting.finish(found)
        yield len(drafts)
        drafts = store.waiting.take(max(each.id for each in drafts), BATCH)


def _in_order(draft: Draft) -> tuple[int, int, int]:
    """Order by feed, then by date: each entry is read in the light of those published before it."""
    return draft.feed, draft.date, draft.id


def _locate(
    tagger: FeedTagger, evidence: Evidence, drafts: Iterable[Draft]
) -> Iterator[tuple[Draft, Located | None, str]]:
    """Yield articles of one feed with their places; one that this tagger has tagged needs no look."""
    past = Past(evidence)
    for draft in drafts:
        right = draft.tagged == tagger.fingerprint
        yield draft, None if right else tagger.read(past, draft), tagger.fingerprint


def _report(
    feed: Feed,
    status: FeedStatus,
    health: Health,
    done: int = 1,
    of: int = 1,
    *,
    error: str | None = None,
    changes: Changes = Changes(),  # noqa: B008  frozen, so one for all is safe
) -> FeedUpdate:
    return FeedUpdate(
        feed=feed.name,
        feed_url=honest_url(feed.url),
        status=status,
        http=health.http,
        new=len(changes.new),
        changed=len(changes.changed),
        error=error,
        next_fetch=health.next_fetch,
        held_until=health.held_until,
        done=done,
        of=of,
    )
