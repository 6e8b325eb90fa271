"""Decide what each name in a text stands for: first what is certain, then what that makes likely.

It must never look at more than the one text, what is known of its feed and what the user said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from termnews.models import Prior
from termnews.regions.corrected import PIN
from termnews.regions.guards import Surroundings, look_around, never_a_person
from termnews.regions.keys import word_key
from termnews.regions.lexicon import Cues, Entry
from termnews.regions.matcher import Match, Scanned
from termnews.regions.names import Decided, Name, country_of
from termnews.regions.table import ancestors
from termnews.regions.weighing import THRESHOLD, Evidence, score

_CLEAR, _TIE = 1.0, 0.25
_ONE_COUNTRY = 0.3
_MOST_PROVINCES = 2  # a name that spans more is about the country: Khorasan
_PAIRED = frozenset((",", "(", ", (", "،", ", в", ""))
"""What stands between a town and the region that says which one is meant."""
_CERTAIN = frozenset("ndml")
_RULES = {
    "n": "name", "d": "demonym", "m": "metonym", "l": "leader", "s": "subdivision", "c": "city", "t": "place",
    "k": "county", "a": "abbreviation", PIN: "pinned",
}  # fmt: skip


def resolve(fields: Sequence[tuple[str, Scanned]], cues: Cues, prior: Prior) -> list[Decided]:
    """Return the names of an article that stand for places, in the order of the text.

    Args:
        fields: title and text, each with its name.
        cues: Cue words of the language.
        prior: What is known of the feed.
    """
    pending, hints = _gather(fields, cues)
    if not pending:
        return []  # as in most texts
    evidence = Evidence(prior, pending, hints)
    decided: dict[int, Decided] = {}
    for number, each in enumerate(pending):
        if found := _certain(each, evidence.local):
            decided[number] = found
            evidence.add(found)
        elif country := _surely_in(each.match):
            evidence.named[country] += 1
    for threshold in (THRESHOLD + 1.0, THRESHOLD):
        if len(decided) == len(pending):
            break
        found_now = {
            number: guess
            for number, each in enumerate(pending)
            if number not in decided and (guess := _likeliest(each, evidence, threshold))
        }
        decided |= found_now
        for guess in found_now.values():
            evidence.add(guess)
    return [decided[number] for number in sorted(decided)]


def _gather(fields: Sequence[tuple[str, Scanned]], cues: Cues) -> tuple[list[Name], dict[str, set[str]]]:
    """Return the names that are no person's, and the hints: country → words that speak for it."""
    names: list[Name] = []
    hints: defaultdict[str, set[str]] = defaultdict(set)
    persons: set[str] = set()
    for where, scanned in fields:
        taken = _taken(scanned)
        for first, last in scanned.skipped:
            if first < last and cues.is_first_name(word_key(scanned.words[first].text)):
                persons.add(word_key(scanned.words[last].text))
        for match in scanned.matches:
            if match.entries[0].kind == "h":
                for code in match.entries[0].codes:
                    hints[code].add(word_key(match.text))
                continue
            around = look_around(scanned, match, taken, cues)
            if around.person:
                persons.add(word_key(match.text))
            else:
                names.append(Name(scanned, match, where, around))
    _find_pairs(names)
    # Who was met with a first name is meant by the surname alone as well.
    left = [
        each
        for each in names
        if each.within or word_key(each.match.text) not in persons or never_a_person(each.match)
    ]
    return left, hints


def _taken(scanned: Scanned) -> frozenset[int]:
    """Return the numbers of the words that belong to places."""
    return frozenset(
        number
        for match in scanned.matches
        if match.entries[0].kind not in "hl"
        for number in range(match.first, match.last + 1)
    )


def _find_pairs(pending: Sequence[Name]) -> None:
    """Note for each name which region follows it behind a comma or in brackets: "Lebanon, Tennessee"."""
    for each, following in pairwise(pending):
        if each.scanned is not following.scanned or following.match.first != each.match.last + 1:
            continue
        gap = each.scanned.text[each.match.end : following.match.start]
        if not gap or gap.strip(" ") not in _PAIRED:
            continue
        comma = gap.strip() != ""
        for outer in following.match.entries:
            if outer.kind not in "nsa" or (not comma and outer.kind != "s"):
                continue
            for code in outer.codes:
                if any(_inside(inner, code) for entry in each.match.entries for inner in entry.codes):
                    each.within = code
                    following.within = following.within or code
                    break


