"""What is done before a key is pressed: other keys, or a word with an @ and a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.widgets import Input

from termnews.models import Place
from termnews.ui.importing import Report
from termnews.ui.line_list import LineList

from .stage import Stage


def _query(stage: Stage, line: str) -> None:
    """List what a line asks for."""
    stage.app.reader.desk.show(stage.library.query(line.replace("_", " ")))


def _side(stage: Stage, label: str) -> None:
    """Put the cursor of the sidebar on a row."""
    sidebar = stage.app.reader.desk.panes.sidebar
    sidebar.move_to([each.label for each in sidebar._rows].index(label))


def _unfold(stage: Stage, code: str) -> None:
    """Unfold a place in the sidebar."""
    sidebar = stage.app.reader.desk.panes.sidebar
    sidebar.folding.unfolded.add(code)
    sidebar.show(stage.app.reader.desk.counting.outline)


def _hold(stage: Stage, _: str) -> None:
    """Let the child process work until it is stopped."""
    stage.hold.touch()


def _job(stage: Stage, line: str) -> None:
    """Let a command of the user's work until it is stopped."""
    stage.hold.touch()
    stage.log.write_text("a command")
    stage.app.reader.desk.piping.run(line.replace("_", " "), stage.ids[0], "text")


def _arrive(stage: Stage, title: str) -> None:
    """Let an article come in."""
    stage.sample.publish(title, Place("FR", "about"))
    stage.app.reader.desk.listing.recount()


def _copy(stage: Stage, feed: str) -> None:
    """Let other feeds, by place in the list of them, carry the page of the article under the cursor."""
    headline = stage.app.reader.desk.headline
    assert headline is not None
    for each in feed.split(","):
        stage.sample.publish(headline.title, Place("FR", "about"), feed=int(each))
    stage.app.reader.desk.panes.headlines.reload()


def _tags(stage: Stage, names: str) -> None:
    """Give the article under the cursor tags."""
    headline = stage.app.reader.desk.headline
    assert headline is not None
    for each in names.split(","):
        stage.library.tags.give([headline.id], each)


def _at(stage: Stage, row: str) -> None:
    """Put the cursor of the list laid over on a row."""
    shown = stage.app.screen.query_one("#feeds, #choices", LineList)
    shown.move_to(int(row))


def _type(stage: Stage, text: str) -> None:
    """Put text on the line to type on; an underscore stands for a space."""
    line = stage.app.screen.query_one(Input)
    line.value = text.replace("_", " ")
    line.cursor_position = len(line.value)


def _open(stage: Stage, overlay: str) -> None:
    """Lay another screen over this one."""
    stage.app.reader.desk.open(overlay)


def _taken(stage: Stage, _: str) -> None:
    """Lay what an import came to over the screen."""
    desk = stage.app.reader.desk
    desk.importing.reports = (Report("urls", "2 feeds added.", ("line 3: left", "line 4: left")),)
    desk.open("import-report")


def _scroll(stage: Stage, end: str) -> None:
    """Scroll the article to its top or its end."""
    pane = stage.app.reader.desk.panes.article
    pane.scroll_to(y=0 if end == "top" else pane.max_scroll_y, animate=False, force=True)


GIVENS: Mapping[str, Callable[[Stage, str], None]] = {
    "query": _query, "side": _side, "unfold": _unfold, "hold": _hold, "job": _job, "arrive": _arrive,
    "copy": _copy, "tags": _tags, "at": _at, "type": _type, "open": _open, "taken": _taken, "scroll": _scroll,
}  # fmt: skip


async def give(stage: Stage, given: str) -> None:
    """Do all of it, each to its end."""
    for each in given.split():
        name, _, value = each.removeprefix("@").partition("=")
        if each.startswith("@"):
            GIVENS[name](stage, value)
        else:
            await stage.pilot.press(*each.split("+") if len(each) == 3 and each[1] == "+" else [each])
        if name == "job":
            await stage.until_piping()
        elif each != "@hold":
            await stage.rest()
