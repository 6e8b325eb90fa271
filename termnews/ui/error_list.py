"""The feeds that failed when they were asked last: what happened, since when, what is done, what helps.

It must never ask a feed again itself: it answers with the one to ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from termnews.models import Feed
from termnews.ui.cells import wrap
from termnews.ui.chooser import Chooser, Parts, fits
from termnews.ui.feed_health import name, state, story
from termnews.ui.trouble import failing
from termnews.wording import mark, tr

_LINES: Final = 5
"""Lines of a feed: its name, two for what happened and the remedy, two for since when and what comes next."""
_WIDTH: Final = 66  # cells for a sentence, where the terminal has them
_FRAME: Final = 12  # cells that the frame and the margin take


class ErrorList(Chooser[Feed]):
    """Answers with the feed to ask again."""

    TITLE_LINE = mark("Feeds that failed when they were asked last")
    KEYS_LINE = mark("↑↓ move  Enter ask it again now  Esc close")
    PLACEHOLDER = mark("type to find a feed or what happened")

    def __init__(self, feeds: Sequence[Feed], now: datetime) -> None:
        """Show those of the feeds that failed, the longest failing first."""
        super().__init__()
        self._failed = sorted(filter(failing, feeds), key=lambda each: -each.health.failures)
        self._now = now
        self._shown: list[Feed] = []

    def narrow(self, text: str) -> None:
        """Show the feeds with these words in their name or in what happened."""
        self._shown = [each for each in self._failed if fits(f"{name(each)} {each.health.error}", text)]
        width = min(_WIDTH, max(20, self.app.size.width - _FRAME))
        rows = [line for each in self._shown for line in _lines(each, self._now, width)]
        self.rows.show(rows, lines=_LINES)
        if not self._failed:
            self.say(tr("Every feed answered when it was asked last.  Esc close"))

    def answer(self, row: int) -> Feed:
        """Return the feed."""
        return self._shown[row]


def _lines(feed: Feed, now: datetime, width: int) -> list[Parts]:
    """Return all lines of a feed, blank ones at their end."""
    what, then = story(feed, now)
    lines: list[Parts] = [((" ! ", "mark"), (name(feed), "text"), (state(feed).words, "count"))]
    lines += [((f"   {line}", "text"),) for line in wrap(what, width, 2)]
    lines += [((f"   {line}", "dim"),) for line in wrap(then, width, 2)]
    return [*lines, *[(("", "dim"),)] * (_LINES - len(lines))]
