"""Views, options, rules and keys that come from another reader, put beside what the user has written.

It must never change a line that says otherwise: what stands in the file counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from termnews.config.editing import edited, plain, put
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
    taken: list[str] = []
    left: list[str] = []
    with edited(path) as text:
        for name, line in views.items():
            _set(text, ("views", name), _VIEW, line, (taken, left))
        for name, value in options.items():
            _set(text, tuple(name.split(".")), known[name], value, (taken, left))
        for line, actions in rules.items():
            written = actions[0] if len(actions) == 1 else list(actions)
            _set(text, ("rules", line), _RULE, written, (taken, left))
        if keys:
            _set_keys(text, keys, preset, (taken, left))
    return tuple(taken), tuple(left)


def _set(
    text: TomlText, path: tuple[str, ...], option: Option, value: Any, said: tuple[list[str], list[str]]
) -> None:
    taken, left = said
    name = ".".join(map(format_key, path))
    there = _value(text, path)
    if there == plain(value) or (there is None and plain(value) == plain(option.default)):
        return
    if there is not None:
        left.append(f"{name} stands in termnews.toml already and stays as it is")
        return
    try:
        put(text, path, {path[-1]: option}, value)
    except ConfigError as error:
        left.append(f"{name} stays behind: {error}")
        return
    taken.append(f"{name} = {format_value(plain(value))}")


def _set_keys(
    text: TomlText, keys: Mapping[str, tuple[str, ...]], preset: str, said: tuple[list[str], list[str]]
) -> None:
    taken, left = said
    there = text.data.get("keys", {})
    wanted = {"preset": preset, **{name: list(each) for name, each in keys.items()}}
    if there == wanted:
        return
    if there:
        left.append("[keys] stands in termnews.toml already and stays as it is")
        return
    put(text, ("keys", "preset"), {"preset": Option("preset", Keys, None, "")}, preset)
    for name, each in keys.items():
        put(text, ("keys", name), {name: _KEYS}, each)
    taken.extend(_key_lines(wanted))


def _key_lines(wanted: Mapping[str, Any]) -> Iterator[str]:
    for name, value in wanted.items():
        yield f"keys.{name} = {format_value(value)}"


def _value(text: TomlText, path: tuple[str, ...]) -> Any:
    """Return what the file says under a path; None for nothing."""
    table: Any = text.data
    for name in path:
        if not isinstance(table, Mapping) or name not in table:
            return None
        table = table[name]
    return table
