"""What is wrong in termnews.toml costs itself alone, and is said with file, line, key and remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews.config import Config, load
from termnews.config.toml_lines import line_numbers

URL = 'url = "https://a.org/"'


def load_text(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "termnews.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def problem(config: Config) -> str:
    """Return the one problem without the file's name, which it must begin with."""
    assert len(config.problems) == 1, config.problems
    return config.problems[0].removeprefix(f"{config.path}, ")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "refresh_minuts = 5",
            'line 1: unknown key "refresh_minuts", did you mean "refresh_minutes"? (ignored)',
        ),
        (
            f"[[feeds]]\n{URL}\n\nregoin = 'TJ'",
            'line 4: unknown key "regoin", did you mean "region"? (ignored)',
        ),
        ("[view]\na = 'b'", 'line 1: unknown key "view", did you mean "views"? (ignored)'),
        ("glyphs = 'ascii'", 'line 1: unknown key "glyphs", it belongs under [theme] (ignored)'),
        (
            "[theme]\nkeep_days = 3",
            'line 2: unknown key "keep_days", it belongs above the first [table] (ignored)',
        ),
        (
            "[open]\nqqq = 3",
            'line 2: unknown key "qqq", `termnews config example` shows every key (ignored)',
        ),
    ],
)
def test_an_unknown_key_is_named_with_its_line_and_the_nearest(
    tmp_path: Path, text: str, sentence: str
) -> None:
    assert problem(load_text(tmp_path, text)) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "concurrency = 'many'",
            "line 1: concurrency must be a whole number from 1 to 256, not this text; the default 16 is used",
        ),
        (
            "per_host = 0",
            "line 1: per_host must be a whole number from 1 to 256, not 0; the default 2 is used",
        ),
        (
            "refresh_minutes = true",
            "line 1: refresh_minutes must be a whole number of minutes from 0 to 525600, not true; "
            "the default 60 is used",
        ),
        (
            "keep_days = 1979-05-27",
            "line 1: keep_days must be a whole number from 0 up, not this date; it is left out",
        ),
        (
            "proxy = ['x']",
            'line 1: proxy must be an address such as "http://localhost:3128", not this list; it is left out',
        ),
        (
            "[theme]\nglyphs = 'asci'",
            'line 2: glyphs must be "plain" or "ascii", not "asci"; the default "plain" is used',
        ),
        (
            "[views]\n'a b' = 3",
            "line 2: a b must be a search line in quotes that is not empty, not 3; it is left out",
        ),
        (
            "[open]\nbrowser = ['firefox']",
            'line 2: browser has no "{url}" in it; the system\'s browser is used',
        ),
        (
            "[open]\nbrowser = ['sh', '-c', 'firefox {url}']",
            'line 2: browser lets a shell read {url} as code; write "$1" there, and {url} as a word behind it'
            " (the system's browser is used)",
        ),
        ("views = 3", "line 1: views must be a table with the head [views]; it is left out"),
        ("feeds = 3", "line 1: feeds must be tables with the head [[feeds]]; it is left out"),
        ("\n\nfeeds = [\n3]", "line 3: a feed must be a table with the head [[feeds]]; it is left out"),
    ],
)
def test_a_wrong_value_is_named_with_what_would_be_right(tmp_path: Path, text: str, sentence: str) -> None:
    assert problem(load_text(tmp_path, text)) == sentence


def test_a_wrong_header_is_left_out_and_not_quoted(tmp_path: Path) -> None:
    config = load_text(tmp_path, f'[[feeds]]\n{URL}\nheaders = {{ Key = "secret\\n" }}')
    assert dict(config.feeds[0].headers) == {}
    assert "line 3: headers must be a table such as" in problem(config)
    assert "secret" not in problem(config)


