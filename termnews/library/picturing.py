"""Pictures for the screen: fetcher, worker and cache put together for as long as they are wanted.

It must never fetch, draw or keep anything itself.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from termnews import picturing
from termnews.errors import StoreError
from termnews.library import Library
from termnews.library.album import album
from termnews.library.work import fetcher
from termnews.models.pictures import PictureAnswer, PictureWish
from termnews.worker import Worker


class Picturing:
    """Answers wishes, one after the other; an async context manager."""

    def __init__(self, library: Library) -> None:
        """Belong to a library; nothing runs yet."""
        self._library = library
        settings = library.config
        self._getter = fetcher(settings)
        self._worker = Worker(log_path=settings.log_path)
        self._cache = album(settings)
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Return itself; connections and the worker start with the first picture."""
        await self._open.enter_async_context(self._getter)
        await self._open.enter_async_context(self._worker)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection and let the worker leave."""
        await self._open.aclose()

    async def bring(self, wish: PictureWish) -> PictureAnswer:
        """Return the picture of a wish, or why there is none."""
        try:
            article = self._library.article(wish.article)
        except StoreError as error:
            return PictureAnswer(wish.article, wish.url, error=str(error))
        return await picturing.bring(wish, article, self._getter, self._worker, self._cache)
