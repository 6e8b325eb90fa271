"""A fuzz of all that foreign text passes: parse, charset, inflation, render, query, search, gates, outputs.

`make fuzz` runs it with the profile `slow` of tests/conftest.py; the everyday run is short.
"""

from __future__ import annotations

import asyncio
import json
import unicodedata
import zlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termnews import output
from termnews.errors import QueryError
from termnews.fetch.body import BodyError, read_body
from termnews.hosts import is_host
from termnews.models import Article, Enclosure, Feed, State, Subscription
from termnews.parse.charset import decode
from termnews.query import parse_query, print_query
from termnews.render import blocks, plain, to_markdown, to_text
from termnews.sanitize import clean_line, clean_text, clean_url, honest_url, screen_text, strip_credentials
from termnews.store import Store
from tests.builders import PAMIR, make_entry, save
from tests.conftest import NOW
from tests.hostile.corpus import hostile
from tests.hostile.refreshing import UNSAFE
from tests.hostile.texts import DATES, ENCODINGS, LINKS, MARKUP, ODD, STEERING
from tests.test_parse_properties import check, mutated

UNHURRIED = settings(
    deadline=None,
    database=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
HARMFUL = st.sampled_from([each[:300] for each in (*STEERING, *MARKUP, *ODD, *LINKS, *DATES)])
WILD = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)
TEXT = st.lists(HARMFUL | WILD, max_size=4).map("".join)
_TAGS = """
<p> </p> <b> <i> <ul><li> <ol|start=-1> <table><tr> <td> <th|colspan=9> </table> <pre> </pre> <a <a|href=' '>
<blockquote> </div> <h1> <br> <sup> <img|src=' <video><source|src=' <!-- --> <![CDATA[ ]]> & &# ; < > <svg>
<script> </script> <iframe|src=' <figure><figcaption> <details><summary> <q> <base|href='
"""
TAGS = st.sampled_from([tag.replace("|", " ") for tag in _TAGS.split()])
ANCHORS = st.sampled_from([f"<a href='{link[:300]}'>x</a>" for link in LINKS])
HTML = st.lists(TAGS | TEXT | ANCHORS, max_size=25).map("".join)


def assert_clean(text: str) -> None:
    """Check that nothing in a text could steer a terminal."""
    assert not UNSAFE.search(text), ascii(text)
    assert not any("\ud800" <= char <= "\udfff" for char in text)


@UNHURRIED
@given(st.integers(0, 10**6), mutated(), st.sampled_from(["", "text/xml; charset=utf-7", "a/b; charset=u7"]))
def test_parse(number: int, body: bytes, content_type: str) -> None:
    check(body, content_type)
    if len(made := hostile(86 + number).body) < 20_000:
        check(made, content_type)


@UNHURRIED
@given(st.sampled_from(ENCODINGS) | st.text(max_size=12), st.binary(max_size=60), st.booleans())
def test_charset(name: str, body: bytes, in_header: bool) -> None:
    declared = b"" if in_header else f"<?xml version='1.0' encoding='{name}'?>".encode("utf-8", "replace")
    assert isinstance(decode(declared + body, f"text/xml; charset={name}" if in_header else ""), str)


@UNHURRIED
@given(
    st.lists(st.binary(max_size=50) | st.binary(max_size=50).map(zlib.compress), max_size=6),
    st.sampled_from(["", "gzip", "deflate", "x-gzip", "identity", "br", "gzip, deflate", "\x1b"]),
)
def test_inflation(chunks: list[bytes], encoding: str) -> None:
    async def wire() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    try:
        body = asyncio.run(read_body(wire(), encoding, 1_000))
    except BodyError as error:
        assert "\n" not in str(error)
    else:
        assert len(body) <= 1_000


@UNHURRIED
@given(HTML, st.integers(8, 90), st.sampled_from(LINKS))
def test_render(html: str, width: int, base: str) -> None:
    document = blocks(html, base)
    for text in (to_text(document, width), plain(html), to_markdown(html, base)):
        assert_clean(text)
    for link in document.links:
        parts = urlsplit(link.url)
        assert parts.scheme in ("http", "https", "mailto", "ftp", "gemini", "magnet", "tel")
        assert parts.scheme not in ("http", "https") or is_host(parts.hostname or "")
        assert "@" not in parts.netloc


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with three articles."""
    opened = Store(tmp_path_factory.mktemp("fuzz") / "cache.db", [PAMIR])
    save(opened, opened.feeds()[0], [make_entry(number) for number in range(1, 4)])
    yield opened
    opened.close()


_WORDS = """
title: body: feed: region: is:unread is:x since:2d before: sort:title NEAR( ( ) " * - NOT OR AND ^ : { } +
"""
WORDS = st.sampled_from([*_WORDS.split(), "\0"])


@UNHURRIED
@given(line=st.lists(WORDS | TEXT, max_size=8).map(" ".join))
def test_query_and_search(store: Store, line: str) -> None:
    try:
        asked = parse_query(line)
        assert parse_query(print_query(asked)).where == asked.where
        assert len(store.ids(asked, NOW)) <= 3
    except QueryError as error:
        assert str(error)


@UNHURRIED
@given(TEXT)
def test_sanitize(text: str) -> None:
    for gate in (clean_text, clean_line, screen_text, clean_url, honest_url):
        cleaned = gate(text)
        assert_clean(cleaned)
        assert gate(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", clean_text(text))


@UNHURRIED
@given(st.text(":/@#?[]p\\.%aЖ", max_size=12), st.text(":/@#?[]\\.%bЖ", max_size=12))
def test_a_password_is_never_left_in_an_address(before: str, after: str) -> None:
    for url in (f"https://{before}hunter2@{after}", f"https://{before}:hunter2@host.example/{after}"):
        authority = url[8:].replace("/", "#").replace("?", "#").split("#")[0]
        if "hunter2@" in authority:
            assert "hunter2" not in strip_credentials(url)
            assert "hunter2" not in honest_url(url)


@UNHURRIED
@given(TEXT, TEXT, HTML)
def test_outputs(title: str, other: str, html: str) -> None:
    entry = replace(
        make_entry(title=title, author=other, link=other, guid=other or "1", content=html, text=html),
        categories=(title,),
        enclosures=(Enclosure(other, title),),
    )
    feed = Feed(1, Subscription(other, folder=title), title=title)
    article = Article(1, feed, entry, State(arrived=NOW), NOW)
    text = to_text(blocks(html), 72)
    line = output.article_json(article, text, title, 1)
    assert json.loads(line)["title"] == title
    for printed in (
        line,
        output.article_text(article, text, 72),
        output.article_markdown(article, to_markdown(html)),
        output.feed_json(feed),
        *output.feed_lines([feed]),
        *output.health_lines([feed], NOW),
    ):
        assert_clean(printed)
