"""Make foreign text safe for a terminal; the one gate all feed text passes.

It must never know markup, colours or widgets: it takes characters out, it never escapes.

Removed are the C0 controls but newline and tab, DEL, the C1 controls, bidi embeddings,
overrides and isolates (U+202A–202E, U+2066–2069), tag characters (U+E0000–E007F), lone
surrogates and noncharacters. Kept are ZWNJ, ZWJ (Persian, emoji), LRM and RLM, which order
words but cannot reach past their own line; `screen_text` drops those two as well, because
terminals disagree about them. Of more than `MAX_MARKS` combining marks on one letter the rest is cut.
"""

from __future__ import annotations

import re
import unicodedata

from termnews.hosts import COMMANDS, plain_address, strip_credentials

__all__ = [
    "MAX_MARKS",
    "clean_line",
    "clean_text",
    "clean_url",
    "honest_url",
    "log_text",
    "screen_text",
    "strip_credentials",
]

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
)
_UNSAFE = re.compile(
    f"[{_CONTROLS}\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\ud800-\udfff{_NONCHARACTERS}]"
)
_SCREEN = re.compile("[\u061c\u200e\u200f]")
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_USERINFO_INSIDE = re.compile(r"(?<=//)[^/\s]+@")
_SPACES = re.compile(r"[^\S\u00a0\u202f\u2007]+")
_URL_JUNK = re.compile(r"\s+")
MAX_MARKS = 30
"""Combining marks a letter may carry (UAX #15, Stream-Safe Text Format); putting them in order takes
time with the square of their number: 49 s for 90,000 (measured)."""
_SECRETLY_MARKS = "\u0f73\u0f75\u0f81"  # Tibetan vowels that come apart into marks
# Marks are no letters, so only runs of other characters need a closer look.
_MARK = re.compile(r"[^\w\x00-\x7f]")
_MARKS = re.compile(r"[^\w\x00-\x7f]{%d,}" % (MAX_MARKS + 1))  # noqa: UP031 -- braces


def clean_text(text: str) -> str:
    """Return the text without what could steer a terminal; line ends become newlines; NFC."""
    # All that is unsafe is not printable either, and asking for that costs a tenth of a search.
    if (
        not text.isprintable()
        and not text.replace("\n", "").replace("\t", "").replace("\xa0", "").isprintable()
    ):
        text = _UNSAFE.sub("", _BREAKS.sub("\n", text))
    return text if text.isascii() else _composed(text)


def _composed(text: str) -> str:
    """Return the text in NFC, with few marks on each letter."""
    text = _bounded_marks(text)
    composed = unicodedata.normalize("NFC", text)
    # Composing can set marks free that were part of a letter.
    return text if composed == text else _bounded_marks(composed)


def _bounded_marks(text: str) -> str:
    """Return the text with at most `MAX_MARKS` combining marks on each letter."""
    # A run of more than MAX_MARKS characters holds one of every so many: the others need no look.
    step = MAX_MARKS + 1
    for found in _MARK.finditer(text[::step]):
        at = found.start() * step
        if _MARKS.search(text, max(0, at - MAX_MARKS), at + step):
            return _MARKS.sub(_fewer_marks, text)
    return text


def _fewer_marks(found: re.Match[str]) -> str:
    """Return a run of characters with at most `MAX_MARKS` combining marks in a row."""
    kept: list[str] = []
    marks = 0
    for char in found[0]:
        marks = marks + 1 if unicodedata.combining(char) or char in _SECRETLY_MARKS else 0
        if marks <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def clean_line(text: str) -> str:
    """Return the text cleaned and folded to one line, runs of white space as one space."""
    if text.isascii() and text.isprintable():  # nearly all lines, looked at once
        return (_SPACES.sub(" ", text) if "  " in text else text).strip()
    text = clean_text(text)
    if "  " in text or not text.isprintable():  # a text that is printable has no other space than U+0020
        text = _SPACES.sub(" ", text)
    return text.strip()


def screen_text(text: str) -> str:
    """Return one line for a screen: as `clean_line`, and without LRM, RLM and ALM."""
    return clean_line(_SCREEN.sub("", text))


def clean_url(url: str) -> str:
    """Return the address cleaned and without any white space inside it."""
    if url.isascii() and url.isprintable() and " " not in url:
        return url
    return _URL_JUNK.sub("", clean_text(url))


def log_text(text: str) -> str:
    """Return what a log may keep: cleaned, and every address in it without user name and password."""
    return _USERINFO_INSIDE.sub("", clean_text(text))


def honest_url(url: str) -> str:
    """Return the address as it may be shown: clean, no credentials, look-alike hosts in punycode.

    What is shown is what is opened: the punycode of a name leads where the name does (RFC 3492). The words of
    a command that came from another reader stay apart.
    """
    return plain_address((clean_line if url.startswith(COMMANDS) else clean_url)(url))
