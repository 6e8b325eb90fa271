"""Files of other readers taken over from the screen: a child process reads them, one after the other.

It must never read a file or write anything itself; what came is told when all of them are done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from termnews.errors import TermnewsError
from termnews.ui.engine import Engine
from termnews.ui.listing import Run
from termnews.ui.messages import Progress
from termnews.wording import tr, trn


@dataclass(frozen=True, slots=True)
class Report:
    """What came of one file."""

    name: str
    """Its name, without folders."""
    summary: str
    """What came, or why nothing did, as one sentence."""
    lines: tuple[str, ...] = ()
    """What was written to termnews.toml, and what stays behind and why, one sentence each."""
    feeds: bool = False
    """Whether feeds were added, which are still to be asked."""
    articles: bool = False
    """Whether articles came in, whose places are still to be found."""
    failed: bool = False
    """Whether nothing could be taken over; the sentence says why, and may be longer than the bar."""


class Importing:
    """At most one file at a time; what is asked for meanwhile comes after it."""

    def __init__(
        self,
        engine: Engine,
        run: Run,
        changed: Callable[[], None],
        came: Callable[[Sequence[Report]], None],
    ) -> None:
        """Begin at rest.

        Args:
            engine: runs the child process.
            run: starts a worker.
            changed: called when what the bars say may have changed.
            came: called with what came of all files, once they are done.
        """
        self.progress = Progress()
        self.running = False
        self.reports: tuple[Report, ...] = ()
        """What came of the files taken over last."""
        self._engine, self._run, self._changed, self._came = engine, run, changed, came
        self._paths: list[Path] = []

    def start(self, paths: Sequence[Path]) -> None:
        """Take over these files, in this order."""
        self._paths += paths
        if self._paths and not self.running:
            self.running = True
            self._run(self._follow, "import")

    def stop(self) -> None:
        """Stop the file under way and forget those after it; what came is kept."""
        self._paths.clear()
        self._engine.stop()

    async def close(self) -> None:
        """Stop what is under way and wait until it has ended."""
        self._paths.clear()
        await self._engine.close()

    async def _follow(self) -> None:
        reports = []
        try:
            while self._paths:
                reports.append(await self._take(self._paths.pop(0)))
        finally:
            self.running, self.progress = False, Progress()
            self._changed()
        self.reports = tuple(reports)
        self._came(self.reports)

    async def _take(self, path: Path) -> Report:
        """Run one child to its end; return what came of it."""
        try:
            came = await self._engine.take(str(path.expanduser()), self._reached)
        except TermnewsError as error:
            return Report(path.name, tr("Not imported: {error}", error=error), failed=True)
        if not came:
            return Report(path.name, tr("Stopped; what came is kept. Import the file again for the rest."))
        if came.get("error"):
            why = tr("Not imported: {error}", error=came["error"])
            return Report(path.name, why, tuple(map(str, came.get("left_out", ()))), failed=True)
        written = (tr("written to termnews.toml: {line}", line=each) for each in came.get("settings", ()))
        lines = (*written, *map(str, came.get("left_out", ())))
        return Report(path.name, summary(came), lines, bool(came.get("feeds")), bool(came.get("articles")))

    def _reached(self, progress: Progress) -> None:
        self.progress = progress
        self._changed()


def summary(came: Mapping[str, Any]) -> str:
    """Return what `termnews import --json` said at its end as one sentence."""
    left = len(came.get("left_out", ()))
    kind, parts = came.get("kind"), []
    if kind in ("cache", "state"):
        if kind == "cache":
            parts.append(trn("{n} article added", "{n} articles added", came.get("articles", 0)))
        parts.append(tr("{n} marked read", n=came.get("read", 0)))
        parts.append(trn("{n} starred", "{n} starred", came.get("starred", 0)))
    else:
        if kind != "config":
            parts.append(trn("{n} feed added", "{n} feeds added", came.get("feeds", 0)))
            parts.append(trn("{n} was followed already", "{n} were followed already", came.get("known", 0)))
        if written := len(came.get("settings", ())):
            parts.append(trn("{n} setting written", "{n} settings written", written))
    if left:
        parts.append(trn("{n} line left out", "{n} lines left out", left))
    return f"{', '.join(parts)}." if parts else tr("There was nothing to take over.")
