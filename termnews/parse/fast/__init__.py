"""The fast lane: well-formed RSS 2.0, RSS 1.0 and Atom 1.0 of known vocabulary, in one pass of expat.

It gives what feedparser would give, in the same form, or nothing. It must never be the reason that an
entry is lost or different: whatever it does not know for certain is left to feedparser.
"""

from __future__ import annotations

from dataclasses import dataclass

from termnews.parse.fast.names import Unsure
from termnews.parse.fast.scan import without_doubts
from termnews.parse.fast.state import Values
from termnews.parse.fast.walk import walk

__all__ = ["Read", "read"]


@dataclass(frozen=True, slots=True)
class Read:
    """A document as feedparser would give it."""

    feed: Values
    """The feed's own values."""
    entries: list[Values]
    """The values of each entry."""
    atom: bool
    """Whether it is Atom."""
    text: str
    """The document as it was read."""


def read(text: str) -> Read | None:
    """Return a document; None when feedparser has to read it.

    Args:
        text: the decoded document, from where it begins.
    """
    try:
        text, data = without_doubts(text)
        state = walk(data)
    except Unsure:
        return None
    return Read(state.head, state.entries, state.atom, text)
