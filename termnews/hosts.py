"""Addresses as they may be shown: no user name and password, hosts that may deceive in punycode.

It must never look a name up, nor know other text: that is what `sanitize` is for. The rule is that
of browsers, simplified (UTS #39, section 5.1, moderately restrictive): a label is shown in letters
when they are of one script, or of Latin with East Asian ones, and do not all look like Latin ones.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit, urlunsplit

COMMANDS: Final = ("exec:", "filter:")
"""What the address of a feed begins with that is a command of another reader: it is kept, and never run."""
_USERINFO_INSIDE: Final = re.compile(r"(?<=://)[^/\s]+@")
_ANY_USERINFO: Final = re.compile(r"^([^/?#]*//)?.*@", re.DOTALL)
_EAST_ASIAN: Final = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)
_COMMON: Final = frozenset({"HYPHEN-MINUS", "LOW", "COMBINING"})
"""First words of the names of what belongs to every script: -, _, accents."""
_LIKE_LATIN: Final = frozenset("аысԁеԍһіюјӏорԗԛѕԝхуъьҽпгѵѡαικνρυωηοτագհոսօզցյւք")
"""Cyrillic, Greek and Armenian letters that are taken for Latin ones (after Chromium's list)."""
_NEVER: Final = re.compile(r"[\x00-,/;-@\[-^`{-\x7f]")
"""ASCII that no host name holds: browsers and other programs part such an address at different places."""
_PHONETIC: Final = re.compile("[\u0250-\u02af\u1d00-\u1dbf\u2c60-\u2c7f\ua720-\ua7ff]")
"""Latin letters of dictionaries, not of languages."""


def strip_credentials(url: str) -> str:
    """Return the address without user name and password, for logs, messages and exports.

    Of one that cannot be read all before its last "@" is cut: better too little than a password.
    """
    if "@" not in url:
        return url
    if url.startswith(COMMANDS):  # filter:cut-it:https://me:secret@host/
        return _USERINFO_INSIDE.sub("", url)
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 -- raises ValueError when the authority cannot be read
    except ValueError:
        return _ANY_USERINFO.sub(r"\1", url)
    if "@" not in parts.netloc:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def plain_address(url: str) -> str:
    """Return the address without credentials, a host that may deceive in punycode."""
    url = strip_credentials(url)
    if url.isascii():
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(netloc=plain_host(parts.netloc))) if parts.netloc else url


def is_host(name: str) -> bool:
    """Return whether a host, without port and brackets, may be one: nothing in it divides addresses."""
    return bool(name) and not _NEVER.search(unicodedata.normalize("NFKC", name))


def plain_host(host: str) -> str:
    """Return a host, port included, with every label that may deceive in punycode."""
    if host.isascii():
        return host
    usual = unicodedata.normalize("NFKC", host)
    labels = (host if _NEVER.search(usual) else usual).replace("。", ".").split(".")
    foreign_end = not labels[-1].partition(":")[0].isascii()
    return ".".join(_plain(label, foreign_end) for label in labels)


def _plain(label: str, foreign_end: bool) -> str:
    name, colon, port = label.partition(":")
    if name.isascii() or not _deceives(name.casefold(), foreign_end):
        return label
    return f"xn--{name.casefold().encode('punycode').decode('ascii')}{colon}{port}"


def _deceives(name: str, foreign_end: bool) -> bool:
    """Return whether a label could be taken for another one.

    Args:
        name: the label, in lower case.
        foreign_end: whether the host ends outside ASCII (.рф): there its letters are at home.
    """
    if not all(char.isalnum() or char in "-_" or unicodedata.category(char) in ("Mn", "Mc") for char in name):
        return True  # invisible characters, dashes and slashes of other kinds
    if _PHONETIC.search(name):
        return True
    words = {unicodedata.name(char, "UNNAMED").split()[0] for char in name if not char.isdecimal()}
    scripts = {"CJK" if word == "IDEOGRAPHIC" else word.partition("-")[0] for word in words - _COMMON}
    if len(scripts) > 1:
        return not any(scripts <= together for together in _EAST_ASIAN)
    letters = {char for char in name if char.isalpha()}
    return not foreign_end and scripts != {"LATIN"} and letters <= _LIKE_LATIN
