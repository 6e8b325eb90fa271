"""Whether a feed is in trouble: what sidebar, bars and lists of feeds ask of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termnews.models import Feed


def failing(feed: Feed) -> bool:
    """Whether a feed is in trouble: it failed when it was asked last, and the user has not paused it."""
    return feed.health.error is not None and not feed.subscription.paused
