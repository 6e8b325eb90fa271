"""Where the configuration and the cache live, and who may look into them.

It must never know what the configuration says; platformdirs stops here.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from termnews.config.records import Config
from termnews.errors import ConfigError
from termnews.hosts import COMMANDS

CONFIG_NAME = "termnews.toml"
THEMES = "themes"
"""Name of the folder beside termnews.toml with themes of the user's; the files in it are NAME.toml."""
_PROFILE = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def config_path(path: Path | None = None, profile: str = "") -> Path:
    """Return the absolute path of the configuration file, which need not exist.

    What the user said most plainly wins: the path given, then the profile, then
    `TERMNEWS_CONFIG`, then the platform's folder.

    Raises:
        ConfigError: the profile's name has other characters than letters, digits, - and _.
    """
    folder = _with_profile(platformdirs.user_config_path("termnews", appauthor=False), profile)
    named = os.environ.get("TERMNEWS_CONFIG", "")
    if path is not None:
        return absolute(path, Path.cwd())
    return absolute(Path(named), Path.cwd()) if named and not profile else folder / CONFIG_NAME


def absence(path: Path | None, profile: str = "") -> str:
    """Return what is to be said when a file was named and is not there; empty when all is well.

    The place where the file would be anyway may be named without being there: nothing was misspelt.

    Args:
        path: the file named; None: none was.
        profile: name of a profile; empty: the general one.

    Raises:
        ConfigError: the profile's name is wrong.
    """
    place = config_path(path, profile)
    if path is None or place.exists() or place == config_path(None, profile):
        return ""
    return (
        f"the configuration {place} does not exist; check its name,"
        f" or begin it with `termnews --config {place} feeds add URL`"
    )


def read_bytes(path: Path) -> bytes:
    """Return the bytes of the file, none when it does not exist.

    Raises:
        ConfigError: it exists and cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(
            f"{path} cannot be read ({reason}); make it readable for you, or name another with --config"
        ) from error


def data_path(profile: str = "") -> Path:
    """Return the platform's folder for the cache of this profile, which need not exist.

    Raises:
        ConfigError: the profile's name has other characters than letters, digits, - and _.
    """
    return _with_profile(platformdirs.user_data_path("termnews", appauthor=False), profile)


def ensure_folders(config: Config) -> None:
    """Make the folder of the cache, for its owner alone; a folder that exists is left as it is.

    Raises:
        ConfigError: the folder cannot be made.
    """
    make_folder(config.data_dir)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, mode 0700.

    Raises:
        ConfigError: it cannot be made.
    """
    try:
        for level in (*reversed(folder.parents), folder):
            if not level.is_dir():
                level.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(
            f"the folder {folder} cannot be made ({reason}); make it yourself or name another"
        ) from error


def absolute(path: Path, base: Path) -> Path:
    """Return the path from the root, `~` expanded, a relative one taken from `base`.

    Raises:
        ConfigError: it begins with the home of somebody unknown.
    """
    try:
        return Path(os.path.normpath(base / path.expanduser()))
    except RuntimeError as error:
        raise ConfigError(f"{path} names a home folder that is not known; write the whole path") from error


def feed_address(written: str, base: Path) -> str:
    """Return the address of a feed: http, https and file as written, a path made absolute from `base`.

    Commands of other readers (exec:, filter:) may stand in the file; fetching refuses them.

    Raises:
        ConfigError: it is no address of a feed; the message goes on after "the address".
    """
    written = written.strip()
    if not written:
        raise ConfigError('is missing; add url = "https://…"')
    scheme = _SCHEME.match(written)
    if not scheme:
        return str(absolute(Path(written), base))
    if written.startswith(COMMANDS):
        return written
    if scheme[1].lower() not in ("http", "https", "file"):
        raise ConfigError(f"begins with {scheme[1]}: where http, https, file or a path should stand")
    try:
        host = urlsplit(written).hostname
    except ValueError as error:
        raise ConfigError(f"cannot be read ({error})") from error
    if not host and scheme[1].lower() != "file":
        raise ConfigError("names no host")
    return written


def readable_by_others(path: Path) -> bool:
    """Return whether users other than the owner may read the file; False when it does not exist."""
    return path.exists() and bool(path.stat().st_mode & 0o044)


def _with_profile(folder: Path, profile: str) -> Path:
    if not profile:
        return folder
    if not _PROFILE.match(profile):
        raise ConfigError(
            f'"{profile}" cannot be the name of a profile; use up to 64 letters a-z, digits, - and _'
        )
    return folder / "profiles" / profile
