"""Which face is asked for, and the screen's own beginning."""

from __future__ import annotations

import pytest

from termnews.__main__ import main, wants_screen
from termnews.ui.start import refused


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
