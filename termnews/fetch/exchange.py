"""One HTTP request and its answer: the only module that holds an httpx client.

It must never follow a redirect, keep a cookie, or read a body past its cap. Clients are built
at the first request: the TLS store costs tens of milliseconds nobody should pay at start.
"""

from __future__ import annotations

import logging
import ssl
import sys
from contextlib import aclosing
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, cast
from urllib.request import getproxies, proxy_bypass

from termnews.errors import FetchError
from termnews.fetch.address import host, is_loopback, is_private_ip, shown
from termnews.fetch.answer import Answer
from termnews.fetch.body import BodyError, read_body, size_words
from termnews.fetch.failures import explain, private_refused
from termnews.fetch.request import Headers

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import httpx

_WITH_BODY = (200, 203)
_LISTS = ("cache-control", "content-encoding")
"""Headers whose repetitions add up (RFC 9110 §5.3); of any other the first counts."""
_KEEP_ALIVE_SECONDS = 5
_PROXY_SCHEMES = ("http://", "https://", "socks5://", "socks5h://")


class Exchange:
    """HTTP clients, one for each proxy in use, with TLS and without.

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
        self._tls: ssl.SSLContext | None = None
        self._clients: dict[tuple[str, bool], httpx.AsyncClient] = {}

    async def aclose(self) -> None:
        """Close every connection."""
        for client in self._clients.values():
            await client.aclose()
        self._clients.clear()

    def proxy_for(self, url: httpx.URL, own: str) -> str:
        """Return the proxy for an address: the feed's own, the general one, the environment's; or "".

        A proxy of the environment (`https_proxy`, `no_proxy` …) is not used for this machine itself.
        """
        if own or self._proxy:
            return own or self._proxy
        proxies = getproxies()
        if not proxies or is_loopback(host(url)) or proxy_bypass(host(url)):
            return ""
        return proxies.get(url.scheme) or proxies.get("all") or ""

    def prepare(self, url: httpx.URL, proxy: str) -> None:
        """Build the client for an address, which takes time that would make up for what keeps requests apart.

        Raises:
            FetchError: the proxy cannot be used.
        """
        self._client(url, proxy)

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

        client = self._client(url, proxy)
        try:
            response = await client.send(client.build_request("GET", url, headers=dict(headers)), stream=True)
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

    async def _read(self, response: httpx.Response) -> Answer:
        headers: dict[str, str] = {}
        for raw_name, raw_value in response.headers.raw:
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
            if name in _LISTS and name in headers:
                headers[name] += f", {value}"
            headers.setdefault(name, value)
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

    def _client(self, url: httpx.URL, proxy: str) -> httpx.AsyncClient:
        secure = url.scheme == "https" or proxy.lower().startswith("https:")
        client = self._clients.get((proxy, secure))
        if client is None:
            client = self._clients[proxy, secure] = self._build(proxy, secure)
        return client

    def _build(self, proxy: str, secure: bool) -> httpx.AsyncClient:
        import httpx

        # Both log every address at INFO, and an address may hold a key.
        for logger in ("httpx", "httpcore"):
            logging.getLogger(logger).setLevel(logging.WARNING)
        if proxy and not proxy.lower().startswith(_PROXY_SCHEMES):
            raise FetchError(f"the proxy {shown(proxy)} cannot be used; write http://HOST:PORT")
        # A context that trusts nobody does for what is asked without TLS: it costs no reading of the store.
        tls = self._context() if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            return httpx.AsyncClient(
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                follow_redirects=False,
                limits=httpx.Limits(max_connections=None, keepalive_expiry=_KEEP_ALIVE_SECONDS),
                proxy=proxy or None,
                timeout=httpx.Timeout(self._timeout, pool=None),
                transport=self._transport,
                trust_env=False,
                verify=tls,
            )
        except (ImportError, ValueError, httpx.InvalidURL) as error:
            raise FetchError(f"the proxy {shown(proxy)} cannot be used; write http://HOST:PORT") from error

    def _context(self) -> ssl.SSLContext:
        self._tls = self._tls or tls_context()
        return self._tls


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
