"""The cache against a plain model of it: whatever feeds and user do, in any order."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from termnews.models import ArticleQuery, Entry, Health, Located, ParsedFeed, Place, Pulled, Subscription
from termnews.query import parse_query
from termnews.refresh import finish, keep
from termnews.store import Store, state
from termnews.tagging import Tagger
from tests.builders import make_entry
from tests.conftest import NOW

ADDRESSES = [f"https://{name}.example/feed" for name in ("pamir", "thames", "volga")]
STORIES = range(1, 6)
TAGGER = Tagger(lambda *_, **__: Located((Place("TJ", "about"),)), "e1")


@dataclass
class Held:
    """What the cache must hold of an entry."""

    story: int
    text: str
    guid: str
    read: bool = False
    starred: bool = False
    fixed: tuple[str, ...] | None = None
    pruned: bool = False


Turn = list[tuple[int, str, object, object]]
"""One action: number, field, the value before and after of each article it changed."""


@dataclass(frozen=True)
class Version:
    """How a feed tells one of its stories this time."""

    ids: int
    words: int
    scheme: str

    def entry(self, story: int, feed: int) -> Entry:
        """Return the entry; another version of a story has other ids, words or scheme, never another date.

        No two feeds have links in common: of those that do, see test_copies.
        """
        text = f"Story {story} in words {self.words}"
        link = f"{self.scheme}://news.example/{feed}/{story}"
        return make_entry(story, guid=f"{self.ids}-{story}", link=link, text=text, content=f"<p>{text}</p>")


VERSIONS = st.builds(Version, st.integers(0, 2), st.integers(0, 2), st.sampled_from(["http", "https"]))


class Cache(RuleBasedStateMachine):
    """A store, and beside it what it must hold: articles by number, their feeds by address."""

    @initialize()
    def open(self) -> None:
        """Begin with two feeds that carry all their stories."""
        self.folder = tempfile.TemporaryDirectory()
        self.followed = ADDRESSES[:2]
        self.held: dict[int, Held] = {}
        self.feeds: dict[str, set[int]] = {address: set() for address in ADDRESSES}
        self.done: list[Turn] = []
        self.undone: list[Turn] = []
        self.store = self._opened()
        for feed in range(2):
            self.carry(feed, Version(0, 0, "https"), set(STORIES), {})

    def _opened(self) -> Store:
        return Store(Path(self.folder.name, "termnews.db"), self._subscriptions())

    def _subscriptions(self) -> list[Subscription]:
        return [Subscription(each) for each in self.followed]

    def _listed(self) -> dict[int, Held]:
        numbers = set().union(*(self.feeds[each] for each in self.followed))
        return {number: self.held[number] for number in numbers if not self.held[number].pruned}

    # --- what feeds do ---------------------------------------------------------------------

    @precondition(lambda self: self.followed)
    @rule(
        feed=st.integers(0, 1),
        version=VERSIONS,
        stories=st.sets(st.sampled_from(STORIES)),
        others=st.dictionaries(st.sampled_from(STORIES), VERSIONS, max_size=2),
    )
    def carry(self, feed: int, version: Version, stories: set[int], others: dict[int, Version]) -> None:
        """Let a feed carry some stories: dropped and returned, edited, under other ids and links."""
        address = self.followed[feed % len(self.followed)]
        (asked,) = [each for each in self.store.feeds() if each.url == address]
        entries = [others.get(each, version).entry(each, asked.id) for each in sorted(stories)]
        pulled = Pulled(asked, "ok", Health(last_ok=NOW), ParsedFeed(entries=tuple(entries)))
        update = keep(self.store, pulled, NOW)
        new = {each.guid: each for each in self._unknown(address, entries)}
        assert (update.status, update.new) == ("ok", len(new))
        for number in set(self.store.ids(ArticleQuery(), NOW)) - self.held.keys():
            article = self.store.article(number)
            entry = new.pop(article.entry.guid)
            assert article.feed.url == address
            self.held[number] = Held(_story(entry), entry.text, entry.guid)
            self.feeds[address].add(number)
        assert not new

    def _unknown(self, address: str, entries: list[Entry]) -> Iterator[Entry]:
        """Bring what is held up to what the feed says; yield what is new by that."""
        mine = [self.held[number] for number in self.feeds[address]]
        for entry in entries:
            same = [each for each in mine if each.guid == entry.guid]
            same = same or [each for each in mine if each.story == _story(entry) and not each.pruned]
            if not same:
                yield entry
            for each in same:
                each.guid = entry.guid
                each.text = each.text if each.pruned else entry.text

    @rule()
    def place(self) -> None:
        """Find the places of what came in, and index it."""
        list(finish(self.store, TAGGER))
        assert self.store.waiting.count() == 0

    # --- what the user does ----------------------------------------------------------------

    @rule(which=st.sets(st.integers(0, 30)), field=st.sampled_from(["read", "starred"]), value=st.booleans())
    def mark(self, which: set[int], field: state.Field, value: bool) -> None:
        """Mark any articles, also pruned ones and those of feeds that are not followed."""
        self._mark([number for number in self.held if number in which], field, value)

    @rule(line=st.sampled_from(["", "is:unread", "is:starred", "region:FR"]), value=st.booleans())
    def mark_all(self, line: str, value: bool) -> None:
        """Mark all that a search lists."""
        self._mark(list(self.store.ids(parse_query(line), NOW)), "read", value)

    def _mark(self, numbers: list[int], field: state.Field, value: bool) -> None:
        action = self.store.mark(numbers, field, value, "", NOW)
        turn: Turn = [(n, field, not value, value) for n in numbers if getattr(self.held[n], field) != value]
        assert action.count == len(turn)
        self._did(turn)

    @precondition(lambda self: self._listed())
    @rule(which=st.integers(0, 30), codes=st.none() | st.sets(st.sampled_from(["FR", "DE"])))
    def fix(self, which: int, codes: set[str] | None) -> None:
        """Say what an article is about."""
        listed = sorted(self._listed())
        number = listed[which % len(listed)]
        given = None if codes is None else tuple(sorted(codes))
        self.store.fix(number, given, "", NOW)
        before = self.held[number].fixed
        self._did([(number, "fixed", before, given)] if before != given else [])

    def _did(self, turn: Turn) -> None:
        self.undone.clear()
        if turn:
            self.done.append(turn)
        for number, field, _, after in turn:
            setattr(self.held[number], field, after)

    @rule(count=st.integers(1, 3))
    def undo(self, count: int) -> None:
        """Take back the last actions."""
        assert len(self.store.turn(count, NOW)) == min(count, len(self.done))
        for _ in range(min(count, len(self.done))):
            self.undone.append(self.done.pop())
            for number, field, before, _ in self.undone[-1]:
                setattr(self.held[number], field, before)

    @rule(count=st.integers(1, 3))
    def redo(self, count: int) -> None:
        """Do the last undone ones again."""
        assert len(self.store.turn(count, NOW, redo=True)) == min(count, len(self.undone))
        for _ in range(min(count, len(self.undone))):
            self.done.append(self.undone.pop())
            for number, field, _, after in self.done[-1]:
                setattr(self.held[number], field, after)

    @rule(address=st.sampled_from(ADDRESSES))
    def follow_or_leave(self, address: str) -> None:
        """Remove a feed that is followed, follow one that is not, perhaps again."""
        if address in self.followed:
            self.followed = [each for each in self.followed if each != address]
        else:
            self.followed = [*self.followed, address]
        self.store.follow(self._subscriptions())

    @precondition(lambda self: 0 < len(self.followed) < len(ADDRESSES))
    @rule(old=st.integers(0, 3), new=st.integers(0, 3))
    def readdress(self, old: int, new: int) -> None:
        """Give a feed an address that is not followed; what was kept there changes places with it."""
        was = self.followed[old % len(self.followed)]
        free = [each for each in ADDRESSES if each not in self.followed]
        now = free[new % len(free)]
        self.store.readdress(was, now, lambda: None)
        self.followed = [now if each == was else each for each in self.followed]
        self.feeds[was], self.feeds[now] = self.feeds[now], self.feeds[was]
        self.store.follow(self._subscriptions())

    # --- upkeep ----------------------------------------------------------------------------

    @rule(days=st.sampled_from([0, 30]), most=st.sampled_from([0, 1, 3]))
    def prune(self, days: int, most: int) -> None:
        """Take out what is read and not starred: too many, or a month after it came in."""
        expected = set()
        for numbers in self.feeds.values():
            listed = [n for n in numbers if not self.held[n].pruned]
            newest_first = sorted(listed, key=lambda n: self.held[n].story)
            for place, number in enumerate(newest_first, 1):
                too_many = most and place > most
                each = self.held[number]
                if (days or too_many) and each.read and not each.starred:
                    expected.add(number)
        assert self.store.upkeep.prune(days, most, NOW + timedelta(days=31)) == len(expected)
        for number in expected:
            self.held[number] = replace(self.held[number], pruned=True)

    @rule(how=st.sampled_from(["reopen", "compact", "repair"]))
    def keep_up(self, how: str) -> None:
        """Leave and come back, make the index anew, count anew: nobody notices."""
        if how == "reopen":
            self.store.close()
            self.store = self._opened()
        elif how == "compact":
            self.store.upkeep.compact()
        else:
            self.store.upkeep.repair()

    # --- what must be so -------------------------------------------------------------------

    @invariant()
    def agrees(self) -> None:
        """List exactly what is held, with its state, and count it so."""
        if not hasattr(self, "store"):
            return
        listed = self._listed()
        ids = self.store.ids(ArticleQuery(), NOW)
        assert set(ids) == listed.keys()
        assert len(ids) == len(listed)
        waits = {draft.id for draft in self.store.waiting.take(0, 1_000)}
        assert self.store.waiting.count() == len(waits)
        # The index made anew has what waited; its places are found by the next tagging.
        prints = {feed.id: TAGGER.of(feed.subscription).fingerprint for feed in self.store.feeds()}
        unplaced = set(waits).union(*self.store.tags.stale(prints).values())
        for each in self.store.headlines(ids):
            held = listed[each.id]
            assert (each.read, each.starred) == (held.read, held.starred)
            if held.fixed is not None or each.id not in unplaced:
                assert each.regions == (("TJ",) if held.fixed is None else held.fixed)
            else:  # none yet, or those of the words it had before
                assert each.regions in ((), ("TJ",))
        searched = {"is:unread": {n for n, each in listed.items() if not each.read}}
        searched["is:starred"] = {n for n, each in listed.items() if each.starred}
        searched["region:FR"] = {n for n, each in listed.items() if "FR" in (each.fixed or ())}
        # What waits is not found by its words, nor said to be without them.
        searched["words"] = set(listed) - waits
        searched["-nothing"] = set(listed) - waits
        for line, numbers in searched.items():
            assert set(self.store.ids(parse_query(line), NOW)) == numbers, line
        for feed in self.store.feeds():
            mine = [listed[n] for n in self.feeds[feed.url] if n in listed]
            counted = (feed.count.total, feed.count.unread, feed.count.starred)
            assert counted == (len(mine), sum(not e.read for e in mine), sum(e.starred for e in mine))

    def teardown(self) -> None:
        """Read every text, find all placed and indexed in the end, and the file sound."""
        if not hasattr(self, "store"):
            return
        self.place()
        assert list(self.store.ids(parse_query("words"), NOW)) == list(self.store.ids(ArticleQuery(), NOW))
        for number, each in self._listed().items():
            article = self.store.article(number)
            assert (article.entry.text, article.entry.guid) == (each.text, each.guid)
        assert self.store.upkeep.check() == []
        self.store.close()
        self.folder.cleanup()


def _story(entry: Entry) -> int:
    return int(entry.guid.partition("-")[2])


def test_cache_agrees_with_the_model() -> None:
    # Of the profile: 50 of its 100 examples, and 1,250 of 2,500 with TERMNEWS_HYPOTHESIS=slow.
    run_state_machine_as_test(
        Cache,
        settings=settings(
            max_examples=settings.default.max_examples // 2,
            stateful_step_count=25,
            deadline=None,
            database=None,
        ),
    )
