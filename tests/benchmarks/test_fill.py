"""The filled cache is what saving the same articles writes, and its feeds say the same."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.corpus import NOW, RARE, RARE_CYRILLIC, corpus, kind_of, lang_of
from benchmarks.documents import document
from benchmarks.fill import HEALTH, configure, fill
from benchmarks.rows import Maker, arrival
from termnews import config, render
from termnews.library.correcting import tagger
from termnews.models import Changes, ParsedFeed, Pulled
from termnews.parse import parse
from termnews.query import parse_query
from termnews.refresh import content_hash
from termnews.store import Store
from termnews.tagging import Past

COUNT = 150
_TABLES = (
    "meta feeds state articles bodies tags journal outbox evidence counts sqlite_sequence sqlite_schema"
    " search_config search_docsize"
)
_QUERIES = ("", "is:unread", "region:TJ", RARE, "ежиковидного", "gov*", "water -station", '"new station"')


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the configuration of a filled cache."""
    return fill(tmp_path_factory.mktemp("filled"), COUNT)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the configuration of a cache that the same articles were saved to."""
    made = corpus(COUNT)
    path = configure(tmp_path_factory.mktemp("saved"), made, paused=True)
    settings = config.load(path)
    store = Store(settings.store_path, settings.feeds)
    feeds, finder = store.feeds(), tagger(settings)
    maker = Maker(made, finder, [feed.id for feed in feeds])
    for number in reversed(range(COUNT)):
        entry, feed = made.entry(number), feeds[number % made.feeds]
        said = ParsedFeed(f"Feed {number % made.feeds:05d}", f"https://site{number % made.feeds}.example/")
        pulled = Pulled(feed, "ok", HEALTH, replace(said, lang=lang_of(number % made.feeds)))
        hashes, located = {entry.guid: content_hash(entry)}, {entry.guid: maker.located(number)}
        mark = finder.of(feed.subscription).fingerprint
        store.save(pulled, Changes(new=(entry,)), hashes, located, arrival(entry), mark)
    store.close()
    return path


def _rows(path: Path, table: str) -> list[tuple[object, ...]]:
    conn = sqlite3.connect(config.load(path).store_path)
    rows = sorted(conn.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
    conn.close()
    return (
        [tuple(value for value in row if not isinstance(value, int)) for row in rows]
        if (
            table == "sqlite_schema"  # where the root of a table stands depends on when it was made
        )
        else rows
    )


@pytest.mark.parametrize("table", _TABLES.split())
def test_a_filled_cache_holds_what_saving_writes(filled: Path, saved: Path, table: str) -> None:
    assert _rows(filled, table) == _rows(saved, table)


def test_the_search_index_says_the_same(filled: Path, saved: Path) -> None:
    vocabulary = []
    for path in (filled, saved):
        conn = sqlite3.connect(config.load(path).store_path)
        conn.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, search, instance)")
        vocabulary.append(conn.execute("SELECT * FROM words ORDER BY term, doc, col, offset").fetchall())
        conn.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        conn.close()
    assert vocabulary[0] == vocabulary[1]
    assert len(vocabulary[0]) > 20_000


@pytest.mark.parametrize("line", _QUERIES)
def test_queries_find_the_same(filled: Path, saved: Path, line: str) -> None:
    found = []
    for path in (filled, saved):
        settings = config.load(path)
        store = Store(settings.store_path, settings.feeds)
        found.append(list(store.ids(parse_query(line), NOW)))
        store.close()
    assert found[0] == found[1] and found[0]


def test_the_check_finds_nothing_and_nothing_is_left_to_tag(filled: Path) -> None:
    settings = config.load(filled)
    store = Store(settings.store_path, settings.feeds)
    marks = {feed.id: tagger(settings).of(feed.subscription).fingerprint for feed in store.feeds()}
    assert store.upkeep.check() == []
    assert store.tags.stale(marks) == {}
    store.close()


def test_a_cache_that_is_there_is_not_touched(filled: Path) -> None:
    with pytest.raises(FileExistsError):
        fill(filled.parent, COUNT)


def test_places_are_those_the_tagger_finds(filled: Path) -> None:
    made, settings = corpus(COUNT), config.load(filled)
    maker = Maker(made, tagger(settings), range(made.feeds))
    located = []
    for number in range(60):
        entry = made.entry(number)
        located.append(maker.tagger(number).tag(Past(), entry.title, entry.text, entry.lang))
        assert maker.located(number) == located[-1]
    assert any(each.certain for each in located)


@pytest.mark.parametrize("feed", range(20))
def test_a_feed_document_says_the_entries_of_the_corpus(feed: int) -> None:
    made = corpus(1_000)
    parsed = parse(document(made, feed), "https://feed.example/", now=NOW + timedelta(days=1))
    said = [replace(each, text=render.plain(each.content)) for each in parsed.entries]
    assert said == [made.entry(number) for number in range(feed, made.count, made.feeds)]
    assert (parsed.lang, parsed.notes) == (lang_of(feed), ())


def test_the_corpus_is_of_all_kinds_and_the_rare_words_are_rare() -> None:
    made = corpus(1_000)
    entries = [made.entry(number) for number in range(made.count)]
    assert {kind_of(feed) for feed in range(made.feeds)} == {"rss", "atom", "rdf"}
    assert sum(RARE in each.text for each in entries) == 7
    assert sum(RARE_CYRILLIC in each.text for each in entries) == 7
    sizes = sorted(len(each.content.encode()) for each in entries)
    assert sizes[0] >= 1_000 and sizes[-1] <= 4_500 and 1_700 <= sizes[500] <= 2_300
