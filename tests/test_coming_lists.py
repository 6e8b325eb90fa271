"""Feed lists of other readers, told apart and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews.coming.kinds import chosen, read, told

NEWSRAFT = b"""# mine
@ Asia
https://a.example/feed "Paper A"
$(cat ~/feed.xml) "Made here"
@ World { reload-period 10 }
https://b.example/feed < item-limit 5
nonsense
"""
SFEED = rb"""maxjobs=8
feeds() {
	# feed <name> <feedurl> [basesiteurl] [encoding]
	feed "Paper A" "https://a.example/feed" \
		"https://a.example"
	feed 'B' https://b.example/feed
	feed "C" "https://$host/feed"
	feed "D"
	feed E "https://e.example/?a;b&c"; feed "F" https://f.example/
	[ -n "$X" ] && feed "G" https://g.example/
	test -d x && feed "H" https://h.example/
}
filter() {
	cat
}
"""
ELFEED = b"""(require 'elfeed)
(setq elfeed-feeds
      '("https://a.example/feed" ; a comment
        ("https://b.example/feed" news asia)
        ("gopher://c.example/")))
(setq other '("https://d.example/"))
"""
NOM = b"""feeds:
  - url: https://a.example/feed
    name: "Paper A"
  - name: B  # mine
    url: https://b.example/feed
  - name: 'It''s "C"'
    url: "https://c.example/feed" # mine
pager: less
"""


def _feeds(kind: str, data: bytes) -> list[tuple[str, str, str]]:
    return [(each.url, each.name, each.folder) for each in read(kind, data).feeds]


@pytest.mark.parametrize(
    ("name", "data", "kind", "feeds", "left"),
    [
        ("feeds", NEWSRAFT, "newsraft",
         [("https://a.example/feed", "Paper A", "Asia"), ("exec:cat ~/feed.xml", "Made here", "Asia"),
          ("https://b.example/feed", "", "World")], [4, 5, 6, 7]),
        ("sfeedrc", SFEED, "sfeed",
         [("https://a.example/feed", "Paper A", ""), ("https://b.example/feed", "B", ""),
          ("https://e.example/?a;b&c", "E", ""), ("https://f.example/", "F", "")], [7, 8, 10, 11, 13]),
        ("init.el", ELFEED, "elfeed",
         [("https://a.example/feed", "", ""), ("https://b.example/feed", "", "news/asia")], [5]),
        ("config.yml", NOM, "nom",
         [("https://a.example/feed", "Paper A", ""), ("https://b.example/feed", "B", ""),
          ("https://c.example/feed", 'It\'s "C"', "")], [8]),
    ],
)  # fmt: skip
def test_lists(name: str, data: bytes, kind: str, feeds: list[tuple[str, str, str]], left: list[int]) -> None:
    assert told(name, data) == told("-", data) == kind
    assert _feeds(kind, data) == feeds
    assert [each.partition(":")[0] for each in read(kind, data).left_out] == [f"line {n}" for n in left]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("x", b"<?xml version='1.0'?><opml/>", "opml"),
        ("x", b"SQLite format 3\0rest", "cache"),
        ("x", b'{"termnews": 1}', "state"),
        ("x", b'"query:A:unread = \\"yes\\""\n', "urls"),
        ("urls", b"", "urls"),
        ("x", b"reload-time 5\nbind-key j down\n", "config"),
        ("x", b"https://a.example/\n", "urls"),
    ],
)
def test_other_files_are_told_by_content(name: str, data: bytes, kind: str) -> None:
    assert told(name, data) == kind


def test_what_the_user_says_counts() -> None:
    line = b"https://a.example/feed\n"
    assert chosen("newsraft", "x", line) == "newsraft"
    assert chosen("newsboat", "x", line) == "urls"
    assert chosen("newsboat", "-", b"ftp://a.example/\n") == "urls"
    assert chosen("nom", "x", b"nothing") == "nom"
    assert chosen("newsboat", "urls", b"\xef\xbb\xbf <opml/>") == "opml"
    assert chosen("elfeed", "x", b"<opml/>") == chosen("eilmeldung", "x", line) == "opml"


@given(st.binary() | st.text("\"'()@$#:;-\\ \nfeedurlhtps/").map(str.encode))
def test_any_bytes_are_read(data: bytes) -> None:
    for kind in ("urls", "config", "newsraft", "sfeed", "elfeed", "nom"):
        read(kind, data)
