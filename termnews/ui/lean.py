"""Textual and asyncio without what termnews has no use for, which is a sixth of the time they take to import.

It must never keep a module from who asks for it afterwards. OpenSSL: the process that draws opens no
connection. Textual's command palette: termnews has its own, and that one brings the widgets of lists,
buttons and trees with it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final

_SSL: Final = "ssl"
_PALETTE: Final = "textual.command"


class _Blank(ModuleType):
    """A module that has a class of any name, empty."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


@contextmanager
def imports() -> Iterator[None]:
    """Let the application be imported lean; where Textual or asyncio are there already, nothing is done."""
    if "textual" in sys.modules or "asyncio" in sys.modules or _SSL in sys.modules:
        yield
        return
    # asyncio goes on without, as where Python was built without OpenSSL.
    sys.modules[_SSL] = None  # type: ignore[assignment]
    sys.modules[_PALETTE] = _Blank(_PALETTE)
    try:
        yield
    finally:
        del sys.modules[_SSL], sys.modules[_PALETTE]
        # The package would give what stood in for it otherwise.
        vars(sys.modules.get("textual", ModuleType(""))).pop("command", None)
