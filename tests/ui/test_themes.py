"""Themes: every text role can be read on every ground it stands on, in colour and without."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import pytest

from termnews.config.themes import ROLES, SHIPPED
from termnews.ui import palettes, themes
from termnews.ui.colours import contrast, fixed, reduced, seen

from .conftest import Sample, app_of, settle

EVERY_PAIR = [(role, ground) for role, grounds in palettes.GROUNDS.items() for ground in grounds]
SAFE = [name for name in palettes.PALETTES if name.startswith("beacon")]


@pytest.mark.parametrize("name", palettes.PALETTES)
@pytest.mark.parametrize(("role", "ground"), EVERY_PAIR)
def test_roles_can_be_read(name: str, role: str, ground: str) -> None:
    palette = palettes.PALETTES[name]
    assert contrast(palette[role], palette[ground]) >= (7 if name == "contrast" else 4.5)


@pytest.mark.parametrize("name", [*palettes.PALETTES])
def test_a_palette_has_a_colour_for_each_role(name: str) -> None:
    assert set(palettes.PALETTES[name]) == palettes.ROLES
    assert set(palettes.TERMINAL) == palettes.ROLES


@pytest.mark.parametrize("name", SAFE)
def test_accents_differ_in_lightness_where_hue_may_not_be_seen(name: str) -> None:
    accents = [palettes.PALETTES[name][role] for role in ("unread", "second", "trouble", "good")]
    for one, other in itertools.combinations(accents, 2):
        assert contrast(one, other) >= 1.25
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
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("wish", "environ", "chosen"),
    [
        ("", {}, "night"),
        ("night", {"COLORFGBG": "0;15"}, "night"),
        ("", {"COLORFGBG": "0;15"}, "broadsheet"),
        ("", {"COLORFGBG": "15;0"}, "night"),
        ("contrast", {}, "contrast"),
    ],
)
def test_the_theme_follows_wish_and_terminal(wish: str, environ: dict[str, str], chosen: str) -> None:
    assert themes.choose(wish, environ) == chosen


def test_the_style_sheet_names_no_colour() -> None:
    sheets = sorted(Path(themes.__file__).parent.glob("*.tcss"))
    text = "".join(each.read_text(encoding="utf-8") for each in sheets)
    rules = [line for line in text.splitlines() if ":" in line and "#" in line.partition("{")[2]]
    assert len(sheets) == 3 and rules == []


REDUCED = {name: reduced(palette, palettes.GROUNDS) for name, palette in palettes.PALETTES.items()}


@pytest.mark.parametrize("name", REDUCED)
def test_256_colours_are_fixed_ones_and_as_legible(name: str) -> None:
    palette = REDUCED[name]
    assert set(palette.values()) <= set(fixed())
    assert len(fixed()) == 240
    for role, ground in EVERY_PAIR:
        assert contrast(palette[role], palette[ground]) >= (7 if name == "contrast" else 4.5)
    assert len({palette["list"], palette["faint"], palette["selected"]}) == 3


@pytest.mark.parametrize("name", REDUCED)
def test_256_colours_keep_lightness_and_hue(name: str) -> None:
    for role, colour in REDUCED[name].items():
        lightness, chroma, hue = seen(palettes.PALETTES[name][role])
        now, strength, angle = seen(colour)
        assert abs(now - lightness) < 0.1
        if strength > 0.01:  # else it is grey
            assert chroma > 0.03
            assert abs(math.remainder(angle - hue, math.tau)) < math.radians(31)


def test_in_256_colours_grey_stays_grey_and_dark_blue_turns_not_to_teal() -> None:
    night = REDUCED["night"]
    for ground in ("list", "sidebar", "paper", "bars", "selected", "faint", "chip"):
        assert len({night[ground][1:3], night[ground][3:5], night[ground][5:7]}) == 1
    assert reduced({**palettes.PALETTES["night"], "selected": "#00335f"}, {})["selected"] == "#303030"


def test_without_24_bit_colour_the_themes_have_256() -> None:
    def grounds(environ: dict[str, str]) -> dict[str, str]:
        return {each.name: each.variables["list"] for each in themes.themes((), environ)}

    assert grounds({"COLORTERM": "truecolor"})["night"] == palettes.PALETTES["night"]["list"]
    assert grounds({})["night"] == REDUCED["night"]["list"]
    assert grounds({})["terminal"] == "ansi_default"


def test_the_configuration_knows_the_themes_and_their_colours() -> None:
    assert tuple(palettes.PALETTES) == SHIPPED
    assert set(ROLES) == palettes.ROLES


async def test_a_theme_of_the_users_takes_the_rest_from_its_base(sample: Sample) -> None:
    folder = sample.home / "themes"
    folder.mkdir()
    (folder / "mine.toml").write_text('base = "sepia"\nunread = "#0000FF"\n', encoding="utf-8")
    library = sample.library('[theme]\nname = "mine"')
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app.theme == "mine"
        variables = app.get_css_variables()
        assert variables["unread"] == "#0000ff"
        assert variables["ink"] == palettes.PALETTES["sepia"]["ink"]
        assert not app.current_theme.dark
    library.close()


async def test_an_unknown_theme_is_said_and_the_program_goes_on(sample: Sample) -> None:
    library = sample.library('[theme]\nname = "sepya"')
    app = app_of(library)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        assert app.theme == "night"
        assert 'did you mean "sepia"?' in app.reader._message
    library.close()
