"""Tagging stored articles again, over the matcher alone on the same texts."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator

from benchmarks.corpus import NOW
from benchmarks.figures import Figure
from benchmarks.runs import Run
from termnews import config, regions
from termnews.library import Library
from termnews.store import Store

_FEW, _MANY = 2_000, 10_000


def measure(run: Run) -> Iterator[Figure]:
    """Yield the seconds it takes for ten thousand articles; for two thousand in a quick run."""
    count = _FEW if run.quick else _MANY
    with run.folder() as folder:
        settings = config.load(run.fill(folder, count))
        conn = sqlite3.connect(settings.store_path)
        conn.execute("UPDATE articles SET tagged = ''")
        conn.commit()
        conn.close()
        store = Store(settings.store_path, settings.feeds)
        drafts = store.tags.drafts(range(1, count + 1))
        store.close()
        library = Library(settings, lambda: NOW)
        regions.locate("Title", "text", lang="en")  # the gazetteer is unpacked once, not for each article
        floor = -time.process_time()
        for each in drafts:
            regions.locate(each.entry.title, each.entry.text, lang=each.entry.lang)
        floor += time.process_time()
        spent = -time.process_time()
        for _ in library.corrections.retag():
            pass
        spent += time.process_time()
        library.close()
    yield Figure(
        f"{count:,} articles tagged again", spent, "s CPU", floor=floor, floor_is="the matcher alone"
    )
