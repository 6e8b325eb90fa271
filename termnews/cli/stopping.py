"""Work of a command that ends well when it is stopped: by a signal, or by who started it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress


def until_stopped(work: Callable[[], Coroutine[None, None, None]], *, stop_at_eof: bool = False) -> bool:
    """Do the work until it is done, SIGINT or SIGTERM comes, or standard input ends.

    Args:
        work: what is to be done; it is cancelled where it waits.
        stop_at_eof: whether the end of standard input stops it: who started it is gone.

    Returns:
        Whether it was stopped.
    """
    import asyncio  # 25 ms that few commands need

    async def run() -> bool:
        task = asyncio.create_task(work())
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, task.cancel)
        if stop_at_eof:
            reader = asyncio.StreamReader()
            await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
            ended = asyncio.create_task(reader.read())
            ended.add_done_callback(lambda _: task.cancel())
        with suppress(asyncio.CancelledError):
            await task
        return task.cancelled()

    return asyncio.run(run())
