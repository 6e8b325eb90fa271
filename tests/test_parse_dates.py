"""Dates by themselves; the formats feeds use stand in the golden feeds."""

from __future__ import annotations

from datetime import UTC, datetime
from time import struct_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews.parse.dates import EARLIEST_YEAR, read_date

MOMENT = datetime(2020, 1, 10, 14, 33, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Fri, 10 Jan 2020 14:33:00 GMT",
        "Friday, 10-Jan-20 14:33:00 UTC",
        "10 January 2020 19:33 TJT",
        "January 10th, 2020 at 2:33 pm",
        "2020-01-10T18:03:00.000+0330",
        "2020-01-10t18:03+03:30",
        "2020.01.10 14:33",
        "10-01-2020 14:33",
        "2020-01-10T09:33:00-05",
        "Fri, 10 Jan 2020 14:33:00 GMT+0000 (somewhere)",
        "1578666780000",
        "  Fri,\n 10 Jan 2020\t14:33:00 +0000 ",
        "2020-01-10T14:32:60Z",
        "10 январ 2020, 14:33",
    ],
)
def test_formats(text: str) -> None:
    assert read_date(text) == MOMENT


def test_noon_and_midnight_of_the_twelve_hour_clock() -> None:
    assert read_date("Jan 10, 2020 12:05 am") == datetime(2020, 1, 10, 0, 5, tzinfo=UTC)
    assert read_date("Jan 10, 2020 12:05 pm") == datetime(2020, 1, 10, 12, 5, tzinfo=UTC)


def test_month_without_a_day_is_its_first() -> None:
    assert read_date("2020-03") == datetime(2020, 3, 1, tzinfo=UTC)


def test_two_digits_of_the_last_century() -> None:
    assert read_date("1 Feb 98 00:00 GMT") == datetime(1998, 2, 1, tzinfo=UTC)


def test_the_end_of_time_has_no_room_for_a_zone() -> None:
    assert read_date("9999-12-31T23:59:59-0500") == datetime.max.replace(tzinfo=UTC)
    assert read_date("9999-12-31 24:00") == datetime.max.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "soon", "2020-13-45", "31 Feb 2020", "1 Foo 2020", "2020-01-10 25:00", "x" * 9999]
)
def test_no_date(text: str) -> None:
    assert read_date(text) is None


def test_reading_of_feedparser_serves_for_formats_not_known_here() -> None:
    assert read_date("??", struct_time((2020, 1, 10, 14, 33, 60, 4, 10, 0))) == MOMENT.replace(second=59)
    assert read_date("??", struct_time((1, 1, 1, 0, 0, 0, 0, 1, 0))) is None


@given(st.text(max_size=40) | st.from_regex(r"-?\d{1,5}[-/. ]\d{1,2}[-/. ]\d{1,5}[T ]\d\d:\d\d([+-]\d{4})?"))
def test_any_text_is_a_news_date_or_none(text: str) -> None:
    found = read_date(text)
    assert found is None or (found.tzinfo is UTC and found.year >= EARLIEST_YEAR - 1)


def test_the_last_evening_west_of_greenwich_is_no_crash() -> None:
    assert read_date("no date", struct_time((10000, 1, 1, 11, 59, 59, 5, 1, 0))) == datetime.max.replace(
        tzinfo=UTC
    )


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)),
    st.sampled_from(["Z", "+05:00", "-1130", "+23:59", "GMT"]),
)
def test_common_formats_read_as_all_others_do(moment: datetime, zone: str) -> None:
    moment = moment.replace(microsecond=0)
    for common, other in (
        (
            f"{moment:%a, %d %b %Y %H:%M:%S} {zone.replace(':', '').replace('Z', 'GMT')}",
            f"{moment:%d %B %Y, %H:%M:%S} {zone}",
        ),
        (f"{moment.isoformat()}{zone.replace('GMT', 'Z')}", f"{moment:%Y/%m/%d %H:%M:%S} {zone}"),
    ):
        assert read_date(common) == read_date(other) is not None
