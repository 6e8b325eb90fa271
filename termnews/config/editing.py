"""Change termnews.toml as a careful user would: comments and order stay, and no change is lost.

Every change is made under a lock, to the newest text, and written whole or not at all. It must
never rewrite a file it does not understand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from termnews.config import files, folders, places
from termnews.config.checking import check_value, unknown_key
from termnews.config.options import OPTIONS, Option, Query, options_of
from termnews.config.toml_edit import TomlText
from termnews.config.toml_lines import KeyPath
from termnews.config.toml_mend import parse
from termnews.errors import ConfigError
from termnews.models import Subscription
from termnews.sanitize import strip_credentials

_HEAD = """\
# termnews.toml: what termnews reads and how; `termnews config example` shows every option.
# termnews adds feeds here and leaves your comments as they are.
"""


@dataclass(frozen=True, slots=True)
class Cut:
    """A feed taken out of the file, to be put back; never kept on disk: it may hold a password."""

    table: Mapping[str, Any] = field(repr=False)
    """Its keys and values, unknown ones among them."""
    before: str = field(repr=False)
    """The whole text before."""
    after: str = field(repr=False)
    """The whole text after; when it is still this one, the text before comes back to the letter."""


_VIEW = Option("view", Query, None, "")


def append_feeds(path: Path, feeds: Iterable[Subscription]) -> tuple[str, ...]:
    """Add feeds at the end of the file, which is made when there is none.

    Returns:
        The addresses that were left out because the file has them already, in the order given.

    Raises:
        ConfigError: the file cannot be read, understood or written; it is as it was.
    """
    known: list[str] = []
    with edited(path) as text:
        base = places.config_path(path).parent
        addresses = {_address(table, base) for table in _feed_tables(text)}
        tables = []
        for feed in feeds:
            address = _checked_address(feed.url, base)
            if address in addresses:
                known.append(feed.url)
            else:
                tables.append(_feed_table(feed))
                addresses.add(address)
        if tables:
            text.append_tables("feeds", tables)
    return tuple(known)


def remove_feed(path: Path, url: str) -> Cut:
    """Take the feed with this address out of the file; the comments around it stay.

    Returns:
        What `restore_feed` puts back.

    Raises:
        ConfigError: there is none, or the file cannot be changed; it is as it was.
    """
    with edited(path) as text:
        found = places_of(text, places.config_path(path).parent, url)
        table, before = dict(text.data["feeds"][found[0]]), text.text
        for at in reversed(found):
            text.remove_table("feeds", at)
        return Cut(table, before, text.render())


def restore_feed(path: Path, cut: Cut) -> None:
    """Put a feed back: where it stood if the file was not changed since, else at the end.

    Raises:
        ConfigError: it stands there again already, or the file cannot be changed; it is as it was.
    """
    with edited(path) as text:
        base = places.config_path(path).parent
        address = _address(cut.table, base)
        if any(_address(table, base) == address for table in _feed_tables(text)):
            raise ConfigError(f"the feed {strip_credentials(address)} stands there again already")
        if text.text == cut.after:
            text.become(cut.before)
        else:
            text.append_tables("feeds", [dict(cut.table)])


def change_feed(path: Path, url: str, /, **fields: Any) -> None:
    """Give the feed with this address other values.

    Args:
        path: the file.
        url: the feed's address.
        fields: keys of `[[feeds]]`; None, and what holds without the key, takes it out.

    Raises:
        ConfigError: there is no such feed, key or value, or the file cannot be changed; it is as it was.
    """
    with edited(path) as text:
        base = places.config_path(path).parent
        found = places_of(text, base, url)
        if "url" in fields:
            _check_move(text, base, url, fields["url"])
        folder = fields.get("folder", text.data["feeds"][found[0]].get("folder", ""))
        known = _known_in(text, folder if isinstance(folder, str) else "")
        for name, value in fields.items():
            # A feed that stands there twice must not go on being followed at its old address.
            for at in found if name == "url" else found[:1]:
                put(text, ("feeds", at, name), known, value)


def _known_in(text: TomlText, folder: str) -> dict[str, Option]:
    """Return the options of a feed in a folder, with what the folder says as their defaults."""
    of_folder = folders.inherited(folders.read_again(text.data), folder)
    return {
        name: replace(option, default=of_folder.get(name, option.default))
        for name, option in options_of("feeds").items()
    }


def set_view(path: Path, name: str, query: str | None) -> None:
    """Keep a search line under this name in `[views]`; None takes it out.

    Raises:
        ConfigError: name or line is empty, or the file cannot be changed; it is as it was.
    """
    if not name.strip():
        raise ConfigError("a view needs a name")
    with edited(path) as text:
        put(text, ("views", name), {name: _VIEW}, query)


def rename_view(path: Path, old: str, new: str) -> None:
    """Give a search line of `[views]` another name; it stays where it stands, with its comment.

    Raises:
        ConfigError: there is no such view, another one has the new name or it is empty, or the file cannot
            be changed; it is as it was.
    """
    if not new.strip():
        raise ConfigError("a view needs a name")
    with edited(path) as text:
        views = text.data.get("views", {})
        if old not in views:
            raise ConfigError(f"there is no view {old}")
        if new != old and new in views:
            raise ConfigError(f"another view is called {new} already")
        text.rename(("views", old), new)


def set_option(path: Path, name: str, value: Any) -> None:
    """Set an option outside of feeds, folders, views, keys and rules; None or its default takes it out.

    Args:
        path: the file.
        name: the key, with its table before a dot where it stands in one: `proxy`, `theme.name`.
        value: the new value.

    Raises:
        ConfigError: there is no such option or value, or the file cannot be changed; it is as it was.
    """
    known = {
        ".".join(filter(None, (option.table, option.name))): option
        for option in OPTIONS
        if option.table not in ("feeds", folders.TABLE)
    }
    with edited(path) as text:
        put(text, tuple(name.split(".")), known, value, name)


# --- one change ----------------------------------------------------------------------------------


@contextmanager
def edited(path: Path) -> Iterator[TomlText]:
    """Lock the file, hand its text out, and write it when it was changed."""
    with files.locked(path) as target:
        before = _understood(path, places.read_bytes(target))
        text = TomlText(before or _HEAD)
        try:
            yield text
            after = text.render()
        except ConfigError as error:
            raise ConfigError(f"{path} is left as it is: {error}") from error
        if after not in (before, _HEAD):
            files.write(target, after)


def _understood(path: Path, body: bytes) -> str:
    """Return the text of the file when it can be changed without losing a word of it."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            f"{path}, line {line}: not UTF-8, so it is left as it is; save it as UTF-8"
        ) from error
    _, fault, at = parse(text)
    if fault:
        number = at or text.count("\n") + 1
        raise ConfigError(f"{path}, line {number}: {fault}, so it is left as it is; correct this line first")
    return text


