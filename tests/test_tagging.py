"""What is put before the matcher: the past of a feed, its corrections, and the text that is read."""

from __future__ import annotations

import pytest

from termnews.models import Corrections, Evidence, Located, Prior, Subscription
from termnews.tagging import ENOUGH, FEWEST, SMALLEST, Past, Tagger, reading
from tests.builders import PAMIR


class Matcher:
    """A matcher that keeps what it was given and finds nothing."""

    def __init__(self) -> None:
        self.prior = Prior()
        self.corrections = Corrections()
        self.read = ("", "", "")

    def __call__(
        self,
        title: str,
        text: str = "",
        *,
        lang: str = "",
        prior: Prior = Prior(),  # noqa: B008
        corrections: Corrections = Corrections(),  # noqa: B008
    ) -> Located:
        self.prior, self.corrections, self.read = prior, corrections, (title, text, lang)
        return Located()


def print_of(subscription: Subscription, said: Corrections = Corrections(), edition: str = "e1") -> str:  # noqa: B008
    return Tagger(Matcher(), edition, said).of(subscription).fingerprint


# --- the past of a feed --------------------------------------------------------------------


def test_a_past_begins_to_speak_after_a_few_entries() -> None:
    past = Past()
    for number in range(ENOUGH):
        assert bool(past.prior("").shares) == (number >= FEWEST)
        assert past.prior("TJ") == Prior("TJ")
        past.add(("UZ", "UZ-TK"))
    shares = past.prior("TJ").shares
    assert shares == {"UZ": ENOUGH / (ENOUGH + 1), "UZ-TK": ENOUGH / (ENOUGH + 1)}


def test_an_entry_counts_each_region_once_and_none_when_it_has_no_certain_one() -> None:
    past = Past(Evidence(4, {"TJ": 2}))
    past.add(("TJ", "TJ"))
    past.add(())
    assert past.prior("").shares == {"TJ": 3 / 6}


def test_what_is_dropped_was_never_there() -> None:
    past = Past(Evidence(9, {"TJ": 5, "UZ": 1}))
    past.drop(("TJ", "UZ"))
    assert past.prior("").shares == {"TJ": 4 / 9}


def test_the_rare_is_left_out_of_a_long_past() -> None:
    shares = Past(Evidence(1000, {"TJ": 900, "FJ": int(SMALLEST * 1000) - 1})).prior("").shares
    assert list(shares) == ["TJ"]


# --- corrections ---------------------------------------------------------------------------


def test_a_feed_is_read_with_its_region_past_corrections_and_language() -> None:
    matcher = Matcher()
    tagger = Tagger(matcher, "e1", Corrections(frozenset({"Jordan"}), {"Paris": "US-TX"})).of(PAMIR)
    tagger.tag(Past(Evidence(9, {"TJ": 9})), "Title", "Text", "tg")
    assert matcher.read == ("Title", "Text", "tg")
    assert matcher.prior == Prior("TJ-GB", {"TJ": 0.9})
    assert matcher.corrections == Corrections(frozenset({"Jordan"}), {"Paris": "US-TX"})


@pytest.mark.parametrize(
    ("mute", "pin", "muted", "pinned"),
    [
        (("paris",), {}, {"Jordan", "paris"}, {}),
        ((), {"JORDAN": "JO"}, set(), {"JORDAN": "JO", "Paris": "US-TX"}),
        ((), {"páris": "FR"}, {"Jordan"}, {"páris": "FR"}),
        (("Chad",), {"Mali": "ML"}, {"Jordan", "Chad"}, {"Paris": "US-TX", "Mali": "ML"}),
    ],
)
def test_what_is_said_for_a_feed_counts_before_what_is_said_for_all(
    mute: tuple[str, ...], pin: dict[str, str], muted: set[str], pinned: dict[str, str]
) -> None:
    general = Corrections(frozenset({"Jordan"}), {"Paris": "US-TX"})
    merged = Tagger(Matcher(), "e1", general).of(Subscription("x", mute=mute, pin=pin)).corrections
    assert (merged.mute, dict(merged.pins)) == (frozenset(muted), pinned)


def test_a_fingerprint_is_the_edition_and_what_is_said_of_the_feed() -> None:
    plain = Subscription("https://a.example/")
    assert print_of(plain) == "e1"
    said = [
        print_of(plain),
        print_of(plain, edition="e2"),
        print_of(plain, Corrections(frozenset({"Paris"}))),
        print_of(plain, Corrections(pins={"Paris": "FR"})),
        print_of(plain, Corrections(pins={"Paris": "US-TX"})),
        print_of(Subscription("https://a.example/", region="TJ")),
        print_of(Subscription("https://a.example/", mute=("Jordan",))),
    ]
    assert len(set(said)) == len(said)
    assert all(each.partition("+")[0] in ("e1", "e2") for each in said)


def test_a_fingerprint_does_not_heed_order_name_or_spelling() -> None:
    one = Subscription("https://a.example/", mute=("Jordan", "Chad"), pin={"Paris": "FR", "Mali": "ML"})
    other = Subscription(
        "https://b.example/", name="B", mute=("chad", "JORDAN"), pin={"mali": "ML", "paris": "FR"}
    )
    assert print_of(one) == print_of(other)


# --- what is read --------------------------------------------------------------------------


def test_a_summary_is_read_too_unless_the_text_begins_with_it() -> None:
    assert reading("Rates rise in Kulob.", "") == "Rates rise in Kulob."
    assert reading("The whole text.", "<p>In <b>Kulob</b>.</p>") == "In Kulob.\n\nThe whole text."
    assert (
        reading("Rates rise in Kulob. More.", "<p>Rates rise in Kulob.</p>") == "Rates rise in Kulob. More."
    )
