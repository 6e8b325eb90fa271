"""Let what the user said of words stand before anything the gazetteer says.

It must never weigh anything: muted words are gone, pinned words are what they are pinned to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from termnews.models import Corrections
from termnews.regions.keys import key, word_key
from termnews.regions.lexicon import Entry
from termnews.regions.matcher import Match, Scanned

PIN = "p"
"""Kind of the entry of a pinned name."""


def corrected(scanned: Scanned, corrections: Corrections) -> Scanned:
    """Return a scanned text without the muted names and with the pinned ones.

    Words are compared as keys, so that case, accents and hyphens make no difference; a name met in
    another form than the one the user saw is compared by its own words alone.
    """
    if not (corrections.mute or corrections.pins):
        return scanned
    matches = list(scanned.matches)
    pinned: list[Match] = []
    for words, code in corrections.pins.items():
        pinned += (_pin(scanned, first, last, code) for first, last in _places(scanned, words))
    spans = [span for words in corrections.mute for span in _places(scanned, words)]
    spans += [(each.first, each.last) for each in pinned]
    kept = [
        each
        for each in matches
        if not any(each.first <= last and first <= each.last for first, last in spans)
    ]
    return replace(scanned, matches=sorted((*kept, *pinned), key=lambda each: each.start))


def _pin(scanned: Scanned, first: int, last: int, code: str) -> Match:
    words = scanned.words
    start, end = (words[first].start, words[last].end) if words else (first, last + 1)
    return Match(scanned.text[start:end], start, end, first, last, (Entry((code,), PIN, 0.0, ""),), "")


def _places(scanned: Scanned, phrase: str) -> Iterator[tuple[int, int]]:
    """Yield the numbers of first and last word wherever a phrase stands, of characters where no words are."""
    sought = key(phrase)
    if not sought:
        return
    for match in scanned.matches:
        if word_key(match.text) == sought:
            yield match.first, match.last
    if not scanned.words:
        start = scanned.text.find(phrase)
        while start >= 0:
            yield start, start + len(phrase) - 1
            start = scanned.text.find(phrase, start + 1)
        return
    parts = sought.split(" ")
    keys = [word_key(each.text) for each in scanned.words]
    for first in range(len(keys) - len(parts) + 1):
        if keys[first : first + len(parts)] == parts:
            yield first, first + len(parts) - 1
