"""The sentences of the faces in the reader's language: gettext catalogues, English where they have none.

It must never be given feed text: what is looked up here was written by us.

A sentence is written in English where it is used, `tr("{n} sources chosen.", n=3)`, and is its own key.
The catalogues are data/words/LANG.po; tools/make_words.py gathers the sentences and compiles them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

LANGUAGES = ("en", "ru", "tg")
"""Languages the faces speak."""

_FOLDER = Path(__file__).resolve().parent / "data" / "words"
Text = TypeVar("Text", bound=str)

_LOCALE = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


class _English:
    """Says everything as it is written."""

    def gettext(self, message: str) -> str:
        return message

    def ngettext(self, one: str, many: str, n: int) -> str:
        return one if n == 1 else many


_catalogue: _English = _English()
_language = "en"


def choose(wish: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return the language to speak: the one wished for, else that of the locale, else English.

    Args:
        wish: BCP 47 tag or empty; one the faces do not speak counts as no wish.
        environ: the first of LANGUAGE, LC_ALL, LC_MESSAGES and LANG that is set tells the locale.
    """
    named = [wish, *next((environ[name].split(":") for name in _LOCALE if environ.get(name)), [])]
    spoken = (each.replace("_", "-").partition("-")[0].lower() for each in named)
    return next((each for each in spoken if each in LANGUAGES), "en")


def speak(language: str) -> None:
    """Speak a language of `LANGUAGES` from now on."""
    global _catalogue, _language
    if language != _language:
        _language, _catalogue = language, _English() if language == "en" else _read(language)


def spoken() -> str:
    """Return the language spoken now."""
    return _language


def _read(language: str) -> _English:
    from gettext import GNUTranslations  # only where it is needed: the start of English readers

    class Catalogue(GNUTranslations, _English):
        """A catalogue of gettext; what it lacks is said in English."""

    with (_FOLDER / f"{language}.mo").open("rb") as file:
        return Catalogue(file)


def mark(text: Text) -> Text:
    """Return a sentence as it is; it is gathered for the catalogues, and said by `tr` later."""
    return text


def forms(one: str, many: str) -> tuple[str, str]:
    """Return the forms of a sentence for one and for many as they are; they are said by `trn` later."""
    return one, many


def tr(text: str, /, **values: object) -> str:
    """Return a sentence in the language spoken, with values in the place of its {names}."""
    said = _catalogue.gettext(text) if text else ""
    return said.format(**values) if values else said


def trn(one: str, many: str, n: int, /, **values: object) -> str:
    """Return a sentence about a number of things, in the form the language has for it; {n} is the number."""
    return _catalogue.ngettext(one, many, n).format(n=n, **values)
