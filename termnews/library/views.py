"""Saved views: search lines kept under names in termnews.toml.

They must never be kept anywhere else: the file is written first and read again after.
"""

from __future__ import annotations

from collections.abc import Callable

from termnews import config
from termnews.config import Config
from termnews.errors import ConfigError


class Views:
    """The saved views, over the configuration file."""

    def __init__(self, settings: Callable[[], Config], reload: Callable[[], Config]) -> None:
        self._settings = settings
        self._reload = reload

    def keep(self, name: str, line: str) -> str | None:
        """Keep a search line under a name; return the line that stood there before, None when there was none.

        Raises:
            ConfigError: name or line is empty, or the file cannot be changed.
        """
        before = self._reload().views.get(name)
        config.set_view(self._settings().path, name, line)
        self._reload()
        return before

    def rename(self, old: str, new: str) -> None:
        """Give a view another name, in its place.

        Raises:
            ConfigError: there is no such view, or another one has the new name, or none was given.
        """
        config.rename_view(self._settings().path, old, new)
        self._reload()

    def remove(self, name: str) -> str:
        """Take a view out; return its search line.

        Raises:
            ConfigError: there is no such view, or the file cannot be changed.
        """
        line = self._reload().views.get(name)
        if line is None:
            raise ConfigError(f"there is no view {name}")
        config.set_view(self._settings().path, name, None)
        self._reload()
        return line
