"""What the elements of feeds are called: expat's name, a namespace and a word, → one short name.

Short names are feedparser's, as both readers must mean the same: the usual prefix of the namespace, an
underscore, the word in lower case. Elements of RSS and of Atom have no prefix.
"""

from __future__ import annotations

import re
from typing import Final


class Unsure(Exception):
    """The document holds something the fast lane does not know for certain."""


NAMESPACES: Final = {
    "http://purl.org/rss/1.0/": "",
    "http://www.w3.org/2005/atom": "",
    "http://webns.net/mvcb/": "admin",
    "http://creativecommons.org/ns#license": "cc",
    "http://web.resource.org/cc/": "cc",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
    "http://backend.userland.com/creativecommonsrssmodule": "creativecommons",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.georss.org/georss": "georss",
    "http://www.opengis.net/gml": "gml",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://podlove.org/simple-chapters": "psc",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/rss/1.0/modules/threading/": "thr",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/xml/1998/namespace": "xml",
}
"""Namespaces in lower case → usual prefix; every one whose elements mean something to feedparser."""

DOUBTFUL: Final = frozenset(
    {
        "http://blogs.law.harvard.edu/tech/rss",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://example.com/newformat#",
        "http://example.com/necho",
        "http://purl.org/echo/",
        "uri/of/echo/namespace#",
        "http://purl.org/pie/",
        "http://purl.org/atom/ns#",
        "http://purl.org/rss/1.0/modules/rss091#",
        "http://www.w3.org/1999/xlink",
    }
)
"""Old drafts of RSS and Atom that feedparser takes for the real ones, and one that changes attributes."""

_USUAL = """
admin ag annotate audio blogChannel cc co content cp creativeCommons dc dcterms email ev feedburner
fm foaf geo georss gml icbm image itunes l media pingback prism psc rdf rdfs ref reqv search slash
soap ss str sub sy szf taxo thr ti trackback wfw wiki xhtml xlink xml
"""
_PREFIXES: Final = frozenset(_USUAL.split())
"""Prefixes feedparser gives to namespaces; one that is bound to another of them misleads it."""
_MEANT = """
about base domain filesize href ispermalink label lang lastmod length mode rel resource scheme src
term text type uri url version
"""
_READ_ATTRIBUTES: Final = frozenset(_MEANT.split())
"""Attributes that mean something; feedparser takes those of a namespace unknown to it for them."""

_RSS10: Final = "http://purl.org/rss/1.0/"
_ATOM: Final = "http://www.w3.org/2005/atom"
_SPACE: Final = re.compile(r"\s")


class Names:
    """The namespaces a document declares, in the order of their declarations."""

    def __init__(self) -> None:
        """Start with none declared."""
        self.version = ""
        """What the first telling declaration says of the format: rss10, atom10; else empty."""
        self._declared: dict[str | None, str] = {}
        self._prefixes: dict[str, str] = {}

    def declare(self, prefix: str | None, uri: str | None) -> None:
        """Note a declaration.

        Raises:
            Unsure: it may change what elements are called.
        """
        if not uri:
            return
        lower = uri.lower()
        usual = NAMESPACES.get(lower)
        if lower in DOUBTFUL or "backend.userland.com/rss" in lower or _SPACE.search(uri):
            raise Unsure(uri)
        if self._declared.setdefault(prefix, uri) != uri:
            raise Unsure(uri)
        if prefix is None and usual != "":
            raise Unsure(uri)
        if prefix in _PREFIXES and usual is not None and usual != prefix.lower():
            raise Unsure(uri)
        if prefix and usual is None:
            if prefix != prefix.lower():
                raise Unsure(uri)
            self._prefixes.setdefault(uri, prefix)
        if not self.version:
            self.version = {_RSS10: "rss10", _ATOM: "atom10"}.get(lower, "")

    def short(self, raw: str) -> str:
        """Return the short name of an element.

        Args:
            raw: as expat gives it: the namespace, a space and the word, or the word alone.

        Raises:
            Unsure: its namespace was not declared by a prefix.
        """
        uri, _, word = raw.rpartition(" ")
        prefix = NAMESPACES.get(uri.lower()) if uri else ""
        if prefix is None:
            prefix = self._prefixes.get(uri)
            if prefix is None:
                raise Unsure(uri)
        return f"{prefix}_{word}".lower() if prefix else word.lower()


def named(raw: dict[str, str]) -> dict[str, str]:
    """Return attributes by name in lower case, those with a namespace as prefix:word.

    Raises:
        Unsure: one moves the base address, or feedparser takes it for another.
    """
    attributes: dict[str, str] = {}
    for key, value in raw.items():
        uri, _, word = key.rpartition(" ")
        name = word.lower()
        if name == "base":
            raise Unsure(key)
        if uri:
            prefix = NAMESPACES.get(uri.lower())
            if prefix:
                name = f"{prefix}:{name}"
            elif name in _READ_ATTRIBUTES:
                raise Unsure(key)
        attributes[name] = value.lower() if name in ("rel", "type") else value
    return attributes
