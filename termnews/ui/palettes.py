"""The palettes that ship: what colour each role has, and what each palette is like.

It must never name a widget or know Textual. Every text role keeps a contrast of at least 4.5:1 to
every ground of `GROUNDS` (theme contrast: 7:1), which a test computes from these tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from termnews.wording import mark

_PANES: Final = ("list", "sidebar", "paper", "bars")
_EVERYWHERE: Final = (*_PANES, "selected", "faint", "chip")

GROUNDS: Final[Mapping[str, tuple[str, ...]]] = {
    "ink": _EVERYWHERE,
    "read": (*_PANES, "selected", "faint"),
    "meta": _EVERYWHERE,
    "codes": _PANES,
    "unread": _EVERYWHERE,
    "second": _EVERYWHERE,
    "trouble": (*_PANES, "selected", "faint"),
    "good": (*_PANES, "selected", "faint"),
}
"""The roles of text, and the grounds they stand on; `faint` is a selected row without the keys."""

ROLES: Final[frozenset[str]] = frozenset((*GROUNDS, *_EVERYWHERE, "rule"))
"""Every role a palette gives a colour; `rule` is for lines."""

# Dark and neutral, paper lighter than the list; the one to begin with.
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
# Light, ink on white paper.
_BROADSHEET: Final = {
    "list": "#fbf8f1",
    "sidebar": "#f2ede2",
    "paper": "#fffdf8",
    "bars": "#e7e0d1",
    "ink": "#1f1d1a",
    "read": "#4f4a42",
    "meta": "#5f5a50",
    "codes": "#676057",
    "unread": "#a5281b",
    "second": "#1f5b85",
    "selected": "#f3dfc4",
    "faint": "#efe8da",
    "trouble": "#a5281b",
    "good": "#2a6337",
    "rule": "#d8d0bf",
    "chip": "#f6f1e6",
}
# Black and white for tired eyes and projectors; at least 7:1 everywhere.
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
# Dark and cool: blue-green grounds, sea-green accent.
_FJORD: Final = {
    "list": "#0f1a20",
    "sidebar": "#0b1418",
    "paper": "#132128",
    "bars": "#081014",
    "ink": "#e3edf0",
    "read": "#b3c4ca",
    "meta": "#93a8b0",
    "codes": "#82979f",
    "unread": "#6fd3c4",
    "second": "#8fb6f2",
    "selected": "#1d3a46",
    "faint": "#182a32",
    "trouble": "#f49a8a",
    "good": "#9fd89a",
    "rule": "#27404a",
    "chip": "#1d3a46",
}
# Light and warm: brown ink on old paper.
_SEPIA: Final = {
    "list": "#f3e7cf",
    "sidebar": "#ecdec2",
    "paper": "#f8eed9",
    "bars": "#e3d3b3",
    "ink": "#2f2318",
    "read": "#54422f",
    "meta": "#5c4935",
    "codes": "#614d38",
    "unread": "#8c3312",
    "second": "#2b5468",
    "selected": "#e4c99a",
    "faint": "#e9d9b8",
    "trouble": "#8e1f2a",
    "good": "#3d5420",
    "rule": "#cdb993",
    "chip": "#f6ead2",
}
# Dark and dim for a dark room: no white, no strong colour, little glare.
_DUSK: Final = {
    "list": "#1c1a19",
    "sidebar": "#181615",
    "paper": "#211f1d",
    "bars": "#141211",
    "ink": "#c4bbac",
    "read": "#a39b8e",
    "meta": "#9c9488",
    "codes": "#8d867c",
    "unread": "#cf9f6a",
    "second": "#93a8ba",
    "selected": "#312d29",
    "faint": "#272422",
    "trouble": "#d08f82",
    "good": "#98ad86",
    "rule": "#35312d",
    "chip": "#312d29",
}
# Dark, for every kind of colour sight: orange against blue, each accent another lightness.
_BEACON: Final = {
    "list": "#12151c",
    "sidebar": "#0e1117",
    "paper": "#161a23",
    "bars": "#0a0c11",
    "ink": "#eeeeea",
    "read": "#bfc1c2",
    "meta": "#a3a7ab",
    "codes": "#8d9299",
    "unread": "#fbbe61",
    "second": "#79b6f4",
    "selected": "#26324a",
    "faint": "#1e2430",
    "trouble": "#f57a3c",
    "good": "#cde9fc",
    "rule": "#2b3341",
    "chip": "#26324a",
}
# The same on a light ground.
_BEACON_LIGHT: Final = {
    "list": "#fafaf8",
    "sidebar": "#f1f2f1",
    "paper": "#fffffd",
    "bars": "#e4e7ea",
    "ink": "#1a1c20",
    "read": "#484c53",
    "meta": "#565b63",
    "codes": "#5f646c",
    "unread": "#a14304",
    "second": "#084fa1",
    "selected": "#d4e2f3",
    "faint": "#e9edf1",
    "trouble": "#752406",
    "good": "#032c65",
    "rule": "#cfd4da",
    "chip": "#f3f5f7",
}
# Whoever takes it has chosen these colours in the terminal, ground and all: what is selected is reversed.
_TERMINAL: Final = {
    **dict.fromkeys((*ROLES,), "ansi_default"),
    "unread": "ansi_magenta",
    "second": "ansi_cyan",
    "trouble": "ansi_red",
    "good": "ansi_green",
}

PALETTES: Final[Mapping[str, Mapping[str, str]]] = {
    "night": _NIGHT,
    "broadsheet": _BROADSHEET,
    "contrast": _CONTRAST,
    "fjord": _FJORD,
    "sepia": _SEPIA,
    "dusk": _DUSK,
    "beacon": _BEACON,
    "beacon-light": _BEACON_LIGHT,
}
"""Role → colour as #rrggbb, by theme."""

TERMINAL: Final[Mapping[str, str]] = _TERMINAL
"""Role → one of the terminal's own colours: the theme `terminal`."""

ABOUT: Final[Mapping[str, str]] = {
    "night": mark("dark and neutral"),
    "broadsheet": mark("light, ink on white paper"),
    "contrast": mark("black and white, for tired eyes"),
    "fjord": mark("dark and cool"),
    "sepia": mark("light and warm"),
    "dusk": mark("dark and dim, with little glare"),
    "beacon": mark("dark, safe for colour-blind eyes"),
    "beacon-light": mark("light, safe for colour-blind eyes"),
    "terminal": mark("the colours of your terminal"),
}
"""What each theme is like, to be said by `tr`."""
