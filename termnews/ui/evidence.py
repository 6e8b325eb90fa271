"""Why an article stands where it stands: its places in order, each with words and rule in plain words.

It must never look anything up but names of places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from termnews import regions
from termnews.models import Article, Place, Role
from termnews.ui.cells import headline_text
from termnews.ui.lit import Lights
from termnews.wording import mark, spoken, tr

GROUPS: Final[dict[Role, str]] = {
    "about": mark("ABOUT"),
    "mentions": mark("MENTIONS"),
    "from": mark("PUBLISHED IN"),
}
"""Roles in the order they are shown, and the words above them."""
_RULES: Final = {
    "name": mark("a name of the place"),
    "demonym": mark("the word for its people or language"),
    "metonym": mark("stands for its government"),
    "leader": mark("who leads it"),
    "pair": mark("a town and where it lies"),
    "abbreviation": mark("a short form of its name"),
    "subdivision": mark("a name of the place"),
    "city": mark("a town there"),
    "county": mark("a district there"),
    "district": mark("a district there"),
    "place": mark("a place there"),
    "grouping": mark("a name of these countries"),
    "pinned": mark("you said it names this place"),
    "feed": mark("assumed from the feed"),
    "fixed": mark("you said so of this article"),
}
"""Rule → what it means to a reader."""
_WHERE: Final = {"title": mark(" in the title"), "text": mark(" in the text")}
_NOWHERE: Final = mark("no place: the text names none, or you said so")
_PUBLISHER: Final = mark("where the publisher sits")


@dataclass(frozen=True, slots=True)
class Reason:
    """A place of an article and why; or, without a code, that it has none."""

    code: str
    """Region code; empty: the article is about no place."""
    name: str
    """Its name; empty without a code."""
    role: Role
    """What the article has to do with it."""
    why: str
    """Words and rule as half a sentence."""
    words: str = ""
    """The words found, as they stand in the text and safe to show; empty when none were."""


def reasons(article: Article) -> list[Reason]:
    """Return the places of an article, main first: what it is about, what it mentions, the publisher's."""
    found = [_reason(each) for role in GROUPS for each in article.places if each.role == role]
    if not any(each.role == "about" for each in found):
        found.insert(0, Reason("", "", "about", tr(_NOWHERE)))
    return found


def _reason(place: Place) -> Reason:
    words = headline_text(place.text)
    rule = tr(_PUBLISHER if place.role == "from" else _RULES.get(place.rule, place.rule))
    where = tr(_WHERE[place.where]) if place.where in _WHERE else ""
    why = f'"{words}"{where}: {rule}' if words else rule
    return Reason(place.code, regions.name(place.code, spoken()), place.role, why, words)


def lights(found: Sequence[Reason], chosen: int) -> Lights:
    """Return the words to light: those of the chosen place as looked at, those of the others as named."""
    words = {each.words for each in found if each.words}
    ordered = sorted(words, key=lambda each: (each != found[chosen].words, -len(each), each))
    return [(each, "lit" if each == found[chosen].words else "named") for each in ordered]
