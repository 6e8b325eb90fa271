"""Guess the language of a text from its script, its letters and its commonest words.

It must never be needed where a feed says its language: a short headline is a poor witness.
"""

from __future__ import annotations

import re

_TAJIK = re.compile("[ҷҳқӯғӣ]")
_PERSIAN = re.compile("[پچژگ]")
_URDU = re.compile("[ٹڈڑےں]")
_UKRAINIAN = re.compile("[іїєґ]")
_KAZAKH = re.compile("[әңұһө]")
_BLOCKS = (
    (re.compile("[\u0400-\u04ff]"), "ru"), (re.compile("[\u0600-\u06ff]"), "ar"),
    (re.compile("[\u3040-\u30ff]"), "ja"), (re.compile("[\uac00-\ud7af]"), "ko"),
    (re.compile("[\u4e00-\u9fff]"), "zh"), (re.compile("[\u0370-\u03ff]"), "el"),
    (re.compile("[\u0590-\u05ff]"), "he"), (re.compile("[\u0900-\u097f]"), "hi"),
    (re.compile("[\u0980-\u09ff]"), "bn"), (re.compile("[\u0e00-\u0e7f]"), "th"),
    (re.compile("[\u10a0-\u10ff]"), "ka"), (re.compile("[\u0530-\u058f]"), "hy"),
)  # fmt: skip
_STOP_WORDS = {
    "en": "the of and to in is for on that with as at by from was are be has it an after over new says how",
    "de": "der die das und in von zu den mit ist für auf dem nicht ein eine im des sich nach bei wird",
    "fr": "le la les de des et en du un une pour dans que sur au par pas est avec aux après",
    "es": "el la los las de y en del que por con para un una se su al es más tras",
    "pt": "o a os as de e em do da que por com para um uma no na não dos das após é",
    "it": "il la le di e in del che per con un una non della dei al è dopo gli nel sono",
    "nl": "de het een van en in op te voor met is dat niet aan om bij naar na zijn",
    "tr": "ve bir bu için ile da de olarak çok daha sonra en gibi kadar yeni oldu",
    "pl": "w i na z do nie się o że po jest za od przez dla jak to",
    "sv": "och i att det en på är som för av med till den har inte om ett efter",
    "uz": "va bilan uchun bu da ning ga dan yil bo'yicha haqida oʻzbekiston qildi",
    "ro": "și de la în cu pe din pentru un o a care nu este după",
    "cs": "a v na se z je o do že s po za od pro jako ve",
    "id": "dan di yang untuk dari dengan ini pada ke akan tidak dalam",
    "az": "və bir bu üçün ilə olub edib haqqında ki",
    "vi": "và của trong là có cho được với không người",
}
_VOTES: dict[str, list[str]] = {}
for _lang, _words in _STOP_WORDS.items():
    for _word in dict.fromkeys(_words.split()):
        _VOTES.setdefault(_word, []).append(_lang)
_MOST_OF = 0.3  # a headline may well hold as many Latin letters of a company as of its own
_WORDS = re.compile(r"[^\W\d_]+(?:['ʻ’][^\W\d_]+)?")


def guess(text: str) -> str:
    """Return the primary language subtag of a text, "en" when nothing speaks for another."""
    sample = text[:400].lower()
    for block, lang in _BLOCKS:
        count = len(block.findall(sample))
        if count and count >= _MOST_OF * sum(map(str.isalpha, sample)):
            return _refined(lang, sample)
    return _latin(sample)


def _refined(lang: str, sample: str) -> str:
    """Tell the languages of one script apart by letters only some of them have."""
    if lang == "ru":
        if _TAJIK.search(sample) and not re.search("[ңұәө]", sample):
            return "tg"
        if _KAZAKH.search(sample):
            return "kk" if re.search("[әұһқғ]", sample) else "ky"
        return "be" if "ў" in sample else "uk" if _UKRAINIAN.search(sample) else "ru"
    if lang == "ar":
        return "ur" if _URDU.search(sample) else "fa" if _PERSIAN.search(sample) else "ar"
    if lang == "zh" and re.search("[\u3040-\u30ff]", sample):
        return "ja"
    return lang


def _latin(sample: str) -> str:
    votes: dict[str, float] = {}
    for word in _WORDS.findall(sample):
        langs = _VOTES.get(word, ())
        for lang in langs:
            votes[lang] = votes.get(lang, 0.0) + 1 / len(langs)
    best = max(votes, key=lambda lang: votes[lang], default="en")
    return best if votes.get(best, 0.0) > votes.get("en", 0.0) else "en"
