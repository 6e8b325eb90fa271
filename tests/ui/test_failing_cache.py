"""A cache that is damaged, locked or gone under the screen: one sentence, and the program goes on."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from termnews.library import Library
from termnews.store import connection

from .conftest import Sample, app_of, lines, press, settle

WIDE = (120, 40)
PAGE = 4096


def zero(path: Path, *tables: str) -> None:
    """Write zeros over all pages of some tables, in the file that others have open."""
    conn = sqlite3.connect(path)
    found = conn.execute("SELECT name, pageno FROM dbstat")
    pages = [page for name, page in found if name in tables]
    conn.execute("CREATE TABLE written (x)")  # who reads next looks at the file again
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE)
            file.write(bytes(PAGE))
    conn.close()


async def test_a_damaged_text_is_said_and_the_others_are_read(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        number = app.reader.headlines.ids[1]
        conn = sqlite3.connect(library.config.store_path)
        conn.execute("UPDATE bodies SET packed = x'00' WHERE id = ?", (number,))
        conn.commit()
        conn.close()
        await press(pilot, "j", "enter")
        assert "cache repair" in lines(app)[-1]
        await press(pilot, "escape", "j", "enter")
        shown = app.reader.desk.panes.showing.article
        assert shown is not None
        assert shown.id == app.reader.headlines.ids[2]


async def test_headlines_that_cannot_be_read_are_said_and_the_screen_stands(sample: Sample) -> None:
    sample.arrive([f"Older headline {at}" for at in range(90)], start=6000)
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        zero(library.config.store_path, "articles")
        await press(pilot, "G")
        assert "it is damaged; `termnews cache repair` mends it" in app.reader._message
        assert any("gone" in line for line in lines(app))
        for key in ("k", "m", "u", "i", "V", "escape", "g"):
            await press(pilot, key)
        assert app.is_running
    library.close()


async def test_other_tables_that_cannot_be_read_end_nothing_either(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        zero(library.config.store_path, "feeds", "meta", "state")
        for key in ("r", "j", "V", "escape", "E", "escape", "H", "escape", "1", "u", "g"):
            await press(pilot, key)
        assert "it is damaged" in app.reader._message
        assert app.is_running


async def test_what_may_only_be_read_is_said_once_and_nothing_is_fetched(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK and may(path, mode))
    library = sample.library()
    app = app_of(library, ("/bin/false",))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "R", "enter", "escape")
        assert [each.text for each in app.reader.desk.said.newest_first()] == [*library.said]
        assert "it may only be read" in app.reader._message
        await press(pilot, "s")
        assert "Not saved: " in lines(app)[-1]
    library.close()


async def test_a_cache_another_process_writes_to_is_said_and_marks_go_on_after_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        other = sqlite3.connect(library.config.store_path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await press(pilot, "s")
        headline = app.reader.desk.headline
        assert "another termnews is busy writing" in app.reader._message
        assert headline is not None
        assert not headline.starred
        other.execute("ROLLBACK")
        other.close()
        await press(pilot, "s")
        assert library.article(headline.id).state.starred


async def test_a_cache_mended_at_the_start_is_said_on_the_screen(sample: Sample) -> None:
    path = sample.configure().store_path
    path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:])
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "was damaged: it is kept as termnews.db.damaged-" in app.reader._message
        assert len(app.reader.headlines.ids) == 12
    library.close()


async def test_a_cache_replaced_under_the_screen_is_not_written_to(library: Library) -> None:
    app = app_of(library)
    path = library.config.store_path
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        path.write_bytes(b"damaged" * 2000)  # the thread that writes has opened nothing yet
        await press(pilot, "s")
        assert any("start termnews again" in each.text for each in app.reader.desk.said.newest_first())
        assert list(path.parent.glob("termnews.db.damaged-*"))
        assert app.is_running
