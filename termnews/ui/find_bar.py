"""The find line at the foot of the article: what is typed is lit as one types.

It must never look for anything itself: each key hands the letters to the article's `Find`.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from termnews.ui.article_pane import ArticlePane
from termnews.ui.modal import Modal
from termnews.wording import mark


class FindBar(Modal[None]):
    """One line over the last line of the article."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", show=False),
        Binding("enter", "keep", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
    ]
    HINTS = (
        ("↓", mark("next")),
        ("↑", mark("previous")),
        ("Enter", mark("keep")),
        ("Esc", mark("as before")),
    )

    def __init__(self, pane: ArticlePane) -> None:
        """Find in what this pane shows."""
        super().__init__()
        self._pane = pane
        self._from = pane.position

    def compose(self) -> ComposeResult:
        """Put the line together."""
        with Horizontal(id="find"):
            yield Static(Content(" / "), id="find-mark")
            yield Input(compact=True, id="find-input")
            yield Static(id="find-count")

    def on_mount(self) -> None:
        """Begin with nothing found."""
        self._pane.find.drop()
        self._lie_down()

    def on_resize(self) -> None:
        """Stay at the foot of the pane, once that has its new size."""
        self.call_after_refresh(self._lie_down)

    def _lie_down(self) -> None:
        if self.is_attached:
            pane, line = self._pane.content_region, self.query_one("#find")
            line.styles.offset = (pane.x, pane.bottom - 1)
            line.styles.width = pane.width

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Light what is typed, from where the reader was."""
        event.stop()
        self._pane.restore(self._from)
        self._pane.find.look_for(event.value, int(self._pane.scroll_offset.y))
        self._count()

    def _count(self) -> None:
        self.query_one("#find-count", Static).update(Content(f" {self._pane.find.said} "))

    def action_step(self, steps: int) -> None:
        """Look at another match."""
        self._pane.find.step(steps)
        self._count()

    def action_keep(self) -> None:
        """Keep what was found lit, and give the keys back to the article."""
        self.dismiss(None)

    def action_give_up(self) -> None:
        """Drop what was found and go back to where the reader was."""
        self._pane.find.drop()
        self._pane.restore(self._from)
        self.dismiss(None)
