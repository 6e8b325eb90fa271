"""A copy of what termnews.toml came to, beside the cache, for the next run that finds the file unchanged.

A thousand feeds take 100 ms to read and check, and 10 from the copy. It must never differ from what
reading the file gives: with any doubt the file is read. It must never hold a secret: a configuration that has
one is not kept. That it cannot be written is nobody's trouble.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

try:  # hashlib brings OpenSSL, 5 ms of every start
    from _sha256 import sha256  # type: ignore[import-not-found, unused-ignore]
except ImportError:  # from Python 3.12 on it is elsewhere
    from hashlib import sha256

import termnews
from termnews.config import places
from termnews.config.records import Config, Download, Images, OpenWith, OwnTheme, Regions, Theme
from termnews.errors import ConfigError
from termnews.models import Subscription

if TYPE_CHECKING:
    from termnews.programs import Program

NAME: Final = "termnews.toml.json"
"""Name of the copy in the folder of the cache."""
_DATA_DIR: Final = re.compile(rb"^[ \t]*data_dir\b(.*)$", re.MULTILINE)
_WRITTEN: Final = re.compile(rb"""\s*=\s*(["'])([^"'\\]+)\1\s*(?:#.*)?""")
_TYPES: Final = ("int", "float", "str", "bool")
_SIMPLE: Final = tuple(each.name for each in fields(Config) if each.type in _TYPES)
_DOWNLOAD: Final = ("budget_mb", "folders", "query", "pictures")
_FEED: Final = tuple((each.name, getattr(Subscription(""), each.name)) for each in fields(Subscription))


def load(path: Path | None = None, profile: str = "") -> Config:
    """Read the configuration; what cannot be understood is named in `Config.problems`.

    Args:
        path: the file; None: the profile's, else `TERMNEWS_CONFIG`, else the platform's. A file
            that does not exist is an empty one, and a problem if it was named.
        profile: name of a profile with files of its own; empty: the general one.

    Raises:
        ConfigError: the file exists but cannot be read at all, or the profile's name is wrong.
    """
    place = places.config_path(path, profile)
    body = places.read_bytes(place)
    absence = places.absence(path, profile)
    folder, mark = _folder(place, body, profile), _mark(place, body, profile)
    if folder is None or mark is None:
        return _read(place, body, profile, absence)
    config = _recall(folder, mark)
    if config is None:
        config = _read(place, body, profile, "")
        if config.data_dir == folder and not _secret(config):
            _keep(config, folder, mark)
    return replace(config, problems=(absence, *config.problems)) if absence else config


def _read(place: Path, body: bytes, profile: str, absence: str) -> Config:
    from termnews.config.reading import read  # msgspec and tomllib come with it

    return read(place, body, profile, absence)


# --- whether the copy is of this file ------------------------------------------------------------


def _folder(place: Path, body: bytes, profile: str) -> Path | None:
    """Return the folder of the cache as far as a look at the file tells; None when it does not."""
    said = _DATA_DIR.findall(body)
    if not said:
        return places.data_path(profile)
    written = _WRITTEN.fullmatch(said[0].rstrip(b"\r"))
    if len(said) > 1 or written is None:
        return None
    try:
        return places.absolute(Path(written[2].decode().strip()), place.parent)
    except (ConfigError, UnicodeDecodeError):
        return None


def _mark(place: Path, body: bytes, profile: str) -> str | None:
    """Return a digest of all that a configuration comes from; None when that cannot be told."""
    digest = sha256()
    try:
        for each in (*_circumstances(place, profile), *_themes(place.parent / places.THEMES), body):
            digest.update(len(each).to_bytes(8, "big") + each)
    except OSError:
        return None
    return str(digest.hexdigest())


def _circumstances(place: Path, profile: str) -> Iterator[bytes]:
    """Yield what reading depends on besides the files: names, folders, and the code that reads."""
    home = os.path.expanduser("~")
    for word in (termnews.__version__, str(place), profile, str(places.data_path(profile)), home):
        yield os.fsencode(word)
    for each in sorted(os.scandir(Path(__file__).parent), key=lambda each: each.name):
        if each.name.endswith(".py"):
            yield f"{each.name} {each.stat().st_mtime_ns}".encode()


def _themes(folder: Path) -> Iterator[bytes]:
    """Yield names and bytes of the user's themes."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except (FileNotFoundError, NotADirectoryError):
        return
    for path in paths:
        yield os.fsencode(path.name)
        yield path.read_bytes()


def _secret(config: Config) -> bool:
    """Whether anything in it may be a password, or prints one."""
    addresses = (config.proxy, *(address for feed in config.feeds for address in (feed.url, feed.proxy)))
    return any("@" in each for each in addresses) or any(
        feed.headers or feed.username or feed.password_command for feed in config.feeds
    )


# --- the copy --------------------------------------------------------------------------------------


def _recall(folder: Path, mark: str) -> Config | None:
    """Return the configuration kept under this mark; None when there is none, or it may be anybody's."""
    try:
        with open(os.open(folder / NAME, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
            about = os.fstat(file.fileno())
            mine = stat.S_ISREG(about.st_mode) and about.st_uid == os.geteuid()
            if not mine or about.st_mode & 0o022:
                return None
            head, _, kept = file.read().partition(b"\n")
        if head.decode("ascii", "replace") != f"{mark} {sha256(kept).hexdigest()}":
            return None
        config = _decoded(json.loads(kept))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return config if config.data_dir == folder else None


def _keep(config: Config, folder: Path, mark: str) -> None:
    """Write the copy whole or not at all."""
    encoded = _encoded(config)
    if _decoded(json.loads(json.dumps(encoded))) != config:
        return
    kept = json.dumps(encoded, separators=(",", ":")).encode("ascii")
    new = folder / f".{NAME}.{os.getpid()}"
    with suppress(OSError):
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            with open(os.open(new, flags, 0o600), "wb") as file:
                file.write(f"{mark} {sha256(kept).hexdigest()}\n".encode("ascii") + kept)
            os.replace(new, folder / NAME)
        except OSError:
            new.unlink(missing_ok=True)


def _encoded(config: Config) -> dict[str, Any]:
    """Return a configuration as JSON has it; of a feed what differs from one with an address alone."""
    said: dict[str, Any] = {name: getattr(config, name) for name in _SIMPLE}
    theme = config.theme
    return said | {
        "path": str(config.path),
        "data_dir": str(config.data_dir),
        "feeds": [
            {name: _jsonable(value) for name, plain in _FEED if (value := getattr(feed, name)) != plain}
            for feed in config.feeds
        ],
        "views": dict(config.views),
        "rules": {line: list(actions) for line, actions in config.rules.items()},
        "keys": {name: list(keys) for name, keys in config.keys.items()},
        "download": [getattr(config.download, each) for each in _DOWNLOAD],
        "images": [config.images.show, config.images.rows, config.images.budget_mb],
        "theme": [theme.name, theme.glyphs, theme.accessible],
        "themes": [[each.name, each.base, dict(each.colours)] for each in theme.own],
        "regions": [list(config.regions.mute), dict(config.regions.pin)],
        "open": list(config.open.browser),
        "commands": {name: [each.words, each.terminal] for name, each in config.commands.items()},
        "problems": list(config.problems),
        "notes": list(config.notes),
    }


def _jsonable(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


def _decoded(said: dict[str, Any]) -> Config:
    name, glyphs, accessible = said["theme"]
    budget, folders, asked, ahead = said["download"]
    show, rows, pictures = said["images"]
    own = tuple(OwnTheme(each, base, MappingProxyType(colours)) for each, base, colours in said["themes"])
    mute, pin = said["regions"]
    return Config(
        **{name: said[name] for name in _SIMPLE},
        views=MappingProxyType(said["views"]),
        rules=MappingProxyType({line: tuple(each) for line, each in said["rules"].items()}),
        path=Path(said["path"]),
        data_dir=Path(said["data_dir"]),
        feeds=tuple(map(_feed, said["feeds"])),
        keys=MappingProxyType({name: tuple(keys) for name, keys in said["keys"].items()}),
        theme=Theme(name, glyphs, accessible, own),
        regions=Regions(tuple(mute), MappingProxyType(pin)),
        download=Download(int(budget), tuple(folders), asked, ahead),
        images=Images(show, int(rows), int(pictures)),
        open=OpenWith(tuple(said["open"])),
        commands=_commands(said["commands"]),
        problems=tuple(said["problems"]),
        notes=tuple(said["notes"]),
    )


def _commands(said: dict[str, Any]) -> Mapping[str, Program]:
    if not said:  # most people have none
        return MappingProxyType({})
    from termnews.programs import Program

    return MappingProxyType(
        {name: Program(tuple(words), terminal) for name, (words, terminal) in said.items()}
    )


def _feed(said: dict[str, Any]) -> Subscription:
    if "mute" in said:
        said["mute"] = tuple(said["mute"])
    if "pin" in said:
        said["pin"] = MappingProxyType(said["pin"])
    return Subscription(**said)
