"""Addresses and bodies: the short cuts for ordinary ones give what the whole way gives."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews.parse import markup
from termnews.parse.markup import SHOWN, absolute_url, body_html

PARTS = st.sampled_from(
    [
        "https://",
        "http://",
        "HTTPS://",
        "//",
        "a.example",
        "A.example",
        "b-c.example",
        "..",
        ".",
        "/a/",
        "/a",
        "./",
        "../",
        "?",
        "#",
        ";",
        "&",
        "=",
        ":",
        "@",
        ":80",
        "%41",
        "%zz",
        "~x",
        "+",
        ",",
        "юг",
        "½",
        "[",
        "]",
        "\\",
        "!",
        "x_y",
        "-",
    ]
)
URLS = st.lists(PARTS, max_size=8).map("".join) | st.lists(PARTS, max_size=6).map(
    lambda rest: "https://a.example" + "".join(rest)
)
BASES = st.sampled_from(
    [
        "",
        "https://b.example/dir/page",
        "http://[::1",
        "file:///srv/f",
        "ftp://c.example/",
        "http://½.example/",
    ]
)
NEVER = re.compile(r"(?!)")


@given(URLS, BASES)
def test_an_ordinary_address_comes_out_as_any_other(url: str, base: str) -> None:
    short = absolute_url(url, base), absolute_url(url, base, SHOWN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "_PLAIN_URL", NEVER)
        assert short == (absolute_url(url, base), absolute_url(url, base, SHOWN))


def test_ordinary_addresses_take_the_short_cut() -> None:
    for url in ("https://a.example", "https://a.example/2026/11/x.html?a=1&b=2", "http://b-c.example/"):
        assert markup._PLAIN_URL.fullmatch(url)


@pytest.mark.parametrize(
    "scheme", ["data:image/png;base64,AA==", "DATA:IMAGE/x-icon;BASE64,QQ", "data:image/a+b;base64,64,"]
)
def test_a_packed_picture_is_dropped_however_it_is_written(scheme: str) -> None:
    assert "64" not in body_html(f"<img src='{scheme}'>").replace("64,'", "")
