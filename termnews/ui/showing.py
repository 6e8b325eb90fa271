"""The article of the headline under the cursor: drawn once the cursor rests, read once it lies open.

It must never change state of articles; that an article was seen is told by a callback.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.screen import Screen
from textual.timer import Timer

from termnews.errors import StoreError
from termnews.library import Library
from termnews.ui.article_pane import ArticlePane
from termnews.ui.headlines import Headlines
from termnews.ui.listing import Run
from termnews.ui.peek import Peek
from termnews.ui.positions import Positions
from termnews.ui.view import about_line

if TYPE_CHECKING:
    from termnews.models import Article, Headline
    from termnews.render import Document

PREVIEW_AFTER: Final = 0.08
"""Seconds the cursor rests before the article is drawn."""
READ_AFTER: Final = 2.0
"""Seconds an article lies open before it counts as read."""
AT_ONCE: Final = 20_000
"""Letters of HTML made blocks between two keys: 15 ms as a rule, 80 ms at worst. More is done beside them."""


class Showing:
    """What the article pane and the peek of a screen show."""

    def __init__(
        self,
        screen: Screen[None],
        library: Library,
        seen: Callable[[Headline], None],
        left: Callable[[Positions], None],
        say: Callable[[str], None],
        run: Run,
    ) -> None:
        """Find the panes on the screen; they show nothing yet.

        Args:
            screen: has Headlines, an ArticlePane and a Peek.
            library: brings articles.
            seen: called with a headline whose article counts as read now.
            left: called with the positions when an article was left elsewhere than before.
            say: shows one sentence.
            run: starts a worker.
        """
        self.article: Article | None = None
        self.positions = Positions(library)
        self.pane = screen.query_one(ArticlePane)
        self._headlines, self._peek = screen.query_one(Headlines), screen.query_one(Peek)
        self._screen, self._library, self._seen, self._left, self._say = screen, library, seen, left, say
        self._run = run
        self._coming: float | None = None  # where a body that is still made blocks is to be shown
        self._of_feed: set[int] = set()  # articles of which the reader wants what their feed says
        self._preview: Timer | None = None
        self._dwell: Timer | None = None

    def preview(self) -> None:
        """Draw the article under the cursor when the cursor has come to rest there."""
        self._stop_timers()
        self._preview = self._screen.set_timer(PREVIEW_AFTER, self._preview_now, name="preview")

    def _preview_now(self) -> None:
        headline = self._headlines.headline
        if headline is None:
            self.clear()
            return
        self.show(headline)
        if not headline.read and (self.pane.is_on_screen or self._peek.is_on_screen):
            self._dwell = self._screen.set_timer(READ_AFTER, lambda: self._rested(headline), name="dwell")

    def _rested(self, headline: Headline) -> None:
        now = self._headlines.headline
        if now is not None and now.id == headline.id and not now.read:
            self._seen(headline)

    def tell_seen(self, headline: Headline) -> None:
        """Count the article as read now."""
        self._stop_timers()
        if not headline.read:
            self._seen(headline)

    def show(self, headline: Headline) -> None:
        """Show the article of a headline where it was left, unless it is the one shown."""
        if self.article is None or self.article.id != headline.id:
            self.leave()
            self._draw(headline, self.positions.of(headline.id))

    @property
    def position(self) -> float:
        """Where the article shown is read."""
        return self.pane.position if self._coming is None else self._coming

    def leave(self) -> None:
        """Keep where the article shown is left."""
        if self.article is not None and self.positions.keep(self.article.id, self.position):
            self._left(self.positions)

    def _draw(self, headline: Headline, position: float) -> None:
        try:
            article = self._library.article(headline.id)
        except StoreError as error:
            self._say(str(error))
            return
        if article.full is not None and article.id in self._of_feed:
            article = replace(article, full=None)
        self.article = article
        place = about_line(headline.regions, headline.assumed)
        self._peek.show(article, about_line(headline.regions[:1], headline.assumed))
        if len(article.html) > AT_ONCE:
            self._coming = position
            self.pane.show(article, _soon(), place)
            self._run(partial(self._convert, article, place), "document")
        else:
            self._coming = None
            self.pane.show(article, self._library.document(article), place)
            self.pane.restore(position)

    async def _convert(self, article: Article, place: str) -> None:
        """Show the body of a long article once it is made blocks, which is done beside the keys."""
        document = await asyncio.to_thread(self._library.document, article)
        if self.article is article and self._coming is not None:
            position, self._coming = self._coming, None
            self.pane.show(article, document, place)
            self.pane.restore(position)

    def renew(self) -> None:
        """Read the article shown again, since its places may be others now; the place of reading is kept."""
        shown = self.article
        try:
            found = self._library.headlines([shown.id]) if shown is not None else []
        except StoreError as error:
            self._say(str(error))
            return
        if found:
            self._draw(found[0], self.position)

    def turn(self, number: int) -> bool:
        """Show what the feed says of an article, or its full text again; return whether it is the latter."""
        self._of_feed ^= {number}
        self._from_top(number)
        return number not in self._of_feed

    def came(self, number: int) -> None:
        """Show the full text of an article, which is in the cache now, if the article is the one shown."""
        self._of_feed.discard(number)
        self._from_top(number)

    def _from_top(self, number: int) -> None:
        """Draw an article anew from its top, if it is the one shown."""
        found = self._library.headlines([number])
        if found and self.article is not None and self.article.id == number:
            self._draw(found[0], 0.0)

    def restore(self, article: int, position: float) -> None:
        """Show the article the reader left, where the reader left it; looking at it again marks nothing."""
        headline = self._headlines.headline
        if headline is not None:
            self.show(headline)
            if headline.id != article:
                return
            if self._coming is None:
                self.pane.restore(position)
            else:
                self._coming = position

    def follow(self) -> None:
        """Show the article under the cursor of another view at once; that alone marks nothing."""
        self._stop_timers()
        headline = self._headlines.headline
        if headline is None:
            self.clear()
        else:
            self.show(headline)

    def clear(self) -> None:
        """Show no article."""
        self._stop_timers()
        self.leave()
        self.article, self._coming = None, None
        self.pane.show(None, None, "")
        self._peek.show(None)

    def _stop_timers(self) -> None:
        for timer in (self._preview, self._dwell):
            if timer is not None:
                timer.stop()


def _soon() -> Document:
    """Return what stands in the place of a body that is still being made."""
    from termnews.render import Document, Paragraph, Span

    return Document((Paragraph((Span("…"),)),))
