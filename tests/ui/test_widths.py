"""How wide the panes are: keys, the mouse, limits, each width of the terminal, restarts, the drawer."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from termnews.library import Library
from termnews.ui.app import TermnewsApp

from .conftest import Sample, app_of, lines, settle

WIDE = (120, 40)


def widths(app: TermnewsApp) -> tuple[int, int, int]:
    """Return how wide sidebar, list and article are."""
    panes = app.reader.desk.panes
    return panes.sidebar.region.width, panes.headlines.region.width, panes.article.region.width


async def drag(pilot: Pilot[str], start: int, end: int) -> None:
    """Pull what stands at a column to another column."""
    await pilot.mouse_down(offset=(start, 10))
    for x in range(start, end, 1 if end > start else -1):
        await pilot.hover(offset=(x, 10))
    await pilot.hover(offset=(end, 10))
    await pilot.mouse_up(offset=(end, 10))
    await settle(pilot)


@pytest.mark.parametrize(("less", "more"), [("less_than_sign", "greater_than_sign"), ("Б", "Ю")])
async def test_keys_widen_the_pane_that_has_them(library: Library, less: str, more: str) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert widths(app) == (24, 44, 52)
        await pilot.press(more, "ctrl+right")
        await settle(pilot)
        assert widths(app) == (24, 48, 48)
        await pilot.press("h", less)
        await settle(pilot)
        assert widths(app) == (22, 48, 50)
        await pilot.press("escape", "enter", more)
        await settle(pilot)
        assert widths(app) == (22, 46, 52)
        await pilot.press("3", less)
        await settle(pilot)
        assert widths(app) == (22, 52, 46)


@pytest.mark.parametrize("focus", ["list", "sidebar", "article"])
@pytest.mark.parametrize("key", ["less_than_sign", "greater_than_sign"])
async def test_every_pane_keeps_its_least(library: Library, focus: str, key: str) -> None:
    app = app_of(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        if focus != "list":
            getattr(app.reader.desk.panes, focus).focus()
        await pilot.press(*[key] * 40)
        await settle(pilot)
        sidebar, shown, article = widths(app)
        assert sidebar + shown + article == 100
        assert (sidebar >= 14, shown >= 26, article >= 28) == (True, True, True)
        assert "no more room" in lines(app)[-1]


async def test_the_mouse_pulls_both_edges(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await drag(pilot, 24, 30)
        assert widths(app) == (30, 44, 46)
        await drag(pilot, 74, 70)
        assert widths(app) == (30, 40, 50)
        await pilot.hover(offset=(90, 12))  # let go: the mouse moves, the panes do not
        await settle(pilot)
        assert widths(app) == (30, 40, 50)


async def test_a_click_at_the_edge_still_chooses_the_row(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.click(offset=(24, 6))
        await settle(pilot)
        assert app.reader.headlines.cursor == 1
        assert widths(app) == (24, 44, 52)


async def test_each_width_of_the_terminal_has_its_own_over_restarts(sample: Sample) -> None:
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("greater_than_sign")
        await pilot.resize_terminal(200, 50)
        await pilot.pause()
        assert widths(app)[:2] == (28, 62)
        await pilot.press("less_than_sign", "less_than_sign")
        await pilot.pause()
        assert widths(app)[:2] == (28, 58)
        app.exit()
    library.close()
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert widths(app) == (24, 46, 50)
        await pilot.resize_terminal(180, 50)
        await pilot.pause()
        assert widths(app)[:2] == (28, 58)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert widths(app) == (0, 80, 0)
        await pilot.press("greater_than_sign")
        assert "one pane" in lines(app)[-1]
    library.close()


async def test_kept_widths_bend_where_there_is_no_room(sample: Sample) -> None:
    for kept in ('{"middle list": 900, "middle sidebar": 600}', '{"middle list": -3, "x": 4}', '["y"]'):
        library = sample.library()
        library.upkeep.remember("screen", f'{{"widths": {kept}}}')
        app = app_of(library)
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            sidebar, shown, article = widths(app)
            assert sidebar + shown + article == 100
            assert min(sidebar, shown, article) >= 14
        library.close()


async def test_under_100_columns_the_sidebar_is_a_drawer_over_the_list(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("b")
        await settle(pilot)
        assert widths(app) == (28, 80, 0)
        assert "WORLD" in "\n".join(line[:28] for line in lines(app))
        await pilot.press("greater_than_sign")
        await settle(pilot)
        assert widths(app) == (30, 80, 0)
        await pilot.press("g", "j", "j", "enter")
        await settle(pilot)
        assert widths(app) == (0, 80, 0)
