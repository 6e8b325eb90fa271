"""Plain tables and sentences for a person: feeds, their health, regions, the journal.

It must never align by guessing widths: numbers stand first, so that free text needs no column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from termnews.output.texts import address, feed_name, local, span
from termnews.sanitize import screen_text

if TYPE_CHECKING:
    from termnews.models import Action, Count, Feed, FeedUpdate, Left, RegionCount, Stay, Wait

_DONE: Final = {
    "read": "marked read", "unread": "marked unread", "star": "starred", "unstar": "unstarred",
    "tag": "tagged", "untag": "untagged",
}  # fmt: skip
_LEFT: Final[Mapping[Left, str]] = {
    "paused": "is paused; `termnews feeds resume` takes it in again",
    "gone": "is gone for good; `termnews feeds resume` asks it all the same",
    "held": "is left alone for {time} more, as its server asked",
    "just_asked": "was asked a moment ago",
    "not_due": "is not due for {time}; --force asks it all the same",
}
_STAYS: Final[Mapping[Stay, str]] = {
    "": "it is not known why",
    "secrets": "its password or headers are for that alone; give it the new one if they may go there",
    "taken": "another of your feeds has the new one; remove one of them",
    "file": "termnews.toml could not be changed; write the new one there",
}
_STATUS: Final = {"ok": "fetched", "not_modified": "not modified", "failed": "failed", "skipped": "skipped"}


def feed_lines(feeds: Iterable[Feed]) -> Iterator[str]:
    """Yield a heading and a line for each feed: unread, total, name, folder, region, state, address."""
    yield "unread   total  feed"
    for feed in feeds:
        subscription = feed.subscription
        state = "paused" if subscription.paused else "failing" if feed.health.error else ""
        texts = (
            feed_name(feed),
            f"({screen_text(subscription.folder)})" if subscription.folder else "",
            f"[{screen_text(subscription.region)}]" if subscription.region else "",
            state,
            "" if feed_name(feed) == address(feed.url) else address(feed.url),
        )
        yield f"{feed.count.unread:>6}  {feed.count.total:>6}  {'  '.join(text for text in texts if text)}"


VIEW_HEAD: Final = "unread   total  view"
"""Heading over the lines of saved views."""


def view_line(name: str, line: str, count: Count) -> str:
    """Return a line for a saved view: unread, total, name, search line."""
    return f"{count.unread:>6}  {count.total:>6}  {screen_text(name)}  ({screen_text(line)})"


def health_lines(feeds: Iterable[Feed], now: datetime) -> Iterator[str]:
    """Yield a line for each feed: how its last fetch went, when, and when it is asked next."""
    for feed in feeds:
        yield f"{feed_name(feed)}: {_health(feed, now)}"


def region_lines(counts: Iterable[RegionCount]) -> Iterator[str]:
    """Yield a heading and a line for each region, indented by its depth: unread, total, name, code."""
    yield "unread   total  region"
    for each in counts:
        name = f"{screen_text(each.region.name)} ({screen_text(each.region.code)})"
        yield f"{each.count.unread:>6}  {each.count.total:>6}  {'  ' * each.depth}{name}"


TAG_HEAD: Final = "unread   total  tag"
"""Heading over the lines of tags."""


def tag_line(tag: str, count: Count) -> str:
    """Return a line for a tag: unread, total, name."""
    return f"{count.unread:>6}  {count.total:>6}  {screen_text(tag)}"


def action_line(action: Action) -> str:
    """Return a change of state as a sentence: "312 articles marked read (in Berlin)"."""
    undone = "undone: " if action.undone else ""
    if action.change not in _DONE:  # The label of a correction says it all.
        return f"{undone}{screen_text(action.label)}"
    label = f" ({screen_text(action.label)})" if action.label else ""
    return f"{undone}{_articles(action.count)} {_DONE[action.change]}{label}"


def history_line(action: Action) -> str:
    """Return a line of the journal: number, local time, the change."""
    return f"{action.id:>6}  {local(action.at)}  {action_line(action)}"


def left_line(update: FeedUpdate, now: datetime) -> str:
    """Return why a feed was left alone as a sentence; empty when it was not."""
    if not update.left:
        return ""
    until = update.held_until if update.left == "held" else update.next_fetch
    time = span((until - now).total_seconds()) if until is not None else ""
    return f"{screen_text(update.feed)} {_LEFT[update.left].format(time=time)}"


def move_line(update: FeedUpdate) -> str:
    """Return where a feed moved to for good as a sentence; empty when it did not."""
    if update.moved_to is not None:
        return (
            f"{screen_text(update.feed)} moved to {address(update.moved_to)}; it is asked there from now on"
        )
    if update.elsewhere is not None:
        return f"{screen_text(update.feed)} {stays_clause(update.elsewhere, update.stays)}"
    return ""


def stays_clause(elsewhere: str, why: Stay) -> str:
    """Return that a feed is asked where it was though it moved, and why, as the end of a sentence."""
    return f"moved to {address(elsewhere)} and is asked at its old address all the same: {_STAYS[why]}"


def tally_line(tally: Mapping[str, int]) -> str:
    """Return what a refresh came to.

    Args:
        tally: feeds by status, and articles under `new` and `changed`; what is missing is 0.
    """
    feeds = [f"{tally[status]} {word}" for status, word in _STATUS.items() if tally.get(status)]
    changed = f", {tally['changed']} changed" if tally.get("changed") else ""
    return f"{_articles(tally.get('new', 0), 'new ')}{changed}; feeds: {', '.join(feeds) or 'none'}"


def downloaded_line(tally: Mapping[str, int], used: int | None) -> str:
    """Return what a download came to.

    Args:
        tally: articles by status, and pictures under `pictures`; what is missing is 0.
        used: bytes all full texts take; None where nothing was fetched.
    """
    without = tally.get("refused", 0) + tally.get("failed", 0)
    room = f"; all full texts take {_size(used)}" if used is not None else ""
    left = f", {without} without" if without else ""
    pictures = tally.get("pictures", 0)
    seen = f"; {pictures} picture{'' if pictures == 1 else 's'}" if pictures else ""
    return f"full text of {_articles(tally.get('kept', 0))}{left}{room}{seen}"


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{-(-count // 1000)} kB"


def _articles(count: int, kind: str = "") -> str:
    return f"{count} {kind}article{'' if count == 1 else 's'}"


_WHY: Final[Mapping[Wait, str]] = {
    "fresh": " as its server says that nothing changes before",
    "ttl": " as the feed asks by its ttl",
    "skip": " as the feed asks not to be disturbed at these hours or days",
    "retry": " as its server asked",
}


def _health(feed: Feed, now: datetime) -> str:
    health = feed.health
    if health.last_fetch is None:
        known = "not fetched yet"
    elif health.error is None:
        known = f"ok, asked {span((now - health.last_fetch).total_seconds())} ago"
    else:
        times = f"{health.failures} times in a row" if health.failures > 1 else "once"
        known = f"failed {times}, last {span((now - health.last_fetch).total_seconds())} ago"
    if feed.subscription.paused:
        due = "paused"
    elif health.wait == "gone":
        due = "not asked again unless it is resumed or given another address"
    elif health.next_fetch is None or health.next_fetch <= now:
        due = "due now"
    else:
        due = f"next in {span((health.next_fetch - now).total_seconds())}{_WHY.get(health.wait, '')}"
    error = f": {screen_text(health.error)}" if health.error else ""
    return f"{known}, {due}{error}"
