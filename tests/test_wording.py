"""The catalogues: whole, compiled, with the same values in their sentences; and which language is chosen."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest

from termnews import wording
from termnews.wording import tr, trn
from tools.make_words import TRANSLATED, WORDS, catalogue, compiled


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    wording.speak("en")


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_and_keeps_its_values(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), message.id
        values = set(re.findall(r"{\w+}", ids[-1]))
        for string in strings:
            # One of something may do without its number.
            assert values - {"{n}"} <= set(re.findall(r"{\w+}", string)) <= values | {"{n}"}, message.id
            assert string.count("\n") == ids[0].count("\n"), message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_the_one_of_its_text(language: str) -> None:
    # But for the header, in which Babel names its version.
    kept, made = (WORDS / f"{language}.mo").read_bytes(), compiled(language)
    assert _sentences(kept) == _sentences(made)


def _sentences(catalogue: bytes) -> dict[Any, str]:
    found: dict[Any, str] = vars(gettext.GNUTranslations(io.BytesIO(catalogue)))["_catalog"]
    return {said: translated for said, translated in found.items() if said}


@pytest.mark.parametrize(
    ("wish", "environ", "language"),
    [
        ("", {}, "en"),
        ("", {"LANG": "ru_RU.UTF-8"}, "ru"),
        ("", {"LANG": "tg_TJ"}, "tg"),
        ("", {"LANG": "de_DE.UTF-8"}, "en"),
        ("", {"LANGUAGE": "de:tg:en", "LANG": "de_DE"}, "tg"),
        ("", {"LC_ALL": "C", "LANG": "ru_RU"}, "en"),
        ("ru-RU", {"LANG": "tg_TJ"}, "ru"),
        ("xx", {"LANG": "ru"}, "ru"),
    ],
)
def test_the_language_is_the_one_wished_for_else_the_locales(
    wish: str, environ: dict[str, str], language: str
) -> None:
    assert wording.choose(wish, environ) == language


def test_a_sentence_is_said_with_its_values_and_the_right_plural() -> None:
    wording.speak("ru")
    assert wording.spoken() == "ru"
    assert [trn("{n} feed", "{n} feeds", n) for n in (1, 3, 11, 21)] == [
        "1 лента", "3 ленты", "11 лент", "21 лента",
    ]  # fmt: skip
    assert tr("Opened {url}", url="{x}") == "Открыто: {x}"
    assert tr("no such sentence {n}", n=3) == "no such sentence 3"
    wording.speak("en")
    assert trn("{n} feed", "{n} feeds", 1) == "1 feed"
