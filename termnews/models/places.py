"""Places: what finding the regions of a text starts from and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from termnews.models.articles import Place


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of a feed before an entry of it is read: where its news tend to happen."""

    region: str = ""
    """Region the feed declares; empty when it declares none."""
    shares: Mapping[str, float] = field(default_factory=dict)
    """Country or subdivision → share of the feed's earlier entries with certain evidence for it, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the user said of words that name places, for one feed."""

    mute: frozenset[str] = frozenset()
    """Words that name no place, as the user saw them."""
    pins: Mapping[str, str] = field(default_factory=dict)
    """Words → code of the region they name."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the news of a feed happened so far: its entries with certain evidence, counted by region."""

    entries: int = 0
    """Entries with certain evidence of any region."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Country or subdivision → entries with certain evidence of it."""


@dataclass(frozen=True, slots=True)
class Located:
    """The regions of one text, leaf codes, with the evidence."""

    places: tuple[Place, ...] = ()
    """What the text is about, the main place first, and then what it mentions; no publisher."""
    certain: tuple[str, ...] = ()
    """Countries and subdivisions found by certain evidence, for the feed's histogram; no guess."""

    @property
    def countries(self) -> tuple[str, ...]:
        """Return the countries of all places, about before mentions, each once."""
        codes = (each.code.partition("-")[0] for each in self.places)
        return tuple(dict.fromkeys(code for code in codes if code.isalpha() and code != "EU"))
