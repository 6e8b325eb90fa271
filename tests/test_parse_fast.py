"""The fast lane gives what feedparser gives, field by field, and ordinary feeds do take it."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termnews.errors import ParseError
from termnews.models import ParsedFeed
from termnews.parse import fast, parse, xml_feed
from termnews.parse.charset import decode
from termnews.parse.kinds import recognise
from tests.conftest import NOW
from tests.feed_documents import documents
from tests.hostile.corpus import hostile
from tests.test_parse import URL, expected, golden
from tests.test_parse_properties import mutated

UNHURRIED = settings(
    deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
HOSTILE = 150
"""Hostile documents read both ways each time; `make fuzz` reads others."""


def either(body: bytes, content_type: str, lane: bool) -> ParsedFeed | str:
    """Return what is read of a document, or why it is no feed."""
    try:
        return parse(body, URL, now=NOW, content_type=content_type, fast=lane)
    except ParseError as error:
        return str(error)


def assert_equal(body: bytes, content_type: str = "") -> None:
    """Check that a document reads the same with the fast lane and without."""
    assert either(body, content_type, True) == either(body, content_type, False)


def takes_lane(body: bytes, content_type: str = "") -> bool:
    """Return whether a document goes by the fast lane."""
    _, text = recognise(decode(body, content_type), body, URL)
    return fast.read(text) is not None


@pytest.mark.parametrize("feed", golden(), ids=lambda feed: feed.name)
def test_golden_feed_reads_the_same(feed: Path) -> None:
    assert_equal(feed.read_bytes(), expected(feed).get("content_type", ""))


@pytest.mark.parametrize("number", range(HOSTILE))
def test_hostile_feed_reads_the_same(number: int) -> None:
    made = hostile(number)
    if len(made.body) < 100_000:  # the floods take feedparser seconds, and have tests of their own
        assert_equal(made.body, made.content_type)


@UNHURRIED
@given(documents())
def test_odd_document_reads_the_same(document: str) -> None:
    assert_equal(document.encode("utf-8", "surrogatepass"))


@UNHURRIED
@given(documents(odd=False))
def test_ordinary_document_reads_the_same(document: str) -> None:
    assert_equal(document.encode("utf-8", "surrogatepass"))


@UNHURRIED
@given(mutated(), st.integers(0, 10**6))
def test_damaged_document_reads_the_same(body: bytes, number: int) -> None:
    assert_equal(body)
    if len(made := hostile(86 + number).body) < 20_000:
        assert_equal(made)
