"""What a reader waits for on the screen, at each size: start, memory, the list of all, keys."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from benchmarks import peers
from benchmarks.figures import Figure
from benchmarks.readers import (
    Bare,
    Boat,
    Opened,
    Reader,
    Termnews,
    cursor,
    key_times,
    middle,
    opened,
    running,
    started,
)
from benchmarks.runs import Run
from benchmarks.terminal import ROWS, Moment, Terminal, TooSlowError

_START, _MEMORY, _OPEN, _LAST, _KEY, _GROWTH = 0.30, 90, 30, 20, 8, 1.1
_TEXTUAL: Final = "a bare Textual program"
_MS: Final = 1_000
_HOME, _END, _DOWN = "\x1bOH", "\x1bOF", "\x1bOB"
_INSIDE: Final = 5  # a column in which every row of newsboat's lists has a letter


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was measured of one reader at one size."""

    start: Moment
    memory: float
    all: Opened
    key: Moment


def measure(run: Run) -> Iterator[Figure]:
    """Yield the figures of each size, and how the start grows from the smallest to the largest."""
    with run.folder() as home:
        floor = _bare(Bare(home), run)
    starts = []
    for size in run.sizes:
        with run.cache(size) as path, run.folder() as home:
            seen = _termnews(Termnews(path, home), run)
        with _newsboat(run, size) as boat:
            yield from _figures(f"{size:,} articles", seen, floor, boat)
        starts.append(seen.start.cpu)
    yield Figure(
        f"start, {run.sizes[-1]:,} ÷ {run.sizes[0]:,} articles", starts[-1] / starts[0], "×", _GROWTH
    )


def _figures(size: str, seen: _Seen, floor: _Seen, boat: _Seen | None) -> Iterator[Figure]:
    """Yield the figures of one size, those of newsboat beside them."""

    def timed(
        name: str, goal: float, unit: str, least: Moment | None, of: Callable[[_Seen], Moment]
    ) -> Iterator[Figure]:
        scale = 1 if unit == "s" else _MS
        for kind, most in (("cpu", goal), ("wall", None)):
            mine, theirs, bare = (
                None if each is None else scale * float(getattr(each, kind))
                for each in (of(seen), boat and of(boat), least)
            )
            assert mine is not None
            said = f"{unit} CPU" if kind == "cpu" else unit
            yield Figure(f"{size}: {name}", mine, said, most, bare, _TEXTUAL if bare else "", theirs)

    def held(name: str, value: float, theirs: float | None) -> Figure:
        return Figure(f"{size}: {name}", value, "MB", _MEMORY, floor.memory, _TEXTUAL, theirs)

    yield from timed("start to first list", _START, "s", floor.start, lambda each: each.start)
    yield held("memory after start", seen.memory, boat.memory if boat else None)
    yield held("memory, all listed", seen.all.memory, boat.all.memory if boat else None)
    yield from timed("open all", _OPEN, "ms", floor.key, lambda each: each.all.list)
    yield Figure(
        f"{size}: open all, until at rest", seen.all.behind, "s CPU", peer=boat.all.behind if boat else None
    )
    yield from timed("jump to last", _LAST, "ms", floor.key, lambda each: each.all.last)
    yield from timed("key in a list, p50", _KEY, "ms", floor.key, lambda each: each.key)


def _termnews(reader: Reader, run: Run) -> _Seen:
    start = started(reader, run.repeats)
    with running(reader) as terminal:
        memory = terminal.memory()
        listed = opened(terminal, ("1", "2"), ("▌ ≡ All", "▌ ◆ Unread"), ("g", "G"), run.repeats)
        terminal.press("g")  # it stands on the last row
        terminal.settle()
        times = key_times(terminal, "j", lambda: cursor(terminal), run.keys)
    return _Seen(start, memory, listed, middle(times))


def _bare(reader: Reader, run: Run) -> _Seen:
    start = started(reader, run.repeats)
    with running(reader) as terminal:
        memory = terminal.memory()
        times = key_times(terminal, "j", terminal.text, run.keys)
    return _Seen(start, memory, Opened(start, 0, start, 0), middle(times))


@contextmanager
def _newsboat(run: Run, size: int) -> Iterator[_Seen | None]:
    """Yield what newsboat needs; None when there is none, or it shows nothing within two minutes."""
    with peers.filled(run, size) as boat:
        try:
            yield None if boat is None else _boat(Boat(boat), run)
        except TooSlowError as error:
            print(f"newsboat, {size:,} articles: {error}", file=sys.stderr)
            yield None


def _boat(reader: Boat, run: Run) -> _Seen:
    start = started(reader, 1)
    with running(reader) as terminal:
        memory = terminal.memory()
    with running(reader, everything=True) as terminal:
        listed = opened(terminal, ("\r", "q"), ("Articles in feed", "Your feeds"), (_HOME, _END), run.repeats)
        for key in ("\r", _HOME):
            terminal.press(key)
            terminal.settle()
        times = key_times(terminal, _DOWN, lambda: _highlighted(terminal), run.keys)
    return _Seen(start, memory, listed, middle(times))


def _highlighted(terminal: Terminal) -> str:
    """Return the row under newsboat's cursor, which has a background of its own."""
    screen = terminal.screen
    rows = (row for row in range(1, ROWS - 2) if screen.buffer[row][_INSIDE].bg != "default")
    return next((screen.display[row] for row in rows), "")
