"""Tagging stored articles again, over the matcher alone on the same texts."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.cache import NOW, fill
from benchmarks.figures import Figure
from termnews import config, regions
from termnews.library import Library

ARTICLES = 10_000


def measure() -> Iterator[Figure]:
    """Yield the seconds it takes for ten thousand articles of 180 words."""
    with tempfile.TemporaryDirectory() as folder:
        store = fill(Path(folder, "termnews.db"), ARTICLES)
        feeds = "".join(f'[[feeds]]\nurl = "{feed.url}"\n' for feed in store.feeds())
        drafts = store.tags.drafts(range(1, ARTICLES + 1))
        store.close()
        path = Path(folder, "termnews.toml")
        path.write_text(f'data_dir = "."\n{feeds}', encoding="utf-8")
        library = Library(config.load(path), lambda: NOW)
        regions.locate("Title", "text", lang="en")  # the gazetteer is unpacked once, not for each article
        floor = -time.perf_counter()
        for each in drafts:
            regions.locate(each.entry.title, each.entry.text, lang=each.entry.lang)
        floor += time.perf_counter()
        spent = -time.perf_counter()
        for _ in library.corrections.retag():
            pass
        spent += time.perf_counter()
        library.close()
    yield Figure(f"{ARTICLES:,} articles tagged again", spent, "s", floor, "the matcher alone")
