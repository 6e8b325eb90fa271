"""Feed bytes → text: find the character encoding a document is really written in.

It must never raise: every document becomes some text, at worst with replacement characters.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# "<?" or "<x" in UTF-16 without a mark (XML 1.0, appendix F).
_WIDE = ((re.compile(rb"<\0[^\0]\0"), "utf-16-le"), (re.compile(rb"\0<\0[^\0]"), "utf-16-be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]+)", re.IGNORECASE)
_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"'>]{1,40})[\"']", re.IGNORECASE)
_META = re.compile(rb"<meta\s[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]*>")

# Names the web uses for a superset (WHATWG Encoding, section 4.2), and common misspellings.
_ALIASES = {
    "iso-8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "latin1": "windows-1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "win-1251": "windows-1251",
    "cp-1251": "windows-1251",
    "windows1251": "windows-1251",
    "koi8r": "koi8-r",
    "utf8mb4": "utf-8",
}
# Python codecs that are no character encoding of documents: they raise, hide markup, or are slow.
_REFUSED = frozenset({"undefined", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7"})

_HEAD_BYTES = 10_000
"""How much of a page is looked at for a `meta` tag that names its encoding; the standard asks for 1,024."""
_SAMPLE_BYTES = 200_000
"""How much of a document the statistical guess sees; more changes no verdict."""
_SURE_SEQUENCES = 8
"""Valid multi-byte UTF-8 sequences after which no one-byte encoding is believed: text in
windows-1251 or Latin-1 forms one only by a rare pair of letters, hardly ever eight and no other."""
_BROKEN_SHARE = 0.25
"""Broken sequences for each whole one up to which a document still is UTF-8, cut or damaged in
places; in other encodings the broken ones are many times the whole ones."""


def decode(body: bytes, content_type: str = "", *, page: bool = False) -> str:
    """Return the document as text, without a byte order mark.

    The order is: byte order mark, charset of the Content-Type header, XML declaration (of a web page also
    what its `meta` tags say), strict UTF-8, statistical guess. A declared encoding that cannot read the bytes
    is passed over, and so is one that contradicts a body which is plainly UTF-8.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for pattern, name in _WIDE:
        if pattern.match(body):
            return body.decode(name, "replace")
    utf8 = _try(body, "utf-8")
    if utf8 is not None and _multibyte(utf8) >= _SURE_SEQUENCES:
        return utf8
    for declared in (*_declared(body, content_type), *(_in_meta(body) if page else ())):
        text = _try(body, declared)
        if text is not None:
            return text
    return utf8 if utf8 is not None else _guess(body)


def _declared(body: bytes, content_type: str) -> list[str]:
    """Return the encodings the header and the XML declaration name, in this order."""
    names = [found[1] for found in [_HEADER.search(content_type)] if found]
    names += [found[1].decode("ascii", "replace") for found in [_DECLARATION.match(body)] if found]
    return names


def _in_meta(body: bytes) -> list[str]:
    """Return the encoding the head of a page names; one that could not name itself so is UTF-8 (WHATWG)."""
    names = [found[1].decode("ascii", "replace") for found in [_META.search(body[:_HEAD_BYTES])] if found]
    return ["utf-8" if name.lower().startswith(("utf-16", "utf-32")) else name for name in names]


def _multibyte(text: str) -> int:
    """Count the characters that UTF-8 writes in several bytes."""
    return 0 if text.isascii() else len(text) - len(text.encode("ascii", "ignore"))


def _try(body: bytes, name: str) -> str | None:
    """Decode strictly; None when the name is unknown, refused or does not fit the bytes."""
    name = name.strip().lower().replace("_", "-")
    try:
        codec = codecs.lookup(_ALIASES.get(name, name)).name  # one name for all spellings: u7, "utf 7"
        return None if codec in _REFUSED else body.decode(codec)
    except (LookupError, ValueError):  # an unknown name; bytes or a name that do not fit
        return None


def _guess(body: bytes) -> str:
    """Decode a document whose encoding is not declared, or declared wrongly."""
    loose = body.decode("utf-8", "replace")
    broken = loose.count("\ufffd")
    if broken <= _BROKEN_SHARE * (_multibyte(loose) - broken):
        return loose
    import chardet  # 20 ms, and most documents are UTF-8

    sample = _TAG.sub(b" ", body[:_SAMPLE_BYTES])
    guessed = chardet.detect(sample)["encoding"] or ""
    return _try(body, guessed) or body.decode(_ALIASES.get(guessed.lower(), "windows-1252"), "replace")
