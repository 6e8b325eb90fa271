"""Languages, directions and addresses as XHTML and the package document may hold them.

It must never let an address through that a browser would not take as it is. (Characters that XML 1.0 forbids
are among those `sanitize` takes out.)
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv4Address, IPv6Address
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from termnews.sanitize import clean_line, honest_url

UNDETERMINED: Final = "und"
"""BCP 47 tag of a language nobody knows."""
# RFC 5646 without extlangs, extensions and private use, which feeds do not need and some readers refuse.
_TAG: Final = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z\d]{5,8}|\d[a-z\d]{3}))*", re.I)
_LABEL: Final = r"[a-z\d_]([a-z\d_-]*[a-z\d_])?"
_HOST: Final = re.compile(rf"{_LABEL}(\.{_LABEL})*\.?", re.I)
_STRAY: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PATH: Final = "/:@!$&'()*+,;=-._~%"
_LOOKED_AT: Final = 1_000  # characters; enough to know the direction of a text
_RTL: Final = frozenset(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])


def named(text: str, otherwise: str) -> str:
    """Return the text on one line; `otherwise` where it holds nothing that is seen."""
    line = clean_line(text)
    seen = any(unicodedata.category(char)[0] not in "CMZ" for char in line)
    return line if seen else otherwise


def language(tag: str) -> str:
    """Return the tag where it is well formed (RFC 5646), else its language alone; empty when it has none."""
    tag = tag.strip().replace("_", "-")
    if _TAG.fullmatch(tag):
        return "" if tag.lower() == UNDETERMINED else tag
    first = tag.partition("-")[0]
    return first.lower() if _TAG.fullmatch(first) else ""


def right_to_left(words: str, tag: str = "") -> bool:
    """Return whether most letters of the text run from right to left; without letters the language tells."""
    balance = 0
    for char in words[:_LOOKED_AT]:
        kind = unicodedata.bidirectional(char)
        balance += (kind in ("R", "AL")) - (kind == "L")
    return balance > 0 or (balance == 0 and tag.partition("-")[0].lower() in _RTL)


def href(url: str) -> str:
    """Return an address of the web or of mail in ASCII, its parts escaped; empty for any other.

    It leads where `sanitize.honest_url` says it does: no credentials.
    """
    url = honest_url(url)
    scheme, _, rest = url.partition(":")
    if scheme.lower() == "mailto":
        escaped = quote(_STRAY.sub("%25", rest), safe=_PATH.replace("/", "") + "?")
        return f"mailto:{escaped}" if "@" in rest else ""
    try:
        parts = urlsplit(url)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    path, query, anchor = (
        quote(_STRAY.sub("%25", part), safe=safe)
        for part, safe in ((parts.path, _PATH), (parts.query, _PATH + "?"), (parts.fragment, _PATH + "?"))
    )
    return urlunsplit((parts.scheme, host if port is None else f"{host}:{port}", path, query, anchor))


def _host(name: str) -> str:
    """Return a host in ASCII, an address of IPv6 in its brackets; empty for what no browser would ask.

    Raises:
        ValueError: it is no host name or address.
    """
    if ":" in name:
        return f"[{IPv6Address(name)}]"
    host = name.encode("idna").decode("ascii")
    if re.search(r"(^|\.)xn--", host):
        host.encode("ascii").decode("idna")  # raises where the punycode stands for nothing
    if re.search(r"(^|\.)(\d+|0x[\da-f]*)\.?$", host, re.I):  # an address, by the URL standard
        return str(IPv4Address(host))
    return host if _HOST.fullmatch(host) else ""
