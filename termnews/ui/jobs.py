"""A command of the user's at work: it gets an article on standard input, and what it prints is kept, bounded.

It must never hold the loop, and its child never sees the terminal: it has a session of its own. Only
`in_terminal` hands the terminal over, and waits.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import Mapping, Sequence
from contextlib import suppress
from tempfile import TemporaryFile
from typing import Final, cast

from termnews.sanitize import clean_text

MOST_BYTES: Final = 100_000
"""Bytes of output that are kept; a command that prints more is stopped."""
_REST: Final = 0.3
"""Seconds after the end of a command for output under way; a child of its own may hold the pipe for ever."""
_PATIENCE: Final = 2.0
"""Seconds a command that was asked to end may take."""
# ECMA-48: control sequences, and the strings of OSC, DCS, APC, PM and SOS.
_SEQUENCES: Final = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])"
)


class Job(asyncio.SubprocessProtocol):
    """One command from its start to its end."""

    def __init__(self, name: str) -> None:
        """Prepare a command that is called so in sentences."""
        self.name = name
        self.status: int | None = None
        """Exit status, negative for a signal; None: it is at work."""
        self.stopped = False
        """Whether it was asked to end."""
        self.cut = False
        """Whether it printed more than is kept."""
        self._data = bytearray()
        self._said, self._exited, self._closed = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._transport: asyncio.SubprocessTransport | None = None

    @property
    def text(self) -> str:
        """What it printed so far, safe on a screen."""
        return clean_text(_SEQUENCES.sub("", self._data.decode("utf-8", "replace"))).rstrip("\n")

    @property
    def size(self) -> int:
        """Bytes it printed so far."""
        return len(self._data)

    async def start(self, words: Sequence[str], environ: Mapping[str, str], data: bytes) -> None:
        """Start it with `data` on its standard input.

        Raises:
            OSError: there is no such program, or it may not be run.
        """
        transport, _ = await asyncio.get_running_loop().subprocess_exec(
            lambda: self, *words, stdin=PIPE, stdout=PIPE, stderr=STDOUT, env=environ, start_new_session=True
        )
        stdin = cast(asyncio.WriteTransport, transport.get_pipe_transport(0))
        stdin.write(data)
        stdin.write_eof()

    async def speaks(self) -> bool:
        """Wait for its first output or its end; return whether it printed anything."""
        waits = [asyncio.ensure_future(each.wait()) for each in (self._said, self._exited)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            if not self._data:
                await self._ended()
        finally:
            for each in waits:
                each.cancel()
        return bool(self._data)

    async def end(self) -> None:
        """Wait until it has ended."""
        await self._exited.wait()
        await self._ended()

    async def _ended(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closed.wait(), _REST)

    def stop(self) -> None:
        """Ask it and its children to end; who does not is killed."""
        if not self.stopped:
            self.stopped = True
            self._signal(signal.SIGTERM)
            asyncio.get_running_loop().call_later(_PATIENCE, self._signal, signal.SIGKILL)

    def close(self) -> None:
        """Let go of it; one at work is killed."""
        self._signal(signal.SIGKILL)
        if self._transport is not None:
            self._transport.close()

    def _signal(self, number: signal.Signals) -> None:
        if self._transport is not None and self.status is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._transport.get_pid(), number)

    # --- what the loop tells -------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note the process."""
        self._transport = cast(asyncio.SubprocessTransport, transport)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Keep what it printed, as far as there is room."""
        room = MOST_BYTES - len(self._data)
        self._data += data[:room]
        self._said.set()
        if len(data) > room and not self.cut:
            self.cut = True
            self.stop()

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """Note that it prints no more."""
        if fd == 1:
            self._closed.set()

    def process_exited(self) -> None:
        """Note how it ended."""
        if self._transport is not None:
            self.status = self._transport.get_returncode()
        self._exited.set()


def in_terminal(words: Sequence[str], environ: Mapping[str, str], data: bytes) -> int:
    """Run a command that has the terminal, and wait for it; return its exit status.

    Raises:
        OSError: there is no such program, or it may not be run.
    """
    with TemporaryFile() as said:
        said.write(data)
        said.seek(0)
        # ctrl+c is meant for the command. An ignored signal would be inherited, a handled one is not.
        before = signal.signal(signal.SIGINT, lambda *_: None)
        try:
            return subprocess.run(words, stdin=said, env=environ).returncode
        finally:
            signal.signal(signal.SIGINT, before)
