"""The keys of the screen's commands as plain data: defaults, presets, and what is wrong with the user's own.

It must never import the screen, which makes data/keys.json of its command table (`make docs`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).resolve().parent / "data" / "keys.json"

PRESETS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "termnews": {},
    # newsboat's own defaults for what has a twin here; its two-letter sorts begin with g as there.
    "newsboat": {
        "first": ("home",), "last": ("end",), "next-unread": ("n",), "previous-unread": ("p",),
        "next-article": ("J",), "previous-article": ("K",), "browse": ("o", "O"), "links": ("u",),
        "toggle-read": ("N",), "all-read": ("A", "C"), "refresh": ("r",), "refresh-all": ("R",),
        "search": ("/", "F", "f3"), "clear-filters": ("ctrl+f",), "newest-first": ("g d",),
        "by-title": ("g t",), "by-feed": ("g f",), "undo": ("U",), "copy-link": ("y",),
        "back": ("q", "escape"), "quit": ("q", "Q", "ctrl+q"), "palette": (":", "ctrl+p"),
    },
    # What reads and what takes it back are two keys there, and one command that turns a mark here.
    "eilmeldung": {
        "toggle-read": ("r", "u"), "all-read": ("R", "A"), "toggle-star": ("m", "v"), "refresh": ("s",),
        "refresh-all": ("ctrl+r",), "stop-refresh": ("s", "ctrl+r", "ctrl+x"), "undo": ("U",),
        "links": ("L",), "search": ("/", "=", "f3"), "wider": ("+",), "peek": ("O",),
        "page-down": ("ctrl+f", "pagedown"), "page-up": ("ctrl+b", "pageup"),
    },
    # The letters that move elsewhere mark there, so that the arrows move.
    "netnewswire": {
        "next": ("down",), "previous": ("up",), "next-unread": ("n", "+"), "wider": ("=",),
        "toggle-read": ("r", "u", "m"), "all-read": ("k", "A"), "below-read": ("o", "}"), "browse": ("b",),
        "previous-unread-feed": ("a", "["), "next-unread-feed": ("z", "]"), "sidebar": ("B",),
        "add-feed": ("ctrl+n",), "alone": ("Z",), "refresh": ("ctrl+r",), "refresh-all": ("R",),
        "stop-refresh": ("ctrl+r", "R", "ctrl+x"), "undo": ("U",), "links": ("L",),
    },
}  # fmt: skip
"""Preset → command → keys, where they are not the default ones."""

_SPELT: Final = {
    "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown", "esc": "escape", "return": "enter",
    "del": "delete", "ins": "insert", "bs": "backspace",
}  # fmt: skip


@cache
def defaults() -> tuple[Mapping[str, tuple[str, ...]], ...]:
    """Return command → its own keys for each table: the main screen's, the feeds screen's.

    A sequence is two keys with a space between.
    """
    tables = json.loads(_FILE.read_text(encoding="utf-8"))
    return tuple({name: tuple(keys) for name, keys in table.items()} for table in tables)


def spelt(key: str) -> str:
    """Return a key as it is compared: `PgDn` and `Ctrl+X` in the one spelling, a letter as it is."""
    return " ".join(_single(each) for each in key.split(" ") if each)


def _single(key: str) -> str:
    if len(key) == 1:
        return key
    *held, last = key.split("+") if not key.endswith("++") else [*key[:-2].split("+"), "+"]
    last = last if len(last) == 1 and not held else last.lower()
    return "+".join([*(each.lower() for each in held), _SPELT.get(last, last)])


def in_force(own: Mapping[str, Sequence[str]], preset: str) -> dict[str, tuple[str, ...]]:
    """Return command → keys where they are not the default ones: the preset's, and before it the user's."""
    return {**PRESETS[preset], **{name: tuple(map(spelt, keys)) for name, keys in own.items()}}


def problems(own: Mapping[str, Sequence[str]], preset: str) -> Iterator[tuple[str, str]]:
    """Yield command of the user's and what is wrong with it, as a clause.

    A key two commands have by default tells by the place which one is meant, and is no clash; nor are
    equal keys of two screens.
    """
    changed = in_force(own, preset)
    for table in defaults():
        before = {name: PRESETS[preset].get(name, keys) for name, keys in table.items()}
        after = {name: changed.get(name, keys) for name, keys in before.items()}
        for name in filter(before.__contains__, own):
            for key in map(spelt, own[name]):
                if rival := _rival(name, key, after, before):
                    yield name, f"the key {key} belongs to {name} and to {rival}: give one of them another"
    known = [name for table in defaults() for name in table]
    for name in own:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else "; docs/keys.md lists them"
            yield name, f"no command is called {name}{hint} (ignored)"


def _rival(
    name: str, key: str, after: Mapping[str, Sequence[str]], before: Mapping[str, Sequence[str]]
) -> str | None:
    """Return another command that this key, or the first one of its sequence, runs."""
    for other, keys in after.items():
        together = key in before[name] and key in before.get(other, ())
        if other != name and not together and any(_collide(key, each) for each in keys):
            return other
    return None


def _collide(one: str, other: str) -> bool:
    """Tell whether two keys cannot both work: equal ones, and one that begins the other's sequence."""
    return one == other or one.startswith(f"{other} ") or other.startswith(f"{one} ")
