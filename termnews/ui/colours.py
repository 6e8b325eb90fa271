"""Colours as numbers: how far two stand apart, and what is nearest among the 256 of a terminal.

It must never name a theme; a role is known only as text or as one of its grounds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

LEGIBLE: Final = 4.5
"""The contrast text needs at least (WCAG 2.2, AA)."""
CLEAR: Final = 7.0
"""The contrast a theme for tired eyes keeps (AAA)."""

_STEPS: Final = (0, 95, 135, 175, 215, 255)
# A tint fainter than this is left out: on text it is hardly seen, on grounds the cube would make it loud.
_GREY: Final = 0.035
_GREY_GROUND: Final = 0.08
_LIGHTNESS_KEPT: Final = 0.09
_HUE_KEPT: Final = math.radians(30)
# Each ground, and those it stays lighter or darker than if it was.
_APART: Final = {
    "list": (),
    "sidebar": ("list",),
    "paper": ("list",),
    "bars": ("list",),
    "faint": ("list",),
    "selected": ("list", "faint"),
    "chip": ("list",),
}

Seen = tuple[float, float, float]
"""A colour as it is seen: lightness 0 to 1, chroma, hue in radians (OKLCh)."""


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, 0 to 1."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def seen(colour: str) -> Seen:
    """Return how #rrggbb looks (Ottosson 2020, OKLab, as an angle and a distance from grey)."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_channel(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _channel(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


@cache
def fixed() -> Mapping[str, Seen]:
    """Return the cube and the grey ramp of the 256 colours, which terminals do not let users change."""
    cube = [f"#{red:02x}{green:02x}{blue:02x}" for red in _STEPS for green in _STEPS for blue in _STEPS]
    ramp = ["#" + f"{8 + 10 * at:02x}" * 3 for at in range(24)]
    return {colour: seen(colour) for colour in (*cube, *ramp)}


def reduced(palette: Mapping[str, str], grounds: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return a palette in fixed colours: as light as before, of the same hue or grey, and as legible.

    Args:
        palette: role → #rrggbb.
        grounds: role of text → the grounds it stands on.
    """
    found: dict[str, str] = {}
    for role, others in _APART.items():
        found[role] = _ground(palette, role, others, found)
    for role, colour in palette.items():
        if role not in found:
            text = role in grounds
            found[role] = _text(palette, colour, grounds[role], found) if text else _near(colour, True)[0]
    return found


def _ground(palette: Mapping[str, str], role: str, others: Iterable[str], found: Mapping[str, str]) -> str:
    """Return the nearest colour that is lighter or darker than other grounds where that was so."""

    def steps(colour: str, grounds: Mapping[str, str]) -> list[int]:
        apart = (luminance(colour) - luminance(grounds[other]) for other in others)
        return [(step > 0) - (step < 0) for step in apart]

    near = _near(palette[role], True)
    return next((each for each in near if steps(each, found) == steps(palette[role], palette)), near[0])


def _text(palette: Mapping[str, str], colour: str, grounds: Iterable[str], found: Mapping[str, str]) -> str:
    """Return the nearest colour that is as legible on its grounds, up to what text needs."""
    was = min(contrast(colour, palette[ground]) for ground in grounds)
    need = CLEAR if was >= CLEAR else min(was, LEGIBLE)
    near = _near(colour, False)
    fits = (each for each in near if all(contrast(each, found[ground]) >= need for ground in grounds))
    return next(fits, near[0])


@cache
def _near(colour: str, ground: bool) -> Sequence[str]:
    """Return the greys and what has the hue of a colour, the nearest first; an accent stays one if it can."""
    lightness, chroma, hue = seen(colour)
    tinted = chroma >= (_GREY_GROUND if ground else _GREY)
    away: dict[str, tuple[bool, float]] = {}
    for each, (light, strength, angle) in fixed().items():
        grey, turned = strength < 0.001, math.remainder(angle - hue, math.tau)
        if grey or (tinted and abs(turned) <= _HUE_KEPT):
            across = 4 * chroma * strength * math.sin(turned / 2) ** 2
            far = 4 * (light - lightness) ** 2 + (strength - chroma) ** 2 + across
            away[each] = (abs(light - lightness) > _LIGHTNESS_KEPT or (grey and tinted and not ground), far)
    return sorted(away, key=away.__getitem__)
