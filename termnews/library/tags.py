"""Tags: the words the user puts to articles, as rules do.

It must never hold what is tagged itself: the store keeps tags beside the state of articles, and the journal
what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from termnews.errors import TermnewsError
from termnews.models import Action, Count
from termnews.models.queries import SIGNS
from termnews.models.rules import LONGEST_TAG
from termnews.sanitize import clean_line
from termnews.store import Store


def tag_name(written: str) -> str:
    """Return a tag as it is kept: one line in lower case, without a sign before it, and without quotes.

    Raises:
        TermnewsError: it is empty or too long.
    """
    name = clean_line(written.replace('"', "")).lower().lstrip(SIGNS)
    if not 0 < len(name) <= LONGEST_TAG:
        raise TermnewsError(f"a tag has 1 to {LONGEST_TAG} characters: give it a short name")
    return name


class Tags:
    """The tags of articles, over the open store."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    def all(self) -> dict[str, Count]:
        """Return how many articles listed have each tag, by name; may be empty."""
        return self._store.tag_counts()

    def give(self, ids: Sequence[int], tag: str, *, where: str = "") -> Action:
        """Give these articles a tag; durable when it returns.

        Args:
            ids: their numbers; unknown ones are passed over.
            tag: any name of 1 to 60 characters; case makes no difference.
            where: what they are, for the journal.

        Raises:
            TermnewsError: the name is empty or too long.
        """
        return self._set(ids, tag, True, where)

    def take(self, ids: Sequence[int], tag: str, *, where: str = "") -> Action:
        """Take a tag away from these articles; else as `give`."""
        return self._set(ids, tag, False, where)

    def _set(self, ids: Sequence[int], tag: str, value: bool, where: str) -> Action:
        name = tag_name(tag)
        label = f"#{name}{', ' * bool(where)}{where}"
        return self._store.tag(ids, name, value, label, self._clock())
