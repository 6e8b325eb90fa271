"""Open the demo as a library with its news fetched and some of it read, as if somebody lived in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from termnews import config
from termnews.demo import temporary_demo
from termnews.demo.samples import demo_state
from termnews.library import Library, utc_now
from termnews.models import ArticleQuery


@contextmanager
def open_demo(clock: Callable[[], datetime] = utc_now) -> Iterator[Library]:
    """Yield a library of the sample news in a temporary folder that is removed at the end."""
    with temporary_demo(clock()) as path:
        library = load_demo(path, clock)
        try:
            yield library
        finally:
            library.close()


def load_demo(path: Path, clock: Callable[[], datetime]) -> Library:
    """Return the library of a demo that was written, refreshed like any other, and lived in a little."""
    library = Library(config.load(path), clock)
    asyncio.run(_refresh(library))
    state = demo_state()
    by_guid = {library.article(each).entry.guid: each for each in library.ids(ArticleQuery())}
    library.mark([number for guid, number in by_guid.items() if guid in state.read], read=True)
    library.mark([number for guid, number in by_guid.items() if guid in state.starred], starred=True)
    return library


async def _refresh(library: Library) -> None:
    async for _ in library.refresh(library.feeds()):
        pass
