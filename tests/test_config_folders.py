"""Settings of folders: taken over by feeds and inner folders, overridden by what is nearer."""

from __future__ import annotations

from pathlib import Path

from termnews import config
from termnews.config import Config

TEXT = """\
[folders."World"]
refresh_minutes = 180
full_text = true
paused = true
user_agent = "World/1"
headers = { "X-Key" = "outer", "X-Plan" = "b" }
mute = ["Jordan", "Paris"]

[folders."World/Asia"]
refresh_minutes = 30
headers = { "x-key" = "inner" }
pin = { "Paris" = "US-TX" }

[download]
folders = ["Blogs", "World/Asia"]

[[feeds]]
url = "https://a.example/rss"
folder = "World/Asia"
paused = false
user_agent = ""

[[feeds]]
url = "https://b.example/rss"
folder = "World"
full_text = false
mute = ["Chad"]

[[feeds]]
url = "https://c.example/rss"
folder = "Blogs"

[[feeds]]
url = "https://d.example/rss"
folder = "Blogs"
full_text = false
"""


def load(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "termnews.toml"
    path.write_text(f'data_dir = "{tmp_path}"\n{text}', encoding="utf-8")
    path.chmod(0o600)
    return config.load(path)


def test_the_nearest_says_what_counts(tmp_path: Path) -> None:
    settings = load(tmp_path, TEXT)
    assert settings.problems == ()
    asia, world, blog, plain = settings.feeds
    assert (asia.refresh_minutes, world.refresh_minutes, blog.refresh_minutes) == (30, 180, None)
    assert [each.full_text for each in settings.feeds] == [True, False, True, False]
    assert [each.paused for each in settings.feeds] == [False, True, False, False]
    assert (asia.user_agent, world.user_agent, plain.user_agent) == ("", "World/1", "")
    assert dict(asia.headers) == {"X-Plan": "b", "x-key": "inner"}
    assert (asia.mute, dict(asia.pin)) == (("Jordan",), {"Paris": "US-TX"})
    assert world.mute == ("Jordan", "Paris", "Chad")
    # The copy beside the cache tells the same: this one holds no headers.
    open_text = TEXT.replace("headers", "#headers")
    read = load(tmp_path, open_text)
    assert config.load(read.path) == read and read.feeds[1].paused


def test_what_is_wrong_is_said_and_costs_nothing_else(tmp_path: Path) -> None:
    text = TEXT.replace(
        "refresh_minutes = 30", 'refresh_minute = 30\nproxy = 3\npin = { "X" = "Nowhereland" }'
    )
    text = text.replace('pin = { "Paris" = "US-TX" }\n', "").replace('"World"]', '"Worl"]')
    settings = load(tmp_path, f"folders.Flat = 3\n{text}")
    said = "\n".join(settings.problems)
    assert 'line 2: Flat must be a table with the head [folders."Flat"]; it is left out' in said
    assert 'line 12: unknown key "refresh_minute", did you mean "refresh_minutes"? (ignored)' in said
    assert "line 13: proxy must be an address" in said
    assert 'line 14: pin "X"' in said
    assert 'line 3: no feed stands in the folder "Worl", did you mean "World"?' in said
    assert len(settings.problems) == 5
    assert settings.feeds[0].full_text and settings.feeds[1].refresh_minutes is None


def test_a_feed_says_so_where_it_differs_from_its_folder(tmp_path: Path) -> None:
    settings = load(tmp_path, TEXT)
    url = "https://b.example/rss"
    config.change_feed(settings.path, url, paused=False)
    assert not config.reread(settings).feeds[1].paused
    config.change_feed(settings.path, url, paused=True, full_text=True)
    text = settings.path.read_text()
    changed = config.reread(settings).feeds[1]
    assert changed.paused and changed.full_text
    # What the folder says need not stand there twice.
    assert "paused" not in text.partition(url)[2].partition("[[")[0]
    config.change_feed(settings.path, url, folder="Blogs", paused=False)
    assert not config.reread(settings).feeds[1].paused
    assert "paused" not in settings.path.read_text().partition(url)[2].partition("[[")[0]
