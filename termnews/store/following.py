"""Which feeds are followed: the table of feeds, brought to what the configuration says.

It must never touch the state of articles: that of a feed no longer followed is kept, unseen.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence, Set

from termnews.models import Subscription
from termnews.sanitize import strip_credentials
from termnews.store.connection import transaction

Followed = Mapping[str, Subscription]
"""Subscriptions by their address without credentials, in the order the user wrote them."""


def by_address(subscriptions: Sequence[Subscription]) -> Followed:
    """Return the subscriptions by stored address; of two with one address the first counts."""
    followed: dict[str, Subscription] = {}
    for subscription in subscriptions:
        followed.setdefault(strip_credentials(subscription.url), subscription)
    return followed


def follow(conn: sqlite3.Connection, followed: Followed) -> None:
    """Make the feeds table follow exactly these subscriptions; state of others is kept, unseen."""
    wanted = [
        (url, position, each.name, each.folder, each.region)
        for position, (url, each) in enumerate(followed.items())
    ]
    present = conn.execute(
        "SELECT url, position, name, folder, region FROM feeds WHERE followed = 1 ORDER BY position"
    ).fetchall()
    if wanted == present:
        return
    from termnews.store import copies  # hardly ever needed at a start

    before = {row[0] for row in present}
    left, come = before - followed.keys(), followed.keys() - before
    # Feeds that stay as they are are not written: all articles of one that comes or goes are counted.
    with transaction(conn):
        conn.executemany("UPDATE feeds SET followed = 0 WHERE url = ?", [(url,) for url in sorted(left)])
        same = set(present)
        conn.executemany(
            """
            INSERT INTO feeds (url, position, name, folder, region) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (url) DO UPDATE SET followed = 1, position = excluded.position,
                name = excluded.name, folder = excluded.folder, region = excluded.region
            """,
            [row for row in wanted if row not in same],
        )
        copies.follow(conn, _numbers(conn, left), _numbers(conn, come))


def _numbers(conn: sqlite3.Connection, urls: Set[str]) -> list[int]:
    rows = conn.execute(
        "SELECT id FROM feeds WHERE url IN (SELECT value FROM json_each(:urls)) ORDER BY id",
        {"urls": json.dumps(sorted(urls))},
    )
    return [row[0] for row in rows]
