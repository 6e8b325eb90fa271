"""The search line: results replace the list as one types, and Esc brings the view back as it was.

It must never look anything up itself: each key hands a query to the listing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from termnews import query as queries
from termnews.errors import QueryError
from termnews.models import ArticleQuery
from termnews.ui import saved_views
from termnews.ui.commands.table import Desk
from termnews.ui.modal import Modal
from termnews.ui.prompt import Prompt
from termnews.ui.view import title
from termnews.wording import mark, tr

LONGEST: Final = 40
"""Characters of a search line that stand for its name when the user gives none."""


class Push(Protocol):
    """Lays a prompt over the others and calls back with its answer."""

    def __call__(self, screen: Prompt, answered: Callable[[str | None], None], /) -> object:
        """Push the prompt."""


def ask_name(
    desk: Desk, asked: ArticleQuery, push: Push, name: str = "", then: Callable[[], None] = lambda: None
) -> None:
    """Ask for a name and keep a view under it.

    Args:
        desk: changes the file.
        asked: the view.
        push: lays the question over the screen.
        name: what is proposed; the title of the view when empty.
        then: called once a name is given.
    """
    line = queries.print_query(asked)
    if not line:
        desk.say(tr("This view is everything; there is nothing to save."))
        return

    def answered(given: str | None) -> None:
        if given:
            desk.feed_changes.make(saved_views.keep(given, line), lambda: None)
            then()

    push(Prompt(tr("Save this view as:"), value=(name or title(asked))[:LONGEST]), answered)


class SearchBar(Modal[None]):
    """One line over the panes; the list beneath it shows what the line finds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", show=False),
        Binding("enter", "keep", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("pageup", "turn(-1)", show=False, priority=True),
        Binding("pagedown", "turn(1)", show=False, priority=True),
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("ctrl+g", "widen", show=False, priority=True),
    ]
    HINTS = (
        ("↑ ↓", mark("move")), ("Enter", mark("keep")), ("ctrl+s", mark("save this search")),
        ("Esc", mark("as before")),
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        """Search inside the view that is on the screen."""
        super().__init__()
        self._desk = desk
        self._memory = desk.listing.memory()
        self._inside = self._memory.asked.where is not None
        self._wrong = False  # whether it was said that the line cannot be read

    @property
    def _view(self) -> ArticleQuery:
        """What the search is narrowed to."""
        return self._memory.asked if self._inside else ArticleQuery()

    def compose(self) -> ComposeResult:
        """Put the line together."""
        with Horizontal(id="search"):
            yield Static(Content(" / "), id="search-mark")
            yield Input(
                placeholder=tr('words "a phrase" region:TJ is:unread -word'), compact=True, id="search-input"
            )
            yield Static(Content(self._where()), id="search-where")

    def _where(self) -> str:
        if not self._memory.asked.where:
            return tr("everywhere") + " "
        return (
            tr("this view · ctrl+g everywhere") + " "
            if self._inside
            else tr("everywhere · ctrl+g this view") + " "
        )

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Show what the line finds now; a line that cannot be read keeps the last good result."""
        event.stop()
        self._find(event.value)

    def _find(self, line: str) -> None:
        wrong, self._wrong = self._wrong, False
        try:
            found = queries.as_typed(self._desk.library.query(line), line)
        except QueryError as error:
            self._desk.say(str(error))
            self._wrong = True
            return
        if wrong:
            self._desk.say("")  # it can be now: `is:ful` has become `is:full`
        if not line.strip():
            self._desk.listing.restore(self._memory)
            return
        self._desk.listing.show(queries.narrowed(self._view, found))
        self._desk.panes.showing.preview()

    def action_keep(self) -> None:
        """Keep what was found as the view; at once, so that the next key is the list's."""
        self._desk.left(self._memory)
        self.dismiss(None)

    def action_save(self) -> None:
        """Ask for a name to keep the search under; it is the view then."""
        line = self.query_one(Input).value
        try:
            found = self._desk.library.query(line)
        except QueryError as error:
            self._desk.say(str(error))
            return
        asked = queries.narrowed(self._view, found)

        def saved() -> None:
            self._desk.listing.show(asked)
            self.action_keep()

        ask_name(self._desk, asked, self.app.push_screen, line.strip(), saved)

    def action_widen(self) -> None:
        """Search everywhere, or inside the view again."""
        if self._memory.asked.where is not None:
            self._inside = not self._inside
            self.query_one("#search-where", Static).update(Content(self._where()))
            self._find(self.query_one(Input).value)

    def action_give_up(self) -> None:
        """Bring back the view and the cursor as they were."""
        self._desk.listing.restore(self._memory)
        self._desk.panes.showing.preview()
        self.dismiss(None)

    def action_move(self, steps: int) -> None:
        """Move the cursor of the list; the article pane follows."""
        self._desk.panes.headlines.action_move(steps)
        self._desk.panes.headlines.take_cursor()

    def action_turn(self, pages: int) -> None:
        """Move the cursor of the list by pages."""
        self._desk.panes.headlines.action_turn(pages)
        self._desk.panes.headlines.take_cursor()
