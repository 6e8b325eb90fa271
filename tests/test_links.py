"""Tracking is cut off links and nothing else; one page has one key however its address is spelled."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews.links import story_key, untracked
from termnews.output.texts import article_address
from termnews.render.links import resolved

PAGE = "https://news.example/a/1"


@pytest.mark.parametrize(
    ("url", "cut"),
    [
        (f"{PAGE}?utm_source=rss&utm_medium=feed", PAGE),
        (f"{PAGE}?id=7&UTM_Source=rss&page=2", f"{PAGE}?id=7&page=2"),
        (f"{PAGE}?fbclid=x&b=1&a=2&gclid=y#part", f"{PAGE}?b=1&a=2#part"),
        (f"{PAGE}#xtor=RSS-4", PAGE),
        (f"{PAGE}#utm_source=rss&utm_medium=rss", PAGE),
        (f"{PAGE}#ref=rss", PAGE),
        (f"{PAGE}?id=7#utm_source=rss&chapter=2", f"{PAGE}?id=7#utm_source=rss&chapter=2"),
        ("https://www.bbc.co.uk/news/1?at_medium=RSS&at_bbc_team=x", "https://www.bbc.co.uk/news/1"),
        ("https://www.theguardian.com/a?CMP=share_btn_url", "https://www.theguardian.com/a"),
        ("https://www.aljazeera.com/a?traffic_source=rss", "https://www.aljazeera.com/a"),
        ("HTTPS://News.Example:8443/A?ysclid=1", "HTTPS://News.Example:8443/A"),
    ],
)
def test_what_counts_readers_is_cut(url: str, cut: str) -> None:
    assert untracked(url) == cut


@pytest.mark.parametrize(
    "url",
    [
        "",
        PAGE,
        f"{PAGE}?",
        f"{PAGE}?id=7&id=8",
        f"{PAGE}?ref=main&src=a&source=b&s=c&cmp=d&mod=e&at_page=f",
        f"{PAGE}?a=utm_source=x",
        f"{PAGE}#part",
        f"{PAGE}#/route?utm_source=x",
        "https://notbbc.com/a?at_page=2",
        "mailto:news@example.org?utm_source=x",
        "magnet:?xt=urn:x&utm_source=x",
        "https://[broken/?id=1",
    ],
)
def test_what_may_matter_stays(url: str) -> None:
    assert untracked(url) == url


_TRACKED = st.sampled_from(["utm_campaign", "Fbclid", "mc_eid", "xtor", "pk_kwd"])
_PAIRS = st.lists(
    st.tuples(
        st.one_of(_TRACKED, st.text("abXY_.%[]é", min_size=1, max_size=5)), st.text("a1=/?%é", max_size=4)
    )
)
_HOSTS = st.sampled_from(["news.example", "www.bbc.com", "x.com:443", "user@medium.com", "[::1]"])


@given(_HOSTS, st.text("abA/%.", max_size=6), _PAIRS, st.text("ab=&#?/", max_size=6))
def test_where_a_link_leads_never_changes(
    host: str, path: str, pairs: list[tuple[str, str]], fragment: str
) -> None:
    url = f"https://{host}/{path}?{'&'.join('='.join(each) for each in pairs)}#{fragment}"
    cut = untracked(url)
    assert untracked(cut) == cut
    assert urlsplit(cut)[:3] == urlsplit(url)[:3]
    tracked = ("utm_campaign", "fbclid", "mc_eid", "xtor", "pk_kwd")
    left = ["=".join(each) for each in pairs if each[0].lower() not in tracked]
    assert urlsplit(cut).query.split("&") == (left or [""])


@given(st.text("htps:/?#&=.@[]utm_%é\ud800 ", max_size=30))
def test_any_text_is_an_address(url: str) -> None:
    cut = untracked(url)
    assert untracked(cut) == cut
    assert url.startswith(cut[:8])
    assert story_key(url) is None or story_key(url) == story_key(f"{cut.partition('#')[0]}#elsewhere")


@pytest.mark.parametrize(
    "other",
    [
        "http://news.example/a/1",
        "https://WWW.news.example:443/a/1/",
        "http://news.example:80/a/1#comments",
        "https://news.example/a/1?utm_source=rss",
    ],
)
def test_spellings_of_one_page(other: str) -> None:
    assert story_key(other) == story_key(PAGE)


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example/A/1",
        "https://news.example/a/1?id=2",
        "https://news.example:8080/a/1",
        "https://m.news.example/a/1",
        "https://news.example/a",
    ],
)
def test_another_page(other: str) -> None:
    assert story_key(other) not in (None, story_key(PAGE))


@pytest.mark.parametrize("link", ["", "https://news.example", "http://www.a.example/?utm_source=a", "tel:1"])
def test_what_names_no_article_has_no_key(link: str) -> None:
    assert story_key(link) is None


def test_the_site_of_a_feed_is_no_article() -> None:
    assert story_key("https://news.example/weather/", "http://www.news.example/weather") is None


def test_links_that_are_shown_are_cut() -> None:
    assert resolved("https://news.example/a/", "1?utm_source=rss") == PAGE
    assert article_address("https://user@news.example/a/1?id=2&mc_cid=3") == f"{PAGE}?id=2"
