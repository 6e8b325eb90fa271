"""What all commands share: the configuration and the library, opened when first asked for.

It must never print data: what it says of the configuration goes to stderr.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Final

import click

from termnews.errors import ConfigError
from termnews.sanitize import clean_line

if TYPE_CHECKING:
    from termnews.config import Config
    from termnews.library import Library
    from termnews.models import ArticleQuery

_BEGINNING: Final = ("config edit", "config path", "feeds add", "import")
"""Commands that may begin the file --config names, or only say where it would be."""


def say(sentence: str) -> None:
    """Print one sentence on stderr."""
    print(f"termnews: {clean_line(sentence)}", file=sys.stderr)


def interrupt_at_eof() -> None:
    """Interrupt this process as ctrl+c would when its standard input ends: nobody waits for it any more."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGINT)

    # Not through sys.stdin: a thread that waits there holds a lock the end of Python asks for.
    Thread(target=wait, daemon=True).start()


class Session:
    """One run of a command."""

    def __init__(self, path: str | None, profile: str, *, demo: bool = False) -> None:
        self._path = path
        self._profile = profile
        self._demo = demo
        self._stack = ExitStack()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @cached_property
    def config(self) -> Config:
        """The configuration; its problems are said once, on stderr."""
        if self._demo:
            return self.library.config
        # Imported here, as below: the names alone cost more than all of `termnews --version`.
        from termnews import config

        path = Path(self._path) if self._path else None
        absent = config.absence(path, self._profile)
        command = click.get_current_context().command_path.partition(" ")[2]
        if absent and command not in _BEGINNING:
            raise ConfigError(absent)
        settings = config.load(path, self._profile)
        for problem in settings.problems:
            if problem != absent:
                say(problem)
        return settings

    @cached_property
    def library(self) -> Library:
        """The open library, closed when the command ends."""
        if self._demo:
            from termnews.demo.filling import open_demo

            return self._stack.enter_context(open_demo())
        from termnews.library import Library

        opened = Library(self.config, tell=say)
        self._stack.callback(opened.close)
        for sentence in opened.said:
            say(sentence)
        if opened.ruled and not opened.rules.settled():
            for _ in opened.rules.settle():
                pass
        return opened

    def query(self, words: tuple[str, ...]) -> ArticleQuery:
        """Read a query from the command's words; what should be known of it is said on stderr."""
        asked = self.library.query(" ".join(words))
        for note in asked.notes:
            say(note)
        return asked

    def chosen(self, numbers: tuple[int, ...], line: str | None) -> Sequence[int]:
        """Return the articles a change is meant for: these, or those of a query.

        Raises:
            UsageError: both are given, or neither.
            TermnewsError: a number is unknown; nothing is to be changed then.
        """
        if bool(numbers) == (line is not None):
            raise click.UsageError("give article numbers or --query, one of the two")
        for number in numbers:
            self.library.article(number)
        return numbers if line is None else self.library.ids(self.query((line,)))


pass_session = click.make_pass_decorator(Session)
