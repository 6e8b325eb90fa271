"""Addresses the terminal itself may open (OSC 8): of the web or mail, in letters that steer no terminal.

It must never open one.
"""

from __future__ import annotations

import re
import string
from typing import Final
from urllib.parse import quote

_LONGEST: Final = 2000  # VTE takes no more than 2083 bytes
_HARMLESS: Final = re.compile(rf"(?:https?://|mailto:)[!-~]{{1,{_LONGEST}}}", re.IGNORECASE)
# RFC 3986 lets stand what it gives a meaning; "%" is a byte encoded already.
_AS_THEY_ARE: Final = string.ascii_letters + string.digits + "-._~:/?#[]@!$&'()*+,;=%"


def hyperlink(url: str) -> str:
    """Return the address in printable ASCII, all else percent-encoded; empty when it is of another kind."""
    encoded = quote(url, safe=_AS_THEY_ARE, errors="replace")
    return encoded if is_harmless(encoded) else ""


def is_harmless(link: str) -> bool:
    """Return whether a link may be sent to the terminal as it is."""
    return _HARMLESS.fullmatch(link) is not None
