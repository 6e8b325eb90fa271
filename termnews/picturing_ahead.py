"""Bring the pictures of articles before anybody looks at them: named → fetched → drawn small → kept.

It must never spend more than the budget of pictures, nor give up one that came in this run for another. What
fails is passed over: the caption stays, and the picture is asked for when it is looked at.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from typing import Final, Protocol
from urllib.parse import urlsplit

from termnews.errors import FetchError, ImageError
from termnews.models import Article
from termnews.models.pictures import MOST, Drawn, Frame
from termnews.picturing import Getter, Reader, fetched
from termnews.render import blocks, pictured

_AT_ONCE: Final = 4
"""Pictures of one article asked for at once; each host has its own bound beside."""
_BUSY: Final = (429, 503)
"""Statuses of a server that wants to be left alone."""
_SILENT: Final = 3
"""Pictures that could not be had of a host without an answer, after which it is left alone."""
_LOST: Final = 5
"""Hosts not reached, none other having been, after which the network is taken for gone."""
_FRAME: Final = Frame(1, 1)
"""Nothing is shown of what is drawn; only what is kept of it counts."""


class Keeper(Protocol):
    """Where pictures are kept: image_cache.ImageCache."""

    def hold(self, url: str) -> bool:
        """Return whether a picture is kept; it stays while there is anything else to drop."""

    def keep_beside(self, url: str, body: bytes) -> bool:
        """Keep one, unless one that is held would have to leave for it; return whether it fits."""

    def rank(self) -> None:
        """Let those held leave in the opposite order, when others want their room later."""


class Ahead:
    """Brings the pictures of one article after the other."""

    def __init__(self, getter: Getter, reader: Reader, cache: Keeper) -> None:
        """Begin with none.

        Args:
            getter: brings them.
            reader: draws them.
            cache: keeps them.
        """
        self._getter, self._reader, self._cache = getter, reader, cache
        self._failed: set[str] = set()
        self._silent: Counter[str] = Counter()
        self._reached = False
        self.ends = ""
        """Why no more are asked for, as `refusals` names it: `network` or `pictures`; empty: they are."""

    def over(self) -> bool:
        """Whether no more are asked for."""
        return bool(self.ends)

    def close(self) -> None:
        """Let the pictures of the articles that came first be the last to make room for others."""
        self._cache.rank()

    async def bring(self, article: Article) -> int:
        """Bring the pictures its pane would show; return how many came."""
        came, running = 0, deque[tuple[str, asyncio.Task[Drawn | None]]]()
        waiting = deque(self._missing(article))
        try:
            while (waiting or running) and not self.ends:
                while waiting and len(running) < _AT_ONCE:
                    url = waiting.popleft()
                    running.append((url, asyncio.create_task(self._one(url, article))))
                # In their order, so that the budget goes to the first.
                url, task = running.popleft()
                drawn = await task
                if drawn is None:
                    self._failed.add(url)
                elif not self.ends and self._cache.keep_beside(url, drawn.kept):
                    came += 1
                else:
                    self.ends = self.ends or "pictures"
        finally:
            for _, task in running:
                task.cancel()
            await asyncio.gather(*(task for _, task in running), return_exceptions=True)
        return came

    def _missing(self, article: Article) -> list[str]:
        """Return the addresses of its first pictures that are not kept, as it names them."""
        if "<img" not in article.html.lower():
            return []
        document = blocks(article.html, article.start)
        named = dict.fromkeys(
            document.links[number - 1].url for each in document.blocks if (number := pictured(each))
        )
        first = [url for url in named if urlsplit(url).scheme in ("http", "https")][:MOST]
        return [url for url in first if url not in self._failed and not self._cache.hold(url)]

    async def _one(self, url: str, article: Article) -> Drawn | None:
        """Return a picture as it is worth keeping; None where it cannot be had."""
        host = urlsplit(url).netloc.lower()
        if self._silent[host] >= _SILENT:
            return None
        try:
            found = await fetched(url, article, self._getter, full=article.full is not None)
            self._reached = True
            return await self._reader.draw(found.body, url, _FRAME)
        except ImageError:
            return None
        except FetchError as error:
            self._note(host, error)
            return None

    def _note(self, host: str, error: FetchError) -> None:
        """Take in why one could not be fetched."""
        if error.http is not None:
            self._reached = True
            self._silent[host] += _SILENT * (error.http in _BUSY)
            return
        self._silent[host] += 1
        if error.offline or (not self._reached and len(self._silent) >= _LOST):
            self.ends = "network"
