"""When a feed is asked again: what the user wants, what its server and the feed itself ask for, back-off.

It must never read a clock, ask a feed or store anything: moments in, a moment and its reason out.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from termnews.models import Health, Wait

FIRST_WAIT: Final = timedelta(hours=1)
"""Wait after the first failure; it doubles with each further one."""
LONGEST_WAIT: Final = timedelta(hours=24)
"""The most a failing feed waits, unless its server asks for more."""
LONGEST_ASKED: Final = timedelta(hours=24)
"""The most one wish of a feed (max-age, Expires, ttl, skipHours, skipDays) holds it back."""
_HOURS: Final = LONGEST_ASKED // timedelta(hours=1)
JITTER: Final = 0.1
"""Part of the wait by which feeds that failed together are spread."""
WHOLE_EVERY: Final = timedelta(days=8)
"""How often the whole document is asked for, since some servers answer "not modified" to anything."""

_NONE: Final = timedelta(0)

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
    return _planned(now, interval, {"fresh": min(fresh, LONGEST_ASKED)}, wishes)


def after_failure(
    now: datetime, interval: timedelta, asked: timedelta | None, failures: int, wishes: Health, name: str
) -> When:
    """Return when a feed that failed is asked again.

    Args:
        now: the present.
        interval: what the user wants between two fetches; none: the feed is always due.
        asked: how long its server asks to be left alone (Retry-After); None: it does not say, and the
            feed is backed off from.
        failures: failed fetches in a row; 0: nothing to back off from.
        wishes: ttl, skipHours and skipDays as the feed said them last.
        name: of the feed, which spreads the feeds that failed together.
    """
    if asked is not None:
        return _planned(now, interval, {"retry": asked}, wishes)
    return _planned(now, interval, {"failed": back_off(failures, name) if failures else _NONE}, wishes)


def _planned(now: datetime, interval: timedelta, spans: Mapping[Wait, timedelta], wishes: Health) -> When:
    """Return the latest of what the user, the server and the feed want; the first of equals is the reason.

    A feed that is always due is not held by its own wishes, only by what its server asks for.
    """
    ttl = min(timedelta(minutes=wishes.ttl_minutes or 0), LONGEST_ASKED) if interval else _NONE
    waits: dict[Wait, timedelta] = {"interval": interval, **spans, "ttl": ttl}
    if not interval:
        waits |= {"fresh": _NONE}
    why = max(waits, key=waits.__getitem__)
    if not waits[why]:
        return None, "interval"
    planned = now + waits[why]
    later = awake(planned, bits(wishes.skip_hours), bits(wishes.skip_days)) if interval else planned
    return (later, "skip") if later > planned else (planned, why)


def without_network(now: datetime, floor: timedelta, before: Health) -> When:
    """Return when a feed is asked again that could not be reached for lack of a network.

    Nobody is to blame, so nothing is backed off from; what was planned before stands where it is later.

    Args:
        now: the present.
        floor: the least time between two tries; none: the feed is due.
        before: the feed's health before this try.
    """
    planned = before.next_fetch
    if planned is not None and now + floor < planned and not before.set_back(now):
        return planned, before.wait
    return (now + floor, "failed") if floor else (None, "failed")


def back_off(failures: int, name: str) -> timedelta:
    """Return how long a feed that failed so often in a row is left alone.

    An hour, doubled with each further failure up to a day, spread by the feed's name so that
    feeds which failed together do not come back together: upwards, and from a day downwards.
    """
    wait = min(FIRST_WAIT * (1 << max(0, min(failures, 10) - 1)), LONGEST_WAIT)
    spread = JITTER * random.Random(name).random()
    return wait * (1 + spread if wait < LONGEST_WAIT else 1 - spread)


def wants_whole(health: Health, now: datetime) -> bool:
    """Return whether a feed is to be asked as if nothing were known of it: no validators are sent."""
    return health.last_whole is not None and now - health.last_whole >= WHOLE_EVERY


def awake(planned: datetime, hours: Collection[int], days: Collection[int]) -> datetime:
    """Return the first moment from `planned` on at which a feed may be asked, at most a day later for each.

    Args:
        planned: an aware moment in UTC.
        hours: hours of the day (0 to 23, UTC) at which it asks to be left alone.
        days: days of the week (Monday 0) on which it does.
    """
    moment, by_day, by_hour = planned, 0, 0
    while True:
        if moment.weekday() in days and by_day < _HOURS:
            by_day += 1
        elif moment.hour in hours and by_hour < _HOURS:
            by_hour += 1
        else:
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def bits(mask: int) -> frozenset[int]:
    """Return the numbers whose bits are set."""
    return frozenset(at for at in range(mask.bit_length()) if mask >> at & 1)


def mask(numbers: Collection[int]) -> int:
    """Return an integer with the bits of these numbers set."""
    return sum(1 << each for each in set(numbers))
