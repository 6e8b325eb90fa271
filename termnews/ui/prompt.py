"""One line to type an answer on, above the bottom bar; and what may follow a prefix key.

They must never act: both hand back what was typed, or None.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from termnews.ui.cells import fit
from termnews.ui.keymap import shown
from termnews.ui.modal import Modal
from termnews.wording import mark

SHOW_AFTER: Final = 0.4
"""Seconds after a prefix key until what may follow is listed."""


class Prompt(Modal[str | None]):
    """Asks for one line of text."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    HINTS = (("Enter", mark("done")), ("Esc", mark("leave it")))

    def __init__(
        self, label: str, *, placeholder: str = "", value: str = "", may_be_empty: bool = False
    ) -> None:
        """Ask for one line.

        Args:
            label: what is asked.
            placeholder: shows an example.
            value: what stands there to begin with, selected, so that typing replaces it.
            may_be_empty: whether nothing typed is an answer too; else it is None, as Esc is.
        """
        super().__init__()
        self._label, self._placeholder, self._value = label, placeholder, value
        self._may_be_empty = may_be_empty

    def compose(self) -> ComposeResult:
        """Put the label and the input on one line."""
        with Horizontal(id="prompt"):
            yield Static(Content(f" {self._label} "), id="prompt-label")
            yield Input(self._value, placeholder=self._placeholder, compact=True, id="prompt-input")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand back what was typed."""
        event.stop()
        typed = event.value.strip()
        self.dismiss(typed if typed or self._may_be_empty else None)


class Prefix(Modal[str | None]):
    """Waits for the key after a prefix key; lists what may follow when it takes a while."""

    def __init__(self, prefix: str, choices: Mapping[str, tuple[str, str]]) -> None:
        """Wait for one of these keys.

        Args:
            prefix: the key before.
            choices: key → what it hands back and what it does.
        """
        super().__init__()
        self._prefix, self._choices = prefix, choices

    def compose(self) -> ComposeResult:
        """Prepare the strip, not seen yet."""
        # The twins of another layout choose the same; one of them is enough to show.
        listed = {name: (key, text) for key, (name, text) in reversed(list(self._choices.items()))}
        yield Choices(self._prefix, [*reversed(listed.values())])

    def on_mount(self) -> None:
        """Show the strip to whoever hesitates."""
        strip = self.query_one(Choices)
        strip.display = False
        self.set_timer(SHOW_AFTER, lambda: setattr(strip, "display", True))

    def on_key(self, event: events.Key) -> None:
        """Hand back what the key chose; any other key chooses nothing."""
        event.stop()
        event.prevent_default()
        chosen = self._choices.get(event.character or event.key)
        self.dismiss(chosen[0] if chosen else None)


class Choices(Widget):
    """Keys and what they do, side by side on as many lines as they need."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"strip--key", "strip--text"}
    _MOST: Final = 46
    """Cells of a choice at most, unless it has a line for itself."""

    def __init__(self, prefix: str, choices: list[tuple[str, str]]) -> None:
        """List these choices."""
        super().__init__(id="which-key")
        self._prefix, self._choices = prefix, choices

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return as many lines as the choices need."""
        return -(-len(self._choices) // self._columns(width))

    def _columns(self, width: int) -> int:
        longest = max((cell_len(self._keys(key) + text) for key, text in self._choices), default=0) + 1
        return max(1, width // min(longest, self._MOST))

    def _keys(self, key: str) -> str:
        return f" {self._prefix} {shown(key)} "

    def render_line(self, y: int) -> Strip:
        """Draw one line of choices."""
        columns = self._columns(self.size.width)
        key_look = self.get_component_rich_style("strip--key", partial=True)
        text_look = self.get_component_rich_style("strip--text", partial=True)
        segments: list[Segment] = []
        for key, text in self._choices[y * columns : (y + 1) * columns]:
            name = self._keys(key)
            segments.append(Segment(name, key_look))
            segments.append(Segment(fit(text, self.size.width // columns - cell_len(name)), text_look))
        return Strip(segments).adjust_cell_length(self.size.width).apply_style(self.rich_style)
