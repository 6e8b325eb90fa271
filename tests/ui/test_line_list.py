"""LineList: keys, mouse, caches, and a million rows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from rich.segment import Segment
from textual import events, on
from textual.app import App, ComposeResult
from textual.strip import Strip

from termnews.ui.geometry import Break, Geometry, Spot
from termnews.ui.line_list import LineList
from termnews.ui.messages import RowChosen, RowMoved


class Numbers(LineList[int]):
    """Shows the numbers of its rows and keeps count of the pages brought."""

    def __init__(self) -> None:
        super().__init__(id="numbers")
        self.brought: list[tuple[int, int]] = []
        self.drawn: list[int] = []

    def page(self, start: int, stop: int) -> Sequence[int]:
        self.brought.append((start, stop))
        return range(start, stop)

    def render_row(self, i: int, line: int, width: int, selected: bool, focused: bool) -> Strip:
        self.drawn.append(i)
        return Strip([Segment(f"{self.row(i)}.{line}{'*' if selected else ''}")])


class Bench(App[None]):
    """A list alone on a screen."""

    CSS = "LineList { height: 1fr; scrollbar-size-vertical: 1; }"

    def __init__(self, count: int, **layout: object) -> None:
        super().__init__()
        self.count, self.layout = count, layout
        self.moved: list[int] = []
        self.chosen: list[int] = []
        self.numbers = Numbers()

    def compose(self) -> ComposeResult:
        yield self.numbers

    def on_mount(self) -> None:
        self.numbers.focus()
        self.numbers.set_rows(self.count, **self.layout)  # type: ignore[arg-type]

    @on(RowMoved)
    def note_move(self, event: RowMoved) -> None:
        self.moved.append(event.index)

    @on(RowChosen)
    def note_choice(self, event: RowChosen) -> None:
        self.chosen.append(event.index)

    def text(self, y: int) -> str:
        return self.numbers.render_line(y).text.rstrip()


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        (["j", "down", "о"], 3),
        (["j", "j", "k", "up", "л"], 0),
        (["G"], 99),
        (["end", "home"], 0),
        (["П"], 99),
        (["pagedown"], 9),
        (["pagedown", "pageup"], 0),
        (["G", "j"], 99),
    ],
)
async def test_keys_move_the_cursor(keys: list[str], row: int) -> None:
    app = Bench(100)
    async with app.run_test(size=(20, 10)) as pilot:
        await pilot.press(*keys)
        assert app.numbers.cursor == row
        shown = [app.text(y) for y in range(10)]
        assert f"▌{row}.0*" in shown


async def test_a_line_is_made_once_however_often_the_list_scrolls_over_it() -> None:
    app = Bench(100)
    async with app.run_test(size=(20, 10)) as pilot:
        await pilot.press("G", "g")
        app.numbers.drawn.clear()
        await pilot.press("G")
        assert app.text(9) == "▌99.0*"
        await pilot.press("g")
        assert app.numbers.drawn == []
        assert app.text(0) == "▌0.0*"


async def test_lines_are_as_wide_as_the_pane_and_made_anew_with_it() -> None:
    app = Bench(100)
    async with app.run_test(size=(20, 10)) as pilot:
        assert {app.numbers.render_line(y).cell_length for y in range(10)} == {20}
        await pilot.resize_terminal(30, 10)
        assert {app.numbers.render_line(y).cell_length for y in range(10)} == {30}


async def test_the_list_scrolls_just_as_far_as_needed() -> None:
    app = Bench(100)
    async with app.run_test(size=(20, 10)) as pilot:
        await pilot.press(*["j"] * 10)
        assert [app.text(y) for y in (0, 9)] == [" 1.0", "▌10.0*"]
        await pilot.press(*["k"] * 5)
        assert app.numbers.scroll_offset.y == 1


async def test_the_terminals_cursor_stands_on_the_row() -> None:
    app = Bench(100, row_height=2)
    async with app.run_test(size=(20, 10)) as pilot:
        await pilot.press("j", "j")
        assert app.cursor_position == (2, 4)


async def test_a_million_rows_are_drawn_and_crossed_at_once() -> None:
    app = Bench(1_000_000, row_height=3)
    async with app.run_test(size=(40, 30)) as pilot:
        await pilot.press("G")
        assert app.numbers.cursor == 999_999
        assert app.text(29) == "▌999999.2*"
        await pilot.press("g")
        assert app.text(0) == "▌0.0*"
        assert len(app.numbers.brought) <= 6


async def test_pages_and_strips_are_kept() -> None:
    app = Bench(1000)
    async with app.run_test(size=(20, 10)) as pilot:
        await pilot.pause()
        app.numbers.drawn.clear()
        app.numbers.brought.clear()
        await pilot.press("j")
        assert set(app.numbers.drawn) == {0, 1}
        assert app.numbers.brought == []


async def test_row_changed_draws_that_row_alone() -> None:
    app = Bench(1000)
    async with app.run_test(size=(20, 10)) as pilot:
        await pilot.pause()
        app.numbers.drawn.clear()
        app.numbers.row_changed(4)
        await pilot.pause()
        assert set(app.numbers.drawn) == {4}


async def test_moves_and_choices_are_told() -> None:
    app = Bench(10)
    async with app.run_test(size=(20, 10)) as pilot:
        await pilot.press("j", "enter")
        assert app.chosen == [1]
        assert app.moved[-1] == 1
        app.numbers.move_to(5, tell=False)
        await pilot.pause()
        assert 5 not in app.moved


async def test_the_mouse_moves_chooses_and_scrolls() -> None:
    app = Bench(100, breaks=[Break(0, ("LABEL",))])
    async with app.run_test(size=(20, 10)) as pilot:
        await pilot.click("#numbers", offset=(3, 4))
        assert (app.numbers.cursor, app.chosen) == (3, [])
        await pilot.click("#numbers", offset=(3, 0))
        assert app.numbers.cursor == 3
        await pilot.click("#numbers", offset=(3, 5), times=2)
        assert app.chosen == [4]
        wheel = events.MouseScrollDown(app.numbers, 3, 3, 0, 1, 0, False, False, False)
        app.numbers.post_message(wheel)
        await pilot.pause()
        assert app.numbers.scroll_offset.y > 0
        assert app.numbers.cursor == 4


async def test_an_empty_list_survives_every_key() -> None:
    app = Bench(0)
    async with app.run_test(size=(20, 10)) as pilot:
        await pilot.press("j", "k", "G", "g", "pagedown", "enter")
        assert (app.numbers.cursor, app.chosen, app.moved) == (0, [], [])


async def test_breaks_are_drawn_and_never_selected() -> None:
    app = Bench(4, breaks=[Break(0, ("NOW",)), Break(2, ("", "OLD"))])
    async with app.run_test(size=(20, 10)):
        assert [app.text(y) for y in range(7)][1:5] == ["▌0.0*", " 1.0", "", app.text(4)]
        assert app.text(0).startswith("  NOW ───")
        assert app.text(4).startswith("  OLD ───")
        assert app.text(5) == " 2.0"


@pytest.mark.parametrize("height", [1, 3])
def test_geometry_agrees_with_walking(height: int) -> None:
    breaks = [Break(0, ("a",)), Break(3, ("", "b")), Break(4, ("c",))]
    geometry = Geometry(7, height, breaks)
    walked: list[Spot] = []
    for row in range(7):
        for each in breaks:
            if each.before == row:
                walked += [Spot(row, at, label) for at, label in enumerate(each.lines)]
        assert geometry.top(row) == len(walked)
        walked += [Spot(row, line) for line in range(height)]
    assert geometry.height == len(walked)
    assert [geometry.at(line) for line in range(len(walked))] == walked
    assert geometry.at(-1) is None
    assert geometry.at(len(walked)) is None
    assert [geometry.top_with_breaks(row) for row in (0, 3)] == [0, geometry.top(3) - 2]
