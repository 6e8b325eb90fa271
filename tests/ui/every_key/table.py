"""The form of the tables: a row says what a key changes, a context where its rows are pressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.widget import Widget

from termnews.ui.commands.table import Command
from termnews.ui.keymap import TWINS
from termnews.ui.panes import Focus

from .facts import Facts

Pair = tuple[str, str]
"""A command and one of its keys; where there is no command, the action of Textual."""
CTRL_C = "ctrl+c once more leaves."


@dataclass(frozen=True, slots=True)
class Row:
    """What some keys of a command do, each of them, and each under the Russian layout."""

    command: str
    """Name of the command, or action of Textual."""
    keys: tuple[str, ...]
    """The keys; a sequence has a plus between its two."""
    given: str
    """What is done before (givens.py)."""
    sees: Facts
    """All that is so afterwards and was not before."""


def row(command: str, keys: str, given: str = "", /, **sees: object) -> Row:
    """Return a row; `keys` are divided by spaces, and nothing seen means that the key changes nothing."""
    return Row(
        command, tuple(keys.split()), given, {name.replace("_", " "): each for name, each in sees.items()}
    )


@dataclass(frozen=True, slots=True)
class Context:
    """A screen, or a pane of the main one, and all its keys."""

    name: str
    """What it is called in reports."""
    screen: str
    """Class of the screen on top."""
    opened: str
    """What opens it from the list (givens.py)."""
    rows: tuple[Row, ...]
    """What its keys do."""
    bound: frozenset[Pair]
    """What is bound there in the program, to hold the rows against."""
    idle: str = ""
    """Keys that are bound and do nothing at the start, divided by spaces."""
    count: str = ""
    """Digits typed before each key."""
    pane: Focus = "list"
    """The pane of the main screen that has the keys."""
    alone: bool = False
    """Whether the article is alone on the screen."""
    written: tuple[str, Facts] = ("", {})
    """Keys that write on the line to type on, divided by spaces, and what is so then."""

    @property
    def said(self) -> list[Pair]:
        """The commands and keys of the rows."""
        return [(each.command, key) for each in self.rows for key in each.keys]


def without_twins(pairs: Sequence[Pair]) -> frozenset[Pair]:
    """Return the keys of the Latin layout only: their twins are pressed with them."""
    return frozenset((name, key) for name, key in pairs if key not in TWINS.values())


def commands(table: Mapping[str, Command]) -> frozenset[Pair]:
    """Return the keys of a command table."""
    return frozenset((each.name, key.replace(" ", "+")) for each in table.values() for key in each.keys)


def bindings(*widgets: type[Widget], besides: str = "") -> frozenset[Pair]:
    """Return what these classes of termnews bind, and keys that they take without a binding."""
    found = []
    for each in widgets:
        for owner in each.__mro__:
            if owner.__module__.startswith("termnews.") and "BINDINGS" in vars(owner):
                for binding in vars(owner)["BINDINGS"]:
                    assert isinstance(binding, Binding)
                    found += [(binding.id or binding.action, key) for key in binding.key.split(",")]
    return without_twins([*found, *(("key", key) for key in besides.split())])


def typed(key: str) -> list[str]:
    """Return the single keys of a key of a row."""
    return key.split(" ") if " " in key else key.split("+") if len(key) == 3 and key[1] == "+" else [key]


def twin(key: str) -> str:
    """Return what the same keys send under the Russian layout; the same where they have no twins."""
    return "+".join(TWINS.get(each, each) for each in typed(key))
