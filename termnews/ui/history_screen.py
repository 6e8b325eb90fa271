"""The journal: what was done, when, to how many articles and in which view; undone and redone up to a row.

It must never keep a journal of its own: what it lists was read from the cache, and each turn reads it anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from termnews.library import Library
from termnews.models import Action
from termnews.ui.cells import headline_text
from termnews.ui.chooser import Chooser, Parts, fits
from termnews.ui.commands.table import Desk
from termnews.ui.days import day_name
from termnews.ui.geometry import Break
from termnews.ui.marks import CORRECTIONS, done
from termnews.wording import mark, tr


@dataclass(frozen=True, slots=True)
class Line:
    """One action of the journal in words."""

    action: Action
    """The action."""
    words: str
    """What was done, safe to show."""


def read_history(library: Library) -> list[Line]:
    """Return the journal, newest first; for the slow thread."""
    actions = library.history(MOST)
    alone = [each.first for each in actions if _of_one(each) and each.first is not None]
    titles = {each.id: headline_text(each.title) for each in library.headlines(alone)}
    lines = []
    for each in actions:
        title = titles.get(each.first or 0, "") if _of_one(each) else ""
        words = headline_text(done(each))
        lines.append(Line(each, f"{words}: {title}" if title else words))
    return lines


MOST = 200
"""Actions listed: all the journal keeps."""


def _of_one(action: Action) -> bool:
    return action.count == 1 and action.change not in CORRECTIONS


class HistoryScreen(Chooser[None]):
    """Enter on an action undoes it and all after it; on an undone one it does again all up to it."""

    TITLE_LINE = mark("What was done, newest first")
    KEYS_LINE = mark("↑↓ move  Enter undo back to here, or do again up to here  Esc close")

    def __init__(self, desk: Desk) -> None:
        """Show the journal of the desk's library."""
        super().__init__()
        self._desk = desk
        self._lines: Sequence[Line] = ()
        self._shown: list[int] = []
        self._text = ""

    def on_mount(self) -> None:
        """Ask for the journal."""
        super().on_mount()
        self._read()

    def _read(self) -> None:
        self._desk.marks.history(read_history, self.take)

    def take(self, lines: Sequence[Line]) -> None:
        """Show the journal as it is now; the cursor stays on its action."""
        if not self.is_attached:
            return
        first = not self._lines
        here = self._lines[self._shown[self.rows.cursor]].action.id if self._shown else 0
        self._lines = lines
        self._narrow(self._text, here)
        if not lines:
            self.say(tr("Nothing was done yet."))
        elif first:  # what can be undone next stands under the cursor
            todo = next((at for at, row in enumerate(self._shown) if not lines[row].action.undone), 0)
            self.rows.move_to(todo, tell=False)

    def narrow(self, text: str) -> None:
        """Show the actions with these words, under their days."""
        self._narrow(text, 0)

    def _narrow(self, text: str, here: int) -> None:
        self._text = text
        self._shown = [at for at, each in enumerate(self._lines) if fits(each.words, text)]
        now, breaks, day = self._desk.library.clock().astimezone(), [], ""
        for at, row in enumerate(self._shown):
            name = day_name(self._lines[row].action.at, now)
            if name != day:
                breaks.append(Break(at, ("", name) if at else (name,)))
                day = name
        shown = [self._lines[row] for row in self._shown]
        cursor = next((at for at, each in enumerate(shown) if each.action.id == here), 0)
        self.rows.show([_row(each) for each in shown], cursor=cursor, breaks=breaks)

    def choose(self, row: int) -> None:
        """Undo back to the action of a row, or do again up to it, and stay."""
        if not self._shown:
            return
        at = self._shown[row]
        actions = [each.action for each in self._lines]
        acts, marks = self._desk.acts, self._desk.marks
        if actions[at].undone:
            count = sum(each.undone for each in actions[at:])
            for _ in range(count):
                acts.did("mark")
            marks.redo(self._read, count)
        else:
            count = sum(not each.undone for each in actions[: at + 1])
            for _ in range(count):
                acts.forget("mark")
            marks.undo(self._read, count)

    def answer(self, row: int) -> None:
        """Return nothing: it acts at once."""


def _row(line: Line) -> Parts:
    moment: datetime = line.action.at.astimezone()
    look = "dim" if line.action.undone else "text"
    parts = ((f" {moment:%H:%M}  ", "dim"), (line.words, look))
    return (*parts, (tr("undone"), "count")) if line.action.undone else parts
