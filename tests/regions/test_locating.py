"""Finding the places of a text: worked examples, guards, the two passes, roles, priors, corrections."""

from __future__ import annotations

from pathlib import Path

import pytest

from termnews import regions

HEADLINES = Path(__file__).parent / "headlines.txt"
# How many of the headlines above may be wrong; it only ever goes down.
WRONG_AT_MOST = 12


def about(title: str, text: str = "", **kwargs: object) -> set[str]:
    return {each.code for each in regions.locate(title, text, **kwargs).places if each.role == "about"}  # type: ignore[arg-type]


def mentions(title: str, text: str = "", **kwargs: object) -> set[str]:
    return {each.code for each in regions.locate(title, text, **kwargs).places if each.role == "mentions"}  # type: ignore[arg-type]


def codes(title: str, **kwargs: object) -> set[str]:
    return {each.code for each in regions.locate(title, **kwargs).places}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "lang", "is_about", "mentioned"),
    [
        ("Earthquake of magnitude 5.3 recorded in GBAO's Murgab district", "en", {"TJ-GB"}, set()),
        ("Electricity rates in Tajikistan set to rise again", "en", {"TJ"}, set()),
        ("Землетрясение в Мургабском районе ГБАО", "ru", {"TJ-GB"}, set()),
        ("The mysterious discovery of a Tajik teahouse in Maryland", "en", {"US-MD"}, {"TJ"}),
        ("UK and France agree to deploy troops to Ukraine", "en", {"GB", "FR", "UA"}, set()),
        ("Tajik migrants in Saint Petersburg", "en", {"RU-SPE"}, {"TJ"}),
        ("Panj river crossing on the Afghan border", "en", {"TJ", "AF"}, set()),
    ],
)
def test_a_worked_example_comes_out_as_drawn(
    title: str, lang: str, is_about: set[str], mentioned: set[str]
) -> None:
    assert about(title, lang=lang) == is_about
    assert mentions(title, lang=lang) == mentioned


def test_an_embassy_is_news_of_where_it_stands() -> None:
    title = "US Embassy in Dushanbe confirms suspension of Green Card lottery"
    found = regions.locate(title, lang="en")
    assert found.places[0].code == "TJ-DU"
    assert mentions(title, lang="en") == {"US"}


def test_the_headlines_of_places_nobody_had_in_mind_come_out_right() -> None:
    wrong = []
    for line in HEADLINES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        lang, expected, title = line.split("\t")
        wanted = set(expected.split()) - {"-"}
        found = codes(title, lang=lang)
        countries = {code.partition("-")[0] for code in wanted}
        missed = {code for code in wanted if not found & regions.within(code)}
        strange = {code for code in found if code.partition("-")[0] not in countries}
        if missed or strange:
            wrong.append((title, expected, found))
    assert len(wrong) <= WRONG_AT_MOST, wrong
