"""Refreshes that start by themselves: when feeds are due, and while there is no network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from termnews.models import Health
from termnews.store import Store
from termnews.ui.engine import Engine
from termnews.ui.refreshing import Refreshing
from termnews.ui.waking import LOOK, Waking

from .conftest import NOW, Sample


class Refreshes:
    """A refresh that only notes that it was started."""

    def __init__(self) -> None:
        self.offline, self.running, self.started = "12:00", False, 0
        self.due: datetime | None = None

    def next_due(self) -> datetime | None:
        return self.due

    def start(self) -> None:
        self.started += 1


class Clock:
    """A clock that is moved on, calling what is due."""

    def __init__(self) -> None:
        self.now = NOW
        self.due: list[tuple[Any, Callable[[], None]]] = []

    def after(self, seconds: float, then: Callable[[], None]) -> None:
        self.due.append((self.now + timedelta(seconds=seconds), then))

    def go_on(self, minutes: float) -> None:
        end = self.now + timedelta(minutes=minutes)
        while self.due and self.due[0][0] <= end:
            self.now, then = self.due.pop(0)
            then()
        self.now = end


def bench() -> tuple[Waking, Refreshes, Clock]:
    work, clock = Refreshes(), Clock()
    return Waking(cast(Any, work), lambda: clock.now, clock.after, lambda: None), work, clock


def test_the_next_one_is_when_the_first_feed_is_due_that_ever_is(sample: Sample) -> None:
    library = sample.library("refresh_minutes = 60")
    store = Store(library.config.store_path, library.config.feeds)
    for feed, hours, wait in zip(store.feeds(), (1, 3, 2), ("gone", "", ""), strict=True):
        health = Health(last_fetch=NOW, next_fetch=NOW + timedelta(hours=hours), wait=cast(Any, wait))
        store.save_health(feed.id, health)
    store.close()
    engine = Engine(library.config)
    refreshing = Refreshing(library, engine, cast(Any, None), lambda _: None)
    assert refreshing.next_due() == NOW + timedelta(hours=2)
    library.close()


def test_it_waits_until_the_first_feed_is_due_again() -> None:
    waking, work, clock = bench()
    waking.follow(NOW + timedelta(minutes=3))
    assert waking.minutes == 3
    clock.go_on(2.5)
    assert (waking.minutes, work.started) == (1, 0)
    clock.go_on(1)
    assert work.started >= 1


def test_it_ends_when_the_network_is_back() -> None:
    waking, work, clock = bench()
    waking.follow(NOW - timedelta(minutes=3))
    assert waking.minutes == 5
    work.offline = ""
    waking.follow(None)
    assert waking.minutes == 0
    clock.go_on(30)
    assert (work.started, clock.due) == (0, [])


def test_two_refreshes_without_network_make_one_watch() -> None:
    waking, work, clock = bench()
    waking.follow(NOW + timedelta(minutes=3))
    waking.follow(NOW + timedelta(minutes=4))
    assert len(clock.due) == 1
    work.running = True
    clock.go_on(10)
    assert (waking.minutes, work.started, len(clock.due)) == (0, 0, 1)
    assert LOOK < 60


def test_feeds_are_asked_when_they_are_due_while_the_reader_stays_open() -> None:
    waking, work, clock = bench()
    work.offline, work.due = "", NOW + timedelta(minutes=60)
    waking.follow(None)
    clock.go_on(59)
    assert (waking.minutes, work.started) == (0, 0)
    clock.go_on(1.5)
    assert work.started >= 1


def test_feeds_that_are_due_one_after_another_wake_nobody_for_a_while() -> None:
    waking, work, clock = bench()
    work.offline, work.due = "", NOW + timedelta(seconds=1)
    waking.follow(None)
    clock.go_on(4.9)
    assert work.started == 0
    clock.go_on(0.5)
    assert work.started >= 1


def test_feeds_that_are_always_due_are_asked_by_hand(sample: Sample) -> None:
    library = sample.library("refresh_minutes = 0")
    assert Refreshing(library, Engine(library.config), cast(Any, None), lambda _: None).next_due() is None
    library.close()
