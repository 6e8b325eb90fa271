"""The garbage collector: only in quiet moments, and left as it was found."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from termnews.ui.garbage import AT_LAST, QUIET, Garbage


class Clock:
    """Seconds that pass when told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def garbage(clock: Clock) -> Iterator[Garbage]:
    kept = Garbage(clock)
    kept.start()
    yield kept
    kept.stop()


def test_nothing_is_collected_while_keys_come(garbage: Garbage, clock: Clock) -> None:
    for _ in range(20):
        garbage.key()
        clock.now += QUIET / 2
        assert not garbage.look()


def test_it_is_collected_once_when_the_keys_stop(garbage: Garbage, clock: Clock) -> None:
    garbage.key()
    clock.now += QUIET
    assert garbage.look()
    clock.now += 10 * QUIET
    assert not garbage.look()  # nothing came since
    garbage.key()
    clock.now += QUIET
    assert garbage.look()


def test_keys_without_a_pause_put_it_off_only_so_long(garbage: Garbage, clock: Clock) -> None:
    looks = []
    while clock.now < 1000 + AT_LAST:
        garbage.key()
        clock.now += 1.0
        looks.append(garbage.look())
    assert looks[:-1] == [False] * (len(looks) - 1)
    assert looks[-1]


def test_no_full_collection_comes_by_itself_until_it_is_stopped(clock: Clock) -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    kept = Garbage(clock)
    kept.start()
    assert gc.get_threshold()[:2] == before[:2]
    assert gc.get_threshold()[2] > 1000 * before[2]
    clock.now += QUIET
    kept.look()
    assert gc.get_freeze_count() > frozen
    kept.stop()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
