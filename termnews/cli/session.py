"""What all commands share: the configuration and the library, opened when first asked for.

It must never print data: what it says of the configuration goes to stderr.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from types import TracebackType

import click

from termnews import config
from termnews.library import Library
from termnews.models import ArticleQuery
from termnews.sanitize import clean_line


def say(sentence: str) -> None:
    """Print one sentence on stderr."""
    print(f"termnews: {clean_line(sentence)}", file=sys.stderr)


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
    def config(self) -> config.Config:
        """The configuration; its problems are said once, on stderr."""
        if self._demo:
            return self.library.config
        settings = config.load(Path(self._path) if self._path else None, self._profile)
        for problem in settings.problems:
            say(problem)
        return settings

    @cached_property
    def library(self) -> Library:
        """The open library, closed when the command ends."""
        if self._demo:
            from termnews.demo.filling import open_demo

            return self._stack.enter_context(open_demo())
        opened = Library(self.config)
        self._stack.callback(opened.close)
        return opened

    def query(self, words: tuple[str, ...]) -> ArticleQuery:
        """Read a query from the command's words; what should be known of it is said on stderr."""
        asked = self.library.query(" ".join(words))
        for note in asked.notes:
            say(note)
        return asked


pass_session = click.make_pass_decorator(Session)
