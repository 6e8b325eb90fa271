"""Backends: where new entries come from and where changes of state are told.

It must never know one backend from another: a backend is a module of this package, found by
its name, and refresh cannot tell which one it holds. docs/sync.md says how to write one.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol, cast

from termnews.errors import ConfigError
from termnews.models import Change, Feed, Pulled
from termnews.sanitize import screen_text

Clock = Callable[[], datetime]
"""Tells the present, aware and in UTC."""


class Backend(Protocol):
    """Brings entries in and carries changes of state out."""

    def pull(self, feeds: Sequence[Feed], now: Clock) -> AsyncGenerator[Sequence[Pulled], None]:
        """Yield one record per feed, in the order they are ready; those ready together land on disk together.

        A feed that fails is a record too. Closing the generator ends all its work at once.
        """

    async def push(self, changes: Sequence[Change]) -> None:
        """Tell the server what the user did; when it returns, the server has taken all of it.

        Raises:
            SyncError: it has not; the changes are offered again at the next refresh.
        """


def backend(name: str, **parts: Any) -> Backend:
    """Return the backend of a name, made of the parts its module asks for.

    Raises:
        ConfigError: there is no backend of that name.
    """
    known = sorted(module.name for module in iter_modules(__path__))
    if not re.fullmatch("[a-z]+", name) or name not in known:
        raise ConfigError(f"there is no sync backend “{screen_text(name)}”; known: {', '.join(known)}")
    return cast("Backend", import_module(f"{__name__}.{name}").BACKEND(**parts))
