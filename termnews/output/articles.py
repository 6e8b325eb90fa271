"""Headlines as lines, and whole articles as text or Markdown with a head.

It must never cut or pad a line that is not for a terminal.
"""

from __future__ import annotations

import re
import textwrap
from datetime import datetime
from typing import TYPE_CHECKING, Final

from termnews.output.texts import address, article_address, feed_name, local, span, utc
from termnews.sanitize import clean_text, screen_text

if TYPE_CHECKING:
    from termnews.models import Article, Headline

_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>#])")
_FEED_CELLS: Final = 18
_DAY: Final = 24 * 60 * 60


def headline_tsv(headline: Headline) -> str:
    """Return a headline as tab-separated fields.

    They are: number, date (ISO 8601, UTC), read or unread, starred or nothing, feed, region codes
    (comma-separated), title, link. No field holds a tab or a line end.
    """
    return "\t".join(
        (
            str(headline.id),
            utc(headline.date),
            "read" if headline.read else "unread",
            "starred" if headline.starred else "",
            screen_text(headline.feed),
            ",".join(map(screen_text, headline.regions)),
            screen_text(headline.title),
            article_address(headline.link),
        )
    )


def headline_line(headline: Headline, width: int | None, now: datetime | None = None) -> str:
    """Return a headline for a person: ● when unread, ★ when starred, number, time, feed, title, regions.

    A question mark behind the regions says that they are assumed from the feed.

    Args:
        headline: the headline.
        width: cells of the terminal: feeds stand in a column and the line is cut; None: no terminal.
        now: on a terminal, the time of an article younger than a day is its age by this clock.
    """
    dot, star = " " if headline.read else "●", "★" if headline.starred else " "
    title = screen_text(headline.title) or "(no title)"
    if headline.regions:
        title += f" [{', '.join(map(screen_text, headline.regions))}{'?' if headline.assumed else ''}]"
    feed = screen_text(headline.feed)
    if width is None:
        return f"{dot}{star} {headline.id}  {local(headline.date)}  {feed}: {title}"
    when = local(headline.date)[:10]
    if now is not None and (age := (now - headline.date).total_seconds()) < _DAY:
        when = span(age)
    return _cut(f"{dot}{star} {headline.id:<6}  {when:<10}  {_column(feed)}  {title}", width)


def article_text(article: Article, text: str, width: int) -> str:
    """Return an article as plain text: a head of title, source, address and regions, then the body.

    Args:
        article: the article.
        text: its body, wrapped.
        width: characters a line of the title may have.
    """
    title = textwrap.fill(screen_text(article.entry.title) or "(no title)", width)
    return "\n".join((title, *_head(article), "", clean_text(text).rstrip("\n")))


def article_markdown(article: Article, markdown: str) -> str:
    """Return an article as Markdown, under the same head."""
    title, *head = [
        _MARKDOWN.sub(r"\\\1", each)
        for each in (screen_text(article.entry.title) or "(no title)", *_head(article, link=False))
    ]
    link = [f"<{article_address(article.entry.link)}>"] if article.entry.link else []
    return "\n\n".join((f"# {title}", *head, *link, clean_text(markdown).rstrip("\n")))


def _head(article: Article, *, link: bool = True) -> list[str]:
    """Return the lines under a title."""
    entry = article.entry
    date = entry.published or article.state.arrived
    source = (feed_name(article.feed), screen_text(entry.author), local(date) if date else "")
    places = [each for each in article.places if each.role == "about"]
    about = ", ".join(screen_text(each.code) for each in places)
    assumed = " (assumed from the feed)" if any(each.rule == "feed" for each in places) else ""
    mentions = ", ".join(screen_text(each.code) for each in article.places if each.role == "mentions")
    lines = [
        " · ".join(part for part in (*source, "★" if article.state.starred else "") if part),
        article_address(entry.link) if link else "",
        f"About: {about}{assumed}" if about else "",
        f"Mentions: {mentions}" if mentions else "",
        *(f"Enclosure: {address(each.url)}" for each in entry.enclosures),
    ]
    return [line for line in lines if line]


def _column(feed: str) -> str:
    # Imported here, as in `_cut`: only a terminal needs widths.
    from rich.cells import set_cell_size

    return set_cell_size(_cut(feed, _FEED_CELLS), _FEED_CELLS)


def _cut(text: str, cells: int) -> str:
    """Return the text, with … at its end where it is wider than the cells."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, max(cells - 1, 0)).rstrip() + "…"[:cells]
