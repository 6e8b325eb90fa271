"""One child process that reads feeds, and its keeper: hostile documents cost one feed, no more.

The child is `python -m termnews.worker`; requests and answers are msgpack frames with a length
before them, over its pipes. It must never fetch or store, and the keeper must never parse.
"""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from termnews.errors import ExtractError, ImageError, ParseError
from termnews.models import FullText, ParsedFeed
from termnews.models.pictures import Drawn, Frame
from termnews.refusals import refusal
from termnews.sanitize import clean_url, log_text, strip_credentials

DEADLINE_SECONDS = 20.0
"""Time for one document, waiting for the processor included."""
CPU_SECONDS = 15
"""Processor time for one document; 10 MB of honest feed take a third of it (measured: 4 to 5 s)."""
MEMORY_BYTES = 1 << 30
"""Address space of the child; 10 MB of honest feed take a third of it (measured: 325 MB)."""

FAST_LANE = "TERMNEWS_FAST_LANE"
"""Environment variable that turns the fast lane of `termnews.parse` off when it is 0."""

_LENGTH = struct.Struct(">I")
_OUT_OF_MEMORY = 70
"""Exit status of a child that ran out of memory."""
_LEAVE_SECONDS = 2.0
"""How long a child may take to leave after its input ended."""


class _Ask(msgspec.Struct, frozen=True, array_like=True):
    """A document to read: as a feed; when `now` is None as a page that names feeds or holds an article, or a
    picture."""

    body: bytes
    url: str
    content_type: str
    now: datetime | None
    lang: str
    said: str | None = None  # of an article: what its feed says
    asked: str = ""
    frame: Frame | None = None  # of a picture: where it is drawn


class _Parsed(msgspec.Struct, frozen=True, tag="parsed"):
    """The answer for a feed."""

    feed: ParsedFeed


class _Found(msgspec.Struct, frozen=True, tag="found"):
    """The answer for a page."""

    urls: tuple[str, ...]


class _Extracted(msgspec.Struct, frozen=True, tag="extracted"):
    """The answer for a page with an article."""

    page: FullText


class _Pictured(msgspec.Struct, frozen=True, tag="pictured"):
    """The answer for a picture."""

    drawn: Drawn


