"""The rows of the feeds screen: which feeds, in what order, under what headings, in how wide columns.

It must never draw or look anything up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from rich.cells import cell_len

from termnews.models import Feed
from termnews.output.texts import address, span
from termnews.ui.cells import fit, headline_text
from termnews.ui.chooser import fits
from termnews.ui.days import age
from termnews.ui.feed_health import State, name, state
from termnews.ui.geometry import Break
from termnews.ui.trouble import failing
from termnews.wording import mark, tr

_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SPACIOUS: Final = 90  # cells from which on there is room for the folder
_TIGHT: Final = 66  # cells under which there is none for the time of the last fetch
_LEAN: Final = 46  # and none for the next one and for all articles


def _by_name(feed: Feed) -> tuple[Any, ...]:
    return (name(feed).casefold(),)


def _by_trouble(feed: Feed) -> tuple[Any, ...]:
    folder = feed.subscription.folder
    return (not failing(feed), not folder, folder.casefold(), *_by_name(feed))


def _by_fetch(feed: Feed) -> tuple[Any, ...]:
    return (-(feed.health.last_fetch or _NEVER).timestamp(), *_by_name(feed))


def _by_unread(feed: Feed) -> tuple[Any, ...]:
    return (-feed.count.unread, *_by_name(feed))


ORDERS: Final[dict[str, Callable[[Feed], tuple[Any, ...]]]] = {
    mark("trouble first"): _by_trouble,
    mark("by name"): _by_name,
    mark("latest fetch first"): _by_fetch,
    mark("most unread first"): _by_unread,
}
"""The orders, as they are called, in the order in which the key goes through them."""
TROUBLE: Final = next(iter(ORDERS))
"""The order to begin with; it alone has headings."""


def following(order: str) -> str:
    """Return the order after this one, round and round."""
    orders = list(ORDERS)
    return orders[(orders.index(order) + 1) % len(orders)]


def chosen(feeds: Sequence[Feed], text: str, order: str) -> list[Feed]:
    """Return the feeds with these words in name or address, in this order."""
    found = [each for each in feeds if not text or fits(f"{each.name} {address(each.url)}", text)]
    return sorted(found, key=ORDERS[order])


def headings(feeds: Sequence[Feed], order: str) -> list[Break]:
    """Return the headings of feeds in their order: those in trouble, then each folder; may be none."""
    breaks: list[Break] = []
    last: tuple[bool, str] | None = None
    for at, each in enumerate(feeds if order == TROUBLE else ()):
        group = failing(each), "" if failing(each) else each.subscription.folder
        if group != last:
            breaks.append(
                Break(at, (tr("FAILING") if group[0] else folder(each).upper() or tr("NO FOLDER"),))
            )
            last = group
    return breaks if last != (False, "") or len(breaks) > 1 else []


def folder(feed: Feed) -> str:
    """Return the folder a feed is in, safe to show; may be empty."""
    return headline_text(feed.subscription.folder)


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one row, every text safe to show."""

    state: State
    """How the feed fares."""
    name: str
    """Its name."""
    folder: str
    """Its folder; may be empty."""
    asked: str
    """How long ago it was asked; empty: never."""
    due: str
    """When it is asked next; empty: not at all."""
    unread: str
    """Unread articles; empty for none."""
    total: str
    """Articles kept; empty for none."""


def head() -> Row:
    """Return the words above the columns."""
    words = (tr("feed"), tr("folder"), tr("asked"), tr("next"), tr("unread"), tr("all"))
    return Row(State("well", tr("state")), *words)


def row(feed: Feed, now: datetime, *, asking: bool = False) -> Row:
    """Return what stands in the row of a feed."""
    health, count = feed.health, feed.count
    waits = health.next_fetch is not None and health.next_fetch > now
    due = tr("due")
    if waits and health.next_fetch:
        due = tr("in {time}", time=span((health.next_fetch - now).total_seconds()))
    return Row(
        state=state(feed, asking=asking),
        name=name(feed),
        folder=folder(feed),
        asked=age(health.last_fetch, now) if health.last_fetch else "",
        due="" if feed.subscription.paused or health.wait == "gone" else due,
        unread=str(count.unread or ""),
        total=str(count.total or ""),
    )


def cells(said: Row, width: int) -> tuple[str, str, str, str]:
    """Return name, folder, state and figures, each as wide as its column.

    Args:
        said: the row.
        width: cells for all of it; what there is no room for is left out, and the name gets the rest.
    """
    where = _left(said.folder, 16) if width >= _SPACIOUS else ""
    how = _left(said.state.words, 18 if width >= _TIGHT else 16 if width >= _LEAN else 13)
    figures = _right(said.asked, 6) if width >= _TIGHT else ""
    figures += _right(said.due, 7) if width >= _LEAN else ""
    figures += _right(said.unread, 7)
    figures += _right(said.total, 7) if width >= _LEAN else ""
    return _left(said.name, max(2, width - cell_len(where + how + figures))), where, how, figures


def _left(text: str, size: int) -> str:
    return fit(text, size - 1) + " "


def _right(text: str, size: int) -> str:
    return f"{text:>{size}}"


_ARTICLES: Final = ("feeds-articles", mark("its articles"))
_PAUSE: Final = ("feeds-pause", mark("pause"))
_RESUME: Final = ("feeds-pause", mark("resume"))
_REMOVE: Final = ("feeds-remove", mark("remove"))


def advice(feed: Feed) -> tuple[tuple[str, str], ...]:
    """Return the commands that help with a feed as it fares now, and a word for each."""
    if feed.subscription.paused:
        return (_RESUME, _REMOVE, _ARTICLES)
    if feed.health.wait == "gone":
        return (("feeds-address", mark("another address")), ("feeds-pause", mark("ask it again")), _REMOVE)
    if failing(feed):
        return (
            ("feeds-refresh", mark("try again now")),
            ("feeds-address", mark("another address")),
            _PAUSE,
            _REMOVE,
        )
    return (_ARTICLES, ("feeds-refresh", mark("refresh now")), _PAUSE)


def nothing(text: str) -> tuple[str, ...]:
    """Return what to say when no feed is shown; with `text` none is called so."""
    if text:
        return (tr("No feed has “{text}” in its name or address.", text=headline_text(text)),)
    return (tr("You follow no feeds yet."),)


def lookup(feed: Feed, feeds: Sequence[Feed]) -> str:
    """Return what `feed:` finds this feed by: its name, or its address where the name stands in another's."""
    called = name(feed).casefold()
    others = (f"{each.name}\n{each.url}".casefold() for each in feeds if each.id != feed.id)
    return address(feed.url) if any(called in other for other in others) else name(feed)
