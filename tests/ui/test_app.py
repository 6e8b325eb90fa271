"""The application: the wall, signals, themes, what it refuses, a failing disk."""

from __future__ import annotations

import signal
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.layouts.vertical import VerticalLayout
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from termnews.library import Library
from termnews.ui import start
from termnews.ui.app import TermnewsApp
from termnews.ui.article_pane import ArticlePane
from termnews.ui.bars import BottomBar, TopBar
from termnews.ui.garbage import Garbage
from termnews.ui.ground import Told
from termnews.ui.sidebar import Sidebar
from termnews.ui.wall import Ascii, Colourless, Wall

from .conftest import Sample, app_of, lines, settle, until

WIDE = (120, 40)
BLACK = Color(0, 0, 0)


def drawn_strips(app: TermnewsApp) -> list[Strip]:
    """Return what is drawn, line by line."""
    return app.screen._compositor.render_strips()


def test_the_wall_takes_out_what_steers_a_terminal() -> None:
    evil = "a\x1b]0;x\x07b\x9b31mc\x00\u202ed\u2066e\u200ff\U000e0041g\u2028h\ud800"
    segments = Wall().apply([Segment(evil), Segment("fine ● text")], BLACK)
    assert [each.text for each in segments] == ["a]0;xb31mcdefgh", "fine ● text"]


def test_ascii_marks_are_as_wide_as_those_they_stand_for() -> None:
    drawn = Ascii().apply([Segment("● ★ ▲ ▌ ▸ ━ “x”"), Segment("plain")], BLACK)
    assert [each.text for each in drawn] == ['* + ^ | > = "x"', "plain"]


def test_without_colours_bold_underline_and_reverse_stay() -> None:
    style = Style(color="#ff0000", bgcolor="blue", bold=True, underline=True, reverse=True, italic=True)
    (drawn,) = Colourless().apply([Segment("x", style)], BLACK)
    assert drawn.style == Style(bold=True, underline=True, reverse=True, italic=True)
    assert Colourless().apply([Segment("x")], BLACK) == [Segment("x")]


