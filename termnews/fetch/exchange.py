"""One HTTP request and its answer: the only module that holds httpx transports.

It must never follow a redirect, keep a cookie, or read a body past its cap. Transports are built
at the first request: the TLS store costs tens of milliseconds nobody should pay at start. Each host
has its own: one for all looks at every open connection for every request (0.8 ms at 50 of them).
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import sys
from contextlib import aclosing
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, cast
from urllib.request import getproxies, proxy_bypass

from termnews.errors import FetchError
from termnews.fetch.address import Place, host, is_loopback, is_private_ip, place, shown
from termnews.fetch.answer import Answer
from termnews.fetch.body import BodyError, read_body, size_words
from termnews.fetch.failures import explain, private_refused
from termnews.fetch.request import Headers

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import httpx

_WITH_BODY = (200, 203)
_UNCHANGED = 304
_LISTS = ("cache-control", "content-encoding")
"""Headers whose repetitions add up (RFC 9110 §5.3); of any other the first counts."""
_KEEP_ALIVE_SECONDS = 5
_MOST_IDLE: Final = 100
"""Hosts with nothing to ask whose connections are kept; a process may have 1,024 files open."""
_PROXY_SCHEMES = ("http://", "https://", "socks5://", "socks5h://")

_Key = tuple[str, str, Place]
"""Proxy, scheme, and place."""


@dataclass(slots=True)
class _Carrier:
    """What carries the requests to one host."""

    transport: httpx.AsyncBaseTransport
    """The connections."""
    busy: int = 0
    """Requests under way."""


class Exchange:
    """HTTP transports, one for each host and proxy in use.

    Args:
        timeout_seconds: for connecting, and for each wait for bytes.
        max_body_bytes: cap on a body, packed and unpacked.
        proxy: address of the general proxy; empty: as the environment says.
        transport: what carries the requests instead of the network (tests).
    """

    def __init__(
        self,
        timeout_seconds: float,
        max_body_bytes: int,
        proxy: str,
        transport: httpx.AsyncBaseTransport | None,
    ) -> None:
        self._timeout = timeout_seconds
        self._limit = max_body_bytes
        self._proxy = proxy
        self._transport = transport
        self._timeouts = {"connect": timeout_seconds, "read": timeout_seconds, "write": timeout_seconds}
        self._carriers: dict[_Key, _Carrier] = {}
        self._idle: dict[_Key, float] = {}  # those with nothing under way, and since when, oldest first

    async def aclose(self) -> None:
        """Close every connection."""
        for carrier in self._carriers.values():
            await carrier.transport.aclose()
        self._carriers.clear()
        self._idle.clear()

    def proxy_for(self, url: httpx.URL, own: str) -> str:
        """Return the proxy for an address: the feed's own, the general one, the environment's; or "".

        A proxy of the environment (`https_proxy`, `no_proxy` …) is not used for this machine itself.
        """
        if own or self._proxy:
            return own or self._proxy
        proxies = self._proxies
        if not proxies or is_loopback(host(url)) or proxy_bypass(host(url)):
            return ""
        return proxies.get(url.scheme) or proxies.get("all") or ""

    def prepare(self, url: httpx.URL, proxy: str) -> None:
        """Build what carries requests to an address, which takes time that would make up for its spacing.

        Raises:
            FetchError: the proxy cannot be used.
        """
        self._carrier((proxy, url.scheme, place(url)))

    async def ask(self, url: httpx.URL, headers: Headers, *, proxy: str, public_only: bool) -> Answer:
        """Send one GET and return the answer.

        Args:
            url: without user name, password and fragment.
            headers: all headers but Host and Connection.
            proxy: address of the proxy; empty: none.
            public_only: whether an answer that comes from a private address is refused unread. It catches
                a name that led to a public address when it was looked up and to a private one when it
                was connected to.

        Raises:
            FetchError: no answer, or none that can be taken.
        """
        import httpx

        key = proxy, url.scheme, place(url)
        carrier = self._carrier(key)
        carrier.busy += 1
        self._idle.pop(key, None)
        try:
            await self._close_idle()
            request = httpx.Request(
                "GET",
                url,
                headers={**headers, b"connection": b"keep-alive"},
                extensions={"timeout": self._timeouts},
            )
            response = await carrier.transport.handle_async_request(request)
            response.request = request
            try:
                if public_only and not proxy and is_private_ip(_peer(response)):
                    raise private_refused(str(url))
                return await self._read(response)
            finally:
                await response.aclose()
        except BodyError as error:
            raise FetchError(f"{shown(str(url))} {error}", http=response.status_code) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise explain(error, str(url), self._timeout) from error
        finally:
            carrier.busy -= 1
            if not carrier.busy:
                self._idle[key] = asyncio.get_running_loop().time()

    async def _read(self, response: httpx.Response) -> Answer:
        headers: dict[str, str] = {}
        for raw_name, raw_value in response.headers.raw:
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
            if name in _LISTS and name in headers:
                headers[name] += f", {value}"
            headers.setdefault(name, value)
        if response.status_code == _UNCHANGED:
            async for _ in response.aiter_raw():  # it has no body, and its connection can be used again
                pass
        if response.status_code not in _WITH_BODY:
            return Answer(response.status_code, headers)
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length[:18]) > self._limit:
            raise BodyError(
                f"is larger than {size_words(self._limit)}; raise max_body_mb if it is a feed you trust"
            )
        async with aclosing(cast("AsyncGenerator[bytes, None]", response.aiter_raw())) as chunks:
            body = await read_body(chunks, headers.get("content-encoding", ""), self._limit)
        return Answer(response.status_code, headers, body)

    async def _close_idle(self) -> None:
        """Close the connections of hosts that were asked nothing for a while."""
        now = asyncio.get_running_loop().time()
        for key, since in [*self._idle.items()]:
            if now - since < _KEEP_ALIVE_SECONDS and len(self._idle) <= _MOST_IDLE:
                break
            # It leaves both lists before anything is waited for: who asks this host meanwhile builds another.
            if self._idle.pop(key, None) is not None:
                await self._carriers.pop(key).transport.aclose()

    def _carrier(self, key: _Key) -> _Carrier:
        carrier = self._carriers.get(key)
        if carrier is None:
            proxy, scheme, _ = key
            carrier = self._carriers[key] = _Carrier(self._build(proxy, scheme == "https"))
        return carrier

    def _build(self, proxy: str, secure: bool) -> httpx.AsyncBaseTransport:
        import httpx

        # Both log every address at INFO, and an address may hold a key.
        for logger in ("httpx", "httpcore"):
            logging.getLogger(logger).setLevel(logging.WARNING)
        if proxy and not proxy.lower().startswith(_PROXY_SCHEMES):
            raise FetchError(f"the proxy {shown(proxy)} cannot be used; write http://HOST:PORT")
        if self._transport is not None and not proxy:
            return self._transport
        try:
            return httpx.AsyncHTTPTransport(
                limits=httpx.Limits(max_connections=None, keepalive_expiry=_KEEP_ALIVE_SECONDS),
                proxy=proxy or None,
                trust_env=False,
                verify=self._tls if secure or proxy.lower().startswith("https:") else self._no_tls,
            )
        except (ImportError, ValueError, httpx.InvalidURL) as error:
            raise FetchError(f"the proxy {shown(proxy)} cannot be used; write http://HOST:PORT") from error

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return tls_context()

    @cached_property
    def _no_tls(self) -> ssl.SSLContext:
        """A context that trusts nobody, for what is asked without TLS: it costs no reading of the store."""
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    @cached_property
    def _proxies(self) -> dict[str, str]:
        """The proxies of the environment; reading them takes a tenth of a request."""
        return getproxies()


def tls_context() -> ssl.SSLContext:
    """Return a context that trusts what the system trusts.

    truststore reads the store anew for every connection: 20 ms of CPU each where OpenSSL keeps
    one file (measured). There OpenSSL's own context trusts the same and reads it once.
    """
    if sys.platform == "linux" and ssl.get_default_verify_paths().cafile:
        return ssl.create_default_context()
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _peer(response: httpx.Response) -> str:
    stream = response.extensions.get("network_stream")
    address = stream.get_extra_info("server_addr") if stream is not None else None
    return str(address[0]) if address else ""
