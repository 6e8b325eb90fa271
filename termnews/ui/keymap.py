"""Keys as people type them: the Cyrillic twin of each key, and how a key is written for eyes.

It must never know what a key does: that is the command table's matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

_LATIN: Final = "qwertyuiopasdfghjklzxcvbnm"
_CYRILLIC: Final = "йцукенгшщзфывапролдячсмить"
_SIGNS: Final = "[];',.`{}:\"<>~"  # the keys that have letters there, without shift and with it
_SIGNS_CYRILLIC: Final = "хъжэбюёХЪЖЭБЮЁ"

LETTERS: Final[Mapping[str, str]] = dict(zip(_LATIN, _CYRILLIC, strict=True))
"""The letter on the same key of the Russian layout."""
SIGNS: Final[Mapping[str, str]] = dict(zip(_SIGNS, _SIGNS_CYRILLIC, strict=True))
"""The letter that is typed there where a sign is typed here."""
TWINS: Final[Mapping[str, str]] = {
    **LETTERS,
    **{latin.upper(): twin.upper() for latin, twin in LETTERS.items()},
    **SIGNS,
}
"""Key → what the same key sends under the Russian layout: a terminal sends the letter, not the key."""

_NAMES: Final = {",": "comma", ":": "colon"}
"""Characters that mean something in a list of bindings, by the names Textual has for them."""

_SHOWN: Final[Mapping[str, str]] = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "shift+space": "Shift+Space",
    "backspace": "Backspace",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}


def split(keys: str) -> tuple[str, ...]:
    """Return the single keys of a space-separated list (`"j down"`)."""
    return tuple(keys.split())


def typed(key: str) -> tuple[str, ...]:
    """Return what a terminal may send for a single key: itself, and its Cyrillic twin where it has one."""
    return (key, TWINS[key]) if key in TWINS else (key,)


def bound(keys: Iterable[str]) -> str:
    """Return the keys as Textual binds them: comma-separated long names, Cyrillic twins included."""
    names = (_NAMES.get(each, each) for key in keys for each in typed(key))
    return ",".join(dict.fromkeys(names))


def shown(key: str) -> str:
    """Return a key as it is written in hints, help and documents."""
    return _SHOWN.get(key, key)
