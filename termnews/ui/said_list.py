"""The program's own messages of this run, newest first, whole even where the bottom bar had no room for them.

It must never act on what is chosen: there is nothing to do with a sentence but to read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from termnews.sanitize import screen_text
from termnews.ui.cells import wrap
from termnews.ui.chooser import Chooser, Parts, fits
from termnews.ui.said import Sentence
from termnews.wording import mark, tr

_WIDTH: Final = 60
_FRAME: Final = 18  # cells that the frame, the time and the margins take
_MOST_LINES: Final = 6


class SaidList(Chooser[None]):
    """Lists sentences to be read."""

    TITLE_LINE = mark("What termnews said since its start, newest first")
    PLACEHOLDER = mark("type to find a message")

    def __init__(self, sentences: Sequence[Sentence], log: Path) -> None:
        """Show these; `log` is the file with all that went wrong, of former runs too."""
        super().__init__()
        self._sentences, self._log = sentences, log

    @property
    def keys_line(self) -> str:
        """The keys that work here, and where the log is."""
        return tr("↑↓ move  Esc close  ·  the log is {path}", path=screen_text(str(self._log)))

    def narrow(self, text: str) -> None:
        """Show the sentences with these words."""
        width = min(_WIDTH, max(20, self.app.size.width - _FRAME))
        rows = [
            row for each in self._sentences if fits(each.text, text) for row in _rows(each, width)
        ]  # fmt: skip
        self.rows.show(rows)
        if not self._sentences:
            self.say(tr("Nothing was said yet.  Esc close"))

    def answer(self, row: int) -> None:
        """Return nothing."""


def _rows(sentence: Sentence, width: int) -> list[Parts]:
    """Return the lines of a sentence, the time before the first."""
    first, *others = wrap(sentence.text, width, _MOST_LINES)
    times = ((f"×{sentence.times}", "count"),) if sentence.times > 1 else ()
    head: Parts = ((f" {sentence.at.astimezone():%H:%M}  ", "dim"), (first, "text"), *times)
    return [head, *(((f"        {line}", "text"),) for line in others)]
