"""The feeds a web page names."""

from __future__ import annotations

from termnews.parse import find_feeds
from termnews.parse.discover import MAX_FEEDS

URL = "https://pamir.example/news/index.html"


def feeds(head: str) -> tuple[str, ...]:
    """Return the feeds of a page with the given head."""
    return find_feeds(f"<!doctype html><html><head>{head}</head><body></body></html>".encode(), URL)


def test_addresses_are_absolute_and_in_order() -> None:
    found = feeds(
        '<link rel="alternate" type="application/rss+xml" href="/rss">'
        "<LINK REL=Alternate TYPE='application/atom+xml; charset=utf-8' HREF=atom.xml />"
        '<link rel="alternate" type="application/rss+xml" href="/rss">'
    )
    assert found == ("https://pamir.example/rss", "https://pamir.example/news/atom.xml")


def test_main_feed_before_json_before_vague_before_comments() -> None:
    found = feeds(
        '<link rel="alternate" type="application/rss+xml" title="Комментарии" href="/c">'
        '<link rel="alternate" type="text/xml" href="/feed.xml">'
        '<link rel="alternate" type="application/feed+json" href="/j">'
        '<link rel="alternate" type="application/rss+xml" href="/main">'
    )
    assert [address.rpartition("/")[2] for address in found] == ["main", "j", "feed.xml", "c"]


def test_base_of_the_page_moves_links() -> None:
    found = feeds('<base href="/other/"><link rel=alternate type=application/rss+xml href=f>')
    assert found == ("https://pamir.example/other/f",)


def test_references_in_addresses_are_decoded() -> None:
    found = feeds('<link rel="alternate" type="application/rss+xml" href="/f?a=1&amp;b=2" title="a > b">')
    assert found == ("https://pamir.example/f?a=1&b=2",)


def test_first_of_an_attribute_written_twice_counts() -> None:
    found = feeds("<link rel=alternate type=application/rss+xml href=/a href=/b>")
    assert found == ("https://pamir.example/a",)


def test_links_that_are_no_feeds() -> None:
    assert (
        feeds(
            '<link rel="stylesheet" type="text/css" href="/s.css">'
            '<link rel="alternate" hreflang="ru" href="/ru/">'
            '<link rel="alternate" type="application/json" href="/wp-json/feed/1">'
            '<link rel="alternate" type="text/xml" href="/map.xml">'
            '<link rel="alternate" type="application/rss+xml" href="javascript:x">'
            '<link rel="alternate" type="application/rss+xml">'
            '<link type="application/rss+xml" href="/no-rel">'
            '<!-- <link rel="alternate" type="application/rss+xml" href="/commented"> -->'
        )
        == ()
    )


def test_link_of_relation_feed_needs_no_type() -> None:
    assert feeds('<link rel="feed" href="/feed">') == ("https://pamir.example/feed",)


def test_comment_that_never_ends_hides_the_rest() -> None:
    assert feeds('<!-- <link rel="alternate" type="application/rss+xml" href="/a">') == ()


def test_many_feeds_are_bounded() -> None:
    assert (
        len(feeds("".join(f"<link rel=alternate type=application/rss+xml href=/{n}>" for n in range(99))))
        == MAX_FEEDS
    )


def test_unfinished_tag_and_page_without_links() -> None:
    assert feeds('<link rel="alternate" type="application/rss+xml" href="/a') == ()
    assert find_feeds(b"", URL) == ()


def test_page_in_another_encoding() -> None:
    page = "<link rel=alternate type=application/rss+xml href='/лента'>".encode("windows-1251")
    assert find_feeds(page, URL, "text/html; charset=windows-1251") == ("https://pamir.example/лента",)
