"""Commands that hand the article to a program of the user's."""

from __future__ import annotations

from termnews.ui.commands.table import Desk, command


def _can_pipe(desk: Desk) -> bool:
    return desk.headline is not None and desk.can_open("pipe")


def _running(desk: Desk) -> bool:
    return desk.piping.running


@command("|", "Read", when=_can_pipe)
def pipe(desk: Desk) -> None:
    """Pipe the text of the article to a command."""
    desk.open("pipe")


@command("!", "Read", when=_can_pipe)
def run_command(desk: Desk) -> None:
    """Run a command with the article as JSON on its standard input."""
    desk.open("pipe-json")


@command("escape ctrl+x", "Read", when=_running)
def stop_command(desk: Desk) -> None:
    """Stop the command that was started last."""
    desk.piping.stop()
