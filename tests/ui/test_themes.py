"""Themes: every text role can be read on every ground it stands on, in colour and without."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from termnews.ui import palettes, themes

from .conftest import Sample, app_of, settle

EVERY_PAIR = [(role, ground) for role, grounds in palettes.GROUNDS.items() for ground in grounds]
SAFE = [name for name in palettes.PALETTES if name.startswith("beacon")]


@pytest.mark.parametrize("name", themes.PALETTES)
@pytest.mark.parametrize(("role", "ground"), EVERY_PAIR)
def test_roles_can_be_read(name: str, role: str, ground: str) -> None:
    palette = themes.PALETTES[name]
    assert themes.contrast(palette[role], palette[ground]) >= (7 if name == "contrast" else 4.5)


@pytest.mark.parametrize("name", [*themes.PALETTES])
def test_a_palette_has_a_colour_for_each_role(name: str) -> None:
    assert set(themes.PALETTES[name]) == palettes.ROLES
    assert set(palettes.TERMINAL) == palettes.ROLES


@pytest.mark.parametrize("name", SAFE)
def test_accents_differ_in_lightness_where_hue_may_not_be_seen(name: str) -> None:
    accents = [palettes.PALETTES[name][role] for role in ("unread", "second", "trouble", "good")]
    for one, other in itertools.combinations(accents, 2):
        assert themes.contrast(one, other) >= 1.25
    for accent in accents:  # orange or blue: red over green, or blue over green
        red, green, blue = (int(accent[at : at + 2], 16) for at in (1, 3, 5))
        assert red > green > blue or red < green < blue


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_terminals_own_colours_part_panes_by_a_rule(sample: Sample, size: tuple[int, int]) -> None:
    library = sample.library('[theme]\nname = "terminal"')
    app = app_of(library)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        row = app.screen._compositor.render_strips()[3]
        assert row.text.count("│") == (0 if size[0] < 100 else 2)
        for segment in (part for strip in app.screen._compositor.render_strips() for part in strip):
            for colour in filter(None, (segment.style and segment.style.color, segment.style.bgcolor)):
                assert colour.is_system_defined or colour.is_default
    library.close()


def test_contrast_is_that_of_wcag() -> None:
    assert themes.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert themes.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("wish", "environ", "chosen"),
    [
        ("", {"COLORTERM": "truecolor"}, "night"),
        ("", {}, "night-256"),
        ("night", {}, "night-256"),
        ("night", {"COLORTERM": "24bit"}, "night"),
        ("", {"COLORFGBG": "0;15"}, "broadsheet"),
        ("", {"COLORFGBG": "15;0", "COLORTERM": "truecolor"}, "night"),
        ("contrast", {}, "contrast"),
    ],
)
def test_the_theme_follows_wish_and_terminal(wish: str, environ: dict[str, str], chosen: str) -> None:
    assert themes.choose(wish, environ) == chosen


def test_the_style_sheet_names_no_colour() -> None:
    sheet = Path(themes.__file__).with_name("termnews.tcss").read_text(encoding="utf-8")
    rules = [line for line in sheet.splitlines() if ":" in line and "#" in line.partition("{")[2]]
    assert rules == []


def test_colours_of_the_256_theme_are_in_the_palette() -> None:
    steps = ("00", "5f", "87", "af", "d7", "ff")
    greys = {f"{8 + 10 * at:02x}" * 3 for at in range(24)}
    for colour in themes.PALETTES["night-256"].values():
        parts = (colour[1:3], colour[3:5], colour[5:7])
        assert colour[1:] in greys or all(part in steps for part in parts), colour
