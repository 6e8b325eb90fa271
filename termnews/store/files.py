"""The files of the cache: made whole or not at all, kept aside, and looked at by one process at a time.

It must never look into a cache: connection opens it, recovery reads what is damaged.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

_NEW = ".new"
_held = threading.local()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one process at a time make, migrate or recover the cache of a folder; others wait here.

    The lock goes with the process that holds it, however it ends, and leaves no file behind. A block
    inside another one of the same thread goes through.
    """
    if getattr(_held, "folder", None) == folder:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        _held.folder = folder
        yield
    finally:
        _held.folder = None
        os.close(handle)


def log_of(path: Path) -> Path:
    """Return where SQLite keeps the write-ahead log of a cache."""
    return path.with_name(f"{path.name}-wal")


def index_of(path: Path) -> Path:
    """Return where SQLite keeps the index of that log; it can be made anew at any time."""
    return path.with_name(f"{path.name}-shm")


def writable(path: Path) -> bool:
    """Whether the cache and its folder may be written, also on a file system that is mounted read-only."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


@contextmanager
def made(path: Path) -> Iterator[Path]:
    """Give the name of a file to fill, mode 0600; it is at `path` when the block ends, whole and synced.

    What is at `path` is replaced. When the block fails, or the process ends in it, `path` is as it was.
    """
    new = path.with_name(f"{path.name}{_NEW}")
    for each in (new, log_of(new), index_of(new)):  # of a process that was killed
        each.unlink(missing_ok=True)
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        yield new
        _sync(new)
        new.replace(path)
        _sync(path.parent)
    finally:
        for each in (new, log_of(new), index_of(new)):
            each.unlink(missing_ok=True)


def keep_aside(path: Path, why: str, now: datetime) -> Path:
    """Give a cache, with its log, a second name nobody has; return it. The cache itself stays where it is.

    A log must not meet another cache than its own, so that is moved; whoever replaces the cache
    afterwards leaves no moment without one.
    """
    aside = _free(path, f"{why}-{now:%Y%m%d-%H%M%S}")
    if path.exists():
        _link(path, aside)
    if log_of(path).exists() and log_of(path).stat().st_size:
        log_of(path).replace(log_of(aside))
    for each in (log_of(path), index_of(path)):
        each.unlink(missing_ok=True)
    return aside


def _free(path: Path, ending: str) -> Path:
    aside, number = path.with_name(f"{path.name}.{ending}"), 1
    while aside.exists() or log_of(aside).exists():
        number += 1
        aside = path.with_name(f"{path.name}.{ending}-{number}")
    return aside


def _link(path: Path, aside: Path) -> None:
    try:
        os.link(path, aside)
    except OSError:  # a file system without links
        shutil.copy2(path, aside)


def _sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems cannot sync a folder
            os.fsync(handle)
    finally:
        os.close(handle)
