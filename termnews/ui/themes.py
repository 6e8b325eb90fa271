"""The themes that ship: colour roles by name, as tui rules them; termnews.tcss says where each goes.

It must never name a widget. Every pair of a text role and a ground it stands on keeps a contrast
of at least 4.5:1 (contrast theme: 7:1), which a test computes from these tables.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from textual.theme import Theme

_NIGHT: Final = {
    "list": "#14171f",
    "sidebar": "#101319",
    "paper": "#181c25",
    "bars": "#0c0e13",
    "ink": "#ece8de",
    "read": "#bfbbb0",
    "meta": "#a09f9c",
    "codes": "#8b8c99",
    "unread": "#f0b35a",
    "second": "#8fb8de",
    "selected": "#2a3242",
    "faint": "#20252f",
    "trouble": "#f08a7a",
    "good": "#8ecf9d",
    "rule": "#2d3440",
    "chip": "#2a3242",
}
_BROADSHEET: Final = {
    "list": "#fbf8f1",
    "sidebar": "#f2ede2",
    "paper": "#fffdf8",
    "bars": "#e7e0d1",
    "ink": "#1f1d1a",
    "read": "#4f4a42",
    "meta": "#5f5a50",
    "codes": "#6b645b",
    "unread": "#a5281b",
    "second": "#1f5b85",
    "selected": "#f3dfc4",
    "faint": "#efe8da",
    "trouble": "#a5281b",
    "good": "#2a6337",
    "rule": "#d8d0bf",
    "chip": "#f6f1e6",
}
_CONTRAST: Final = {
    "list": "#000000",
    "sidebar": "#000000",
    "paper": "#000000",
    "bars": "#1c1c1c",
    "ink": "#ffffff",
    "read": "#c6c6c6",
    "meta": "#d0d0d0",
    "codes": "#a8a8a8",
    "unread": "#ffd75f",
    "second": "#5fd7ff",
    "selected": "#00335f",
    "faint": "#2a2a2a",
    "trouble": "#ffaf5f",
    "good": "#5fd7ff",
    "rule": "#5f5f5f",
    "chip": "#00335f",
}
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

PALETTES: Final[Mapping[str, Mapping[str, str]]] = {
    "night": _NIGHT,
    "broadsheet": _BROADSHEET,
    "contrast": _CONTRAST,
    "night-256": _NIGHT_256,
}
"""Colour roles by theme; list, sidebar, paper, bars, chip, selected, faint (unfocused) are grounds."""

_LIGHT: Final = frozenset({"broadsheet"})


def _theme(name: str, palette: Mapping[str, str]) -> Theme:
    """Return a palette as a Textual theme; the roles are its variables."""
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
        dark=name not in _LIGHT,
        variables={
            **palette,
            "scrollbar": palette["faint"],
            "scrollbar-hover": palette["selected"],
            "scrollbar-active": palette["codes"],
            "scrollbar-background": palette["list"],
            "scrollbar-background-hover": palette["list"],
            "scrollbar-background-active": palette["list"],
        },
    )


def shipped() -> tuple[Theme, ...]:
    """Return the themes that ship."""
    return tuple(_theme(name, palette) for name, palette in PALETTES.items())


def defaults() -> dict[str, str]:
    """Return the roles as defaults, so that the style sheet also reads under a theme of Textual's own."""
    return dict(_NIGHT)


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
