"""The words of the query language: fields with their values, and the terms and tests made of them.

It must never know how a line is put together: it is given words already taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final, cast, get_args

from termnews.errors import QueryError
from termnews.models import Sort, Term, Test, TextField
from termnews.models.queries import SIGNS

OPERATORS: Final = ("AND", "OR", "NOT")
"""Words that join conditions, in capitals only."""

TEXT_FIELDS: Final[tuple[str, ...]] = get_args(TextField)[1:]
"""Fields that look for text; their value may be a phrase or end in a star."""

VALUES: Final[dict[str, tuple[str, ...]]] = {
    "is": ("unread", "read", "starred", "new", "full", "changed", "assumed", "fixed", "muted", "highlighted"),
    "has": ("link", "enclosure", "image"),
    "sort": get_args(Sort),
}
"""Fields with a fixed set of values."""

ALIASES: Final = {"about": "region", "after": "since"}
"""Second names of fields."""

FIELDS: Final[tuple[str, ...]] = (
    *TEXT_FIELDS,
    *("feed", "folder", "region", "mentions", "from", "lang", "tag", "since", "before", "story"),
    *VALUES,
    *ALIASES,
)
"""Every name that may stand before a colon."""

_AGO: Final = re.compile(r"([0-9]{1,5})([mhdw])")
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DAY: Final = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")
_NOT_KEPT: Final = {
    "story": "stories are not kept yet, so story: matches nothing.",
}
_LONGEST_SHOWN: Final = 40


def field_of(word: str) -> str:
    """Return the field a word such as `region:TJ` or `Region:` begins with; empty for none."""
    name, colon, _ = word.partition(":")
    return name.lower() if colon and name.lower() in FIELDS else ""


def meant_as_field(word: str) -> str:
    """Return the unknown name that was meant as a field: regoin:TJ, but not http://x, 10:30 or C:\\x."""
    name, _, value = word.partition(":")
    meant = name.isalpha() and len(name) > 1 and value.strip("*") and value[0] not in "/\\:"
    return name if meant and name.lower() not in FIELDS else ""


def unknown_field(name: str) -> str:
    """Return the note on a name that is no field."""
    near = _nearest(name, FIELDS)
    question = f'; did you mean "{near}"?' if near else "."
    return f'there is no field "{name[:_LONGEST_SHOWN]}"{question} Searched as text.'


def make_term(text: str, *, prefix: bool, field: str = "") -> Term | None:
    """Return a term in its normal form; None when the text holds no letter or digit to look for.

    A phrase is what has several words: a single word needs no order, quoted or not.
    """
    text = " ".join(text.split())
    if not text or (field != "link" and not any(map(str.isalnum, text))):
        return None
    return Term(text, " " in text, prefix, cast(TextField, field))


def make_test(field: str, value: str, notes: dict[str, None]) -> Test | None:
    """Return a test with its value checked; None when the value is empty.

    Args:
        field: the field's first name, no alias.
        value: as typed, without quotes.
        notes: takes a note when nothing can match yet.

    Raises:
        QueryError: the field has no such value.
    """
    value = " ".join(value.split())
    if field == "tag":
        value = value.lstrip(SIGNS)
    if not value:
        return None
    if field in VALUES or field in ("since", "before", "lang", "tag"):
        value = value.lower()
    if field in VALUES and value not in VALUES[field]:
        near = _nearest(value, VALUES[field]) or VALUES[field][0]
        raise QueryError(
            f"{field}:{value[:_LONGEST_SHOWN]} means nothing; did you mean {field}:{near}?"
            f" It can be {', '.join(VALUES[field])}."
        )
    if field in ("since", "before"):
        moment(value, datetime(2000, 1, 1, tzinfo=UTC))
    for key in (field, f"{field}:{value}"):
        if key in _NOT_KEPT:
            notes[_NOT_KEPT[key]] = None
    return Test(field, value)


def moment(value: str, now: datetime) -> datetime:
    """Return the time that a value of since: or before: speaks of.

    Args:
        value: 30m, 24h, 2d, 3w (before now); a year, month or day (2026, 2026-01, 2026-01-31: its
            first midnight); today or yesterday.
        now: aware; its time zone is the one days begin in.

    Raises:
        QueryError: the value is none of these.
    """
    value = value.strip().lower()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if value in ("today", "yesterday"):
        return midnight - timedelta(days=int(value == "yesterday"))
    if ago := _AGO.fullmatch(value):
        # In UTC, so that a day is 24 hours also where the clock was changed meanwhile.
        then = now.astimezone(UTC) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
        return then.astimezone(now.tzinfo)
    if day := _DAY.fullmatch(value):
        try:
            return midnight.replace(int(day[1]), int(day[2] or 1), int(day[3] or 1))
        except ValueError as error:
            raise QueryError(f'"{value}" is no day of the calendar; write a day as 2026-01-31') from error
    raise QueryError(
        f'"{value[:_LONGEST_SHOWN]}" is no time; write 30m, 24h, 2d, 3w, today, yesterday,'
        " or a date as 2026-01-31 or 2026-01"
    )


def _nearest(word: str, choices: Iterable[str]) -> str:
    """Return the choice that is spelt most alike; empty when none is near."""
    # Imported here: only a misspelt line needs it.
    from difflib import get_close_matches

    return next(iter(get_close_matches(word.lower(), choices, n=1, cutoff=0.5)), "")
