"""Sixel over the half blocks: at rest, whole, nowhere else, and never below what is drawn afterwards."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pyte
import pytest
from textual._compositor import CompositorUpdate
from textual.pilot import Pilot

from termnews import images
from termnews.models import ArticleQuery
from termnews.models.pictures import LONGEST_SIXEL, Cells, Picture
from termnews.ui import picture, pictures, sixels
from termnews.ui.app import TermnewsApp
from termnews.ui.picture import Hung
from tests.ui.conftest import Sample, app_of, settle, until
from tests.ui.test_pictures import asked, child

_REST = 0.02
_BODY = (
    "<img src='https://a.example/one.jpg' alt='First one'><p>Words.</p>"
    + "<p>On.</p>" * 60
    # Far enough away not to come by itself.
    + "<img src='https://a.example/far.jpg' alt='Far one'>"
)
_OVER = re.compile("\x1b7\x1b\\[(\\d+);(\\d+)H\x1bP0;0;0q[^\x1b]*\x1b\\\\\x1b8")


class Paper(pyte.Screen):
    """A terminal that draws Sixel, and drops of it what letters are written over."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self.sixel: set[tuple[int, int]] = set()
        self.times = 0
        self._stream = pyte.Stream(self)

    def draw(self, data: str) -> None:
        """Draw letters."""
        for letter in data:
            super().draw(letter)
            self.sixel -= {(self.cursor.x - each, self.cursor.y) for each in (1, 2)}

    def write(self, said: str) -> None:
        """Take what a program writes."""
        if found := _OVER.fullmatch(said):
            top, left = int(found[1]) - 1, int(found[2]) - 1
            self.sixel |= {(left + x, top + y) for x in range(10) for y in range(3)}
            self.times += 1
        else:
            assert "\x1bP" not in said
            self._stream.feed(said)

    def blocks(self) -> set[tuple[int, int]]:
        """Return where half blocks stand; "#" stands for them."""
        return {(x, y) for y, line in enumerate(self.display) for x, each in enumerate(line) if each == "#"}


@asynccontextmanager
async def _shown(
    sample: Sample,
    monkeypatch: pytest.MonkeyPatch,
    *,
    size: tuple[int, int] = (126, 30),
    sixel: bool = True,
    cell: tuple[int, int] | None = (10, 20),
    extra: str = "",
) -> AsyncIterator[tuple[Pilot[Any], TermnewsApp, Paper]]:
    """Show an article with a picture on a terminal."""
    monkeypatch.setattr(images, "installed", lambda: True)
    monkeypatch.setattr(pictures, "SETTLE", 0)
    monkeypatch.setattr(pictures, "_cell", lambda: cell)
    monkeypatch.setattr(sixels, "REST", _REST)
    sample.publish("Zebra road opens", body=_BODY)
    sample.configure(extra)
    library = sample.library(extra)
    (number,) = library.ids(library.query("zebra road"))
    app = app_of(library, child(sample.home), sixel=sixel)
    paper = Paper(*size)

    def display(screen: object, update: object) -> None:
        if isinstance(update, CompositorUpdate):
            paper.write(update.render_segments(app.console))

    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert app._driver is not None
        monkeypatch.setattr(app, "_display", display)
        monkeypatch.setattr(app._driver, "write", paper.write)
        desk = app.reader.desk
        desk.listing.show(ArticleQuery(), article=number)
        desk.panes.showing.follow()
        if size[0] < 100:
            await pilot.press("enter")
        app.reader.refresh()  # the first article was drawn before the terminal was looked at
        await until(pilot, lambda: paper.blocks())
        yield pilot, app, paper
    library.close()


async def _rest(pilot: Pilot[Any]) -> None:
    """Wait longer than it takes until Sixel is written."""
    await settle(pilot)
    await pilot.pause(3 * _REST)
    await settle(pilot)


