"""The head of an article as lines: its places, title, source, author, time and length.

It must never hold state: all it needs is handed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from termnews.render import read_minutes
from termnews.ui.cells import cut, headline_text, wrap
from termnews.ui.days import day_and_month
from termnews.wording import tr

if TYPE_CHECKING:
    from termnews.models import Article
    from termnews.render import Line

_TITLE_LINES: Final = 6
_FACT_LINES: Final = 2
_SEPARATOR: Final = " · "


def head(article: Article, place: str, width: int, now: datetime) -> Iterator[Line]:
    """Yield the lines of the head.

    Args:
        article: whose head it is.
        place: what it is about, "DE-BE Germany › Berlin"; may be empty.
        width: cells of a line.
        now: the present moment, aware.
    """
    entry = article.entry
    yield ()
    if place:
        yield ((cut(place.upper(), width), "kicker"),)
        yield ()
    for line in wrap(headline_text(entry.title) or tr("(no title)"), width, _TITLE_LINES):
        yield ((line, "title"),)
    yield ()
    date = entry.published or article.state.arrived
    facts = [
        article.feed.name,
        entry.author,
        _written(date, now) if date else "",
        tr("{n} min", n=read_minutes(len((article.full or entry).text.split()))),
        tr("full text").replace(" ", "\N{NO-BREAK SPACE}") if article.full else "",
        tr("changed") if article.changed else "",
        tr("★ starred").replace(" ", "\N{NO-BREAK SPACE}") if article.state.starred else "",
        *(
            f"#{each}".replace(" ", "\N{NO-BREAK SPACE}") for each in article.tags
        ),  # last: the first to be cut
    ]
    for line in wrap(_SEPARATOR.join(headline_text(each) for each in facts if each), width, _FACT_LINES):
        yield ((line, "meta"),)
    yield (("─" * width, "rule"),)
    yield ()


def _written(date: datetime, now: datetime) -> str:
    """Return a date in local time, without the day where that is today's."""
    there = date.astimezone()
    return (
        f"{there:%H:%M}"
        if there.date() == now.astimezone().date()
        else f"{day_and_month(there)} {there:%H:%M}"
    )
