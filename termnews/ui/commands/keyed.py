"""The keys of the commands: those in force, and what Textual and the screens have to know of them.

It must never run a command, nor read the configuration: it is given the user's keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from textual.binding import Binding

from termnews.keys import PRESETS, in_force
from termnews.ui.commands.table import COMMANDS, ON_FEEDS, Command, Tables, always
from termnews.ui.keymap import bound, split, typed


def is_sequence(key: str) -> bool:
    """Whether a key of a command is a sequence of two."""
    return " " in key


def effective(own: Mapping[str, Sequence[str]], preset: str = "termnews") -> Tables:
    """Return the commands with the keys of a preset and of `[keys]` in place of their own.

    A key the user gives to one is no other's any more, unless the two share it by default.
    """
    keys = in_force(own, preset)

    def keyed(table: Mapping[str, Command]) -> dict[str, Command]:
        before = {name: PRESETS[preset].get(name, each.keys) for name, each in table.items()}
        given = {key for name in own if name in table for key in keys[name] if key not in before[name]}
        left = {name: tuple(key for key in before[name] if key not in given) for name in table}
        return {
            name: replace(each, keys=keys[name] if name in own else left[name])
            for name, each in table.items()
        }

    return Tables(keyed(COMMANDS), keyed(ON_FEEDS))


def bindings(commands: Iterable[Command], action: str = "command") -> list[Binding]:
    """Return the commands as Textual bindings; their ids are the names, so a keymap can rebind them."""
    return [
        Binding(keys_bound(each.keys), f"{action}('{each.name}')", each.help, show=False, id=each.name)
        for each in narrowest_first(commands)
    ]


def narrowest_first(commands: Iterable[Command]) -> list[Command]:
    """Return the commands in the order a key is offered to them: those for one place before the rest."""
    return sorted(commands, key=lambda each: each.when is always)


def keymap(tables: Tables) -> dict[str, str]:
    """Return the keys of all commands for `App.set_keymap`; nothing where none has other keys than its own.

    Textual takes a key that is shared from every command when one of them gets another: so all are named.
    """
    if tables == Tables(COMMANDS, ON_FEEDS):
        return {}
    return {name: keys_bound(each.keys) for name, each in tables.all.items()}


def keys_bound(keys: Iterable[str]) -> str:
    """Return the single keys among these as Textual binds them."""
    # Textual takes no keys for no change; a key no terminal sends leaves a command without any.
    return bound(key for key in keys if not is_sequence(key)) or "unbound"


def prefixes(commands: Iterable[Command]) -> dict[str, str]:
    """Return the first keys of all sequences: what is typed, Cyrillic twin included → the key."""
    first = {split(key)[0] for each in commands for key in each.keys if is_sequence(key)}
    return {each: key for key in first for each in typed(key)}


def following(prefix: str, commands: Iterable[Command]) -> dict[str, Command]:
    """Return what may follow a prefix key: the second key, Cyrillic twin included → command."""
    found: dict[str, Command] = {}
    for each in commands:
        for key in filter(is_sequence, each.keys):
            first, second = split(key)
            if first == prefix:
                found.update(dict.fromkeys(typed(second), each))
    return found
