"""The two bars: above, where the reader is; below, what can be done here and what goes on.

They draw themselves from one frozen `Status`; they must never lay anything out, keep a state of
their own or listen to anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from termnews.ui.cells import cut
from termnews.ui.messages import NO_PROGRESS, Progress
from termnews.ui.pace import time_left
from termnews.wording import tr, trn

_NAME: Final = "termnews"
_NARROW: Final = 100
_ARROW: Final = " › "
_MEND: Final = Style(meta={"@click": "screen.command('feeds')"})
"""A click on what it is laid over opens the feeds screen."""
_STOP: Final = Style(meta={"@click": "screen.command('stop-refresh')"})
_SPACIOUS: Final = 140
_SMALL: Final = 60
_HOST: Final = 24  # cells for the host of the feed done last

Hint = tuple[str, str]
"""Keys and what they do, both short."""


@dataclass(frozen=True, slots=True)
class Status:
    """All the bars say."""

    chips: tuple[str, ...] = ()
    """What the view is narrowed to, one entry a filter."""
    new: int = 0
    """Articles that wait to be taken in."""
    unread: int = 0
    """Unread articles of the view."""
    as_of: str = ""
    """Local time of the last refresh; empty when there was none."""
    hints: tuple[Hint, ...] = ()
    """Keys that work here, most useful first."""
    message: str = ""
    """What just happened; it stands in the place of the hints."""
    undoable: bool = False
    """Whether the message ends in the key that undoes it."""
    progress: Progress = NO_PROGRESS
    """How far the refresh is."""
    texts: bool = False
    """Whether that is of full texts."""
    importing: bool = False
    """Whether that is of a file taken over."""
    stop: str = ""
    """Key that stops the refresh; empty when it cannot be stopped."""
    failing: int = 0
    """Feeds that failed when they were asked last."""
    mend: str = ""
    """Key that shows which feeds these are; may be empty."""
    words: bool = False
    """Whether all is said in words, and nothing moves."""
    offline: str = ""
    """Local time since when no feed could be reached; empty: the network is there."""
    retry: int = 0
    """Minutes until it is tried again; 0: it is not."""
    trouble: str = ""
    """What the cache refuses, in a few words; empty: it is well."""


class Bar(Widget):
    """One line that draws itself from the status."""

    def __init__(self, *, id: str) -> None:
        """Start empty."""
        super().__init__(id=id)
        self._status = Status()

    def show(self, status: Status) -> None:
        """Draw this status, if it is another one."""
        if status != self._status:
            self._status = status
            self.refresh()

    def look(self, name: str) -> Style:
        """Return the style of a component class."""
        return self.get_component_rich_style(name, partial=True)

    def render_line(self, y: int) -> Strip:
        """Draw the bar: what must be seen on the right, as much as fits on the left."""
        right = self.right(self._status)
        room = self.size.width - _width(right)
        left = self.left(self._status, room)
        gap = max(0, room - _width(left))
        strip = Strip([*left, Segment(" " * gap), *right])
        return strip.adjust_cell_length(self.size.width).apply_style(self.rich_style)

    def left(self, status: Status, room: int) -> list[Segment]:
        """Return what stands left, in at most `room` cells."""
        raise NotImplementedError

    def right(self, status: Status) -> list[Segment]:
        """Return what stands right."""
        raise NotImplementedError


class TopBar(Bar):
    """The program's name, the filters of the view, what waits and what is unread."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--name", "bar--chip", "bar--new", "bar--figure", "bar--dim"}

    def left(self, status: Status, room: int) -> list[Segment]:
        """Return the name and the chips."""
        segments = [Segment(f" {_NAME} ", self.look("bar--name"))]
        for chip in shortened(status.chips, room - _width(segments)):
            segments += [Segment(" "), Segment(f" {chip} ", self.look("bar--chip"))]
        return segments

    def right(self, status: Status) -> list[Segment]:
        """Return the counts, and from 100 columns on the time of the last refresh."""
        segments: list[Segment] = []
        if status.new:
            segments.append(Segment(f" ▲ {trn('{n} new', '{n} new', status.new)} ", self.look("bar--new")))
        segments.append(Segment(f" {status.unread}", self.look("bar--figure")))
        segments.append(Segment(f" {tr('unread')} ", self.look("bar--dim")))
        if status.as_of and self.size.width >= _NARROW:
            segments.append(Segment(f" {tr('as of {time}', time=status.as_of)} ", self.look("bar--dim")))
        return segments


