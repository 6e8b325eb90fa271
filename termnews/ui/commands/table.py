"""The command table: a decorated function is a command; keys, help and documents are read from here.

It must never import the screen: a command sees a `Desk`, which names the few things it may touch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

from termnews.ui.keymap import shown, split
from termnews.wording import mark

if TYPE_CHECKING:
    from termnews.library import Library
    from termnews.models import ArticleQuery, Headline
    from termnews.ui.acts import Acts
    from termnews.ui.counting import Counting
    from termnews.ui.feed_changes import FeedChanges
    from termnews.ui.full_texts import FullTexts
    from termnews.ui.importing import Importing
    from termnews.ui.listing import Listing, Memory
    from termnews.ui.marks import Marks
    from termnews.ui.panes import Panes
    from termnews.ui.pictures import Pictures
    from termnews.ui.piping import Piping
    from termnews.ui.refreshing import Refreshing
    from termnews.ui.reloading import Reloading
    from termnews.ui.said import Said
    from termnews.ui.widths import Widths

Group = Literal["Move", "Read", "Mark", "Look for", "Feeds", "Feeds screen", "View", "Program"]

GROUPS: Final[tuple[Group, ...]] = (
    mark("Move"), mark("Read"), mark("Mark"), mark("Look for"), mark("Feeds"),
    mark("Feeds screen"), mark("View"), mark("Program"),
)  # fmt: skip
"""Groups in the order help shows them."""


class Desk(Protocol):
    """What a command may touch."""

    library: Library
    tables: Tables
    listing: Listing
    marks: Marks
    panes: Panes
    refreshing: Refreshing
    reloading: Reloading
    full_texts: FullTexts
    importing: Importing
    counting: Counting
    widths: Widths
    said: Said

    @property
    def piping(self) -> Piping:
        """The article handed to commands of the user's."""

    @property
    def acts(self) -> Acts:
        """What was done here, in its order."""

    @property
    def feed_changes(self) -> FeedChanges:
        """The changes of the followed feeds."""

    @property
    def pictures(self) -> Pictures:
        """The pictures of the article shown."""

    @property
    def command_at_work(self) -> bool:
        """Whether a command of the user's is at work."""

    @property
    def headline(self) -> Headline | None:
        """The headline under the cursor."""

    def show(self, asked: ArticleQuery) -> None:
        """List what a query asks for."""

    def left(self, memory: Memory) -> None:
        """Note that another view took the place of this one, so that it can be come back to."""

    def return_to(self, memory: Memory) -> None:
        """Show a view again as if it had not been left."""

    def say(self, sentence: str, undoable: bool = False) -> None:
        """Show a sentence in the bottom bar for a while."""

    def can_open(self, overlay: str) -> bool:
        """Whether there is an overlay of this name."""

    def open(self, overlay: str) -> None:
        """Lay another screen over this one."""

    def change_feeds(self, work: Callable[[Library], str]) -> None:
        """Do something to the subscriptions and say the sentence it returns."""

    def changed(self) -> None:
        """Let the bars show what is so now."""

    def change_settings(self, work: Callable[[Library], str]) -> None:
        """Do something to termnews.toml and say the sentence it returns."""

    def add_feed(self, address: str) -> None:
        """Look for a feed at an address, follow it, and say what came of it."""

    def browse(self, url: str) -> bool:
        """Open an address in the browser; return whether that was done."""

    def copy(self, text: str) -> None:
        """Put text on the clipboard of the terminal."""

    def copy_article(self) -> None:
        """Put the article shown on the clipboard of the terminal, as Markdown."""

    def redraw(self) -> None:
        """Draw the whole screen anew."""

    def suspend(self) -> None:
        """Give the terminal back to the shell for a while."""

    def interrupt(self) -> None:
        """Answer ctrl+c: copy what is selected, else leave at the second time."""

    def leave(self) -> None:
        """End the program."""

    def leave_for_demo(self) -> None:
        """End this screen and open the sample news."""


def always(desk: Desk) -> bool:
    """Say that a command is to be had at any time."""
    return True


def on_headline(desk: Desk) -> bool:
    """Whether there is a headline under the cursor."""
    return desk.headline is not None


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can do."""

    name: str
    """Its name, in the `[keys]` section too."""
    keys: tuple[str, ...]
    """Its keys; two letters with a space between them are a sequence."""
    group: Group
    """Where help shows it."""
    help: str
    """What it does, one line."""
    run: Callable[[Desk], None]
    """Does it."""
    when: Callable[[Desk], bool] = always
    """Whether it can be done now."""
    counted: bool = False
    """Whether a number typed before its key does it so many times; `first` and `last` go to that row."""

    @property
    def keys_shown(self) -> str:
        """Its keys as written in help and documents."""
        return " ".join(" ".join(map(shown, split(key))) if " " in key else shown(key) for key in self.keys)


@dataclass(frozen=True, slots=True)
class Tables:
    """The commands of the screens by name, in the order of help, with the keys in force."""

    main: Mapping[str, Command]
    """Those of the main screen."""
    feeds: Mapping[str, Command]
    """Those of the feeds screen."""

    @property
    def all(self) -> dict[str, Command]:
        """Those of both screens."""
        return {**self.main, **self.feeds}


COMMANDS: Final[dict[str, Command]] = {}
"""Every command of the main screen by name, in the order of help."""
ON_FEEDS: Final[dict[str, Command]] = {}
"""Every command of the feeds screen by name; run on the main screen, it opens that screen."""

Run = Callable[[Desk], None]


def command(
    keys: str,
    group: Group,
    *,
    when: Callable[[Desk], bool] = always,
    name: str = "",
    counted: bool = False,
) -> Callable[[Run], Run]:
    """Make a function a command; its docstring is the help.

    Args:
        keys: keys divided by spaces, or a sequence as `"f+u"` with a plus between prefix and key.
        group: where help shows it.
        when: whether it can be done now.
        name: its name, if not the function's with hyphens.
        counted: whether a number typed before its key does it so many times.
    """

    def add(run: Run) -> Run:
        called = name or run.__name__.replace("_", "-")
        help_line = (run.__doc__ or "").partition("\n")[0].rstrip(".")
        if called in COMMANDS:
            raise ValueError(f"two commands are called {called}")
        COMMANDS[called] = Command(called, _keys(keys), group, help_line, run, when, counted)
        return run

    return add


def _keys(keys: str) -> tuple[str, ...]:
    return tuple(f"{key[0]} {key[2]}" if len(key) == 3 and key[1] == "+" else key for key in split(keys))
