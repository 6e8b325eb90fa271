"""Settings of a folder: what `[folders."NAME"]` says counts for each feed in it and in those within it.

It must never override what a feed says itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from termnews.config.checking import Checker, check_value
from termnews.config.options import Option, nearest, options_of
from termnews.config.toml_lines import KeyPath
from termnews.errors import ConfigError
from termnews.regions.keys import key
from termnews.sanitize import clean_line

TABLE: Final = "folders"
Said = Mapping[str, Mapping[str, Any]]
"""Folder → option → value, of what the file says and nothing else."""
Pins = Callable[[Checker, Mapping[str, str], KeyPath], Mapping[str, str]]
Ask = Callable[[Option, Mapping[str, Any], str], Any]
"""Returns the checked value of an option in the table of a folder; None where it is missing or wrong."""


def said(checker: Checker, full_text: Collection[str], pins: Pins) -> Said:
    """Return what the file says of folders, and complain about what is wrong there.

    Args:
        checker: the reading of the file.
        full_text: folders that `[download]` names: as if each said `full_text = true`, if it says nothing.
        pins: reads words and the places they are pinned to.
    """
    raw = checker.table(TABLE)
    known = options_of(TABLE)
    for folder, table in raw.items():
        if isinstance(table, dict):
            checker.name_unknown(table, known, (TABLE, folder))
        else:
            checker.complain((TABLE, folder), f'{clean_line(folder)} must be a table with the head '
                             f'[folders."{clean_line(folder)}"]; it is left out')  # fmt: skip

    def ask(option: Option, table: Mapping[str, Any], folder: str) -> Any:
        value = checker.value(option, table, (TABLE, folder))
        return pins(checker, value, (TABLE, folder)) if value and option.name == "pin" else value

    return _gathered(raw, full_text, ask)


def read_again(data: Mapping[str, Any]) -> Said:
    """Return what a file says of folders, without a word about what is wrong there."""

    def ask(option: Option, table: Mapping[str, Any], _: str) -> Any:
        try:
            return check_value(option, table[option.name]) if option.name in table else None
        except ConfigError:
            return None

    raw, download = data.get(TABLE), data.get("download")
    named = download.get("folders", []) if isinstance(download, dict) else []
    full_text = [each for each in named if isinstance(each, str)] if isinstance(named, list) else []
    return _gathered(raw if isinstance(raw, dict) else {}, full_text, ask)


def _gathered(raw: Mapping[str, Any], full_text: Collection[str], ask: Ask) -> Said:
    found: dict[str, dict[str, Any]] = {}
    for folder, table in raw.items():
        if isinstance(table, dict):
            values = {
                name: value
                for name, option in options_of(TABLE).items()
                if (value := ask(replace(option, default=None), table, folder)) is not None
            }
            found[_name(folder)] = values
    for folder in full_text:
        found.setdefault(_name(folder), {}).setdefault("full_text", True)
    return found


def inherited(of: Said, folder: str) -> dict[str, Any]:
    """Return what a feed of this folder is set to where it says nothing itself."""
    values: dict[str, Any] = {}
    for each in _around(folder):
        values = within(values, of.get(each, {}))
    return values


def within(outer: Mapping[str, Any], inner: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of two levels together.

    Headers, and words of places, add up; what the inner level says of one of them counts. Of all else the
    inner level's value does.
    """
    names = {each.lower() for each in inner.get("headers", ())}
    words = {key(each) for name in ("mute", "pin") for each in inner.get(name, ())}
    values = {**outer, **inner}
    for name, spoken, folded in (("headers", names, str.lower), ("pin", words, key)):
        if name in values:
            kept = {each: value for each, value in outer.get(name, {}).items() if folded(each) not in spoken}
            values[name] = MappingProxyType({**kept, **inner.get(name, {})})
    if "mute" in values:
        kept_words = (each for each in outer.get("mute", ()) if key(each) not in words)
        values["mute"] = (*kept_words, *inner.get("mute", ()))
    return values


def unused(of: Said, folders: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each folder that no feed stands in, and the one that may have been meant."""
    there = {each for folder in folders for each in _around(folder)}
    for folder in of:
        if folder not in there and (near := nearest(folder, there)):
            yield folder, near


def _name(folder: str) -> str:
    """Return a folder as it is looked up: `World / Asia` is `World/Asia`."""
    return "/".join(part.strip() for part in clean_line(folder).split("/"))


def _around(folder: str) -> list[str]:
    """Return the folders a folder stands in, the outermost first, and it itself."""
    parts = _name(folder).split("/") if folder else []
    return ["/".join(parts[: at + 1]) for at in range(len(parts))]
