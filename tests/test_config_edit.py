"""The program edits termnews.toml as a careful user would, and loses nothing."""

from __future__ import annotations

import multiprocessing
import os
import resource
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews.config import (
    adopting,
    append_feeds,
    change_feed,
    load,
    remove_feed,
    rename_view,
    set_option,
    set_view,
    toml_edit,
)
from termnews.config.toml_lines import Statement, statements
from termnews.errors import ConfigError
from termnews.models import Subscription

A, B, C = (f"https://{name}.org/" for name in "abc")
TEXT = f"""\
# my news
concurrency = 3  # slow line

# Asia
[[feeds]] # first
url = "{A}"  # the old one
# about the name
name = 'A'

# --- Europe ---
[[feeds]]
url = "{B}"
[feeds.headers]
X-Key = "k"

# searches
[views]
# daily
Grid = "grid"

# the end
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "termnews.toml"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0o600)
    return path


def urls(path: Path) -> list[str]:
    config = load(path)
    assert config.problems == ()
    return [feed.url for feed in config.feeds]


# --- adding ------------------------------------------------------------------------------------


def test_a_file_is_made_from_nothing_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "termnews.toml"
    assert append_feeds(path, [Subscription(A, name='Ünï "q" \\', region="TJ"), Subscription(B)]) == ()
    assert path.read_text(encoding="utf-8") == (
        "# termnews.toml: what termnews reads and how; `termnews config example` shows every option.\n"
        "# termnews adds feeds here and leaves your comments as they are.\n"
        f'\n[[feeds]]\nurl = "{A}"\nname = "Ünï \\"q\\" \\\\"\nregion = "TJ"\n'
        f'\n[[feeds]]\nurl = "{B}"\n'
    )
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_feeds_are_added_at_the_end_and_every_other_character_stays(path: Path) -> None:
    feed = Subscription(C, headers={"X-Key": "v", "Y": ""}, refresh_minutes=0, paused=True)
    append_feeds(path, [feed])
    added = (
        f'\n[[feeds]]\nurl = "{C}"\nrefresh_minutes = 0\npaused = true\nheaders = {{ X-Key = "v", Y = "" }}\n'
    )
    assert path.read_text() == TEXT + added
    assert load(path).feeds[2] == feed


def test_a_last_line_without_an_end_gets_one(path: Path) -> None:
    path.write_text("per_host = 1")
    append_feeds(path, [Subscription(A)])
    assert path.read_text() == f'per_host = 1\n\n[[feeds]]\nurl = "{A}"\n'


def test_known_feeds_are_skipped_and_returned(path: Path) -> None:
    assert append_feeds(path, [Subscription(u) for u in (B, C, A, C)]) == (B, A, C)
    assert urls(path) == [A, B, C]


def test_a_path_is_known_in_each_of_its_spellings(path: Path) -> None:
    append_feeds(path, [Subscription("feeds/x.xml")])
    assert append_feeds(path, [Subscription(str(path.parent / "feeds/x.xml"))]) != ()


def test_nothing_to_add_writes_nothing(path: Path, tmp_path: Path) -> None:
    before = path.stat()
    append_feeds(path, [Subscription(A)])
    append_feeds(tmp_path / "new.toml", [])
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert not (tmp_path / "new.toml").exists()


def test_a_thousand_feeds_are_appended(path: Path) -> None:
    append_feeds(path, [Subscription(f"https://{n}.org/", name=f"Feed {n}", folder="f") for n in range(1000)])
    append_feeds(path, [Subscription(C)])
    assert len(urls(path)) == 1003


# --- removing, changing --------------------------------------------------------------------------


def test_a_removed_feed_leaves_the_comments_around_it(path: Path) -> None:
    remove_feed(path, A)
    gone = f"[[feeds]] # first\nurl = \"{A}\"  # the old one\n# about the name\nname = 'A'\n\n"
    assert path.read_text() == TEXT.replace(gone, "\n")
    remove_feed(path, B)
    assert path.read_text() == (
        "# my news\nconcurrency = 3  # slow line\n\n# Asia\n\n# --- Europe ---\n\n"
        '# searches\n[views]\n# daily\nGrid = "grid"\n\n# the end\n'
    )


def test_a_feed_that_stands_twice_is_removed_wholly(path: Path) -> None:
    path.write_text(TEXT + f"[[feeds]]\nurl = '{A}'\n")
    remove_feed(path, A)
    assert urls(path) == [B]


def test_values_are_changed_added_and_taken_out_in_place(path: Path) -> None:
    change_feed(path, A, name="New", folder="F", paused=None)
    changed = TEXT.replace("name = 'A'\n", 'name = "New"\nfolder = "F"\n')
    assert path.read_text() == changed
    change_feed(path, A, name=None, folder="", url=C)
    assert path.read_text() == TEXT.replace("name = 'A'\n", "").replace(A, C)


def test_a_table_of_headers_is_taken_out_or_replaced(path: Path) -> None:
    change_feed(path, B, headers={"Other": "o"})
    assert [dict(feed.headers) for feed in load(path).feeds] == [{}, {"Other": "o"}]
    assert "# searches" in path.read_text()
    change_feed(path, B, headers=None)
    assert dict(load(path).feeds[1].headers) == {}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lambda p: change_feed(p, C, name="x"),
            "there is no feed https://c.org/; `termnews feeds` lists them",
        ),
        (lambda p: remove_feed(p, "https://u:secret@c.org/"), "there is no feed https://c.org/;"),
        (lambda p: remove_feed(p, ""), "there is no feed ;"),
        (lambda p: change_feed(p, A, nam="x"), 'unknown key "nam", did you mean "name"?'),
        (lambda p: change_feed(p, A, name="x", refresh_minutes=-1), "refresh_minutes must be a whole number"),
        (lambda p: change_feed(p, A, url=B), "the feed https://b.org/ stands there already; remove one"),
        (lambda p: change_feed(p, A, url="gopher://x"), "the feed's address begins with gopher:"),
        (lambda p: append_feeds(p, [Subscription("https:///")]), "the feed's address names no host"),
        (lambda p: append_feeds(p, [Subscription(C, user_agent="x\ny")]), "user_agent must be text in plain"),
        (lambda p: set_option(p, "refresh", 5), 'unknown key "refresh"'),
        (lambda p: set_option(p, "theme.glyphs", "x"), 'theme.glyphs must be "plain" or "ascii", not "x"'),
        (lambda p: set_option(p, "url", A), 'unknown key "url", it belongs under [feeds]'),
        (lambda p: set_view(p, "x", ""), "x must be a search line in quotes that is not empty"),
        (lambda p: set_view(p, " ", "x"), "a view needs a name"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_the_file_is_as_it_was(
    path: Path, change: Callable[[Path], object], reason: str
) -> None:
    with pytest.raises(ConfigError) as error:
        change(path)
    assert str(error.value).startswith((reason, f"{path} is left as it is: {reason}"))
    assert "secret" not in str(error.value)
    assert path.read_text() == TEXT


# --- views, options --------------------------------------------------------------------------------


def test_a_view_is_set_changed_and_taken_out(path: Path) -> None:
    set_view(path, "Two days", "since:2d")
    assert path.read_text() == TEXT.replace('"grid"\n', '"grid"\n"Two days" = "since:2d"\n')
    set_view(path, "Two days", None)
    set_view(path, "never there", None)
    set_view(path, "Grid", 'a "b"')
    assert path.read_text() == TEXT.replace('"grid"', '"a \\"b\\""')


def test_a_view_is_renamed_where_it_stands(path: Path) -> None:
    rename_view(path, "Grid", "The grid")
    assert path.read_text() == TEXT.replace("Grid =", '"The grid" =')
    rename_view(path, "The grid", "Grid")
    assert path.read_text() == TEXT
    for old, new, words in (("none", "x", "no view none"), ("Grid", " ", "needs a name")):
        with pytest.raises(ConfigError, match=words):
            rename_view(path, old, new)
    set_view(path, "b", "c")
    with pytest.raises(ConfigError, match="called b already"):
        rename_view(path, "Grid", "b")


def test_many_settings_come_in_at_once_and_every_other_character_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(
        '# mine\ndata_dir="c"  # odd\n\n[views] # v\n "a"="x"\n# end\n[[feeds]]\nurl = "https://a.example/"\n'
    )
    looked: list[str] = []

    def counted(text: str) -> Iterator[Statement]:
        looked.append(text)
        return iter(statements(text))

    monkeypatch.setattr(toml_edit, "statements", counted)
    taken, left = adopting.adopt(
        path,
        views={"a": "y", "b": "is:read", "c": "is:unread"},
        options={"refresh_minutes": 7, "keep_days": 0, "open.browser": ("w3m", "{url}")},
        rules={"ad": ("mute",), "x": ("star", "read")},
        keys={"next": ("j",)},
        preset="newsboat",
    )
    assert path.read_text() == (
        '# mine\ndata_dir="c"  # odd\nrefresh_minutes = 7\n\n'
        '[views] # v\n "a"="x"\nb = "is:read"\nc = "is:unread"\n'
        '# end\n[[feeds]]\nurl = "https://a.example/"\n\n[open]\nbrowser = ["w3m", "{url}"]\n\n'
        '[rules]\nad = "mute"\nx = ["star", "read"]\n\n[keys]\npreset = "newsboat"\nnext = ["j"]\n'
    )
    assert left == ("views.a stands in termnews.toml already and stays as it is",)
    assert taken[:2] == ('views.b = "is:read"', 'views.c = "is:unread"') and len(taken) == 8
    assert len(looked) == 5  # once a table


def test_the_first_view_makes_its_table(path: Path) -> None:
    path.write_text("per_host = 1\n")
    set_view(path, "a", "b")
    assert path.read_text() == 'per_host = 1\n\n[views]\na = "b"\n'


def test_options_are_set_where_they_belong(path: Path) -> None:
    set_option(path, "concurrency", 4)
    set_option(path, "per_host", 1)
    set_option(path, "theme.glyphs", "ascii")
    set_option(path, "open.browser", ("w3m", "{url}"))
    added = '\n[theme]\nglyphs = "ascii"\n\n[open]\nbrowser = ["w3m", "{url}"]\n'
    changed = TEXT.replace("3  # slow line\n", "4  # slow line\nper_host = 1\n") + added
    assert path.read_text() == changed
    set_option(path, "concurrency", 16)
    assert path.read_text() == changed.replace("concurrency = 4  # slow line\n", "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# head\n\n# about\n[theme]\n", "# head\n\nper_host = 1\n\n# about\n[theme]\n"),
        ("# head\n[theme]\n", "# head\nper_host = 1\n\n[theme]\n"),
        ("[theme]\n", "per_host = 1\n\n[theme]\n"),
        ("# only\n# words", "# only\n# words\nper_host = 1\n"),
    ],
)
def test_a_first_option_stands_above_the_first_table(path: Path, before: str, after: str) -> None:
    path.write_text(before)
    set_option(path, "per_host", 1)
    assert path.read_text() == after


# --- other layouts, broken files ---------------------------------------------------------------------

INLINE = f"""\
theme.name = "night" # why
views = {{ Grid = "grid" }}
feeds = [
  {{ url = "{A}" }}, # one
  {{ url = "{B}", name = "B" }},
]
"""


def test_inline_layouts_are_changed_too(path: Path) -> None:
    path.write_text(INLINE)
    append_feeds(path, [Subscription(C)])
    change_feed(path, B, name="New", folder="F")
    remove_feed(path, A)
    set_view(path, "b", "c")
    set_option(path, "theme.name", "dusk")
    set_option(path, "theme.glyphs", "ascii")
    config = load(path)
    assert config.problems == ()
    assert config.feeds == (Subscription(B, name="New", folder="F"), Subscription(C))
    assert dict(config.views) == {"Grid": "grid", "b": "c"}
    assert (config.theme.name, config.theme.glyphs) == ("dusk", "ascii")
    assert "# why" in path.read_text()


@pytest.mark.parametrize(
    ("text", "change", "reason"),
    [
        ("views = 3\n", lambda p: set_view(p, "a", "b"), "views should be a table with the head [views]"),
        ("[feeds]\nurl = 'x'\n", lambda p: append_feeds(p, [Subscription(A)]), "[feeds] should be [[feeds]]"),
        (
            f"feeds = []\nx = {'[' * 300}{']' * 300}\n",
            lambda p: append_feeds(p, [Subscription(A)]),
            "its layout does not allow this change (",
        ),
        (
            "x = nan\n",
            lambda p: append_feeds(p, [Subscription(A)]),
            "its layout does not allow this change without damage; make it by hand",
        ),
    ],
)
def test_a_layout_that_would_be_damaged_is_left_alone(
    path: Path, text: str, change: Callable[[Path], object], reason: str
) -> None:
    path.write_text(text)
    with pytest.raises(ConfigError) as error:
        change(path)
    assert str(error.value).startswith(f"{path} is left as it is: {reason}")
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (TEXT.encode() + b"[theme\n", "line 22: expected ']'"),
        (b'a = """', "line 1: unterminated string"),
        (b"a = 1\nb = '\xff'\n", "line 2: not UTF-8"),
    ],
)
def test_a_file_that_is_not_understood_is_never_rewritten(path: Path, body: bytes, place: str) -> None:
    path.write_bytes(body)
    with pytest.raises(ConfigError, match="so it is left as it is") as error:
        append_feeds(path, [Subscription(C)])
    assert str(error.value).startswith(f"{path}, {place}")
    assert path.read_bytes() == body


