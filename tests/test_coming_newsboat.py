"""newsboat's urls and config files read, with what stays behind named line by line."""

from __future__ import annotations

import pytest

from termnews.coming.kinds import read
from termnews.coming.newsboat_cache import Kept, entry_of
from termnews.coming.newsboat_config import read_config
from termnews.coming.newsboat_filter import FilterError, search_line
from termnews.coming.newsboat_urls import read_urls
from termnews.coming.words import quoted_words
from termnews.models import And, Or
from termnews.query import parse_query
from tests.conftest import NOW

URLS = r"""
# my feeds
https://a.example/feed "~A \"quoted\" name" asia "central asia" asia
https://b.example/feed "!" world  # a comment
"exec:~/bin/feed.sh --all" "~Script" tools
filter:~/bin/cut.py:https://c.example/feed
gopher://d.example/
https://a.example/feed
"query:Unread:unread = \"yes\""
"query:Regexp:title =~ \"^a.c$\""
https://me:secret@e.example/feed
"""


def test_urls() -> None:
    came = read_urls(URLS.encode())
    assert [(each.url, each.name, each.folder, each.paused) for each in came.feeds] == [
        ("https://a.example/feed", 'A "quoted" name', "asia/central asia", False),
        ("https://b.example/feed", "", "hidden/world", False),
        ("exec:~/bin/feed.sh --all", "Script", "tools", True),
        ("filter:~/bin/cut.py:https://c.example/feed", "", "", True),
        ("https://me:secret@e.example/feed", "", "", False),
    ]
    assert came.views == {"Unread": "is:unread"}
    assert [each.partition(":")[0] for each in came.left_out] == [
        f"line {number}" for number in (4, 5, 6, 7, 8, 10)
    ]
    assert "secret" not in "".join(came.left_out)


def test_a_query_feed_is_called_as_newsboat_lists_it() -> None:
    came = read_urls(b'query:A:unread="yes" "~Mine"\n"query:B:flags # \\"a\\" or flags # \\"b\\"" news\n')
    assert came.views == {"Mine": "is:unread", "B": "is:starred"}
    assert [each.partition(":")[0] for each in came.left_out] == ["line 2", "line 2"]
    assert 'query feed "B": its tags stay behind' in came.left_out[0]


def test_a_title_in_another_encoding_turns_no_other() -> None:
    lines = [
        'https://a.example/ "~Тоҷикистон"'.encode(),
        'https://b.example/ "~Les journées françaises, café crème"'.encode("latin-1"),
    ]
    came = read("urls", b"\n".join(lines))
    assert [each.name for each in came.feeds] == ["Тоҷикистон", "Les journées françaises, café crème"]
    assert came.left_out == ("line 2: not UTF-8; the encoding was guessed, so look at the names",)


def test_words_are_parted_as_newsboat_parts_them() -> None:
    assert quoted_words('https://x/a"b"c "d"e f#g') == ['https://x/a"b"c', "d", "e", "f#g"]
    assert quoted_words("a\u00a0b\u2028c") == ["a\u00a0b\u2028c"]
    assert quoted_words(r'a "b \"c\" \\" d # e') == ["a", 'b "c" \\', "d"]
    assert quoted_words('"open end') == ["open end"]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ('unread = "yes"', "is:unread"),
        ('unread != "yes"', "is:unread"),
        ('flags =~ "."', "is:starred"),
        ("age < 7", "since:7d"),
        ("age > 7", "before:8d"),
        ("age between 2:3", "since:4d before:2d"),
        ('tags # "world"', "folder:world"),
        ('tags # "a/b"', "folder:a-b"),
        ('enclosure_url =~ "."', "has:enclosure"),
        ('title # "grid"', "title:grid"),
    ],
)
def test_conditions(written: str, line: str) -> None:
    if "!=" in written:
        assert search_line(written)[0] == "-is:unread"
    else:
        assert search_line(written)[0] == line


def test_what_stands_to_the_right_belongs_together() -> None:
    a, b, c = 'unread = "yes"', 'flags =~ "."', "age < 2"
    for written in (f"{a} and {b} or {c}", f"{a} and ({b} or {c})"):
        node = parse_query(search_line(written)[0]).where
        assert isinstance(node, And) and isinstance(node.nodes[1], Or)
    for written in (f"{a} or {b} and {c}", f"{a} or ({b} and {c})"):
        node = parse_query(search_line(written)[0]).where
        assert isinstance(node, Or) and isinstance(node.nodes[1], And)
    assert any("2.21" in note for note in search_line(f"{a} and {b} or {c}")[1])
    for sure in (f"{a} and ({b} or {c})", f"{a} and {b} and {c}", f"({a} or {b}) and {c}"):
        assert not any("2.21" in note for note in search_line(sure)[1])
    node = parse_query(search_line(f"({a} and {b}) or {c}")[0]).where
    assert isinstance(node, Or) and isinstance(node.nodes[0], And)


@pytest.mark.parametrize(
    "written",
    ["", "unread", 'unread = "yes" and', '(unread = "yes"', 'unread = "yes")', 'title =~ "^a.c$"',
     'nothing = "x"', "(" * 5000, "a = b ; c", 'title =~ "a" xor title =~ "b"'],
)  # fmt: skip
def test_filters_without_a_twin_are_refused(written: str) -> None:
    with pytest.raises(FilterError):
        search_line(written)


