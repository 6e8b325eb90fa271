"""The article handed to commands of the user's: which there are, running them, and what they print.

It must never hold the loop but for a command that gets the terminal, and shows what a command prints only
while nothing else lies over the panes.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from textual.app import SuspendNotSupported
from textual.screen import Screen

from termnews.errors import TermnewsError
from termnews.library import Library
from termnews.models import Article
from termnews.sanitize import screen_text
from termnews.ui.cells import cut
from termnews.ui.listing import Run
from termnews.ui.showing import Showing
from termnews.wording import tr

if TYPE_CHECKING:
    from termnews.programs import Program
    from termnews.ui.jobs import Job

Form = Literal["text", "json"]
"""What a command gets on its standard input: the text `show` prints, or the JSON line."""
_RECENT: Final = 20
_NAME: Final = 40  # cells of a typed command in a sentence


class Piping:
    """Commands at work, and those typed since the start."""

    def __init__(
        self,
        screen: Screen[None],
        library: Library,
        showing: Showing,
        run: Run,
        changed: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        """Begin with none.

        Args:
            screen: the one that output is laid over.
            library: brings articles and the configuration.
            showing: knows whether the full text is shown.
            run: starts a worker.
            changed: called when what the bars say may have changed.
            say: shows one sentence.
        """
        self.recent: list[str] = []
        """Lines typed since the start, newest first."""
        self._screen, self._library, self._showing = screen, library, showing
        self._run, self._changed, self._say = run, changed, say
        self._jobs: list[Job] = []

    @property
    def programs(self) -> Mapping[str, Program]:
        """The commands of the configuration by name."""
        return self._library.config.commands

    @property
    def running(self) -> bool:
        """Whether a command is at work."""
        return bool(self._jobs)

    def run(self, line: str, number: int, form: Form) -> None:
        """Run a command by its name, or as it was typed, with an article on its standard input."""
        from termnews import programs

        try:
            program = self.programs.get(line) or programs.typed(line)
            article = self._article(number)
        except TermnewsError as error:
            self._say(str(error))
            return
        if line not in self.programs:
            self.recent = [line, *(each for each in self.recent if each != line)][:_RECENT]
        words = programs.arguments(program, article)
        if words is None:
            self._say(tr("This article has no address."))
            return
        environ = programs.environment(article, os.environ)
        name = line if line in self.programs else cut(screen_text(" ".join(words)), _NAME)
        work = self._hand_over if program.terminal else self._follow
        self._run(partial(work, name, words, environ, article, form), "command", exclusive=False)

    def stop(self) -> None:
        """Ask the command that was started last to end."""
        self._jobs[-1].stop()

    def close(self) -> None:
        """End all that are at work."""
        for each in self._jobs:
            each.close()

    def _article(self, number: int) -> Article:
        """Return an article as it is shown: with its full text, unless what the feed says is wanted."""
        from termnews import printed

        shown = self._showing.article
        article = shown if shown is not None and shown.id == number else self._library.article(number)
        return printed.as_if_fed(article)

    async def _follow(
        self, name: str, words: list[str], environ: dict[str, str], article: Article, form: Form
    ) -> None:
        """See a command to its end; show what it prints once it prints."""
        from termnews.ui.jobs import Job

        job = Job(name)
        data = await asyncio.to_thread(_printed, article, form)
        try:
            await job.start(words, environ, data)
        except (OSError, ValueError) as error:
            self._say(_not_started(words[0], error))
            return
        self._jobs.append(job)
        self._say(tr("{command} is at work; Esc stops it.", command=name))
        try:
            shown = await job.speaks() and self._show(job)
            await job.end()
        finally:
            self._jobs.remove(job)
            job.close()
            self._changed()
        first = "" if shown else job.text.partition("\n")[0]
        self._say(" ".join(filter(None, (ending(job), screen_text(first)))))

    def _show(self, job: Job) -> bool:
        """Lay the output over the screen; return False where something else lies there."""
        from termnews.ui.output_screen import OutputScreen

        app = self._screen.app
        if app.screen is not self._screen:
            return False
        app.push_screen(OutputScreen(job))
        return True

    async def _hand_over(
        self, name: str, words: list[str], environ: dict[str, str], article: Article, form: Form
    ) -> None:
        """Give the terminal to a command until it ends; nothing is drawn meanwhile."""
        from termnews.ui.jobs import in_terminal

        data = await asyncio.to_thread(_printed, article, form)
        try:
            with self._screen.app.suspend():
                status = in_terminal(words, environ, data)
        except SuspendNotSupported:
            self._say(tr("The terminal cannot be handed over here."))
        except (OSError, ValueError) as error:
            self._say(_not_started(words[0], error))
        else:
            self._say(_ended(name, status))
        self._screen.refresh(layout=True)


def ending(job: Job) -> str:
    """Return how a command ended as a sentence."""
    if job.cut:
        return tr("{command} printed too much and was stopped; the beginning is kept.", command=job.name)
    if job.stopped:
        return tr("{command} was stopped.", command=job.name)
    return _ended(job.name, job.status or 0)


def _ended(name: str, status: int) -> str:
    if status:
        return tr("{command} ended with status {status}.", command=name, status=status)
    return tr("{command} is done.", command=name)


def _not_started(program: str, error: OSError | ValueError) -> str:
    why = error.strerror if isinstance(error, OSError) else str(error)
    return tr("{command} cannot be started: {why}", command=screen_text(program), why=why)


def _printed(article: Article, form: Form) -> bytes:
    from termnews import printed

    if form == "json":
        return f"{printed.json_line(article)}\n".encode()
    return f"{printed.text(article)}\n".encode()
