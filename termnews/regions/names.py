"""Names on their way from a text to a region: still open, and decided.

It must never decide anything: these are the records its neighbours hand on.
"""

from __future__ import annotations

from dataclasses import dataclass

from termnews.regions.guards import Surroundings
from termnews.regions.matcher import Match, Scanned


@dataclass(slots=True)
class Name:
    """A name that is not decided yet."""

    scanned: Scanned
    """The text it stands in."""
    match: Match
    """Its words and what they may stand for."""
    where: str
    """title or text."""
    around: Surroundings
    """What stands beside it."""
    within: str = ""
    """Region named right after it, behind a comma."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A name and the place it stands for."""

    match: Match
    """The name."""
    where: str
    """title or text."""
    codes: tuple[str, ...]
    """Regions."""
    kind: str
    """Letter of the kind of its entry; p for a pin of the user."""
    rule: str
    """The rule that decided, as one word."""
    certain: bool
    """Whether it is evidence on its own, and no guess."""
    capital: bool
    """Whether it is the capital of its country."""
    around: Surroundings
    """What stands beside it."""


def country_of(code: str) -> str:
    """Return the country part of a region code."""
    return code.partition("-")[0]
