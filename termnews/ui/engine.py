"""Work outside the process that draws, as the screen sees it: a child whose lines become figures.

It must never fetch, parse or write anything itself: no network and no writer's lock in the process
that draws. The child's standard input is its leash: when it ends, the child finishes its
transaction and leaves.
"""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, Any, Final, Protocol

from termnews.config import Config
from termnews.errors import TermnewsError
from termnews.ui.messages import Progress

if TYPE_CHECKING:
    from termnews.ui.tally import Steps, Tally

NICE: Final = 10
"""Added to the child's niceness, so that keys come first on a busy machine."""
INTERVAL: Final = 0.25
"""Seconds between two reports."""
REFRESH: Final = ("refresh", "--json", "--stop-at-eof")
RETAG: Final = ("cache", "retag", "--json")
"""Finds places again; each batch is a transaction of its own, so it may be ended at any moment."""
ADD: Final = ("feeds", "add", "-", "--json", "--stop-at-eof")
"""Looks for a feed. Its address may hold a password, so it goes in as a line: all can read arguments."""
DOWNLOAD: Final = ("download", "--json", "--stop-at-eof")
"""Fetches full texts; each is on disk before it is told."""
IMPORT: Final = ("import", "--json", "--stop-at-eof")
"""Takes over a file; each batch of articles is a transaction of its own."""
PICTURES: Final = ("pictures",)
"""Brings pictures; it is talked to line by line."""
_NAMES: Final = {
    IMPORT: "the import",
    PICTURES: "bringing pictures",
    DOWNLOAD: "fetching full text",
    REFRESH: "the refresh",
    RETAG: "finding places again",
    ADD: "looking for the feed",
}
_PATIENCE: Final = 5.0
_LINE: Final = 1 << 16
_ENDS: Final = (0, 3)  # all done; some feeds failed


class Counter(Protocol):
    """Adds up the lines of a child."""

    progress: Progress

    def add(self, line: bytes) -> None:
        """Take in one line."""


def _counter(verb: tuple[str, ...]) -> Counter:
    from termnews.ui.tally import Steps, Tally, Texts  # no child runs before the first list stands

    counters: Mapping[tuple[str, ...], Callable[[], Counter]] = {REFRESH: Tally, DOWNLOAD: Texts}
    return counters.get(verb, Steps)()


