"""Small work on markup that parsing needs: titles without tags, bodies without traps.

All of it is linear in the text; turning a body into words to read is `render`, never here.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from termnews.hosts import is_host
from termnews.sanitize import clean_line, clean_text, clean_url, honest_url

WEB = frozenset({"http", "https"})
"""Schemes a browser opens."""
SHOWN = WEB | {"mailto", "ftp", "gemini", "magnet"}
"""Schemes the link of an article and an enclosure may have; those beyond the web are shown and copied."""

_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>[^<]*</\1\s*>", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:br|p|div|li|h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--[^<>]*-->")
_INLINE = re.compile(r"<(?:br|b|i|em|strong|span|a|p|font|img|u|sup|sub)\b[^<>]*/?>", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(?:[xX][0-9a-fA-F]{1,8}|[0-9]{1,9});?")
_C1_REFERENCE = re.compile(r"&#(?:0*1[2-5][0-9]|[xX]0*[89][0-9a-fA-F])(?![0-9a-fA-F])")
_DATA_URL = re.compile(r"data:image/[\w.+-]{1,40};base64,[A-Za-z0-9+/=]+", re.IGNORECASE)
_PLAIN_URL = re.compile(
    r"(https?)://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?:/[\w/.~%+,=:&-]*)?(?:\?[\w/.~%+,=:&-]+)?", re.ASCII
)
"""Addresses that come out of joining and of every check as they are."""
_LANG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,4}")

_MAX_URL = 4_000
"""Characters of an address; servers refuse longer ones (8 KB of request line, RFC 9110 4.1)."""
_MAX_INLINE = 20_000
"""Characters of markup read for one line of text, before the line's own bound."""


def inline_text(markup: str) -> str:
    """Return markup as one line of text: tags dropped, references decoded exactly once."""
    markup = _HIDDEN.sub("", markup[:_MAX_INLINE])
    return clean_line(html.unescape(_TAG.sub("", _BREAK.sub(" ", markup))))


def has_inline_markup(text: str) -> bool:
    """Whether text that claims to be plain holds tags a headline may carry."""
    return _INLINE.search(text[:_MAX_INLINE]) is not None


def body_html(markup: str) -> str:
    """Return a body safe to keep as HTML: no controls, raw or as references, no packed pictures.

    A picture packed into an address can weigh megabytes and shows nothing on a terminal.
    """
    markup = clean_text(markup)
    if "64," in markup:  # a search without regard to case costs more than all else here
        markup = _DATA_URL.sub("", markup)
    return (_REFERENCE.sub(_safe_reference, markup) if "&#" in markup else markup).strip()


def _safe_reference(found: re.Match[str]) -> str:
    """Return what is kept of a character reference."""
    return _safe(found[0])


@lru_cache(maxsize=512)
def _safe(reference: str) -> str:
    """Keep a character reference unless it stands for a character the gate removes.

    References to C1 controls mean windows-1252 characters (HTML, 13.2.5.80); these are put in
    themselves, since not every reader of HTML knows that.
    """
    character = html.unescape(reference)
    if not clean_text(character):
        return ""
    return character if _C1_REFERENCE.match(reference) else reference


def escape_plain(text: str) -> str:
    """Return plain text as HTML that reads the same: blank lines part paragraphs."""
    paragraphs = [part.strip() for part in clean_text(text).split("\n\n")]
    return "".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs if part)


def absolute_url(url: str, base: str, schemes: frozenset[str] = WEB) -> str:
    """Return an address made absolute and cleaned; empty when no scheme of `schemes` comes out.

    User names and passwords are left out, as a feed has no business to log its reader in; a host that
    looks like another one is written in punycode.
    """
    url = clean_url(url)
    if not url or len(url) > _MAX_URL:
        return ""
    if (found := _PLAIN_URL.fullmatch(url)) and found[1] in schemes and _is_base(base):
        return url  # nothing to join, to check or to mend, which is so for nearly all addresses
    try:
        joined = clean_url(urljoin(base, url))
        parts = urlsplit(joined)
    except ValueError:  # "http://[::1" is no address
        return ""
    if parts.scheme not in schemes or (parts.scheme in WEB and not is_host(parts.hostname or "")):
        return ""
    return honest_url(joined)


@lru_cache(maxsize=64)
def _is_base(base: str) -> bool:
    """Return whether addresses can be joined to a base at all."""
    try:
        urljoin(base, "x")
    except ValueError:
        return False
    return True


def lang_tag(*candidates: object) -> str:
    """Return the first candidate that looks like a BCP 47 tag, lower case; empty when none does."""
    for candidate in candidates:
        tag = candidate.strip().lower().replace("_", "-") if isinstance(candidate, str) else ""
        if _LANG.fullmatch(tag):
            return tag
    return ""
