"""Weigh what a name may stand for: people, what else is named, what the feed is about, words and persons.

It must never decide: it gives numbers, and `resolve` compares them. A weight is a common logarithm of
people, so that a bonus of 1 makes up for a tenth of the people. The numbers were tuned on news of four
kinds by hand; docs/regions.md says how to measure a change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from termnews.models import Prior
from termnews.regions.guards import Surroundings
from termnews.regions.lexicon import Entry
from termnews.regions.matcher import Match, Scanned
from termnews.regions.names import Decided, Name, country_of
from termnews.regions.table import parent

THRESHOLD = 5.0
"""A city of 100,000 people needs no support."""
_BASE = {"n": 7.0, "d": 7.0, "m": 6.8, "l": 6.8, "s": 5.8, "t": 5.8, "k": 5.4, "a": 5.8}
# Bonuses: what else the text names, and what the feed says.
_COUNTRY_NAMED, _SUBDIVISION_NAMED, _NEIGHBOUR_NAMED = 1.6, 2.2, 0.6
_PRIOR, _DECLARED = 2.5, 0.8
_TOGETHER, _MOST_TOGETHER = 0.7, 2.1  # other names that may lie in the same province
_TOWN, _MOST_TOWNS = 0.5, 1.5  # other names that lie in the same country and no other
_HINT, _MOST_HINTS = 0.8, 3
# Bonuses: what stands beside the name.
_CAPITAL, _AFTER_IN, _PLACE_NOUN, _ADMIN = 0.8, 0.7, 1.0, 1.5
# Penalties: ordinary words, parts of longer names, persons.
_WORD_AT_START, _WORD, _HAND_WORD, _VERB, _IN_NAME = 2.5, 1.6, 4.0, 1.5, 2.0
_NAME, _RARE_NAME, _INITIALS = 1.5, 0.3, 1.5
_KNOWN_TO_ALL = 6.0
_LOCAL = 0.3
_LITTLE_NEWS, _GROUPING = 0.6, 0.2
_GREAT = 6.4


class Evidence:
    """What is certain in the text so far, and what the feed's earlier entries say."""

    def __init__(self, prior: Prior, pending: Sequence[Name], hints: Mapping[str, set[str]]) -> None:
        self._hints = {code: min(len(words), _MOST_HINTS) for code, words in hints.items()}
        # Province → names that may lie in it: towns of one province make each other likelier.
        together: defaultdict[str, set[str]] = defaultdict(set)
        # Country → names that lie in it and in no other.
        alone: defaultdict[str, set[str]] = defaultdict(set)
        for each in pending if len(pending) > 1 else ():
            entries, name = each.match.entries, each.match.text
            for entry in entries:
                if entry.kind in "csk":
                    for code in entry.codes:
                        together[code].add(name)
            countries = {country_of(code) for entry in entries for code in entry.codes}
            if len(countries) == 1 and any(entry.kind in "cs" for entry in entries):
                alone[countries.pop()].add(name)
        self._alone = dict(alone)
        self._together = {code: len(names) - 1 for code, names in together.items() if len(names) > 1}
        self.named: Counter[str] = Counter()
        self._around: set[str] = set()
        self.prior = dict(prior.shares)
        if prior.region:
            for code in (prior.region, country_of(prior.region)):
                self.prior[code] = max(self.prior.get(code, 0.0), _DECLARED)

    def add(self, found: Decided) -> None:
        """Note a name that was decided."""
        for code in found.codes:
            self.named[code] += 1
            if "-" in code:
                self.named[country_of(code)] += 1
            self._around.add(parent(country_of(code)) or "")

    def local(self, entry: Entry) -> bool:
        """Tell whether the province of a town is named or the feed's own: a Lebanon not the country."""
        return any(
            "-" in code and (self.named[code] or self.prior.get(code, 0.0) > _LOCAL) for code in entry.codes
        )

    def support(self, code: str, own: str) -> float:
        """Return the bonus of a place for what else is named and what the feed is about."""
        country = country_of(code)
        bonus = _PRIOR * self.prior.get(country, 0.0) + _HINT * self._hints.get(country, 0)
        if self.named[country]:
            bonus += _COUNTRY_NAMED
        elif others := self._alone.get(country, set()) - {own}:
            bonus += min(_TOWN * len(others), _MOST_TOWNS)
        elif parent(country) in self._around:
            bonus += _NEIGHBOUR_NAMED
        if "-" in code:
            bonus += _PRIOR * self.prior.get(code, 0.0)
            bonus += min(_TOGETHER * self._together.get(code, 0), _MOST_TOGETHER)
            if self.named[code]:
                bonus += _SUBDIVISION_NAMED
        return bonus


