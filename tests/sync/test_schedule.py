"""When a feed is asked again, as pure rules: whatever feed and server say, within their bounds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews.models import Health
from termnews.sync.schedule import (
    JITTER,
    LONGEST_ASKED,
    LONGEST_WAIT,
    after_answer,
    after_failure,
    awake,
    back_off,
    bits,
    mask,
    without_network,
)

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
hours = st.frozensets(st.integers(0, 23))
days = st.frozensets(st.integers(0, 6))
spans = st.timedeltas(timedelta(0), timedelta(days=400))


@pytest.mark.parametrize(
    ("interval", "fresh", "wishes", "wait", "why"),
    [
        (HOUR, 0, Health(), HOUR, "interval"),
        (HOUR, 600, Health(), HOUR, "interval"),
        (HOUR, 7200, Health(), 2 * HOUR, "fresh"),
        (HOUR, 31_536_000, Health(), DAY, "fresh"),
        (HOUR, 7200, Health(ttl_minutes=180), 3 * HOUR, "ttl"),
        (HOUR, 0, Health(ttl_minutes=100_000), DAY, "ttl"),
        (HOUR, 0, Health(skip_hours=mask({10})), timedelta(minutes=90), "skip"),
        (HOUR, 0, Health(skip_hours=mask({9})), HOUR, "interval"),
        (DAY, 0, Health(skip_days=mask({1})), timedelta(hours=38.5), "skip"),
        (HOUR, 0, Health(skip_days=mask({0, 1, 2})), timedelta(hours=24.5), "skip"),
    ],
)
def test_the_longest_wish_counts(
    interval: timedelta, fresh: int, wishes: Health, wait: timedelta, why: str
) -> None:
    assert after_answer(MONDAY, interval, timedelta(seconds=fresh), wishes) == (MONDAY + wait, why)


def test_a_feed_that_is_always_due_is_asked_whatever_it_wishes() -> None:
    wishes = Health(ttl_minutes=60, skip_hours=mask(range(24)))
    assert after_answer(MONDAY, timedelta(0), DAY, wishes) == (None, "interval")


@given(moments, spans.filter(bool), spans, st.integers(0, 10**6), hours, days)
def test_no_wish_holds_a_feed_longer_than_its_bound(
    now: datetime, interval: timedelta, fresh: timedelta, ttl: int, quiet: frozenset[int], off: frozenset[int]
) -> None:
    wishes = Health(ttl_minutes=ttl, skip_hours=mask(quiet), skip_days=mask(off))
    moment, _ = after_answer(now, interval, fresh, wishes)
    assert moment is not None
    assert now + interval <= moment <= now + max(interval, LONGEST_ASKED) + 2 * DAY


@given(moments, hours, days)
def test_a_feed_is_asked_at_an_hour_it_likes(
    planned: datetime, quiet: frozenset[int], off: frozenset[int]
) -> None:
    moment = awake(planned, quiet, off)
    assert planned <= moment <= planned + 2 * DAY
    if len(quiet) < 24:
        assert moment.hour not in quiet
    if planned.weekday() not in off and planned.hour not in quiet:
        assert moment == planned


@given(moments, hours, days)
def test_neither_hours_nor_days_hold_a_feed_longer_than_a_day(
    planned: datetime, quiet: frozenset[int], off: frozenset[int]
) -> None:
    assert awake(planned, quiet, frozenset()) - planned <= DAY
    assert awake(planned, frozenset(), off) - planned <= DAY
    assert awake(planned, range(24), range(7)) - planned > DAY


@pytest.mark.parametrize(
    ("interval", "asked", "failures", "wishes", "least", "most", "why"),
    [
        (HOUR, timedelta(minutes=5), 3, Health(), HOUR, HOUR, "interval"),
        (HOUR, timedelta(0), 3, Health(), HOUR, HOUR, "interval"),
        (HOUR, 7 * DAY, 1, Health(), 7 * DAY, 7 * DAY, "retry"),
        (
            timedelta(0),
            2 * HOUR,
            1,
            Health(ttl_minutes=999, skip_hours=mask({11})),
            2 * HOUR,
            2 * HOUR,
            "retry",
        ),
        (HOUR, None, 1, Health(), HOUR, HOUR * (1 + JITTER), "failed"),
        (HOUR, None, 3, Health(), 4 * HOUR, 4 * HOUR * (1 + JITTER), "failed"),
        (HOUR, None, 1, Health(ttl_minutes=180), 3 * HOUR, 3 * HOUR, "ttl"),
        (HOUR, timedelta(minutes=90), 1, Health(skip_hours=mask({11})), 2.5 * HOUR, 2.5 * HOUR, "skip"),
        (timedelta(minutes=5), None, 0, Health(), timedelta(minutes=5), timedelta(minutes=5), "interval"),
    ],
)
def test_a_feed_that_failed_waits_as_its_server_says_or_backs_off(
    interval: timedelta,
    asked: timedelta | None,
    failures: int,
    wishes: Health,
    least: timedelta,
    most: timedelta,
    why: str,
) -> None:
    moment, reason = after_failure(MONDAY, interval, asked, failures, wishes, "feed")
    assert moment is not None
    assert MONDAY + least <= moment <= MONDAY + most
    assert reason == why


@given(moments, spans, st.none() | spans, st.integers(0, 10**6), hours, days)
def test_a_failure_is_never_followed_too_soon(
    now: datetime,
    interval: timedelta,
    asked: timedelta | None,
    failures: int,
    quiet: frozenset[int],
    off: frozenset[int],
) -> None:
    wishes = Health(skip_hours=mask(quiet), skip_days=mask(off))
    moment, _ = after_failure(now, interval, asked, failures, wishes, "feed")
    least = max(interval, asked if asked is not None else HOUR if failures else timedelta(0))
    assert (moment or now) >= now + least
    assert (moment or now) <= now + max(interval, asked or timedelta(0), DAY) + 2 * DAY


@given(st.integers(1, 10**6), st.text())
def test_back_off_grows_to_a_day_and_no_further(failures: int, name: str) -> None:
    now, then = back_off(failures, name), back_off(failures + 1, name)
    assert HOUR <= now <= then <= LONGEST_WAIT


@pytest.mark.parametrize("failures", [1, 4, 9])
def test_feeds_that_failed_together_do_not_come_back_together(failures: int) -> None:
    assert len({back_off(failures, f"https://host{number}.example/") for number in range(50)}) == 50


@pytest.mark.parametrize(
    ("before", "floor", "planned"),
    [
        (Health(), timedelta(minutes=5), (MONDAY + timedelta(minutes=5), "failed")),
        (Health(), timedelta(0), (None, "failed")),
        (Health(next_fetch=MONDAY + HOUR, wait="ttl"), timedelta(minutes=5), (MONDAY + HOUR, "ttl")),
        (Health(next_fetch=MONDAY - HOUR, wait="ttl"), HOUR, (MONDAY + HOUR, "failed")),
        (Health(next_fetch=MONDAY + DAY, last_fetch=MONDAY + DAY), HOUR, (MONDAY + HOUR, "failed")),
    ],
)
def test_without_a_network_what_was_planned_stands(
    before: Health, floor: timedelta, planned: tuple[datetime | None, str]
) -> None:
    assert without_network(MONDAY, floor, before) == planned


@given(st.frozensets(st.integers(0, 23)))
def test_numbers_survive_as_bits(numbers: frozenset[int]) -> None:
    assert bits(mask(numbers)) == numbers