async def test_it_is_written_once_at_rest_over_the_whole_picture(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _shown(sample, monkeypatch) as (pilot, _, paper):
        await until(pilot, lambda: paper.times == 1)
        assert len(paper.blocks()) == 30 and paper.sixel == paper.blocks()
        await _rest(pilot)
        assert paper.times == 1


async def test_a_part_of_a_picture_is_none(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    async with _shown(sample, monkeypatch) as (_, app, _paper):
        lines = app.reader.desk.panes.article._lines
        ((at, link),) = lines.pictures(range(len(lines.lines)))
        assert [*lines.pictures(range(at, at + 3))] == [(at, link)]
        assert not [*lines.pictures(range(at, at + 2))] and not [*lines.pictures(range(at + 1, at + 9))]


async def test_what_moves_or_lies_over_it_takes_it_away(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _shown(sample, monkeypatch) as (pilot, app, paper):
        await until(pilot, lambda: paper.times == 1)
        panes = app.reader.desk.panes
        before = paper.blocks()
        panes.article.scroll_to(y=2, animate=False, force=True)
        await until(pilot, lambda: paper.times == 2)
        assert paper.sixel == paper.blocks() == {(x, y - 2) for x, y in before}

        panes.article.scroll_to(y=7, animate=False, force=True)
        await _rest(pilot)
        assert 0 < len(paper.blocks()) < 30 and not paper.sixel  # a part of it: half blocks
        panes.article.scroll_to(y=0, animate=False, force=True)
        await until(pilot, lambda: paper.times == 3)

        await pilot.press("question_mark")
        await _rest(pilot)
        assert not paper.sixel and paper.times == 3
        await pilot.press("escape")
        await until(pilot, lambda: paper.times == 4)
        assert paper.sixel == paper.blocks() == before

        await pilot.press("z")
        await until(pilot, lambda: paper.times == 5)
        assert paper.sixel == paper.blocks() != before
        panes.turn_article(1)
        await _rest(pilot)
        assert not paper.sixel and not paper.blocks()

        panes.turn_article(-1)
        await until(pilot, lambda: paper.times == 6)
        await pilot.press("P")
        await _rest(pilot)
        assert not paper.sixel and not paper.blocks() and paper.times == 6


async def test_nothing_is_written_where_a_drawer_lies_over_the_picture(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _shown(sample, monkeypatch, size=(80, 24)) as (pilot, app, paper):
        await until(pilot, lambda: paper.times == 1)
        app.reader.desk.panes.turn("sidebar")
        await settle(pilot)
        app.reader.desk.panes.article.refresh()
        await _rest(pilot)
        assert not paper.sixel and paper.times == 1
        app.reader.desk.panes.turn("sidebar")
        await until(pilot, lambda: paper.times == 2)
        assert paper.sixel == paper.blocks() and len(paper.sixel) == 30


async def test_nothing_is_written_on_the_last_line_which_would_scroll(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _shown(sample, monkeypatch) as (pilot, app, paper):
        await until(pilot, lambda: paper.times == 1)
        end = max(y for _, y in paper.blocks()) + 1
        app.reader.query_one("#bottom").display = False
        paper.resize(end, 126)
        paper.sixel.clear()
        await pilot.resize_terminal(126, end)
        await _rest(pilot)
        before = paper.times
        app.reader.desk.panes.article.refresh()
        await _rest(pilot)
        assert len(paper.blocks()) == 30 and not paper.sixel and paper.times == before
        paper.resize(end + 1, 126)
        await pilot.resize_terminal(126, end + 1)
        await until(pilot, lambda: paper.sixel == paper.blocks())


async def test_a_picture_for_other_cells_stays_half_blocks(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _shown(sample, monkeypatch) as (pilot, app, paper):
        await until(pilot, lambda: paper.times == 1)
        monkeypatch.setattr(pictures, "_cell", lambda: (12, 24))
        app.reader.desk.panes.article.refresh()
        await _rest(pilot)
        assert not paper.sixel and paper.times == 1


@pytest.mark.parametrize(
    ("sixel", "cell", "show", "wanted"),
    [
        (True, (10, 20), "auto", True),
        (False, (10, 20), "auto", False),
        (True, None, "auto", False),  # of what size?
        (False, None, "sixel", True),
        (True, (10, 20), "blocks", False),
    ],
)
async def test_it_is_wanted_where_the_terminal_says_so_or_the_settings(
    sample: Sample,
    monkeypatch: pytest.MonkeyPatch,
    sixel: bool,
    cell: tuple[int, int] | None,
    show: str,
    wanted: bool,
) -> None:
    extra = f'[images]\nshow = "{show}"\n'
    async with _shown(sample, monkeypatch, sixel=sixel, cell=cell, extra=extra) as (pilot, _, paper):
        await _rest(pilot)
        assert [each["frame"].get("sixel", False) for each in asked(sample.home)] == [wanted]
        assert paper.times == wanted


_LINE: tuple[Cells, ...] = (("▀" * 10, 1, 2),)


@pytest.mark.parametrize(
    "sixel",
    [
        "",
        '"1;1;100;60#0~\x1b]0;pwned\x07',
        '"1;1;100;60#0~\x9c',
        '"1;1;100;60#0~é',
        '"1;1;100;60#0~ ',
        '"1;1;100;60#0~\n',
        '"1;1;100;61#0~',
        '"1;1;101;60#0~',
        '"1;1;99999;60#0~',
        "#0~",
        '"1;1;100;60#0' + "~-" * 10 + "~",
        '"1;1;100;60#0' + "~" * LONGEST_SIXEL,
    ],
    ids=range(12),
)
def test_what_is_not_sixel_of_its_cells_never_reaches_the_terminal(sixel: str) -> None:
    assert Hung(Picture(10, (_LINE,) * 3, sixel=sixel), 1, (10, 20)).sixel == ""


def test_sixel_is_written_from_a_cell_on_and_the_cursor_returns() -> None:
    sixel = '"1;1;100;60#0;2;0;99;0' + "!100~-" * 9 + "!100~"
    assert Hung(Picture(10, (_LINE,) * 3, sixel=sixel), 1, (10, 20)).sixel == sixel
    assert picture.over(sixel, 4, 2) == f"\x1b7\x1b[3;5H\x1bP0;0;0q{sixel}\x1b\\\x1b8"
