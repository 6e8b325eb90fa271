"""What lies over the main screen and has the keys: one key is the same on all of it.

It must never know what lies there.
"""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Modal(ModalScreen[Answer]):
    """A screen over the main one; no key but its own reaches that."""

    # The id is that of the command table, so that one `[keys]` line rebinds both.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "interrupt", id="interrupt", show=False)]

    def action_interrupt(self) -> None:
        """Answer ctrl+c as the main screen does, unless a line to type on copied what is selected."""
        self.app.action_help_quit()
