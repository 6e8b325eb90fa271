"""Text → folded, stemmed search words, and query terms → expressions of the search index.

It must never open a database: it writes the words that FTS5 stores and the MATCH text that
finds them. Both come from one tokeniser here, because FTS5's own `unicode61` folds no Cyrillic
letter and knows no word endings; its tokens and these are the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from typing import Any, Final

from termnews.models import And, Node, Not, Or, Term
from termnews.remembered import EDGES, Remembered

_LATIN: Final = "a-z\u00df-\u00f6\u00f8-\u02af\u1e00-\u1eff"
_CYRILLIC: Final = "\u0400-\u0481\u048a-\u052f"
# Scripts written without spaces (and Korean, whose particles stick to their nouns): each character
# is a word of its own, so that any run of characters is found as a phrase.
_UNSPACED: Final = (
    "\u0e01-\u0e30\u0e32-\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0ec0-\u0ec6\u1000-\u102a\u1780-\u17b3"
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af"
)
# A run in one script is a word: «COVIDом» are two. Longer runs than 64 are no words but junk, and
# would crowd the cache of stems.
_WORD: Final = (
    rf"(?<![^\W_])(?:[{_LATIN}{_CYRILLIC}]\.){{1,15}}[{_LATIN}{_CYRILLIC}](?![^\W_])"  # U.S., т.д.
    rf"|[{_LATIN}0-9]{{1,64}}(?:'s(?![^\W_]))?"  # the possessive is no word
    rf"|[{_CYRILLIC}0-9]{{1,64}}"
    rf"|[{_UNSPACED}]"
    rf"|[^\W_0-9{_LATIN}{_CYRILLIC}{_UNSPACED}]{{1,64}}"
)
# What may follow a half-typed word, so that its whole form's stem can be guessed (`_guesses`).
_ENDINGS: Final = {
    "english": "c d e g l n r s t y al ce ed er es ic ly ng nt on ss ty ies ing ion ity ent ess lity ment",
    "russian": "а в е и й м о с т у х ы ь ю я ая ев ей ем ий им их ия ми го му ов ое ой ом ся ть ый ые ить",
}
# As `_phrase` writes a star behind one letter, also where it is the last word of a phrase.
_LETTER: Final = r'[" ]([^\s"])" \*'
# Accents (also the stress marks of Russian), Hebrew points, Arabic vowel signs and tatweel, and the
# invisible: soft hyphen, ZWNJ, ZWJ, direction marks. First and last of each range.
_DROPPED: Final = (
    *((0x300, 0x36F), (0x591, 0x5BD), (0x5BF, 0x5C7), (0x610, 0x61A), (0x640, 0x640), (0x64B, 0x65F)),
    *((0x670, 0x670), (0x6D6, 0x6ED), (0xAD, 0xAD), (0x200B, 0x200F), (0x61C, 0x61C)),
)


@cache
def _folding() -> dict[int, str | int | None]:
    """Return the table by which `fold` replaces and drops single characters."""
    table: dict[int, str | int | None] = {}
    barred = str.maketrans("øđłıħ‘’ʻʼ", "odlih''''") | {ord("æ"): "ae", ord("œ"): "oe"}
    for code in chain(range(0xC0, 0x250), range(0x370, 0x400), range(0x1E00, 0x2000)):
        parts = unicodedata.normalize("NFKD", chr(code))
        table[code] = "".join(each for each in parts if not unicodedata.combining(each)).translate(barred)
    for first, last in _DROPPED:
        table |= dict.fromkeys(range(first, last + 1))
    table |= str.maketrans("ёғқҳҷӯӣ", "егкхчуи")
    table |= str.maketrans("يىئكةۀأإآٱؤ", "یییکههااااو")
    table |= str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
    return table | barred


@cache
def _word() -> Callable[[str], list[str]]:
    """Return what finds the words of a text; made at first use, since most starts look for none."""
    return re.compile(_WORD).findall


def fold(text: str) -> str:
    """Return the text in the form that is compared: no case, no accents, one letter for its variants.

    ё is е, the Tajik letters are their Russian neighbours, Arabic ي and ك are Persian ی and ک,
    Persian and Arabic digits are 0–9, and joiners and vowel signs are gone.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().translate(_folding())


def shadow(text: str) -> str:
    """Return the stems of the text's words, separated by single spaces; may be empty.

    This is what the index holds in place of the text.
    """
    # Piece by piece: no rule of `fold` and no word reaches over white space, and most pieces come again.
    return " ".join(filter(None, map(_SHADOWS.__getitem__, text.split())))


def _shadow(piece: str) -> str:
    return " ".join(map(_stem, _word()(fold(piece))))


