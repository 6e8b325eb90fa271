"""Which face is asked for, the screen's own beginning, and what is said of an error nobody expected."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import termnews
from termnews.__main__ import main, wants_screen
from termnews.library import Library
from termnews.ui import app as screen
from termnews.ui.ground import Told
from termnews.ui.start import refused

HOME = str(Path(termnews.__file__).parents[1])
BREAKS = """
import sys
from termnews.__main__ import main
from termnews.library import Library

def fail(*_, **__):
    raise KeyError("https://me:se@secret@a.example/\\x1b]0;evil\\x07 is\\nodd")

Library.ids = fail
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("arguments", "screen"),
    [
        ([], True),
        (["--demo"], True),
        (["--config", "list"], True),
        (["--config=x", "--profile", "y"], True),
        (["list"], False),
        (["--config", "x", "list"], False),
        (["--help"], False),
        (["--version"], False),
    ],
)
def test_no_command_means_the_screen(arguments: list[str], screen: bool) -> None:
    assert wants_screen(arguments) is screen


def test_a_pipe_is_no_place_for_a_screen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 1
    assert "termnews list" in capsys.readouterr().err


def test_option_without_its_value(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config"]) == 2
    assert "need a value" in capsys.readouterr().err


def test_terminals_that_cannot_show_it() -> None:
    assert refused({"TERM": "xterm"}, True) == ""
    assert "TERM=dumb" in refused({"TERM": "dumb"}, True)
    assert "needs a terminal" in refused({"TERM": "xterm"}, False)


# --- what nobody expected --------------------------------------------------------------------


def run_broken(
    tmp_path: Path, *arguments: str, code: str = BREAKS, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run termnews in a process of its own, in which looking for articles breaks."""
    command = [sys.executable, "-c", code, *arguments]
    known = {**os.environ, "PYTHONPATH": HOME, "HOME": str(tmp_path), **environ}
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=known)


def test_an_error_nobody_expected_is_one_sentence_and_the_log_has_the_rest(tmp_path: Path) -> None:
    config = tmp_path / "termnews.toml"
    config.write_text('data_dir = "new/cache"\n', encoding="utf-8")
    done = run_broken(tmp_path, "--config", str(config), "list")
    log = tmp_path / "new/cache/termnews.log"
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "termnews: something went wrong inside termnews (KeyError: "
        f"'https://a.example/\\x1b]0;evil\\x07 is\\nodd'); {log} says where, please report it\n"
    )
    written = log.read_text(encoding="utf-8")
    assert "Traceback (most recent call last):" in written
    assert "in fail" in written
    assert "secret" not in written
    assert log.stat().st_mode & 0o777 == 0o600


def test_control_characters_of_a_message_reach_neither_terminal_nor_log(tmp_path: Path) -> None:
    config = tmp_path / "termnews.toml"
    config.write_text('data_dir = "cache"\n', encoding="utf-8")
    code = BREAKS.replace("KeyError", "ValueError")
    done = run_broken(tmp_path, f"--config={config}", "list", code=code)
    for text in (done.stderr, (tmp_path / "cache/termnews.log").read_text(encoding="utf-8")):
        assert "https://a.example/]0;evil is" in text
        assert not set(text) & {"\x1b", "\x07"}
    assert done.stderr.count("\n") == 1


def test_the_traceback_is_shown_when_it_is_asked_for(tmp_path: Path) -> None:
    config = tmp_path / "termnews.toml"
    config.write_text('data_dir = "cache"\n', encoding="utf-8")
    done = run_broken(tmp_path, "--config", str(config), "list", TERMNEWS_DEBUG="1")
    assert done.returncode == 1
    assert "Traceback (most recent call last):" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("termnews: something went wrong")


def test_where_no_log_can_be_written_the_sentence_says_how_to_see_more(tmp_path: Path) -> None:
    # The folder it runs in is gone, so not even the configuration can be found.
    gone = tmp_path / "gone"
    gone.mkdir()
    code = f"import os; os.chdir({str(gone)!r}); os.rmdir({str(gone)!r})\n" + BREAKS
    done = run_broken(tmp_path, "--config", "termnews.toml", "list", code=code)
    assert done.returncode == 1
    assert "(FileNotFoundError: " in done.stderr
    assert "TERMNEWS_DEBUG=1 shows where" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_demo_leaves_no_log(tmp_path: Path) -> None:
    done = run_broken(tmp_path, "--demo", "list")
    assert done.returncode == 1
    assert "TERMNEWS_DEBUG=1 shows where" in done.stderr
    assert not list(tmp_path.rglob("*"))


def test_ctrl_c_before_a_face_is_there_is_no_error(tmp_path: Path) -> None:
    code = BREAKS.replace("KeyError", "KeyboardInterrupt").replace(
        "Library.ids = fail", "import termnews.cli\ntermnews.cli.run = fail"
    )
    done = run_broken(tmp_path, "list", code=code)
    assert (done.returncode, done.stderr) == (130, "termnews: interrupted\n")


def test_a_screen_that_breaks_raises_instead_of_drawing_its_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from termnews import config

    def fail(self: object) -> None:
        raise ZeroDivisionError("by zero")

    path = tmp_path / "termnews.toml"
    path.write_text('data_dir = "cache"\n', encoding="utf-8")
    library = Library(config.load(path))
    run = screen.TermnewsApp.run
    monkeypatch.setattr(screen.TermnewsApp, "run", lambda self: run(self, headless=True))
    monkeypatch.setattr(screen.ReaderScreen, "on_mount", fail)
    with pytest.raises(ZeroDivisionError):
        screen.run_screen(library, Told())
    library.close()
    captured = capsys.readouterr()
    assert "ZeroDivisionError" not in captured.out + captured.err
