"""What went wrong on the way to an address, as one sentence: what failed, on what, what to do.

It must never repeat a password, a request header, or text of the server that was not made safe.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from http import HTTPStatus

from termnews.errors import FetchError
from termnews.fetch.address import shown
from termnews.sanitize import screen_text

_LATER = "it is tried again later"
_CHECK = "check the address"
_OFFLINE = {errno.ENETUNREACH, errno.ENETDOWN}
_REMEDIES = {
    401: "set username and password_command for this feed",
    403: "its server turns readers away; ask its publisher",
    404: "check the address or remove the feed",
    407: "put user name and password into the proxy's address",
    410: "its publisher took it down for good; remove the feed",
    429: f"it was asked too often; {_LATER}",
}


def refused_status(url: str, status: int, retry_after: int | None) -> FetchError:
    """Return the error for an HTTP status that brings no document."""
    try:
        phrase = f" ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        phrase = ""
    remedy = _REMEDIES.get(status) or (_LATER if status >= 500 else _CHECK)
    return FetchError(
        f"{shown(url)} answered {status}{phrase}; {remedy}", http=status, retry_after=retry_after
    )


def private_refused(url: str) -> FetchError:
    """Return the error for a redirect or a link from the public internet into a private network."""
    return FetchError(
        f"a link or redirect led from a public address to the private {shown(url)}; "
        "set allow_private_addresses if that is meant"
    )


def explain(error: Exception, url: str, timeout: float) -> FetchError:
    """Return our error for one of httpx's or the system's.

    Args:
        error: what was raised.
        url: the address that was asked.
        timeout: seconds a connection or a read may wait.
    """
    import httpx

    where = shown(url)
    match error:
        case httpx.ConnectTimeout():
            return FetchError(f"{where} could not be reached within {timeout:g} s; {_LATER}", lost=True)
        case httpx.TimeoutException():
            return FetchError(f"{where} said nothing for {timeout:g} s; {_LATER}", lost=True)
        case httpx.ProxyError():
            return FetchError(f"the proxy did not lead to {where}; check the proxy setting")
        case httpx.LocalProtocolError():
            return FetchError(f"{where} cannot be asked like this; check the headers of this feed")
        case httpx.RemoteProtocolError():
            return FetchError(f"{where} {_broken(str(error))}; {_LATER}", lost=True)
        case httpx.ConnectError():
            return _unreachable(error, where)
        case httpx.NetworkError() | OSError():
            return FetchError(f"{where} broke the connection off; {_LATER}", lost=True)
        case _:
            return FetchError(f"{where} is not an address that can be asked; {_CHECK}")


def _broken(detail: str) -> str:
    if "without sending a response" in detail:
        return "closed the connection without an answer"
    if "incomplete" in detail or "complete message body" in detail:
        return "broke off half way through its answer"
    return "did not answer in HTTP"


def _unreachable(error: Exception, where: str) -> FetchError:
    causes = list(_causes(error))
    for cause in causes:
        match cause:
            case ssl.SSLCertVerificationError():
                why = screen_text(cause.verify_message or "it is not valid")
                # Where one has to log in to the network first, all sites show its certificate.
                return FetchError(
                    f"the certificate of {where} cannot be trusted ({why}); check the address or the clock",
                    lost=True,
                )
            case ssl.SSLError():
                return FetchError(
                    f"{where} could not agree on encryption; {_CHECK}, https may not be served there",
                    lost=True,
                )
            case socket.gaierror(errno=socket.EAI_AGAIN):
                return FetchError(f"no network: {where} cannot be looked up; {_LATER}", offline=True)
            case socket.gaierror():
                return FetchError(f"the host of {where} is not known; {_CHECK}", lost=True)
            case ConnectionRefusedError():
                return FetchError(f"{where} refused the connection; {_CHECK}, or {_LATER}", lost=True)
            case OSError(errno=number) if number in _OFFLINE:
                return FetchError(f"no network: {where} cannot be reached; {_LATER}", offline=True)
    return FetchError(f"{where} could not be reached; {_LATER}", lost=True)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error, what it came from, and the members of groups among them."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for member in error.exceptions:
                yield from _causes(member)
        error = error.__cause__ or error.__context__
