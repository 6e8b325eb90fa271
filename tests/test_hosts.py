"""Hosts that look like others are shown in punycode, and nothing that divides addresses is a host."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews.hosts import is_host, plain_host
from termnews.sanitize import honest_url


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("news.example", "news.example"),
        ("pаypal.com", "xn--pypal-4ve.com"),  # a Cyrillic а
        ("www.аррӏе.com:8080", "www.xn--80ak6aa92e.com:8080"),
        ("ρaypal.com", "xn--aypal-2ce.com"),
        ("bank\u2044evil.example", "xn--bankevil-h03d.example"),
        ("ban\u200dk.example", "xn--bank-776a.example"),
        ("ɡoogle.com", "xn--oogle-qmc.com"),
        ("a＼b.example", "xn--ab-wy3n.example"),
        ("хакер.рф", "хакер.рф"),
        ("со.рф", "со.рф"),  # all like Latin, but at home
        ("новости.com", "новости.com"),
        ("münchen.de", "münchen.de"),
        ("日本語テスト.jp", "日本語テスト.jp"),
        ("newsニュース.jp", "newsニュース.jp"),
        ("한국cafe.kr", "한국cafe.kr"),
        ("خبر۱۲.ir", "خبر۱۲.ir"),
    ],
)
def test_look_alikes_are_shown_in_punycode(host: str, shown: str) -> None:
    assert plain_host(host) == shown


@pytest.mark.parametrize("name", ["a.example", "::1", "новости.рф", "a_b.example"])
def test_hosts(name: str) -> None:
    assert is_host(name)


@pytest.mark.parametrize("name", ["", "a\\.b", "a%2eb", "a b", "a@b", "a|b", "a＼b", "a\x7f"])
def test_what_divides_addresses_is_no_host(name: str) -> None:
    assert not is_host(name)


@given(st.text(max_size=30))
def test_any_host_is_shown_and_stays_so(host: str) -> None:
    shown = plain_host(host)
    assert plain_host(shown) == shown
    url = honest_url(f"https://u:p@{host}/")
    assert honest_url(url) == url
