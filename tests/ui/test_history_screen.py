"""The journal on the screen: what it says, undoing to a point, doing again, over restarts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from textual.pilot import Pilot

from termnews.library import Library
from termnews.ui.app import TermnewsApp
from termnews.ui.days import day_name
from termnews.ui.history_screen import read_history

from .conftest import NOW, Sample, app_of, lines, settle

WIDE = (120, 40)


def shown(app: TermnewsApp) -> str:
    return "\n".join(lines(app))


def unread(library: Library) -> int:
    return library.count(library.query("is:unread")).total


async def press(pilot: Pilot[str], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


def rows(app: TermnewsApp) -> list[str]:
    """Return the rows of the journal, without times."""
    frame = app.screen.query_one("#choices").region
    texts = (line[frame.x + 1 : frame.right].strip() for line in lines(app)[frame.y : frame.bottom])
    return [text.partition("  ")[2] for text in texts if text[:2].isdigit()]


async def test_it_says_what_was_done_where_and_to_how_many(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        await press(pilot, "f", "f", "A")
        await press(pilot, "H")
        assert "TODAY" in shown(app)
        assert rows(app) == [
            "Marked 4 read in Spree Courier",
            "Starred 1: Headline number 0 about the harbour",
        ]
        assert " 12:00  Marked 4 read" in shown(app)
        await press(pilot, *"starred")
        assert len(rows(app)) == 1


async def test_it_undoes_back_to_a_point_and_does_again(sample: Sample) -> None:
    library = sample.library()
    for headline in library.headlines(library.ids(library.query(""))[:4]):
        library.mark([headline.id], read=True)
        sample.now += timedelta(minutes=1)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "H", "down", "down", "enter")
        assert unread(library) == 11
        assert [row.endswith("undone") for row in rows(app)] == [True, True, True, False]
        assert "Undone: 3 unread again" in lines(app)[-1]
        await press(pilot, "up", "enter")  # what was undone, the middle one: it and the one before
        assert [row.endswith("undone") for row in rows(app)] == [True, False, False, False]
        assert unread(library) == 9
        await press(pilot, "escape")
        assert app.screen is app.reader
        await press(pilot, "u")
        assert unread(library) == 10
    library.close()


async def test_it_works_over_restarts(sample: Sample) -> None:
    for keys, left in ((("A",), 0), (("H", "enter"), 12), (("H", "enter"), 0), (("u",), 12)):
        library = sample.library()
        app = app_of(library)
        async with app.run_test(size=WIDE) as pilot:
            await settle(pilot)
            await press(pilot, *keys[:1])
            await press(pilot, *keys[1:])
            assert unread(library) == left
        library.close()


async def test_an_undo_from_the_list_is_none_of_the_key(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "m", "H", "enter", "escape")
        assert unread(library) == 12
        await press(pilot, "u")  # the mark is undone already: what comes next is the filter
        assert "Back in Unread." in lines(app)[-1]


async def test_an_empty_journal_says_so(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "H", "enter")
        assert "Nothing was done yet." in shown(app)


async def test_hostile_titles_stay_text(sample: Sample) -> None:
    sample.arrive(["[red]x[/] \x1b]0;owned\x07"], start=1, minutes=1)
    library = sample.library()
    library.mark(library.ids(library.query(""))[:1], read=True)
    assert read_history(library)[0].words == "Marked 1 read: [red]x[/] ]0;owned"
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "H")
        assert "[red]x[/]" in shown(app)
    library.close()


@pytest.mark.parametrize(
    ("ago", "name"),
    [(0, "TODAY"), (1, "YESTERDAY"), (3, "SUNDAY 22 NOV"), (30, "26 OCT"), (400, "21 OCT 2025")],
)
def test_days_have_names(ago: int, name: str) -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert day_name(NOW - timedelta(days=ago), now) == name
