"""What another reader kept is here after an import, as it was, and a second import changes nothing."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from termnews import config
from termnews.__main__ import main
from termnews.coming.newsboat_urls import read_urls
from termnews.library import Library
from termnews.library.elsewhere import Elsewhere, newsboat
from termnews.opml import read_opml
from tests.cli.conftest import ITEMS, rss
from tests.site import Site

NEWSBOAT = shutil.which("newsboat")
_SCHEMA = """
CREATE TABLE rss_feed (rssurl, url, title);
CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid, title, author, url, feedurl, pubDate, content, unread,
    enclosure_url, enclosure_type, flags, deleted, base);
"""


def counts(home: Path) -> list[tuple[str, int, int, int]]:
    library = Library(config.load(home / "termnews.toml"))
    try:
        return [(f.url, f.count.total, f.count.unread, f.count.starred) for f in library.feeds()]
    finally:
        library.close()


def run(home: Path, *arguments: str) -> int:
    return main(["--config", str(home / "termnews.toml"), *arguments])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "termnews.toml").write_text('data_dir = "cache"\n')
    return tmp_path


@pytest.fixture
def site() -> Iterator[Site]:
    opened = Site()
    yield opened
    opened.close()


def cache(home: Path, rows: list[tuple[object, ...]]) -> Path:
    """Make a cache.db of rows: guid, title, link, feed, unread, flags, deleted."""
    path = home / "cache.db"
    conn = sqlite3.connect(path)
    conn.executescript(_SCHEMA)
    conn.execute("INSERT INTO rss_feed VALUES ('https://a.example/f', '', 'Their \x1b title')")
    conn.executemany(
        "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, flags, deleted)"
        " VALUES (?, ?, '', ?, ?, 1700000000, '<p>Text</p>', ?, ?, ?)",
        rows,
    )
    conn.commit()
    conn.close()
    return path


def test_articles_of_a_cache_come_with_their_state(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed = "https://a.example/f"
    (home / "urls").write_text(f'{feed} "~Mine" news\n"exec:~/bin/x --all"\n')
    path = cache(
        home,
        [
            ("1", "One \x1b]0;evil\x07", "https://a.example/1", feed, 1, "", 0),
            ("https://a.example/21700000000", "Two", "https://a.example/2", feed, 0, "ab", 0),
            ("3", "Three", "https://a.example/3", feed, 0, "", 1),
            ("4", "Four", "https://b.example/4", "https://b.example/gone", 0, "a", 0),
            ("5", "Five", "https://b.example/5", "https://b.example/gone", 0, "", 0),
            ("6", "Six", "https://b.example/6", "https://b.example/gone", 0, "", 1),
        ],
    )
    assert run(home, "import", str(home / "urls")) == 0
    before = (home / "termnews.toml").read_text()
    assert run(home, "import", str(path)) == 0
    expected = [(feed, 2, 1, 1), ("exec:~/bin/x --all", 0, 0, 0)]
    assert counts(home) == expected
    said = capsys.readouterr().err
    assert "https://b.example/gone: 2 articles, 1 of them flagged: the feed is not followed" in said
    assert run(home, "import", str(home / "urls")) == run(home, "import", str(path)) == 0
    assert (
        "0 articles added, 2 were there already; 0 marked read, 0 starred, 0 deleted"
        in capsys.readouterr().err
    )
    assert (counts(home), (home / "termnews.toml").read_text()) == (expected, before)
    library = Library(config.load(home / "termnews.toml"))
    entries = {library.article(number).entry.guid for number in library.ids(library.query(""))}
    assert entries == {"1", "https://a.example/2"}
    assert [feed.subscription.paused for feed in library.feeds()] == [False, True]
    library.close()


def test_what_was_changed_here_since_stays(home: Path) -> None:
    feed = "https://a.example/f"
    (home / "urls").write_text(feed)
    path = cache(home, [(str(n), f"T{n}", f"https://a.example/{n}", feed, n == 3, "a", 0) for n in (1, 2, 3)])
    assert run(home, "import", str(home / "urls")) == run(home, "import", str(path)) == 0
    assert run(home, "export", "state", str(home / "state.json")) == 0
    assert counts(home) == [(feed, 3, 1, 3)]
    assert run(home, "mark", "unread", "1") == run(home, "mark", "unstar", "1") == 0
    conn = sqlite3.connect(path)
    conn.execute("UPDATE rss_item SET unread = 0")  # newsboat goes on, too
    conn.commit()
    conn.close()
    for each in (path, home / "state.json", path, home / "state.json"):
        assert run(home, "import", str(each)) == 0
    assert counts(home) == [(feed, 3, 1, 2)]


def test_the_files_of_newsboat_are_found_where_it_keeps_them(tmp_path: Path) -> None:
    old, new, data = tmp_path / ".newsboat", tmp_path / "c" / "newsboat", tmp_path / "d" / "newsboat"
    places = {"XDG_CONFIG_HOME": str(tmp_path / "c"), "XDG_DATA_HOME": str(tmp_path / "d")}
    assert newsboat(tmp_path, {}) is None
    for folder in (old, new, data):
        folder.mkdir(parents=True)
    (old / "urls").write_text("https://a.example/f\nhttps://b.example/f\n")
    (old / "config").write_text("")
    assert newsboat(tmp_path, places) == Elsewhere((old / "urls", old / "config"), 2)
    (data / "cache.db").touch()
    (new / "urls").write_text("# none yet\n")
    assert newsboat(tmp_path, places) == Elsewhere((old / "urls", old / "config"), 2)
    (new / "urls").write_text("https://a.example/f\n")
    assert newsboat(tmp_path, places) == Elsewhere((new / "urls", data / "cache.db"), 1)


def test_an_import_says_how_far_it_is_and_what_came_as_json(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = "https://a.example/f"
    (home / "urls").write_text(f"{feed}\nftp://b.example/\n")
    path = cache(home, [(str(n), f"T{n}", f"https://a.example/{n}", feed, 0, "", 0) for n in range(501)])
    for name in ("urls", "cache.db", "none"):
        assert run(home, "import", "--json", str(home / name)) == (name == "none")
    urls, *steps, came, failed = map(json.loads, capsys.readouterr().out.splitlines())
    assert (urls["kind"], urls["feeds"], urls["error"]) == ("urls", 1, None)
    assert urls["left_out"] == ["line 2: ftp://b.example/: no address a feed can be fetched from"]
    assert [(each["done"], each["of"]) for each in steps] == [(0, 501), (500, 501)]
    assert (came["kind"], came["articles"], came["read"]) == ("cache", 501, 501)
    assert "none cannot be read: No such file" in failed["error"] and path.exists()


def test_a_file_that_is_no_cache_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sqlite3.connect(home / "other.db").execute("CREATE TABLE x (y)").connection.close()
    assert run(home, "import", str(home / "other.db")) == 1
    assert "is no cache of newsboat" in capsys.readouterr().err


def test_what_a_damaged_cache_still_holds_comes_with_its_marks(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = "https://a.example/f"
    (home / "urls").write_text(feed)
    path = cache(home, [(str(n), "x" * 900, f"https://a.example/{n}", feed, 0, "a", 0) for n in range(1000)])
    body = bytearray(path.read_bytes())
    body[len(body) // 2 : len(body) // 2 + 40_000] = b"\xff" * 40_000
    path.write_bytes(body)
    assert run(home, "import", str(home / "urls")) == 0
    assert run(home, "import", str(path)) == 1
    assert "cannot be read whole" in capsys.readouterr().err
    ((_, total, unread, starred),) = counts(home)
    assert 900 < total < 1000 and (unread, starred) == (0, total)


def test_a_cache_newsboat_writes_to_is_said_to_be_in_use(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = cache(home, [])
    monkeypatch.setattr("termnews.store.newsboat._PATIENCE", 0)
    conn = sqlite3.connect(path)
    conn.execute("BEGIN EXCLUSIVE")
    assert run(home, "import", str(path)) == 1
    assert f"{path} is in use; end newsboat, then import it again" in capsys.readouterr().err
    conn.close()


def test_settings_of_newsboat_stand_beside_what_was_written(home: Path) -> None:
    (home / "config").write_text("reload-time 30\nmax-items 100\nbind-key ^R reload-all\nunbind-key R\n")
    (home / "urls").write_text('https://a.example/f\n"query:New:unread = \\"yes\\""\n')
    (home / "termnews.toml").write_text('data_dir = "cache"\nrefresh_minutes = 7\n')
    for _ in range(2):
        assert run(home, "import", str(home / "config")) == run(home, "import", str(home / "urls")) == 0
        settings = config.load(home / "termnews.toml")
        assert (settings.refresh_minutes, settings.keep_articles) == (7, 100)
        assert dict(settings.views) == {"New": "is:unread"}
        assert (settings.preset, settings.keys["refresh-all"]) == ("newsboat", ("ctrl+r",))
        assert settings.problems == ()


def test_filters_of_a_config_stand_as_rules_and_come_once(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "config").write_text('ignore-article "*" "title =~ \\"sponsor\\""\nmacro x open\n')
    (home / "termnews.toml").write_text('data_dir = "cache"\n\n[rules]  # mine\n"a" = "star"  # and this\n')
    for _ in range(2):
        assert run(home, "import", str(home / "config")) == 0
        text = (home / "termnews.toml").read_text()
        assert text.endswith('[rules]  # mine\n"a" = "star"  # and this\n"title:sponsor*" = "mute"\n')
        assert config.load(home / "termnews.toml").problems == ()
    said = capsys.readouterr().err
    assert said.count('written to termnews.toml: rules."title:sponsor*" = "mute"\n') == 1
    assert said.count(f"termnews: {home / 'config'}, line 2: macro x open: termnews has no macros") == 2


def test_articles_newsboat_ignored_come_in_muted(home: Path) -> None:
    feed = "https://a.example/f"
    (home / "config").write_text('ignore-article "*" "title =~ \\"sponsor\\""\n')
    (home / "urls").write_text(feed)
    path = cache(
        home, [(n, f"{n} of it", f"https://a.example/{n}", feed, 1, "", 0) for n in ("Sponsor", "News")]
    )
    for name in ("urls", "config", path.name):
        assert run(home, "import", str(home / name)) == 0
    assert counts(home) == [(feed, 1, 1, 0)]
    (home / "termnews.toml").write_text(f'data_dir = "cache"\n[[feeds]]\nurl = "{feed}"\n')
    assert run(home, "feeds") == 0
    assert counts(home) == [(feed, 2, 2, 0)]


def test_a_file_of_query_feeds_alone_may_come_twice(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "urls").write_text('"query:New:unread = \\"yes\\""\n')
    assert run(home, "import", str(home / "urls")) == run(home, "import", str(home / "urls")) == 0
    assert "0 feeds added, 0 followed already, 1 view" in capsys.readouterr().err


def test_a_file_without_feeds_names_the_lines_that_were_none(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "urls").write_text("ftp://a.example/\n")
    assert run(home, "import", str(home / "urls")) == 1
    said = capsys.readouterr().err
    assert f"{home / 'urls'}, line 1: ftp://a.example/: no address" in said and "no feeds were found" in said


def test_a_folder_is_answered_with_the_files_in_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "urls").touch()
    (home / "cache.db").touch()
    (home / "none").mkdir()
    assert run(home, "import", str(home)) == run(home, "import", str(home / "none")) == 1
    said = capsys.readouterr().err
    assert f"{home} is a folder; import these, one after the other: urls, cache.db" in said
    assert "none is a folder; name a file in it" in said


def test_a_file_of_another_kind_is_not_told_line_by_line(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "urls").write_text("ftp://a.example/\n" * 100)
    assert run(home, "import", "--from", "newsboat", str(home / "urls")) == 1
    assert len(capsys.readouterr().err.splitlines()) == 6
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"ftp://a.example/\n")))
    assert run(home, "import", "--from", "newsboat", "-") == 1
    assert "termnews: standard input, line 1: ftp://a.example/: no address" in capsys.readouterr().err


def test_state_goes_to_another_termnews(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    feed = "https://a.example/f"
    (home / "urls").write_text(feed)
    path = cache(
        home, [(str(n), f"T{n}", f"https://a.example/{n}", feed, n > 1, "x" * (n == 2), 0) for n in (1, 2, 3)]
    )
    assert run(home, "import", str(home / "urls")) == run(home, "import", str(path)) == 0
    assert run(home, "export", "state", str(home / "state.json")) == 0
    assert run(home, "export", "state", str(home / "state.json")) == 1
    there = tmp_path_factory.mktemp("there")
    (there / "termnews.toml").write_text('data_dir = "cache"\n')
    fresh = cache(there, [(str(n), f"T{n}", f"https://a.example/{n}", feed, 1, "", 0) for n in (1, 2, 3)])
    assert run(there, "import", str(home / "state.json")) == 0  # before the articles
    assert run(there, "import", str(home / "urls")) == run(there, "import", str(fresh)) == 0
    assert counts(there) == counts(home) == [(feed, 3, 2, 1)]
    assert len([json.loads(line) for line in (home / "state.json").read_text().splitlines()]) == 3


ODD_URLS = r"""
# a comment
https://a.example/x"y"z "~One"
"https://b.example/a"tail
https://c.example/#frag tag#x #comment
https://d.example/ "unterminated tag
"https://e.example/\x\"q" "~A \"title\" # of it"
  https://f.example/ lead
 # indented comment
