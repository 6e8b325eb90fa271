"""Themes: every text role can be read on every ground it stands on, in colour and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from termnews.ui import themes

PANES = ("list", "sidebar", "paper", "bars", "selected", "faint", "chip")
ROLES = ("ink", "read", "meta", "unread", "second", "trouble", "good")


@pytest.mark.parametrize("name", themes.PALETTES)
@pytest.mark.parametrize("ground", PANES)
@pytest.mark.parametrize("role", ROLES)
def test_roles_can_be_read(name: str, ground: str, role: str) -> None:
    if ground == "chip" and role not in ("ink", "unread"):
        return  # a chip holds nothing else
    palette = themes.PALETTES[name]
    assert themes.contrast(palette[role], palette[ground]) >= (7 if name == "contrast" else 4.5)


@pytest.mark.parametrize("name", themes.PALETTES)
@pytest.mark.parametrize("ground", ["list", "sidebar", "paper"])
def test_codes_can_be_read_where_no_row_is_selected(name: str, ground: str) -> None:
    palette = themes.PALETTES[name]
    assert themes.contrast(palette["codes"], palette[ground]) >= (7 if name == "contrast" else 4.5)


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
