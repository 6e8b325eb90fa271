"""Messages that cross widgets: what happened, told upwards; the screen alone answers.

They must never carry a widget to be changed by the receiver, except the list a row belongs to,
by which a handler is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from textual.message import Message
from textual.widget import Widget

from termnews.config import Config


class RowMoved(Message):
    """The cursor of a list stands on another row."""

    def __init__(self, lines: Widget, index: int) -> None:
        """Say which row of which list."""
        super().__init__()
        self.lines = lines
        self.index = index

    @property
    def control(self) -> Widget:
        """The list, for the selector of `@on`."""
        return self.lines

    def can_replace(self, message: Message) -> bool:
        """Let a burst of moves arrive as the last of them."""
        return type(message) is RowMoved and message.lines is self.lines


class LinkChosen(Message):
    """A link of the article was clicked."""

    def __init__(self, number: int) -> None:
        """Say which one."""
        super().__init__()
        self.number = number


class RowChosen(RowMoved):
    """A row was chosen with Enter or the mouse."""

    def can_replace(self, message: Message) -> bool:
        """Never: each choice counts."""
        return False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a refresh is."""

    done: int = 0
    """Feeds done."""
    of: int = 0
    """Feeds in this refresh; 0 when none runs."""
    new: int = 0
    """Articles that came in."""
    failed: int = 0
    """Feeds that failed."""
    skipped: int = 0
    """Feeds that were not due; in a download, articles of which no full text was wanted."""
    error: str = ""
    """The last failure, as a sentence."""
    host: str = ""
    """Host of the feed done last; empty for a file."""
    left: float | None = None
    """Seconds it still takes, as far as one can tell."""
    again: datetime | None = None
    """When the first of the feeds that failed is due again, aware."""
    alone: str = ""
    """Why the last feed that was skipped is left alone, as a sentence."""
    moved: tuple[str, ...] = ()
    """The feeds that moved for good and where to, one sentence each."""
    unreachable: bool = False
    """Whether every feed asked so far failed for want of a network."""
    kept: int = 0
    """Full texts that came, in a download."""
    pictures: int = 0
    """Pictures that came, in a download."""
    ends: str = ""
    """Why a download ended early, as a sentence."""
    noticed: int = 0
    """Articles that came in and rules want the user told of."""
    notice: str = ""
    """Title of the first of them."""


NO_PROGRESS: Final = Progress()
"""No refresh runs."""


class Refreshed(Message):
    """A refresh goes on, or ended."""

    def __init__(
        self,
        progress: Progress,
        state: Literal["running", "done", "stopped", "broken"],
        why: str = "",
        *,
        whole: bool = True,
    ) -> None:
        """Say how far it is, how it stands, why it broke if it did, and whether it was of all feeds."""
        super().__init__()
        self.progress = progress
        self.state = state
        self.why = why
        self.whole = whole

    def can_replace(self, message: Message) -> bool:
        """Let newer figures, or the end, stand for older figures."""
        return self.state == "running" and isinstance(message, Refreshed)


class Retagged(Message):
    """Finding places again goes on, or ended."""

    def __init__(self, progress: Progress, *, ended: bool = False, why: str = "") -> None:
        """Say how far it is, whether it ended, and why it broke if it did."""
        super().__init__()
        self.progress = progress
        self.ended = ended
        self.why = why

    def can_replace(self, message: Message) -> bool:
        """Let newer figures, or the end, stand for older figures."""
        return not self.ended and isinstance(message, Retagged)


class SettingsChanged(Message):
    """The settings on disk are other ones, and in force now; the screen follows, then the application."""

    def __init__(self, former: Config) -> None:
        """Say what was in force before."""
        super().__init__()
        self.former = former


class GroundTold(Message):
    """The terminal said, later than it was waited for, whether its ground is light."""

    def __init__(self, light: bool) -> None:
        """Say which."""
        super().__init__()
        self.light = light