def test_a_feed_that_is_none_is_left_alone(path: Path) -> None:
    text = "feeds = [3, { name = 'n' }, { url = 4 }, { url = 'gopher://x' }]\n"
    path.write_text(text)
    with pytest.raises(ConfigError, match="there is no feed"):
        remove_feed(path, A)
    assert path.read_text() == text


# --- files -----------------------------------------------------------------------------------------


def test_the_mode_of_the_file_is_kept(path: Path) -> None:
    path.chmod(0o640)
    remove_feed(path, A)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_symbolic_link_stays_one(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "termnews.toml"
    link.parent.mkdir()
    link.symlink_to(path)
    append_feeds(link, [Subscription(C)])
    assert link.is_symlink() and urls(path) == [A, B, C]
    assert list(link.parent.iterdir()) == [link]


def test_a_full_disk_is_said_and_leaves_the_file_as_it_was(path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(ConfigError, match=r"termnews.toml cannot be written \(File too large\)"):
            append_feeds(path, [Subscription(C)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_text() == TEXT
    assert sorted(os.listdir(path.parent)) == [".termnews.toml.lock", "termnews.toml"]


def test_a_character_no_file_can_hold_is_said(path: Path) -> None:
    with pytest.raises(ConfigError, match="a character cannot be written as UTF-8"):
        set_view(path, "x", "\ud800")
    assert path.read_text() == TEXT


def test_a_folder_in_place_of_the_lock_is_said(path: Path) -> None:
    path.with_name(".termnews.toml.lock").mkdir()
    with pytest.raises(ConfigError, match=r"cannot be written \(Is a directory\)"):
        remove_feed(path, A)


def _append_many(path: Path, name: str) -> None:
    for number in range(25):
        append_feeds(path, [Subscription(f"https://{name}{number}.org/")])


def test_two_writers_lose_nothing(path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_append_many, args=(path, name)) for name in ("x", "y")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    expected = {f"https://{name}{number}.org/" for name in "xy" for number in range(25)}
    assert set(urls(path)) == {A, B} | expected


# --- any text ----------------------------------------------------------------------------------------

LINE = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
FEED = st.builds(
    Subscription,
    url=st.integers(0, 5).map(lambda n: f"https://{n}.org/"),
    name=st.just("") | st.sampled_from(["Ünï", 'a "b" \\', "#", "[[feeds]]", "'''", '"""']),
    region=st.sampled_from(["", "TJ"]),
    refresh_minutes=st.none() | st.integers(0, 99),
    paused=st.booleans(),
    headers=st.dictionaries(st.sampled_from(["X-A", "Y.B"]), st.sampled_from(["", 'v"']), max_size=2),
)
PARTS = st.lists(
    st.sampled_from(
        [
            "# loose", "", "[views]\n# in views\nGrid = 'g' # why", "[theme] # t\nname = '''n'''",
            '[[feeds]]\nurl = "https://0.org/" # zero\n# inside\nname = """a\n[[feeds]]\n"""',
            "[[feeds]]\nurl = 'https://1.org/'\n[feeds.headers] # h\nX-A = 'k'\n# after headers",
            "[open]\nbrowser = [\n  'x', # ]\n  '{url}',\n]", "[keys]\nnext = ['j']",
        ]
    ),
    max_size=6,
    unique=True,
).map("\n".join)  # fmt: skip


def _comments(text: str) -> set[str]:
    return {line[line.index("#") :] for line in text.splitlines() if "# " in line}


@given(
    text=PARTS,
    feeds=st.lists(FEED, max_size=5),
    name=LINE.filter(str.strip),
    query=LINE,
    gone=st.integers(0, 5),
)
def test_what_was_changed_is_read_back_and_the_rest_stays(
    tmp_path_factory: pytest.TempPathFactory,
    text: str,
    feeds: list[Subscription],
    name: str,
    query: str,
    gone: int,
) -> None:
    path = tmp_path_factory.getbasetemp() / "edited.toml"
    path.write_text(text, encoding="utf-8")
    before = load(path)
    expected = {feed.url: feed for feed in (*before.feeds, *reversed(feeds))}
    expected |= {feed.url: feed for feed in (*reversed(feeds), *before.feeds)}
    append_feeds(path, feeds)
    set_view(path, name, query)
    set_option(path, "per_host", 7)
    after = load(path)
    assert {feed.url: feed for feed in after.feeds} == expected
    assert _comments(text) <= _comments(path.read_text(encoding="utf-8"))
    assert tomllib.loads(path.read_text(encoding="utf-8"))["views"][name] == query
    assert (after.per_host, after.theme, after.open, after.keys) == (
        7,
        before.theme,
        before.open,
        before.keys,
    )
    if f"https://{gone}.org/" in expected:
        remove_feed(path, f"https://{gone}.org/")
        assert f"https://{gone}.org/" not in {feed.url for feed in load(path).feeds}
        assert len(load(path).feeds) == len(expected) - 1
