"""`accessible = true`: the cursor on the row, one pane, words for marks, and nothing that moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Offset
from textual.widgets import Input

from termnews.library import Library
from termnews.ui.app import TermnewsApp
from termnews.ui.article_pane import ArticlePane
from termnews.ui.bars import BottomBar, Status
from termnews.ui.messages import Progress
from termnews.ui.spoken import ago
from termnews.ui.wall import Bare

from .conftest import NOW, Sample, app_of, lines, settle

WIDE = (160, 30)
ACCESSIBLE = "[theme]\naccessible = true"


@pytest.fixture
def spoken(sample: Sample) -> Iterator[Library]:
    """The library of the sample, for an accessible screen."""
    opened = sample.library(ACCESSIBLE)
    yield opened
    opened.close()


def under_cursor(app: TermnewsApp) -> str:
    """Return what a screen reader reads: the line of the terminal's own cursor, ornaments taken away."""
    x, y = app.cursor_position
    drawn = Bare().apply(list(app.screen._compositor.render_strips()[y]), Color(0, 0, 0))
    return "".join(segment.text for segment in drawn)[x:].strip()


async def test_the_cursor_stands_on_the_row_and_its_line_says_all(spoken: Library) -> None:
    app = app_of(spoken)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert under_cursor(app) == "unread: Headline number 0 about the harbour"
        await pilot.press("j", "s", "m")
        await settle(pilot)
        assert under_cursor(app) == "starred: Headline number 1 about the harbour"
        assert app.cursor_position.y + 1 < WIDE[1]
        assert lines(app)[app.cursor_position.y + 1].strip() == "Thames Herald, London, 41 minutes ago"
        await pilot.press("G")
        await settle(pilot)
        assert under_cursor(app) == "unread: Headline number 11 about the harbour"


async def test_one_line_for_a_headline_where_that_is_wanted(spoken: Library) -> None:
    app = app_of(spoken)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("d", "j")
        await settle(pilot)
        assert under_cursor(app) == "unread: Headline number 1 about the harbour"
        assert "minutes ago" not in "".join(lines(app))


async def test_one_pane_has_the_whole_width(spoken: Library) -> None:
    app = app_of(spoken)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert app.reader.headlines.size.width == WIDE[0]
        await pilot.press("b")
        await settle(pilot)
        sidebar = app.reader.desk.panes.sidebar
        assert sidebar.size.width == WIDE[0]
        assert under_cursor(app) == "Unread, on the screen, 12"
        for _ in range(4):
            await pilot.press("j")
        assert under_cursor(app) == "Asia, closed, 4"
        await pilot.press("right")
        assert under_cursor(app) == "Asia, open, 4"
        await pilot.press("G", "right")  # nothing to unfold: back to the list
        await settle(pilot)
        assert under_cursor(app) == "unread: Headline number 0 about the harbour"
        await pilot.press("enter")
        await settle(pilot)
        pane = app.query_one(ArticlePane)
        assert pane.size.width == WIDE[0]
        assert app.cursor_position == pane.content_region.offset


async def test_the_cursor_comes_back_from_a_list_laid_over(spoken: Library) -> None:
    app = app_of(spoken)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        here = app.cursor_position
        await pilot.press("question_mark", *"starred", "down")
        await settle(pilot)
        assert "tarred" in under_cursor(app)
        assert not app.screen.query_one(Input).cursor_blink
        assert not [line for line in lines(app) if "Headline" in line]
        await pilot.press("escape")
        await settle(pilot)
        assert app.cursor_position == here


@pytest.mark.parametrize("key", ["slash", "w", "a"])
async def test_the_cursor_stands_where_one_types(spoken: Library, key: str) -> None:
    app = app_of(spoken)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)
        field = app.screen.query_one(Input)
        assert app.cursor_position == field.cursor_screen_offset
        assert field.region.contains_point(app.cursor_position)
        await pilot.press("a")  # results may come into the list behind
        await settle(pilot)
        assert app.cursor_position == field.cursor_screen_offset


async def test_the_cursor_follows_through_what_a_search_finds(spoken: Library) -> None:
    app = app_of(spoken)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"harb", "down")
        await settle(pilot)
        assert under_cursor(app) == "unread: Headline number 1 about the harbour"


@pytest.mark.parametrize("config", [ACCESSIBLE, ""])
async def test_the_terminals_cursor_is_shown_only_there(
    sample: Sample, config: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    monkeypatch.setattr(HeadlessDriver, "write", lambda driver, text: written.append(text))
    library = sample.library(config)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert written.count("\x1b[?25h") == bool(config)
        app.app_resume_signal.publish(app)  # as after fg, when Textual has hidden it again
        await settle(pilot)
        assert written.count("\x1b[?25h") == 2 * bool(config)
    library.close()


async def test_without_it_all_is_as_ever_but_the_cursor(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "● Headline number 0" in "".join(lines(app))
        assert app.reader.headlines.size.width < WIDE[0]
        assert app.reader.headlines.content_region.offset + Offset(2, 1) == app.cursor_position


async def test_ages_stand_still(spoken: Library, sample: Sample) -> None:
    app = app_of(spoken)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        sample.now += timedelta(minutes=10)
        before = lines(app)[3:9]
        await pilot.press("j", "k")
        await settle(pilot)
        assert lines(app)[3:9] == before


async def test_a_refresh_is_one_word(spoken: Library) -> None:
    app = app_of(spoken)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        bar = app.query_one(BottomBar)
        bar.show(Status(progress=Progress(3, 9, failed=1), words=True))
        assert bar.render_line(0).text.rstrip().endswith(" refreshing")
        bar.show(Status(failing=2, words=True))
        assert bar.render_line(0).text.endswith(" 2 feeds failing ")


def test_ornaments_are_spaces_and_text_stays() -> None:
    said = Bare().apply(
        [Segment("● ▌─━⣿▸ Asia"), Segment("▾ col·lecció « 京都 »"), Segment("plain")], Color(0, 0, 0)
    )
    assert [each.text for each in said] == ["      + Asia", "- col·lecció « 京都 »", "plain"]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "just now"), (1, "1 minute ago"), (59, "59 minutes ago"), (60, "1 hour ago"), (2880, "2 days ago")],
)
def test_ages_in_words(minutes: int, words: str) -> None:
    assert ago(NOW - timedelta(minutes=minutes), NOW) == words