def put(text: TomlText, keys: KeyPath, known: Mapping[str, Option], value: Any, name: str = "") -> None:
    """Set the key when its option allows the value, or take it out."""
    name = name or str(keys[-1])
    if name not in known:
        raise ConfigError(unknown_key(name, known))
    option = replace(known[name], name=name)
    checked = None if value is None else check_value(option, plain(value))
    if checked is None or checked == option.default:
        text.unset(keys)
    else:
        text.set(keys, plain(checked))


def plain(value: Any) -> Any:
    """Return the value as the TOML readers have it: lists for tuples, dicts for mappings."""
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def _feed_table(feed: Subscription) -> dict[str, Any]:
    """Return what of a subscription differs from the defaults, url first."""
    table = {}
    for name, option in options_of("feeds").items():
        value = plain(getattr(feed, name))
        if value != plain(option.default):
            table[name] = plain(check_value(option, value))
    return table


def _feed_tables(text: TomlText) -> list[Any]:
    tables = text.data.get("feeds", [])
    if not isinstance(tables, list):
        raise ConfigError("[feeds] should be [[feeds]], one for each feed; correct this first")
    return tables


def _check_move(text: TomlText, base: Path, url: str, new: str) -> None:
    """Refuse a new address that is none, or that another feed of the file has."""
    address = _checked_address(new, base)
    if address != url and any(_address(table, base) == address for table in _feed_tables(text)):
        raise ConfigError(
            f"the feed {strip_credentials(address)} stands there already; remove one of the two"
        )


def _checked_address(url: str, base: Path) -> str:
    try:
        return places.feed_address(url, base)
    except ConfigError as error:
        raise ConfigError(f"the feed's address {error}") from error


def _address(table: Any, base: Path) -> str:
    """Return the address of a feed as the reading has it, "" when it has none that can be read."""
    url = table.get("url", "") if isinstance(table, dict) else ""
    try:
        return places.feed_address(url, base) if isinstance(url, str) else ""
    except ConfigError:
        return ""


def places_of(text: TomlText, base: Path, url: str) -> list[int]:
    """Return which of the file's feeds have this address; ConfigError when none has."""
    found = [at for at, table in enumerate(_feed_tables(text)) if url and _address(table, base) == url]
    if not found:
        raise ConfigError(f"there is no feed {strip_credentials(url)}; `termnews feeds` lists them")
    return found
