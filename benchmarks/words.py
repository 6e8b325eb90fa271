"""Sentences of invented news in English, Russian and Tajik, the same ones every time.

It must never know of articles or feeds: it makes text of a language and a number.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from random import Random
from typing import Final

LANGS: Final = ("en", "ru", "tg")
"""Languages the corpus is written in."""

# The first words are the commonest (Zipf): each is in most texts of its language.
_COMMON: Final = {
    "en": """the government of a and to in that will new station river for water energy market on was
        teacher road city report minister budget climate school museum football law court release
        server query module patch after said before harvest bridge hospital library storm village
        airport project price winter measure""",
    "ru": """и в на правительство что по станция река новый вода энергия рынок с учитель дорога город
        доклад министр бюджет климат школа музей футбол закон суд выпуск сервер запрос тариф
        землетрясение после сообщил больница библиотека буря село аэропорт проект цена зима мост
        урожай посольство выборы строительство договор""",
    "tg": """ва дар аз ба ҳукумат ки нав истгоҳ дарё об энергия бозор муаллим роҳ шаҳр ҳисобот вазир буҷет
        иқлим мактаб осорхона футбол қонун суд барнома сервер дархост нарх заминларза пас гуфт
        беморхона китобхона тӯфон деҳа фурудгоҳ лоиҳа зимистон пул ҳосил сафорат интихобот сохтмон
        шартнома хабар ноҳия барқ мардум кишвар""",
}
_SYLLABLES: Final = {
    "en": "al bra cor den es fil gar hol in jas ker lum mon nor ost per quil ran sel tor und vel wis yar zen",
    "ru": "ал бре вор гар ден еж жит зол ист кам лен мор ност орл пет рес сол тур ущ фед хол цен чер шум яр",
    "tg": "ал бор вад ғар дил ем ҷон зар иқ қад лаб моҳ ноз ош пар роҳ сар тоб уз фар ҳаз чор шод юр ӯр",
}
_TAIL: Final = 12_000
_SENTENCES: Final = 2_500
_OFFSET: Final = 6  # flattens the head of the distribution: no word is in every sentence


@cache
def sentences(lang: str) -> tuple[str, ...]:
    """Return the sentences of a language, each a line that begins with a capital and ends with a stop."""
    draw = Random(f"sentences {lang}")
    words = [*_COMMON[lang].split(), *_tail(lang)]
    weights = list(accumulate(1 / (rank + _OFFSET) for rank in range(len(words))))
    made = []
    for _ in range(_SENTENCES):
        drawn = draw.choices(words, cum_weights=weights, k=draw.randint(6, 18))
        if len(drawn) > 10:
            drawn[5] += ","
        made.append(" ".join(drawn).capitalize() + draw.choice("....?!"))
    return tuple(made)


def _tail(lang: str) -> list[str]:
    """Return the rarer words, made of syllables."""
    draw, syllables = Random(f"words {lang}"), _SYLLABLES[lang].split()
    made = dict.fromkeys("".join(draw.choices(syllables, k=draw.randint(2, 4))) for _ in range(_TAIL))
    return list(made)
