"""The keys the bottom bar offers in each pane, read from the table so that they are the ones in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from termnews.ui.commands.table import Command, Desk
from termnews.ui.keymap import shown
from termnews.ui.panes import Focus
from termnews.wording import mark, tr

_HINTS: Final[Mapping[Focus, tuple[tuple[tuple[str, ...], str], ...]]] = {
    "list": (
        (("next", "previous"), mark("move")),
        (("read",), mark("read")),
        (("toggle-star",), mark("star")),
        (("regions",), mark("region")),
        (("f",), mark("filter")),
        (("search",), mark("search")),
        (("undo",), mark("undo")),
        (("next-unread",), mark("next unread")),
        (("all-read",), mark("all read")),
        (("browse",), mark("browser")),
        (("help",), mark("help")),
    ),
    "article": (
        (("find-next", "find-previous"), mark("next, previous found")),
        (("end-find",), mark("end find")),
        (("read-on",), mark("on")),
        (("next-article", "previous-article"), mark("next, previous")),
        (("toggle-star",), mark("star")),
        (("find",), mark("find")),
        (("links",), mark("links")),
        (("browse",), mark("browser")),
        (("alone",), mark("alone")),
        (("why",), mark("why here")),
        (("back",), mark("back")),
        (("help",), mark("help")),
    ),
    "sidebar": (
        (("next", "previous"), mark("move")),
        (("read",), mark("show")),
        (("left", "right"), mark("fold, unfold")),
        (("rename-view",), mark("rename")),
        (("remove-view",), mark("take out")),
        (("sidebar",), mark("hide")),
        (("back",), mark("back")),
        (("help",), mark("help")),
    ),
}
"""Commands (or a prefix key) and a word for them, most useful first; the last one is always seen."""


def hints(desk: Desk, commands: Mapping[str, Command]) -> tuple[tuple[str, str], ...]:
    """Return keys and words for the pane that has the keys; what cannot be done now is left out."""
    found = []
    for names, word in _HINTS[desk.panes.focus]:
        if names[0] not in commands:
            found.append((names[0], tr(word)))
            continue
        offered = [commands[name] for name in names if commands[name].keys and commands[name].when(desk)]
        if len(offered) == len(names):
            found.append((" ".join(shown(each.keys[0]) for each in offered), tr(word)))
    return tuple(found)