https://g.example/"q r"	"~Two" "~Three"
"""


@pytest.mark.skipif(NEWSBOAT is None, reason="newsboat is not installed (apt-get install newsboat)")
def test_urls_are_read_as_the_real_newsboat_reads_them(home: Path) -> None:
    assert NEWSBOAT is not None
    (home / "urls").write_text(ODD_URLS)
    names = ("-u", str(home / "urls"), "-c", str(home / "cache.db"), "-C", "/dev/null")
    done = subprocess.run([NEWSBOAT, *names, "-e"], check=True, capture_output=True, timeout=60)
    theirs, _ = read_opml(done.stdout)
    ours = read_urls(ODD_URLS.encode()).feeds
    assert [(each.url, each.name) for each in ours] == [(each.url, each.name) for each in theirs]
    assert len(ours) == 7


@pytest.mark.skipif(NEWSBOAT is None, reason="newsboat is not installed (apt-get install newsboat)")
def test_round_trip_with_the_real_newsboat(home: Path, site: Site) -> None:
    assert NEWSBOAT is not None
    for name in "abc":  # newsboat takes one id for one article, whatever its feed
        items = tuple((f"{name}{guid}", *rest) for guid, *rest in ITEMS)
        site.pages[f"/{name}.xml"] = 200, rss(items)
    urls = [f"{site.url}/{name}.xml" for name in "abc"]
    (home / "urls").write_text(
        f'{urls[0]} "~Pamir" local news\n{urls[1]} "!"\n{urls[2]} local\n'
        '"query:Local:tags # \\"local\\" and unread = \\"yes\\""\n'
    )
    (home / "config").write_text("reload-time 30\n")
    names = ("-u", str(home / "urls"), "-c", str(home / "cache.db"), "-C", str(home / "config"))
    subprocess.run([NEWSBOAT, *names, "-x", "reload"], check=True, capture_output=True, timeout=60)
    conn = sqlite3.connect(home / "cache.db")
    conn.execute("UPDATE rss_item SET unread = 0 WHERE guid = 'a1' OR guid = 'c1' OR feedurl = ?", (urls[1],))
    conn.execute("UPDATE rss_item SET flags = 'ab' WHERE guid IN ('a2', 'c2')")
    conn.execute("UPDATE rss_item SET deleted = 1 WHERE guid = 'c3'")
    conn.commit()
    asked = """
        SELECT feedurl, count(*), sum(unread), sum(coalesce(flags, '') <> '') FROM rss_item WHERE deleted = 0
        GROUP BY feedurl ORDER BY feedurl
    """
    kept = conn.execute(asked).fetchall()
    conn.close()
    assert kept == [(urls[0], 3, 2, 1), (urls[1], 3, 0, 0), (urls[2], 2, 1, 1)]
    for name in ("urls", "config", "cache.db", "urls", "config", "cache.db"):
        assert run(home, "import", str(home / name)) == 0
    assert counts(home) == kept
    settings = config.load(home / "termnews.toml")
    assert [(each.name, each.folder) for each in settings.feeds] == [
        ("Pamir", "local/news"),
        ("", "hidden"),
        ("", "local"),
    ]
    assert dict(settings.views) == {"Local": "folder:local is:unread"}
    assert settings.refresh_minutes == 30
    # The feeds themselves bring nothing new: the identities are the ones a refresh finds.
    assert run(home, "refresh", "--quiet", "--force") == 0
    assert counts(home) == kept
