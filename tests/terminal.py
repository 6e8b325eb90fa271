"""The program in a pseudo-terminal: keys, mouse and size in, a screen out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

import pyte

from tests.untraced import untraced

COMMAND = [sys.executable, "-m", "termnews"]


class Terminal:
    """The program in a pseudo-terminal, and what is on its screen."""

    def __init__(self, *arguments: str, columns: int = 80, rows: int = 24) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            environ = untraced()  # tracing it would double its time
            environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TZ": "UTC"}
            environ |= {"COLUMNS": str(columns), "LINES": str(rows)}  # as some shells export them
            os.execve(sys.executable, [*COMMAND, *arguments], environ)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def text(self) -> str:
        """Return the screen."""
        return "\n".join(self.screen.display)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    def wait_for(self, text: str, seconds: float = 30) -> None:
        """Read until a text is on the screen; fail when it does not come."""
        self.wait_match(re.escape(text), seconds)

    def wait_match(self, pattern: str, seconds: float = 30) -> None:
        """Read until the screen matches a regular expression somewhere; fail when it does not."""
        end = time.monotonic() + seconds
        while not re.search(pattern, self.text()):
            assert time.monotonic() < end, f"{pattern!r} did not come; the screen is\n{self.text()}"
            assert self._read(0.2) or re.search(pattern, self.text()), f"ended with\n{self.text()}"

    def wait_gone(self, text: str) -> None:
        """Read until a text is no longer on the screen."""
        end = time.monotonic() + 30
        while text in self.text():
            assert time.monotonic() < end, self.text()
            self._read(0.2)

    def press(self, keys: str) -> None:
        """Send keys."""
        os.write(self._fd, keys.encode())

    def status(self) -> int:
        """Read to the end and return the exit status; fail when the program does not end."""
        end = time.monotonic() + 30
        while self._read(0.2):
            assert time.monotonic() < end, f"it did not end; the screen is\n{self.text()}"
        _, status = os.waitpid(self.pid, 0)
        os.close(self._fd)
        return os.waitstatus_to_exitcode(status)

    def leftovers(self) -> bool:
        """Whether the alternate screen, the mouse or a hidden cursor was left behind."""
        for on, off in (
            (b"\x1b[?1049h", b"\x1b[?1049l"),
            (b"\x1b[?1000h", b"\x1b[?1000l"),
            (b"\x1b[?25l", b"\x1b[?25h"),
        ):
            if self.raw.rfind(on) > self.raw.rfind(off):
                return True
        return False

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def drain(self) -> None:
        """Read what is there."""
        while select.select([self._fd], [], [], 0)[0] and self._read(0):
            pass

    def settle(self, quiet: float = 0.15, longest: float = 5) -> None:
        """Read until nothing comes for a while, in seconds."""
        end = time.monotonic() + longest
        while time.monotonic() < end and select.select([self._fd], [], [], quiet)[0] and self._read(0):
            pass

    def mouse(self, button: int, column: int, row: int, *, up: bool = False) -> None:
        """Press or release a button of the mouse, or turn its wheel (64 up, 65 down); counted from 0."""
        self.press(f"\x1b[<{button};{column + 1};{row + 1}{'m' if up else 'M'}")

    def stopped(self) -> bool:
        """Wait until the program is suspended; return whether it is, and did not end."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WUNTRACED | os.WNOHANG)
            if pid:
                self.drain()  # what it wrote last may not have been read yet
                return os.WIFSTOPPED(status)
            self._read(0.1)
        return False

    def resume(self) -> None:
        """Let a suspended program go on, as `fg` does."""
        os.kill(self.pid, signal.SIGCONT)