class _Shadows(Remembered[str]):
    """Piece of text without white space → its stems."""

    def __missing__(self, piece: str) -> str:
        bare = piece.strip(EDGES)  # no word has one of these at its end, nor falls apart without it
        if bare == piece:
            return super().__missing__(piece)
        return self[bare] if bare else ""


_SHADOWS = _Shadows(_shadow, most=100_000)  # some 20 MB, and half the time of 40,000 for 25,000 articles


def match_term(term: Term) -> str | None:
    """Return the MATCH expression of one term, fit to stand beside any operator.

    A word that falls into several search words ("well-known", 北京) is looked for as a phrase.

    Returns:
        None when nothing searchable is left of the text, or the field is not in the index (link).
    """
    chunks = [term.text] if term.phrase else term.text.split()
    phrases = [words for chunk in chunks if (words := _word()(fold(chunk)))]
    if not phrases or term.field == "link":
        return None
    said = [_phrase(words, term.prefix and words is phrases[-1]) for words in phrases]
    expression = said[0] if len(said) == 1 else f"({' AND '.join(said)})"
    return f"{{{term.field}}} : {expression}" if term.field else expression


def begins_with_a_letter(expression: str) -> bool:
    """Return whether a MATCH expression asks for all words with one first letter, Latin or Cyrillic."""
    return any(_language(letter) for letter in re.findall(_LETTER, expression))


def match(node: Node) -> str | None:
    """Return one MATCH expression for a whole tree of terms.

    Returns:
        None when FTS5 cannot say it: a Test, a link, a Not with nothing to take it from, or
        text without a letter or digit stands in the tree.
    """
    match node:
        case Term():
            return match_term(node)
        case Or(nodes):
            return _joined(" OR ", [match(each) for each in nodes])
        case And(nodes):
            # NOT binds tighter than AND, and "a AND b NOT c" asks the same as "(a AND b) NOT c".
            wanted = _joined(" AND ", [_operand(each) for each in nodes if not isinstance(each, Not)])
            return _joined(
                " NOT ", [wanted, *(_operand(each.node) for each in nodes if isinstance(each, Not))]
            )
        case _:
            return None


def _operand(node: Node) -> str | None:
    said = match(node)
    return f"({said})" if said is not None and isinstance(node, And | Or) else said


def _joined(operator: str, parts: list[str | None]) -> str | None:
    """Join the parts, or return None when there is none or one of them cannot be said."""
    known = [each for each in parts if each is not None]
    return operator.join(known) if known and len(known) == len(parts) else None


def _phrase(words: list[str], prefix: bool) -> str:
    """Return the expression that finds these words one after the other; with prefix the last may go on."""
    *before, last = words
    if not prefix:
        return _quoted([*before, last], _stem)
    last = _bare(last)
    stem = _stem(last)
    # The star stands on the stem; where the stem is spelt anew ("happy": happi) on the word as well.
    begins = [stem] if last.startswith(stem) else [stem, last]
    head = [_stem(each) for each in before]
    said = [_quoted([*head, each]) + " *" for each in begins]
    said += [_quoted([*head, each]) for each in _guesses(last, tuple(begins))]
    return said[0] if len(said) == 1 else f"({' OR '.join(said)})"


def _quoted(words: list[str], form: Any = str) -> str:
    return '"' + " ".join(map(form, words)) + '"'


def _guesses(typed: str, begins: tuple[str, ...]) -> Iterator[str]:
    """Yield stems that a longer form of the typed word may have and no star on `begins` finds.

    Without them a list filled while one types goes empty between "electr" and "electricity",
    whose stem is "electr", but not that of "electrici".
    """
    language = _language(typed)
    if not language or len(typed) < 4:
        return
    for guess in sorted({_stem(typed + ending) for ending in _ENDINGS[language].split()}):
        # A stem may end in another letter than the word: "tradin" is of "trade".
        if 2 < len(guess) <= len(typed) and typed.startswith(guess[:-1]) and not guess.startswith(begins):
            yield guess


def _bare(word: str) -> str:
    """Return the word without the dots of an initialism and the possessive's ending."""
    return word.replace(".", "").removesuffix("'s")


def _language(word: str) -> str:
    """Return the language by whose rules a word of this script is stemmed; empty for none."""
    highest = max(word)
    if "a" <= highest <= "\u02af" or "\u1e00" <= highest <= "\u1eff":
        return "english"
    return "russian" if "\u0400" <= highest <= "\u052f" else ""


def _stem(word: str) -> str:
    word = _bare(word)
    language = _language(word)
    stem: str = _stemmer(language).stemWord(word) if language else word
    return stem


@cache
def _stemmer(language: str) -> Any:
    # Imported at first use: listing headlines needs no stems. Without a cache of its own a
    # stemmer keeps nothing between calls, so that threads may share it.
    from Stemmer import Stemmer

    return Stemmer(language, 0)