def test_wrong_keys_cost_no_right_ones(tmp_path: Path) -> None:
    config = load_text(
        tmp_path, "concurrency = 'x'\nper_host = 1\n[keys]\nnext = 3\nback = 'f9'\npreset = 'vi'"
    )
    assert (config.concurrency, config.per_host, dict(config.keys)) == (16, 1, {"back": ("f9",)})
    assert [sentence.split(": ")[0].rpartition(" ")[2] for sentence in config.problems] == ["1", "4", "6"]


def test_control_characters_do_not_reach_a_sentence(tmp_path: Path) -> None:
    config = load_text(tmp_path, '"a\\u001b]0;x\\u0007" = 3')
    assert "\x1b" not in problem(config) and "\x07" not in problem(config)


def test_one_feeds_table_with_single_brackets_is_read_as_a_feed(tmp_path: Path) -> None:
    config = load_text(tmp_path, f"[feeds]\n{URL}")
    assert [feed.url for feed in config.feeds] == ["https://a.org/"]
    assert problem(config).startswith("line 1: [feeds] should be [[feeds]]")


# --- broken TOML ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (
            "proxy = http://x",
            "line 2: proxy cannot be read (invalid value) and is left out; "
            'text stands in quotes: proxy = "…"',
        ),
        (
            'proxy = "x',
            "line 2: proxy cannot be read (illegal character '\\n') and is left out",
        ),
        ('proxy = """x', "line 2: proxy cannot be read (unterminated string) and is left out"),
        ("keep_days =", "line 2: keep_days cannot be read (invalid value) and is left out"),
        ("oops", "line 2: this line cannot be read (expected '=' after a key in a key/value pair)"),
        ("keep_days = " + "9" * 5000, "line 2: keep_days cannot be read (exceeds the limit (4300 digits)"),
        ("keep_days = " + "[" * 5000, "line 2: keep_days cannot be read (brackets are nested too deep)"),
        ("per_host = 9", "line 2: per_host stands here a second time (cannot overwrite a value)"),
        ("[theme\nname = 'night'", "line 2: [theme should be [theme] and is read as that"),
        ("[[nonsense\nname = 'n'", "line 2: [[nonsense cannot be read as the head of a table"),
        (
            "[open]\nbrowser = ['{url}'\n",
            "line 3: browser cannot be read (unclosed array) and is left out",
        ),
    ],
)
def test_a_broken_part_costs_itself_alone(tmp_path: Path, broken: str, sentence: str) -> None:
    config = load_text(tmp_path, f"per_host = 1\n{broken}\n[[feeds]]\n{URL}\n[views]\na = 'b'\n")
    assert problem(config).startswith(sentence)
    assert (config.per_host, len(config.feeds), dict(config.views)) == (1, 1, {"a": "b"})


def test_a_broken_line_in_a_feed_keeps_the_feed(tmp_path: Path) -> None:
    config = load_text(
        tmp_path, f'[[feeds]]\n{URL}\nname = "A\nfolder = "F"\n[[feeds]]\nurl = "https://b.org/"'
    )
    assert [(feed.url, feed.folder) for feed in config.feeds] == [
        ("https://a.org/", "F"),
        ("https://b.org/", ""),
    ]


@pytest.mark.parametrize("head", ["[[feeds]", "[[feeds", "[feeds]", "[feeds", "[[feeds]] x", "[[feeds] ]"])
def test_a_broken_feeds_head_keeps_its_feed(tmp_path: Path, head: str) -> None:
    config = load_text(tmp_path, f'[[feeds]]\n{URL}\n{head}\nurl = "https://b.org/"')
    assert [feed.url for feed in config.feeds] == ["https://a.org/", "https://b.org/"]
    assert problem(config) == f"line 3: {head} should be [[feeds]] and is read as that"


def test_what_stands_under_a_lost_head_goes_to_no_other_feed(tmp_path: Path) -> None:
    lost = '[[fedes\nurl = "https://b.org/"\nusername = "u"\n[feeds.headers]\nX-Key = "secret"\n'
    config = load_text(tmp_path, f"[[feeds]]\n{URL}\n{lost}[[feeds]]\nurl = 'https://c.org/'")
    assert [(feed.url, feed.username, dict(feed.headers)) for feed in config.feeds] == [
        ("https://a.org/", "", {}),
        ("https://c.org/", "", {}),
    ]


