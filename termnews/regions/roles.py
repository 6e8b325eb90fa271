"""Say what a text is about and what it only mentions, from the names decided in it.

It must never decide what a name means: that is done when it is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from termnews.models import Place, Role
from termnews.regions.names import Decided, country_of
from termnews.regions.table import ancestors

_TITLE_WEIGHT = 1.5
# A country stands beside its own province when it is named so many times more often.
_ABOVE = 3
_APART = 2  # words from one capital to the next in "Washington and Moscow", "Seoul-Pyongyang"


def places(decided: Sequence[Decided]) -> tuple[Place, ...]:
    """Return the places of the names: about before mentions, the weightiest first.

    About is what the title names, and what has at least half of the weight of the place named most. A
    title that says where a thing happens is about that place and mentions the nations of those it
    happens to: "Tajik migrants in Saint Petersburg".
    """
    weights: defaultdict[str, float] = defaultdict(float)
    countries: defaultdict[str, float] = defaultdict(float)
    first: dict[str, Decided] = {}
    in_title: set[str] = set()
    aside: set[str] = set()
    settings = any(_is_setting(each) for each in decided if each.where == "title")
    for each in decided:
        for code in _meant(each, decided):
            weight = _TITLE_WEIGHT if each.where == "title" else 1.0
            weights[code] += weight
            countries[country_of(code)] += weight
            first.setdefault(code, each)
            if each.where == "title":
                (aside if settings and each.around.of_nation else in_title).add(code)
    top = max(countries.values(), default=0.0)
    aside -= in_title
    found = []
    for code in _leaves(weights):
        # What a title puts aside stays aside, unless the text speaks of little else.
        about = code in in_title or (
            2 * countries[country_of(code)] >= top and code not in aside and _own(code, weights)
        )
        evidence = first[code]
        role: Role = "about" if about else "mentions"
        found.append(Place(code, role, evidence.match.text, evidence.rule, evidence.where))
    found.sort(
        key=lambda each: (each.role != "about", -countries[country_of(each.code)], -weights[each.code])
    )
    return tuple(found)


def _own(code: str, weights: Mapping[str, float]) -> bool:
    """Tell whether a province has at least half of the weight of the heaviest province of its country."""
    country = country_of(code)
    return 2 * weights[code] >= max(
        weight for other, weight in weights.items() if country_of(other) == country
    )


def _leaves(weights: Mapping[str, float]) -> list[str]:
    """Return the codes without those that hold another one, unless they are named far more often."""
    leaves = []
    for code in weights:
        inner = sum(weight for other, weight in weights.items() if code in ancestors(other))
        if not inner or weights[code] > _ABOVE * inner:
            leaves.append(code)
    return leaves


def _is_setting(each: Decided) -> bool:
    """Tell whether a name is where a thing happens: behind a preposition of place."""
    return each.around.setting and each.kind in "nsctp"


def _meant(each: Decided, decided: Sequence[Decided]) -> tuple[str, ...]:
    """Return the country instead of its capital where two capitals stand for their governments."""
    if not each.capital or each.around.after_in or each.around.by_place_noun:
        return each.codes
    paired = any(
        _governments(each, other)
        for other in decided
        if other.capital and other.where == each.where and not other.around.after_in
    )
    return tuple(map(country_of, each.codes)) if paired else each.codes


def _governments(one: Decided, other: Decided) -> bool:
    """Tell whether two capitals are side by side, or the one that begins the text acts on the other."""
    first, second = sorted((one, other), key=lambda each: each.match.first)
    apart = second.match.first - first.match.first
    return apart > 0 and (apart <= _APART or (first.match.first == 0 and first.around.verb_follows))
