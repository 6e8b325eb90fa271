"""Themes for Textual out of the palettes, and which one to start with; termnews.tcss places the roles.

It must never name a widget, or a colour that is not the palettes'.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from textual.theme import Theme

from termnews.ui import palettes
from termnews.ui.palettes import TERMINAL

# Exact members of the 256-colour cube and grey ramp (numbers as in the xterm palette), because the
# nearest of dark blue is teal.
_NIGHT_256: Final = {
    "list": "#121212",
    "sidebar": "#080808",
    "paper": "#1c1c1c",
    "bars": "#080808",
    "ink": "#eeeeee",
    "read": "#c6c6c6",
    "meta": "#a8a8a8",
    "codes": "#949494",
    "unread": "#ffaf5f",
    "second": "#87afd7",
    "selected": "#3a3a3a",
    "faint": "#262626",
    "trouble": "#ff8787",
    "good": "#87d787",
    "rule": "#303030",
    "chip": "#303030",
}

PALETTES: Final[Mapping[str, Mapping[str, str]]] = {**palettes.PALETTES, "night-256": _NIGHT_256}
"""Role → colour, by theme."""


def _theme(name: str, palette: Mapping[str, str]) -> Theme:
    """Return a palette as a Textual theme; the roles are its variables."""
    own = palette is TERMINAL
    return Theme(
        name=name,
        primary=palette["unread"],
        secondary=palette["second"],
        accent=palette["unread"],
        warning=palette["trouble"],
        error=palette["trouble"],
        success=palette["good"],
        foreground=palette["ink"],
        background=palette["list"],
        surface=palette["list"],
        panel=palette["bars"],
        dark=own or _luminance(palette["list"]) < _luminance(palette["ink"]),
        ansi=own,
        variables={
            **palette,
            "ansi-background": palette["list"],  # Textual's own sheets ask for these two
            "ansi-foreground": palette["ink"],
            "scrollbar": "ansi_bright_black" if own else palette["faint"],
            "scrollbar-hover": "ansi_bright_black" if own else palette["selected"],
            "scrollbar-active": palette["codes"],
            "scrollbar-background": palette["list"],
            "scrollbar-background-hover": palette["list"],
            "scrollbar-background-active": palette["list"],
        },
    )


def shipped() -> tuple[Theme, ...]:
    """Return the themes that ship."""
    return tuple(_theme(name, palette) for name, palette in {**PALETTES, "terminal": TERMINAL}.items())


def defaults() -> dict[str, str]:
    """Return the roles as defaults, so that the style sheet also reads under a theme of Textual's own."""
    return dict(PALETTES["night"])


def choose(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return the theme to start with: the one named, else what the terminal says of its ground, else night.

    Args:
        name: a theme of `PALETTES`; "" for no wish.
        environ: COLORTERM tells whether the terminal shows 24-bit colour, COLORFGBG its colours.
    """
    if not name:
        ground = environ.get("COLORFGBG", "").rpartition(";")[2]
        name = "broadsheet" if ground in ("7", "15") else "night"
    if name == "night" and environ.get("COLORTERM", "").lower() not in ("truecolor", "24bit"):
        return "night-256"
    return name


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