class _Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The answer for a document that is no feed, or no article."""

    reason: str
    code: str = ""
    about: str = ""


_Answer = _Parsed | _Found | _Extracted | _Pictured | _Refused

# --- the keeper ----------------------------------------------------------------------------


class Worker:
    """Reads feeds in a child process; an async context manager, safe for many tasks at once.

    Documents are read one after the other. A document at which the child passes a limit or dies
    fails with a ParseError, and the next one gets a new child.
    """

    def __init__(
        self,
        *,
        seconds: float = DEADLINE_SECONDS,
        cpu_seconds: int = CPU_SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        log_path: Path | None = None,
    ) -> None:
        """Prepare a worker; the child starts with the first document.

        Args:
            seconds: time for one document.
            cpu_seconds: processor time for one document.
            memory_bytes: address space of the child.
            log_path: file the child's warnings are appended to; None: they are dropped.
        """
        self._seconds = seconds
        self._cpu_seconds = cpu_seconds
        self._memory_bytes = memory_bytes
        self._log_path = log_path
        self._lock = asyncio.Lock()
        self._child: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        """Return the worker itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Let the child leave."""
        async with self._lock:
            await self._dismiss()

    async def parse(
        self, body: bytes, url: str, *, now: datetime, content_type: str = "", lang: str = ""
    ) -> ParsedFeed:
        """Read a feed as `termnews.parse.parse` does, and fill `Entry.text`.

        Raises:
            ParseError: it is no feed, or reading it passed a limit, which is named.
        """
        answer = await self._ask(_Ask(body, clean_url(url), content_type, now, lang))
        if isinstance(answer, _Refused):
            raise ParseError(answer.reason)
        assert isinstance(answer, _Parsed)
        return answer.feed

    async def find_feeds(self, body: bytes, url: str, content_type: str = "") -> tuple[str, ...]:
        """Return the addresses of the feeds a web page names, best first; () when there are none.

        Raises:
            ParseError: reading the page passed a limit, which is named.
        """
        answer = await self._ask(_Ask(body, clean_url(url), content_type, None, ""))
        assert isinstance(answer, _Found)
        return answer.urls

    async def extract(
        self, body: bytes, url: str, content_type: str = "", *, said: str = "", asked: str = ""
    ) -> FullText:
        """Return the article of a page as `termnews.extract.extract` does.

        Raises:
            ExtractError: the page holds none to be read, or reading it passed a limit.
        """
        try:
            request = _Ask(body, clean_url(url), content_type, None, "", said, clean_url(asked))
            answer = await self._ask(request)
        except ParseError as error:
            raise refusal("heavy") from error
        if isinstance(answer, _Refused):
            raise ExtractError(answer.reason, code=answer.code, about=answer.about)
        assert isinstance(answer, _Extracted)
        return answer.page

    async def draw(self, body: bytes, url: str, frame: Frame) -> Drawn:
        """Return a picture as `termnews.images.draw` does.

        Raises:
            ImageError: it cannot be drawn, or reading it passed a limit.
        """
        try:
            answer = await self._ask(_Ask(body, clean_url(url), "", None, "", frame=frame))
        except ParseError as error:
            raise ImageError("The picture is too heavy to be read; its caption stays.") from error
        if isinstance(answer, _Refused):
            raise ImageError(answer.reason)
        assert isinstance(answer, _Pictured)
        return answer.drawn

    async def _ask(self, request: _Ask) -> _Answer:
        """Bring one document to the child and its answer back."""
        async with self._lock:
            answered = False
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await self._exchange(await self._start(), msgspec.msgpack.encode(request))
                answered = True
                return answer
            except TimeoutError as error:
                raise _limit(request.url, f"took more than {self._seconds:g} seconds") from error
            except (OSError, asyncio.IncompleteReadError, msgspec.MsgspecError) as error:
                raise _limit(request.url, await self._cause()) from error
            finally:
                if not answered:  # also when the asking task is cancelled: the pipe is out of step
                    await self._kill()

    async def _start(self) -> asyncio.subprocess.Process:
        """Return the running child; start one where there is none."""
        if self._child is not None and self._child.returncode is None:
            return self._child
        await self._kill()
        # The child finds this very package, wherever the program was started from.
        home = Path(__file__).resolve().parent.parent
        with open(self._log_path or os.devnull, "ab", opener=_private) as log:
            self._child = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "termnews.worker", str(self._memory_bytes), str(self._cpu_seconds)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                cwd=home,
                start_new_session=True,  # Ctrl-C in the terminal is for the program, not for the child
            )
        return self._child

    @staticmethod
    async def _exchange(child: asyncio.subprocess.Process, request: bytes) -> _Answer:
        """Write a request and read its answer."""
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(_LENGTH.pack(len(request)) + request)
        await child.stdin.drain()
        (size,) = _LENGTH.unpack(await child.stdout.readexactly(_LENGTH.size))
        answer: _Answer = msgspec.msgpack.decode(await child.stdout.readexactly(size), type=_Answer)
        return answer

    async def _cause(self) -> str:
        """Say why the child went away in the middle of a document."""
        if self._child is None:
            return "failed because its process could not be started"
        with suppress(TimeoutError):
            async with asyncio.timeout(_LEAVE_SECONDS):
                await self._child.wait()
        status = self._child.returncode
        if status == -signal.SIGPROF:
            return f"took more than {self._cpu_seconds} seconds of processor time"
        if status == _OUT_OF_MEMORY:
            return f"took more than {self._memory_bytes >> 20} MB of memory"
        return f"broke its process (status {status})"

    async def _dismiss(self) -> None:
        """End the child's input and wait until it has left; kill it when it stays."""
        if self._child is not None and self._child.stdin is not None:
            self._child.stdin.close()
            with suppress(TimeoutError):
                async with asyncio.timeout(_LEAVE_SECONDS):
                    await self._child.wait()
        await self._kill()

    async def _kill(self) -> None:
        """Kill the child if it still runs, and close its pipes."""
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(ProcessLookupError):
            child.kill()
        assert child.stdin is not None
        child.stdin.close()
        await child.communicate()  # reads what is left, so that the transport closes


