"""The day rules of a list: NOW, EARLIER TODAY, YESTERDAY and the days before, found by bisection.

It must never read all dates: a list may hold a million.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from termnews.ui.geometry import Break
from termnews.wording import mark, tr

_UNITS: Final = ((1, mark("m"), 60), (60, mark("h"), 24), (1440, mark("d"), 14), (10080, mark("w"), 52))
"""Minutes of a unit, its letter, and how many of it are too many to be said in it."""
_DAYS_NAMED: Final = 6
_NOW: Final = timedelta(hours=1)
_WEEKDAYS: Final = (
    mark("MONDAY"), mark("TUESDAY"), mark("WEDNESDAY"), mark("THURSDAY"), mark("FRIDAY"), mark("SATURDAY"),
    mark("SUNDAY"),
)  # fmt: skip
_MONTHS: Final = (
    mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun"), mark("Jul"), mark("Aug"),
    mark("Sep"), mark("Oct"), mark("Nov"), mark("Dec"),
)  # fmt: skip


def day_breaks(count: int, date: Callable[[int], datetime | None], now: datetime) -> list[Break]:
    """Return the rules between `count` rows that stand newest first.

    Args:
        count: rows.
        date: the date of a row, aware; None for a row that is gone.
        now: the present moment, in the reader's time zone; days begin at its midnights.
    """
    breaks: list[Break] = []
    date = cache(date)  # spans without a row look at the same rows, and each look is a read
    at = 0
    for label, begin in _spans(now):
        until = count if begin is None else _first_before(begin, at, count, date)
        if until > at:
            breaks.append(Break(at, (label,)))
        at = until
    return breaks


def _spans(now: datetime) -> list[tuple[str, datetime | None]]:
    """Return labels and the moment each span begins, newest first; None: it has no beginning."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    spans: list[tuple[str, datetime | None]] = [
        (tr("NOW"), max(now - _NOW, midnight)),
        (tr("EARLIER TODAY"), midnight),
    ]
    for days in range(1, _DAYS_NAMED + 1):
        day = midnight - timedelta(days=days)
        name = tr("YESTERDAY") if days == 1 else _day(day)
        spans.append((name, day))
    return [*spans, (tr("EARLIER"), None)]


def _day(day: datetime) -> str:
    return f"{tr(_WEEKDAYS[day.weekday()])} {day_and_month(day).upper()}"


def day_name(moment: datetime, now: datetime) -> str:
    """Return the day of a moment as the heading of what was done then; both moments are aware."""
    local = moment.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    if days <= 0:
        return tr("TODAY")
    if days == 1:
        return tr("YESTERDAY")
    year = "" if local.year == now.year else f" {local.year}"
    return _day(local) if days <= _DAYS_NAMED else f"{day_and_month(local).upper()}{year}"


def since(moment: datetime, now: datetime) -> str:
    """Return a moment in a few cells, in the reader's time zone: 21:40, or 5 Nov from a day ago on."""
    local, today = moment.astimezone(), now.astimezone()
    return f"{local:%H:%M}" if today - local < timedelta(days=1) else day_and_month(local)


def day_and_month(day: datetime) -> str:
    """Return a date without its year: 5 Nov."""
    return f"{day.day} {tr(_MONTHS[day.month - 1])}"


def _first_before(moment: datetime, low: int, high: int, date: Callable[[int], datetime | None]) -> int:
    """Return the first row from `low` on whose date is before the moment."""
    while low < high:
        middle = (low + high) // 2
        found = date(middle)
        if found is not None and found >= moment:
            low = middle + 1
        else:
            high = middle
    return low


def age(date: datetime, now: datetime) -> str:
    """Return how long ago that was, in at most three cells: 4m, 12h, 3d, 5w, 2y."""
    minutes = max(0, int((now - date).total_seconds() // 60))
    if minutes < 1:
        return tr("now")
    for size, unit, below in (
        (1, mark("m"), 60),
        (60, mark("h"), 24),
        (1440, mark("d"), 14),
        (10080, mark("w"), 52),
    ):
        if minutes // size < below:
            return f"{minutes // size}{tr(unit)}"
    return f"{minutes // 525600 or 1}{tr('y')}"
