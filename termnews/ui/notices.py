"""What stands in the place of an empty list: what is so, since when, and the keys that help.

It must never be a dialogue: the screen round it works as always.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
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
    retry: int = 0
    """Minutes until that is tried again; 0: it is not."""
    trouble: str = ""
    """Why the cache cannot be read, as a clause; empty: it can."""


def note(now: Situation) -> Note:
    """Return what to say of an empty list; its keys are names of commands, for `with_keys`."""
    if now.trouble:
        why = tr("The articles cannot be read: {why}", why=now.trouble)
        keys = (("take-in", tr("try again")), ("log", tr("what was said")))
        return Note((why, tr("What was saved before is not lost.")), keys)
    if not now.articles:
        return _first_fetch(now)
    said = _up_to_date(now) if now.read and ("is", "unread") in tests(now.asked) else _nothing(now)
    if not now.offline:
        return said
    saved = trn("{n} saved article", "{n} saved articles", now.articles)
    lines = (_offline(now), tr("Reading from {saved}; marks, stars and searches work.", saved=saved))
    return Note((*said.lines, *lines), (*said.keys, ("refresh-all", tr("try now"))))


def _up_to_date(now: Situation) -> Note:
    place = title(without(now.asked, "is", "unread"))
    where = "" if place == tr(EVERYTHING) else tr(" in {place}", place=place)
    since = (
        tr("Last refreshed at {time}.", time=now.as_of)
        if now.as_of
        else trn("{n} article here is read.", "{n} articles here are read.", now.read)
    )
    keys = [("show-unread", tr("show read too")), ("regions", tr("other places"))]
    if not now.offline:
        keys.append(("refresh-all", tr("refresh now")))
    return Note((tr("You are up to date{where}.", where=where), since), tuple(keys))


def _nothing(now: Situation) -> Note:
    words = chips(now.asked)
    if not words:
        return Note((tr("There is nothing here."),), (("refresh-all", tr("refresh now")),))
    lines = [tr("Nothing matches: {filters}.", filters=" + ".join(words))]
    if now.wider:
        lines.append(tr("Without {filter} there are {n}.", filter=words[-1], n=now.wider))
    keys = (
        ("drop-filter", tr("drop the last filter")), ("f", tr("filter")), ("clear-filters", tr("clear all")),
    )  # fmt: skip
    return Note(tuple(lines), keys)


def _offline(now: Situation) -> str:
    if now.retry:
        return tr("OFFLINE since {time}; trying again in {n} min.", time=now.offline, n=now.retry)
    return tr("OFFLINE since {time}.", time=now.offline)


def _first_fetch(now: Situation) -> Note:
    progress = now.progress
    if progress.of:
        done = tr(
            "Fetching your first headlines: {done} of {of} feeds, {new} articles.",
            done=progress.done, of=progress.of, new=progress.new,
        )  # fmt: skip
        return Note((done, tr("They appear here as they come.")), (("stop-refresh", tr("stop")),))
    if now.offline:
        return Note(
            (tr("OFFLINE since {time}, and nothing is saved yet.", time=now.offline),),
            (("refresh-all", tr("try again")),),
        )
    if not now.feeds:
        ways = (("add-feed", tr("add a feed")), ("import", tr("import a file")), ("help", tr("help")))
        return Note((tr("You follow no feeds yet."),), ways)
    keys = (("refresh-all", tr("refresh now")), ("errors", tr("what failed")), ("add-feed", tr("add a feed")))
    return Note((tr("Nothing has been fetched yet."),), keys)


def with_keys(said: Note, keys: Mapping[str, str]) -> Note:
    """Return a note with the keys in force in the place of command names; a command without one goes.

    Args:
        said: what `note` returned.
        keys: command → its key as people write it; what is no command is a key itself.
    """
    named = ((keys.get(name, name), text) for name, text in said.keys)
    return Note(said.lines, tuple((key, text) for key, text in named if key))


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
        parts = [wrap(headline_text(line), width, 3) for line in self._note.lines]
        first = len(parts[0]) if parts else 0
        lines = [row for part in parts for row in part]
        keys = self._keys(width)
        longest = max((cell_len(line) for line in lines), default=0)
        longest = max([longest, *map(_cells, keys)])
        margin = Segment(" " * max(2, (self.size.width - longest) // 2))
        rows = [
            [margin, Segment(line, self._look("first" if at < first else "text"))]
            for at, line in enumerate(lines)
        ]
        return [*rows, [], *([margin, *line] for line in keys)] if keys else rows

    def _keys(self, width: int) -> list[list[Segment]]:
        """Return the keys on as many lines as they need."""
        lines: list[list[Segment]] = []
        for key, text in self._note.keys:
            more = [Segment(f"{key} ", self._look("key")), Segment(f"{text}   ", self._look("text"))]
            if not lines or _cells(lines[-1]) + _cells(more) > width + 3:
                lines.append([])
            lines[-1] += more
        return lines

    def _look(self, part: str) -> Style:
        return self.get_component_rich_style(f"notice--{part}", partial=True)


def _cells(segments: Sequence[Segment]) -> int:
    return sum(each.cell_length for each in segments)
