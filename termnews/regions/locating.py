"""Find the regions a text is about and those it only mentions, with the evidence.

It must never read or write anything but the packaged gazetteer: what is known of the feed and what
the user said come in as records.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from termnews.models import Corrections, Located, Place, Prior
from termnews.regions.corrected import corrected
from termnews.regions.language import guess
from termnews.regions.lexicon import lexicon
from termnews.regions.matcher import Matcher, Scanned
from termnews.regions.names import Decided, country_of
from termnews.regions.resolve import resolve
from termnews.regions.roles import places

FEED_SHARE = 0.45
"""Share of a feed's entries about one place from which a text without places is taken for one more."""
LONGEST = 20_000
"""Characters of a text that are read: what comes later is no longer what it is about."""
_NO_PRIOR, _NO_CORRECTIONS = Prior(), Corrections()


@cache
def _matcher(lang: str) -> Matcher:
    return Matcher(lexicon(lang))


def locate(
    title: str,
    text: str = "",
    *,
    lang: str = "",
    prior: Prior = _NO_PRIOR,
    corrections: Corrections = _NO_CORRECTIONS,
) -> Located:
    """Return the regions of an article.

    Args:
        title: Its title.
        text: Summary or whole text, plain.
        lang: BCP 47 tag of its language; empty or "und" to guess it from script and letters.
        prior: What is known of its feed.
        corrections: What the user said of words that name places.

    Returns:
        Leaf codes: a country does not stand beside its own province unless it is named far more often.
    """
    text = text[:LONGEST]
    primary = lang.lower().replace("_", "-").partition("-")[0]
    if primary in ("", "und", "mul"):
        primary = guess(f"{title} {text[:300]}")
    matcher = _matcher(primary)
    fields: list[tuple[str, Scanned]] = [("title", corrected(matcher.scan(title, title=True), corrections))]
    if text:
        fields.append(("text", corrected(matcher.scan(text), corrections)))
    decided = resolve(fields, lexicon(primary).cues, prior)
    return Located(places(decided) or _from_feed(prior), tuple(_certain(decided)))


def _certain(decided: Iterable[Decided]) -> Iterable[str]:
    """Return the countries and subdivisions found by evidence that is no guess, each once."""
    found: dict[str, None] = {}
    for each in decided:
        if each.certain:
            for code in each.codes:
                if not code.isdigit():
                    found[country_of(code)] = None
                    found[code] = None
    return found


def _from_feed(prior: Prior) -> tuple[Place, ...]:
    """Return the place a feed's news tend to be about, for a text that names none."""
    shares = {code: share for code, share in prior.shares.items() if share >= FEED_SHARE}
    if shares:
        # The province where it has a large enough share itself, else the country.
        code = max(shares, key=lambda each: ("-" in each, shares[each]))
        return (Place(code, "about", rule="feed"),)
    return (Place(prior.region, "about", rule="feed"),) if prior.region else ()
