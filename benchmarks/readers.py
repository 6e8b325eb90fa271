"""termnews, newsboat and a bare Textual program on a terminal, asked the same things.

It must never judge: it returns seconds and megabytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from benchmarks.peers import ALL, Newsboat
from benchmarks.runs import environ, termnews
from benchmarks.terminal import Moment, Terminal

_PAUSE: Final = 0.05  # seconds between two keys, as fast as a held key repeats
_FLOOR: Final = """
from textual.app import App
from textual.widgets import Static
class Floor(App):
    ENABLE_COMMAND_PALETTE = False
    count = 0
    def compose(self):
        yield Static("ready")
    def on_key(self, event):
        self.count += 1
        self.query_one(Static).update(f"pressed {self.count}")
Floor().run()
"""


class Reader(Protocol):
    """A program to be measured."""

    def run(self, *, everything: bool = False) -> Terminal:
        """Start it; with `everything` so that all articles can be listed."""

    def listed(self, terminal: Terminal) -> bool:
        """Whether its first list stands on the screen."""


class Termnews:
    """termnews on the cache of a configuration."""

    def __init__(self, config: Path, home: Path) -> None:
        self._config, self._home = config, home

    def run(self, *, everything: bool = False) -> Terminal:
        """Start it."""
        return Terminal(termnews(self._config), environ(self._home))

    def listed(self, terminal: Terminal) -> bool:
        """Whether an article stands under the cursor."""
        return any("●" in line for line in cursor(terminal))


class Boat:
    """newsboat on its cache."""

    def __init__(self, boat: Newsboat) -> None:
        self._boat = boat

    def run(self, *, everything: bool = False) -> Terminal:
        """Start it; the feed of all articles stands first."""
        urls = (self._boat.home / "urls").read_text(encoding="utf-8")
        (self._boat.home / "urls-all").write_text(f"{ALL}\n{urls}", encoding="utf-8")
        boat = replace(self._boat, urls="urls-all") if everything else self._boat
        return Terminal(boat.command(), boat.environ())

    def listed(self, terminal: Terminal) -> bool:
        """Whether its feeds stand there."""
        return "Feed 00000" in terminal.text() and "Your feeds" in terminal.text()


class Bare:
    """A Textual program that shows a word, and counts keys: what nothing built on it can be under."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def run(self, *, everything: bool = False) -> Terminal:
        """Start it."""
        return Terminal((sys.executable, "-c", _FLOOR), environ(self._home))

    def listed(self, terminal: Terminal) -> bool:
        """Whether its word stands there."""
        return "ready" in terminal.text()


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening the list of all articles came to."""

    list: Moment
    """From the key to the list."""
    behind: float
    """Processor seconds until nothing was done any more."""
    last: Moment
    """From the key to the last row."""
    memory: float
    """Megabytes afterwards."""


def cursor(terminal: Terminal) -> tuple[str, ...]:
    """Return the lines of the list under termnews's cursor; may be empty."""
    lines = terminal.text().split("\n")
    return tuple(line[at:] for line in lines if (at := line.find("▌", 1)) > 0)


def started(reader: Reader, times: int) -> Moment:
    """Return the least time until the first list, of so many starts."""
    moments = []
    for _ in range(times):
        with reader.run() as terminal:
            moments.append(terminal.wait(lambda _, at=terminal: reader.listed(at)))  # type: ignore[misc]
    return min(moments, key=lambda each: each.cpu)


@contextmanager
def running(reader: Reader, *, everything: bool = False) -> Iterator[Terminal]:
    """Yield the terminal of a reader that has come to rest on its first list."""
    with reader.run(everything=everything) as terminal:
        terminal.wait(lambda _: reader.listed(terminal))
        terminal.idle()
        yield terminal


def opened(
    terminal: Terminal, keys: tuple[str, str], shown: tuple[str, str], last: str, times: int
) -> Opened:
    """Open the list of all articles so often, and go to its end.

    Args:
        terminal: of a reader at rest.
        keys: opens the list, and leaves it again.
        shown: is on the screen when the list is open, and when it was left.
        last: key to the last row; `g` or Home is tried before it for the way back.
        times: how often; the median counts.
    """
    lists, lasts = [], []
    for _ in range(times):
        began = terminal.cpu()
        lists.append(pressed(terminal, keys[0], lambda: shown[0] in terminal.text()))
        terminal.idle()
        behind = terminal.cpu() - began
        before = terminal.text()
        lasts.append(pressed(terminal, last, lambda seen=before: terminal.text() != seen))  # type: ignore[misc]
        terminal.settle()
        memory = terminal.memory()
        pressed(terminal, keys[1], lambda: shown[1] in terminal.text())
        terminal.idle()
    return Opened(middle(lists), behind, middle(lasts), memory)


def pressed(terminal: Terminal, keys: str, ready: Callable[[], bool]) -> Moment:
    """Press keys and return how long it took until the screen is as asked."""
    terminal.press(keys)
    return terminal.wait(lambda _: ready())


def key_times(terminal: Terminal, key: str, look: Callable[[], object], times: int) -> list[Moment]:
    """Return how long it took from each of so many keys to the screen that answers it.

    `look` returns what a key changes, such as the row under the cursor. A key is sent when the one
    before was answered, and 50 ms have passed.
    """
    moments = []
    for _ in range(times):
        before = look()
        moments.append(pressed(terminal, key, lambda seen=before: look() != seen))  # type: ignore[misc]
        terminal.rest(_PAUSE)
    return moments


def middle(moments: Sequence[Moment], at: float = 0.5) -> Moment:
    """Return the median of times, or another quantile, apart for wall and processor."""
    walls, cpus = (sorted(each) for each in zip(*((m.wall, m.cpu) for m in moments), strict=True))
    index = min(int(at * len(walls)), len(walls) - 1)
    return Moment(walls[index], cpus[index])
