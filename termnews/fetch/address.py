"""What an address is: a file, public or private, the same place as another; and how to show it.

It must never fetch. The one thing it asks the outside is the resolver, to learn where a name
leads before anyone is sent there.
"""

from __future__ import annotations

import asyncio
import re
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from termnews.errors import FetchError
from termnews.hosts import COMMANDS
from termnews.sanitize import clean_line, honest_url, screen_text

if TYPE_CHECKING:
    import httpx

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_HOLDS_IPV4 = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""RFC 6052 (NAT64) and RFC 4291 (IPv4-compatible): the last 32 bits are an IPv4 address."""
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
"""RFC 8215: leads where the local network says."""
_LONGEST_SHOWN = 300
_PORTS = {"http": 80, "https": 443}

Place = tuple[str, int]
"""Host and port."""


def shown(url: str) -> str:
    """Return the address as a message may show it: one line, no credentials, not endless."""
    plain = screen_text(honest_url(url))
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[:_LONGEST_SHOWN]}…"


def file_path(url: str) -> str | None:
    """Return the path when the address is a file on this machine (`file:` or a plain path), else None.

    Raises:
        FetchError: the scheme is neither of a file nor of the web, or the file is on another host.
    """
    if url.startswith(COMMANDS):
        raise FetchError(f"{shown(url)} is a command, which termnews never runs; give the feed an address")
    if url[:5].lower() == "file:":
        parts = urlsplit(url)
        if parts.netloc.lower() not in ("", "localhost"):
            raise FetchError(f"{shown(url)} is a file on another machine; write file:///PATH")
        return unquote(parts.path)
    scheme = _SCHEME.match(url)
    if scheme is None:
        return url
    if scheme[1].lower() not in _PORTS:
        raise FetchError(f"{shown(url)} cannot be fetched; use http://, https:// or a file")
    return None


def parse(text: str, base: httpx.URL | None = None) -> httpx.URL:
    """Return a web address in parts; relative ones are joined to the base.

    Raises:
        FetchError: it is no http or https address that names a host.
    """
    import httpx

    try:
        url = httpx.URL(clean_line(text)) if base is None else base.join(clean_line(text))
        if url.scheme in _PORTS and url.host and 0 < place(url)[1] < 65_536:
            return url
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{shown(text)} is not a web address; mend it") from error
    raise FetchError(f"{shown(text)} is not a web address; mend it")


def host(url: httpx.URL) -> str:
    """Return the host as it is looked up: lower case, international names in their ASCII form."""
    return url.raw_host.decode("ascii").rstrip(".")


def place(url: httpx.URL) -> Place:
    """Return the host and port an address is served from; the default port is spelled out."""
    return host(url), _PORTS[url.scheme] if url.port is None else url.port


def same_place(origin: httpx.URL, url: httpx.URL) -> bool:
    """Return whether what is meant for one address may go to another: same host and port, or its TLS twin."""
    if origin.scheme == url.scheme:
        return place(origin) == place(url)
    upgraded = (origin.scheme, place(origin)[1], place(url)[1]) == ("http", 80, 443)
    return upgraded and host(origin) == host(url)


def is_private_ip(text: str) -> bool:
    """Return whether an IP address is not one of the public internet; what is no address is not."""
    try:
        address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        if address.is_site_local or address.is_loopback or address in _LOCAL_NAT64:
            return True
        inner = address.ipv4_mapped or address.sixtofour
        holds = any(address in network for network in _HOLDS_IPV4)
        address = IPv4Address(int(address) & 0xFFFF_FFFF) if holds else inner or address
    return address.is_multicast or not address.is_global


def is_loopback(name: str) -> bool:
    """Return whether a host, as written, is this machine."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


async def leads_inside(name: str, *, proxied: bool) -> bool:
    """Return whether a host leads to a private address; a name nobody knows leads nowhere.

    Every address of the name counts: one private among them is enough. Behind a proxy the
    names are the proxy's matter and no resolver is asked; numbers are still looked at.
    """
    if is_loopback(name):
        return True
    flags = socket.AI_NUMERICHOST if proxied else 0
    try:
        found = await asyncio.get_running_loop().getaddrinfo(name, None, type=socket.SOCK_STREAM, flags=flags)
    except (OSError, UnicodeError):
        return False
    return any(is_private_ip(str(address[4][0])) for address in found)
