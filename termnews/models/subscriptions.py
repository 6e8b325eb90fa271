"""Subscriptions: what the user follows, and with what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed as the user wrote it under `[[feeds]]`."""

    url: str
    """http, https or file address; the identity of the feed."""
    name: str = ""
    """The name the user gave it; empty: use the feed's own title."""
    folder: str = ""
    """The folder it stands in; empty: none."""
    region: str = ""
    """Region code of the publisher (M49, ISO 3166-1 or 3166-2); empty: not declared."""
    refresh_minutes: int | None = None
    """Interval for this feed; None: the general one."""
    full_text: bool = False
    """Whether the page behind each teaser is fetched as well."""
    paused: bool = False
    """Whether refresh leaves the feed alone."""
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Extra request headers."""
    username: str = ""
    """User name for HTTP basic authentication."""
    password_command: str = ""
    """Command whose first line of output is the password."""
    proxy: str = ""
    """Proxy address for this feed; empty: the general one."""
    user_agent: str = ""
    """User-Agent for this feed; empty: termnews's own."""
    mute: tuple[str, ...] = ()
    """Words that name no place in this feed."""
    pin: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Words → code of the region they name in this feed."""
