"""What a command of the user's prints, as it comes; type to find a line of it.

It must never let a line through that was not made safe, and never keeps a command from ending.
"""

from __future__ import annotations

from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from termnews.ui.cells import wrap
from termnews.ui.chooser import Chooser, Parts, fits
from termnews.ui.jobs import Job
from termnews.ui.piping import ending
from termnews.wording import mark, tr

_INTERVAL: Final = 0.25  # seconds between two looks at what came
_WIDTH: Final = 106  # cells of the frame at most, as over.tcss has it
_FRAME: Final = 10  # cells of margins, bar and scrollbar
_MOST_LINES: Final = 100  # lines on the screen that one line of output may take


class OutputScreen(Chooser[None]):
    """Lists the lines of a command's output."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", show=False)]
    PLACEHOLDER = mark("type to find a line")

    def __init__(self, job: Job) -> None:
        """Show the output of a command."""
        super().__init__()
        self._job = job
        self._shown = -1
        self._typed = ""

    def on_mount(self) -> None:
        """Name the command, and look for more until it has ended."""
        self.query_one("#chooser-title", Static).update(Content(self._job.name))
        self._timer = self.set_interval(_INTERVAL, self._look)

    def _look(self) -> None:
        """Show what came since the last look."""
        ended = self._job.status is not None
        if self._job.size != self._shown or ended:
            self.narrow(self._typed)
        if ended:
            self._timer.stop()

    @property
    def keys_line(self) -> str:
        """The keys that work here, and whether the command is at work."""
        if self._job.status is None:
            return tr("Esc stop  ·  Enter close and let it work on")
        return tr("↑↓ move  Esc close  ·  {how}", how=ending(self._job))

    def narrow(self, text: str) -> None:
        """Show the lines with these words; the cursor stays on its row while more come."""
        cursor = self.rows.cursor if text == self._typed else 0
        self._typed, self._shown = text, self._job.size
        width = max(20, min(_WIDTH, self.app.size.width) - _FRAME)
        lines = [line for line in self._job.text.expandtabs(8).split("\n") if fits(line, text)]
        wrapped = [row for line in lines for row in wrap(line, width, _MOST_LINES)]
        rows: list[Parts] = [((f" {row}", "text"),) for row in wrapped]
        self.rows.show(rows, cursor=cursor)
        self.say(self.keys_line)

    def answer(self, row: int) -> None:
        """Return nothing."""

    def action_stop(self) -> None:
        """Stop the command; close where it has ended."""
        if self._job.status is None:
            self._job.stop()
        else:
            self.dismiss(None)
