"""Addresses of feeds changed: by the user, or because a server said that a feed moved for good.

It must never leave the configuration and the cache with two addresses of one feed, nor take a secret to
where it does not belong.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from termnews import config
from termnews.errors import ConfigError, StoreError
from termnews.models import Feed, Health, Moved, Pulled, Stay
from termnews.sanitize import strip_credentials
from termnews.store import Store

log = logging.getLogger(__name__)


def taken(feeds: Sequence[Feed], feed: Feed, url: str) -> bool:
    """Return whether another feed has this address; user names and passwords make no difference."""
    new = strip_credentials(url)
    return any(strip_credentials(each.url) == new for each in feeds if each.id != feed.id)


def give_address(store: Store, path: Path, feed: Feed, url: str, health: Health | None = None) -> None:
    """Give a feed another address, in the configuration and in the cache.

    The file is written before the cache is final: either both have the new address or none.

    Args:
        store: holds the feed's articles and state, which stay with it.
        path: the configuration file.
        feed: the feed as it is.
        url: the new address, credentials included.
        health: what is known of the feed there; None: nothing.

    Raises:
        ConfigError: the file cannot be written.
        StoreError: the cache cannot.
    """
    store.readdress(
        strip_credentials(feed.url),
        strip_credentials(url),
        lambda: config.change_feed(path, feed.url, url=url),
        health,
    )


class Moving:
    """Follows feeds that moved for good (301, 308) once their new place delivered."""

    def __init__(
        self, store: Store, path: Path, clock: Callable[[], datetime], reload: Callable[[], object]
    ) -> None:
        """Hold what a move changes.

        Args:
            store: the cache.
            path: the configuration file.
            clock: tells the present moment, aware.
            reload: reads the configuration anew and lets the cache follow it.
        """
        self._store, self._path, self._clock, self._reload = store, path, clock, reload

    def follow(self, pulled: Pulled) -> Moved | None:
        """Ask a feed from now on where it delivered, or keep with it why it is asked where it was.

        None: that could not be written; the next refresh finds the feed moved again.
        """
        from termnews.fetch import new_address  # the network's room, which few commands need

        feed, to = pulled.feed, strip_credentials(pulled.moved_to or "")
        url = new_address(feed.subscription, to)
        try:
            if url is None:
                return self._stay(pulled, to, "secrets")
            if taken(self._store.feeds(), feed, url):
                return self._stay(pulled, to, "taken")
            return self._go(pulled, url)
        except StoreError as error:
            log.warning("%s moved and was not followed: %s", strip_credentials(feed.url), error)
            return None

    def _go(self, pulled: Pulled, url: str) -> Moved:
        old, to = strip_credentials(pulled.feed.url), strip_credentials(url)
        there = replace(pulled.health, moved_from=old, moved_at=self._clock(), elsewhere=None, stays="")
        try:
            give_address(self._store, self._path, pulled.feed, url, there)
        except ConfigError as error:
            log.warning("%s moved to %s and was not followed: %s", old, to, error)
            return self._stay(pulled, to, "file")
        self._reload()
        return Moved(to)

    def _stay(self, pulled: Pulled, to: str, why: Stay) -> Moved:
        if (pulled.health.elsewhere, pulled.health.stays) != (to, why):
            self._store.save_health(pulled.feed.id, replace(pulled.health, elsewhere=to, stays=why))
        return Moved(to, why)
