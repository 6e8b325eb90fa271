"""Commands that mark: read, starred, whole views; and the undo that makes questions needless."""

from __future__ import annotations

from collections.abc import Sequence

from termnews.ui.commands.table import Desk, command, on_headline
from termnews.ui.view import title


@command("m", "Mark", when=on_headline)
def toggle_read(desk: Desk) -> None:
    """Mark the headline read, or unread again."""
    if (headline := desk.headline) is not None:
        desk.marks.mark([headline.id], read=not headline.read, quiet=True)


@command("s", "Mark", when=on_headline)
def toggle_star(desk: Desk) -> None:
    """Star the headline, or take the star away."""
    if (headline := desk.headline) is not None:
        desk.marks.mark([headline.id], starred=not headline.starred, quiet=True)


def _can_tag(desk: Desk) -> bool:
    return desk.headline is not None and desk.can_open("tag")


@command("t", "Mark", when=_can_tag)
def tag(desk: Desk) -> None:
    """Give the article a tag, or take one away."""
    desk.open("tag")


@command("A", "Mark", when=on_headline)
def all_read(desk: Desk) -> None:
    """Mark all in this view read."""
    desk.listing.complete()
    _mark_read(desk, desk.listing.ids, "in")


@command("{", "Mark", when=on_headline)
def above_read(desk: Desk) -> None:
    """Mark all above the cursor read."""
    desk.listing.complete()
    _mark_read(desk, desk.listing.ids[: desk.panes.headlines.cursor], "above, in")


@command("}", "Mark", when=on_headline)
def below_read(desk: Desk) -> None:
    """Mark all below the cursor read."""
    desk.listing.complete()
    _mark_read(desk, desk.listing.ids[desk.panes.headlines.cursor + 1 :], "below, in")


def _mark_read(desk: Desk, ids: Sequence[int], where: str) -> None:
    desk.marks.mark(ids, read=True, where=f"{where} {title(desk.listing.asked)}")


@command("u", "Mark")
def undo(desk: Desk) -> None:
    """Undo what was done last, exactly: a mark, a filter, a change of a feed."""
    desk.acts.undo()


def _has_history(desk: Desk) -> bool:
    return desk.can_open("history")


@command("H", "Mark", when=_has_history)
def history(desk: Desk) -> None:
    """What was done, newest first; undo back to any point."""
    desk.open("history")


@command("ctrl+y", "Mark")
def redo(desk: Desk) -> None:
    """Do again what was undone."""
    desk.acts.redo()
