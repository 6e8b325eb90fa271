"""Take a word as it is inflected back to the forms a dictionary may have it in.

It must never know which of them are names: it returns every form the endings allow, and the
gazetteer says which exist. Endings are given as they stand in keys (ё is е, ӣ is и, й stays).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

Forms = tuple[str, ...]

# Ending → endings of the dictionary form. A noun without ending in the genitive plural is taken for a
# person only (россиян, датчан), so that "груз" is not Georgia and "чад" no lake.
# "-" is no ending: "мургабе" may be "мургаб".
_RUSSIAN_ENDINGS = """
    а:-,о у:-,а,о ом:-,о ем:ь,й,е е:-,а,о,й,ь,я ы:а,-,ы и:ь,а,я,й,-,и я:ь,й,е ю:ь,я,й ей:я,ь ой:а ою:а ью:ь,ье
    ия:ий,ие ию:ия,ий ии:ия,ий ией:ия ием:ий ье:ья,ьи ья:ье ьем:ье ьей:ья ов:-,ы ам:-,а,ы,и ами:-,а,ы,и
    ах:-,а,ы,и ям:ь,я,и ями:ь,я,и ях:ь,я,и ев:й,ец,и ец:ца ца:ец,цо цу:ец цем:ец,ц це:ец,ца цы:ец,ца цев:ец,цы
    цам:ец,цы цами:ец,цы цах:ец,цы цом:ец йца:ец йцу:ец йцем:ец йце:ец йцы:ец йцев:ец йцам:ец йцами:ец
    йцах:ец ьца:ец ьцу:ец ьцем:ец ьце:ец ьцы:ец ьцев:ец ьцам:ец ьцами:ец ьцах:ец ка:ок,ек ку:ок,ек ком:ок,ек
    ке:ок,ек ки:ок,ка,ек ков:ок,ек ек:ка ок:ка ла:ел ле:ел лу:ел лом:ел ян:янин ане:анин,ане яне:янин
    ан:анин янам:янин янами:янин янах:янин анам:анин анами:анин анах:анин ина:ин ине:ин,ина ину:ин,ина
    ином:ин,ино иным:ин ым:-,ый ном:но,ный ове:ово,ов ова:ово,ов ову:ово,ов овом:ово,ов ске:ск ска:ск ску:ск
    ском:ск,ский жем:ж чем:ч шем:ш щем:щ жей:жа,ж чей:ча,ч шей:ша,ш щей:ща,щ цей:ца кам:ок,ек,ка ками:ок,ек,ка
    ках:ок,ек,ка
