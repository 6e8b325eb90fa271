"""The keys the bottom bar offers in each pane, read from the table so that they are the ones in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from termnews.ui.commands.table import Command, Desk
from termnews.ui.keymap import shown
from termnews.ui.panes import Focus

_HINTS: Final[Mapping[Focus, tuple[tuple[tuple[str, ...], str], ...]]] = {
    "list": (
        (("next", "previous"), "move"),
        (("read",), "read"),
        (("toggle-star",), "star"),
        (("regions",), "region"),
        (("f",), "filter"),
        (("search",), "search"),
        (("undo",), "undo"),
        (("next-unread",), "next unread"),
        (("all-read",), "all read"),
        (("browse",), "browser"),
        (("help",), "help"),
    ),
    "article": (
        (("find-next", "find-previous"), "next, previous found"),
        (("end-find",), "end find"),
        (("read-on",), "on"),
        (("next-article", "previous-article"), "next, previous"),
        (("toggle-star",), "star"),
        (("find",), "find"),
        (("links",), "links"),
        (("browse",), "browser"),
        (("alone",), "alone"),
        (("why",), "why here"),
        (("back",), "back"),
        (("help",), "help"),
    ),
    "sidebar": (
        (("next", "previous"), "move"),
        (("read",), "show"),
        (("left", "right"), "fold, unfold"),
        (("sidebar",), "hide"),
        (("back",), "back"),
        (("help",), "help"),
    ),
}
"""Commands (or a prefix key) and a word for them, most useful first; the last one is always seen."""


def hints(desk: Desk, commands: Mapping[str, Command]) -> tuple[tuple[str, str], ...]:
    """Return keys and words for the pane that has the keys; what cannot be done now is left out."""
    found = []
    for names, word in _HINTS[desk.panes.focus]:
        if names[0] not in commands:
            found.append((names[0], word))
            continue
        offered = [commands[name] for name in names if commands[name].keys and commands[name].when(desk)]
        if len(offered) == len(names):
            found.append((" ".join(shown(each.keys[0]) for each in offered), word))
    return tuple(found)
