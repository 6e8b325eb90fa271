"""Whatever bytes arrive: ParseError or a feed of clean strings with unique identities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termnews.errors import ParseError
from termnews.models import ParsedFeed
from termnews.parse import find_feeds, parse

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
FEEDS = Path(__file__).parent / "feeds"
LINKS = ("http://", "https://", "mailto:", "ftp:", "gemini:", "magnet:")
BODIES = [path.read_bytes() for path in sorted(FEEDS.iterdir()) if not path.name.endswith(".expected.json")]
SNIPPETS = (
    b"<item>", b"</item>", b"<entry>", b"<title>", b"</title>", b"<![CDATA[", b"]]>", b"<!--", b"&#27;",
    b"&amp;#x202e;", b"&nbsp;", b"\x1b[2J", b"\xff", b"\x00", b"\xe2\x80\xae", b"</rss>", b"<guid/>",
    b"\\ud800", b'"', b"{", b"]", b"<a:b>", b"<!DOCTYPE x [", b"<!ENTITY a 'b'>", b"<div>", b" xml:base='http://[::1'",
    b"<?xml version='1.0' encoding='utf-7'?>", b"<svg>", b"<link/>", b"<image>", b"<source>", b"&#xD800;",
    b"<category/>", b"<textinput>", b"</channel>", b"<media:rating/>", b"</media:rating>", b"<url>",
    b"&#99999999;",
)  # fmt: skip
UNHURRIED = settings(
    deadline=None, max_examples=150, database=None, suppress_health_check=[HealthCheck.too_slow]
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Draw a golden feed with parts cut out, doubled, or replaced by trouble."""
    body = draw(st.sampled_from(BODIES))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.integers(0, 40)))
        middle = draw(
            st.one_of(st.sampled_from(SNIPPETS), st.binary(max_size=4), st.just(body[start:end] * 2))
        )
        body = body[:start] + middle + body[end:]
    return body


def strings(value: object) -> Iterator[str]:
    """Yield every text inside a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from strings(inner)
    elif is_dataclass(value):
        for part in fields(value):
            yield from strings(getattr(value, part.name))


def assert_sound(parsed: ParsedFeed) -> None:
    """Check what holds for every feed that was read."""
    guids = [entry.guid for entry in parsed.entries]
    assert all(guids) and len(set(guids)) == len(guids)
    assert not [text for text in strings(parsed) if UNSAFE.search(text)]
    for entry in parsed.entries:
        assert entry.link == "" or entry.link.startswith(LINKS)
        assert "\n" not in entry.title + entry.author + entry.guid + "".join(entry.categories)
        assert all(moment is None or moment <= NOW for moment in (entry.published, entry.updated))


def check(body: bytes, content_type: str) -> None:
    """Read a document and check the feed, if it is one."""
    try:
        parsed = parse(body, "https://feeds.example/f", now=NOW, content_type=content_type)
    except ParseError as error:
        assert not UNSAFE.search(str(error))
    else:
        assert_sound(parsed)


@UNHURRIED
@given(st.binary(max_size=300), st.text(max_size=20))
def test_arbitrary_bytes(body: bytes, content_type: str) -> None:
    check(body, content_type)


@UNHURRIED
@given(st.text(max_size=200))
def test_arbitrary_text_inside_a_feed(text: str) -> None:
    inner = text.encode("utf-8", "surrogatepass")
    check(b"<rss version='2.0'><channel><item><title>" + inner + b"</title></item></channel></rss>", "")


@settings(UNHURRIED, max_examples=400)
@given(mutated())
def test_mutated_golden_feeds(body: bytes) -> None:
    check(body, "")


@UNHURRIED
@given(st.one_of(mutated(), st.binary(max_size=200)))
def test_find_feeds_takes_any_page(body: bytes) -> None:
    page = body.replace(b"<item", b"<link rel=alternate type=application/rss+xml href=x ")
    found = find_feeds(page, "https://feeds.example/f")
    assert all(address.startswith("http") and not UNSAFE.search(address) for address in found)
