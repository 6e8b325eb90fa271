"""Bounds and guards: floods are cut to the sensible part, and what was cut is said."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from termnews.errors import ParseError
from termnews.models import ParsedFeed
from termnews.parse import parse
from termnews.parse.drafts import (
    MAX_BODY,
    MAX_CATEGORIES,
    MAX_ENCLOSURES,
    MAX_ENTRIES,
    MAX_GUID,
    MAX_LABEL,
    MAX_TITLE,
)
from termnews.parse.prepare import MAX_ATTRIBUTES, MAX_DEPTH, MAX_ENTITIES, MAX_PREFIXES
from tests.bounds import in_proportion

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
URL = "https://feeds.example/dir/feed"


def read(inner: str, before: str = "") -> ParsedFeed:
    """Read an RSS document with the given inside of its channel."""
    text = f"{before}<rss version='2.0'><channel><title>Flood</title>{inner}</channel></rss>"
    return parse(text.encode(), URL, now=NOW)


def dated(numbers: range) -> str:
    """Return entries, one a minute, the one with number 0 the newest."""
    return "".join(
        f"<item><guid isPermaLink='false'>{n}</guid><title>n</title>"
        f"<pubDate>{format_datetime(NOW - timedelta(minutes=n))}</pubDate></item>"
        for n in numbers
    )


def test_flood_of_entries_keeps_the_first() -> None:
    parsed = read(dated(range(MAX_ENTRIES + 5)) + "<ttl>7</ttl>")
    assert [parsed.entries[0].guid, parsed.entries[-1].guid] == ["0", str(MAX_ENTRIES - 1)]
    assert parsed.notes == (
        f"{MAX_ENTRIES + 5} entries; the first {MAX_ENTRIES} were read, the others left out.",
    )
    assert (parsed.title, parsed.ttl_minutes) == ("Flood", 7)


def test_flood_with_the_oldest_first_keeps_the_last() -> None:
    parsed = read(dated(range(MAX_ENTRIES + 4, -1, -1)))
    assert [parsed.entries[0].guid, parsed.entries[-1].guid] == [str(MAX_ENTRIES - 1), "0"]
    assert f"the last {MAX_ENTRIES} were read" in parsed.notes[0]


def test_flood_of_undated_entries_that_breaks_off() -> None:
    parsed = parse(b"<rss><channel>" + b"<item><title>x</title>" * (MAX_ENTRIES + 5), URL, now=NOW)
    assert "the first" in parsed.notes[0]


def test_flood_of_json_entries() -> None:
    entries = [{"id": str(number), "title": "t"} for number in range(MAX_ENTRIES + 1)]
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": entries}
    parsed = parse(json.dumps(feed).encode(), URL, now=NOW)
    assert len(parsed.entries) == MAX_ENTRIES
    assert f"the first {MAX_ENTRIES} were read" in parsed.notes[0]


def test_long_title_is_cut() -> None:
    parsed = read(f"<item><title>{'word ' * MAX_TITLE}</title></item>")
    assert len(parsed.entries[0].title) <= MAX_TITLE
    assert parsed.entries[0].title.endswith("word…")
    assert parsed.notes == (f"1 entry: title cut to {MAX_TITLE} characters.",)


def test_long_body_is_cut_before_a_tag() -> None:
    filler = "<p>" + "x" * (MAX_BODY - 8) + "</p>"
    parsed = read(f"<item><description><![CDATA[{filler}<img src='a.jpg'>]]></description></item>")
    assert parsed.entries[0].content == filler[: len(parsed.entries[0].content)]
    assert parsed.entries[0].content.endswith("x</p>")
    assert parsed.notes == (f"1 entry: text cut to {MAX_BODY} characters.",)


def test_a_body_that_is_the_summary_too_is_cut_once() -> None:
    parsed = read(
        "<item><c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'>"
        f"{'x' * (MAX_BODY + 1)}</c:encoded></item>"
    )
    assert parsed.notes == (f"1 entry: text cut to {MAX_BODY} characters.",)


def test_long_body_is_cut_inside_words() -> None:
    parsed = read(f"<item><description>{'x' * (MAX_BODY + 1)}</description></item>")
    assert len(parsed.entries[0].content) == MAX_BODY


def test_packed_picture_leaves_room_for_the_text() -> None:
    picture = f"<img src='data:image/png;base64,{'A' * MAX_BODY}=='>"
    parsed = read(f"<item><description><![CDATA[{picture}<p>Words</p>]]></description></item>")
    assert parsed.entries[0].content == "<img src=''><p>Words</p>"


def test_categories_and_enclosures_are_bounded() -> None:
    labels = "".join(f"<category>c{n}{'x' * MAX_LABEL}</category>" for n in range(MAX_CATEGORIES + 1))
    files = "".join(f"<enclosure url='https://a.example/{n}'/>" for n in range(MAX_ENCLOSURES + 1))
    parsed = read(f"<item><title>t</title>{labels}{files}</item>")
    entry = parsed.entries[0]
    assert (len(entry.categories), len(entry.enclosures)) == (MAX_CATEGORIES, MAX_ENCLOSURES)
    assert (entry.categories[0][:3], len(entry.categories[0])) == ("c0x", MAX_LABEL)
    assert entry.enclosures[0].url == "https://a.example/0"
    assert parsed.notes == ("1 entry: only the first categories and enclosures kept.",)


def test_long_ids_are_hashed_and_stay_apart() -> None:
    inner = "".join(f"<item><guid>{'g' * MAX_GUID}{n}</guid><title>t</title></item>" for n in range(2))
    first, second = read(inner).entries
    assert first.guid.startswith("hash:") and first.guid != second.guid


def test_identity_of_an_entry_with_nothing_but_words() -> None:
    inner = "".join(f"<item><description>words {n}</description></item>" for n in range(2))
    first, second = read(inner).entries
    assert first.guid != second.guid
    assert read(inner).entries[0].guid == first.guid


def test_link_under_another_id_still_identifies_an_entry_without_one() -> None:
    link = "<link>https://a.example/1</link>"
    inner = f"<item><guid>x</guid><title>one</title>{link}</item><item><title>two</title>{link}</item>"
    assert [entry.guid for entry in read(inner).entries] == ["x", "https://a.example/1"]


def test_identity_by_title_and_date_does_not_move_with_the_clock() -> None:
    item = (
        b"<rss><channel><item><title>t</title><pubDate>1 Jan 2030 00:00 GMT</pubDate></item></channel></rss>"
    )
    first, second = (parse(item, URL, now=NOW + timedelta(days=n)).entries[0] for n in range(2))
    assert first.guid == second.guid and first.published != second.published


def test_endless_author_is_cut_before_it_costs_time() -> None:
    parsed = read(f"<item><title>t</title><author>{'a' * 1_000_000}</author></item>")
    assert parsed.entries[0].author == "a" * MAX_LABEL


def test_flood_of_attributes_is_refused() -> None:
    attributes = " ".join(f"attribute{n}='1'" for n in range(MAX_ATTRIBUTES + 1))
    with pytest.raises(ParseError, match=f"an element with more than {MAX_ATTRIBUTES} attributes"):
        read(f"<item {attributes}><title>t</title></item>")


def test_long_tag_with_few_attributes_is_read() -> None:
    assert read(f"<item a='{'x' * 9000}'><title>t</title></item>").entries[0].title == "t"


def test_flood_of_entities_is_refused() -> None:
    entities = "".join(f"<!ENTITY e{n} 'x'>" for n in range(MAX_ENTITIES + 1))
    with pytest.raises(ParseError, match=f"more than {MAX_ENTITIES} entity declarations"):
        read("", f"<!DOCTYPE rss [{entities}]>")


def test_elements_within_elements_are_refused() -> None:
    with pytest.raises(ParseError, match=f"more than {MAX_DEPTH} elements within each other"):
        read(f"<item><title>t</title>{'<a>' * (MAX_DEPTH + 1)}</item>")


@pytest.mark.parametrize("inner", ["<br>" * 600, "<![CDATA[" + "<p>" * (MAX_DEPTH + 1) + "]]>"])
def test_tag_soup_is_read(inner: str) -> None:
    entry = f"<item><guid>{{}}</guid><title>t</title><description>{inner}</description></item>"
    parsed = read("".join(map(entry.format, range(10))))
    assert len(parsed.entries) == 10


def test_flood_of_namespaces_is_refused() -> None:
    with pytest.raises(ParseError, match=f"more than {MAX_PREFIXES} namespaces"):
        read("".join(f"<p{n}:a xmlns:p{n}='u'/>" for n in range(MAX_PREFIXES + 1)))


def test_thousands_of_categories_are_dropped_before_they_cost_time() -> None:
    labels = "".join(
        f"<category><![CDATA[{n}]]></category><dc:subject>s{n}</dc:subject>" for n in range(10_000)
    )
    with in_proportion():
        first, second = read(
            f"<item><title>a</title>{labels}</item><item><title>b</title>{labels}</item>"
        ).entries
    assert first.categories == second.categories
    assert len(first.categories) == MAX_CATEGORIES


def test_entities_the_document_declares_are_its_own() -> None:
    parsed = read("<item><title>&laquo;</title></item>", '<!DOCTYPE rss [\n<!ENTITY laquo "my own">\n]>')
    assert parsed.entries[0].title == "my own"


def test_references_beyond_unicode_are_dropped() -> None:
    zeros = "0" * 5000
    parsed = read(f"<item><title>a&#99999999;b&#xFFFFFFFF;c&#{zeros}65;d&#xD800;e&#065;</title></item>")
    assert (parsed.entries[0].title, parsed.notes) == ("abcdeA", ())


def test_xml_that_feedparser_fails_on_is_said_to_be_broken() -> None:
    with pytest.raises(ParseError, match="this is XML too broken to be read, not a feed; tell its publisher"):
        read(
            "<item><title>t</title></media:player></item>", "<x xmlns:media='http://search.yahoo.com/mrss/'/>"
        )


def test_endless_address_is_no_link() -> None:
    assert (
        read(f"<item><title>t</title><link>https://a.example/{'x' * 9000}</link></item>").entries[0].link
        == ""
    )


@pytest.mark.parametrize(
    "body", [b"<!-- never ends", b"<?xml never", b"no markup", b"<!-- a -->", b"<!x>" * 20_000]
)
def test_prologue_without_a_root(body: bytes) -> None:
    with pytest.raises(ParseError, match="a document without a feed in it"):
        parse(body, URL, now=NOW)


def test_root_of_a_feed_with_nothing_of_a_feed_in_it() -> None:
    with pytest.raises(ParseError, match="an XML document without a feed in it"):
        parse(b"<rdf><a/></rdf>", URL, now=NOW)


def test_page_of_elements_of_its_own_is_a_web_page() -> None:
    with pytest.raises(ParseError, match="a web page"):
        parse(b"<!doctype HTML><my-app></my-app>", URL, now=NOW)


def test_json_too_deep_to_read() -> None:
    with pytest.raises(ParseError, match="broken JSON"):
        parse(b'{"items": ' + b"[" * 100_000, URL, now=NOW)


def test_json_that_is_no_object() -> None:
    with pytest.raises(ParseError, match="JSON without a JSON Feed"):
        parse(b"[1, 2]", URL, now=NOW)


def test_json_that_forgot_to_say_what_it_is() -> None:
    assert parse(b'{"title": "T", "items": []}', URL, now=NOW).title == "T"
