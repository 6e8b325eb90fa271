"""Views, options, rules and keys that come from another reader, put beside what the user has written.

It must never change a line that says otherwise: what stands in the file counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from termnews.config.checking import check_value
from termnews.config.editing import edited, plain
from termnews.config.options import OPTIONS, Actions, Keys, Option, Query
from termnews.config.toml_edit import TomlText
from termnews.config.toml_lines import format_key, format_value
from termnews.errors import ConfigError

_VIEW = Option("view", Query, None, "")
_KEYS = Option("keys", Keys, None, "")
_RULE = Option("rule", Actions, None, "")


def adopt(
    path: Path,
    *,
    views: Mapping[str, str],
    options: Mapping[str, Any],
    rules: Mapping[str, tuple[str, ...]],
    keys: Mapping[str, tuple[str, ...]],
    preset: str,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write what the file does not say otherwise, in one step.

    Args:
        path: the file, made when there is none.
        views: saved searches by name.
        options: values by name, with the table before a dot.
        rules: what is done with articles that come in: search line → actions.
        keys: all keys of each command, laid over `preset`; they come together or not at all.
        preset: the set of keys they belong to; empty: none.

    Returns:
        What was written (`refresh_minutes = 30`), and what was not, one sentence each. What the file says
        already is neither.

    Raises:
        ConfigError: the file cannot be read, understood or written; it is as it was.
    """
    known = {".".join(filter(None, (each.table, each.name))): each for each in OPTIONS}
    with edited(path) as text:
        adopted = _Adopted(text)
        for name, line in views.items():
            adopted.take(("views", name), _VIEW, line)
        for name, value in options.items():
            adopted.take(tuple(name.split(".")), known[name], value)
        for line, actions in rules.items():
            adopted.take(("rules", line), _RULE, actions[0] if len(actions) == 1 else actions)
        if keys:
            adopted.take_keys(keys, preset)
        adopted.write()
    return tuple(adopted.taken), tuple(adopted.left)


class _Adopted:
    """What is new beside a text, gathered and written at once; used once."""

    def __init__(self, text: TomlText) -> None:
        self.taken: list[str] = []
        """What is written, as it is written."""
        self.left: list[str] = []
        """What is not, one sentence each."""
        self._text = text
        self._new: dict[tuple[str, ...], dict[str, Any]] = {}

    def take(self, path: tuple[str, ...], option: Option, value: Any) -> None:
        """Take a value, unless the text says something there."""
        *table, name = path
        full, there = ".".join(map(format_key, path)), _value(self._text, path)
        if there == plain(value) or (there is None and plain(value) == plain(option.default)):
            return
        if there is not None:
            self.left.append(f"{full} stands in termnews.toml already and stays as it is")
            return
        try:
            checked = plain(check_value(replace(option, name=name), plain(value)))
        except ConfigError as error:
            self.left.append(f"{full} stays behind: {error}")
            return
        self._new.setdefault(tuple(table), {})[name] = checked
        self.taken.append(f"{full} = {format_value(plain(value))}")

    def take_keys(self, keys: Mapping[str, tuple[str, ...]], preset: str) -> None:
        """Take all keys, unless the text has some."""
        there = self._text.data.get("keys", {})
        wanted = {"preset": preset, **{name: list(each) for name, each in keys.items()}}
        if there and there != wanted:
            self.left.append("[keys] stands in termnews.toml already and stays as it is")
            return
        for name, each in wanted.items():
            self.take(("keys", name), _KEYS, each)

    def write(self) -> None:
        """Put all that was taken into the text."""
        for table, values in self._new.items():
            self._text.add(table, values)


def _value(text: TomlText, path: tuple[str, ...]) -> Any:
    """Return what the file says under a path; None for nothing."""
    table: Any = text.data
    for name in path:
        if not isinstance(table, Mapping) or name not in table:
            return None
        table = table[name]
    return table