"""
_RUSSIAN = {
    ending: tuple(each.strip("-") for each in others.split(","))
    for ending, _, others in (rule.partition(":") for rule in _RUSSIAN_ENDINGS.split())
}
_ADJECTIVE = (
    ("ий", ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими", "ою")),
    ("ый", ("ый", "ого", "ому", "ым", "ом", "ая", "ой", "ую", "ое", "ые", "ых", "ыми")),
    ("ой", ("ой", "ого", "ому", "ым", "ом", "ая", "ую", "ое", "ые", "ых", "ыми", "ие", "их", "им", "ими")),
    ("ний", ("него", "нему", "ним", "нем", "няя", "ней", "нюю", "нее", "ние", "них", "ними")),
)
_ADJECTIVE_ENDINGS: dict[str, list[str]] = {}
for _nominative, _endings in _ADJECTIVE:
    for _ending in _endings:
        _ADJECTIVE_ENDINGS.setdefault(_ending, []).append(_nominative)
_FEMININE = ("ая", "ое", "ые", "ие")
_LONGEST = 5
_SHORTEST_TOWN = 4

# Suffixes of Tajik, longest first: plural, object mark, ezafe and adjective, possessives.
_TAJIK = (
    "ихоро", "ихои", "ихо", "хояшон", "хоямон", "хоро", "хои", "хо", "гонро", "гони", "гон", "онро", "они",
    "ёнро", "ёни", "ён", "он", "ашонро", "ашон", "амонро", "амон", "ятон", "ро", "яш", "аш", "анд",
    "аст", "ву", "ию", "ю", "и", "у",
)  # fmt: skip
_PERSIAN = (
    "هایشان", "هایی", "های", "ها", "ستانی", "یهای", "یها", "ایها", "ایان", "یان", "ان", "ای", "اش",
    "یی", "ی", "را",
)  # fmt: skip
_ARABIC_PREFIXES = ("وال", "بال", "لل", "كال", "فال", "ال", "و", "ب", "ل", "ف")
_VOWELS = "aeiouy" + "аеиоуыэюяь"


def _indeclinable(stem: str, ending: str) -> bool:
    """Tell whether names of this form keep it in every case: Кито, Самоа, but not Иваново."""
    if ending == "о":
        return not stem.endswith(("ов", "ев", "ин", "ын", "ств"))
    return ending == "а" and stem[-1:] in "аеиоуыэюя"


def russian(word: str) -> Iterator[str]:
    """Yield the dictionary forms of a Russian word in any case: nouns, adjectives, the -о- of compounds."""
    yield word
    for length in range(1, min(_LONGEST, len(word) - 2) + 1):
        stem, ending = word[:-length], word[-length:]
        for other in _RUSSIAN.get(ending, ()):
            if len(stem) + len(other) > 2 and not _indeclinable(stem, other):
                yield stem + other
        for nominative in _ADJECTIVE_ENDINGS.get(ending, ()):
            yield stem + nominative
            # A name may itself be feminine, neuter or plural: Ленинградская область, Великие Луки.
            yield from (stem + other for other in _FEMININE)
            if nominative == "ий" and stem.endswith(("ск", "цк")) and len(stem) > _SHORTEST_TOWN + 1:
                # The adjective of a town is its name with an ending or without: аризонский, каннский.
                yield from (stem[:-2] + other for other in ("", "а", "ы", "ь", "я", "о", "и"))
    if word.endswith(("ско", "цко")):
        yield word[:-1] + "ий"
    elif word.endswith("о") and len(word) > 4:
        yield word[:-1] + "ский"


def tajik(word: str) -> Iterator[str]:
    """Yield a Tajik word without its suffixes, one and two deep."""
    yield word
    for suffix in _TAJIK:
        if word.endswith(suffix) and len(word) - len(suffix) > 2:
            yield word[: -len(suffix)]
            if suffix in ("и", "у", "ро", "хои", "они", "хоро"):
                yield word[: -len(suffix)] + "и"


def persian(word: str) -> Iterator[str]:
    """Yield a Persian word without its suffixes."""
    yield word
    for suffix in _PERSIAN:
        if word.endswith(suffix) and len(word) - len(suffix) > 2:
            yield word[: -len(suffix)]


def arabic(word: str) -> Iterator[str]:
    """Yield an Arabic word without article and prefixed particles, and with the article."""
    yield word
    yield "ال" + word
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) > 2:
            yield word[len(prefix) :]
            yield "ال" + word[len(prefix) :]
    if word.endswith(("ية", "يه", "یه", "یین", "یون", "ین")):
        yield word[:-2] + "ی"


def prefixed(word: str, prefixes: str) -> Iterator[str]:
    """Yield a word without one or two letters of particles written in one with it."""
    yield word
    for cut in (1, 2):
        if len(word) - cut > 2 and word[cut - 1] in prefixes:
            yield word[cut:]
        else:
            return


def agglutinating(word: str) -> Iterator[str]:
    """Yield a word of a language of India without up to five signs of case endings."""
    yield word
    for cut in range(1, min(5, len(word) - 4) + 1):
        yield word[:-cut]


def western(word: str) -> Iterator[str]:
    """Yield a word of a language with few endings, without one or two letters of them."""
    yield word
    if len(word) > 5:
        yield word[:-1]
        yield word[:-2]
        for ending, other in (
            ("es", "e"),
            ("en", "e"),
            ("er", "e"),
            ("em", "e"),
            ("as", "a"),
            ("os", "o"),
            ("a", "o"),
        ):
            if word.endswith(ending):
                yield word[: -len(ending)] + other


def inflecting(word: str) -> Iterator[str]:
    """Yield a word of a language with many endings: up to four letters fewer, with another last vowel."""
    yield word
    for cut in range(1, min(4, len(word) - 4) + 1):
        stem = word[:-cut]
        yield stem
        if cut <= 2:
            for vowel in "aeiouy" if word.isascii() else _VOWELS[6:]:
                yield stem + vowel
    if word[-1:] not in _VOWELS and len(word) > 4:
        yield word + ("a" if word.isascii() else "а")


def exact(word: str) -> Iterator[str]:
    """Yield the word alone."""
    yield word


_BY_LANGUAGE: dict[str, Callable[[str], Iterator[str]]] = {
    "ru": russian, "tg": tajik, "fa": persian, "ps": persian, "ur": persian, "ar": arabic,
    "he": partial(prefixed, prefixes="בלמהושכ"),
    "am": partial(prefixed, prefixes="በየከለስእና"), "ti": partial(prefixed, prefixes="ብናንካእ"),
    **dict.fromkeys(("de", "fr", "es", "it", "pt", "nl", "sv", "ro", "da", "nb", "nn", "no", "fo", "fy", "lb",
                     "af", "ca", "gl", "ast", "gsw"), western),
    **dict.fromkeys(
        ("uk", "be", "bg", "sr", "pl", "cs", "tr", "uz", "kk", "ky", "az", "tk", "fi", "hu", "hr", "sk", "lt",
         "lv", "et", "el", "hy", "ka", "mn", "is", "sl", "bs", "mk", "sq", "eu", "eo", "hsb", "dsb", "tt",
         "ba", "cv", "ce", "os", "ug", "kab"), inflecting),
    **dict.fromkeys(("as", "bn", "gu", "kn", "kok", "ml", "mr", "ne", "or", "pa", "si", "ta", "te"),
                    agglutinating),
}  # fmt: skip


def forms(word: str, lang: str) -> Forms:
    """Return the dictionary forms the endings of a word allow, itself first, each once.

    Args:
        word: One word as a key.
        lang: Primary language subtag; one that is not known here is taken as it stands.
    """
    return tuple(dict.fromkeys(_BY_LANGUAGE.get(lang, exact)(word)))
