"""CPU time of a command from exec to exit, over that of an empty Python."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence

from benchmarks.figures import Figure

_COMMANDS = {
    "command line, --version": ["-m", "termnews", "--version"],
    "import of the screen": ["-c", "import termnews.ui.app"],
}


def measure() -> Iterator[Figure]:
    """Yield the figures, in milliseconds of CPU, the best of five runs."""
    floor = _cpu(["-c", "pass"])
    for name, arguments in _COMMANDS.items():
        yield Figure(f"start: {name}", _cpu(arguments), "ms CPU", floor, "python -c pass")


def _cpu(arguments: Sequence[str]) -> float:
    return min(_once(arguments) for _ in range(5))


def _once(arguments: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
