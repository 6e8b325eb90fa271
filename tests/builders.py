"""Small builders of records for tests; every value a test does not care about has a default."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from termnews.models import Changes, Entry, Feed, Health, Located, ParsedFeed, Place, Pulled, Subscription
from termnews.store import Store
from tests.conftest import NOW


def make_entry(number: int = 1, **fields: object) -> Entry:
    """Return an entry published `number` hours before NOW."""
    values: dict[str, object] = {
        "guid": f"guid-{number}",
        "title": f"Headline {number}",
        "link": f"https://news.example/{number}",
        "published": NOW - timedelta(hours=number),
        "content": f"<p>Body of story {number}.</p>",
        "text": f"Body of story {number}.",
        "lang": "en",
    }
    return Entry(**(values | fields))  # type: ignore[arg-type]


def digest(entry: Entry) -> bytes:
    """Return a content hash that differs when title or content does."""
    return hashlib.sha256(f"{entry.title}\0{entry.content}".encode()).digest()[:16]


def save(
    store: Store,
    feed: Feed,
    new: Sequence[Entry] = (),
    changed: Sequence[Entry] = (),
    now: datetime = NOW,
    tags: dict[str, tuple[Place, ...]] | None = None,
) -> None:
    """Save entries of a feed; by default they are about the region the feed declares."""
    region = feed.subscription.region
    places = (Place(region, "about", rule="feed"),) if region else ()
    entries = (*new, *changed)
    pulled = Pulled(feed, "ok", Health(last_ok=now), ParsedFeed(title=feed.title, entries=entries))
    found = {each.guid: places for each in entries} if tags is None else tags
    store.save(
        pulled,
        Changes(tuple(new), tuple(changed)),
        {each.guid: digest(each) for each in entries},
        {guid: Located(each) for guid, each in found.items()},
        now,
    )


PAMIR = Subscription("https://pamir.example/feed", name="Pamir Post", folder="Home", region="TJ-GB")
VESTNIK = Subscription("https://vestnik.example/rss", name="Вестник", folder="Home/Russian", region="TJ")
THAMES = Subscription("https://thames.example/rss", name="Thames Herald", folder="World", region="GB")
