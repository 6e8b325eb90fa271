"""Subscriptions: the feeds of termnews.toml, added, changed, removed, imported and exported.

It must never keep a second list: the configuration file is what is followed, each change is
written there first and then adopted by the open library.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from termnews import config, opml, regions
from termnews.errors import ConfigError
from termnews.library.moving import give_address, taken
from termnews.models import Feed, FeedUpdate, Subscription
from termnews.sanitize import clean_line, clean_url, strip_credentials
from termnews.store import Store

if TYPE_CHECKING:
    from termnews.discover import Discovered


@dataclass(frozen=True, slots=True)
class Removed:
    """A feed that is no longer followed, and what it takes to follow it again."""

    feed: Feed
    """The feed as it was."""
    cut: config.Cut
    """What was taken out of the configuration."""


class Subscriptions:
    """The followed feeds, over the configuration file and the open store."""

    def __init__(
        self, store: Store, path: Path, clock: Callable[[], datetime], reload: Callable[[], config.Config]
    ) -> None:
        self._store = store
        self._path = path
        self._clock = clock
        self._reload = reload

    def choose(self, names: Sequence[str]) -> list[Feed]:
        """Return the feeds with these names, addresses or numbers; all feeds when none is named.

        Raises:
            ConfigError: a name fits no feed; the nearest one is offered.
        """
        feeds = self._store.feeds()
        if not names:
            return feeds
        chosen = [found for name in names for found in [find_feed(feeds, name)]]
        return list({feed.id: feed for feed in chosen}.values())

    def add(self, address: str, *, name: str = "", folder: str = "", region: str = "") -> FeedUpdate:
        """Follow the feed at an address or of the page there, and keep what it carries now.

        Raises:
            ConfigError: it is followed already, the region is unknown, or the file cannot be written.
            FetchError: the address cannot be fetched.
            ParseError: no feed was found there.
        """
        import asyncio

        from termnews.library import work  # brings the network along, which few commands need

        code = find_region(region)

        def follow(found: Discovered) -> Feed:
            url = strip_credentials(found.url)
            if any(strip_credentials(feed.url) == url for feed in self._store.feeds()):
                raise ConfigError(f"{url} is followed already")
            self._append([Subscription(found.url, name=name, folder=folder, region=code)])
            return find_feed(self._store.feeds(), url)

        return asyncio.run(work.add(self._store, self._reload(), address, self._clock, follow))

    def follow(self, subscriptions: Sequence[Subscription]) -> tuple[Subscription, ...]:
        """Follow feeds without asking them first (starters, imports); return those that are new."""
        followed = {strip_credentials(feed.url) for feed in self._store.feeds()}
        new = tuple(each for each in subscriptions if strip_credentials(each.url) not in followed)
        if new:
            self._append(new)
        return new

    def remove(self, name: str) -> Removed:
        """Stop following a feed; its articles and their state stay, and return if it is added again."""
        feed = find_feed(self._store.feeds(), name)
        cut = config.remove_feed(self._path, feed.url)
        self._reload()
        return Removed(feed, cut)

    def restore(self, removed: Removed) -> Feed:
        """Follow a feed again that was removed, with all that was written of it; return it as it is now."""
        config.restore_feed(self._path, removed.cut)
        self._reload()
        return find_feed(self._store.feeds(), strip_credentials(removed.feed.url))

    def readdress(self, name: str, address: str) -> Feed:
        """Ask a feed at another address from now on; its articles and their state stay with it.

        User name and password in the old address stay in force on the same host when the new one has none.

        Raises:
            ConfigError: it is no address, another feed has it, or the file cannot be written.
        """
        feeds = self._store.feeds()
        feed = find_feed(feeds, name)
        url = _with_credentials(_completed(address, self._path), feed.url)
        if taken(feeds, feed, url):
            raise ConfigError(f"{strip_credentials(url)} is followed already")
        give_address(self._store, self._path, feed, url)
        self._reload()
        return find_feed(self._store.feeds(), strip_credentials(url))

    def change(self, feed_name: str, /, **fields: str | bool | None) -> Feed:
        """Set fields of a feed's subscription (name, folder, region, paused); return it as it is now."""
        feed = find_feed(self._store.feeds(), feed_name)
        if isinstance(place := fields.get("region"), str):
            fields["region"] = find_region(place)
        for text in ("name", "folder"):
            if isinstance(written := fields.get(text), str):
                fields[text] = clean_line(written)
        config.change_feed(self._path, feed.url, **fields)
        if "paused" in fields and not fields["paused"]:
            self._store.wake(strip_credentials(feed.url))
        self._reload()
        return find_feed(self._store.feeds(), strip_credentials(feed.url))

    def export_opml(self) -> bytes:
        """Return the followed feeds as OPML, with folders and regions, without credentials."""
        return opml.write_opml(
            [
                replace(f.subscription, name=f.name, url=_portable(f.subscription.url))
                for f in self._store.feeds()
            ]
        )

    def starters(self) -> tuple[Subscription, ...]:
        """Return the packaged starter feeds, each with its region."""
        packed = files("termnews").joinpath("data/feeds.opml").read_bytes()
        return opml.read_opml(packed)[0]

    def country(self) -> str:
        """Return the country the user seems to be in, by time zone and locale; may be empty."""
        return config.country()

    def _append(self, new: Sequence[Subscription]) -> None:
        config.append_feeds(self._path, new)
        self._reload()


def _portable(url: str) -> str:
    """Return an address that means the same in another folder: a path becomes a file: address."""
    return Path(url).as_uri() if url.startswith("/") else url


def _completed(address: str, path: Path) -> str:
    """Return an address as it was meant: with a scheme, a file as file://.

    Raises:
        ConfigError: it is no address of a feed.
    """
    from termnews.discover import complete

    foreign = "://" in address and not address.strip().startswith("feed://")
    meant = clean_url(address) if foreign else complete(address, Path.cwd())
    try:
        return config.feed_address(meant, path.parent)
    except ConfigError as error:
        raise ConfigError(f"the address {error}") from error


def _with_credentials(url: str, old: str) -> str:
    """Return the address with the user name and password of the old one, where both are on one host."""
    new, was = urlsplit(url), urlsplit(old)
    same = new.netloc == was.netloc.rpartition("@")[2] and new.scheme in (was.scheme, "https")
    return urlunsplit(new._replace(netloc=was.netloc)) if same else url


def find_region(place: str) -> str:
    """Return the code of a place a person named, "" for none."""
    if not place:
        return ""
    code = regions.find(place)
    if code is None:
        raise ConfigError(regions.unknown(place))
    return code


def find_feed(feeds: Sequence[Feed], name: str) -> Feed:
    """Return the feed with this number, address or name; a part of a name does when it fits only one."""
    exact = [feed for feed in feeds if name in (feed.url, strip_credentials(feed.url))]
    # An address is one feed's alone; a title can be anything, also the address or number of another feed.
    exact += [feed for feed in feeds if name == str(feed.id)]
    exact += [feed for feed in feeds if feed.name.casefold() == name.casefold()]
    partly = [feed for feed in feeds if name.casefold() in feed.name.casefold()]
    if exact:
        return exact[0]
    if len(partly) == 1:
        return partly[0]
    if partly:
        raise ConfigError(f"{name!r} fits {len(partly)} feeds: {', '.join(f.name for f in partly[:5])}")
    near = difflib.get_close_matches(name, [feed.name for feed in feeds], 1)
    hint = f"; did you mean {near[0]!r}?" if near else "; `termnews feeds` lists them"
    raise ConfigError(f"no feed is called {name!r}{hint}")
