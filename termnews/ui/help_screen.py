"""Help: every command with the keys it has now, by group; type to find one, Enter runs it.

It must never know a command: all it shows is read from the table.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len

from termnews.ui.cells import fit
from termnews.ui.chooser import Chooser, fits
from termnews.ui.commands.table import GROUPS, Command
from termnews.ui.geometry import Break
from termnews.wording import mark, tr

_KEYS = 20  # cells for the keys of a command, at most


class HelpScreen(Chooser[str]):
    """Answers with the name of the command to run."""

    TITLE_LINE = mark("Keys and commands")
    KEYS_LINE = mark("↑↓ move  Enter run it  Esc close")
    PLACEHOLDER = mark("type to find a command or a key")

    def __init__(self, commands: Mapping[str, Command]) -> None:
        """Show these commands, with the keys they have."""
        super().__init__()
        self._commands = commands
        self._shown: list[Command] = []

    def narrow(self, text: str) -> None:
        """Show the commands with these words, or with this key, under their groups."""
        found = [
            each
            for each in self._commands.values()
            if not text or fits(f"{tr(each.help)} {each.name}", text) or text in each.keys
        ]
        self._shown = sorted(found, key=lambda each: GROUPS.index(each.group))
        breaks = []
        for at, each in enumerate(self._shown):
            if not at or each.group != self._shown[at - 1].group:
                group = tr(each.group).upper()
                breaks.append(Break(at, ("", group) if at else (group,)))
        wide = min(_KEYS, max((cell_len(each.keys_shown) for each in self._commands.values()), default=0))
        rows = [
            ((f" {fit(each.keys_shown, wide)}  ", "key"), (tr(each.help), "text")) for each in self._shown
        ]
        self.rows.show(rows, breaks=breaks)

    def answer(self, row: int) -> str:
        """Return the name of the command."""
        return self._shown[row].name
