"""The commands an article can be handed to: those of the configuration, those typed before, a line typed now.

It must never run one: the answer is a name or a line.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widgets import Static

from termnews.programs import Program
from termnews.sanitize import screen_text
from termnews.ui.chooser import Chooser, Parts, fits
from termnews.wording import mark, tr


class ProgramList(Chooser[str]):
    """Asks for a command."""

    KEYS_LINE = mark("↑↓ move  Enter run  Esc close  ·  ! before a command gives it the terminal")
    PLACEHOLDER = mark("type a command, or the name of one")

    def __init__(self, title: str, programs: Mapping[str, Program], recent: Sequence[str]) -> None:
        """Offer commands.

        Args:
            title: what is asked.
            programs: commands by name.
            recent: lines typed before, newest first.
        """
        super().__init__()
        self._title, self._programs, self._recent = title, programs, recent
        self._answers: list[str] = []

    def on_mount(self) -> None:
        """Say what is asked."""
        self.query_one("#chooser-title", Static).update(Content(self._title))

    def narrow(self, text: str) -> None:
        """Show names that begin so, then the line itself, then all else that has these words."""
        begins = [each for each in self._programs if text and each.startswith(text)]
        found = [each for each in self._programs if fits(f"{each} {self._words(each)}", text)]
        before = [each for each in self._recent if fits(each, text)]
        typed = [text] if text else []
        self._answers = list(dict.fromkeys((*begins, *typed, *found, *before)))
        self.rows.show([self._row(each, typed) for each in self._answers])
        if not self._answers:
            self.say(tr("Commands that stand under [commands] in termnews.toml are listed here."))
        else:
            self.say(self.keys_line)

    def answer(self, row: int) -> str:
        """Return the name or the line of a row."""
        return self._answers[row]

    def _words(self, name: str) -> str:
        program = self._programs[name]
        return ("!" if program.terminal else "") + shlex.join(program.words)

    def _row(self, answer: str, typed: Sequence[str]) -> Parts:
        if answer in self._programs:
            return ((f" {screen_text(answer)}  ", "text"), (screen_text(self._words(answer)), "dim"))
        look = "key" if answer in typed else "dim"
        return ((f" {screen_text(answer)}", look),)