class BottomBar(Bar):
    """The keys that work here, or what just happened; then the refresh and what is wrong."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bar--key", "bar--dim", "bar--message", "bar--done", "bar--todo", "bar--trouble"
    }  # fmt: skip

    def left(self, status: Status, room: int) -> list[Segment]:
        """Return the message, else as many hints as fit; help always fits."""
        if status.message:
            return self._message(status, room)
        shown: list[Segment] = []
        *others, help_hint = status.hints or (("", ""),)
        last = self._hint(help_hint)
        for hint in others:
            more = self._hint(hint)
            if _width(shown) + _width(more) + _width(last) > room:
                break
            shown += more
        return [*shown, *last]

    def _message(self, status: Status, room: int) -> list[Segment]:
        undo = self._hint(("u", tr("undo"))) if status.undoable else []
        text = cut(f" {status.message}", room - _width(undo) - 3)
        joint = [Segment(" ·", self.look("bar--dim"))] if undo else []
        return [Segment(text, self.look("bar--message")), *joint, *undo]

    def _hint(self, hint: Hint) -> list[Segment]:
        keys, text = hint
        return [Segment(f" {keys}", self.look("bar--key")), Segment(f" {text} ", self.look("bar--dim"))]

    def right(self, status: Status) -> list[Segment]:
        """Return the progress of a refresh, or what is wrong with the network or the feeds."""
        trouble = self.look("bar--trouble")
        narrow = self.size.width < _NARROW and not status.words
        if status.progress.of and status.words:
            doing = tr("fetching full text") if status.texts else tr("refreshing")
            doing = tr("importing") if status.importing else doing
            return [Segment(f" {doing} ", self.look("bar--dim"))]
        if status.progress.of:
            return [*self._progress(status.progress, narrow), *self._details(status, narrow)]
        if status.trouble:
            return [Segment(f" {status.trouble} ", trouble)]
        if status.offline:
            words = tr("OFFLINE since {time}", time=status.offline)
            again = tr(" · retry in {n} min", n=status.retry) if status.retry and not narrow else ""
            return [Segment(f" {words}{again} ", trouble)]
        if status.failing:
            words = trn("{n} feed failing", "{n} feeds failing", status.failing)
            text = f" !{status.failing} " if narrow else f" {words} "
            key = [Segment(f"{status.mend} ", self.look("bar--key") + _MEND)] if status.mend else []
            return [Segment(text, trouble + _MEND), *key]
        return []

    def _details(self, status: Status, narrow: bool) -> list[Segment]:
        """Return what came, what failed, how long it still takes and how to stop it."""
        now, dim = status.progress, self.look("bar--dim")
        parts = []
        if now.new and not narrow:
            parts.append(Segment(f"{trn('{n} new', '{n} new', now.new)} ", dim))
        if now.failed:
            words = f"!{now.failed} " if narrow else f"{tr('{n} failing', n=now.failed)} "
            parts.append(Segment(words, self.look("bar--trouble")))
        if now.left is not None and now.done < now.of:
            parts.append(Segment(f"{time_left(now.left)} ", dim))
        if now.host and self.size.width >= _SPACIOUS:
            parts.append(Segment(f"{cut(now.host, _HOST)} ", dim))
        if status.stop:
            parts += [
                Segment(status.stop, self.look("bar--key") + _STOP),
                Segment(f" {tr('stop')} ", dim + _STOP),
            ]
        return parts

    def _progress(self, progress: Progress, narrow: bool) -> list[Segment]:
        cells = 12 if not narrow else 8 if self.size.width >= _SMALL else 3
        full = cells * progress.done // progress.of
        figures = f" {_short(progress.done, narrow)}/{_short(progress.of, narrow)} "
        return [
            Segment(" ↻ ", self.look("bar--done")),
            Segment("━" * full, self.look("bar--done")),
            Segment("━" * (cells - full), self.look("bar--todo")),
            Segment(figures, self.look("bar--dim")),
        ]


def shortened(chips: Sequence[str], room: int) -> list[str]:
    """Return the chips in `room` cells: outer regions go first, then the last chips."""
    fitting = list(chips)
    for at in range(len(fitting)):
        while _chips_width(fitting) > room and _ARROW in fitting[at]:
            fitting[at] = fitting[at].partition(_ARROW)[2]
    while fitting and _chips_width(fitting) > room:
        longest = max(range(len(fitting)), key=lambda at: cell_len(fitting[at]))
        if cell_len(fitting[longest]) > 12:
            fitting[longest] = cut(fitting[longest], max(12, cell_len(fitting[longest]) - 8))
        else:
            fitting.pop()
    return fitting


def _chips_width(chips: Sequence[str]) -> int:
    return sum(cell_len(chip) + 3 for chip in chips)


def _width(segments: Sequence[Segment]) -> int:
    return sum(segment.cell_length for segment in segments)


def _short(figure: int, narrow: bool) -> str:
    return f"{figure / 1000:.3g}k" if narrow and figure >= 1000 else str(figure)
