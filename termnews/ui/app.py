"""The application round the main screen: theme, keys, signals, the wall before the terminal, and the way out.

It must never show an article itself or know how one is fetched.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from rich.console import RenderableType
from textual.app import App
from textual.binding import BindingType
from textual.events import DescendantFocus, Event, Key
from textual.filter import LineFilter, Monochrome, NoColor
from textual.screen import Screen

from termnews.library import Library
from termnews.ui import ground, reloading, themes
from termnews.ui.ahead import Ahead
from termnews.ui.commands import keymap
from termnews.ui.engine import Engine
from termnews.ui.garbage import EVERY, Garbage
from termnews.ui.messages import GroundTold, SettingsChanged
from termnews.ui.modal import OVER
from termnews.ui.outside import DEMO
from termnews.ui.reader_screen import ReaderScreen
from termnews.ui.styling import LateStylesheet
from termnews.ui.wall import Ascii, Bare, Colourless, Wall

if TYPE_CHECKING:
    from textual.widgets import Input

_MODES: Final = Path(__file__).with_name("modes.tcss")
"""The style sheet of other ways to see termnews."""
_CURSOR_ON: Final = "\x1b[?25h"
log = logging.getLogger(__name__)

_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


class TermnewsApp(App[str]):
    """termnews on a terminal."""

    CSS_PATH = "termnews.tcss"
    TITLE = "termnews"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, library: Library, engine: Engine | None = None, *, sixel: bool = False) -> None:
        """Prepare the screen of an open library; whoever opened it closes it.

        Args:
            library: what is read, on the loop's own connection.
            engine: runs refreshes; a child process of this termnews when None.
            sixel: whether the terminal draws Sixel.
        """
        super().__init__()
        self.stylesheet = LateStylesheet(variables=self.get_css_variables())
        self._left = False
        self._ahead = Ahead(self)
        self._garbage = Garbage(time.monotonic)
        self._library = library
        self.reader = ReaderScreen(library, engine or Engine(library.config))
        self.set_class(bool(os.environ.get("NO_COLOR")), "-colourless")
        self.set_class(library.config.theme.accessible, "-accessible")
        self.set_class(sixel, "-sixel")
        self.animation_level = "none"
        self._dress()
        if self.native_ansi_color or self.has_class("-accessible") or self.has_class("-colourless"):
            self.css_path.append(_MODES)

    def _dress(self) -> None:
        """Put on what the settings say of marks, theme and keys."""
        chosen = self._library.config.theme
        self._walls: list[LineFilter] = [Wall()]
        if chosen.glyphs == "ascii":
            self._walls.append(Ascii())
        if self.has_class("-colourless"):
            self._walls.append(Colourless())
        if self.has_class("-accessible"):
            self._walls.append(Bare())
        self.wear(themes.choose(chosen.name if chosen.name in themes.names(chosen.own) else ""))
        self.set_keymap(keymap(self.reader.tables))

    def on_app_focus(self) -> None:
        """Look whether the settings were changed while the user was elsewhere."""
        if self.reader.is_mounted:
            self.reader.desk.reloading.look()

    def on_settings_changed(self, event: SettingsChanged) -> None:
        """Follow the settings, as the screen did before."""
        former, now = event.former, self._library.config
        self._dress()
        if (former.theme, former.language) != (now.theme, now.language):
            self.refresh_css(animate=False)  # what is drawn is drawn anew

    def on_ground_told(self, event: GroundTold) -> None:
        """Follow the ground of a terminal that was slow to name it, where no theme is chosen."""
        ground.tell(event.light)
        chosen = self._library.config.theme
        if chosen.name not in themes.names(chosen.own) and self.theme != (name := themes.choose("")):
            self.wear(name)

    def wear(self, name: str) -> None:
        """Put on a theme that ships or is the user's."""
        self.register_theme(themes.theme(name, self._library.config.theme.own))
        self.theme = name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colour roles, for themes that do not name them."""
        return themes.defaults()

    def refresh_css(self, animate: bool = True) -> None:
        """Read the style sheet under other colours; before there is a screen it is enough to know them.

        Textual would read all of it for the theme and again for the first screen: 28 ms of the start.
        """
        if self.reader.is_attached:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        """Begin with the main screen: no empty one is drawn before it."""
        return self.reader

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Put the wall behind whatever draws."""
        # Textual turns colours into greys under NO_COLOR, which are colours still.
        rest = (each for each in super().get_line_filters() if not isinstance(each, Monochrome | NoColor))
        return [*rest, *self._walls]

    def on_mount(self) -> None:
        """Leave in order when the terminal goes or the system asks; come back whole after fg."""
        loop = asyncio.get_running_loop()
        for each in _SIGNALS:
            loop.add_signal_handler(each, self._leave_on, each)
        # Textual leaves the screen blank after fg until something changes.
        self.app_resume_signal.subscribe(self, lambda _: self._draw_anew())
        self._show_cursor()
        self.call_after_refresh(self._begin)
        self.set_interval(EVERY, self._garbage.look, name="garbage")
        self.set_interval(reloading.EVERY, self.on_app_focus, name="settings")

    def _begin(self) -> None:
        """Do what can wait for the first paint: keys come from now on, and with them other screens."""
        self.stylesheet.read_all([_MODES, OVER])  # else the first such screen would have all parsed anew
        self._garbage.start()

    async def on_event(self, event: Event) -> None:
        """Let keys through one by one, and the garbage collector know that somebody is at them."""
        if isinstance(event, Key) and not event.is_forwarded:
            self._garbage.key()
            if self._ahead.holds(event):
                return
        await super().on_event(event)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Bring the terminal's own cursor to a line to type on, and let the drawn one not blink."""
        if not self.has_class("-accessible"):
            return
        from textual.widgets import Input

        if isinstance(event.widget, Input):
            event.widget.cursor_blink = False  # a reader would tell of each blink
            self.call_after_refresh(self._cursor_into, event.widget)

    def _cursor_into(self, field: Input) -> None:
        """Do what Textual does too early, before the field has its place."""
        self.cursor_position = field.cursor_screen_offset
        field.refresh()

    def _draw_anew(self) -> None:
        self._show_cursor()
        self.refresh(layout=True)

    def _show_cursor(self) -> None:
        """Show the terminal's own cursor, which Textual hides, where a screen reader needs it."""
        if self.has_class("-accessible") and self._driver is not None:
            self._driver.write(_CURSOR_ON)

    def action_help_quit(self) -> None:
        """Answer ctrl+c where nothing else does, as the main screen does; Textual would show a toast."""
        self.reader.desk.interrupt()

    def _leave_on(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def exit(
        self, result: str | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """Keep how the screen stands, then leave."""
        if self.reader.is_mounted:
            self.reader.remember()
        self._left = True
        super().exit(result, return_code, message)

    def _handle_exception(self, error: Exception) -> None:
        """Note what breaks on the way out, where a screen may be opened half, and go on leaving."""
        if self._left:
            log.warning("while leaving: %s", error, exc_info=error)
        else:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Leave without Textual's own report, which shows local variables: `run_screen` raises the error."""
        self._close_messages_no_wait()

    @property
    def failure(self) -> Exception | None:
        """What ended the program against its will; None when nothing did."""
        return self._exception

    async def on_unmount(self) -> None:
        """Finish what is being written before the loop ends."""
        self._garbage.stop()
        await self.reader.close()


def run_screen(library: Library, told: ground.Told) -> tuple[int, bool]:
    """Show the screen until the user leaves; return the exit status, and whether the demo is wanted next.

    Args:
        library: what is read; whoever opened it closes it.
        told: what the terminal said of itself.

    Raises:
        Exception: what ended it, if something nobody expected did.
    """
    app = TermnewsApp(library, sixel=told.sixel)
    if told.late is not None:
        from termnews.ui.late_ground import driver

        app.driver_class = driver(app.driver_class, told.late)
    result = app.run()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0, result == DEMO
