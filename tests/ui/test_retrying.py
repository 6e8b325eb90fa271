"""Trying again while there is no network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from termnews.ui.retrying import LOOK, Retrying

from .conftest import NOW


class Refreshes:
    """A refresh that only notes that it was started."""

    def __init__(self) -> None:
        self.offline, self.running, self.started = "12:00", False, 0

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


def bench() -> tuple[Retrying, Refreshes, Clock]:
    work, clock = Refreshes(), Clock()
    return Retrying(cast(Any, work), lambda: clock.now, clock.after, lambda: None), work, clock


def test_it_waits_until_the_first_feed_is_due_again() -> None:
    retrying, work, clock = bench()
    retrying.follow(NOW + timedelta(minutes=3))
    assert retrying.minutes == 3
    clock.go_on(2.5)
    assert (retrying.minutes, work.started) == (1, 0)
    clock.go_on(1)
    assert work.started >= 1


def test_it_ends_when_the_network_is_back() -> None:
    retrying, work, clock = bench()
    retrying.follow(NOW - timedelta(minutes=3))
    assert retrying.minutes == 5
    work.offline = ""
    retrying.follow(None)
    assert retrying.minutes == 0
    clock.go_on(30)
    assert (work.started, clock.due) == (0, [])


def test_two_refreshes_without_network_make_one_watch() -> None:
    retrying, work, clock = bench()
    retrying.follow(NOW + timedelta(minutes=3))
    retrying.follow(NOW + timedelta(minutes=4))
    assert len(clock.due) == 1
    work.running = True
    clock.go_on(10)
    assert (retrying.minutes, work.started, len(clock.due)) == (0, 0, 1)
    assert LOOK < 60
