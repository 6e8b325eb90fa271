"""Rules: what is done with articles that match a search line as they come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from termnews.models.headlines import Headline
from termnews.models.queries import ArticleQuery

TAG: Final = "tag:"
"""What the action that gives a tag begins with; the tag follows."""

LONGEST_TAG: Final = 60
"""Characters of a tag, at most."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A search line, and what is done with the articles that match it."""

    line: str
    """The search line as written; no two rules have the same."""
    asked: ArticleQuery
    """The line as read."""
    actions: tuple[str, ...]
    """What is done: mute, read, star, highlight, notify, full_text, or `tag:` and a tag; none twice."""

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags it gives, in lower case."""
        return tuple(each.removeprefix(TAG) for each in self.actions if each.startswith(TAG))


@dataclass(frozen=True, slots=True)
class Matched:
    """What a rule would be asked to do with the articles that are kept."""

    rule: Rule
    """The rule."""
    count: int
    """Articles that match."""
    newest: tuple[Headline, ...]
    """The newest few of them, newest first."""
    error: str = ""
    """Why the rule cannot be asked, one sentence; empty: it can."""
