"""What can be observed of the application, as words and figures: a key is known by what it changes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual.widgets import Input

from termnews.query import print_query
from termnews.ui.chooser import Rows
from termnews.ui.feed_list import FeedList
from termnews.ui.feeds_screen import FeedsScreen

from .stage import Stage

Facts = dict[str, object]
"""Name → what is so."""
INSIDE = ("at", "rows", "typed", "writes", "order")
"""Facts of what lies over the panes; they mean nothing once something else lies there."""
LOOSE = ("list", "side", "scroll", "places", "journal", "redrawn", "running")
"""Facts that follow from many keys, and are looked at only where a row names them."""


def facts(stage: Stage) -> Facts:
    """Return all that is so now."""
    return {**_panes(stage), **_state(stage), **_outside(stage), **_overlay(stage)}


def changes(before: Facts, after: Facts, named: Iterable[str] = ()) -> Facts:
    """Return what is so now and was not before; of the loose facts only those named."""
    skipped = {*LOOSE} - {*named}
    if before["top"] != after["top"]:
        skipped |= {*INSIDE}
    if before["shown"] != after["shown"]:
        skipped |= {"block"}
    return {name: each for name, each in after.items() if each != before[name] and name not in skipped}


def _panes(stage: Stage) -> Facts:
    reader, panes, desk = stage.app.reader, stage.app.reader.desk.panes, stage.app.reader.desk
    article, headline, pane = panes.showing.article, panes.headlines.headline, panes.article
    side = panes.sidebar.row(panes.sidebar.cursor)
    return {
        "focus": panes.focus,
        "alone": panes.alone,
        "here": number(stage, headline.id) if headline is not None else None,
        "shown": number(stage, article.id) if article is not None else None,
        "listed": len(panes.headlines.ids),
        "list": " ".join(str(number(stage, each)) for each in panes.headlines.ids),
        "line": print_query(desk.listing.asked),
        "waiting": desk.listing.waiting,
        "side": side.label if side is not None else "",
        "folds": " ".join(sorted({*panes.sidebar.folding.unfolded, *panes.sidebar.folding.folded})),
        "scroll": "end" if pane.scroll_offset.y >= pane.max_scroll_y > 0 else int(pane.scroll_offset.y),
        "block": int(pane.position),
        "measure": pane.measure,
        "find": f"{pane.find.typed} {pane.find.said}".strip(),
        "off": " ".join(each for each in ("-no-sidebar", "-no-peek") if reader.has_class(each)),
        "cards": reader.headlines._as_cards(),
        "widths": " ".join(str(each.size.width) for each in (panes.sidebar, panes.headlines, pane)),
        "typing": reader._counts.typed,
        "said": _elsewhere(stage, reader._message).replace(stage.address, "its address"),
    }


def number(stage: Stage, article: int) -> int:
    """Return the place of an article in the list at the start; -1 for one that came later."""
    return stage.ids.index(article) if article in stage.ids else -1


def _elsewhere(stage: Stage, text: str) -> str:
    """Return a text with names for folders that are others in each run."""
    return text.replace(str(stage.sample.home), "(home)").replace(str(Path.home()), "~")


def _state(stage: Stage) -> Facts:
    """Return what the cache and termnews.toml say."""
    kept = stage.library.headlines(stage.ids)
    last = stage.library.history(1)
    shown = stage.app.reader.desk.panes.showing.article
    return {
        "read": " ".join(str(at) for at, each in enumerate(kept) if each.read),
        "starred": " ".join(str(at) for at, each in enumerate(kept) if each.starred),
        "journal": f"{last[0].change} {last[0].label}{' undone' * last[0].undone}" if last else "",
        "places": " ".join(f"{each.role}:{each.code}" for each in shown.places) if shown else "",
        "views": " · ".join(f"{name} = {line}" for name, line in stage.library.config.views.items()),
        "feeds": " · ".join(
            f"{each.name}/{each.folder}{' paused' * each.paused} {each.url.removeprefix('https://')}"
            for each in stage.library.config.feeds[:3]
        ),
        "more feeds": max(0, len(stage.library.config.feeds) - 3),
        "wish": stage.library.config.theme.name,
    }


def _outside(stage: Stage) -> Facts:
    """Return what reached beyond the screen."""
    address = stage.address
    return {
        "opened": " ".join(stage.outer.opened).replace(address, "its address"),
        "copied": stage.app.clipboard.replace(address, "its address").partition("\n")[0],
        "left": " ".join(stage.outer.left),
        "redrawn": stage.outer.redrawn > 0,
        "child": _elsewhere(stage, stage.log.read_text().strip()),
        "running": stage.app.reader.desk.refreshing.running,
        "theme": stage.app.theme,
    }


def _overlay(stage: Stage) -> Facts:
    """Return what lies over the panes, and what it shows under its cursor."""
    screen = stage.app.screen
    typed = screen.query(Input)
    found: Facts = {
        "top": type(screen).__name__ if screen.is_mounted else "another one, soon",
        "typed": typed.first().value if typed else "",
        "writes": isinstance(screen.focused, Input),
        "at": "",
        "rows": 0,
        "order": "",
    }
    if not screen.is_mounted:
        return found
    if isinstance(screen, FeedsScreen):
        feeds = screen.query_one(FeedList)
        return {**found, "at": feeds.feed.name if feeds.feed else "", "rows": len(feeds.feeds),
                "order": screen._order}  # fmt: skip
    rows = screen.query(Rows)
    if rows and rows.first().geometry.count:
        shown = rows.first()
        parts = shown._rows[shown.cursor * shown.geometry.row_height]
        words = " ".join("".join(text for text, _ in parts).split())
        found |= {"at": words.replace(stage.address, "its address"), "rows": shown.geometry.count}
    return found