def _inside(inner: str, outer: str) -> bool:
    return inner == outer or outer in ancestors(inner)


def _certain(each: Name, around_here: Callable[[Entry], bool]) -> Decided | None:
    """Return what a name stands for when it needs no weighing, else None."""
    match, around = each.match, each.around
    if match.entries[0].kind == PIN:
        return _decide(each, match.entries[0], certain=True)
    if each.within:
        fitting = [
            entry for entry in match.entries
            if any(_inside(code, each.within) for code in entry.codes) and entry.kind != "a"
        ]  # fmt: skip
        fitting += [entry for entry in match.entries if entry.kind == "a" and each.within in entry.codes]
        if fitting:
            best = max(fitting, key=lambda entry: (entry.kind != "c", entry.population))
            return _decide(each, best, "pair", certain=True)
    certain = [entry for entry in match.entries if entry.kind in _CERTAIN or _great(entry, match)]
    rivals = len({entry.codes for entry in certain}) > 1 or any(
        entry.kind == "s" or (entry.kind == "c" and around_here(entry))
        for entry in match.entries
        if entry not in certain
    )
    if certain and not rivals and not _trap(match, around):
        return _decide(each, certain[0], certain=True)
    return None


def _great(entry: Entry, match: Match) -> bool:
    """Tell whether an entry is a province of a million people, no word and no town: Ontario, Бавария."""
    return (
        entry.kind == "s"
        and entry.population >= 6.0
        and not set("ZVNF") & set(entry.flags)
        and not any(
            other.kind == "c" and _same_country(other, entry) and other.population >= entry.population - 1
            for other in match.entries
        )
    )


def _surely_in(match: Match) -> str:
    """Return the country of a name that lies in one country whichever is meant: Walker County."""
    if any(entry.kind != "k" for entry in match.entries) or match.first == match.last:
        return ""
    countries = {country_of(code) for entry in match.entries for code in entry.codes}
    return countries.pop() if len(countries) == 1 else ""


def _trap(match: Match, around: Surroundings) -> bool:
    """Tell whether a name needs weighing because it is a word or a person's name as well."""
    return bool(set("WNF") & set(match.flags)) and not around.by_place_noun


def _decide(
    each: Name, entry: Entry, rule: str = "", *, certain: bool, codes: tuple[str, ...] = ()
) -> Decided:
    rule = rule or _RULES.get(entry.kind, "name")
    codes = codes or entry.codes
    if len(codes) > _MOST_PROVINCES and len(set(map(country_of, codes))) == 1:
        codes = (country_of(codes[0]),)
    if rule == "name" and codes[0].isdigit():
        rule = "grouping"
    return Decided(each.match, each.where, codes, entry.kind, rule, certain, "A" in entry.flags, each.around)


def _likeliest(each: Name, evidence: Evidence, threshold: float) -> Decided | None:
    """Return the likeliest place of a name, None when nothing makes it likely enough."""
    country = any(entry.kind == "n" for entry in each.match.entries)
    scored = sorted(
        (
            (score(each, entry, evidence), -number, entry)
            for number, entry in enumerate(each.match.entries)
            if entry.kind != "a" or not each.match.text.isupper()
            if not (
                entry.kind == "c" and ("X" in each.match.flags or (country and not evidence.local(entry)))
            )
        ),
        reverse=True,
    )
    if not scored:
        return None
    best, _, entry = scored[0]
    countries = {country_of(code) for _, _, other in scored for code in other.codes}
    if best + _ONE_COUNTRY * (len(countries) == 1) < threshold:
        return None
    others = [score for score, _, other in scored[1:] if not _same_country(other, entry)]
    alone = not others or best - others[0] >= _CLEAR
    at_home = [
        score for score, _, other in scored[1:] if other.codes != entry.codes and _same_country(other, entry)
    ]
    lead = best - at_home[0] if at_home else _CLEAR
    codes = entry.codes
    if entry.kind in "ck" and alone and lead < _TIE:
        # One of several provinces of one country, and nothing says which.
        codes = tuple(dict.fromkeys(map(country_of, codes)))
    return _decide(each, entry, certain=alone and lead >= _CLEAR and best >= THRESHOLD + 1, codes=codes)


def _same_country(first: Entry, second: Entry) -> bool:
    return {country_of(code) for code in first.codes} == {country_of(code) for code in second.codes}
