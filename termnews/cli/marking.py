"""Commands that change state: mark, undo, history."""

from __future__ import annotations

from typing import Final

import click

from termnews import output
from termnews.cli.correcting import retag_kept
from termnews.cli.session import Session, pass_session, say

_CHANGES: Final = {
    "read": {"read": True},
    "unread": {"read": False},
    "star": {"starred": True},
    "unstar": {"starred": False},
}


@click.command()
@click.argument("change", type=click.Choice(list(_CHANGES)))
@click.argument("numbers", type=int, nargs=-1, metavar="[ID]...")
@click.option("--query", "line", metavar="QUERY", help="Mark all articles that match.")
@pass_session
def mark(session: Session, change: str, numbers: tuple[int, ...], line: str | None) -> None:
    """Mark articles, by number or by query; on disk when the command ends with 0."""
    ids = session.chosen(numbers, line)
    action = session.library.mark(ids, **_CHANGES[change], label=line or "")
    say(output.action_line(action))


@click.command()
@click.argument("count", type=click.IntRange(1), default=1, metavar="[N]")
@pass_session
def undo(session: Session, count: int) -> None:
    """Take back the last change of state, or the last N; exactly what was is given back."""
    actions = session.library.undo(count)
    for action in actions:
        say(output.action_line(action))
    if any(action.change in ("mute", "pin") for action in actions):
        retag_kept(session)
    if not actions:
        say("there is nothing to undo")


@click.command()
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="At most N changes."
)
@pass_session
def history(session: Session, limit: int) -> None:
    """Print the last changes of state, newest first."""
    for action in session.library.history(limit):
        print(output.history_line(action))


COMMANDS: Final = (mark, undo, history)
