"""When a feed asks to be left alone: ttl, the syndication module, skipHours and skipDays.

It must never decide when to ask: it reads what the feed says, and the schedule bounds it. Sources: RSS 2.0
(ttl, skipHours, skipDays), RSS 0.91 (hours 1 to 24), the Syndication module of RSS 1.0 (updatePeriod).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

MAX_TTL_MINUTES: Final = 7 * 24 * 60
"""Longest rest a feed may ask for: a week; more is a slip of the pen."""

_SKIP_HOURS = re.compile(r"<skiphours\b[^<>]*>(.{0,2000}?)</skiphours\s*>", re.IGNORECASE | re.DOTALL)
_SKIP_DAYS = re.compile(r"<skipdays\b[^<>]*>(.{0,2000}?)</skipdays\s*>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(r"<hour\b[^<>]*>\s*(\d{1,2})\s*<", re.IGNORECASE)
_DAY = re.compile(r"<day\b[^<>]*>\s*(mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PERIODS: Final = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
"""Minutes of each sy:updatePeriod; a month has 30 days here."""


def rest_minutes(feed: Mapping[str, object]) -> int | None:
    """Return the minutes a feed asks not to be fetched again; None when it does not ask.

    Args:
        feed: what feedparser found in the feed element; values are foreign text.

    Returns:
        The longer of ttl and of sy:updatePeriod parted by sy:updateFrequency, a week at most.
    """
    ttl = _number(feed.get("ttl"))
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower(), 0)
    asked = max(ttl, period // max(_number(feed.get("sy_updatefrequency")), 1))
    return min(asked, MAX_TTL_MINUTES) or None


def _number(value: object) -> int:
    """Return a count written in digits; 0 for anything else."""
    digits = str(value or "").strip()
    return int(digits[:9]) if digits.isdecimal() else 0


def skip_hours(text: str) -> tuple[int, ...]:
    """Return the hours of skipHours (UTC) in order; 24 is midnight (RSS 0.91)."""
    found = _SKIP_HOURS.search(text)
    hours = {int(hour) % 24 for hour in _HOUR.findall(found[1]) if int(hour) <= 24} if found else set()
    return tuple(sorted(hours))


def skip_days(text: str) -> tuple[int, ...]:
    """Return the days of skipDays in order, Monday 0."""
    found = _SKIP_DAYS.search(text)
    return tuple(sorted({_DAYS.index(day.lower()) for day in _DAY.findall(found[1])})) if found else ()
