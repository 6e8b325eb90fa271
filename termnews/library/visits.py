"""The last visit: when the screen was closed last, and which article had come last then.

It must never move while a screen is open or by what a refresh does: `is:new` asks for what came since.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from termnews.store import Store

MOMENT: Final = "visited"
"""Name the end of the visit is remembered under, in seconds since 1970."""
ARTICLE: Final = "visited article"
"""Name the number of the article that had come last is remembered under."""


def last(store: Store) -> datetime | None:
    """Return when the screen was closed last, aware; None when it never was."""
    said = store.upkeep.recall(MOMENT) or ""
    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def end(store: Store, now: datetime) -> None:
    """Remember that the screen is closed now."""
    store.upkeep.remember(ARTICLE, str(store.newest()))
    store.upkeep.remember(MOMENT, str(int(now.timestamp())))
