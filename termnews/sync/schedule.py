"""When a feed is asked again: what the user wants, what its server and the feed itself ask for, back-off.

It must never read a clock, ask a feed or store anything: moments in, a moment and its reason out.
"""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from termnews.models import Health, Wait

FIRST_WAIT: Final = timedelta(hours=1)
"""Wait after the first failure; it doubles with each further one."""
LONGEST_WAIT: Final = timedelta(hours=24)
"""The most a failing feed waits, unless its server asks for more."""
LONGEST_ASKED: Final = timedelta(hours=24)
"""The most one wish of a feed (max-age, Expires, ttl, skipHours, skipDays) holds it back."""
JITTER: Final = 0.1
"""Part of the wait by which feeds that failed together are spread."""

When = tuple[datetime | None, Wait]
"""Not before when (None: due, or never where the feed is gone), and why."""


def after_answer(now: datetime, interval: timedelta, fresh: timedelta, wishes: Health) -> When:
    """Return when a feed that answered well is asked again.

    Args:
        now: the present.
        interval: what the user wants between two fetches; none: the feed is always due.
        fresh: how long the answer lasts by its headers.
        wishes: ttl, skipHours and skipDays as the feed said them last.
    """
    if not interval:
        return None, "interval"
    spans: dict[Wait, timedelta] = {
        "interval": interval,
        "fresh": min(fresh, LONGEST_ASKED),
        "ttl": min(timedelta(minutes=wishes.ttl_minutes or 0), LONGEST_ASKED),
    }
    why = max(spans, key=spans.__getitem__)  # of equals the first
    planned = now + spans[why]
    later = awake(planned, bits(wishes.skip_hours), bits(wishes.skip_days))
    return (later, "skip") if later > planned else (planned, why)


def after_failure(
    now: datetime, interval: timedelta, asked: timedelta | None, failures: int, name: str
) -> When:
    """Return when a feed that failed is asked again.

    Args:
        now: the present.
        interval: what the user wants between two fetches.
        asked: how long its server asks to be left alone; None: it does not say.
        failures: failed fetches in a row; 0: nothing to back off from (there is no network).
        name: of the feed, which spreads the feeds that failed together.
    """
    if asked:
        return now + max(interval, asked), "retry"
    if asked is not None:  # "at once": it is believed too
        failures = 0
    wait = max(interval, back_off(failures, name)) if failures else interval
    return (now + wait, "failed") if wait else (None, "failed")


def back_off(failures: int, name: str) -> timedelta:
    """Return how long a feed that failed so often in a row is left alone.

    An hour, doubled with each further failure up to a day, spread by the feed's name so that
    feeds which failed together do not come back together.
    """
    wait = min(FIRST_WAIT * (1 << max(0, min(failures, 10) - 1)), LONGEST_WAIT)
    return wait * (1 + JITTER * random.Random(name).random())


def awake(planned: datetime, hours: Collection[int], days: Collection[int]) -> datetime:
    """Return the first moment from `planned` on at which a feed may be asked, at most a day later for each.

    Args:
        planned: an aware moment in UTC.
        hours: hours of the day (0 to 23, UTC) at which it asks to be left alone.
        days: days of the week (Monday 0) on which it does.
    """
    moment = planned
    if moment.weekday() in days:
        moment = _hour(moment, 24 - moment.hour)
    for ahead in range(25):
        later = _hour(moment, ahead) if ahead else moment
        if later.hour not in hours:
            return later
    return moment + LONGEST_ASKED


def _hour(moment: datetime, ahead: int) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=ahead)


def bits(mask: int) -> frozenset[int]:
    """Return the numbers whose bits are set."""
    return frozenset(at for at in range(mask.bit_length()) if mask >> at & 1)


def mask(numbers: Collection[int]) -> int:
    """Return an integer with the bits of these numbers set."""
    return sum(1 << each for each in set(numbers))
