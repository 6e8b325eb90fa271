"""Aware UTC datetimes to the integer seconds the tables hold, and back."""

from __future__ import annotations

import math
from datetime import UTC, datetime


def to_seconds(moment: datetime | None, *, up: bool = False) -> int | None:
    """Return seconds since 1970, fractions dropped, or with `up` counted as whole; None stays None."""
    if moment is None:
        return None
    return math.ceil(moment.timestamp()) if up else int(moment.timestamp())


def from_seconds(seconds: int | None) -> datetime | None:
    """Return the aware UTC datetime of seconds since 1970; None stays None."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
