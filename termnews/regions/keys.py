"""Fold a place name to its key, so that spellings a person takes for one another are equal.

It must never know places: the table builder and the running program both use `key`, and a
packed table is only good for the `key` it was built with.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that NFKD leaves whole. The Cyrillic ones are what is typed for them on a Russian keyboard.
_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ə": "a", "æ": "ae", "œ": "oe", "þ": "th",
        "ғ": "г", "қ": "к", "ҳ": "х", "ҷ": "ч", "ү": "у", "ұ": "у", "ө": "о", "ң": "н", "ә": "а", "һ": "х",
        "і": "и", "є": "е", "ґ": "г", "ӏ": "",
        "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه",
        "&": " and ",
    }
)  # fmt: skip
# Combining marks of Latin, Greek and Cyrillic, but й stays й; Arabic vowel signs, hamza and madda.
# Devanagari, Thai and kana marks are letters of their own and stay.
_MARKS = re.compile("(?<!и)\u0306|[\u0300-\u0305\u0307-\u036f\u064b-\u065f\u0670]")
_NOTHING = re.compile("[.'’‘ʻʼʿʾ`´\"“”„«»·・\u0640\u00ad\u061c\u200b-\u200f\u2066-\u2069\ufeff]")
_SPACE = re.compile(r"[\s\-‐‑‒–—−/_,;:()\[\]،（）]+")
_SAINT = re.compile(r"\bst\b")


def key(text: str) -> str:
    """Return the folded form of a name: equal keys mean one spelling of one name.

    Case, accents, ё and е, Tajik, Kazakh and Kyrgyz letters and their Russian look-alikes,
    Arabic and Persian letter forms, hyphen and space, dots, apostrophes, "&" and "and", "St."
    and "Saint" and a leading "the" make no difference.
    """
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    text = unicodedata.normalize("NFC", _MARKS.sub("", text)).translate(_LETTERS)
    text = _SPACE.sub(" ", _NOTHING.sub("", text)).strip().removeprefix("the ")
    return _SAINT.sub("saint", text) if "st" in text else text


@lru_cache(maxsize=65_536)
def word_key(word: str) -> str:
    """Return the key of one word of a text; words come back, so it is remembered."""
    return key(word)


def script(text: str) -> str:
    """Return the script of a key's first letter: latin, cyrillic, arabic or other."""
    first = next((char for char in text if char.isalpha()), "")
    if first < "\u0370":
        return "latin"
    if "\u0400" <= first < "\u0530":
        return "cyrillic"
    return "arabic" if "\u0600" <= first < "\u0700" else "other"
