"""Feeds in the store: how they fare, how many articles they have.

It must never hold credentials: addresses are stored without them, and headers, passwords and
the like stay in the configuration.
"""

from __future__ import annotations

import sqlite3
from dataclasses import fields
from typing import Any

from termnews.models import Count, Feed, Health, Subscription
from termnews.store.following import Followed
from termnews.store.times import from_seconds, to_seconds

_TIMES = frozenset({"last_fetch", "last_ok", "next_fetch", "held_until", "moved_at", "last_whole"})
_NOT_BEFORE = frozenset({"next_fetch", "held_until"})
"""Moments rounded up: a second too early is before what was promised."""
_HEALTH = tuple(each.name for each in fields(Health))
_MOMENTS = tuple(at for at, name in enumerate(_HEALTH) if name in _TIMES)


_COLUMNS = f"""
    SELECT f.id, f.url, f.title, f.link, f.lang, f.name, f.folder, f.region, c.total, c.unread, c.starred,
        {", ".join(f"f.{name}" for name in _HEALTH)}
    FROM feeds f JOIN counts c ON c.feed = f.id
"""


def feeds(conn: sqlite3.Connection, followed: Followed) -> list[Feed]:
    """Return the followed feeds in the user's order, with health and counts."""
    rows = conn.execute(f"{_COLUMNS} WHERE f.followed = 1 ORDER BY f.position")
    return [_feed(row, followed) for row in rows]


def feed(conn: sqlite3.Connection, feed_id: int, followed: Followed) -> Feed:
    """Return one feed, also one no longer followed; its id comes from the store itself."""
    row = conn.execute(f"{_COLUMNS} WHERE f.id = :id", {"id": feed_id}).fetchone()
    return _feed(row, followed)


def _feed(row: tuple[Any, ...], followed: Followed) -> Feed:
    number, url, title, link, lang, name, folder, region, total, unread, starred, *health = row
    for at in _MOMENTS:
        health[at] = from_seconds(health[at])
    return Feed(
        id=number,
        subscription=followed.get(url) or Subscription(url, name=name, folder=folder, region=region),
        title=title,
        link=link,
        lang=lang,
        health=Health(*health),
        count=Count(total, unread, starred),
    )


def save_health(conn: sqlite3.Connection, feed_id: int, health: Health) -> None:
    """Write how the last fetch of a feed went; runs inside or outside a transaction."""
    values = {name: getattr(health, name) for name in _HEALTH}
    values |= {name: to_seconds(values[name], up=name in _NOT_BEFORE) for name in _TIMES}
    conn.execute(
        f"UPDATE feeds SET {', '.join(f'{name} = :{name}' for name in _HEALTH)} WHERE id = :id",
        values | {"id": feed_id},
    )


def readdress(conn: sqlite3.Connection, old: str, new: str, health: Health | None) -> None:
    """Give the articles of one address, with their state, to another one; runs inside a transaction.

    What the old address said of itself (validators, failures, the next fetch) does not hold for the new
    one, of which `health` is known, or nothing. Were articles kept under the new address already, they
    change places with these: nothing is lost, and changing the address back gives exactly what was.
    """
    aside = f"\0{new}"
    conn.execute("UPDATE feeds SET url = :aside WHERE url = :new", {"aside": aside, "new": new})
    conn.execute(
        """
        UPDATE feeds
        SET url = :new, etag = NULL, last_modified = NULL, body_hash = NULL, last_fetch = NULL,
            next_fetch = NULL, http = NULL, error = NULL, failures = 0, wait = '', ttl_minutes = NULL,
            skip_hours = 0, skip_days = 0, held_until = NULL, fresh_seconds = NULL,
            moved_from = NULL, moved_at = NULL, elsewhere = NULL, stays = '', last_whole = NULL
        WHERE url = :old
        """,
        {"old": old, "new": new},
    )
    conn.execute("UPDATE feeds SET url = :old WHERE url = :aside", {"aside": aside, "old": old})
    if health is not None:
        (number,) = conn.execute("SELECT id FROM feeds WHERE url = :new", {"new": new}).fetchone()
        save_health(conn, number, health)


def wake(conn: sqlite3.Connection, url: str) -> None:
    """Let a feed be asked again that was gone or backed off from; runs inside a transaction.

    What a server asked for (Retry-After) stands.
    """
    conn.execute(
        """
        UPDATE feeds SET next_fetch = held_until, wait = iif(held_until IS NULL, '', 'retry')
        WHERE url = :url
        """,
        {"url": url},
    )


def totals(conn: sqlite3.Connection) -> Count:
    """Return the count of all articles of followed feeds, copies once, from the counters."""
    row = conn.execute(
        """
        SELECT coalesce(sum(total - copies), 0), coalesce(sum(unread - copies_unread), 0),
            coalesce(sum(starred - copies_starred), 0)
        FROM counts JOIN feeds f ON f.id = counts.feed WHERE f.followed = 1
        """
    ).fetchone()
    return Count(*row)
