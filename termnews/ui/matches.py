"""Where the words of a search stand in a title, so that they can be set off.

It must never decide whether an article matches: the search index did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from termnews import fold, query
from termnews.models import Node

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Matches:
    """The words one query looks for in titles."""

    def __init__(self, where: Node | None) -> None:
        """Take the words of a condition; those it excludes and those of other fields are left out."""
        terms = [each for each in query.wanted_terms(where) if each.field in ("", "title")]
        self._stems = {stem for term in terms for stem in fold.shadow(term.text).split()}
        ends = [term.text.split()[-1] for term in terms if term.prefix]
        self._prefixes = tuple(prefix for each in ends if (prefix := fold.fold(each)))

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where words looked for begin and end, from left to right."""
        if not self._stems and not self._prefixes:
            return
        for match in _WORD.finditer(text):
            if self._looks_for(match[0]):
                yield match.span()

    def _looks_for(self, word: str) -> bool:
        stems = fold.shadow(word).split()
        return fold.fold(word).startswith(self._prefixes) or bool(stems and self._stems.issuperset(stems))