def score(each: Name, entry: Entry, evidence: Evidence) -> float:
    """Return how likely a name stands for an entry; above the threshold it does."""
    around, kind = each.around, entry.kind
    if kind == "c":
        weight = entry.population + ("A" in entry.flags) * _CAPITAL
    elif kind == "s":
        # A province with few people is as little news as a small town.
        weight = _BASE["s"] if "H" in entry.flags else min(_BASE["s"], entry.population - _LITTLE_NEWS)
    else:
        # A country before a part of the world of the same name: America.
        weight = _BASE[kind] - _GROUPING * entry.codes[0].isdigit()
    weight += max((evidence.support(code, each.match.text) for code in entry.codes), default=0.0)
    if kind in "cstk":
        weight += _AFTER_IN * around.after_in + _PLACE_NOUN * around.by_place_noun
    if around.admin:
        weight += _ADMIN * ((around.admin == "city") == (kind == "c")) * (kind in "cs")
    return weight - _penalty(each.match, entry, around, each.scanned)


def _penalty(match: Match, entry: Entry, around: Surroundings, scanned: Scanned) -> float:
    """Return what a name loses for being a word or a person's name as well."""
    small_word = "V" in entry.flags and entry.population < THRESHOLD
    if around.by_place_noun and not (around.in_name or small_word or "Z" in entry.flags):
        return 0.0
    if "Z" in entry.flags and around.admin != ("city" if entry.kind == "c" else "state"):
        return _HAND_WORD
    flags = set(match.flags + entry.flags)
    no_capital = around.starts or scanned.case != "mixed"
    penalty = 0.0
    if "W" in match.flags:
        hard = _WORD_AT_START if entry.kind == "n" else _HAND_WORD
        penalty = hard if no_capital and not around.after_in else _WORD
    elif "V" in flags:
        penalty = _WORD_AT_START if no_capital and not around.after_in else _WORD
        if entry.kind == "c" and small_word:
            penalty += _IN_NAME  # University, College, Airport: small towns, and half of every proper name.
    if "V" in entry.flags and entry.population >= _GREAT:
        penalty *= 0.5 if no_capital else 0.0  # California is a chemical element in Russian.
    if penalty and around.verb_follows and scanned.case == "mixed":
        # "Buffalo digs out": a bare noun in the singular is no subject of a headline, a city is.
        penalty = 0.0 if entry.kind == "c" and not small_word and "W" not in match.flags else penalty - _VERB
    if penalty and around.in_name:
        penalty += _IN_NAME
    if (
        _is_town(entry)
        and "U" not in entry.flags
        and match.text.isupper()
        and len(match.text) < 6
        and scanned.case == "mixed"
    ):
        penalty += _INITIALS * (not around.starts)  # More often the initials of something.
    if not around.after_in:
        name = _NAME if flags & {"N", "F"} else _RARE_NAME if flags & {"M", "G"} else 0.0
        if entry.population >= _KNOWN_TO_ALL and not set("NF") & set(match.flags):
            name = _RARE_NAME  # A city of a million is at least as well known as its namesakes.
        penalty += name * (1.5 if scanned.case == "title" or around.in_name else 1.0)
    return penalty


def _is_town(entry: Entry) -> bool:
    """Tell whether an entry is a city or a subdivision."""
    return entry.kind in "cs"
