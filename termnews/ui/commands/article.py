"""Commands for the article that is being read: find in it, the length of its lines, where it is handed to."""

from __future__ import annotations

from typing import Final

from termnews.ui.article_pane import MEASURES
from termnews.ui.commands.table import Desk, command
from termnews.wording import tr, trn

_STEP: Final = 4  # cells


def _reading(desk: Desk) -> bool:
    return desk.panes.focus == "article" and desk.panes.showing.article is not None


def _can_find(desk: Desk) -> bool:
    return _reading(desk) and desk.can_open("find")


def _finding(desk: Desk) -> bool:
    return _reading(desk) and bool(desk.panes.article.find.typed)


@command("/ f3", "Read", when=_can_find)
def find(desk: Desk) -> None:
    """Find in the article as you type."""
    desk.open("find")


@command("n", "Read", when=_finding)
def find_next(desk: Desk) -> None:
    """The next place found in the article."""
    desk.panes.article.find.step(1)


@command("N", "Read", when=_finding)
def find_previous(desk: Desk) -> None:
    """The place found before it."""
    desk.panes.article.find.step(-1)


@command("escape", "Read", when=_finding)
def end_find(desk: Desk) -> None:
    """End the find in the article."""
    desk.panes.article.find.drop()


def _in_sight(desk: Desk) -> bool:
    return desk.panes.article.is_on_screen and desk.panes.showing.article is not None


@command("+ =", "Read", when=_in_sight)
def wider(desk: Desk) -> None:
    """Longer lines in the article."""
    pane = desk.panes.article
    if pane.measure < min(pane.room, MEASURES.stop - 1):
        _measure(desk, pane.measure + _STEP)
    else:
        desk.say(tr("Lines are as long as they can be here."))


@command("-", "Read", when=_in_sight)
def narrower(desk: Desk) -> None:
    """Shorter lines in the article."""
    pane = desk.panes.article
    now = min(pane.measure, pane.room)
    if now > MEASURES.start:
        _measure(desk, now - _STEP)
    else:
        desk.say(tr("Lines are as short as they can be."))


def _measure(desk: Desk, cells: int) -> None:
    desk.panes.article.measure = cells
    chosen = desk.panes.article.measure
    desk.say(trn("Lines of up to {n} character.", "Lines of up to {n} characters.", chosen))


@command("P", "Read", when=lambda desk: desk.panes.showing.article is not None)
def pictures(desk: Desk) -> None:
    """Pictures of the article, or only their captions."""
    desk.pictures.turn()


@command("Y", "Read", when=lambda desk: desk.panes.showing.article is not None)
def copy_article(desk: Desk) -> None:
    """Copy the article as Markdown."""
    desk.copy_article()


def _can_pipe(desk: Desk) -> bool:
    return desk.headline is not None and desk.can_open("pipe")


def _at_work(desk: Desk) -> bool:
    return desk.command_at_work


@command("|", "Read", when=_can_pipe)
def pipe(desk: Desk) -> None:
    """Pipe the text of the article to a command."""
    desk.open("pipe")


@command("!", "Read", when=_can_pipe)
def run_command(desk: Desk) -> None:
    """Run a command with the article as JSON on its standard input."""
    desk.open("pipe-json")


@command("escape ctrl+x", "Read", when=_at_work)
def stop_command(desk: Desk) -> None:
    """Stop the command that was started last."""
    desk.piping.stop()
