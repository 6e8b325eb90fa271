"""Feeds and their articles, each a pure function of its number, for caches and for feeds on the wire.

Article 0 is the newest; article n stands in feed n % feeds. Texts come from a pool of some thousand
stories, so that a million articles are made in minutes; the number in its title tells each apart.
It must never open a file or a store.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Final

from benchmarks.words import sentences
from termnews import render
from termnews.models import Entry, Subscription

NOW: Final = datetime(2026, 11, 1, tzinfo=UTC)
"""When the newest article was published; fixed, so that runs are alike."""
PER_FEED: Final = 25
"""Entries of a feed document; a small cache has a feed for each such number of articles."""
MOST_FEEDS: Final = 1_000
"""Feeds of a large cache: it grows in years, not in feeds."""
RARE: Final = "khurmozor"
"""A word of few articles, whatever the size."""
RARE_CYRILLIC: Final = "Ёжиковидный"
"""Another one of the same articles, as it is written there."""
RARE_ARTICLES: Final = 7
"""So many articles hold the rare words."""

_EVERY: Final = timedelta(seconds=120)  # from one article to the next
_POOL: Final = 2_000  # stories of a language
_LEAST_BYTES: Final = 1_000  # of a body; the most are 4 kB, the median is 2 kB
_REGIONS: Final = {"en": ("GB", "KE", "US-MD"), "ru": ("RU", "KZ"), "tg": ("TJ", "TJ-GB")}
_PLACES: Final = {
    "en": ("in Nairobi", "in Germany", "near Dushanbe", "in Wales", "in Texas", "in Kabul"),
    "ru": ("в Москве", "в Казахстане", "в Бишкеке", "в Берлине", "в Таджикистане"),
    "tg": ("дар Душанбе", "дар Хуҷанд", "дар Тошканд", "дар Бадахшон", "дар Русия"),
}


@dataclass(frozen=True, slots=True)
class Story:
    """What articles are made of."""

    title: str
    """Headline, without the number that makes it unique."""
    content: str
    """HTML of 1 to 4 kB."""
    text: str
    """Plain text of it."""
    categories: tuple[str, ...]
    """Two category names."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """So many articles in so many feeds."""

    count: int
    """Articles."""
    feeds: int
    """Feeds."""

    def subscription(self, feed: int, root: str = "") -> Subscription:
        """Return the feed as the user would write it, on this server; else on one that does not exist."""
        regions = _REGIONS[lang_of(feed)]
        region = regions[feed // 20 % len(regions)] if feed % 3 else ""
        address = f"{root or f'https://feed{feed}.example'}/{feed}.xml"
        return Subscription(address, region=region, folder=f"Folder {feed % 12}")

    def is_rare(self, number: int) -> bool:
        """Whether the article holds the rare words: a few do, spread evenly."""
        step = max(1, self.count // RARE_ARTICLES)
        return number % step == step // 2 and number < step * RARE_ARTICLES

    def entry(self, number: int) -> Entry:
        """Return an article as its feed says it."""
        feed = number % self.feeds
        lang, place = lang_of(feed), place_in_pool(number)
        told = story(lang, place)
        rare = f"\n<p>{RARE} {RARE_CYRILLIC} {sentences(lang)[0]}</p>" if self.is_rare(number) else ""
        link = f"https://site{feed}.example/{number}.html"
        published = NOW - number * _EVERY
        return Entry(
            guid=link if feed % 3 else f"tag:site{feed}.example,2026:{number}",
            title=f"{told.title} {number}",
            link=link,
            author=f"Desk {feed}",
            published=published,
            updated=None if kind_of(feed) == "rss" else published,
            content=told.content + rare,
            base=link,
            text=render.plain(told.content + rare) if rare else told.text,
            lang=lang,
            categories=told.categories,
        )


def corpus(count: int) -> Corpus:
    """Return the corpus of a cache of this size."""
    return Corpus(count, max(1, min(MOST_FEEDS, count // PER_FEED)))


def lang_of(feed: int) -> str:
    """Return the language of a feed: of twenty, eleven are English, five Russian and four Tajik."""
    at = feed % 20
    return "en" if at < 11 else "ru" if at < 16 else "tg"


def kind_of(feed: int) -> str:
    """Return the format of a feed: of ten, six are RSS, three Atom and one RDF."""
    at = feed * 7 % 10
    return "rss" if at < 6 else "atom" if at < 9 else "rdf"


def place_in_pool(number: int) -> int:
    """Return which story an article tells; neighbours tell different ones."""
    return number * 7_919 % _POOL


@cache
def story(lang: str, place: int) -> Story:
    """Return a story of the pool."""
    draw = Random(f"{lang} {place}")
    pool = sentences(lang)
    title = draw.choice(pool).rstrip(".?!").replace(",", "")[:70].rsplit(" ", 1)[0]
    where = draw.choice(_PLACES[lang]) if draw.random() < 0.5 else ""
    wanted = _LEAST_BYTES + int(2_600 * draw.random() * (0.4 + 0.6 * draw.random()))
    blocks: list[str] = []
    while sum(len(block.encode()) for block in blocks) < wanted:
        blocks.append(_block(draw, lang, f" {where}" if where and not blocks else ""))
    content = "\n".join(blocks)
    categories = (f"{lang} topic {place % 40}", f"{lang} desk {place % 7}")
    return Story(f"{title} {where}".strip(), content, render.plain(content), categories)


def _block(draw: Random, lang: str, where: str) -> str:
    """Return a piece of a body: mostly paragraphs, with links, lists, quotes, code and entities."""
    first, second, third = draw.choices(sentences(lang), k=3)
    opening = f"{first[:-1]}{where}{first[-1]} {second}"
    at = 0 if where else draw.randrange(12)
    if at == 1:
        return f"<ul><li>{first}</li><li>{second}</li><li>{third}</li></ul>"
    if at == 2:
        return f"<blockquote><p>{opening}</p></blockquote>"
    if at == 3:
        return f"<pre><code>{html.escape('if a < 3 and b > 1: return a & b')}</code></pre>"
    if at == 4:
        return f"<h2>{first}</h2>\n<p><strong>{second}</strong> — <em>{third}</em></p>"
    if at < 8:
        link = f'<a href="https://other.example/{len(third)}?a=1&amp;b=2">{second}</a>'
        return f"<p>{first} {link} {third}</p>"
    return f"<p>{opening} {third} «{first}»</p>"
