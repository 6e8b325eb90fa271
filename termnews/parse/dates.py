"""Dates as feeds really write them → aware UTC datetimes.

It must never raise and never ask the clock: what cannot be read is None.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from time import struct_time

from termnews.sanitize import clean_line

EARLIEST_YEAR = 1900
"""Years before it are placeholders (0, 1) or another calendar (Solar Hijri 1404), not news."""

_LONGEST = 100
"""Characters of a date that are looked at; no format needs half of them."""
_FAR_FUTURE = datetime.max.replace(tzinfo=UTC)

# English; Russian and Tajik share their first three letters.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan янв", "feb фев", "mar мар", "apr апр", "may май мая", "jun июн",
            "jul июл", "aug авг", "sep сен", "oct окт", "nov ноя", "dec дек",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
# Hours east of UTC. Names that several zones share (IST, CST) have their RFC 822 or commonest meaning.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "met": 1, "cest": 2,
    "mest": 2, "eet": 2, "eest": 3, "msk": 3, "мск": 3, "msd": 4, "irst": 3.5, "aft": 4.5, "tjt": 5, "uzt": 5,
    "tmt": 5, "pkt": 5, "ist": 5.5, "kgt": 6, "almt": 6, "ast": -4, "adt": -3, "est": -5, "edt": -4,
    "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "jst": 9, "kst": 9,
}  # fmt: skip

_WORD = r"(?P<month>[^\W\d_]{3,12})\.?"
_ORDERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?!\d)",
        r"(?<!\d)(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?=t|\s|$)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]+{_WORD},?[\s.-]+(?P<year>\d{{4}}|\d{{2}})(?!\d)",
        rf"{_WORD}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
        rf"{_WORD}\s+(?P<day>\d{{1,2}})(?=\s+\d\d?:\d\d.*\s(?P<year>\d{{4}})$)",  # asctime
        r"(?<!\d)(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})(?!\d)",
    )
)
_TIME = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(am|pm)?")
_COMPACT_TIME = re.compile(r"^t(\d{2})(\d{2})(\d{2})?()")
_OFFSET = re.compile(r"(?:gmt|utc)?\s*([+-])(\d{1,2}):?(\d{2})?(?!\d)")
_TAIL = r"(\d\d):(\d\d):(\d\d)"
_ZONE = r"(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)"
# The two formats nearly all feeds use, years that cannot run over.
_RFC822 = re.compile(
    rf"(?:[A-Z][a-z][a-z], )?(\d\d?) ([A-Z][a-z][a-z]) ((?:19|20)\d\d) {_TAIL} (?:GMT|{_ZONE})", re.ASCII
)
_RFC3339 = re.compile(rf"((?:19|20)\d\d)-(\d\d)-(\d\d)T{_TAIL}(?:Z|{_ZONE})", re.ASCII)
_UNKNOWN = datetime.min.replace(tzinfo=UTC)
"""Stands for a format that is not known here; no date of news is so early."""
_EPOCH = re.compile(r"[1-9]\d{8,9}(?:\d{3})?")


def is_date(text: str) -> bool:
    """Return whether `read_date` reads a text without a fallback, be it that it names no moment."""
    return _read(text[:_LONGEST]) is not _UNKNOWN


def read_date(text: str, fallback: struct_time | None = None) -> datetime | None:
    """Return the moment a date names; None when it names none that can be news.

    Args:
        text: the date as the feed wrote it; without a zone it is taken as UTC.
        fallback: feedparser's reading in UTC, used for formats not known here.
    """
    moment = _read(text[:_LONGEST])
    if moment is not _UNKNOWN:
        return moment
    if fallback is None or fallback.tm_year < EARLIEST_YEAR:
        return None
    try:
        return datetime(*fallback[:5], min(fallback.tm_sec, 59), tzinfo=UTC)
    except ValueError:  # feedparser reckons 9999-12-31 west of Greenwich into the year 10000
        return _FAR_FUTURE


@lru_cache(maxsize=256)
def _read(text: str) -> datetime | None:
    """Return the moment a date names, None when there is none, `_UNKNOWN` for other formats.

    The same date often stands in an entry twice.
    """
    if found := _RFC822.fullmatch(text):
        moment = _plain(int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1]), found)
        if moment:
            return moment
    elif found := _RFC3339.fullmatch(text):
        moment = _plain(int(found[1]), int(found[2]), int(found[3]), found)
        if moment:
            return moment
    text = clean_line(text).lower()
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]) if len(text) == 13 else int(text), UTC)
    for order in _ORDERS:
        found = order.search(text)
        if found and (month := _month(found["month"])):
            return _moment(_year(found["year"]), month, int(found["day"] or 1), text[found.end() :])
    return _UNKNOWN


def _plain(year: int, month: int, day: int, found: re.Match[str]) -> datetime | None:
    """Return the moment of the two commonest formats; None when it needs a closer look."""
    sign, hours, minutes = found["sign"], found["hours"], found["minutes"]
    try:
        local = datetime(year, month, day, int(found[4]), int(found[5]), int(found[6]), tzinfo=UTC)
    except ValueError:
        return None
    if not sign:
        return local
    east = timedelta(hours=int(hours), minutes=int(minutes))
    return local + east if sign == "-" else local - east


def _year(digits: str) -> int:
    """Return the year; two digits are those from 1970 to 2069."""
    year = int(digits)
    if len(digits) == 2:
        year += 2000 if year < 70 else 1900
    return year


def _month(word: str) -> int:
    """Return the number of a month written in digits or letters; 0 for another word."""
    return int(word) if word.isdigit() else _MONTHS.get(word[:3], 0)


def _moment(year: int, month: int, day: int, rest: str) -> datetime | None:
    """Put date, time of day and zone together; None when there is no such moment."""
    if month > 12 and day <= 12:
        month, day = day, month  # 01/25/2020 is American
    if year < EARLIEST_YEAR:
        return None
    clock = _COMPACT_TIME.search(rest) or _TIME.search(rest)
    try:
        local = datetime(year, month, day, tzinfo=UTC) + (_time_of_day(clock) if clock else timedelta())
    except ValueError:
        return None
    except OverflowError:
        return _FAR_FUTURE
    return _to_utc(local, rest[clock.end() :] if clock else "")


def _to_utc(local: datetime, zone: str) -> datetime:
    """Take the zone's offset away; 9999-12-31 has no room to move."""
    try:
        return local - _offset(zone)
    except OverflowError:
        return _FAR_FUTURE


def _time_of_day(clock: re.Match[str]) -> timedelta:
    """Return the time since midnight; 24:00 and a leap second run over into what follows.

    Raises:
        ValueError: no clock shows such a time.
    """
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if hour > 24 or minute > 59 or second > 60:
        raise ValueError(clock[0])
    if clock[4]:
        hour = hour % 12 + (12 if clock[4] == "pm" else 0)
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _offset(zone: str) -> timedelta:
    """Return how far east of UTC a zone lies; unknown and missing zones are UTC."""
    found = _OFFSET.search(zone)
    if found:
        east = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return -east if found[1] == "-" else east
    words = re.findall(r"[^\W\d_]+", zone)
    return timedelta(hours=next((_ZONES[word] for word in words if word in _ZONES), 0))
