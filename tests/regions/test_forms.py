"""Taking inflected words back to dictionary forms, and the traps that must stay shut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews.regions.forms import forms


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("россии", "россия"), ("россией", "россия"), ("москве", "москва"), ("москвою", "москва"),
        ("мургабе", "мургаб"), ("душанбе", "душанбе"), ("казани", "казань"), ("казанью", "казань"),
        ("китайцев", "китаец"), ("индийцами", "индиец"), ("россиян", "россиянин"),
        ("россиянам", "россиянин"),
        ("таджиков", "таджик"), ("таджичек", "таджичка"), ("таджикских", "таджикский"),
        ("хатлонские", "хатлонский"), ("каннского", "канны"), ("аризонский", "аризона"), ("корее", "корея"),
        ("мургабском", "мургабский"), ("грозном", "грозный"), ("ленинградской", "ленинградская"),
        ("великих", "великие"), ("иваново", "иваново"), ("иванове", "иваново"),
        ("подмосковье", "подмосковье"),
        ("подмосковьем", "подмосковье"), ("черногории", "черногория"), ("российско", "российский"),
        ("франко", "франкский"), ("орла", "орел"), ("казахстанцы", "казахстанец"), ("афинах", "афины"),
        ("филиппинах", "филиппины"), ("нидерландами", "нидерланды"), ("мали", "мали"), ("чаде", "чад"),
        ("воронежем", "воронеж"), ("польшей", "польша"), ("ниццей", "ницца"), ("москвичей", "москвич"),
        ("приморью", "приморье"), ("тверские", "тверской"), ("туркам", "турка"),
        ("содружества", "содружество"),
    ],
)  # fmt: skip
def test_a_russian_form_leads_to_its_dictionary_form(word: str, name: str) -> None:
    assert name in forms(word, "ru")


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("груз", "грузия"), ("кубок", "куба"), ("ирина", "иран"), ("индейка", "индия"), ("самое", "самоа"),
        ("доминик", "доминика"), ("китом", "кито"), ("мало", "мали"), ("того", "тога"), ("во", "воа"),
    ],
)  # fmt: skip
def test_a_russian_trap_stays_shut(word: str, name: str) -> None:
    assert name not in forms(word, "ru")


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("узбекистонро", "узбекистон"), ("кобулро", "кобул"), ("амрикоихо", "амрикои"),
        ("точикистони", "точикистон"),
        ("точикони", "точик"), ("шахрхои", "шахр"), ("афгонхоро", "афгон"),
    ],
)  # fmt: skip
def test_a_tajik_word_loses_its_suffixes(word: str, name: str) -> None:
    assert name in forms(word, "tg")


@pytest.mark.parametrize(
    ("word", "lang", "name"),
    [
        ("ایرانی", "fa", "ایران"), ("تاجیکها", "fa", "تاجیک"), ("افغانهای", "fa", "افغان"),
        ("والمغرب", "ar", "المغرب"), ("بمصر", "ar", "مصر"),
        ("toshkentda", "uz", "toshkent"), ("turcji", "pl", "turcja"), ("украине", "uk", "украина"),
        ("deutschen", "de", "deutsche"), ("italiana", "it", "italiano"),
    ],
)  # fmt: skip
def test_other_languages_lose_their_endings(word: str, lang: str, name: str) -> None:
    assert name in forms(word, lang)


def test_a_language_without_rules_is_taken_as_it_stands() -> None:
    assert forms("nairobi", "sw") == ("nairobi",)


@given(
    st.text(alphabet="абвгдежзиклмнопрстуфхцчшщыэюяйьo", max_size=14),
    st.sampled_from(["ru", "tg", "uk", "fa", "pl"]),
)
def test_a_word_is_always_its_own_first_form(word: str, lang: str) -> None:
    found = forms(word, lang)
    assert found[0] == word
    assert len(set(found)) == len(found)
