"""The copy of the configuration beside the cache never differs from what reading the file gives."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from termnews import config
from termnews.config import Config
from termnews.config.kept import NAME
from termnews.config.reading import read

FULL = """\
timeout_seconds = 7.5
refresh_minutes = "soon"
unknown = 1
[[feeds]]
url = "https://example.org/a.xml"
name = "Ведомости"
mute = ["Jordan"]
pin = { "Paris" = "US-TX", "Nowhere" = "no such place" }
paused = true
full_text = true
[[feeds]]
url = "notes/feed.xml"
[views]
"Two days" = "region:TJ since:2d"
[keys]
preset = "newsboat"
next = ["j", "down"]
[theme]
name = "mine"
accessible = true
[regions]
mute = ["Reading"]
pin = { "Georgia" = "GE" }
[rules]
"words" = ["star", "tag:x"]
[open]
browser = ["firefox", "{url}"]
[commands]
mail = ["mail", "-s", "{title}"]
pager = { run = ["less"], terminal = true }
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A full configuration in a home of its own, with a theme, and the folder of its cache."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "cache").mkdir()
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "mine.toml").write_text('ink = "#ffffff"\nwrong = 1\n')
    made = tmp_path / "termnews.toml"
    made.write_text(f'data_dir = "{tmp_path / "cache"}"  # here\n{FULL}', encoding="utf-8")
    return made


def _kept(path: Path) -> Path:
    return path.parent / "cache" / NAME


def _read(path: Path) -> Config:
    """Return what the file says, without any copy."""
    return read(path, path.read_bytes(), "")


def _marked(path: Path) -> None:
    """Change the copy so that one sees whether it was used, and keep its digest right."""
    from hashlib import sha256

    head, _, said = _kept(path).read_bytes().partition(b"\n")
    said = said.replace(b'"concurrency":16', b'"concurrency":99')
    _kept(path).write_bytes(head.split()[0] + f" {sha256(said).hexdigest()}\n".encode() + said)


def _used(path: Path) -> bool:
    return config.load(path).concurrency == 99


def test_the_copy_is_what_the_file_says(path: Path) -> None:
    first = config.load(path)
    assert _kept(path).exists()
    assert first == config.load(path) == _read(path)
    assert (
        len(first.problems) == 4
        and first.rules["words"] == ("star", "tag:x")
        and first.theme.own
        and first.regions.pin
    )
    assert stat.S_IMODE(_kept(path).stat().st_mode) == 0o600
    assert sorted(each.name for each in _kept(path).parent.iterdir()) == [NAME]
    _marked(path)
    assert _used(path)  # or this test would prove nothing


def test_a_changed_file_is_read_whatever_its_size_and_time(path: Path) -> None:
    before, about = config.load(path), path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("7.5", "8.5"), encoding="utf-8")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert path.stat().st_size == about.st_size
    assert (before.timeout_seconds, config.load(path).timeout_seconds) == (7.5, 8.5)


def test_a_changed_theme_or_home_is_followed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.load(path)
    (path.parent / "themes" / "mine.toml").write_text('ink = "#000000"\n')
    assert config.load(path).theme.own[0].colours == {"ink": "#000000"}
    path.write_text(path.read_text(encoding="utf-8").replace("notes/", "~/notes/"), encoding="utf-8")
    config.load(path)
    monkeypatch.setenv("HOME", str(path.parent / "other"))
    assert config.load(path).feeds[1].url == str(path.parent / "other" / "notes" / "feed.xml")


@pytest.mark.parametrize("profile", ["", "work"])
def test_one_copy_is_not_taken_for_another(path: Path, profile: str) -> None:
    config.load(path, "other")
    assert config.load(path, profile).profile == profile


@pytest.mark.parametrize(
    "line",
    ['headers = { "X-Key" = "secret" }', 'username = "me"', 'password_command = "echo secret"',
     'proxy = "http://me:secret@localhost:1"'],
)  # fmt: skip
def test_secrets_are_not_kept(path: Path, line: str) -> None:
    config.load(path)
    text = path.read_text(encoding="utf-8").replace("paused = true", line)
    _kept(path).unlink()
    path.write_text(text, encoding="utf-8")
    assert config.load(path).feeds
    assert not _kept(path).exists()


def test_a_copy_that_is_damaged_or_may_be_anybodys_is_not_used(path: Path) -> None:
    config.load(path)
    _marked(path)
    good = _kept(path).read_bytes()
    for bad in (b"", good[:-9], good.replace(b"99", b"98"), b"\xff\n{}", b"[" * 100_000):
        _kept(path).write_bytes(bad)
        assert config.load(path) == _read(path)
    _kept(path).write_bytes(good)
    assert _used(path)
    _kept(path).chmod(0o622)
    assert not _used(path)
    elsewhere = path.parent / "elsewhere"
    elsewhere.write_bytes(good)
    elsewhere.chmod(0o600)
    _kept(path).unlink()
    _kept(path).symlink_to(elsewhere)
    assert not _used(path)


def test_without_a_place_for_the_copy_nothing_is_different(path: Path) -> None:
    shutil.rmtree(_kept(path).parent)
    assert config.load(path) == _read(path)
    assert not _kept(path).parent.exists()
    _kept(path).parent.write_text("a file")
    assert config.load(path) == _read(path)


def test_a_folder_written_in_another_way_is_found_by_reading(path: Path) -> None:
    folder = path.parent / "cache"
    for line in (f'"data_dir" = "{folder}"', f"data_dir = '''{folder}'''", f'data_dir = "{folder}\\u0061"'):
        path.write_text(f"{line}\n{FULL}", encoding="utf-8")
        assert config.load(path) == config.load(path) == _read(path)
        assert not _kept(path).exists()


def test_the_absence_of_a_file_is_said_each_time(path: Path) -> None:
    (path.parent / "home" / ".local" / "share" / "termnews").mkdir(parents=True)
    missing = path.with_name("missing.toml")
    for _ in range(2):
        assert "does not exist" in config.load(missing).problems[0]
    missing.touch()
    assert not any("does not exist" in each for each in config.load(missing).problems)