class Engine:
    """Runs one refresh at a time, or one other piece of work that reports as JSON lines."""

    def __init__(
        self,
        config: Config,
        *,
        program: Sequence[str] = (),
        interval: float = INTERVAL,
        verb: tuple[str, ...] = REFRESH,
    ) -> None:
        """Prepare the command; nothing runs yet.

        Args:
            config: names the file and profile the child is to use, and the log its errors go to.
            program: the command before its arguments; this Python's termnews when empty.
            interval: seconds between two reports.
            verb: what the child does: `REFRESH`, `RETAG`, `ADD`, `DOWNLOAD`, `IMPORT` or `PICTURES`.
        """
        # -P: a file in the folder termnews was started in must not stand for a module of that name.
        program = program or (sys.executable, "-P", "-m", "termnews")
        profile = ["--profile", config.profile] if config.profile else []
        self._command = [*program, "--config", str(config.path), *profile, *verb]
        self._config, self._program, self._verb = config, program, verb
        self._log = config.log_path
        self._interval = interval
        self._process: Process | None = None
        self._leaving: asyncio.Task[None] | None = None
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self._status = 0
        self.stopping = False

    def beside(self, verb: tuple[str, ...]) -> Engine:
        """Return an engine for other work with the same program."""
        return Engine(self._config, program=self._program, interval=self._interval, verb=verb)

    @property
    def running(self) -> bool:
        """Whether the child is at work."""
        return self._process is not None

    async def run(self, feeds: Sequence[str] = (), *, force: bool = False) -> AsyncGenerator[Progress, None]:
        """Refresh these feeds (all when none is named), reporting at most four times a second.

        With `force` also those that are not due, but none asked within `min_interval_minutes`.

        Raises:
            TermnewsError: the child could not be started or ended badly.
        """
        tally = _counter(self._verb)
        arguments = (*(["--force", "--gently"] if force else []), *feeds)
        async with aclosing(self._work(arguments, tally)) as reports:
            async for progress in reports:
                yield progress
        if self._status not in _ENDS and not self.stopping:
            raise TermnewsError(f"{self._name} ended with status {self._status}; {self._log} says why")

    async def add(self, address: str) -> Mapping[str, Any]:
        """Follow the feed at an address, or of the page there; for an engine of that verb.

        Returns:
            What `termnews feeds add --json` said; empty when it was stopped before it said anything.

        Raises:
            TermnewsError: the child could not be started, or ended without a word.
        """
        from termnews.ui.tally import Tally

        tally = Tally()
        async with aclosing(self._work((), tally, f"{address}\n".encode())) as reports:
            async for _ in reports:
                pass
        return self._last_of(tally)

    async def take(self, path: str, report: Callable[[Progress], None]) -> Mapping[str, Any]:
        """Take over a file, reporting how far it is; for an engine of that verb. Else as `add`."""
        from termnews.ui.tally import Steps

        tally = Steps()
        async with aclosing(self._work(("--", path), tally)) as reports:
            async for progress in reports:
                report(progress)
        return self._last_of(tally)

    def _last_of(self, tally: Tally | Steps) -> Mapping[str, Any]:
        if not tally.last and not self.stopping:
            raise TermnewsError(f"{self._name} ended with status {self._status}; {self._log} says why")
        return tally.last

    async def _work(
        self, arguments: Sequence[str], tally: Counter, said: bytes = b""
    ) -> AsyncGenerator[Progress, None]:
        """Run the child to its end, its lines gathered in the tally; `said` is what it reads first."""
        self._at_rest.clear()
        try:
            process = self._process = await self.start(arguments)
            assert process.stdin is not None
            process.stdin.write(said)
            async with aclosing(self._reports(process, tally)) as reports:
                async for progress in reports:
                    yield progress
            self._status = await process.wait()
        finally:
            # Leaving the screen cancels this more than once; seeing the child off must go on all the same,
            # or `close` would wait for ever.
            self._leaving = asyncio.create_task(self._see_off())
            await asyncio.shield(self._leaving)

    @property
    def _name(self) -> str:
        return _NAMES[self._verb]

    async def _see_off(self) -> None:
        """Let the child go, and say that nothing is under way."""
        child, self._process = self._process, None
        try:
            if child is not None:
                await _dismiss(child)
        finally:
            self._at_rest.set()

    async def start(self, arguments: Sequence[str] = (), *, longest: int = _LINE) -> Process:
        """Start the child and return it; whoever calls this sees it off.

        Args:
            arguments: behind those of the verb.
            longest: bytes a line of its output may have.

        Raises:
            TermnewsError: it cannot be started.
        """
        self.stopping = False
        self._log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(self._log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "ab") as log:
            try:
                # A group of its own: ctrl+c in a program that has the terminal is not meant for it.
                process = await asyncio.create_subprocess_exec(
                    *(*self._command, *arguments),
                    stdin=PIPE, stdout=PIPE, stderr=log, limit=longest, process_group=0,
                )  # fmt: skip
            except OSError as error:
                raise TermnewsError(f"{self._name} cannot be started: {error.strerror}") from error
        with suppress(ProcessLookupError):  # it may be done already
            os.setpriority(os.PRIO_PROCESS, process.pid, NICE)
        return process

    async def _reports(self, process: Process, tally: Counter) -> AsyncGenerator[Progress, None]:
        """Gather the child's lines; report when the interval is over and something came."""
        assert process.stdout is not None
        gathering = asyncio.create_task(_gather(process.stdout, tally))
        reported = Progress()
        try:
            while not gathering.done():
                await asyncio.wait({gathering}, timeout=self._interval)
                if tally.progress != reported:
                    reported = tally.progress
                    yield reported
        finally:
            gathering.cancel()
            await asyncio.wait({gathering})

    def stop(self) -> None:
        """Ask the child to finish what it writes and leave."""
        process = self._process
        if process is not None and process.stdin is not None and not self.stopping:
            self.stopping = True
            process.stdin.close()
            patience = 0 if self._verb == RETAG else _PATIENCE
            asyncio.get_running_loop().call_later(patience, _end, process)

    async def close(self) -> None:
        """Stop, and wait until the child has left; one that does not leave is ended."""
        self.stop()
        await self._at_rest.wait()


def _end(process: Process) -> None:
    """End a child that did not leave when it was asked to."""
    if process.returncode is None:
        process.terminate()


async def _dismiss(process: Process) -> None:
    """Close the pipes of a child and see it off; one that still runs is killed between two transactions."""
    if process.returncode is None:
        process.kill()
    if process.stdin is not None:
        process.stdin.close()
        with suppress(ConnectionError):
            await process.stdin.wait_closed()
    await process.communicate()


async def _gather(stdout: asyncio.StreamReader, tally: Counter) -> None:
    async for line in stdout:
        tally.add(line)
