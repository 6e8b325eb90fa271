"""The configuration as a record: what the user wrote, checked, with the defaults filled in.

It must never read a file or name a default; `OPTIONS` does that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termnews.models import Subscription
    from termnews.programs import Program


@dataclass(frozen=True, slots=True)
class OwnTheme:
    """A theme of the user's, from a file in the folder `themes`."""

    name: str
    """Its name, that of the file."""
    base: str
    """The theme that ships from which all other colours come."""
    colours: Mapping[str, str]
    """Role → colour as #rrggbb, for the roles the file names."""


@dataclass(frozen=True, slots=True)
class Theme:
    """How the screen looks, from `[theme]`."""

    name: str
    """Name of the theme, even of one that is not there; empty: dark or light, as the terminal says it is."""
    glyphs: str
    """plain, or ascii for marks every font has."""
    accessible: bool
    """Whether the screen is for readers who listen to it, feel it or see little of it at a time."""
    own: tuple[OwnTheme, ...] = ()
    """The user's themes, by name."""


@dataclass(frozen=True, slots=True)
class OpenWith:
    """How links are opened, from `[open]`."""

    browser: tuple[str, ...]
    """Command and arguments, one of them with `{url}` in it; empty: the system's browser."""


@dataclass(frozen=True, slots=True)
class Download:
    """How full texts are fetched and kept, from `[download]`."""

    budget_mb: int
    """Megabytes all full texts may take in the cache."""
    folders: tuple[str, ...]
    """Folders whose feeds are as if each had full_text."""
    query: str
    """Search line of what is fetched where nothing else is asked for."""
    pictures: bool
    """Whether the pictures of these articles are fetched too."""


@dataclass(frozen=True, slots=True)
class Images:
    """How pictures of articles are shown and kept, from `[images]`."""

    show: str
    """auto: as the terminal can; sixel: by Sixel in any case; blocks: by half blocks; off: not at all."""
    rows: int
    """Lines of the screen a picture may take."""
    budget_mb: int
    """Megabytes all pictures may take on disk."""


@dataclass(frozen=True, slots=True)
class Regions:
    """What the user said of words that name places, from `[regions]`; a feed may say otherwise."""

    mute: tuple[str, ...]
    """Words that name no place, as written."""
    pin: Mapping[str, str]
    """Words, as written → code of the region they name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything termnews.toml says, and where things live."""

    path: Path
    """The configuration file, absolute; it need not exist."""
    profile: str
    """Name of the profile; empty: the general one."""
    data_dir: Path
    """Folder of the cache, absolute; it need not exist."""
    refresh_minutes: int
    """Minutes between two fetches of a feed; 0: always due."""
    min_interval_minutes: int
    """Minutes a feed is left alone at least; 0: none."""
    concurrency: int
    """Feeds fetched at the same time."""
    per_host: int
    """Of these, how many from one host."""
    timeout_seconds: float
    """Seconds a server may stay silent."""
    max_body_mb: int
    """Megabytes a feed may have."""
    user_agent_contact: str
    """Address in the User-Agent; may be empty."""
    allow_private_addresses: bool
    """Whether a redirect may lead from a public to a private address."""
    proxy: str
    """Proxy address; empty: as the environment says."""
    language: str
    """Language of region names; empty: as the locale. Without effect yet."""
    notify: str
    """How the user is told of what a rule found: bell, osc9, desktop or off."""
    keep_days: int
    """Days read articles are kept; 0: for ever."""
    keep_articles: int
    """Articles kept of each feed, the newest; 0: all."""
    feeds: tuple[Subscription, ...]
    """Subscriptions in the order of the file; no address twice."""
    views: Mapping[str, str]
    """Saved searches: name → search line, in the order of the file."""
    preset: str
    """The set of keys to start from, one of `keys.PRESETS`."""
    keys: Mapping[str, tuple[str, ...]]
    """Command → its keys; no keys: the command has none."""
    theme: Theme
    """How the screen looks."""
    regions: Regions
    """Words that name no place, and words that name a certain one."""
    rules: Mapping[str, tuple[str, ...]]
    """Search line → what is done with articles that match it as they come in, in the order of the file."""
    download: Download
    """How full texts are fetched and kept."""
    images: Images
    """How pictures are shown and kept."""
    open: OpenWith
    """How links are opened."""
    commands: Mapping[str, Program]
    """Name → a command of the user's that gets an article, in the order of the file."""
    problems: tuple[str, ...]
    """What could not be understood, one sentence each with file, line, key and remedy."""
    notes: tuple[str, ...]
    """What was understood but has no effect in this version, one sentence each."""

    @property
    def store_path(self) -> Path:
        """The database of the cache."""
        return self.data_dir / "termnews.db"

    @property
    def log_path(self) -> Path:
        """The log of refreshes and errors."""
        return self.data_dir / "termnews.log"
