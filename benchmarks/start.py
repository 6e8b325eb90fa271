"""CPU time of a command from exec to exit, over that of an empty Python."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence

from benchmarks.figures import Figure
from benchmarks.runs import Run

_COMMANDS = {
    "command line, --version": ["-m", "termnews", "--version"],
    "import of the screen": ["-c", "import termnews.ui.app"],
}
_EMPTY = "python -c pass"


def measure(run: Run) -> Iterator[Figure]:
    """Yield the figures, in milliseconds of CPU, the best of some runs."""
    floor = _cpu(["-c", "pass"], run.repeats)
    for name, arguments in _COMMANDS.items():
        yield Figure(f"start: {name}", _cpu(arguments, run.repeats), "ms CPU", floor=floor, floor_is=_EMPTY)


def _cpu(arguments: Sequence[str], times: int) -> float:
    return min(_once(arguments) for _ in range(times))


def _once(arguments: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
