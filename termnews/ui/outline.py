"""What the sidebar shows, read from the library, and what choosing one of its rows means.

It must never draw; `read_outline` runs in the slow thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from termnews import regions
from termnews.errors import QueryError
from termnews.library import Library
from termnews.models import ArticleQuery
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

SAVED: Final = "/"
"""Glyph of the views the user saved."""


def views(saved: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Return the ready-made and the saved views: name, search line, glyph."""
    return (
        *((tr(name), line, glyph) for name, line, glyph in READY),
        *((name, line, SAVED) for name, line in saved.items()),
    )


def read_outline(library: Library) -> Outline:
    """Read all that the sidebar shows, counts included."""
    everything = ArticleQuery()
    rows = []
    for name, line, glyph in views(library.config.views):
        try:
            count = library.count(library.query(line))
        except QueryError:
            # A view whose place or value is unknown stays in the list; choosing it says what is wrong.
            rows.append(ViewCount(name, line, glyph, saved=glyph == SAVED))
        else:
            figure = count.starred if line == "is:starred" else count.unread
            rows.append(ViewCount(name, line, glyph, figure, glyph == SAVED))
    return Outline(
        views=tuple(rows),
        regions=tuple(library.regions(everything, spoken())),
        placeless=library.count(library.query(f"region:{NO_PLACE}")).unread,
        feeds=tuple(library.feeds()),
    )


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
    for _, line, _ in views(library.config.views):
        try:
            if library.query(line) == asked:
                found.add(("view", line))
        except QueryError:
            continue
    return frozenset(found)
