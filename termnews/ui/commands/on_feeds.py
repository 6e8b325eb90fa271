"""The commands of the feeds screen: its keys, its bottom line, its help and its document are read from here.

They must never do more here than open that screen, which does what each is named for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from termnews.ui.commands.table import ON_FEEDS, Command, Desk
from termnews.ui.keymap import shown, split
from termnews.wording import mark, tr


def _open(desk: Desk) -> None:
    desk.open("feeds")


def _can_open(desk: Desk) -> bool:
    return desk.can_open("feeds")


def _add(name: str, keys: str, help_line: str) -> None:
    ON_FEEDS[name] = Command(name, split(keys), "Feeds screen", help_line, _open, _can_open)


_add("feeds-add", "a", mark("Follow another feed: its address, or a page's"))
_add("feeds-rename", "e", mark("Rename the feed; empty: its own title again"))
_add("feeds-move", "f", mark("Put the feed into a folder, or into none"))
_add("feeds-pause", "p", mark("Pause the feed, or refresh it again"))
_add("feeds-remove", "d delete", mark("Stop following the feed; its articles stay"))
_add("feeds-address", "c", mark("Give it another address; its articles stay"))
_add("feeds-refresh", "r", mark("Refresh the feed now, due or not"))
_add("feeds-articles", "enter", mark("List the articles of the feed"))
_add("feeds-find", "/ f3", mark("Find a feed by name or address"))
_add("feeds-sort", "o", mark("Sort by trouble, name, fetch or unread"))
_add("feeds-undo", "u", mark("Undo the last change of a feed"))
_add("feeds-redo", "ctrl+y", mark("Make the change again that was undone"))
_add("feeds-stop", "ctrl+x", mark("Stop the refresh, or looking for a feed"))
_add("feeds-help", "? f1", mark("Keys of the feeds screen"))
_add("feeds-close", "q escape V", mark("Back to the headlines"))

_HINTS: Final = (
    ("feeds-add", mark("add")),
    ("feeds-rename", mark("rename")),
    ("feeds-move", mark("folder")),
    ("feeds-pause", mark("pause")),
    ("feeds-remove", mark("remove")),
    ("feeds-address", mark("address")),
    ("feeds-refresh", mark("refresh")),
    ("feeds-articles", mark("articles")),
    ("feeds-close", mark("back")),
    ("feeds-help", mark("help")),
)
"""Commands and a word for them, most useful first, the last always seen; the rest show where they act."""


def feed_hints(commands: Mapping[str, Command], *words: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Return keys and words for the bottom line, or for these commands of the feeds screen."""
    found = ((commands[name].keys, word) for name, word in words or _HINTS)
    return tuple((shown(keys[0]), tr(word)) for keys, word in found if keys)
