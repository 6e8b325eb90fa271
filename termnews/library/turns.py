"""One refresh of all feeds at a time, whichever process it runs in: a timer's, the screen's, the user's.

It must never hold up a refresh for good: a process that ended holds nothing, and one that hangs is not waited
for longer than `PATIENCE`.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Final

NAME: Final = ".refresh.lock"
"""Name of the file that is locked, in the folder of the cache; it stays empty."""
PATIENCE: Final = 900.0
"""Seconds after which a refresh goes on beside the one it waited for."""
_STEP: Final = 0.2


@asynccontextmanager
async def turn(folder: Path, waits: Callable[[], None]) -> AsyncGenerator[bool, None]:
    """Wait until no other refresh of this cache is under way, and hold others up meanwhile.

    Args:
        folder: that of the cache; where nothing can be written there, nobody waits.
        waits: called once when there is one to wait for.

    Yields:
        Whether there was one: what was known of the feeds before is old then.
    """
    try:
        lock = os.open(folder / NAME, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError:
        yield False
        return
    try:
        until = monotonic() + PATIENCE
        waited = False
        while not _taken(lock) and monotonic() < until:
            if not waited:
                waits()
            waited = True
            await asyncio.sleep(_STEP)
        yield waited
    finally:
        os.close(lock)


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # some network folders know no locks
        return True
    return True
