"""The pictures command, which the screen runs: wishes come in as lines of JSON, answers go out as such lines.

It must never be started by people: it has no place in the help.
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Final

import click

from termnews.cli.session import Session, pass_session
from termnews.cli.stopping import until_stopped

if TYPE_CHECKING:
    from termnews.library.picturing import Picturing

IDLE_SECONDS: Final = 120.0
"""After which it leaves if nothing is wished for: it takes 50 MB that nobody needs."""


@click.command(hidden=True)
@pass_session
def pictures(session: Session) -> int:
    """Bring the pictures the screen wishes for, one at a time; a new wish takes the place of the one before.

    It ends when standard input does.
    """
    from termnews import logs
    from termnews.library.picturing import Picturing

    logs.begin(None)
    library = session.library

    async def work() -> None:
        async with Picturing(library) as picturing:
            await _serve(picturing)

    until_stopped(work)
    return 0


async def _serve(picturing: Picturing) -> None:
    """Take wishes until there are no more, or none for long."""
    lines = asyncio.StreamReader(limit=1 << 20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    task: asyncio.Task[None] | None = None
    try:
        while True:
            async with asyncio.timeout(IDLE_SECONDS):
                line = await lines.readline()
            if task is not None:
                task.cancel()
                await asyncio.wait({task})
            if not line:
                return
            task = asyncio.create_task(_answer(picturing, line)) if line.strip() else None
    except TimeoutError:
        return
    finally:
        if task is not None:
            task.cancel()
            await asyncio.wait({task})


async def _answer(picturing: Picturing, line: bytes) -> None:
    """Answer one wish."""
    import msgspec

    from termnews.models.pictures import PictureWish

    answer = await picturing.bring(msgspec.json.decode(line, type=PictureWish))
    print(msgspec.json.encode(answer).decode(), flush=True)


COMMANDS: Final = (pictures,)
