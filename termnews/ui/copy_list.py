"""The feeds that carry one page, the first that came first; Enter shows the article as one of them has it.

It must never show an article itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.cells import cell_len

from termnews.models import Headline
from termnews.ui.cells import fit, headline_text
from termnews.ui.chooser import Chooser, fits
from termnews.ui.days import age
from termnews.wording import mark

_FEED = 24  # cells for the name of a feed, at most


class CopyList(Chooser[Headline]):
    """Answers with the headline chosen."""

    TITLE_LINE = mark("The same page in these feeds, the first one first")
    KEYS_LINE = mark("↑↓ move  Enter show it in its feed  Esc close")

    def __init__(self, copies: Sequence[Headline], here: int, now: datetime) -> None:
        """Show these headlines.

        Args:
            copies: all articles with one page, in the order they came.
            here: number of the one under the cursor of the screen below.
            now: what ages are told by, aware.
        """
        super().__init__()
        self._copies, self._here, self._now = copies, here, now
        self._shown: list[Headline] = []

    def narrow(self, text: str) -> None:
        """Show those with these words in the name of the feed or in the title."""
        self._shown = [each for each in self._copies if fits(f"{each.feed} {each.title}", text)]
        wide = min(_FEED, max((cell_len(headline_text(each.feed)) for each in self._copies), default=0))
        self.rows.show(
            [
                (
                    (" › " if each.id == self._here else "   ", "mark"),
                    (f"{fit(headline_text(each.feed), wide)}  ", "key"),
                    (headline_text(each.title), "text"),
                    (f"{each.date.astimezone():%Y-%m-%d %H:%M} {age(each.date, self._now):>4}", "count"),
                )
                for each in self._shown
            ]
        )

    def answer(self, row: int) -> Headline:
        """Return the headline."""
        return self._shown[row]
