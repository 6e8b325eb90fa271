"""Where each key of a TOML text stands, which the TOML readers do not tell, and how a value is written.

It must never judge a text: it expects one that `tomllib` accepts, and knows no option.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

KeyPath = tuple[str | int, ...]
"""Keys from the top down, with the place in an array of tables as a number: ("feeds", 0, "url")."""

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEYS = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_ONE_KEY = re.compile(_KEY)
_START = re.compile(rf"[ \t]*(?:(?P<head>\[\[?)[ \t]*)?(?P<keys>{_KEYS})[ \t]*(?P<equals>=?)[ \t]*")
# A string may end in up to two quotes more than the three that close it.
_PIECE = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'|#[^\n]*|.",
    re.DOTALL,
)
_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")


@dataclass(frozen=True, slots=True)
class Statement:
    """A table's head or a key with its value, as it stands in the text."""

    kind: Literal["head", "key"]
    """head: `[a]` or `[[a]]`; key: `a = 1`."""
    path: KeyPath
    """The full path from the top of the file."""
    table: KeyPath
    """Path of the table whose head it is or under whose head it stands; () at the top."""
    start: int
    """Offset of the first character of its first line."""
    value: tuple[int, int]
    """Offsets of the value, its end excluded; of no width for a head."""
    end: int
    """Offset behind its last line, line end included."""


def statements(text: str) -> Iterator[Statement]:
    """Yield the heads and keys of a valid TOML text in their order."""
    tables: dict[KeyPath, int] = {}
    table: KeyPath = ()
    at = 0
    while at < len(text):
        found = _START.match(text, at)
        if found is None or not (found["head"] or found["equals"]):
            at = _line_end(text, at)
            continue
        keys = split_keys(found["keys"])
        if found["head"]:
            table = path = _open_table(tables, keys, array=found["head"] == "[[")
            stop = found.end()
            end = _line_end(text, stop)
            yield Statement("head", path, table, at, (stop, stop), end)
        else:
            stop, end = _value_end(text, found.end())
            yield Statement("key", table + keys, table, at, (found.end(), stop), end)
        at = end


def line_numbers(text: str) -> dict[KeyPath, int]:
    """Return the line, counted from 1, on which each key of a valid TOML text stands first."""
    lines: dict[KeyPath, int] = {}
    line, at = 1, 0
    for statement in statements(text):
        line += text.count("\n", at, statement.start)
        at = statement.start
        lines.setdefault(statement.path, line)
    return lines


def split_keys(dotted: str) -> tuple[str, ...]:
    """Return the names of a dotted key, quotes and escapes resolved."""
    return tuple(next(iter(tomllib.loads(f"{key} = 0"))) for key in _ONE_KEY.findall(dotted))


def format_key(key: str) -> str:
    """Return the key as TOML, quoted where it must be."""
    return key if _BARE.match(key) else _quoted(key)


def format_value(value: Any) -> str:
    """Return a text, number, truth value, list or table as TOML on one line."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        pairs = [f"{format_key(key)} = {format_value(entry)}" for key, entry in value.items()]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(format_value, value))}]"
    return repr(value)


def _quoted(text: str) -> str:
    # JSON's escapes are among TOML's, but TOML wants DEL escaped as well.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _line_end(text: str, at: int) -> int:
    newline = text.find("\n", at)
    return len(text) if newline < 0 else newline + 1


def _value_end(text: str, at: int) -> tuple[int, int]:
    """Return the offsets behind the value that begins here and behind its last line."""
    depth, stop = 0, at
    while at < len(text):
        found = _PIECE.match(text, at)
        assert found is not None  # the last alternative takes any character
        piece = found.group()
        at = found.end()
        if piece == "\n" and depth == 0:
            break
        depth += (piece in "[{") - (piece in "]}")
        if not piece.isspace() and not piece.startswith("#"):
            stop = at
    return stop, at


def _open_table(tables: dict[KeyPath, int], keys: tuple[str, ...], *, array: bool) -> KeyPath:
    if not array:
        return _resolve(tables, keys)
    path = (*_resolve(tables, keys[:-1]), keys[-1])
    tables[path] = tables.get(path, 0) + 1
    return (*path, tables[path] - 1)


def _resolve(tables: Mapping[KeyPath, int], keys: tuple[str, ...]) -> KeyPath:
    """Return the path with the number of the newest table wherever a key names an array of tables."""
    path: KeyPath = ()
    for key in keys:
        path += (key,)
        if path in tables:
            path += (tables[path] - 1,)
    return path
