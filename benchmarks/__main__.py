"""Measure everything: `python -m benchmarks [--quick | --full] [--record] [--caches FOLDER] [ROOM]...`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks import busy, places, refreshing, report, screens, searching, start, tagging
from benchmarks.figures import Figure, table
from benchmarks.runs import Run

ROOMS: Final[Mapping[str, Callable[[Run], Iterator[Figure]]]] = {
    "start": start.measure,
    "screens": screens.measure,
    "searching": searching.measure,
    "refreshing": refreshing.measure,
    "busy": busy.measure,
    "places": places.measure,
    "tagging": tagging.measure,
}
"""What is measured, in this order."""
_USUAL: Final = (1_000, 25_000, 100_000)
_SIZES: Final = {"quick": (1_000, 5_000), "usual": _USUAL, "full": (*_USUAL, 1_000_000)}


def main(arguments: Sequence[str]) -> int:
    """Print each figure as JSON when it is known, and all of them as a table at the end."""
    given = _arguments(arguments)
    kind = "quick" if given.quick else "full" if given.full else "usual"
    run = Run(quick=given.quick, sizes=_SIZES[kind], caches=given.caches)
    state = report.machine(run.newsboat)
    print(f"{kind} run; {state}", file=sys.stderr)
    began, figures = time.monotonic(), []
    for room in given.rooms or ROOMS:
        for figure in ROOMS[room](run):
            print(figure.line(), flush=True)
            figures.append(figure)
    print(f"\n{table(figures)}\n\n{time.monotonic() - began:.0f} s", file=sys.stderr)
    if given.record:
        report.record(report.PAGE, figures, state, kind)
    return 0


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure termnews.")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="small caches and few feeds, under two minutes")
    size.add_argument("--full", action="store_true", help="also a cache of a million articles")
    parser.add_argument("--record", action="store_true", help="write the table to docs/performance.md")
    parser.add_argument("--caches", type=Path, help="folder in which filled caches are kept for the next run")
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=f"of {', '.join(ROOMS)}")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
