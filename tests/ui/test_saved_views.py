"""Saved views: named in the search, shown with their unread, renamed and taken out in the sidebar."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from termnews.library import Library
from termnews.query import print_query
from termnews.ui.app import TermnewsApp

from .conftest import Sample, app_of, lines, settle, until

WIDE = (120, 40)
OWN = '# mine\n[views]\n# the port\nharbour = "harbour" # daily\n"a [red]" = "is:starred"\n'


def asked(app: TermnewsApp) -> str:
    return print_query(app.reader.desk.listing.asked)


def shown(app: TermnewsApp) -> str:
    return "\n".join(lines(app))


def side(app: TermnewsApp) -> list[str]:
    """Return the names of the saved views in the sidebar."""
    sidebar = app.reader.desk.panes.sidebar
    rows = (sidebar.chosen(at) for at in range(sidebar.geometry.count))
    return [row.saved for row in rows if row.saved]


async def press(pilot: Pilot[str], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def to_saved(pilot: Pilot[str], name: str) -> None:
    """Put the cursor of the sidebar on a saved view."""
    sidebar = pilot.app.screen.query_one("#sidebar")
    sidebar.focus()
    await pilot.press("g")
    while sidebar.saved is None or sidebar.saved.saved != name:  # type: ignore[attr-defined]
        await pilot.press("j")


async def test_a_search_is_named_and_stands_in_the_sidebar_with_its_unread(sample: Sample) -> None:
    library = sample.library("# kept as it is\nper_host = 3")
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "slash", *"number", "ctrl+s")
        await press(pilot, *"Figures", "enter")
        assert app.screen is app.reader
        assert asked(app) == "number"
        assert side(app) == ["Figures"]
        await until(pilot, lambda: any("/ Figures" in line and " 12/12 " in line for line in lines(app)))
        assert "Figures is saved." in lines(app)[-1]
        text = library.config.path.read_text()
        assert '[views]\nFigures = "number"' in text
        assert "# kept as it is\nper_host = 3" in text
        await press(pilot, "F", "h", "enter")
    library.close()


async def test_a_saved_search_keeps_the_view_it_was_made_in(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "f", "f", "slash", *"harbour", "ctrl+s", *"Port", "enter")
        inside = library.reload().views["Port"]
        assert inside.startswith("feed:")
        await press(pilot, "F", "f", "f", "slash", *"harbour", "ctrl+g", "ctrl+s", *"All ports", "enter")
        assert library.reload().views["All ports"] == "harbour"


async def test_a_search_that_is_not_named_goes_on(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "slash", *"number 7", "ctrl+s", "escape")
        assert app.screen is not app.reader
        assert len(app.reader.headlines.ids) == 1
        await press(pilot, "escape")
        assert asked(app) == ""
        assert not library.reload().views


async def test_the_view_on_the_screen_is_saved_too(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "f", "7", "ctrl+s", "enter")
        assert dict(library.reload().views) == {"7 days": "since:7d"}
        await press(pilot, "F")
        app.reader.action_command("save-view")
        await settle(pilot)
        assert "nothing to save" in lines(app)[-1]


async def test_a_view_is_renamed_in_its_place_and_back(sample: Sample) -> None:
    library = sample.library(OWN)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await to_saved(pilot, "harbour")
        await press(pilot, "f2", *"The Port", "enter")
        assert side(app) == ["The Port", "a [red]"]
        assert '# the port\n"The Port" = "harbour" # daily' in library.config.path.read_text()
        await press(pilot, "u")
        assert side(app) == ["harbour", "a [red]"]
        assert OWN in library.config.path.read_text()
        await to_saved(pilot, "harbour")
        await press(pilot, "f2", *"a [red]", "enter")
        assert "Not renamed" in lines(app)[-1]
        assert side(app) == ["harbour", "a [red]"]
    library.close()


async def test_a_view_is_taken_out_and_back(sample: Sample) -> None:
    library = sample.library(OWN)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await to_saved(pilot, "a [red]")
        await press(pilot, "delete")
        assert side(app) == ["harbour"]
        assert "a [red] is taken out. · u undo" in lines(app)[-1]
        await press(pilot, "u")
        assert side(app) == ["harbour", "a [red]"]
        assert "# the port\nharbour" in library.config.path.read_text()
    library.close()


async def test_a_name_that_is_taken_is_replaced_and_comes_back(sample: Sample) -> None:
    library = sample.library(OWN)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "slash", *"number", "ctrl+s", *"harbour", "enter")
        assert library.reload().views["harbour"] == "number"
        assert "in place of" in lines(app)[-1]
        await press(pilot, "u")
        assert library.reload().views["harbour"] == "harbour"
    library.close()


@pytest.mark.parametrize("command", ["rename-view", "remove-view"])
async def test_only_saved_views_are_renamed_and_taken_out(sample: Sample, command: str) -> None:
    library = sample.library(OWN)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert not app.reader.check_action("command", (command,))
        await press(pilot, "h", "g")
        assert not app.reader.check_action("command", (command,))
        await to_saved(pilot, "harbour")
        assert app.reader.check_action("command", (command,))
        assert "f2 rename" in lines(app)[-1].lower()
    library.close()
