"""What termnews.toml says becomes a Config, and where things live."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from termnews.config import Config, config_path, ensure_folders, load
from termnews.errors import ConfigError
from termnews.models import Subscription

FULL = """\
data_dir = "cache"
refresh_minutes = 0
min_interval_minutes = 0
concurrency = 3
per_host = 1
timeout_seconds = 2.5
max_body_mb = 1
user_agent_contact = "me@example.org"
allow_private_addresses = true
proxy = "http://localhost:3128"

[[feeds]]
url = "https://example.org/a.xml"
name = "  A\\u202esia  daily "
folder = "Asia"
region = "tj-gb"
refresh_minutes = 15
paused = true
headers = { X-Key = "k" }
username = "u"
password_command = "pass show a"
proxy = "http://p:1"
user_agent = "x/1"

[[feeds]]
url = "HTTPS://example.org/b.xml"

[views]
Grid = "region:TJ grid"

[keys]
preset = "newsboat"
next = ["j", "down"]
toggle-star = "s"
undo = []

[theme]
name = "night"
glyphs = "ascii"

[open]
browser = ["firefox", "{url}"]
"""


@pytest.fixture
def home() -> Path:
    """The home folder of this test."""
    return Path.home()


def load_text(tmp_path: Path, text: str, mode: int = 0o600) -> Config:
    path = tmp_path / "termnews.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return load(path)


# --- values ------------------------------------------------------------------------------------


def test_a_missing_file_gives_the_defaults(home: Path) -> None:
    config = load()
    assert (config.refresh_minutes, config.min_interval_minutes) == (60, 5)
    assert (config.concurrency, config.per_host) == (16, 2)
    assert (config.timeout_seconds, config.max_body_mb) == (20, 10)
    assert (config.user_agent_contact, config.proxy, config.language) == ("", "", "")
    assert (config.allow_private_addresses, config.keep_days, config.keep_articles) == (False, 0, 0)
    assert (config.feeds, dict(config.views), dict(config.keys), config.preset) == ((), {}, {}, "termnews")
    assert (config.theme.name, config.theme.glyphs, config.open.browser) == ("", "plain", ())
    assert (config.problems, config.notes) == ((), ())
    assert config.path == home / ".config/termnews/termnews.toml"


def test_a_named_file_that_is_missing_is_a_problem(tmp_path: Path, home: Path) -> None:
    config = load(tmp_path / "none.toml")
    assert config.problems == (
        f"the configuration {tmp_path}/none.toml does not exist; check its name,"
        f" or begin it with `termnews --config {tmp_path}/none.toml feeds add URL`",
    )
    assert (config.path, config.feeds, config.concurrency) == (tmp_path / "none.toml", (), 16)


def test_the_place_where_the_file_would_be_may_be_named_without_being_there(home: Path) -> None:
    for profile in ("", "p"):
        assert load(config_path(profile=profile), profile).problems == ()
    assert load(config_path(), "p").problems != ()


def test_every_value_arrives(tmp_path: Path) -> None:
    config = load_text(tmp_path, FULL)
    assert (config.problems, config.notes) == ((), ())
    assert (config.refresh_minutes, config.min_interval_minutes) == (0, 0)
    assert (config.concurrency, config.per_host, config.max_body_mb) == (3, 1, 1)
    assert (config.timeout_seconds, config.user_agent_contact) == (2.5, "me@example.org")
    assert (config.allow_private_addresses, config.proxy) == (True, "http://localhost:3128")
    assert config.feeds[0] == Subscription(
        "https://example.org/a.xml",
        name="Asia daily",
        folder="Asia",
        region="TJ-GB",
        refresh_minutes=15,
        paused=True,
        headers={"X-Key": "k"},
        username="u",
        password_command="pass show a",
        proxy="http://p:1",
        user_agent="x/1",
    )
    assert config.feeds[1] == Subscription("HTTPS://example.org/b.xml")
    assert dict(config.views) == {"Grid": "region:TJ grid"}
    assert (config.preset, dict(config.keys)) == (
        "newsboat",
        {"next": ("j", "down"), "toggle-star": ("s",), "undo": ()},
    )
    assert (config.theme.name, config.theme.glyphs) == ("night", "ascii")
    assert config.open.browser == ("firefox", "{url}")


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "termnews.toml"
    path.write_bytes('\ufeffconcurrency = 3\r\n[[feeds]]\r\nurl = "https://a.org/"\r\n'.encode())
    config = load(path)
    assert (config.concurrency, len(config.feeds), config.problems) == (3, 1, ())


def test_rules_are_read_in_their_order_each_as_a_list_of_actions(tmp_path: Path) -> None:
    config = load_text(
        tmp_path,
        '[rules]\n"title:ad" = "Mark Read"\n"region:TJ -ad" = ["star", "tag: To Do", "full text", "star"]',
    )
    assert config.problems == config.notes == ()
    assert list(config.rules.items()) == [
        ("title:ad", ("read",)),
        ("region:TJ -ad", ("star", "tag:to do", "full_text")),
    ]


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ('"title:ad" = "stra"', 'rule "title:ad": there is no action "stra", did you mean "star"?'),
        (
            '"title:ad" = ["star", "explode"]',
            "an action is mute, read, star, highlight, notify, full_text or tag:NAME",
        ),
        ('"title:ad" = "tag:"', "tag: is followed by a name of 1 to 60 characters"),
        ('"title:ad" = []', "it says nothing to do"),
        ('"title:ad" = 3', "title:ad must be an action in quotes"),
        ('"is:blue" = "star"', "is:blue means nothing"),
        ('"regoin:TJ" = "mute"', 'did you mean "region"'),
        ('"x OR -(y region:Nowhereland)" = "mute"', "Nowhereland"),
        ('"sort:title" = "mute"', "asks for nothing"),
    ],
)
def test_a_rule_that_is_not_understood_is_named_and_left_out(
    tmp_path: Path, written: str, complaint: str
) -> None:
    config = load_text(tmp_path, f'[rules]\n"grid" = "star"\n{written}\n')
    (problem,) = config.problems
    assert complaint in problem
    assert "termnews.toml, line 3: " in problem
    assert dict(config.rules) == {"grid": ("star",)}


# --- feed addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("feeds/a.xml", "{folder}/feeds/a.xml"),
        ("../a.xml", "{parent}/a.xml"),
        ("/abs/a.xml", "/abs/a.xml"),
        ("~/a.xml", "{home}/a.xml"),
        ("file:///abs/a.xml", "file:///abs/a.xml"),
        ("  https://a.org/f ", "https://a.org/f"),
    ],
)
def test_paths_become_absolute_from_the_config_folder(
    tmp_path: Path, home: Path, written: str, address: str
) -> None:
    config = load_text(tmp_path, f'[[feeds]]\nurl = "{written}"')
    assert config.feeds[0].url == address.format(folder=tmp_path, parent=tmp_path.parent, home=home)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('url = "gopher://a.org"', "line 2: a feed is left out: its address begins with gopher:"),
        ('url = "https:///x"', "line 2: a feed is left out: its address names no host"),
        ('url = "http://[x"', "line 2: a feed is left out: its address cannot be read"),
        ('url = "~nobody-here/x"', "line 2: a feed is left out: its address ~nobody-here/x names a home"),
        ('url = ""', "line 2: a feed is left out: its address is missing"),
        ('name = "x"', "line 1: a feed is left out: its address is missing"),
        ("url = 3", "line 2: url must be an address in quotes, not 3"),
    ],
)
def test_a_feed_without_a_usable_address_is_named_and_the_others_stay(
    tmp_path: Path, line: str, reason: str
) -> None:
    config = load_text(tmp_path, f'[[feeds]]\n{line}\n[[feeds]]\nurl = "https://a.org/"')
    assert [feed.url for feed in config.feeds] == ["https://a.org/"]
    assert len(config.problems) == 1 and reason in config.problems[0]


def test_a_feed_that_stands_twice_is_named_without_its_password(tmp_path: Path) -> None:
    feed = '[[feeds]]\nurl = "https://u:secret@a.org/"\nname = "{}"\n'
    config = load_text(tmp_path, feed.format(1) + feed.format(2))
    assert [feed.name for feed in config.feeds] == ["1"]
    assert len(config.problems) == 1
    assert "line 4: the feed https://a.org/ stands above already" in config.problems[0]


# --- where things live -----------------------------------------------------------------------------


def test_the_platform_folders_are_the_default(home: Path) -> None:
    config = load()
    assert config.path == home / ".config/termnews/termnews.toml"
    assert config.store_path == home / ".local/share/termnews/termnews.db"
    assert config.log_path == home / ".local/share/termnews/termnews.log"


def test_a_profile_has_files_of_its_own(home: Path) -> None:
    config = load(profile="work_2-b")
    assert config.profile == "work_2-b"
    assert config.path == home / ".config/termnews/profiles/work_2-b/termnews.toml"
    assert config.data_dir == home / ".local/share/termnews/profiles/work_2-b"


@pytest.mark.parametrize("name", ["../x", "a b", "a/b", "é", "a\n", "x" * 65])
def test_a_profile_name_that_could_leave_its_folder_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match="name of a profile"):
        load(profile=name)


def test_the_plainest_word_about_the_path_wins(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERMNEWS_CONFIG", "~/env.toml")
    assert config_path() == home / "env.toml"
    assert config_path(profile="p") == home / ".config/termnews/profiles/p/termnews.toml"
    assert config_path(Path("given.toml"), "p") == tmp_path / "given.toml"
    monkeypatch.setenv("TERMNEWS_CONFIG", "")
    assert config_path() == home / ".config/termnews/termnews.toml"


def test_a_given_file_keeps_the_cache_of_the_profile(tmp_path: Path, home: Path) -> None:
    config = load(tmp_path / "x.toml", "p")
    assert config.data_dir == home / ".local/share/termnews/profiles/p"


@pytest.mark.parametrize(
    ("written", "folder"), [("cache", "{base}/cache"), ("~/n", "{home}/n"), ("/d", "/d")]
)
def test_the_data_folder_is_taken_from_the_config_folder(
    tmp_path: Path, home: Path, written: str, folder: str
) -> None:
    config = load_text(tmp_path, f'data_dir = "{written}"')
    assert config.data_dir == Path(folder.format(base=tmp_path, home=home))


def test_a_data_folder_of_nobody_is_named_and_the_default_used(tmp_path: Path, home: Path) -> None:
    config = load_text(tmp_path, '\ndata_dir = "~nobody-here/x"')
    assert config.data_dir == home / ".local/share/termnews"
    assert "line 2: data_dir ~nobody-here/x names a home folder" in config.problems[0]


def test_new_folders_are_the_owners_alone(tmp_path: Path) -> None:
    config = load_text(tmp_path, 'data_dir = "a/b"')
    ensure_folders(config)
    ensure_folders(config)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("a", "a/b")] == [0o700, 0o700]


def test_a_folder_that_exists_is_left_as_it_is(tmp_path: Path) -> None:
    config = load_text(tmp_path, 'data_dir = "a"')
    config.data_dir.mkdir(mode=0o755)
    ensure_folders(config)
    assert config.data_dir.stat().st_mode & 0o777 == 0o755


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    config = load_text(tmp_path, 'data_dir = "file/b"')
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match=r"file/b cannot be made \(File exists\); make it yourself"):
        ensure_folders(config)


# --- who may read it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        '[[feeds]]\nurl = "https://u:secret@a.org/"',
        '[[feeds]]\nurl = "https://a.org/"\nheaders = { X-Key = "secret" }',
        '[[feeds]]\nurl = "https://a.org/"\nproxy = "http://u:secret@p/"',
        'proxy = "http://u:secret@[p/"',
    ],
)
def test_credentials_that_others_can_read_are_said_once(tmp_path: Path, text: str) -> None:
    config = load_text(tmp_path, text, mode=0o640)
    path = tmp_path / "termnews.toml"
    assert config.problems == (
        f"{path} holds credentials and can be read by others; run: chmod 600 '{path}'",
    )
    assert load_text(tmp_path, text, mode=0o600).problems == ()


def test_a_file_without_credentials_may_be_read_by_all(tmp_path: Path) -> None:
    assert load_text(tmp_path, '[[feeds]]\nurl = "https://a.org/me@home"', mode=0o644).problems == ()


def test_a_folder_in_place_of_the_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot be read \(Is a directory\)"):
        load(tmp_path)


def test_reading_loads_neither_the_writer_nor_the_screen() -> None:
    heavy = "{'tomlkit', 'textual', 'httpx'}"
    code = f"import sys, termnews.config as c; c.load(); print({heavy} & set(sys.modules))"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    assert run.stdout == "set()\n"
