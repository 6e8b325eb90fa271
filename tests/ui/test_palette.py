"""The palette: finding commands, views, feeds and regions by words, and doing what was chosen."""

from __future__ import annotations

import pytest

from termnews.library import Library
from termnews.query import print_query
from termnews.ui.app import TermnewsApp
from termnews.ui.palette import Choice, Palette, ranked

from .conftest import Sample, app_of, lines, press, settle

WIDE = (120, 40)


def asked(app: TermnewsApp) -> str:
    return print_query(app.reader.desk.listing.asked)


TYPED = (
    ("region tajikistan", "region:TJ"),
    ("душанбе", "region:TJ-DU"),
    ("feed kyoto", 'feed:"Kyoto Shimpo"'),
    ("filter is:starred harbour", "is:starred harbour"),
    ("view Harbours", "harbour"),
    ("show-unread", "is:unread"),
)


async def test_what_is_typed_is_done(sample: Sample) -> None:
    library = sample.library('[views]\nHarbours = "harbour"')
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        for at, (typed, expected) in enumerate(TYPED):
            await press(pilot, "F")
            assert asked(app) == "", typed
            await pilot.press(("ctrl+p", "colon")[at % 2])
            assert isinstance(app.screen, Palette), typed
            app.screen.query_one("Line").value = typed  # type: ignore[attr-defined]
            await settle(pilot)
            await press(pilot, "enter")
            assert app.screen is app.reader, typed
            assert asked(app) == expected, typed
    library.close()


async def test_a_command_that_cannot_be_done_here_stands_last_and_says_so(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "F")
        await pilot.press("colon", *"half page")
        await settle(pilot)
        assert "not here" in "\n".join(lines(app))
        await press(pilot, "enter")
        assert "Not here: " in lines(app)[-1]


async def test_tab_completes_and_the_palette_teaches_keys(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "F")
        await pilot.press("colon", *"all rea", "tab")
        await settle(pilot)
        assert app.screen.query_one("Line").value == "all-read"  # type: ignore[attr-defined]
        (row,) = [line for line in lines(app) if "Mark all in this view read" in line]
        assert " A " in row


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("all", "all-read"),
        ("mark all", "all-read"),
        ("star", "toggle-star"),
        ("alrd", "all-read"),
        ("", "next"),
    ],
)
def test_the_nearest_comes_first(typed: str, first: str) -> None:
    choices = [
        Choice("command", "next", "next", "Next row"),
        Choice("command", "toggle-star", "toggle-star", "Star the headline"),
        Choice("command", "all-read", "all-read", "Mark all in this view read"),
    ]
    assert ranked(choices, typed)[0].name == first
    assert not ranked(choices, "zzz")
