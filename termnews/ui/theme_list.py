"""The themes by name, tried on as the cursor moves; Enter keeps one, Esc goes back to the one before.

It must never write a setting: whoever opened it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual import on

from termnews.config import OwnTheme
from termnews.ui import themes
from termnews.ui.chooser import Chooser, fits
from termnews.ui.messages import RowMoved
from termnews.ui.palettes import ABOUT
from termnews.wording import mark, tr

AUTOMATIC: Final = ""
"""The answer that leaves the choice to the terminal, as a setting that is left out does."""
_NAME: Final = 14  # cells for a name


class ThemeList(Chooser[str]):
    """Answers with the name of the theme to keep, `AUTOMATIC` among them."""

    HORIZONTAL_BREAKPOINTS = []  # noqa: RUF012 - never the whole width: the screen shows what is tried on
    TITLE_LINE = mark("Theme")
    KEYS_LINE = mark("↑↓ try on  Enter keep  Esc as before")

    def __init__(self, wish: str, own: Sequence[OwnTheme]) -> None:
        """Show the themes that ship and the user's.

        Args:
            wish: what the settings say; the cursor begins there.
            own: the user's themes.
        """
        super().__init__()
        self._wish, self._own = wish, own
        self._about = {AUTOMATIC: tr("dark or light, as the terminal is")}
        self._about |= {name: tr(about) for name, about in ABOUT.items()}
        self._about |= {each.name: _about(each) for each in own}
        self._shown: list[str] = []
        self._before = ""

    def on_mount(self) -> None:
        """Remember what the screen has on."""
        self._before = self.app.theme
        if themes.choose(self._wish) != self._before:
            self._wish = self._before
        for each in themes.themes(self._own):
            self.app.register_theme(each)

    def narrow(self, text: str) -> None:
        """Show the themes with these words, and try on the one under the cursor."""
        self._shown = [name for name, about in self._about.items() if fits(f"{_shown(name)} {about}", text)]
        cursor = self._shown.index(self._wish) if self._wish in self._shown else 0
        rows = [((f" {_shown(name):<{_NAME}} ", "text"), (self._about[name], "dim")) for name in self._shown]
        self.rows.show(rows, cursor=cursor)
        self._try_on()

    @on(RowMoved)
    def _try_on(self) -> None:
        """Let the whole screen wear the theme under the cursor, the one before when there is none."""
        self.app.theme = themes.choose(self._shown[self.rows.cursor]) if self._shown else self._before

    def answer(self, row: int) -> str:
        """Return the name of the theme."""
        return self._shown[row]

    def choose(self, row: int) -> None:
        """Put the theme on and close; go back to the one before when there is none."""
        self._try_on()
        super().choose(row)

    async def action_dismiss(self, result: str | None = None) -> None:
        """Put the theme before on again and close."""
        self.app.theme = self._before
        await super().action_dismiss(result)


def _shown(name: str) -> str:
    return name or tr("automatic")


def _about(own: OwnTheme) -> str:
    """Return where a user's theme comes from, or what of it is hard to read."""
    if worst := themes.faint(own):
        role, ground, contrast = worst
        return tr("{role} on {ground} is hard to read, {n}:1", role=role, ground=ground, n=f"{contrast:.1f}")
    return tr("yours, from {base}", base=own.base)
