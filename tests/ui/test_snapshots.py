"""Pictures of the main screen on the sample news, at two sizes; a change of look shows here first."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from termnews import config, wording
from termnews.demo import write_demo
from termnews.demo.filling import load_demo
from termnews.library import Library
from termnews.models import Place
from termnews.ui.app import TermnewsApp

from . import feeds_sample
from .conftest import Sample, app_of, press, settle

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample news at a fixed moment: fetching it takes longer than drawing it."""
    home = tmp_path_factory.mktemp("demo") / "home"
    load_demo(write_demo(home, NOW), lambda: NOW).close()
    return Path(shutil.copytree(home, home.with_name("kept")))


@pytest.fixture
def demo(kept: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """The sample news where it was fetched, as it was then, in UTC, with 24-bit colour."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    time.tzset()
    home = kept.with_name("home")
    shutil.rmtree(home)
    shutil.copytree(kept, home)
    library = Library(config.load(home / "termnews.toml"), lambda: NOW)
    yield library
    library.close()
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("theme", ["night", "broadsheet"])
@pytest.mark.parametrize(
    "size", [(60, 20), (80, 24), (120, 40), (200, 50)], ids=["60x20", "80x24", "120x40", "200x50"]
)
def test_main(demo: Library, theme: str, size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    app: TermnewsApp = app_of(demo)
    app.wear(theme)

    async def look(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await press(pilot, "1", "j")
        app.reader.desk.panes.open_here()
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=look)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("keys", [(), ("j", "enter"), ("question_mark",)], ids=["list", "article", "help"])
def test_accessible(
    sample: Sample, size: tuple[int, int], keys: tuple[str, ...], snap_compare: Callable[..., bool]
) -> None:
    library = sample.library("[theme]\naccessible = true")
    app: TermnewsApp = app_of(library)

    async def look(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        for key in keys:
            await press(pilot, key)
        for each in app.screen.query(Input):
            each.cursor_blink = False
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=look)
    library.close()


def test_theme_list(demo: Library, snap_compare: Callable[..., bool]) -> None:
    app: TermnewsApp = app_of(demo)

    async def look(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await pilot.press("1", "f4", "down", "down", "down", "down", "down")
        await settle(pilot)
        for each in app.screen.query(Input):
            each.cursor_blink = False  # a slow machine would draw the other half of the blink

    assert snap_compare(app, terminal_size=(80, 24), run_before=look)


PLACES = (
    Place("TJ-GB", "about", "GBAO", "subdivision", "title"),
    Place("UZ", "about", "Uzbekistan", "name", "title"),
    Place("RU-MOW", "mentions", "Moscow", "city", "text"),
    Place("US-NY", "mentions", "New York", "city", "text"),
)
BODY = (
    "<p>An earthquake of magnitude 5.3 shook the east of GBAO on Sunday, officials in "
    "<a href='https://a.example/'>New</a> York and Moscow said.</p>"
    "<blockquote>Nobody in GBAO was hurt.</blockquote>" + "<p>More follows.</p>" * 9
)


@pytest.fixture
def placed(sample: Sample) -> Iterator[Library]:
    """Sample headlines whose places are fixed, so that a better gazetteer changes no picture."""
    sample.publish("Nothing but the feed says where", Place("JP-26", "about", rule="feed"), feed=2)
    sample.publish("Earthquake recorded in GBAO; Uzbekistan feels it too", *PLACES, body=BODY, feed=1)
    time.tzset()
    library = sample.library()
    yield library
    library.close()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize(
    "keys", [("i", "j", "j"), ("w", "right", "down", "right", "down", "space")], ids=["why", "picker"]
)
def test_places(
    placed: Library, size: tuple[int, int], keys: tuple[str, ...], snap_compare: Callable[..., bool]
) -> None:
    app: TermnewsApp = app_of(placed)

    async def look(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await pilot.press("g")
        while app.reader.desk.headline is None or "Earthquake" not in app.reader.desk.headline.title:
            await pilot.press("j")
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        for each in app.screen.query(Input):
            each.cursor_blink = False  # a slow machine would draw the other half of the blink

    assert snap_compare(app, terminal_size=size, run_before=look)


@pytest.fixture
def feeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """Fourteen feeds that fare differently."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    time.tzset()
    library = Library(feeds_sample.write(tmp_path), lambda: feeds_sample.NOW)
    yield library
    library.close()
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_feeds(feeds: Library, size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    app: TermnewsApp = app_of(feeds)

    async def look(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await pilot.press("V", "j")
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=look)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_errors(feeds: Library, size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    app: TermnewsApp = app_of(feeds)

    async def look(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await press(pilot, "E")
        await settle(pilot)
        for each in app.screen.query(Input):
            each.cursor_blink = False

    assert snap_compare(app, terminal_size=size, run_before=look)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize(
    "keys",
    [("s", "A", "u", "H"), ("A", "."), ("f", "s", "f", "1"), ("greater_than_sign", "h", "b")],
    ids=["history", "all-read", "nothing", "drawer"],
)
def test_states(
    placed: Library, size: tuple[int, int], keys: tuple[str, ...], snap_compare: Callable[..., bool]
) -> None:
    app: TermnewsApp = app_of(placed)

    async def look(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        for key in keys:
            await press(pilot, key)
            await settle(pilot)
        app.reader.say("")
        for each in app.screen.query(Input):
            each.cursor_blink = False
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=look)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize(
    "keys",
    [
        ("question_mark",), ("colon", *"ta"), ("slash", *"quake"), ("j", "enter", "U"),
        ("j", "enter", "slash", *"survey"), ("a",), ("j", "enter", "z"), ("f",),
    ],
    ids=["help", "palette", "search", "links", "find", "prompt", "alone", "which-key"],
)  # fmt: skip
def test_laid_over(
    demo: Library, size: tuple[int, int], keys: tuple[str, ...], snap_compare: Callable[..., bool]
) -> None:
    app: TermnewsApp = app_of(demo)

    async def look(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        for key in keys:
            await press(pilot, key)
        for strip in app.screen.query("#which-key"):
            strip.display = True  # it shows itself after a while
        for each in app.screen.query(Input):
            each.cursor_blink = False
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=look)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("language", ["ru", "tg"])
def test_in_another_language(
    demo: Library, size: tuple[int, int], language: str, snap_compare: Callable[..., bool]
) -> None:
    wording.speak(language)
    try:
        app: TermnewsApp = app_of(demo)

        async def look(pilot: Pilot[Any]) -> None:
            await settle(pilot)
            await press(pilot, "j", "question_mark")

        assert snap_compare(app, terminal_size=size, run_before=look)
    finally:
        wording.speak("en")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_first_run(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch, snap_compare: Callable[..., bool]
) -> None:
    monkeypatch.setenv("TZ", "Asia/Dushanbe")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("COLORTERM", "truecolor")
    path = tmp_path / "termnews.toml"
    path.write_text(f'data_dir = "{tmp_path}/data"\n', encoding="utf-8")
    library = Library(config.load(path), lambda: NOW)
    app: TermnewsApp = app_of(library)

    async def look(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        for each in app.screen.query(Input):
            each.cursor_blink = False
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=look)
    library.close()