CONFIG = r"""
reload-time 30
reload-threads 8
max-items 100
browser "firefox %u"
use-proxy yes
proxy 127.0.0.1:9050
proxy-type socks5
bind-key j next-unread
bind-key ^R reload-all
bind-key x delete-article
color background white black
http-auth-password hunter2
show-read-feeds no
download-timeout soon
"""


def test_config() -> None:
    came = read_config(CONFIG.encode())
    assert dict(came.options) == {
        "refresh_minutes": 30,
        "concurrency": 8,
        "keep_articles": 100,
        "open.browser": ("firefox", "{url}"),
        "proxy": "socks5://127.0.0.1:9050",
    }
    assert came.preset == "newsboat"
    assert "j" in came.keys["next-unread"] and "j" not in came.keys.get("next", ())
    assert "ctrl+r" in came.keys["refresh-all"]
    assert [each.partition(":")[0] for each in came.left_out] == [f"line {n}" for n in (11, 12, 13, 14, 15)]
    assert "hunter2" not in "".join(came.left_out)


@pytest.mark.parametrize("end", ["&", ">/dev/null 2>&1 &", "> /dev/null 2>/dev/null", "&>/dev/null"])
def test_a_browser_in_the_background_comes_as_all_run_there(end: str) -> None:
    came = read_config(f"browser \"firefox '%u' {end}\"".encode())
    assert dict(came.options) == {"open.browser": ("firefox", "{url}")} and not came.left_out


@pytest.mark.parametrize(
    "browser",
    ["x %u | less", "x $(x)", "open-it %f", "'", "lynx", "/usr/bin/w3m %u", "sh -c 'x %u'", "x & y"],
)
def test_a_browser_that_needs_a_shell_or_the_terminal_stays_behind(browser: str) -> None:
    came = read_config(f'browser "{browser}"'.encode())
    assert not came.options and len(came.left_out) == 1


@pytest.mark.parametrize(
    ("guid", "url", "kept"),
    [
        ("tag:1", "https://a.example/1", ("tag:1", "https://a.example/1")),
        ("https://a.example/1", "https://a.example/1", ("https://a.example/1", "https://a.example/1")),
        (
            "https://a.example/11700000000",
            "https://a.example/1",
            ("https://a.example/1", "https://a.example/1"),
        ),
        ("https://a.example/1#c5", "https://a.example/1", ("https://a.example/1#c5", "https://a.example/1")),
        ("story 7", "story 7", ("story 7", "")),
    ],
)
def test_an_article_of_a_cache_has_the_identity_a_refresh_gives_it(
    guid: str, url: str, kept: tuple[str, str]
) -> None:
    entry = entry_of(Kept("https://a.example/f", guid, "Title", url=url, date=1700000000), NOW)
    assert entry is not None and (entry.guid, entry.link) == kept


FILTERS = r"""
define-filter "Mine" "unread = \"yes\" and author = \"Me\""
define-filter "Counts" "unread_count > 0"
ignore-article "*" "title =~ \"sponsor\""
ignore-article "https://a.example/f" "age > 30"
ignore-article "*" "flags =~ \"x\""
ignore-article "regex:^https://" "title = \"x\""
highlight-article "title =~ \"sponsor\"" red default
highlight-article "unread = \"yes\"" red default
highlight-article
"""


def test_filters_of_a_config_become_views_and_rules() -> None:
    came = read_config(FILTERS.encode())
    assert came.views == {"Mine": "is:unread author:Me"}
    assert came.rules == {
        "title:sponsor*": ("mute", "highlight"),
        "feed:https://a.example/f before:31d": ("mute",),
    }
    said = {each.partition(":")[0]: each for each in came.left_out}
    assert list(said) == [f"line {number}" for number in range(2, 11)]
    assert "any part of a feed's name or address" in said["line 5"]
    assert "changes later" in said["line 6"] and "changes later" in said["line 9"]


def keys_of(*lines: str) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    came = read_config("\n".join(lines).encode())
    return dict(came.keys), [each.partition(":")[0] for each in came.left_out]


def test_a_key_is_that_of_the_last_line_for_all_dialogs() -> None:
    keys, left = keys_of(
        "bind-key j next articlelist", "bind-key j down", "bind-key j up", "bind-key k prev feedlist"
    )
    assert "j" in keys["previous"] and "j" not in keys["next"] and "j" not in keys.get("next-article", ())
    assert "k" in keys["previous-article"]
    assert left == []


def test_what_is_bound_in_one_dialog_alone_takes_no_key_away() -> None:
    keys, left = keys_of(
        "bind-key j down", "bind-key j next articlelist", "unbind-key j feedlist", "bind-key k up podboat"
    )
    assert keys == keys_of("bind-key j down")[0] and left == ["line 2", "line 3", "line 4"]


def test_a_key_that_is_bound_to_what_it_does_already_stays_shared() -> None:
    assert keys_of("bind-key / open-search", "bind-key n next-unread") == ({}, [])
