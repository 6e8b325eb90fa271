"""What reaches beyond the panes: browser, clipboard, the shell, and the way out.

It must never know what is listed or shown.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final

from textual.screen import Screen

from termnews.browser import is_web, open_url
from termnews.errors import TermnewsError
from termnews.library import Library
from termnews.sanitize import honest_url
from termnews.ui.said import Said
from termnews.wording import tr

DEMO: Final = "demo"
"""Result of a screen that is left for the sample news."""
_TWICE: Final = 2.0
"""Seconds within which a second ctrl+c leaves."""


class Outside:
    """The part of a desk that is the same whatever the panes show."""

    def __init__(self, screen: Screen[None], library: Library, say: Callable[[str, bool], None]) -> None:
        """Belong to a screen; `say` shows one sentence, which can be undone if it says True."""
        self.library = library
        self.said = Said(library.clock)
        """What was said since the start."""
        self._screen, self._say = screen, say
        self._interrupted_at = -_TWICE

    def say(self, sentence: str, undoable: bool = False) -> None:
        """Show a sentence in the bottom bar for a while."""
        self._say(sentence, undoable)

    def browse(self, url: str) -> bool:
        """Open an address of the web in the browser, copy another one; return whether that was done."""
        from termnews.links import untracked  # a start opens nothing

        url = untracked(honest_url(url))
        if not is_web(url):
            self.copy(url)
            self.say(tr("Copied {url}: only http and https open in the browser", url=url))
            return True
        try:
            open_url(url, self.library.config.open.browser)
        except TermnewsError as error:
            self.say(str(error))
            return False
        self.say(tr("Opened {url}", url=url))
        return True

    def copy(self, text: str) -> None:
        """Put text on the clipboard of the terminal."""
        self._screen.app.copy_to_clipboard(text)

    def redraw(self) -> None:
        """Draw the whole screen anew."""
        self._screen.refresh(layout=True)

    def suspend(self) -> None:
        """Give the terminal back to the shell for a while."""
        self._screen.app.action_suspend_process()

    def interrupt(self) -> None:
        """Leave at the second ctrl+c within two seconds."""
        now = monotonic()
        if now - self._interrupted_at < _TWICE:
            self.leave()
        self._interrupted_at = now
        self.say(tr("ctrl+c once more leaves."))

    def leave(self) -> None:
        """End the program."""
        self._screen.app.exit()

    def leave_for_demo(self) -> None:
        """End this screen and open the sample news."""
        self._screen.app.exit(result=DEMO)