def test_headers_before_the_first_feed_do_not_cost_the_feeds(tmp_path: Path) -> None:
    config = load_text(
        tmp_path, f'oops\n[feeds.headers]\nX = "y"\n[[feeds]]\n{URL}\n[feeds.headers]\nA = "b"'
    )
    assert [dict(feed.headers) for feed in config.feeds] == [{"A": "b"}]
    assert "line 2: [feeds.headers] cannot be read as the head" in config.problems[1]


def test_a_table_that_stands_twice_is_named_and_the_first_used(tmp_path: Path) -> None:
    config = load_text(tmp_path, "[views]\na = 'b'\n[views]\nc = 'd'\ne = 'f'\n[open]\n")
    assert dict(config.views) == {"a": "b"}
    assert problem(config).startswith("line 3: [views] stands here a second time")


def test_a_file_of_nothing_but_repetition_is_given_up(tmp_path: Path) -> None:
    config = load_text(tmp_path, "per_host = 1\n" * 200)
    assert config.per_host == 2
    assert problem(config).startswith("line 1: more than 100 keys stand twice")


def test_a_file_that_is_not_utf8_is_read_around_the_fault(tmp_path: Path) -> None:
    path = tmp_path / "termnews.toml"
    path.write_bytes(f"[[feeds]]\n{URL}\n".encode() + b'name = "\xcc\xe8\xf0"\n')
    config = load(path)
    assert len(config.feeds) == 1
    assert problem(config).startswith("line 3: a character is not UTF-8")


LINES = """\
[[feeds]]|[feeds.headers]|[[feeds|url = "https://a.org/"|a = [|]|name = '''|'''|[views]|x = {|"|= 3
views.a = 'b'|# c|\r|[theme]|[[theme]]|[[feeds.x]]|feeds = []|[a.b]|[regions|pin = 3|[feeds]|[[ ]]
""".replace("\n", "|").encode()


@given(st.binary(max_size=200) | st.lists(st.sampled_from(LINES.split(b"|")), max_size=12).map(b"\n".join))
def test_reading_never_fails_over_what_the_file_says(
    tmp_path_factory: pytest.TempPathFactory, body: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.toml"
    path.write_bytes(body)
    assert all(sentence.startswith(str(path)) for sentence in load(path).problems)


# --- lines of keys ---------------------------------------------------------------------------------


def test_every_key_is_found_on_its_line() -> None:
    text = '''\
# a = 1
a = """
b = 2
"""  # b
"c d".'e' = [  # [x]
  "]", # [y]
  1,
]
[[feeds]]
url = 'x#"'
[feeds.headers]
A-B = "\\"="
[ [[ ]]'''.replace("[ [[ ]]", '[[feeds]]\n\turl = { n = """""" }\n[t."u.v"]\nw=""""a\\""""""\nz = 1')
    assert line_numbers(text) == {
        ("a",): 2,
        ("c d", "e"): 5,
        ("feeds", 0): 9,
        ("feeds", 0, "url"): 10,
        ("feeds", 0, "headers"): 11,
        ("feeds", 0, "headers", "A-B"): 12,
        ("feeds", 1): 13,
        ("feeds", 1, "url"): 14,
        ("t", "u.v"): 15,
        ("t", "u.v", "w"): 16,
        ("t", "u.v", "z"): 17,
    }


def test_a_browser_may_be_a_script_that_gets_the_address_as_a_word(tmp_path: Path) -> None:
    words = ("sh", "-c", 'firefox "$1"', "sh", "{url}")
    config = load_text(tmp_path, f"[open]\nbrowser = {json.dumps(words)}")
    assert (config.open.browser, config.problems) == (words, ())
