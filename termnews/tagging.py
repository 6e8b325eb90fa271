"""Tag the entries of a feed: what is known of the feed and what the user said, put before the matcher.

It must never find a place itself, read a file or know the store: the matcher is handed in, and
evidence and corrections come as records.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from termnews import render
from termnews.models import Corrections, Draft, Evidence, Located, Prior, Subscription
from termnews.regions.keys import key

FEWEST: Final = 2
"""Entries with certain evidence before the past of a feed that declares no region says anything."""
ENOUGH: Final = 5
"""The same for a feed that declares one: what its reader knows counts for more than a few entries."""
SMALLEST: Final = 0.02
"""Share below which a region of a feed's past makes no difference."""
_NO_EVIDENCE: Final = Evidence()
_NO_CORRECTIONS: Final = Corrections()
_LEAD: Final = 60  # characters by which a summary is known again in the text


class Locate(Protocol):
    """The matcher: title and text → places."""

    def __call__(
        self,
        title: str,
        text: str = "",
        *,
        lang: str = "",
        prior: Prior = ...,
        corrections: Corrections = ...,
    ) -> Located:
        """Return the places of a text."""


def reading(text: str, summary: str) -> str:
    """Return what of an entry is read for places: its text, after a summary that says something else.

    Args:
        text: plain text of the content, else of the summary.
        summary: the summary as HTML where there is a content beside it; may be empty.
    """
    lead = render.plain(summary) if summary else ""
    return f"{lead}\n\n{text}" if lead and lead[:_LEAD] not in text else text


class Past:
    """The evidence of a feed while its entries are tagged one after the other, oldest first."""

    def __init__(self, evidence: Evidence = _NO_EVIDENCE) -> None:
        """Begin with what the entries before showed."""
        self._entries = evidence.entries
        self._counts = Counter(evidence.counts)
        self._shares: dict[str, float] = {}
        self._changes = self._entries  # entries counted since the shares were worked out

    def add(self, certain: Iterable[str]) -> None:
        """Count one entry with the regions it has certain evidence of; without any it counts for nothing."""
        codes = set(certain)
        self._entries += bool(codes)
        self._changes += bool(codes)
        self._counts.update(codes)

    def drop(self, certain: Iterable[str]) -> None:
        """Take back what one entry added."""
        codes = set(certain)
        self._entries -= bool(codes)
        self._changes += bool(codes)
        self._counts.subtract(codes)

    def prior(self, region: str) -> Prior:
        """Return what is known before the next entry is read.

        Args:
            region: Region the feed declares; may be empty.
        """
        if self._entries < (ENOUGH if region else FEWEST):
            return Prior(region)
        # Of a long past one entry more changes nothing; only then the shares are worked out again.
        if self._changes * 50 >= self._entries:
            self._changes = 0
            # One more than there were: a few entries are no certainty.
            shares = {code: count / (self._entries + 1) for code, count in self._counts.items()}
            self._shares = {code: share for code, share in shares.items() if share >= SMALLEST}
        return Prior(region, self._shares)


@dataclass(frozen=True, slots=True)
class FeedTagger:
    """The tagger of one feed."""

    locate: Locate
    """The matcher."""
    region: str
    """Region the feed declares; may be empty."""
    corrections: Corrections
    """What the user said of words, for this feed."""
    fingerprint: str
    """What finds the places: articles with another one are to be tagged again."""

    def tag(self, past: Past, title: str, text: str, lang: str) -> Located:
        """Return the places of an entry, given what the feed's earlier entries showed."""
        return self.locate(
            title, text, lang=lang, prior=past.prior(self.region), corrections=self.corrections
        )

    def read(self, past: Past, draft: Draft) -> Located:
        """Return the places of an article, and put what it shows in the past in place of what it did."""
        entry = draft.entry
        past.drop(draft.certain)
        text = reading(entry.text, entry.summary if entry.content else "")
        found = self.tag(past, entry.title, text, entry.lang)
        past.add(found.certain)
        return found


@dataclass(frozen=True, slots=True)
class Tagger:
    """Finds the places of entries, for every feed with its own corrections."""

    locate: Locate
    """The matcher."""
    edition: str
    """Edition of the gazetteer it reads."""
    corrections: Corrections = _NO_CORRECTIONS
    """What the user said of words, for all feeds."""

    def of(self, subscription: Subscription) -> FeedTagger:
        """Return the tagger of a feed."""
        corrections = _merged(self.corrections, subscription)
        said = (subscription.region, sorted(map(key, corrections.mute)), _pinned(corrections))
        mark = hashlib.blake2b(json.dumps(said).encode(), digest_size=4).hexdigest() if any(said) else ""
        fingerprint = f"{self.edition}+{mark}" if mark else self.edition
        return FeedTagger(self.locate, subscription.region, corrections, fingerprint)


def _merged(general: Corrections, subscription: Subscription) -> Corrections:
    """Return the corrections for a feed: what is said for it alone counts before what is said for all."""
    own = {key(words) for words in (*subscription.mute, *subscription.pin)}
    mute = {words for words in general.mute if key(words) not in own} | set(subscription.mute)
    pins = {words: code for words, code in general.pins.items() if key(words) not in own}
    return Corrections(frozenset(mute), pins | dict(subscription.pin))


def _pinned(corrections: Corrections) -> list[tuple[str, str]]:
    return sorted((key(words), code) for words, code in corrections.pins.items())
