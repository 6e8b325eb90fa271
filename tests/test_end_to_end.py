"""The program as its users run it: processes, signals, pipes and a real terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.cli.conftest import rss
from tests.terminal import COMMAND, Terminal


@pytest.fixture
def config(tmp_path: Path, httpserver: HTTPServer) -> Path:
    """A configuration that follows five feeds of a loopback server which knows its validators."""

    def serve(request: Request) -> Response:
        tag = f'"{request.path}"'
        if request.headers.get("If-None-Match") == tag:
            return Response(status=304)
        return Response(rss(), content_type="application/rss+xml", headers={"ETag": tag})

    feeds = ""
    for number in range(5):
        httpserver.expect_request(f"/f{number}.xml").respond_with_handler(serve)
        feeds += f'[[feeds]]\nurl = "{httpserver.url_for(f"/f{number}.xml")}"\nname = "Feed {number}"\n'
    path = tmp_path / "termnews.toml"
    path.write_text(f'data_dir = "cache"\nrefresh_minutes = 0\n{feeds}', encoding="utf-8")
    return path


def run(config: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [*COMMAND, "--config", str(config), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_first_refresh_stores_and_the_second_asks_only_whether_anything_changed(config: Path) -> None:
    first = run(config, "refresh", "--json")
    assert first.returncode == 0
    assert sum(json.loads(line)["new"] for line in first.stdout.splitlines()) == 15
    second = [json.loads(line) for line in run(config, "refresh", "--json").stdout.splitlines()]
    assert [(each["http"], each["status"], each["new"]) for each in second] == [(304, "not_modified", 0)] * 5


def test_what_a_command_acknowledged_survives_a_kill(config: Path) -> None:
    run(config, "refresh")
    number = run(config, "list", "--tsv", "--limit", "1").stdout.split("\t")[0]
    program = (
        "import os, signal; from termnews.__main__ import main\n"
        f"assert main(['--config', {str(config)!r}, 'mark', 'star', {number!r}]) == 0\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL
    starred = run(config, "list", "--tsv", "is:starred").stdout
    assert starred.split("\t")[0] == number
    assert run(config, "cache", "check").returncode == 0


def test_piped_output_carries_no_control_characters(config: Path) -> None:
    run(config, "refresh")
    for arguments in (
        ["list"],
        ["list", "--tsv"],
        ["list", "--json"],
        ["show", "1"],
        ["show", "1", "--as", "html"],
    ):
        assert not set(run(config, *arguments).stdout) & {"\x1b", "\x07", "\x9b"}


def test_a_reader_that_leaves_is_no_error(config: Path) -> None:
    run(config, "refresh")
    command = [*COMMAND, "--config", str(config), "list", "--json"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    assert child.stderr.read() == b""
    child.stderr.close()
    assert child.wait(60) == 0


def test_an_interrupted_refresh_ends_with_130(config: Path, httpserver: HTTPServer) -> None:
    import threading

    asked, release = threading.Event(), threading.Event()

    def never(request: Request) -> Response:
        asked.set()
        release.wait(30)
        return Response(status=500)

    httpserver.expect_request("/slow.xml").respond_with_handler(never)
    with config.open("a") as file:
        file.write(f'[[feeds]]\nurl = "{httpserver.url_for("/slow.xml")}"\n')
    command = [*COMMAND, "--config", str(config), "refresh", "--quiet"]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        assert asked.wait(30)
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=30)
    finally:
        release.set()
    assert child.returncode == 130
    assert b"Traceback" not in said


# --- the screen in a terminal ---------------------------------------------------------------


@pytest.fixture
def terminal(config: Path) -> Iterator[Terminal]:
    """The screen over a cache that is filled, its server gone."""
    run(config, "refresh")
    config.write_text(config.read_text().replace("refresh_minutes = 0", "refresh_minutes = 600"))
    opened = Terminal("--config", str(config))
    yield opened
    try:
        os.kill(opened.pid, signal.SIGKILL)
        os.waitpid(opened.pid, 0)
    except (ProcessLookupError, ChildProcessError):
        pass


def test_the_screen_reads_searches_and_stars_from_the_cache(terminal: Terminal, config: Path) -> None:
    terminal.wait_for("Electricity tariffs rise")
    terminal.press("/")
    terminal.wait_for("everywhere")
    terminal.press("murgab")
    terminal.wait_gone("Electricity tariffs rise")
    terminal.press("\r")
    terminal.wait_for("Earthquake in Murgab")
    terminal.press("s")
    terminal.wait_for("★")
    terminal.press("q")
    assert terminal.status() == 0
    assert not terminal.leftovers()
    assert len(run(config, "list", "--tsv", "is:starred").stdout.splitlines()) == 1


def test_hostile_titles_steer_nothing(terminal: Terminal) -> None:
    terminal.wait_for("Earthquake in Murgab ]0;evil")
    assert b"\x1b]0;evil" not in terminal.raw
    terminal.press("q")
    assert terminal.status() == 0


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_signals_leave_the_terminal_as_it_was(terminal: Terminal, number: int, status: int) -> None:
    terminal.wait_for("Electricity tariffs rise")
    os.kill(terminal.pid, number)
    assert terminal.status() == status
    assert not terminal.leftovers()


def test_the_view_and_cursor_come_back_after_a_restart(terminal: Terminal, config: Path) -> None:
    terminal.wait_for("Electricity tariffs rise")
    terminal.press("1")
    terminal.wait_gone("Unread")
    terminal.press("f")
    terminal.wait_for("Show only starred")
    terminal.press("s")
    terminal.wait_for("Starred")
    terminal.press("q")
    assert terminal.status() == 0
    again = Terminal("--config", str(config))
    again.wait_for("Starred")
    again.press("q")
    assert again.status() == 0


def test_demo_opens_on_sample_news(tmp_path: Path) -> None:
    demo = Terminal("--demo", columns=120, rows=40)
    demo.wait_for("Pamir Post", 60)
    demo.press("?")
    demo.wait_for("Keys and commands")
    demo.press("\x1b")
    demo.wait_gone("Keys and commands")
    demo.press("q")
    assert demo.status() == 0
    assert not demo.leftovers()


def test_a_terminal_that_is_slow_to_name_its_ground_is_followed(config: Path) -> None:
    run(config, "refresh")
    slow = Terminal("--config", str(config))
    slow.wait_match(r"[1-9]\d* unread")
    slow.settle()
    before, ground = slow.text(), slow.screen.buffer[5][40].bg
    assert b"\x1b]11;?" in slow.raw
    slow.press("\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c")
    end = time.monotonic() + 30
    while slow.screen.buffer[5][40].bg == ground:
        assert time.monotonic() < end
        slow.settle()
    assert slow.text() == before
    assert int(ground[:2], 16) < 0x40 < 0xC0 < int(slow.screen.buffer[5][40].bg[:2], 16)
    slow.press("q")
    assert slow.status() == 0
    assert not slow.leftovers()


def test_a_silent_terminal_is_left_as_it_was(config: Path) -> None:
    run(config, "refresh")
    silent = Terminal("--config", str(config))
    before = termios.tcgetattr(silent._fd)
    silent.wait_for("Unread")
    assert termios.tcgetattr(silent._fd) != before
    there = os.dup(silent._fd)
    silent.press("q")
    assert silent.status() == 0
    assert termios.tcgetattr(there) == before
    os.close(there)
