"""The fast lane gives what feedparser gives, field by field, and ordinary feeds do take it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termnews import worker
from termnews.errors import ParseError
from termnews.models import ParsedFeed
from termnews.parse import fast, parse
from termnews.parse.charset import decode
from termnews.parse.fast.known import FEEDPARSER_KNOWS
from termnews.parse.fast.names import DOUBTFUL, NAMESPACES
from termnews.parse.kinds import recognise
from tests.conftest import NOW
from tests.feed_documents import NAMESPACES as NAMESPACES_OF_DOCUMENTS
from tests.feed_documents import ROOTS, documents
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


def test_golden_feeds_take_the_lane() -> None:
    feeds = [feed for feed in golden() if feed.suffix in (".rss", ".atom", ".rdf")]
    taken = [feed for feed in feeds if takes_lane(feed.read_bytes(), expected(feed).get("content_type", ""))]
    assert len(taken) >= 40, sorted({feed.name for feed in feeds} - {feed.name for feed in taken})
    assert {feed.suffix for feed in taken} == {".rss", ".atom", ".rdf"}


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:georss="http://www.georss.org/georss">
<channel><title>Pamir &amp; more</title><atom:link href="https://pamir.example/feed" rel="self"/>
<link>https://pamir.example</link><description>News</description><language>en-GB</language>
<sy:updatePeriod>hourly</sy:updatePeriod><image><url>https://pamir.example/i.png</url><title>Pamir</title></image>
<item><title>Rain&#8217;s here</title><link>https://pamir.example/1</link><dc:creator><![CDATA[Ann]]></dc:creator>
<pubDate>Tue, 24 Nov 2026 14:05:00 +0000</pubDate><category><![CDATA[Weather]]></category>
<guid isPermaLink="false">https://pamir.example/?p=1</guid><description><![CDATA[<p>Rain.</p>]]></description>
<content:encoded><![CDATA[<p>Rain, and&nbsp;more.</p>]]></content:encoded><slash:comments>0</slash:comments>
<wfw:commentRss>https://pamir.example/1/feed</wfw:commentRss><georss:point>37 71</georss:point>
<enclosure url="https://pamir.example/1.mp3" length="12" type="audio/mpeg"/>
<media:group><media:content url="https://pamir.example/1.jpg" medium="image">
<media:title>A</media:title></media:content>
<media:thumbnail url="https://pamir.example/t.jpg"/></media:group></item></channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="en">
<title type="text">Pamir</title><link rel="alternate" type="text/html" href="https://pamir.example/"/>
<id>tag:pamir.example,2026:feed</id><updated>2026-11-24T14:05:00Z</updated><author><name>Ann</name></author>
<entry><title type="html">Rain &amp;amp; sun</title><id>tag:pamir.example,2026:1</id>
<link rel="alternate" href="https://pamir.example/1"/><link rel="replies" thr:count="2" href="https://pamir.example/c"/>
<published>2026-11-24T14:05:00+05:00</published><updated>2026-11-24T14:05:00Z</updated>
<author><name>Bob</name><uri>https://bob.example/</uri></author><category term="weather" label="Weather"/>
<summary>Rain.</summary><content type="html" xml:lang="en-GB">&lt;p&gt;Rain.&lt;/p&gt;</content>
<thr:total>2</thr:total>
</entry></feed>"""
RDF = """<?xml version="1.0"?><?xml-stylesheet href="a.css"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://pamir.example/"><title>Pamir</title>
<link>https://pamir.example/</link><items><rdf:Seq><rdf:li rdf:resource="https://pamir.example/1"/></rdf:Seq></items>
</channel><item rdf:about="https://pamir.example/1"><title>Rain</title><link>https://pamir.example/1</link>
<dc:date>2026-11-24T14:05:00+05:00</dc:date><dc:subject>Weather</dc:subject></item></rdf:RDF>"""


@pytest.mark.parametrize("document", [RSS, ATOM, RDF], ids=["rss", "atom", "rdf"])
def test_ordinary_feed_takes_the_lane(document: str) -> None:
    assert takes_lane(document.encode())
    assert_equal(document.encode())


@pytest.mark.parametrize(
    ("found", "put"),
    [
        ("<?xml", "<!DOCTYPE rss><?xml"),
        ('<rss version="2.0"', '<rss version="2.0" xml:base="https://b.example/"'),
        ("<channel>", "<channel lastmod='1'>"),
        ("<title>Rain", "<title><b>x</b>Rain"),
        ("</description>\n", "</description><date>2026-01-01</date>"),
        ("Rain&#8217;s", "Rain&#146;s"),
        ("24 Nov 2026", "yesterday"),
        ("</rss>", ""),
        ("<slash:comments>", "<textInput><x/></textInput><slash:comments>"),
    ],
)
def test_what_is_not_known_for_certain_is_left_to_feedparser(found: str, put: str) -> None:
    document = RSS.replace(found, put, 1)
    assert document != RSS
    assert not takes_lane(document.encode())
    assert_equal(document.encode())