@pytest.mark.parametrize("theme", ["night", "terminal"])
async def test_no_color_is_honoured_and_the_screen_still_tells(
    sample: Sample, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    library = sample.library(f'[theme]\nname = "{theme}"')
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        drawn = [part for strip in drawn_strips(app) for part in strip if part.style]
        assert not [part for part in drawn if part.style.color or part.style.bgcolor]
        assert [part for part in drawn if part.style.reverse and "Headline number 0" in part.text]
        assert [part for part in drawn if part.style.bold and "Headline number 1" in part.text]
        assert drawn_strips(app)[3].text.count("│") == 2
    library.close()


async def test_an_empty_no_color_asks_for_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert [part for strip in drawn_strips(app) for part in strip if part.style and part.style.color]
        assert not app.has_class("-colourless")


async def test_no_widget_gets_round_the_wall(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await app.reader.mount(Static("ab\x9b31mcd", markup=False))
        await pilot.pause()
        assert "\x9b" not in "".join(lines(app))


async def test_ascii_glyphs_by_config(sample: Sample) -> None:
    library = sample.library('[theme]\nglyphs = "ascii"')
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        filters = app.get_line_filters()
        assert [type(each) for each in filters[-2:]] == [Wall, Ascii]
    library.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
async def test_signals_end_it_in_order(library: Library, number: signal.Signals) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("1")
        await settle(pilot)
        signal.raise_signal(number)
        await until(pilot, lambda: app.return_code is not None)
        assert app.return_code == 128 + number
    assert '"line": ""' in (library.upkeep.recall("screen") or "")


@pytest.mark.parametrize("name", ["night", "broadsheet", "contrast"])
async def test_the_theme_of_the_config(sample: Sample, name: str) -> None:
    library = sample.library(f'[theme]\nname = "{name}"')
    app = app_of(library)
    async with app.run_test(size=WIDE):
        assert app.theme == name
    library.close()


async def test_a_mark_that_cannot_be_written_is_put_right_and_said(library: Library, sample: Sample) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        conn = sqlite3.connect(library.config.store_path)
        conn.execute(
            "CREATE TRIGGER full BEFORE UPDATE ON state BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
        conn.commit()
        await pilot.press("m")
        await settle(pilot)
        assert "Not saved: " in lines(app)[-1]
        assert "disk is full" in app.reader._message
        headline = app.reader.desk.headline
        assert headline is not None
        assert not headline.read
        conn.execute("DROP TRIGGER full")
        conn.commit()
        conn.close()
        await pilot.press("m")
        await settle(pilot)
        assert library.article(headline.id).state.read


async def test_an_error_in_a_worker_is_said_and_the_program_goes_on(library: Library) -> None:
    async def fail() -> None:
        raise ZeroDivisionError("by zero")

    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        app.reader.desk.run(fail, "fail")
        await until(pilot, lambda: "ZeroDivisionError" in lines(app)[-1])
        await pilot.press("j")
        assert app.reader.headlines.cursor == 1


@pytest.mark.parametrize(
    ("environ", "terminal", "words"),
    [
        ({"TERM": "xterm-256color"}, True, ""),
        ({"TERM": "dumb"}, True, "cannot show the screen"),
        ({}, True, "cannot show the screen"),
        ({"TERM": "xterm"}, False, "needs a terminal"),
    ],
)
def test_what_is_no_terminal_is_refused(environ: dict[str, str], terminal: bool, words: str) -> None:
    refusal = start.refused(environ, terminal)
    assert words in refusal
    assert bool(words) == bool(refusal)
    assert "\n" not in refusal


def test_the_refusal_is_one_line_and_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert start.run(["--demo"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1


def test_an_option_without_its_value_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert start.run(["--config"]) == 2
    assert "need a value" in capsys.readouterr().err


def test_the_screen_runs_on_the_library_the_options_name(
    sample: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[Path] = []

    def run_screen(library: Library, told: Told) -> tuple[int, bool]:
        assert told == Told()  # there is no terminal that was asked
        opened.append(library.config.path)
        return 7, False

    monkeypatch.setattr(start, "refused", lambda environ, terminal: "")
    monkeypatch.setattr("termnews.ui.app.run_screen", run_screen)
    path = sample.home / "termnews.toml"
    assert start.run([f"--config={path}"]) == 7
    assert start.run(["--config", str(path)]) == 7
    assert opened == [path, path]
    conn = sqlite3.connect(sample.home / "data" / "termnews.db")
    conn.execute("PRAGMA application_id = 7")
    conn.close()
    assert start.run(["--config", str(path)]) == 1
    assert "database of another program" in capsys.readouterr().err


async def test_before_the_first_paint_sheets_are_parsed_panes_styled_and_laid_out_once(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[object] = []  # sheets parsed anew, nodes styled, layouts, until the screen stands
    stood: list[object] = []
    reparse, apply, start_ = Stylesheet.reparse, Stylesheet.apply, Garbage.start
    arrange = VerticalLayout.arrange

    def reparsing(sheet: Stylesheet) -> None:
        done.append("reparse")
        reparse(sheet)

    def applying(sheet: Stylesheet, node: DOMNode, **given: Any) -> None:
        done.append(type(node))
        apply(sheet, node, **given)

    def arranging(layout: VerticalLayout, parent: Widget, *given: Any, **named: Any) -> Any:
        done.append(("layout", parent.id))
        return arrange(layout, parent, *given, **named)

    def standing(garbage: Garbage) -> None:
        stood.extend(done)
        start_(garbage)

    monkeypatch.setattr(Stylesheet, "reparse", reparsing)
    monkeypatch.setattr(Stylesheet, "apply", applying)
    monkeypatch.setattr(VerticalLayout, "arrange", arranging)
    monkeypatch.setattr(Garbage, "start", standing)
    app = app_of(sample.library())
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "reparse" not in stood
        panes = (TopBar, Sidebar, ArticlePane, BottomBar)
        assert [stood.count(each) for each in panes] == [1] * len(panes)
        assert stood.count(("layout", "middle")) == 1
