"""Change single keys of a TOML text and leave every other character as the user wrote it.

A text is cut and sewn at the offsets of its statements, and the result is taken only when it
means exactly what was asked for. Layouts that cannot be sewn (inline tables, dotted heads) go
through tomlkit, which keeps comments too but moves some. It must never know an option or a file.
"""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Mapping
from typing import Any

from termnews.config.toml_lines import KeyPath, Statement, format_key, format_value, statements
from termnews.errors import ConfigError


class TomlText:
    """A valid TOML text and what it means, changed side by side."""

    def __init__(self, text: str) -> None:
        """Take a text that `tomllib` accepts."""
        self.data: dict[str, Any] = tomllib.loads(text)
        """What the text means."""
        self._original = text
        self._text = text

    @property
    def text(self) -> str:
        """The text as it stands."""
        return self._text

    def become(self, text: str) -> None:
        """Take another valid text in the place of this one."""
        self.data, self._original, self._text = tomllib.loads(text), text, text

    def append_tables(self, name: str, tables: list[dict[str, Any]]) -> None:
        """Add tables to the array of tables with this name, at the end of the text."""
        self.data.setdefault(name, []).extend(copy.deepcopy(tables))
        parts = [self._text.rstrip("\n") + "\n" if self._text.strip() else self._text]
        for table in tables:
            parts.append(f"\n[[{format_key(name)}]]\n")
            parts += [_line(key, value) for key, value in table.items()]
        self._text = "".join(parts)

    def remove_table(self, name: str, at: int) -> None:
        """Take one table out of the array of tables with this name; comments around it stay."""
        del self.data[name][at]
        if not self.data[name]:
            del self.data[name]
        blocks: dict[KeyPath, tuple[int, int]] = {}
        for found in statements(self._text):
            if found.table[:2] == (name, at):
                start, _ = blocks.get(found.table, (found.start, 0))
                blocks[found.table] = start, found.end
        for start, end in reversed(blocks.values()):
            self._cut(start, end)
            self._close_gap(start)

    def set(self, path: KeyPath, value: Any) -> None:
        """Give a key this value; its table is made when there is none."""
        table = self._table(path[:-1])
        if table is None:
            table = self.data[str(path[0])] = {}
        table[path[-1]] = copy.deepcopy(value)
        found = self._find(path)
        if found is not None and "\n" in self._text[slice(*found.value)]:
            return  # A list over several lines may hold comments: `render` goes through tomlkit.
        if found is not None:
            self._text = self._text[: found.value[0]] + format_value(value) + self._text[found.value[1] :]
        else:
            self._insert(path[:-1], {str(path[-1]): value})

    def add(self, table: KeyPath, values: Mapping[str, Any]) -> None:
        """Give a table keys it does not have, all at once; it is made when there is none.

        One by one each would read the whole text: half a second with thousands of feeds.
        """
        there = self._table(table)
        if there is None:
            there = self.data[str(table[0])] = {}
        there.update(copy.deepcopy(dict(values)))
        self._insert(table, values)

    def rename(self, path: KeyPath, name: str) -> None:
        """Give a key that is there another name; its value and its place in the table stay."""
        table = self._table(path[:-1])
        if table is None or path[-1] not in table or name == path[-1]:
            return
        found = self._find(path)
        entries = [(name if key == path[-1] else key, value) for key, value in table.items()]
        table.clear()
        table.update(entries)
        if found is not None and len(found.path) - len(found.table) == 1:
            indent = self._text[found.start : found.value[0]]
            indent = indent[: len(indent) - len(indent.lstrip())]
            key = f"{indent}{format_key(name)} = "
            self._text = self._text[: found.start] + key + self._text[found.value[0] :]

    def unset(self, path: KeyPath) -> None:
        """Take a key out with its line; nothing happens when it is not there."""
        table = self._table(path[:-1])
        if table is None or path[-1] not in table:
            return
        del table[path[-1]]
        # A table of its own ([feeds.headers]) goes with all that stands under it.
        for found in reversed([s for s in statements(self._text) if s.path[: len(path)] == path]):
            self._cut(found.start, found.end)

    def render(self) -> str:
        """Return the changed text.

        Raises:
            ConfigError: the text cannot be changed without damage.
        """
        if _meaning(self._text) == self.data:
            return self._text
        text = _through_tomlkit(self._original, self.data)
        if _meaning(text) == self.data:
            return text
        raise ConfigError("its layout does not allow this change without damage; make it by hand")

    # --- cutting and sewing ----------------------------------------------------------------------

    def _table(self, path: KeyPath) -> dict[str | int, Any] | None:
        """Return the table a path leads to, None when it is not there."""
        table: Any = self.data
        for key in path:
            if isinstance(table, Mapping) and key not in table:
                return None
            table = table[key]
        if not isinstance(table, dict):
            raise ConfigError(f"{path[0]} should be a table with the head [{path[0]}]; correct this first")
        return table

    def _find(self, path: KeyPath) -> Statement | None:
        return next((s for s in statements(self._text) if s.kind == "key" and s.path == path), None)

    def _cut(self, start: int, end: int) -> None:
        self._text = self._text[:start] + self._text[end:]

    def _close_gap(self, at: int) -> None:
        """Take one of two blank lines away where a table stood."""
        if self._text[:at].endswith("\n\n") and self._text[at:].startswith("\n"):
            self._cut(at, at + 1)

    def _insert(self, table: KeyPath, values: Mapping[str, Any]) -> None:
        """Write new keys below the last one of their table."""
        lines = "".join(_line(key, value) for key, value in values.items())
        beside = [s for s in statements(self._text) if s.table == table]
        if beside:
            self._sew(beside[-1].end, lines)
        elif not table:
            at = self._first_head()
            self._sew(at, lines + "\n" if self._text[at:] else lines)
        else:
            gap = "\n" if self._text.strip() else ""
            head = ".".join(format_key(str(key)) for key in table)
            self._sew(len(self._text), f"{gap}[{head}]\n{lines}")

    def _sew(self, at: int, piece: str) -> None:
        before = self._text[:at]
        if before and not before.endswith("\n"):
            before += "\n"
        self._text = before + piece + self._text[at:]

    def _first_head(self) -> int:
        """Return where the first table begins, with the comment right above its head."""
        head = next((s.start for s in statements(self._text)), None)
        if head is None:
            return len(self._text)
        lines = self._text[:head].split("\n")[:-1]
        while len(lines) > 1 and lines[-1].lstrip().startswith("#"):
            head -= len(lines.pop()) + 1
        return head


