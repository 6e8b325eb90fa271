"""A list laid over the screen: type to narrow it, Enter chooses. Help, links and regions are such lists.

It must never act on what was chosen: the answer goes to whoever opened it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Input, Static

from termnews.ui.cells import cut
from termnews.ui.geometry import Break
from termnews.ui.line_list import LineList
from termnews.ui.messages import RowChosen
from termnews.ui.modal import Modal
from termnews.wording import mark, tr

Answer = TypeVar("Answer")

Parts = Sequence[tuple[str, str]]
"""A row as text and look (text, dim, key, count or mark), left to right; text must be safe and one line."""


class Rows(LineList[Parts]):
    """The rows; the keys stay with the input above them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choice--text", "choice--dim", "choice--key", "choice--count", "choice--mark",
    }  # fmt: skip
    CLICK_CHOOSES = True
    can_focus = False

    def __init__(self) -> None:
        """Make an empty list."""
        super().__init__(id="choices")
        self._rows: Sequence[Parts] = ()

    @property
    def lit(self) -> bool:
        """Always: the keys move this list although the input has the focus."""
        return True

    def show(
        self, rows: Sequence[Parts], *, cursor: int = 0, breaks: Sequence[Break] = (), lines: int = 1
    ) -> None:
        """Show other rows; where a row has several lines, they stand in `rows` one after the other."""
        self._rows = rows
        self.set_rows(len(rows) // lines, cursor=cursor, row_height=lines, breaks=breaks)
        self.show_cursor()

    def page(self, start: int, stop: int) -> Sequence[Parts]:
        """Return the first lines of rows at hand."""
        lines = self.geometry.row_height
        return self._rows[start * lines : stop * lines : lines]

    def render_break(self, label: str, width: int) -> Strip:
        """Draw the heading of a group; what stands behind a tab goes to the right edge."""
        left, _, right = label.partition("\t")
        gap = " " * max(0, width - 2 - cell_len(left) - cell_len(right))
        return Strip([Segment(f" {left}{gap}{right} ", self.look("row--label"))])

    def render_row(self, i: int, line: int, width: int, selected: bool, focused: bool) -> Strip:
        """Draw a line of a row; a part of the look `count` goes to the right edge, with what follows it."""
        parts = self._rows[i * self.geometry.row_height + line]
        left = [part for part in parts if part[1] != "count"]
        right = [part for part in parts if part[1] == "count"]
        room = width - 2 - sum(cell_len(text) + 1 for text, _ in right)
        segments: list[Segment] = []
        for text, look in left:
            shown = cut(text, max(room, 0))
            segments.append(Segment(shown, self.look(f"choice--{look}")))
            room -= cell_len(shown)
        segments.append(Segment(" " * (max(room, 0) + 1)))
        segments += [Segment(f"{text} ", self.look("choice--count")) for text, _ in right]
        return Strip(segments)


class Line(Input):
    """The line to type on; it hands the space bar to a chooser that wants it for its rows."""

    def on_key(self, event: events.Key) -> None:
        """Take the space bar away from the text, which Textual would give it before any binding."""
        screen = self.screen
        if event.key == "space" and isinstance(screen, Chooser) and screen.takes_space():
            event.prevent_default()
            event.stop()
            screen.add()


class Chooser(Modal[Answer | None], Generic[Answer]):
    """A frame with a title, a line to type on, a list, and a line of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("enter", "choose", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", show=False, priority=True),
        Binding("down,ctrl+n", "move(1)", show=False, priority=True),
        Binding("pageup", "turn(-1)", show=False, priority=True),
        Binding("pagedown", "turn(1)", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-middle")]  # noqa: RUF012
    TAKES_BAR = True
    TITLE_LINE: ClassVar[str] = ""
    """What is asked."""
    KEYS_LINE: ClassVar[str] = mark("↑↓ move  Enter choose  Esc close")
    """Keys that work here."""
    PLACEHOLDER: ClassVar[str] = mark("type to find")
    """Stands in the empty input."""

    def compose(self) -> ComposeResult:
        """Put title, input, list and keys into the frame."""
        with Vertical(id="chooser"):
            yield Static(Content(tr(self.TITLE_LINE)), id="chooser-title")
            yield Line(placeholder=tr(self.PLACEHOLDER), compact=True, id="chooser-input")
            yield Rows()
            yield Static(Content(self.keys_line), id="chooser-keys")

    def on_mount(self) -> None:
        """Show what there is before anything is typed."""
        self.narrow("")

    @property
    def keys_line(self) -> str:
        """The keys that work here, in the language spoken."""
        return tr(self.KEYS_LINE)

    @property
    def rows(self) -> Rows:
        """The list."""
        return self.query_one(Rows)

    def narrow(self, text: str) -> None:
        """Show what fits the text typed so far; a subclass says what."""
        raise NotImplementedError

    def answer(self, row: int) -> Answer | None:
        """Return what a row stands for; a subclass says what."""
        raise NotImplementedError

    def takes_space(self) -> bool:
        """Whether the space bar chooses a row and goes on choosing, instead of being typed."""
        return False

    def add(self) -> None:
        """Choose the row under the cursor and go on; a subclass that wants the space bar says what."""
        raise NotImplementedError

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Narrow the list at each key."""
        event.stop()
        self.narrow(event.value.strip())

    def action_choose(self) -> None:
        """Choose the row under the cursor; at once, so that the next key is not the input's."""
        self.choose(self.rows.cursor)

    @on(RowChosen)
    def clicked(self, event: RowChosen) -> None:
        """Choose the row clicked."""
        event.stop()
        self.choose(event.index)

    def choose(self, row: int) -> None:
        """Close with what the row stands for; with nothing when the list is empty."""
        self.dismiss(self.answer(row) if self.rows.geometry.count else None)

    def say(self, line: str) -> None:
        """Put a sentence in the place of the keys."""
        self.query_one("#chooser-keys", Static).update(Content(line))

    def action_move(self, steps: int) -> None:
        """Move the cursor of the list, and the terminal's own with it until one types."""
        self.rows.action_move(steps)
        self.rows.take_cursor()

    def action_turn(self, pages: int) -> None:
        """Move the cursor by pages."""
        self.rows.action_turn(pages)
        self.rows.take_cursor()


def fits(text: str, words: str) -> bool:
    """Return whether each word typed stands somewhere in the text, without regard to case."""
    folded = text.casefold()
    return all(word in folded for word in words.casefold().split())
