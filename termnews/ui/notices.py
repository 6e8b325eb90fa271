"""What stands in the place of an empty list: what is so, since when, and the keys that help.

It must never be a dialogue: the screen round it works as always.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from termnews.models import ArticleQuery
from termnews.ui.cells import headline_text, wrap
from termnews.ui.messages import NO_PROGRESS, Progress
from termnews.ui.view import EVERYTHING, chips, tests, title, without
from termnews.wording import tr, trn

Keys = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A few lines and the keys that help."""

    lines: tuple[str, ...]
    """Sentences; the first one says what is so."""
    keys: Keys = ()
    """Keys and what they do."""


@dataclass(frozen=True, slots=True)
class Situation:
    """All that decides what an empty list says."""

    asked: ArticleQuery
    """What was asked for."""
    feeds: int = 0
    """Feeds followed."""
    articles: int = 0
    """Articles kept in all."""
    wider: int = 0
    """Articles without the last filter."""
    read: int = 0
    """Articles that match but are read, where unread ones were asked for."""
    progress: Progress = NO_PROGRESS
    """How far the refresh is."""
    as_of: str = ""
    """Local time of the last refresh; empty when there was none."""
    offline: str = ""
    """Local time since when there is no network; empty when there is."""


def note(now: Situation) -> Note:
    """Return what to say of an empty list."""
    if not now.articles:
        return _first_fetch(now)
    if now.read and ("is", "unread") in tests(now.asked):
        place = title(without(now.asked, "is", "unread"))
        where = "" if place == tr(EVERYTHING) else tr(" in {place}", place=place)
        since = (
            tr("Last refreshed at {time}.", time=now.as_of)
            if now.as_of
            else trn("{n} article here is read.", "{n} articles here are read.", now.read)
        )
        return Note(
            (tr("You are up to date{where}.", where=where), since),
            (("2", tr("show read too")), ("R", tr("refresh now"))),
        )
    words = chips(now.asked)
    lines = [tr("Nothing matches: {filters}.", filters=" + ".join(words))]
    if now.wider:
        lines.append(tr("Without {filter} there are {n}.", filter=words[-1], n=now.wider))
    return Note(tuple(lines), (("backspace", tr("drop the last filter")), ("F", tr("clear all"))))


def _first_fetch(now: Situation) -> Note:
    if now.progress.of:
        progress = now.progress
        return Note(
            (
                tr(
                    "Fetching your first headlines: {done} of {of} feeds, {new} articles.",
                    done=progress.done,
                    of=progress.of,
                    new=progress.new,
                ),
                tr("They appear here as they come."),
            )
        )
    if now.offline:
        return Note(
            (tr("OFFLINE since {time}, and nothing is saved yet.", time=now.offline),),
            (("R", tr("try again")),),
        )
    if not now.feeds:
        return Note((tr("You follow no feeds yet."),), (("a", tr("add a feed")), ("?", tr("help"))))
    return Note((tr("Nothing has been fetched yet."),), (("R", tr("refresh now")), ("a", tr("add a feed"))))


class Notice(Widget):
    """Draws a note in the middle of its place."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"notice--first", "notice--text", "notice--key"}

    def __init__(self, *, id: str) -> None:
        """Start with nothing to say."""
        super().__init__(id=id)
        self._note = Note(())

    def show(self, note: Note) -> None:
        """Draw another note."""
        if note != self._note:
            self._note = note
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        rows = self._rows()
        at = y - max(0, (self.size.height - len(rows)) // 2)
        segments = rows[at] if 0 <= at < len(rows) else []
        return Strip(segments).adjust_cell_length(self.size.width).apply_style(self.rich_style)

    def _rows(self) -> list[list[Segment]]:
        width = max(1, self.size.width - 4)
        lines = [row for line in self._note.lines for row in wrap(headline_text(line), width, 3)]
        keys: list[Segment] = []
        for key, text in self._note.keys:
            keys += [Segment(f"{key} ", self._look("key")), Segment(f"{text}   ", self._look("text"))]
        longest = max((len(line) for line in lines), default=0)
        margin = Segment(" " * max(2, (self.size.width - max(longest, _cells(keys))) // 2))
        rows = [
            [margin, Segment(line, self._look("first" if not at else "text"))]
            for at, line in enumerate(lines)
        ]
        return [*rows, [], [margin, *keys]] if keys else rows

    def _look(self, part: str) -> Style:
        return self.get_component_rich_style(f"notice--{part}", partial=True)


def _cells(segments: Sequence[Segment]) -> int:
    return sum(each.cell_length for each in segments)
