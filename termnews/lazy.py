"""Names and modules that are imported when first asked for, so that a start pays for none it does not use.

It must never know a package: each names its own rooms.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def names(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the `__getattr__` of a package (PEP 562).

    A name must not be that of a module of the package: importing the module would take its place.

    Args:
        package: its `__name__`.
        homes: module inside the package → the names it gives, divided by spaces.
    """
    found = {name: module for module, given in homes.items() for name in given.split()}

    def get(name: str) -> Any:
        if name not in found:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{found[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return get


class Room:
    """A module that is imported when something of it is first asked for; threads may ask at once."""

    def __init__(self, name: str) -> None:
        """Stand for the module of this full name."""
        self._name = name

    def __getattr__(self, name: str) -> Any:
        """Return what the module calls so."""
        return getattr(import_module(self._name), name)


def rooms(package: str, *modules: str) -> tuple[Any, ...]:
    """Return a stand-in for each of these modules of a package; type checkers should see the modules."""
    return tuple(Room(f"{package}.{each}") for each in modules)
