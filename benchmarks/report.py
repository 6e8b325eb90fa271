"""docs/performance.md: the table of the last run, and a line for every run before it.

It must never measure.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, table
from benchmarks.runs import ROOT

PAGE: Final = ROOT / "docs" / "performance.md"
"""The page."""
_TABLE: Final = ("<!-- last run -->", "<!-- end of last run -->")
_HISTORY: Final = "|---|---|---|---|\n"
_TOLD: Final = (
    "start to first list, s CPU",
    "memory after start",
    "open all, ms CPU",
    "search, common word, ms",
)
"""Figures of the largest size that a line of the history tells."""


def machine(newsboat: str | None) -> str:
    """Return the machine's state as one line: processors, load, versions."""
    load = os.getloadavg()[0]
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    said = [f"{os.cpu_count()} cores" + (f" ({model})" if model else ""), f"load {load:.1f} at the start"]
    said += [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    if newsboat:
        ran = subprocess.run([newsboat, "--version"], capture_output=True, text=True, check=False)
        said.append(ran.stdout.partition(" - ")[0])
    return ", ".join(said)


def record(page: Path, figures: Sequence[Figure], state: str, kind: str) -> None:
    """Write the table of this run into the page, and a line into its history, newest first.

    Args:
        page: the page; it has a place for both.
        figures: what was measured.
        state: the machine's, as `machine` says it.
        kind: "quick", "usual" or "full".
    """
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(_TABLE[0])
    _, _, after = rest.partition(_TABLE[1])
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    last = f"{_TABLE[0]}\n{today}, {kind} run; {state}.\n\n{table(figures)}\n{_TABLE[1]}"
    head, ruler, lines = after.partition(_HISTORY)
    line = f"| {today} | {kind} | {state} | {summary(figures)} |\n"
    page.write_text(before + last + head + ruler + line + lines, encoding="utf-8")


def summary(figures: Sequence[Figure]) -> str:
    """Return in one line how many goals are met, and the figures by which runs are compared."""
    judged = [each for each in figures if each.verdict]
    said = [f"{sum(each.verdict == 'met' for each in judged)} of {len(judged)} goals met"]
    for told in _TOLD:
        found = [each for each in figures if told in f"{each.name}, {each.unit}"]
        said += [f"{each.name} {each.value:.3g} {each.unit}" for each in found[-1:]]
    return "; ".join(said)
