"""A program in a pseudo-terminal, with the moment and the processor time of all it writes (Linux).

It must never know which program it is.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Final, Self

import pyte

COLUMNS, ROWS = 120, 40
"""Size of the terminal in cells."""
_LONGEST: Final = 120.0  # seconds to wait for anything
_MB: Final = 1024  # kB as /proc counts them
_STATUS: Final = {"rss": re.compile(r"VmRSS:\s+(\d+)"), "peak": re.compile(r"VmHWM:\s+(\d+)")}


@dataclass(frozen=True, slots=True)
class Moment:
    """When something stood on the screen."""

    wall: float
    """Seconds since the program was started, or since the last key."""
    cpu: float
    """Processor seconds of the program since then, its threads included, its children not."""


class TooSlowError(Exception):
    """What was waited for did not come; the message holds the screen."""


class Terminal:
    """A program on a screen of 120 × 40; a context manager that ends it."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        """Start the program with exactly this environment, besides TERM and TZ."""
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.screen.write_process_input = self._answer  # type: ignore[method-assign]
        self._stream = pyte.ByteStream(self.screen)
        self._since = Moment(time.perf_counter(), 0.0)
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), {**environ, "TERM": "xterm-256color", "TZ": "UTC"})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._written: SimpleQueue[tuple[Moment, bytes]] = SimpleQueue()
        sys.setswitchinterval(0.0005)  # drawing here must not make what is written look late
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        """Note when what is written comes, while the rest of this program is busy with what came before."""
        with suppress(OSError, ProcessLookupError):  # it has ended
            while written := os.read(self._fd, 1 << 16):
                self._written.put((Moment(time.perf_counter(), self.cpu()), written))

    def _answer(self, data: str) -> None:
        """Say what the terminal is where it is asked, as every true one does: termnews waits for that."""
        os.write(self._fd, data.encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the program without asking it: it is left as it stands."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self._thread.join()
        os.close(self._fd)

    def wait(self, ready: str | Callable[[str], bool], seconds: float = _LONGEST) -> Moment:
        """Read until a text is on the screen, or the screen is as asked; return when it was.

        Raises:
            TooSlowError: it did not come.
        """
        found = ready if callable(ready) else lambda text: ready in text
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            moment = self.read(0.5)
            if moment is not None and found(self.text()):
                return moment
        raise TooSlowError(f"{ready!r} did not come; the screen is\n{self.text()}")

    def press(self, keys: str) -> None:
        """Send keys; what comes is timed from now on."""
        self._since = Moment(time.perf_counter(), self.cpu())
        os.write(self._fd, keys.encode())

    def read(self, seconds: float) -> Moment | None:
        """Take in what the program wrote next; return when it came, None when nothing did."""
        try:
            at, written = self._written.get(timeout=seconds)
        except Empty:
            return None
        self._stream.feed(written)
        return Moment(at.wall - self._since.wall, at.cpu - self._since.cpu)

    def settle(self, quiet: float = 0.3, seconds: float = _LONGEST) -> None:
        """Read until nothing has come for a while."""
        end = time.perf_counter() + seconds
        while self.read(quiet) is not None and time.perf_counter() < end:
            pass

    def rest(self, seconds: float) -> None:
        """Read for so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)

    def idle(self, seconds: float = _LONGEST) -> None:
        """Read until the program uses no processor for half a second, to speak of."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            before = self.cpu()
            self.rest(0.5)
            if self.cpu() - before < 0.025:
                return

    def text(self) -> str:
        """Return the screen as lines."""
        return "\n".join(self.screen.display)

    def cpu(self) -> float:
        """Return the processor seconds used so far, exact to microseconds, also by threads that ended."""
        # The clock of another process, as clock_getcpuclockid(3) makes it of its number.
        return time.clock_gettime((~self.pid << 3) | 2)

    def memory(self, which: str = "rss") -> float:
        """Return the resident memory in MB now, or with "peak" the most there was."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            found = _STATUS[which].search(status.read())
        return int(found[1]) / _MB if found else 0.0
