"""Tell persons and ordinary words from places by the words around a name.

It must never weigh one place against another: it only says how far a name may be trusted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from termnews.regions.keys import word_key
from termnews.regions.lexicon import Cues
from termnews.regions.matcher import Match, Scanned

_NEW_SENTENCE = re.compile(r"[.!?:;\n\"“”«»|]|^$")
_SPACES = frozenset((" ", "\u00a0"))
_KNOWN = 5.6  # A town of fewer people than 400,000 behind a capital word is more often somebody's surname.
_GREAT = 6.3  # A province of two million people is better known than anybody named for it.
_FIRST = frozenset("FG")
_PERSONAL = frozenset("NMFG")
_SUBJECT = frozenset((
    "to", "and", "or", "will", "has", "is", "was", "may", "could", "must", "can", "in", "on", "as", "at",
    "for", "says", "say", "vows", "plans",
))  # fmt: skip
_SURNAME = re.compile(r"[А-ЯЁ]\w*[сц]к(?:ий|ого|ому|им|ом)")
"""Russian writes the adjective of a town small: with a capital it is a surname, unless a noun tells."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands beside a name."""

    person: bool
    """Whether it is part of a person's name."""
    starts: bool
    """Whether it begins a sentence, so that its capital says nothing."""
    after_in: bool
    """Whether a preposition of place stands before it."""
    by_place_noun: bool
    """Whether a word such as police, airport or province stands beside it."""
    verb_follows: bool
    """Whether what follows looks like an English verb of which it is the subject."""
    in_name: bool
    """Whether other capital words beside it make it part of a longer name: National Guard."""
    setting: bool
    """Whether the preposition before it says where a thing happens: in, not to or from."""
    of_nation: bool
    """Whether it says of what nation somebody or something is: a demonym, "US Embassy", "UK troops"."""
    admin: str
    """The kind of place a word beside it names: city, state, county; else empty."""


_NOTHING_BESIDE = Surroundings(
    person=False, starts=False, after_in=False, by_place_noun=False, verb_follows=False, in_name=False,
    setting=False, of_nation=False, admin="",
)  # fmt: skip


def look_around(scanned: Scanned, match: Match, taken: frozenset[int], cues: Cues) -> Surroundings:
    """Return what the words beside a match say of it.

    Args:
        scanned: The text.
        match: A match in it.
        taken: Numbers of the words that belong to matches.
        cues: Cue words of the language.
    """
    words = scanned.words
    if not words:
        return _NOTHING_BESIDE
    before = words[match.first - 1] if match.first else None
    after = words[match.last + 1] if match.last + 1 < len(words) else None
    gap = words[match.first].gap
    beside = before is not None and gap in _SPACES
    follows = after is not None and after.gap in _SPACES
    before_key = word_key(before.text) if before is not None else ""
    after_key = word_key(after.text) if after is not None else ""
    place_noun = (follows and cues.has("place", after_key)) or (beside and cues.has("place", before_key))
    starts = before is None or bool(_NEW_SENTENCE.search(gap))
    return Surroundings(
        person=_is_person(scanned, match, taken, cues),
        starts=starts,
        after_in=beside and cues.has("in", before_key),
        by_place_noun=place_noun,
        setting=beside and cues.has("setting", before_key),
        of_nation=any(each.kind == "d" for each in match.entries)
        or (follows and cues.has("nation", after_key)),
        in_name=scanned.case == "mixed" and _in_name(scanned, match, taken, cues),
        admin=next(
            (kind for kind in ("city", "state") if cues.has(kind, after_key) or cues.has(kind, before_key)),
            "",
        ),
        verb_follows=_verb_follows(scanned, match),
    )


