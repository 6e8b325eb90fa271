"""When a feed asks to be left alone: ttl, sy:updatePeriod, hours and days, whatever else is written there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews.parse import parse
from termnews.parse.wishes import MAX_TTL_MINUTES, rest_minutes, skip_days, skip_hours
from tests.conftest import NOW

_FEED = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:{prefix}="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="https://pamir.example/"><title>Pamir</title>
<{prefix}:updatePeriod> Hourly </{prefix}:updatePeriod><{prefix}:updateFrequency>2</{prefix}:updateFrequency>
</channel><item rdf:about="https://pamir.example/1"><title>A</title></item></rdf:RDF>"""


@pytest.mark.parametrize("prefix", ["sy", "syn"])
def test_the_syndication_module_is_read_under_any_prefix(prefix: str) -> None:
    body = _FEED.format(prefix=prefix).encode()
    assert parse(body, "https://pamir.example/feed", now=NOW).ttl_minutes == 30


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ({}, None),
        ({"ttl": " 90 "}, 90),
        ({"ttl": "0"}, None),
        ({"ttl": "soon"}, None),
        ({"ttl": "-5"}, None),
        ({"ttl": "99999999999"}, MAX_TTL_MINUTES),
        ({"sy_updateperiod": "hourly"}, 60),
        ({"sy_updateperiod": "daily", "sy_updatefrequency": "1"}, 1_440),
        ({"sy_updateperiod": "DAILY", "sy_updatefrequency": "4"}, 360),
        ({"sy_updateperiod": "weekly", "sy_updatefrequency": "7"}, 1_440),
        ({"sy_updateperiod": "monthly"}, MAX_TTL_MINUTES),
        ({"sy_updateperiod": "hourly", "sy_updatefrequency": "0"}, 60),
        ({"sy_updateperiod": "hourly", "sy_updatefrequency": "1000"}, None),
        ({"sy_updateperiod": "now and then", "sy_updatefrequency": "2"}, None),
        ({"sy_updatefrequency": "2"}, None),
        ({"sy_updateperiod": "hourly", "ttl": "15"}, 60),
        ({"sy_updateperiod": "hourly", "ttl": "90"}, 90),
    ],
)
def test_the_longer_of_ttl_and_period_counts(said: dict[str, str], minutes: int | None) -> None:
    assert rest_minutes(said) == minutes


@given(
    st.dictionaries(
        st.sampled_from(["ttl", "sy_updateperiod", "sy_updatefrequency"]),
        st.text() | st.integers().map(str) | st.sampled_from(["hourly", "yearly"]),
    )
)
def test_whatever_stands_there_is_a_week_at_most(said: dict[str, str]) -> None:
    minutes = rest_minutes(said)
    assert minutes is None or 1 <= minutes <= MAX_TTL_MINUTES


@given(st.frozensets(st.integers(0, 23)), st.frozensets(st.sampled_from(["Monday", "SUNDAY", "wed"])))
def test_hours_and_days_are_read_as_they_are_written(hours: frozenset[int], days: frozenset[str]) -> None:
    written = "".join(f"<hour> {hour or 24} </hour>" for hour in hours)
    named = "".join(f"<day>{day}</day>" for day in days)
    text = f"<skipHours>{written}</skipHours><skipDays>{named}</skipDays>"
    assert skip_hours(text) == tuple(sorted(hours))
    assert skip_days(text) == tuple(sorted({"Monday": 0, "SUNDAY": 6, "wed": 2}[day] for day in days))
