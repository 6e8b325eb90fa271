"""What another reader keeps on this computer: its files in their usual places.

It must never change them, nor take anything over itself.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MOST: Final = 4_000_000
"""Bytes of a list of feeds that are read to count them."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another reader keeps."""

    files: tuple[Path, ...]
    """Its files, in the order they are to be taken over."""
    feeds: int
    """Feeds it follows."""


def newsboat(home: Path, environ: Mapping[str, str] = os.environ) -> Elsewhere | None:
    """Return what newsboat keeps below a home, as its manual says where; None when it follows no feeds.

    Args:
        home: the home of the user.
        environ: XDG_CONFIG_HOME and XDG_DATA_HOME move its folders.
    """
    from termnews.coming import kinds

    settings = Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "newsboat"
    articles = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "newsboat"
    old = home / ".newsboat"
    for folder, data in ((settings, articles), (old, old)):
        try:
            with (folder / "urls").open("rb") as file:
                feeds = len(kinds.read("urls", file.read(_MOST)).feeds)
        except OSError:
            continue
        if feeds:
            # Articles come only of feeds that are followed, so these come first.
            paths = (folder / "urls", folder / "config", data / "cache.db")
            return Elsewhere(tuple(each for each in paths if each.is_file()), feeds)
    return None