def _is_person(scanned: Scanned, match: Match, taken: frozenset[int], cues: Cues) -> bool:
    """Tell whether the words before or after make a name part of a person's."""
    if never_a_person(match):
        return False
    words, before, after = scanned.words, match.first - 1, match.last + 1
    if _is_surname(scanned, match, cues):
        return True
    if before >= 0 and words[match.first].gap in _SPACES:
        folded = word_key(words[before].text)
        if scanned.case == "mixed":
            if _named_before(scanned, match, folded, cues, before in taken):
                return True
        elif before not in taken and cues.is_first_name(folded):
            return True
    if match.first != match.last or after >= len(words) or words[after].gap not in _SPACES or after in taken:
        return False
    capital = scanned.case == "mixed" and words[after].text[:1].isupper()
    first_name = bool(_FIRST & _flags(match)) or (scanned.cyrillic and _personal(match))
    return capital and first_name and not cues.has("place", word_key(words[after].text))


def _is_surname(scanned: Scanned, match: Match, cues: Cues) -> bool:
    """Tell whether a capital adjective of a small town in mid-sentence is a surname: Черкасский."""
    words, first = scanned.words, match.first
    if not (scanned.cyrillic and scanned.case == "mixed" and first and match.first == match.last):
        return False
    if any(each.kind not in "cstk" or each.population > _GREAT for each in match.entries):
        return False
    if not _SURNAME.fullmatch(match.text) or _NEW_SENTENCE.search(words[first].gap):
        return False
    beside = (*words[first - 1 : first], *words[first + 1 : first + 2])
    told = any(cues.has("place", word_key(each.text)) for each in beside)
    return not (told or cues.has("in", word_key(words[first - 1].text)))


def _named_before(scanned: Scanned, match: Match, before_key: str, cues: Cues, in_place: bool) -> bool:
    """Tell whether the word before makes a name a person's: a title, a first name, a capital word."""
    before = scanned.words[match.first - 1]
    if cues.has("title", before_key):
        return True
    if not before.text[:1].isupper() or in_place or cues.has("in", before_key):
        return False
    opening = match.first == 1 or bool(_NEW_SENTENCE.search(before.gap))
    if cues.is_first_name(before_key):
        return not (opening and cues.has("also", before_key))
    if opening or cues.has("place", before_key) or before.text.isupper():
        return False
    return _personal(match)


def never_a_person(match: Match) -> bool:
    """Tell whether a name is a country's, a nation's or the like and no person is called so."""
    sure = any(each.kind in "ndmlp" for each in match.entries)
    return sure and not _PERSONAL & set(match.flags)


def _verb_follows(scanned: Scanned, match: Match) -> bool:
    """Tell whether a name looks like an English subject: a verb follows, a comma or a possessive."""
    rest = scanned.text[match.end : match.end + 2]
    if rest[:1] in (",", ":") or rest in ("'s", "’s"):
        return True
    after = match.last + 1
    if after >= len(scanned.words) or scanned.words[after].gap not in _SPACES:
        return False
    word = scanned.words[after].text
    return word in _SUBJECT or bool(re.fullmatch(r"[a-z]{2,}[^s\W]s", word))


def _in_name(scanned: Scanned, match: Match, taken: frozenset[int], cues: Cues) -> bool:
    """Tell whether a capital word that is no place noun stands right beside a name."""
    words, before, after = scanned.words, match.first - 1, match.last + 1
    if before > 0 and words[match.first].gap in _SPACES and before not in taken:
        word = words[before].text
        if word[:1].isupper() and not _NEW_SENTENCE.search(words[before].gap):
            folded = word_key(word)
            if not cues.has("place", folded) and not cues.has("in", folded):
                return True
    if after < len(words) and words[after].gap in _SPACES and after not in taken:
        word = words[after].text
        return word[:1].isupper() and not cues.has("place", word_key(word))
    return False


def _personal(match: Match) -> bool:
    """Tell whether a name is a person's as often as a town's, and no country's."""
    return match.first == match.last and all(
        each.kind in "cstk" and (_PERSONAL & set(each.flags + match.flags) or each.population < _KNOWN)
        for each in match.entries
    )


def _flags(match: Match) -> set[str]:
    return set(match.flags).union(*(each.flags for each in match.entries))
