"""Finding the places of a text: worked examples, guards, the two passes, roles, priors, corrections."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews import regions
from termnews.models import Corrections, Located, Prior

HEADLINES = Path(__file__).parent / "headlines.txt"
# How many of the headlines above may be wrong; it only ever goes down.
WRONG_AT_MOST = 6


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


# --- persons and words -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Michael Jordan sells stake in racing team", "en"),
        ("Jordan Peele announces next horror film", "en"),
        ("Denzel Washington joins cast of thriller", "en"),
        ("Sydney Sweeney to star in boxing drama", "en"),
        ("Mr Houston was not at home", "en"),
        ("Nice weather ahead for the long weekend", "en"),
        ("How long to roast a turkey", "en"),
        ("Tell us about your first job", "en"),
        ("Guinea pigs make calm classroom pets", "en"),
        ("LET US HELP YOU PLAN YOUR TRIP", "en"),
        ("Майкл Джордан продал долю в клубе", "ru"),
        ("Кубок мира по биатлону стартовал", "ru"),
        ("Индейка подорожала перед праздниками", "ru"),
        ("Чӣ гуна хоби солим дошта бошем", "tg"),
        ("چگونه خواب بهتری داشته باشیم", "fa"),
    ],
)
def test_a_person_or_a_word_is_no_place(title: str, lang: str) -> None:
    assert codes(title, lang=lang) == set()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("King of Jordan visits Muscat", {"JO", "OM"}),
        ("Nice airport strike grounds Riviera flights", {"FR"}),
        ("Turkey raises rates to tame inflation", {"TR"}),
        ("US: jobless claims fall to two-year low", {"US"}),
        ("Washington state wildfires force thousands out", {"US"}),
        ("Lebanon, Tennessee rebuilds after tornado", {"US"}),
        ("Alexandria, La., mayor resigns", {"US"}),
        ("FIRE DESTROYS MARKET IN TASHKENT", {"UZ"}),
        ("U.S. troops leave Niger", {"US", "NE"}),
        ("Seoul and Pyongyang reopen hotline", {"KR", "KP"}),
    ],
)
def test_a_place_that_looks_like_something_else_is_found(title: str, expected: set[str]) -> None:
    assert {code.partition("-")[0] for code in codes(title, lang="en")} == expected


def test_a_person_met_with_a_first_name_is_meant_by_the_surname_alone() -> None:
    text = "Michael Jordan sold his stake. Jordan said that he was glad."
    assert regions.locate("A team is sold", text, lang="en").places == ()


def test_two_capitals_side_by_side_stand_for_their_governments() -> None:
    assert codes("Seoul and Pyongyang reopen hotline", lang="en") == {"KR", "KP"}
    assert codes("Flood in Seoul closes subway", lang="en") == {"KR-11"}


# --- what else is named ------------------------------------------------------------------


def test_a_name_of_many_towns_lies_where_the_text_says() -> None:
    assert codes("Springfield, Ohio, council votes", lang="en") == {"US-OH"}
    assert about("Springfield council votes", "The Ohio city will rise taxes.", lang="en") == {"US-OH"}


def test_a_county_of_several_states_is_the_country_alone() -> None:
    assert codes("Fire spreads through Walker County", lang="en") == {"US"}
    assert codes("Fire spreads through Rapides Parish", lang="en") == {"US-LA"}


def test_a_feed_of_one_place_decides_for_its_towns() -> None:
    local = Prior("", {"US": 0.9, "US-GA": 0.9})
    assert codes("Athens school board picks a chief", lang="en") != {"US-GA"}
    assert codes("Athens school board picks a chief", lang="en", prior=local) == {"US-GA"}


def test_a_text_without_places_is_assumed_to_be_about_the_place_of_its_feed() -> None:
    for prior in (Prior("TJ"), Prior("", {"TJ": 0.5})):
        (place,) = regions.locate("How to sleep better", lang="en", prior=prior).places
        assert (place.code, place.role, place.rule, place.text) == ("TJ", "about", "feed", "")
    assert regions.locate("How to sleep better", lang="en", prior=Prior("", {"TJ": 0.3})).places == ()


def test_only_sure_evidence_counts_for_a_feed() -> None:
    assert regions.locate("Tajik farmers sow cotton", lang="en").certain == ("TJ",)
    assert regions.locate("Springfield council votes", lang="en").certain == ()


# --- evidence, roles, groupings ------------------------------------------------------------


def test_a_place_says_which_words_and_rule_speak_for_it_and_where() -> None:
    (place,) = regions.locate("Landslide", "Rescuers reached Murghob on Monday.", lang="en").places
    assert (place.code, place.text, place.rule, place.where) == ("TJ-GB", "Murghob", "place", "text")


def test_a_country_stays_beside_its_province_when_it_is_named_far_more_often() -> None:
    text = "Tajikistan votes. Tajikistan waits. Tajikistan counts. Tajikistan cheers in Khujand."
    found = regions.locate("Tajikistan votes", text, lang="en")
    assert found.places[0].code == "TJ"
    assert {each.code: each.role for each in found.places}["TJ-SU"] == "mentions"


def test_a_part_of_the_world_is_tagged_as_no_more_than_that() -> None:
    found = regions.locate("Central Asia needs a shared water plan", lang="en")
    assert [each.code for each in found.places] == ["143"]
    assert found.countries == ()


def test_the_main_country_is_the_one_named_most() -> None:
    text = "Kabul hosted talks. Afghan officials met envoys in Kabul. A guest from Iran left Kabul."
    assert regions.locate("Talks end", text, lang="en").countries[0] == "AF"


# --- corrections ---------------------------------------------------------------------------


def test_muted_words_name_no_place() -> None:
    muted = Corrections(mute=frozenset({"paris"}))
    assert codes("Paris bans electric scooters", lang="en", corrections=muted) == set()
    phrase = Corrections(mute=frozenset({"Berlin Patient"}))
    assert codes("The Berlin patient is cured", lang="en", corrections=phrase) == set()
    assert codes("Berlin builds homes", lang="en", corrections=phrase) != set()


def test_pinned_words_are_the_place_they_are_pinned_to() -> None:
    pinned = Corrections(pins={"Paris": "US-TX", "Zubrowka Valley": "KG-T", "巴黎": "US-TX"})
    (place,) = regions.locate("Paris bans electric scooters", lang="en", corrections=pinned).places
    assert (place.code, place.rule) == ("US-TX", "pinned")
    assert codes("Floods in Zubrowka Valley", lang="en", corrections=pinned) == {"KG-T"}
    assert codes("巴黎下雪", lang="zh", corrections=pinned) == {"US-TX"}


def test_a_capital_adjective_of_a_town_in_mid_sentence_is_a_surname() -> None:
    assert not codes("Спектакль поставлен Броварским в пятницу", lang="ru")
    assert codes("Пожар в Броварском районе потушен", lang="ru") == {"UA-32"}


# --- any language, any text ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "lang", "expected"),
    [
        ("Erdbeben erschüttert den Osten der Türkei", "de", {"TR"}),
        ("Incendie à Marseille", "fr", {"FR-PAC"}),
        ("Terremoto sacude la costa de Chile", "es", {"CL"}),
        ("Київ та Варшава домовилися про кордон", "uk", {"UA", "PL"}),
        ("Toshkentda yangi metro bekati ochildi", "uz", {"UZ-TK"}),
        ("Қазақстан мен Қырғызстан шекарасы жабылды", "kk", {"KZ", "KG"}),
        ("中国和俄罗斯在北京签署协议", "zh", {"CN-BJ", "RU"}),
        ("زلزال يضرب شمال المغرب", "ar", {"MA"}),
        ("แผ่นดินไหวในญี่ปุ่น", "th", {"JP"}),
        ("В Украйна спряха тока", "bg", {"UA"}),
        ("Mafuriko makubwa Ujerumani na Ufaransa", "sw", {"DE", "FR"}),
        ("Llifogydd yn Yr Almaen", "cy", {"DE"}),
        ("Jarðskjálfti á Íslandi", "is", {"IS"}),
        ("በኢትዮጵያ የመሬት መንቀጥቀጥ", "am", {"ET"}),
        ("Tertremo en Germanujo", "eo", {"DE"}),
        ("רעידת אדמה בירושלים ובטורקיה", "he", {"IL-JM", "TR"}),
        ("இந்தியாவில் நிலநடுக்கம்", "ta", {"IN"}),
        ("ভারতে ভূমিকম্প, জাপানের সহায়তা", "bn", {"IN", "JP"}),
        ("គ្រោះរញ្ជួយដីនៅប្រទេសជប៉ុន", "km", {"JP"}),
        ("ဂျပန်နိုင်ငံတွင် ငလျင်", "my", {"JP"}),
    ],
)
def test_places_are_found_in_other_languages(title: str, lang: str, expected: set[str]) -> None:
    assert codes(title, lang=lang) == expected


@given(st.text(max_size=300), st.sampled_from(["", "und", "en-GB", "ru", "tg", "fa", "zh", "tr", "xx"]))
def test_any_text_has_leaf_codes_and_no_error(text: str, lang: str) -> None:
    found = regions.locate(text, text[::-1], lang=lang)
    assert isinstance(found, Located)
    assert len({each.code for each in found.places}) == len(found.places)
    assert all(each.text in (text if each.where == "title" else text[::-1]) for each in found.places)
