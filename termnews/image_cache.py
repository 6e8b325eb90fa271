"""Pictures on disk, under a budget: one file each, those not looked at for the longest time leave first.

It must never read what a picture shows, nor let anybody else look into it. That a file cannot be read or
written is nobody's trouble: the picture is fetched again.
"""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

FOLDER: Final = "pictures"
"""Name of the folder beside the cache of articles."""
_ENDING: Final = ".jpg"
_STEP: Final = 1_000_000
"""Nanoseconds between two pictures that are ranked; all file systems of today tell them apart."""
_LARGEST: Final = 8_000_000
"""Bytes of a file that is read back: what is kept has a tenth."""


class ImageCache:
    """The pictures of one folder; many processes may use it at once."""

    def __init__(self, data_dir: Path, budget: int) -> None:
        """Name the folder; it is made with the first picture.

        Args:
            data_dir: the folder of the cache of articles.
            budget: bytes all pictures may take.
        """
        self._folder = data_dir / FOLDER
        self._budget = budget
        self._held: dict[str, None] = {}  # paths, in the order they were held

    def take(self, url: str) -> bytes | None:
        """Return the picture of an address, which counts as looked at now; None when it is not kept."""
        body = self.peek(url)
        if body is not None:
            with suppress(OSError):
                os.utime(self._path(url), follow_symlinks=False)
        return body

    def peek(self, url: str) -> bytes | None:
        """Return the picture of an address, which nobody looks at; None when it is not kept."""
        try:
            path = os.open(self._path(url), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            with open(path, "rb") as file:
                body = file.read(_LARGEST + 1)
        except OSError:
            return None
        return body if 0 < len(body) <= _LARGEST else None

    def kept(self) -> tuple[int, int]:
        """Return how many pictures are kept, and the bytes they take."""
        sizes: list[int] = []
        with suppress(OSError):
            for each in os.scandir(self._folder):
                with suppress(OSError):  # another process may have dropped it
                    sizes += [each.stat().st_size] if each.name.endswith(_ENDING) else []
        return len(sizes), sum(sizes)

    def hold(self, url: str) -> bool:
        """Return whether the picture of an address is kept; `keep_beside` will not drop it."""
        path = self._path(url)
        try:
            os.utime(path, follow_symlinks=False)
        except OSError:
            return False
        self._held[str(path)] = None
        return True

    def keep_beside(self, url: str, body: bytes) -> bool:
        """Keep a picture and hold it, unless one that is held would have to leave; return whether it fits.

        That it cannot be written is nobody's trouble here either: it counts as one that fits.
        """
        with suppress(OSError):
            kept = [each for each in os.scandir(self._folder) if each.path in self._held]
            if sum(each.stat().st_size for each in kept) + len(body) > self._budget:
                return False
        self.keep(url, body)
        self.hold(url)
        return True

    def rank(self) -> None:
        """Let those held count as looked at now, the first one last, so that it leaves last of them."""
        now = time.time_ns()
        for place, path in enumerate(self._held):
            moment = now - place * _STEP
            with suppress(OSError):
                os.utime(path, ns=(moment, moment), follow_symlinks=False)

    def keep(self, url: str, body: bytes) -> None:
        """Keep the picture of an address, whole or not at all, and drop others until all fit the budget."""
        path = self._path(url)
        new = path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._make_room(len(body))
            if len(body) > self._budget:
                return
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            try:
                with open(os.open(new, flags, 0o600), "wb") as file:
                    file.write(body)
                new.replace(path)
            finally:
                new.unlink(missing_ok=True)

    def _make_room(self, size: int) -> None:
        """Drop pictures looked at longest ago, held ones last, until so many bytes more fit the budget."""
        files = [
            (each.path in self._held, each.stat().st_mtime, each.stat().st_size, each.path)
            for each in os.scandir(self._folder)
        ]
        used = sum(bytes_ for _, _, bytes_, _ in files) + size
        for _, _, bytes_, path in sorted(files):
            if used <= self._budget:
                return
            Path(path).unlink(missing_ok=True)
            used -= bytes_

    def _path(self, url: str) -> Path:
        # The name says nothing of where the picture is from, and no address can be a path.
        return self._folder / f"{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()[:40]}{_ENDING}"
