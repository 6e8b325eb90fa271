"""The machine's time zone, for the days a person means: `since:today` begins at local midnight.

It must never be stored or sent: times are UTC wherever they are kept.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final


class _Local(tzinfo):
    """The zone the machine is in, with the offset that holds at each moment, not only now."""

    def utcoffset(self, moment: datetime | None, /) -> timedelta | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, moment: datetime | None, /) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None, /) -> str | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime, /) -> datetime:
        return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)


LOCAL: Final = _Local()
"""The machine's zone; a midnight in it is right on both sides of a change to summer time."""
