"""Whatever termnews makes is its owner's alone, under the most careless umask."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

from tests.cli.conftest import rss
from tests.terminal import COMMAND, Terminal


def test_folders_are_0700_and_files_0600(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(rss(), encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    environ = {**os.environ, "HOME": str(home)}
    for arguments in (
        ["feeds", "add", str(feed)],
        ["refresh", "--force"],
        ["mark", "star", "1"],
        ["export", "opml", str(home / "out.opml")],
        ["cache", "backup", str(home / "backup.db")],
    ):
        command = [*COMMAND, *arguments]
        done = subprocess.run(
            command, env=environ, umask=0, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
    before = os.umask(0), os.environ["HOME"]
    os.environ["HOME"] = str(home)
    try:
        screen = Terminal()
        screen.wait_for("Electricity tariffs rise")
        screen.press("\x11")
        assert screen.status() == 0
    finally:
        os.umask(before[0])
        os.environ["HOME"] = before[1]
    made = {path.relative_to(home): stat.S_IMODE(path.lstat().st_mode) for path in home.rglob("*")}
    assert len(made) > 8
    wrong = {str(path): oct(mode) for path, mode in made.items() if mode not in (0o700, 0o600)}
    assert wrong == {}
