"""The list of themes: it tries them on, keeps one with the comments of the file, or goes back."""

from __future__ import annotations

from typing import Any

import pytest
from textual.screen import Screen

from termnews.library import Library
from termnews.ui.palettes import PALETTES
from termnews.ui.theme_list import ThemeList

from .conftest import Sample, app_of, lines, settle

SIZE = (120, 40)
COMMENTED = '# my eyes\n[theme]\n# late hours\nglyphs = "plain" # as it is\n'


async def test_the_screen_behind_tries_on_what_the_cursor_is_on(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f4")
        await settle(pilot)
        assert isinstance(app.screen, ThemeList)
        assert app.theme == "night"
        await pilot.press("down", "down")
        await settle(pilot)
        assert app.theme == "broadsheet"
        assert app.reader.headlines.styles.background.hex.lower() == PALETTES["broadsheet"]["list"]
        row = app.reader.headlines.render_line(2)
        assert PALETTES["broadsheet"]["ink"] in {
            part.style.color.name for part in row if part.style and part.style.color
        }


async def test_enter_keeps_the_theme_and_the_comments(sample: Sample) -> None:
    library = sample.library(COMMENTED)
    before = library.config.path.read_text(encoding="utf-8")
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f4", *"sepia", "enter")
        await settle(pilot)
        assert app.theme == "sepia"
        assert app.screen is app.reader
        assert "The theme is sepia from now on." in lines(app)[-1]
        after = library.config.path.read_text(encoding="utf-8")
        assert [line for line in after.splitlines() if line not in before.splitlines()] == ['name = "sepia"']
        assert [line for line in before.splitlines() if line not in after.splitlines()] == []
        assert library.config.theme.name == "sepia"
        await pilot.press("f4", "up", "up", "up", "up", "up", "enter")
        await settle(pilot)
        assert app.theme == "night"
        assert library.config.path.read_text(encoding="utf-8") == before
    library.close()


@pytest.mark.parametrize("keys", [("down", "escape"), (*"dusk", "escape"), (*"sepiaq", "enter")])
async def test_escape_or_nothing_chosen_goes_back(library: Library, keys: tuple[str, ...]) -> None:
    before = library.config.path.read_bytes()
    app = app_of(library)
    app.wear("fjord")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f4", *keys)
        await settle(pilot)
        assert app.screen is app.reader
        assert app.theme == "fjord"
        assert library.config.path.read_bytes() == before


async def test_the_users_themes_are_among_them(sample: Sample) -> None:
    (sample.home / "themes").mkdir()
    (sample.home / "themes" / "harbour.toml").write_text('base = "dusk"', encoding="utf-8")
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f4", *"yours")
        await settle(pilot)
        assert app.theme == "harbour"
        assert any("yours, from dusk" in line for line in lines(app))
    library.close()


async def test_a_users_theme_that_is_hard_to_read_says_what_is(sample: Sample) -> None:
    (sample.home / "themes").mkdir()
    (sample.home / "themes" / "fog.toml").write_text('base = "dusk"\nmeta = "#444444"', encoding="utf-8")
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f4", *"fog")
        await settle(pilot)
        assert app.theme == "fog"
        assert any(" hard to read, 1." in line and "meta on " in line for line in lines(app))
    library.close()


async def test_a_file_that_cannot_be_changed_is_said(sample: Sample) -> None:
    library = sample.library()
    library.config.path.write_text("[broken", encoding="utf-8")
    app = app_of(library)
    async with app.run_test(size=(200, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f4", *"sepia", "enter")
        await settle(pilot)
        assert app.theme == "sepia"
        assert "it was not kept: " in app.reader._message
        assert library.config.path.read_text(encoding="utf-8") == "[broken"
    library.close()


@pytest.mark.parametrize("setting", ['[theme]\nname = "terminal"', "colourless"])
async def test_only_the_list_with_the_keys_has_a_reversed_row(
    sample: Sample, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if setting == "colourless":
        monkeypatch.setenv("NO_COLOR", "1")
        setting = ""
    library = sample.library(setting)
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert _reversed(app.screen)
        await pilot.press("f4")
        await settle(pilot)
        assert len(_reversed(app.screen)) == 1
        assert "terminal" in _reversed(app.screen)[0] or "automatic" in _reversed(app.screen)[0]
    library.close()


def _reversed(screen: Screen[Any]) -> list[str]:
    """Return the lines with a run of reversed cells longer than a cursor."""
    return [
        strip.text
        for strip in screen._compositor.render_strips()
        if any(part.style and part.style.reverse and part.cell_length > 3 for part in strip)
    ]