def _private(path: str, flags: int) -> int:
    """Open a file that, when it is made, nobody else may read: the log may quote a feed."""
    return os.open(path, flags, 0o600)


def _limit(url: str, what: str) -> ParseError:
    """Return the error for a document at which the child was lost."""
    remedy = "the other feeds go on; if it happens again, pause or remove this one"
    return ParseError(f"{strip_credentials(url)}: reading it {what}; {remedy}")


# --- the child -----------------------------------------------------------------------------


def serve(requests: BinaryIO, answers: BinaryIO, cpu_seconds: float, fast: bool = True) -> None:
    """Answer requests until there are no more.

    Args:
        requests: frames that ask.
        answers: where the frames that answer go.
        cpu_seconds: processor time for one document; beyond it the kernel ends the process.
        fast: whether ordinary feeds go by the fast lane of `termnews.parse`.
    """
    decoder = msgspec.msgpack.Decoder(_Ask)
    while len(head := requests.read(_LENGTH.size)) == _LENGTH.size:
        request = decoder.decode(requests.read(_LENGTH.unpack(head)[0]))
        signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
        answer = msgspec.msgpack.encode(_answer(request, fast))
        signal.setitimer(signal.ITIMER_PROF, 0)
        answers.write(_LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _answer(request: _Ask, fast: bool) -> _Answer:
    """Read one document."""
    if request.frame is not None:
        return _pictured(request.body, request.frame)
    if request.said is not None:
        return _extracted(request, request.said)
    # Only the child pays for these.
    from termnews.parse import find_feeds, parse
    from termnews.render import plain

    if request.now is None:
        return _Found(find_feeds(request.body, request.url, request.content_type))
    try:
        feed = parse(
            request.body,
            request.url,
            now=request.now,
            content_type=request.content_type,
            lang=request.lang,
            fast=fast,
        )
    except ParseError as error:
        return _Refused(str(error))
    return _Parsed(_with_text(feed, plain))


def _extracted(request: _Ask, said: str) -> _Answer:
    """Read the article of a page."""
    from termnews.extract import extract

    try:
        return _Extracted(
            extract(request.body, request.url, request.content_type, said=said, asked=request.asked)
        )
    except ExtractError as error:
        return _Refused(str(error), error.code, error.about)


def _pictured(body: bytes, frame: Frame) -> _Answer:
    """Draw a picture."""
    from termnews.images import draw

    try:
        return _Pictured(draw(body, frame))
    except ImageError as error:
        return _Refused(str(error))


def _with_text(feed: ParsedFeed, plain: Callable[[str], str]) -> ParsedFeed:
    """Return the feed with the plain text of every entry."""
    entries = (replace(entry, text=plain(entry.html)) for entry in feed.entries)
    return replace(feed, entries=tuple(entries))


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write the traceback of what nobody expected; it may quote the document."""
    sys.stderr.write(log_text("".join(traceback.format_exception(kind, error, trace))))


def main(arguments: list[str]) -> None:
    """Run the child: set its limits, then answer until its input ends.

    Args:
        arguments: bytes of address space, seconds of processor time for one document.
    """
    memory_bytes, cpu_seconds = map(int, arguments)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The answers keep the old standard output; whatever prints by accident goes to the log.
    sys.excepthook = _tell
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        serve(sys.stdin.buffer, answers, cpu_seconds, os.environ.get(FAST_LANE) != "0")
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)


if __name__ == "__main__":
    main(sys.argv[1:])
