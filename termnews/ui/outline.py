"""What the sidebar shows, read from the library, and what choosing one of its rows means.

It must never draw; `read_outline` runs in the slow thread.
"""

from __future__ import annotations

from time import monotonic
from typing import Final

from termnews import regions
from termnews.errors import QueryError
from termnews.library import Library
from termnews.models import ArticleQuery
from termnews.ui.days import since
from termnews.ui.sidebar import NO_PLACE, Kind, Outline, SideRow, ViewCount
from termnews.ui.view import placed, tests
from termnews.wording import mark, spoken, tr

READY: Final = (
    (mark("Unread"), "is:unread", "◆"),
    (mark("Today"), "since:today", "◇"),
    (mark("All"), "", "≡"),
    (mark("Starred"), "is:starred", "★"),
)
"""Views that are always there: name, search line, glyph."""

NEW: Final = "▲"
"""Glyph of the view of what came since the last visit."""
SAVED: Final = "/"
"""Glyph of the views the user saved."""
ENOUGH: Final = 1.0
"""Seconds the saved views may take to be counted, all together; those without time left show no count."""


def views(library: Library) -> tuple[tuple[str, str, str], ...]:
    """Return the ready-made and the saved views: name, search line, glyph."""
    ready = [(tr(name), line, glyph) for name, line, glyph in READY]
    if (visited := library.visited()) is not None:
        when = since(visited, library.clock())
        ready.insert(1, (tr("New since {when}", when=when), "is:new", NEW))
    return (*ready, *((name, line, SAVED) for name, line in library.config.views.items()))


def read_outline(library: Library) -> Outline:
    """Read all that the sidebar shows, counts included."""
    everything = ArticleQuery()
    until = monotonic() + ENOUGH
    return Outline(
        views=tuple(_counted(library, *each, until) for each in views(library)),
        regions=tuple(library.regions(everything, spoken())),
        placeless=library.count(library.query(f"region:{NO_PLACE}")).unread,
        feeds=tuple(library.feeds()),
    )


def _counted(library: Library, name: str, line: str, glyph: str, until: float) -> ViewCount:
    """Return a view with its counts, where they can be had in time."""
    saved = glyph == SAVED
    try:
        asked = library.query(line)
        count = library.count_soon(asked, until - monotonic()) if saved else library.count(asked)
    except QueryError:
        # A view whose place or value is unknown stays in the list; choosing it says what is wrong.
        return ViewCount(name, line, glyph, saved=saved)
    if count is None:
        return ViewCount(name, line, glyph, saved=saved)
    figure = count.starred if line == "is:starred" else count.unread
    return ViewCount(name, line, glyph, figure, count.total if saved else None, saved)


def asked_by(row: SideRow, library: Library, asked: ArticleQuery) -> ArticleQuery:
    """Return the query a row stands for: a view replaces all, a place or feed replaces the place.

    Raises:
        QueryError: the search line of a saved view cannot be read.
    """
    if row.kind == "view":
        return library.query(row.value)
    return placed(asked, row.kind, row.value)


def current(library: Library, asked: ArticleQuery) -> frozenset[tuple[Kind, str]]:
    """Return the keys of the rows a query stands for."""
    found: set[tuple[Kind, str]] = set()
    for field, value in tests(asked):
        if field == "region":
            found.add(("region", regions.find(value) or value))
        elif field in ("feed", "folder"):
            found.add(("feed" if field == "feed" else "folder", value))
    for _, line, _ in views(library):
        try:
            if library.query(line) == asked:
                found.add(("view", line))
        except QueryError:
            continue
    return frozenset(found)
