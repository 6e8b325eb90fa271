"""Commands for the article that is being read: find in it."""

from __future__ import annotations

from termnews.ui.commands.table import Desk, command


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
