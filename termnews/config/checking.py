"""Take checked values out of the tables of one termnews.toml, and collect what is wrong with them.

It must never stop at a fault, and never quote a value that may hold a password.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from termnews.config.options import OPTIONS, TABLES, Option, nearest, options_of
from termnews.config.toml_lines import KeyPath, format_value, line_numbers
from termnews.config.toml_mend import mend
from termnews.errors import ConfigError
from termnews.sanitize import clean_line

_KINDS: dict[type, str] = {str: "this text", list: "this list", dict: "this table"}
_MAX_QUOTED = 60


def check_value(option: Option, value: Any) -> Any:
    """Return the value as the option's type.

    Raises:
        ConfigError: it is none; the message begins with the option's name.
    """
    try:
        return msgspec.convert(value, option.type)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{option.name} must be {option.wording}, not {_kind(option, value)}") from error


def unknown_key(key: str, known: Mapping[str, Any]) -> str:
    """Say that a key is unknown, and what it may have meant."""
    words = f'unknown key "{key[:_MAX_QUOTED]}"'
    if near := nearest(key, known):
        return f'{words}, did you mean "{near}"?'
    homes = [option.table for option in OPTIONS if option.name == key]
    if homes:
        return f"{words}, it belongs {f'under [{homes[0]}]' if homes[0] else 'above the first [table]'}"
    return f"{words}, `termnews config example` shows every key"


def _kind(option: Option, value: Any) -> str:
    """Name a wrong value; text is quoted only where it chooses among words."""
    if isinstance(value, int | float) or (isinstance(value, str) and option.choices):
        return format_value(value)[:_MAX_QUOTED]
    return _KINDS.get(type(value), "this date")


class Checker:
    """One reading of one file."""

    def __init__(self, path: Path, body: bytes) -> None:
        """Read the bytes of the file at `path` as far as they can be read."""
        self.path = path
        self._problems: list[tuple[int, str]] = []
        self.notes: list[str] = []
        """What has no effect yet, one sentence each."""
        self._lines: dict[KeyPath, int] | None = None
        mended = mend(self._decode(body), arrays=("feeds",), tables=TABLES)
        self.data: dict[str, Any] = mended.data
        """The tables and values, unchecked."""
        self._text = mended.text
        self._problems += mended.complaints

    @property
    def problems(self) -> tuple[str, ...]:
        """What could not be understood, one sentence each, in the order of the lines."""
        return tuple(
            f"{self.path}, line {line}: {clean_line(complaint)}" for line, complaint in sorted(self._problems)
        )

    def complain(self, keys: KeyPath, complaint: str) -> None:
        """Add a problem with a key; `keys` leads to it."""
        self._problems.append((self._line(keys), complaint))

    def note_later(self, keys: KeyPath, name: str) -> None:
        """Add a note that what `name` says has no effect yet."""
        where = f"{self.path}, line {self._line(keys)}"
        self.notes.append(f"{where}: {name} is kept for a later version and has no effect yet")

    def name_unknown(self, raw: Mapping[str, Any], known: Mapping[str, Any], keys: KeyPath) -> None:
        """Complain about each key of a table that is not known."""
        for key in raw:
            if key not in known:
                self.complain((*keys, key), f"{unknown_key(key, known)} (ignored)")

    def value(self, option: Option, raw: Mapping[str, Any], keys: KeyPath) -> Any:
        """Return the option's value from its table, or its default."""
        if option.name not in raw:
            return option.default
        path = (*keys, option.name)
        try:
            value = check_value(option, raw[option.name])
        except ConfigError as error:
            default = format_value(option.default) if option.default else ""
            used = f"the default {default} is used" if default else "it is left out"
            self.complain(path, f"{error}; {used}")
            return option.default
        if option.later and value != option.default:
            self.note_later(path, option.name)
        return value

    def table(self, name: str) -> dict[str, Any]:
        """Return a table of the top, unchecked; empty when it is not there."""
        raw = self.data.get(name, {})
        if isinstance(raw, dict):
            return raw
        self.complain((name,), f"{name} must be a table with the head [{name}]; it is left out")
        return {}

    def fixed_table(self, name: str) -> dict[str, Any]:
        """Return the values of a table whose keys are all options."""
        raw, known = self.table(name), options_of(name)
        self.name_unknown(raw, known, (name,))
        return {key: self.value(option, raw, (name,)) for key, option in known.items()}

    def free_values(self, name: str, raw: Mapping[str, Any], kind: Any) -> dict[str, Any]:
        """Return the values of a table whose keys are the user's own, without the wrong ones."""
        values = {}
        for key in raw:
            value = self.value(Option(key, kind, None, ""), raw, (name,))
            if value is not None:
                values[clean_line(key)] = value
        return values

    def _line(self, keys: KeyPath) -> int:
        """Return the line of a key, or of the table it would stand in."""
        if self._lines is None:
            self._lines = line_numbers(self._text)
        while keys and keys not in self._lines:
            keys = keys[:-1]
        return self._lines.get(keys, 1)

    def _decode(self, body: bytes) -> str:
        try:
            return body.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = body.count(b"\n", 0, error.start) + 1
            self._problems.append(
                (line, "a character is not UTF-8 and is read as \ufffd; save the file as UTF-8")
            )
            return body.decode("utf-8-sig", errors="replace")