@pytest.mark.parametrize(
    ("found", "put"), [("/mrss/", "/other/"), ('xmlns:dc="', 'xmlns:dc="http://x.example/')]
)
def test_a_usual_prefix_of_an_unknown_namespace_reads_the_same(found: str, put: str) -> None:
    assert_equal(RSS.replace(found, put, 1).encode())


ODDITIES = {  # "{t}" begins an entry with a title
    "bodies are counted for each entry": "<item><content:encoded>a</content:encoded></item>"
    "<item><description>b</description><description>longer</description></item>",
    "a link that is none still forbids the guid": "<item><link>javascript:x</link>"
    "<guid>https://a.example/g</guid></item>",
    "a link escaped twice": "<item><link>https://a.example/?a=1&amp;amp;b=2</link></item>",
    "a link with something like a reference": "<item><link>https://a.example/?a=1&amp;b;=2</link></item>",
    "an enclosure by another name": "{t}<enclosure uri='https://a.example/u'/></item>",
    "a title after a source": "<item><title>A</title><source url='x'>S</source><title>B</title></item>",
    "a title after an image": "<title>A</title><image><title>I</title></image><title>B</title>",
    "a person after a text": "{t}<dc:creator>N</dc:creator><author><name>A</name></author></item>",
    "two persons": "{t}<author><name>A</name></author><author><name>B</name></author></item>",
    "a name with an address": "{t}<author>Bob (bob@bob.org)</author></item>",
    "an address with a name": "{t}<author>bob@a.example (Bob)</author></item>",
    "two authors with addresses": "{t}<author>a@a.example (A)</author><author>b@b.example</author></item>",
    "words of an entry after the last": "{t}</item><description><![CDATA[<item>]]></description>",
    "an address of a stranger": "{t}<link href='https://a.example/' x:href='https://b.example/'/></item>",
    "a summary of the feed before its description": "<itunes:summary>s</itunes:summary>"
    "<description>d</description><item><description>a</description><description>longer</description></item>",
}


@pytest.mark.parametrize("inner", ODDITIES.values(), ids=ODDITIES.keys())
def test_oddity_reads_the_same(inner: str) -> None:
    declared = "".join(f" xmlns:{prefix}='{uri}'" for prefix, uri in NAMESPACES_OF_DOCUMENTS.items())
    assert_equal(ROOTS["rss"].format(declared, inner.replace("{t}", "<item><title>t</title>"), "").encode())


def test_every_element_that_means_something_to_feedparser_is_known() -> None:
    from feedparser.api import StrictFeedParser

    parts = [name.split("_", 2)[2] for name in dir(StrictFeedParser) if name.startswith(("_start_", "_end_"))]
    assert {part.lower() for part in parts} <= FEEDPARSER_KNOWS


def test_every_namespace_whose_elements_mean_something_is_known() -> None:
    from feedparser.api import StrictFeedParser

    unknown = {
        uri: prefix
        for uri, prefix in StrictFeedParser.namespaces.items()
        if uri and uri.lower() not in {**NAMESPACES, **dict.fromkeys(DOUBTFUL)} and "userland" not in uri
    }
    assert "" not in unknown.values()
    meant = {name.partition("_")[0] for name in FEEDPARSER_KNOWS if "_" in name}
    assert not meant & {prefix.lower() for prefix in unknown.values()}
    known = {uri.lower(): prefix.lower() for uri, prefix in StrictFeedParser.namespaces.items()}
    assert all(known[uri] == prefix for uri, prefix in NAMESPACES.items())


def test_feedparser_is_not_loaded_for_an_ordinary_feed() -> None:
    code = (
        "import sys; from datetime import datetime, UTC; from termnews.parse import parse\n"
        "parse(sys.stdin.buffer.read(), 'https://a.example/', now=datetime.now(UTC))\n"
        "sys.exit('feedparser' in sys.modules or 'chardet' in sys.modules)"
    )
    subprocess.run(
        [sys.executable, "-c", code], input=RSS.encode(), check=True, cwd=Path(__file__).parent.parent
    )


@pytest.mark.parametrize(("value", "status"), [("0", 4), ("1", 3), ("", 3)])
def test_the_environment_turns_the_lane_off(value: str, status: int) -> None:
    code = (
        "import sys; from datetime import datetime, UTC; from termnews import worker\n"
        "def serve(*given): sys.exit(3 if given[3] else 4)\n"
        "worker.serve = serve; worker.main([str(1 << 30), '5'])"
    )
    environment = {**os.environ, worker.FAST_LANE: value}
    done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=Path(__file__).parent.parent)
    assert done.returncode == status
