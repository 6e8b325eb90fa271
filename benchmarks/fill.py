"""Fill a termnews cache of any size in minutes: `python -m benchmarks.fill FOLDER COUNT`.

The cache ends as if `Store.save` had written its articles one after the other, oldest first (a test
compares every table), without waiting for the disk. It must never touch a cache that is there.
"""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Final

from benchmarks.corpus import NOW, Corpus, corpus, lang_of
from benchmarks.documents import home, title
from benchmarks.rows import DELAY, INSERTS, Batch, Maker
from termnews import config
from termnews.library.correcting import tagger
from termnews.models import Health
from termnews.store import Store, connection

CONFIG: Final = "termnews.toml"
"""File beside the cache that follows its feeds."""
HEALTH: Final = Health(last_fetch=NOW + DELAY, last_ok=NOW + DELAY, next_fetch=NOW + 7 * DELAY, http=200)
"""How each feed fared last."""
_BATCH: Final = 5_000
_COMMIT: Final = 10  # batches of one transaction; each ends with a segment of the index
_MAKERS: Final = 2
_HASH_BYTES: Final = 64 << 20  # what FTS5 gathers before it writes a segment; 1 MiB by itself
_FAST: Final = (
    "PRAGMA synchronous = OFF",
    "PRAGMA journal_mode = OFF",
    "PRAGMA cache_size = -400000",
    f"INSERT INTO search (search, rank) VALUES ('hashsize', {_HASH_BYTES})",
)
_AS_BEFORE: Final = ("DELETE FROM search_config WHERE k = 'hashsize'", "PRAGMA journal_mode = WAL")


def configure(folder: Path, made: Corpus, roots: Sequence[str] = (), *, paused: bool = False) -> Path:
    """Write a configuration that follows the feeds of a corpus, made beside its cache; return its path.

    Args:
        folder: where it is written; made when it is not there.
        made: the corpus.
        roots: servers of the feeds, by turns; none: servers that do not exist.
        paused: whether the feeds are left alone, so that a screen that opens on them asks nobody.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = ['data_dir = "."', "refresh_minutes = 0", "min_interval_minutes = 0", 'language = "en"']
    for feed in range(made.feeds):
        each = made.subscription(feed, roots[feed % len(roots)] if roots else "")
        lines += ["[[feeds]]", f'url = "{each.url}"', f'folder = "{each.folder}"']
        lines += [f'region = "{each.region}"'] * bool(each.region) + ["paused = true"] * paused
    path = folder / CONFIG
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def fill(folder: Path, count: int) -> Path:
    """Make configuration and cache of `count` articles in a folder; return the configuration's path.

    Raises:
        FileExistsError: the folder holds a cache already.
    """
    made = corpus(count)
    path = configure(folder, made, paused=True)
    settings = config.load(path)
    if settings.store_path.exists():
        raise FileExistsError(settings.store_path)
    store = Store(settings.store_path, settings.feeds)
    ids = [feed.id for feed in store.feeds()]
    store.close()
    batches = _batches(Maker(made, tagger(settings), ids), count)
    conn = sqlite3.connect(settings.store_path, isolation_level=None)
    connection.prepare(conn)
    for statement in _FAST:
        conn.execute(statement)
    _insert(conn, batches)
    feeds = [(title(feed), home(feed), lang_of(feed), ids[feed]) for feed in range(made.feeds)]
    conn.executemany("UPDATE feeds SET title = ?, link = ?, lang = ? WHERE id = ?", feeds)
    for statement in _AS_BEFORE:
        conn.execute(statement)
    conn.close()
    store = Store(settings.store_path, settings.feeds)
    for number in ids:
        store.save_health(number, HEALTH)
    store.close()
    return path


def _insert(conn: sqlite3.Connection, batches: Iterator[Batch]) -> None:
    """Insert all articles, and the evidence they are for their feeds."""
    evidence: Counter[tuple[int, str]] = Counter()
    evident: Counter[int] = Counter()
    conn.execute("BEGIN")
    for done, batch in enumerate(batches, 1):
        for table, sql in INSERTS.items():
            conn.executemany(sql, batch.rows[table])
        evidence.update(batch.evidence)
        evident.update(batch.evident)
        if done % _COMMIT == 0:
            conn.execute("COMMIT")
            conn.execute("BEGIN")
    conn.executemany("INSERT INTO evidence VALUES (?, ?, ?)", [(*key, n) for key, n in evidence.items()])
    conn.executemany("UPDATE feeds SET evident = ? WHERE id = ?", [(n, feed) for feed, n in evident.items()])
    conn.execute("COMMIT")


def _batches(maker: Maker, count: int) -> Iterator[Batch]:
    """Yield the rows of all articles, oldest first; more than a few are made beside the writing."""
    parts = [
        (done + 1, range(count - done - 1, max(count - done - _BATCH, 0) - 1, -1))
        for done in range(0, count, _BATCH)
    ]
    if len(parts) == 1:
        yield maker.batch(*parts[0])
        return
    with ProcessPoolExecutor(_MAKERS, initializer=_keep, initargs=(maker,)) as makers:
        waiting: deque[Future[Batch]] = deque()
        for part in parts:
            waiting.append(makers.submit(_make, *part))
            if len(waiting) > 2 * _MAKERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_kept: list[Maker] = []


def _keep(maker: Maker) -> None:
    _kept.append(maker)


def _make(first: int, numbers: range) -> Batch:
    return _kept[0].batch(first, numbers)


if __name__ == "__main__":
    print(fill(Path(sys.argv[1]), int(sys.argv[2])))
