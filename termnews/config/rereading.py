"""Read termnews.toml again while termnews runs: whether it changed, and what it says now.

It must never take the place of what is in force by a file that is half written or broken.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Final

from termnews.config import places
from termnews.config.kept import load
from termnews.config.records import Config
from termnews.errors import ConfigError

Footprint = tuple[tuple[str, int, int, int], ...]
"""Name, time of change in nanoseconds, bytes and inode of each file a configuration comes from."""

_KEPT: Final = "what was in force before stays so"


def footprint(path: Path) -> Footprint:
    """Return what tells a changed configuration from the same one: a few microseconds, nothing is read.

    Args:
        path: the configuration file; the themes lie in the folder beside it.
    """
    found = [_print(path)]
    try:
        with os.scandir(path.parent / places.THEMES) as themes:
            found += sorted(_print(Path(each.path)) for each in themes if each.name.endswith(".toml"))
    except OSError:  # there are none, or they cannot be read, which reading them says
        pass
    return tuple(found)


def _print(path: Path) -> tuple[str, int, int, int]:
    try:
        about = path.stat()
    except OSError:
        return str(path), 0, -1, 0
    return str(path), about.st_mtime_ns, about.st_size, about.st_ino


def reread(former: Config) -> Config:
    """Return what the file of a configuration says now; the folder of the cache, which is open, stays.

    Raises:
        ConfigError: it is gone, cannot be read, or is no TOML; one sentence with the line and the remedy.
    """
    path = former.path
    body = places.read_bytes(path)
    if not body and former.feeds and not path.exists():
        raise ConfigError(f"{path} is gone; {_KEPT}: put it back, or start termnews again without it")
    settings = load(path, former.profile)
    if settings.problems:  # one that is broken always has some; parsing it once more is slow
        _check(path, body)
    if settings.data_dir == former.data_dir:
        return settings
    later = f"{path}: data_dir names another folder, which is used from the next start on"
    return replace(settings, data_dir=former.data_dir, notes=(*settings.notes, later))


def _check(path: Path, body: bytes) -> None:
    from termnews.config.toml_mend import parse

    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}, line {line}: not UTF-8; {_KEPT} until it is saved as UTF-8") from error
    _, fault, at = parse(text)
    if fault:
        number = at or text.count("\n") + 1
        raise ConfigError(f"{path}, line {number}: {fault}; {_KEPT} until this line is corrected")
