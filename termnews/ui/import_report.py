"""What an import came to, file by file: what came, what was left out and why.

It must never act on what is chosen: there is nothing to do with a sentence but to read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from termnews.sanitize import screen_text
from termnews.ui.cells import wrap
from termnews.ui.chooser import Chooser, Parts, fits
from termnews.ui.importing import Report
from termnews.wording import mark

_WIDTH: Final = 66
_FRAME: Final = 10  # cells that the frame and the margins take
_MOST_LINES: Final = 6


class ImportReport(Chooser[None]):
    """Lists sentences to be read, below the file they are about."""

    TITLE_LINE = mark("What was taken over, and what stays behind")
    KEYS_LINE = mark("↑↓ move  Esc close")
    PLACEHOLDER = mark("type to find a line")

    def __init__(self, reports: Sequence[Report]) -> None:
        """Show these."""
        super().__init__()
        self._reports = reports

    def narrow(self, text: str) -> None:
        """Show the files, and of their lines those with these words."""
        width = min(_WIDTH, max(20, self.app.size.width - _FRAME))
        rows: list[Parts] = []
        for report in self._reports:
            rows += _lines(f"{report.name}: {report.summary}", width, "key", " ")
            for line in report.lines:
                if fits(line, text):
                    rows += _lines(line, width - 2, "text", "   ")
        self.rows.show(rows)

    def answer(self, row: int) -> None:
        """Return nothing."""


def _lines(sentence: str, width: int, look: str, margin: str) -> list[Parts]:
    return [((f"{margin}{line}", look),) for line in wrap(screen_text(sentence), width, _MOST_LINES)]
