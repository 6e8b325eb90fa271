"""What lies over the main screen and has the keys: one key is the same on all of it.

It must never know what lies there, so the main screen knows what lies over it by these classes alone and
need not import it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

Answer = TypeVar("Answer")
OVER: Final = Path(__file__).with_name("over.tcss")
"""The style sheet of all that lies over the main screen."""


class Modal(ModalScreen[Answer]):
    """A screen over the main one; no key but its own reaches that."""

    CSS_PATH = OVER
    # The id is that of the command table, so that one `[keys]` line rebinds both.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "interrupt", id="interrupt", show=False)]
    HINTS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Keys and words for the bottom line, where it has any of its own."""
    TAKES_BAR: ClassVar[bool] = False
    """Whether it has a list of its own, to which the accent bar goes."""

    def action_interrupt(self) -> None:
        """Answer ctrl+c as the main screen does, unless a line to type on copied what is selected."""
        self.app.action_help_quit()


class Sheet(ModalScreen[Answer]):
    """A screen that leaves nothing but the bottom bar of the main one, and shows how the feeds fare."""

    CSS_PATH = OVER

    @property
    def hints(self) -> Sequence[tuple[str, str]]:
        """The keys that work here and a word for each, for the bottom bar."""
        raise NotImplementedError

    def read(self) -> None:
        """Bring the feeds as they are now."""
        raise NotImplementedError
