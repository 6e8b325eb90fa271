"""A file that is there whole or not at all, and never in the place of another one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from termnews.errors import ConfigError


@contextmanager
def new_file(target: Path) -> Iterator[BinaryIO]:
    """Open a file that does not exist yet; it has its name once all of it is on disk.

    Raises:
        ConfigError: there is one of that name, or it cannot be written.
    """
    exists = f"{target} exists already; name a file that does not"
    if os.path.lexists(target):  # said before the work, and once more by `link`
        raise ConfigError(exists)
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.link(new, target)
    except FileExistsError:
        raise ConfigError(exists) from None
    except OSError as error:
        raise ConfigError(f"{target} cannot be written: {error.strerror}") from error
    finally:
        new.unlink(missing_ok=True)
