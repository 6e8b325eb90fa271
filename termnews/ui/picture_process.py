"""The child process that brings pictures: one wish is written, one answer read, until a newer wish comes.

It must never fetch or read a picture itself. The child leaves when its standard input ends, or when nothing
was wished for during some minutes; the next wish starts another one.
"""

from __future__ import annotations

from asyncio.subprocess import Process
from contextlib import suppress
from typing import Final

from termnews.models.pictures import PictureAnswer, PictureWish
from termnews.ui.engine import Engine

_LONGEST: Final = 1 << 24  # bytes of an answer: a picture of a large screen takes a tenth


class PictureProcess:
    """At most one child and one wish at a time."""

    def __init__(self, engine: Engine) -> None:
        """Start nothing yet; `engine` knows the command."""
        self._engine = engine
        self._child: Process | None = None

    async def ask(self, wish: PictureWish) -> PictureAnswer | None:
        """Return what came of a wish; None where the child left without a word.

        Cancelling it leaves the wish with the child, which drops it for the next one.

        Raises:
            TermnewsError: the child cannot be started.
        """
        import msgspec  # with the first picture

        child = await self._started()
        assert child.stdin is not None and child.stdout is not None
        try:
            child.stdin.write(msgspec.json.encode(wish) + b"\n")
            await child.stdin.drain()
            while line := await child.stdout.readline():
                answer = msgspec.json.decode(line, type=PictureAnswer)
                if (answer.article, answer.url) == (wish.article, wish.url):
                    return answer
        except (OSError, ValueError):  # it broke, or says what nobody understands
            pass
        await self._see_off()
        return None

    async def _started(self) -> Process:
        if self._child is None or self._child.returncode is not None:
            await self._see_off()
            self._child = await self._engine.start(longest=_LONGEST)
        return self._child

    def drop(self) -> None:
        """Let the child drop what it is at."""
        child = self._child
        if child is not None and child.returncode is None and child.stdin is not None:
            with suppress(OSError):
                child.stdin.write(b"\n")

    async def close(self) -> None:
        """End the child."""
        await self._see_off()

    async def _see_off(self) -> None:
        """Close the pipes of the child and wait for its end; it writes nothing but whole files."""
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(ProcessLookupError):
            child.terminate()
        if child.stdin is not None:
            child.stdin.close()
        await child.communicate()
