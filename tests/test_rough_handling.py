"""The screen in a terminal that is handled roughly: storms of sizes, pastes, mouse, suspended and back."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import rss
from tests.terminal import Terminal

ENTRIES = tuple(
    (str(at), f"Harbour report {at:02}", "Tue, 24 Nov 2026 10:00:00 GMT", "<p>Ships came.</p>" * 30)
    for at in range(40)
)
SIZES = ((20, 5), (120, 40), (1, 1), (200, 50), (40, 10), (99, 19), (100, 30), (60, 20), (160, 24), (80, 24))


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """The screen at 80x24 over forty headlines, all of them already fetched."""
    (tmp_path / "feed.xml").write_text(rss(ENTRIES), encoding="utf-8")
    config = tmp_path / "termnews.toml"
    config.write_text('data_dir = "cache"\n[[feeds]]\nurl = "feed.xml"\n', encoding="utf-8")
    opened = Terminal("--config", str(config))
    opened.wait_for("Harbour report 00")
    yield opened
    try:
        os.kill(opened.pid, signal.SIGKILL)
        os.waitpid(opened.pid, 0)
    except (ProcessLookupError, ChildProcessError):
        pass


def leave(terminal: Terminal) -> None:
    """Leave, and find the terminal as it was."""
    terminal.press("\x11")  # ctrl+q
    assert terminal.status() == 0
    assert not terminal.leftovers()
    assert "Traceback" not in terminal.text()


def test_a_storm_of_sizes(terminal: Terminal) -> None:
    for _ in range(3):
        for columns, rows in SIZES:
            terminal.resize(columns, rows)
            terminal.press("jb")
            terminal.drain()
    terminal.resize(80, 24)
    terminal.press("gg")
    terminal.wait_for("Harbour report 0")
    leave(terminal)


def test_twenty_by_five_says_what_is_needed_and_comes_back(terminal: Terminal) -> None:
    terminal.resize(20, 5)
    terminal.wait_for("termnews")
    terminal.wait_gone("Harbour report")
    terminal.press("jjk/x\x1b:\x1b?\x1bHq")
    terminal.drain()
    terminal.resize(80, 24)
    for _ in range(4):  # whatever the keys opened: nobody can see it at this size
        terminal.press("\x1b")
        terminal.drain()
    terminal.wait_for("Harbour report")
    leave(terminal)


def test_what_is_pasted_into_the_list_does_nothing(terminal: Terminal) -> None:
    terminal.press("\x1b[200~A q m s\rquit\x1b[201~")
    terminal.press("j")
    terminal.wait_for("40 unread")
    assert "Marked" not in terminal.text()
    leave(terminal)


def test_the_wheel_scrolls_and_a_click_moves_the_cursor(terminal: Terminal) -> None:
    for _ in range(12):
        terminal.mouse(65, 30, 10)
    terminal.wait_gone("Harbour report 00")
    for _ in range(12):
        terminal.mouse(64, 30, 10)
    terminal.wait_for("Harbour report 00")
    terminal.wait_for("Harbour report 05")  # a picture comes in pieces
    row = next(at for at, line in enumerate(terminal.screen.display) if "Harbour report 05" in line)
    terminal.mouse(0, 30, row)
    terminal.mouse(0, 30, row, up=True)
    terminal.wait_for("▌● Harbour report 05")
    leave(terminal)


def test_the_mouse_pulls_a_pane_in_a_terminal(terminal: Terminal) -> None:
    terminal.resize(120, 40)
    terminal.wait_for("WORLD")
    terminal.mouse(0, 24, 30)
    for column in range(24, 41):
        terminal.mouse(32, column, 30)
    terminal.mouse(0, 40, 30, up=True)
    terminal.wait_for(" " * 25 + "40 ")  # the count of the sidebar stands at its new edge
    leave(terminal)


def test_suspended_and_back_it_is_drawn_again(terminal: Terminal) -> None:
    terminal.press("j")
    terminal.press("\x1a")  # ctrl+z
    assert terminal.stopped()
    assert not terminal.leftovers()
    terminal.screen.reset()
    terminal.resume()
    terminal.wait_for("Harbour report 05")
    terminal.press("s")
    terminal.wait_for("★")
    leave(terminal)


@pytest.mark.parametrize("keys", ["H", ":", "/x", "w", "V", "?", "f", "b"])
def test_leaving_from_anywhere_leaves_nothing_on(terminal: Terminal, keys: str) -> None:
    terminal.press(keys)
    terminal.drain()
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.status() == 143
    assert not terminal.leftovers()
