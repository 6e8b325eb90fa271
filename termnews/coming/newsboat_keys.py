"""newsboat's bind-key lines → [keys], over the preset of newsboat's own keys.

It must never give one key to two commands: the line that comes later has it, as in newsboat. Of lines for
single dialogs the first has it, and one for all dialogs goes before them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from termnews.coming.records import shown
from termnews.keys import PRESETS, defaults, problems, spelt

COMMANDS: Final[Mapping[str, str]] = {
    "open": "read", "quit": "back", "hard-quit": "quit", "reload": "refresh", "reload-all": "refresh-all",
    "mark-feed-read": "all-read", "mark-all-feeds-read": "all-read", "mark-all-above-as-read": "above-read",
    "next-unread": "next-unread", "prev-unread": "previous-unread", "next": "next-article",
    "prev": "previous-article", "open-in-browser": "browse", "open-in-browser-and-mark-read": "browse",
    "open-in-browser-noninteractively": "browse", "help": "help", "toggle-article-read": "toggle-read",
    "show-urls": "links", "open-search": "search", "search": "search", "set-filter": "search",
    "clear-filter": "clear-filters", "edit-flags": "toggle-star", "next-unread-feed": "next-unread-feed",
    "prev-unread-feed": "previous-unread-feed", "up": "previous", "down": "next", "pageup": "page-up",
    "pagedown": "page-down", "halfpageup": "half-page-up", "halfpagedown": "half-page-down",
    "home": "first", "end": "last", "cmdline": "palette", "redraw": "redraw", "toggle-show-read-feeds":
    "show-unread", "one": "link-1", "two": "link-2", "three": "link-3", "four": "link-4", "five": "link-5",
    "six": "link-6", "seven": "link-7", "eight": "link-8", "nine": "link-9", "pipe-to": "pipe",
    "reload-urls": "reload", "switch-focus": "next-pane",
}  # fmt: skip
"""newsboat's operation → the command that does the same."""
_KEYS: Final[Mapping[str, str]] = {
    "ENTER": "enter", "SPACE": "space", "TAB": "tab", "ESC": "escape", "UP": "up", "DOWN": "down",
    "LEFT": "left", "RIGHT": "right", "PPAGE": "pageup", "PAGEUP": "pageup", "NPAGE": "pagedown",
    "PAGEDOWN": "pagedown", "HOME": "home", "END": "end", "BACKSPACE": "backspace", "DELETE": "delete",
    **{f"F{number}": f"f{number}" for number in range(1, 13)},
}  # fmt: skip


_EVERYWHERE: Final = "all"
_DIALOGS: Final = frozenset({_EVERYWHERE, "feedlist", "articlelist", "article"})
"""Dialogs of newsboat that have a pane here; a key that is bound in one works in all of them."""


class Bindings:
    """The keys of the main screen while lines of newsboat change them."""

    def __init__(self) -> None:
        preset = PRESETS["newsboat"]
        self._before = {name: preset.get(name, keys) for name, keys in defaults()[0].items()}
        self._now = dict(self._before)
        self._bound: dict[str, str] = {}

    def keys(self) -> dict[str, tuple[str, ...]]:
        """Return the keys of each command that differ from the preset."""
        return {name: keys for name, keys in self._now.items() if keys != self._before[name]}

    def take(self, command: str, values: list[str]) -> str:
        """Take a line; return why it stays behind, empty when it does not."""
        if command == "bind":
            return "only bind-key lines are understood"
        key = _key(values[0]) if values else ""
        if not key:
            return "no such key here"
        where = values[1:] if command == "unbind-key" else values[2:]
        dialog = where[0] if where and where[0] != "everywhere" else _EVERYWHERE
        if dialog not in _DIALOGS:
            return f'termnews has no dialog like "{shown(dialog)}"'
        if command == "unbind-key":
            return self._unbind(key, dialog)
        operation = values[1] if len(values) > 1 else ""
        name = COMMANDS.get(operation, "")
        if name not in self._now:
            return f'termnews has no command like "{operation}"'
        if dialog != _EVERYWHERE and self._bound.get(key, name) != name:
            return f"a line above gives {key} to {self._bound[key]}; a key is one everywhere here"
        return self._bind(key, name)

    def _bind(self, key: str, name: str) -> str:
        if key in map(spelt, self._now[name]):
            self._bound[key] = name  # search and find share theirs by default, and go on so
            return ""
        before = dict(self._now)
        for other, keys in self._now.items():
            # A key that begins the sequences of others takes these away too.
            if other != name:
                self._now[other] = tuple(each for each in keys if not f"{spelt(each)} ".startswith(f"{key} "))
        self._now[name] = (*self._now[name], key)
        for _, clause in problems(self.keys(), "newsboat"):
            self._now = before
            return clause
        self._bound[key] = name
        return ""

    def _unbind(self, key: str, dialog: str) -> str:
        if key == "-a":
            return "not all keys can be taken away at once"
        if dialog != _EVERYWHERE:
            return "a key is one everywhere here"
        self._bound.pop(key, None)
        for name, keys in self._now.items():
            if name in COMMANDS.values() and key in map(spelt, keys):
                self._now[name] = tuple(each for each in keys if spelt(each) != key)
        return ""


def _key(written: str) -> str:
    """Return a key as termnews spells it; empty for one that is not known."""
    if written == "-a":
        return written
    if written in _KEYS:
        return _KEYS[written]
    if len(written) == 2 and written[0] == "^" and written[1].isalpha():
        return f"ctrl+{written[1].lower()}"
    return written if len(written) == 1 and written.isprintable() else ""
