"""Commands that move: through lists, between panes, through an article."""

from __future__ import annotations

from termnews.ui.commands.table import Desk, command, on_headline


def _in_article(desk: Desk) -> bool:
    return desk.panes.focus == "article"


@command("j down", "Move", counted=True, name="next")
def next_row(desk: Desk) -> None:
    """Next row; in the article a line down."""
    desk.panes.move(1)


@command("k up", "Move", counted=True, name="previous")
def previous_row(desk: Desk) -> None:
    """Previous row; in the article a line up."""
    desk.panes.move(-1)


@command("n", "Move", counted=True, when=on_headline)
def next_unread(desk: Desk) -> None:
    """Next unread headline."""
    desk.listing.seek_unread(1)


@command("p", "Move", counted=True, when=on_headline)
def previous_unread(desk: Desk) -> None:
    """Previous unread headline."""
    desk.listing.seek_unread(-1)


@command("]", "Move", counted=True, when=on_headline)
def next_unread_feed(desk: Desk) -> None:
    """Next unread headline of another feed."""
    desk.listing.seek_unread(1, other_feed=True)


@command("[", "Move", counted=True, when=on_headline)
def previous_unread_feed(desk: Desk) -> None:
    """Previous unread headline of another feed."""
    desk.listing.seek_unread(-1, other_feed=True)


@command("g home", "Move", counted=True)
def first(desk: Desk) -> None:
    """First row; in the article its beginning."""
    desk.panes.go(0)


@command("G end", "Move", counted=True)
def last(desk: Desk) -> None:
    """Last row; in the article its end."""
    desk.panes.go(-1)


@command("pagedown", "Move", counted=True)
def page_down(desk: Desk) -> None:
    """A page down."""
    desk.panes.page(1)


@command("pageup", "Move", counted=True)
def page_up(desk: Desk) -> None:
    """A page up."""
    desk.panes.page(-1)


@command("ctrl+d", "Move", counted=True, when=_in_article)
def half_page_down(desk: Desk) -> None:
    """Half a page down in the article."""
    desk.panes.half_page(1)


@command("ctrl+u", "Move", counted=True, when=_in_article)
def half_page_up(desk: Desk) -> None:
    """Half a page up in the article."""
    desk.panes.half_page(-1)


@command("l right", "Move")
def right(desk: Desk) -> None:
    """The pane to the right; in the sidebar unfold first."""
    desk.panes.step(1)


@command("h left", "Move")
def left(desk: Desk) -> None:
    """The pane to the left; in the sidebar fold first."""
    desk.panes.step(-1)


@command("tab", "Move")
def next_pane(desk: Desk) -> None:
    """The next pane, round and round."""
    desk.panes.cycle(1)


@command("shift+tab", "Move")
def previous_pane(desk: Desk) -> None:
    """The pane before, round and round."""
    desk.panes.cycle(-1)
