"""Parting a text into words: offsets, initialisms, possessives, elided articles, capitals."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews.regions.language import guess
from termnews.regions.tokens import case_of, tokens
from termnews.remembered import EDGES


def words(text: str) -> list[str]:
    return [each.text for each in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. and W.Va. meet", ["The", "U.S.", "and", "W.Va.", "meet"]),
        ("GBAO's Murgab", ["GBAO", "Murgab"]),
        ("the Emirates’ fleet", ["the", "Emirates", "fleet"]),
        ("Guinea-Bissau", ["Guinea", "Bissau"]),
        ("l'Allemagne et d’Espagne", ["Allemagne", "et", "Espagne"]),
        ("Roshtqal'a road", ["Roshtqal'a", "road"]),
        ("رئیس‌جمهور", ["رئیس‌جمهور"]),
        ("दिल्ली में", ["दिल्ली", "में"]),
        ("", []),
    ],
)
def test_a_text_is_parted_into_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text(max_size=80))
def test_words_stand_where_they_say(text: str) -> None:
    end = 0
    for each in tokens(text):
        assert text[each.start : each.end] == each.text
        assert text[: each.start].endswith(each.gap)
        assert end <= each.start < each.end
        end = each.end


_PIECES = st.one_of(
    st.sampled_from(["U.S.", "a.b.c", "l'a", "d’", "'s", "-", "دی\u200cروز", "दि", "aदि", "7th", "Ё", "\n"]),
    st.text("aÉяʻ7_दฐ中 \u0301" + EDGES, max_size=8),
)


@given(st.lists(_PIECES))
def test_a_space_parts_as_any_other_gap_does(parts: list[str]) -> None:
    """A text is parted at its spaces and lines first, which no word may reach over, and what stands around
    letters is taken off them; a tab parts nothing, so that all goes by the pattern."""
    text = " ".join(parts)
    spaced, whole = tokens(text), tokens(re.sub(r"[ \n]", "\t", f"|{text}|"))
    assert [(*each[:3],) for each in spaced] == [(word, start - 1, end - 1) for word, start, end, _ in whole]


def test_words_are_told_by_number_and_by_run() -> None:
    found = tokens("Fire in Murgab, GBAO")
    assert found[-1] == found[3]
    assert [each.text for each in found[1:3]] == ["in", "Murgab"]
    assert found[0].gap == ""


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("FIRE DESTROYS MARKET IN TASHKENT", "upper"),
        ("Odesa Port Struck in Overnight Drone Attack", "title"),
        ("Floods cut off villages near Nairobi", "mixed"),
        ("NATO", "mixed"),
    ],
)
def test_a_title_says_how_it_uses_capitals(title: str, expected: str) -> None:
    assert case_of(tokens(title)) == expected


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Дар Мурғоб заминларза шуд", "tg"), ("В Мургабе произошло землетрясение", "ru"),
        ("У Києві відкрили їдальню", "uk"), ("Ў Мінску адкрылі", "be"), ("Қазақстан әлемде", "kk"),
        ("Бишкекте өкмөт жыйыны өттү", "ky"),
        ("طالبان دانشگاه‌ها را بستند و گفتند", "fa"), ("زلزال يضرب شمال المغرب", "ar"),
        ("The mayor of the city said it was over", "en"), ("Der Bürgermeister und die Stadt", "de"),
        ("El alcalde de la ciudad y los vecinos", "es"), ("Le maire de la ville et les élus", "fr"),
        ("東京で地震が発生", "ja"), ("中国和俄罗斯签署协议", "zh"), ("서울에서 정상회담", "ko"),
        ("Zzz", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_the_language_of_a_text_is_guessed(text: str, lang: str) -> None:
    assert guess(text) == lang
