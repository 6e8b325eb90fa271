"""Fill a cache of any size with invented articles, the same ones every time."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from termnews.models import Changes, Entry, Health, Located, ParsedFeed, Place, Pulled, Subscription
from termnews.refresh import content_hash
from termnews.store import Store

NOW = datetime(2026, 11, 24, 14, 5, tzinfo=UTC)
RARE = "khurmozor"
_WORDS = """
government station river teacher market energy climate museum football release query module
правительство землетрясение тарифы станция река учитель рынок энергия дорога посольство
ҳукумат заминларза роҳ муаллим дарё бозор шаҳр хабар ноҳия барқ
"""
_REGIONS = ("TJ", "TJ-GB", "GB", "FR", "US-MD", "UZ", "143", "KE")


def fill(path: Path, articles: int, feeds: int = 100) -> Store:
    """Return a store at `path` with so many articles, spread over the feeds, the newest at NOW."""
    subscriptions = [
        Subscription(f"https://feed{n}.example/rss", name=f"Feed {n}", region=_REGIONS[n % len(_REGIONS)])
        for n in range(feeds)
    ]
    store = Store(path, subscriptions)
    draw = random.Random(7)
    for at, feed in enumerate(store.feeds()):
        entries = tuple(_entry(draw, number) for number in range(at, articles, feeds))
        pulled = Pulled(feed, "ok", Health(last_ok=NOW), ParsedFeed(entries=entries))
        places = Located((Place(feed.subscription.region, "about", rule="feed"),))
        hashes = {each.guid: content_hash(each) for each in entries}
        store.save(pulled, Changes(new=entries), hashes, dict.fromkeys(hashes, places), NOW)
    return store


def _entry(draw: random.Random, number: int) -> Entry:
    words = draw.choices(_WORDS.split(), k=180)
    if number % 4000 == 7:
        words[40] = RARE
    text = " ".join(words)
    return Entry(
        guid=f"guid-{number}",
        title=" ".join(draw.choices(_WORDS.split(), k=9)),
        link=f"https://news.example/{number}",
        published=NOW - timedelta(minutes=7 * number),
        content=f"<p>{text}</p>",
        text=text,
        lang="en",
    )