def _line(key: str | int, value: Any) -> str:
    return f"{format_key(str(key))} = {format_value(value)}\n"


def _meaning(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except ValueError:
        return None


def _through_tomlkit(text: str, data: Mapping[str, Any]) -> str:
    """Return the text with tomlkit's document brought to this data."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        _bring(document, data)
        return tomlkit.dumps(document)
    except (TOMLKitError, RecursionError) as error:
        raise ConfigError(f"its layout does not allow this change ({error}); make it by hand") from error


def _bring(container: Any, data: Mapping[str, Any]) -> None:
    for key in [key for key in container if key not in data]:
        del container[key]
    for key, value in data.items():
        if key not in container or _plain(container[key]) != value:
            _bring_value(container, key, value)


def _bring_value(container: Any, key: str, value: Any) -> None:
    old = container.get(key)
    if isinstance(old, Mapping) and isinstance(value, Mapping):
        _bring(old, value)
    elif isinstance(old, list) and isinstance(value, list):
        _bring_list(old, value)
    else:
        container[key] = value


def _bring_list(old: Any, new: list[Any]) -> None:
    if len(new) < len(old):
        for at in reversed(range(len(old))):
            if _plain(old[at]) not in new:
                del old[at]
    for at, entry in enumerate(new[: len(old)]):
        if _plain(old[at]) != entry:
            _bring(old[at], entry)
    for entry in new[len(old) :]:
        old.append(entry)


def _plain(value: Any) -> Any:
    return value.unwrap() if hasattr(value, "unwrap") else value
