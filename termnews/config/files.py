"""Write a file whole or not at all, one writer at a time.

It must never know what stands in the file.
"""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from termnews.config.places import make_folder
from termnews.errors import ConfigError

_PRIVATE = 0o600


@contextmanager
def locked(path: Path) -> Iterator[Path]:
    """Hold the file against other writers; wait for them. Its folder is made when there is none.

    Yields:
        The file to read and to write: where a symbolic link leads, so that the link stays one.

    Raises:
        ConfigError: the folder cannot be made or written in.
    """
    target = Path(os.path.realpath(path))
    make_folder(target.parent)
    # The lock is a file of its own because the other is replaced while it is held; it is never
    # removed, since a second writer may wait on it already.
    with _writing(path):
        lock = os.open(
            target.with_name(f".{target.name}.lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, _PRIVATE
        )
    try:
        with _writing(path):
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield target
    finally:
        os.close(lock)


def write(target: Path, text: str) -> None:
    """Replace the file's text at once, durably; its mode is kept, a new file is its owner's alone.

    Raises:
        ConfigError: it cannot be written; it is as it was.
    """
    with _writing(target):
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else _PRIVATE
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode())
                os.fchmod(file.fileno(), mode)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
        _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name in the folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeEncodeError) as error:
        reason = getattr(error, "strerror", None) or "a character cannot be written as UTF-8"
        raise ConfigError(
            f"{path} cannot be written ({reason}) and is as it was; make room or give yourself the right"
        ) from error
