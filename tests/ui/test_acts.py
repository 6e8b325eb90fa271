"""Undo of whatever was done last: marks, filters, searches; and redo."""

from __future__ import annotations

import pytest

from termnews.library import Library
from termnews.query import print_query
from termnews.ui import counts
from termnews.ui.acts import Acts
from termnews.ui.app import TermnewsApp
from termnews.ui.listing import FIRST

from .conftest import Sample, app_of, lines, press, settle, titles, until

WIDE = (120, 40)


def asked(app: TermnewsApp) -> str:
    return print_query(app.reader.desk.listing.asked)


def unread(library: Library) -> int:
    return library.count(library.query("is:unread")).total


def test_each_kind_is_undone_in_its_turn() -> None:
    called: list[str] = []
    acts = Acts(
        {
            "mark": lambda: called.append("-mark"),
            "feed": lambda: called.append("-feed"),
            "view": lambda: called.append("-view"),
        },
        {
            "mark": lambda: called.append("+mark"),
            "feed": lambda: called.append("+feed"),
            "view": lambda: called.append("+view"),
        },
    )
    for kind in ("mark", "feed", "view", "mark"):
        acts.did(kind)  # type: ignore[arg-type]
    acts.forget("mark")
    for _ in range(4):
        acts.undo()
    assert called == ["-view", "-feed", "-mark", "-mark"]  # then what the journal has of former runs
    called.clear()
    for _ in range(3):
        acts.redo()
    assert called == ["+mark", "+mark", "+feed"]
    acts.redo("view")
    acts.undo("feed")
    acts.redo()
    assert called[3:] == ["+view", "-feed", "+feed"]
    acts.keep("view", 0)
    acts.keep("feed", 0)
    called.clear()
    acts.undo()
    assert called == ["-mark"]


async def test_a_filter_is_undone_with_cursor_and_done_again(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("f", "u", "j", "j", "j")
        await settle(pilot)
        before = (asked(app), list(app.reader.headlines.ids), app.reader.headlines.cursor)
        await pilot.press("f", "f")
        await settle(pilot)
        await pilot.press("f", "u")
        await settle(pilot)
        assert asked(app).endswith("is:unread")
        await pilot.press("u", "u")
        await settle(pilot)
        assert (asked(app), list(app.reader.headlines.ids), app.reader.headlines.cursor) == before
        assert "Back in everything." in lines(app)[-1]
        await pilot.press("ctrl+y")
        await settle(pilot)
        assert asked(app).startswith("feed:")


async def test_u_undoes_the_last_act_of_whichever_kind(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "A", "1", "u")
        await settle(pilot)
        assert (asked(app), unread(library)) == ("is:unread", 0)
        assert len(app.reader.headlines.ids) == 12  # as it stood, read ones and all
        await pilot.press("u")
        await settle(pilot)
        assert unread(library) == 12
        await pilot.press("ctrl+y", "ctrl+y")
        await settle(pilot)
        assert (asked(app), unread(library)) == ("", 0)


async def test_a_number_before_a_movement_is_no_filter(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "OWN_AFTER", 60)  # a slow machine is no slow reader
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("m", "2", "j")
        await settle(pilot)
        assert (asked(app), app.reader.headlines.cursor) == ("is:unread", 2)
        await pilot.press("u")
        await settle(pilot)
        assert "Undone: 1 unread again" in lines(app)[-1]


async def test_a_mark_that_changed_nothing_is_no_act(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("A")
        await settle(pilot)
        await press(pilot, "1", "A")
        await settle(pilot)
        assert "Nothing to change." in lines(app)[-1]
        await pilot.press("u")
        await settle(pilot)
        assert (asked(app), unread(library)) == ("is:unread", 0)


async def test_a_kept_search_is_undone(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("j", "j", "slash", *"number 7", "enter")
        await settle(pilot)
        await pilot.press("u")
        await settle(pilot)
        assert (asked(app), app.reader.headlines.cursor) == ("is:unread", 2)


async def test_a_view_left_before_it_was_whole_comes_back_whole(sample: Sample) -> None:
    sample.arrive(titles(FIRST + 50), minutes=1, start=600)
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        everything, starred = library.query(""), library.query("is:starred")
        app.reader.desk.show(everything)
        app.reader.desk.show(starred)
        app.reader.desk.acts.undo()
        await settle(pilot)
        assert len(app.reader.headlines.ids) == FIRST + 62
    library.close()


async def test_undone_marks_stay_undone_where_the_cursor_comes_to_rest(library: Library, quick: None) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "j")
        await until(pilot, lambda: unread(library) == 11)
        await press(pilot, "A", "u")
        await pilot.pause(0.2)  # far longer than it takes to be read under `quick`
        await settle(pilot)
        shown = app.reader.desk.panes.showing.article
        assert shown is not None
        assert (app.reader.headlines.cursor, shown.id) == (1, app.reader.headlines.ids[1])
        assert unread(library) == 11


async def test_undoing_all_read_brings_the_cursor_back_to_where_it_was(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press(*"jjj", "A")
        await settle(pilot)
        await pilot.press(*"gg", "u")
        await settle(pilot)
        assert app.reader.desk.panes.headlines.cursor == 3
