"""What an address says of the reader is cut off it, and what tells one page from another is kept.

It must never change where an address leads: scheme, host, path and every parameter that is not known to
be there for counting readers stay as they are, in their order. The lists are of what the services
themselves document: click numbers of advertising networks, campaign names of analytics and newsletters.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

_PREFIXES: Final = ("utm_", "mtm_", "hsa_")
"""Campaigns of Google Analytics and all who follow it, Matomo, HubSpot."""
_CLICKS: Final = """
    fbclid gclid gclsrc dclid gbraid wbraid srsltid msclkid yclid ysclid ymclid _openstat twclid ttclid epik
    li_fat_id igshid rb_clickid wickedid s_kwcid ef_id
"""
"""Clicks, as the networks number them: Meta, Google, Microsoft, Yandex, X, TikTok, Pinterest, LinkedIn."""
_LETTERS: Final = """
    mc_cid mc_eid _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok vero_id vero_conv oly_anon_id
    oly_enc_id ml_subscriber ml_subscriber_hash
"""
"""Newsletters: Mailchimp, HubSpot, Marketo, Vero, Olytics, MailerLite."""
_VISITS: Final = """
    _ga _gl at_medium at_campaign xtor
    pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid piwik_campaign piwik_kwd
"""
"""Visits carried from site to site: Google, Piano (once AT Internet), Matomo by its old names."""
_NAMES: Final = frozenset(f"{_CLICKS} {_LETTERS} {_VISITS}".split())
_OF_HOSTS: Final = {
    "bbc.co.uk": ("at_*", "ns_*", "ocid"),
    "bbc.com": ("at_*", "ns_*", "ocid"),
    "lemonde.fr": ("at_*",),
    "france24.com": ("at_*",),
    "rfi.fr": ("at_*",),
    "theguardian.com": ("cmp",),
    "aljazeera.com": ("traffic_source",),
    "aljazeera.net": ("traffic_source",),
    "nytimes.com": ("smid", "smtyp", "partner", "emc"),
    "washingtonpost.com": ("wprss", "wpisrc"),
    "reuters.com": ("feedtype", "feedname", "rpc"),
    "wsj.com": ("mod",),
    "ft.com": ("ftcamp", "segmentid"),
    "bloomberg.com": ("cmpid", "sref"),
    "economist.com": ("fsrc",),
    "npr.org": ("ft", "f"),
    "dw.com": ("maca",),
    "spiegel.de": ("sara_ref", "sara_ecid", "ref"),
    "zeit.de": ("wt_zmc",),
    "faz.net": ("gepc",),
    "cnet.com": ("ftag",),
    "zdnet.com": ("ftag",),
    "yahoo.com": ("guccounter", "guce_*", "ncid", "src"),
    "techcrunch.com": ("guccounter", "guce_*", "ncid"),
    "huffpost.com": ("ncid",),
    "medium.com": ("source",),
    "youtube.com": ("si", "feature"),
    "youtu.be": ("si", "feature"),
    "instagram.com": ("igsh",),
    "twitter.com": ("s", "t", "ref_src", "ref_url"),
    "x.com": ("s", "t", "ref_src", "ref_url"),
    "linkedin.com": ("trk", "trackingid", "refid"),
}
"""What counts readers on one site and may mean something on another: names in lower case, `*` at the end."""
_FRAGMENTS: Final = frozenset({"rss", "ref=rss"})
"""Fragments feeds put behind links; no page has a place of that name."""
_PORTS: Final = {"http": "80", "https": "443"}


def untracked(url: str) -> str:
    """Return the address without parameters that only tell who sent the reader; nothing else changes.

    A fragment goes where it is nothing but such parameters. Addresses that are not of the web stay.
    """
    head, sharp, fragment = url.partition("#")
    base, mark, asked = head.partition("?")
    if not (asked or fragment) or not base[:8].lower().startswith(("http://", "https://")):
        return url
    known = _known(_host(base)[0])
    kept = _without(asked, known)
    if fragment and (fragment.lower() in _FRAGMENTS or not _without(fragment, known)):
        sharp = fragment = ""
    return f"{base}{mark if kept or kept == asked else ''}{kept}{sharp}{fragment}"


def story_key(link: str, site: str = "") -> int | None:
    """Return a number that is the same for all spellings of one page's address, else another one.

    Spellings differ in http and https, www., the usual port, a slash at the end, the fragment and tracking.

    Args:
        link: the address an entry names; may be empty.
        site: the address its feed names for itself; may be empty.

    Returns:
        64 bits, signed; None where the link tells no article from others: none, not of the web, the front
        page of a host, or the feed's own site.
    """
    page = _spelled(link)
    if not page or page == _spelled(site):
        return None
    from hashlib import blake2b  # brings OpenSSL, which a start does without

    digest = blake2b(page.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _spelled(link: str) -> str:
    """Return the one spelling of a page's address; empty for a front page and what is not of the web."""
    base, _, asked = untracked(link).partition("#")[0].partition("?")
    scheme, apart, _ = base.partition("://")
    port = _PORTS.get(scheme.lower())
    if not apart or port is None:
        return ""
    host, path = _host(base)
    host = host.removesuffix(f":{port}").removeprefix("www.")
    path = path.rstrip("/")
    if not host or not (path or asked):
        return ""
    return f"{host}{path}?{asked}"


def _host(base: str) -> tuple[str, str]:
    """Return host in lower case, with its port, and path of an address that has a scheme."""
    host, slash, path = base.partition("://")[2].partition("/")
    return host.rpartition("@")[2].lower(), f"{slash}{path}"


def _known(host: str) -> Collection[str]:
    """Return what counts readers on a host: that of its own site."""
    name = host.partition(":")[0]
    while name:
        if name in _OF_HOSTS:
            return _OF_HOSTS[name]
        name = name.partition(".")[2]
    return ()


def _without(pairs: str, known: Collection[str]) -> str:
    """Return parameters without those that only count readers."""
    return "&".join(each for each in pairs.split("&") if not _counts(each.partition("=")[0].lower(), known))


def _counts(name: str, known: Collection[str]) -> bool:
    if name in _NAMES or name.startswith(_PREFIXES):
        return True
    return any(name.startswith(each[:-1]) if each.endswith("*") else name == each for each in known)
