"""Themes for Textual out of the palettes, and which one to start with; termnews.tcss places the roles.

It must never name a widget, or a colour that stands in no palette or file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from textual.theme import Theme

from termnews.config import OwnTheme
from termnews.ui.colours import LEGIBLE, contrast, luminance, reduced
from termnews.ui.palettes import GROUNDS, PALETTES, TERMINAL


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
        dark=own or luminance(palette["list"]) < luminance(palette["ink"]),
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


def themes(own: Iterable[OwnTheme] = (), environ: Mapping[str, str] = os.environ) -> tuple[Theme, ...]:
    """Return the themes that ship and the user's, in colours the terminal has.

    Args:
        own: the user's; what they leave open comes from their bases.
        environ: COLORTERM tells whether the terminal shows 24-bit colour; 256 colours otherwise.
    """
    own = tuple(own)
    return tuple(theme(name, own, environ) for name in names(own))


def names(own: Iterable[OwnTheme] = ()) -> tuple[str, ...]:
    """Return the names of the themes that ship and of the user's."""
    return ("terminal", *dict.fromkeys((*PALETTES, *(each.name for each in own))))


def theme(name: str, own: Iterable[OwnTheme] = (), environ: Mapping[str, str] = os.environ) -> Theme:
    """Return one of `themes`; a start makes no other, since fitting one to 256 colours takes 3 ms."""
    if name == "terminal":
        return _theme(name, TERMINAL)
    palettes = {**PALETTES, **{each.name: {**PALETTES[each.base], **each.colours} for each in own}}
    whole = environ.get("COLORTERM", "").lower() in ("truecolor", "24bit")
    return _theme(name, palettes[name] if whole else reduced(palettes[name], GROUNDS))


def faint(own: OwnTheme) -> tuple[str, str, float] | None:
    """Return the text of a user's theme that is hardest to read, its ground and their contrast.

    None: all of it can be read (`LEGIBLE`).
    """
    palette = {**PALETTES[own.base], **own.colours}
    pairs = ((role, ground) for role, grounds in GROUNDS.items() for ground in grounds)
    worst = min((contrast(palette[role], palette[ground]), role, ground) for role, ground in pairs)
    return (worst[1], worst[2], worst[0]) if worst[0] < LEGIBLE else None


def defaults() -> dict[str, str]:
    """Return the roles as defaults, so that the style sheet also reads under a theme of Textual's own."""
    return dict(PALETTES["night"])


def choose(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return the theme to start with: the one named, else what the terminal says of its ground, else night.

    Args:
        name: a theme; "" for no wish.
        environ: COLORFGBG tells the terminal's colours.
    """
    if name:
        return name
    ground = environ.get("COLORFGBG", "").rpartition(";")[2]
    return "broadsheet" if ground in ("7", "15") else "night"
