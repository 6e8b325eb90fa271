"""Search as one types, at each size: what the screen asks the library at every key, and over a bare index.

It must never search the network. Processor time of the best of some repeats, since the machine is shared; the
cache is in memory, so that it is the time one waits on a machine of one's own.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from threading import Timer
from typing import Final

from benchmarks import peers
from benchmarks.corpus import NOW, RARE, RARE_CYRILLIC
from benchmarks.figures import Figure
from benchmarks.peers import Newsboat
from benchmarks.readers import Boat, pressed, running
from benchmarks.runs import Run
from benchmarks.terminal import Terminal, TooSlowError
from termnews import config, query
from termnews.errors import StoreError
from termnews.library import Library

_GOAL: Final = 30.0  # milliseconds
_GIVEN_UP: Final = 10.0  # seconds after which a search counts as that slow
_FIRST, _SCREEN = 200, 64  # rows the screen asks for at once, and headlines it draws of them
_INFLECTED: Final = "ежиковидного"
"""The rare Cyrillic word in another case, without capital and ё."""
LINES: Final = (
    ("rare word", RARE),
    ("rare Cyrillic word, inflected, other case", _INFLECTED),
    ("common word", "government"),
    ("half-typed word", "gover"),
    ("one letter", "s"),
    ("common words without another", "government water -station"),
    ("everything without a word", "-government"),
    ("two common words as a phrase", '"the government"'),
    ("common word, unread", "is:unread government"),
    ("common word in a region", "region:TJ ҳукумат"),
    ("common word, best first", "sort:best government"),
)
"""Name of what is typed, and the search line."""
_TYPED: Final = "government station"
_BARE: Final = "SELECT rowid FROM search WHERE search MATCH :word ORDER BY rowid DESC LIMIT 200"


def measure(run: Run) -> Iterator[Figure]:
    """Yield milliseconds until the first rows are there, line by line."""
    for size in run.sizes:
        with peers.filled(run, size) as boat:
            theirs = _newsboat(boat)
        with run.cache(size) as path:
            settings = config.load(path)
            library = Library(settings, lambda: NOW)
            raw = sqlite3.connect(settings.store_path)
            yield from _figures(run, library, raw, size, theirs)
            raw.close()
            library.close()


def _figures(
    run: Run, library: Library, raw: sqlite3.Connection, size: int, theirs: Sequence[float | None]
) -> Iterator[Figure]:
    floor = _best(lambda: raw.execute(_BARE, {"word": RARE}).fetchall(), run.repeats)
    peer = dict(zip((RARE, _INFLECTED), theirs, strict=True))
    for name, line in LINES:
        note = "newsboat finds nothing" if line == _INFLECTED and theirs[1] else ""
        yield Figure(
            f"{size:,} articles: search, {name}",
            _best(lambda line=line: _first(library, line), run.repeats),  # type: ignore[misc]
            "ms CPU",
            _GOAL,
            floor,
            "FTS5, rare word",
            peer.get(line),
            note,
        )
    letters = [_TYPED[:end] for end in range(1, len(_TYPED) + 1)]
    slowest = max(_best(lambda line=line: _first(library, line), 2) for line in letters)  # type: ignore[misc]
    yield Figure(
        f'{size:,} articles: search, slowest key of "{_TYPED}"', slowest, "ms CPU", _GOAL, floor, "the same"
    )
    asked = library.query("government")
    rest = _best(lambda: (library.ids(asked), library.count(asked)), 1)
    yield Figure(f"{size:,} articles: search, the rest of a common word", rest, "ms CPU")


def _first(library: Library, line: str) -> None:
    """Ask what the screen asks at a key, the first rows and the headlines it draws; give up after a while."""
    alarm = Timer(_GIVEN_UP, library.interrupt)
    alarm.start()
    try:
        ids, sure = library.first(query.as_typed(library.query(line), line), _FIRST)
        assert ids or not sure, f"{line} finds nothing"
        library.headlines(ids[:_SCREEN])
    except StoreError:
        return  # it was interrupted: the time it took is what counts
    finally:
        alarm.cancel()


def _best(task: Callable[[], object], times: int) -> float:
    """Return the least milliseconds of so many runs."""
    least = float("inf")
    for _ in range(times):
        began = time.process_time()
        task()
        least = min(least, time.process_time() - began)
        if least > _GIVEN_UP:
            break
    return least * 1_000


def _newsboat(boat: Newsboat | None) -> tuple[float | None, float | None]:
    """Return the milliseconds newsboat needs for the rare word, and for the Cyrillic one in lower case."""
    if boat is None:
        return None, None
    try:
        with running(Boat(boat)) as terminal:
            rare = _searched(terminal, RARE, "Search results")
            terminal.press("q")
            terminal.settle()
            # It compares the letters as they are: even the same form in another case is not found.
            return rare, _searched(terminal, RARE_CYRILLIC.lower(), "No ")
    except TooSlowError as error:
        print(f"newsboat, search: {error}", file=sys.stderr)
        return None, None


def _searched(terminal: Terminal, word: str, shown: str) -> float:
    terminal.press("/")
    terminal.settle()
    terminal.press(word)
    terminal.settle()
    return 1_000 * pressed(terminal, "\r", lambda: shown in terminal.text()).cpu
