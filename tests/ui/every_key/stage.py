"""The application on which each key is pressed from the same start, and how that is brought back.

It reaches into the application: what a key changed is undone without keys.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from textual.pilot import Pilot

from termnews.library import Library
from termnews.models import ArticleQuery
from termnews.ui.app import TermnewsApp
from termnews.ui.panes import Focus
from tests.ui.conftest import Sample

HERE = 6
"""Row of the article under the cursor at the start, with six newer ones above it and twelve below."""
SIDE = 2
"""Row of the sidebar under its cursor: all articles."""
MEASURE = 48
"""Longest line of an article at the start: shorter than there is room for."""
BLOCK = 14
"""Paragraph at its top at the start."""
PATIENCE = 6_000
"""Looks, three hundred a second at most, at whether all has come to rest."""


@dataclass
class Outer:
    """What a key did outside the screen."""

    opened: list[str] = field(default_factory=list)
    """Addresses given to the browser."""
    left: list[str] = field(default_factory=list)
    """Ways out that were taken: what the program was left with, or that it was suspended."""
    redrawn: int = 0
    """How often the screen was laid out anew by wish."""


@dataclass
class Stage:
    """The application at its start, which `reset` brings back after whatever a key did."""

    app: TermnewsApp
    pilot: Pilot[Any]
    sample: Sample
    outer: Outer
    kept: sqlite3.Connection
    """The cache as it was at the start."""
    settings: str
    """termnews.toml as it was at the start."""
    pane: Focus = "list"
    """The pane that has the keys after a reset."""
    alone: bool = False
    """Whether the article is alone on the screen then."""

    def __post_init__(self) -> None:
        """Note what the start is made of."""
        self.library: Library = self.app.reader.desk.library
        self.ids = list(self.library.ids(ArticleQuery()))
        self.address = self.library.headlines(self.ids)[HERE].link
        """Address of the article under the cursor, which is another one in each run."""
        self.theme = self.app.theme
        self.log, self.hold = self.sample.home / "child.log", self.sample.home / "hold"
        self._cache = sqlite3.connect(self.library.config.store_path)
        self._version = self._data_version()

    def close(self) -> None:
        """Give back what was opened."""
        self.hold.unlink(missing_ok=True)
        self._cache.close()
        self.kept.close()

    def _data_version(self) -> int:
        """Return a number that is another one once somebody else wrote to the cache."""
        return int(self._cache.execute("PRAGMA data_version").fetchone()[0])

    async def reset(self) -> None:
        """Bring back screen, cache and file as they were at the start."""
        while self.app.screen is not self.app.reader:
            await self.app.pop_screen()
        self.hold.unlink(missing_ok=True)
        self.app.reader.desk.refreshing.stop()
        self.app.reader.desk.refreshing.stop_adding()
        self.app.reader.desk.full_texts.stop()
        self.app.reader.desk.importing.stop()
        await self._until(lambda: not self._busy())
        if self._restore_files():
            await self._until(lambda: not self._busy())
        self._restore_panes()
        self._restore_desk()
        await self.rest()
        self.scroll()

    def scroll(self) -> None:
        """Let the article stand as far down as at the start, however wide it is now."""
        self.app.reader.desk.panes.article.restore(BLOCK)

    async def rest(self) -> None:
        """Wait until what the keys started has come to its end; a child that is held need only have begun."""
        if self.hold.exists():
            refreshing = self.app.reader.desk.refreshing
            # A refresh that has told nothing yet is not stopped, but followed by the one asked for.
            begun = lambda: refreshing.begun or (self.log.stat().st_size > 0 and not refreshing.running)  # noqa: E731
            await self._until(lambda: begun() or self.app.screen is not self.app.reader)
        await self._until(lambda: not self._busy() and self._follows())

    async def until_piping(self) -> None:
        """Wait until a command of the user's is at work."""
        await self._until(lambda: self.app.reader.desk.piping.running)

    async def _until(self, true: Callable[[], bool]) -> None:
        """Wait until something holds, and still does a turn of the loop later."""
        held = 0
        for _ in range(PATIENCE):
            held = held + 1 if true() else 0
            if held > 1:
                return
            await asyncio.sleep(0 if held else 0.003)
        raise AssertionError("it never came to rest")

    def _follows(self) -> bool:
        """Tell whether the article shown is that under the cursor."""
        panes = self.app.reader.desk.panes
        here, shown = panes.headlines.headline, panes.showing.article
        return (here.id if here is not None else 0) == (shown.id if shown is not None else 0)

    def _busy(self) -> bool:
        """Tell whether anything is under way: a message, a screen that opens, a worker."""
        stack = self.app.screen_stack
        nodes = (each for screen in stack for each in screen.walk_children(with_self=True))
        return (
            not stack[-1].is_mounted
            or self.app.message_queue_size > 0
            or any(each.message_queue_size for each in nodes)
            or (not self.hold.exists() and any(not each.is_finished for each in self.app.workers))
        )

    def _restore_files(self) -> bool:
        """Write cache and settings as they were; return whether they had changed."""
        desk = self.app.reader.desk
        self.log.write_text("")
        path = self.library.config.path
        changed = path.read_text(encoding="utf-8") != self.settings
        if changed:
            path.write_text(self.settings, encoding="utf-8")
            desk.reloading.note()
            self.library.reload()
            desk.threads.reopen()
        if self._data_version() != self._version:
            self.kept.backup(self._cache)
            self._version = self._data_version()
            changed = True
        if changed:
            self.app.reader.headlines.reload()
            desk.panes.showing.article = None
            desk.counting.start()
        return changed

    def _restore_panes(self) -> None:
        """Let the panes stand and show what they showed."""
        reader, desk, panes = self.app.reader, self.app.reader.desk, self.app.reader.desk.panes
        reader.remove_class("-no-sidebar", "-no-peek", "-sidebar-narrow")
        reader.set_class(self.alone, "-alone")
        if reader.headlines.cards is not None:
            reader.headlines.turn_cards()
            reader.headlines.cards = None
        if desk.widths.kept:
            desk.widths.kept.clear()
            desk.widths.apply()
            panes.sidebar.refresh(layout=True)
            reader.query_one("#middle").refresh(layout=True)
        panes.sidebar.folding.unfolded.clear()
        panes.sidebar.folding.folded.clear()
        panes.sidebar.show(desk.counting.outline)
        panes.sidebar.move_to(SIDE, tell=False)
        desk.listing.waiting = 0
        if list(reader.headlines.ids) != self.ids or desk.listing.asked != ArticleQuery():
            desk.listing.show(ArticleQuery(), article=self.ids[HERE])
        reader.headlines.move_to(HERE, tell=False)
        panes.article.measure = MEASURE
        panes.article.find.drop()
        if panes.article._sheet.foot:  # a sheet lay over it
            panes.article.light(())
        panes.showing.positions._kept.clear()
        panes.showing.follow()
        {"list": panes.headlines, "article": panes.article, "sidebar": panes.sidebar}[self.pane].focus()

    def _restore_desk(self) -> None:
        """Forget what was done and said."""
        reader, desk = self.app.reader, self.app.reader.desk
        for done in (desk.acts._done, desk.acts._undone, desk.feed_changes._back):
            done.clear()
        desk.said._sentences.clear()
        desk.trail._behind.clear()
        desk.trail._ahead.clear()
        desk._interrupted_at = -600.0
        reader._counts.typed = reader._counts._second = ""
        self.app.theme = self.theme
        self.app._clipboard = ""
        self.outer.opened.clear()
        self.outer.left.clear()
        self.outer.redrawn = 0
        reader.say("")
