"""Themes of the user: files beside termnews.toml with colours in them, each checked alone.

It must never fail over what a file says, and never know which cells of the screen a colour paints.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final

from msgspec import Meta

from termnews.config.checking import Checker
from termnews.config.options import Option, nearest
from termnews.config.records import OwnTheme
from termnews.sanitize import clean_line

SHIPPED: Final = (
    "night",
    "broadsheet",
    "contrast",
    "fjord",
    "sepia",
    "dusk",
    "beacon",
    "beacon-light",
)
"""Themes a theme of the user may begin with, the first if it names none."""
TERMINAL: Final = "terminal"
"""The theme without colours of its own."""
ROLES: Final[dict[str, str]] = {
    "list": "ground of the headlines",
    "sidebar": "ground of the sidebar",
    "paper": "ground of the article",
    "bars": "ground of the bars and of lists laid over the screen",
    "selected": "ground of the selected row where the keys are",
    "faint": "ground of the selected row elsewhere",
    "chip": "ground of filters and of lines to type on",
    "ink": "text and unread titles",
    "read": "titles that were read, figures, quotes",
    "meta": "feed, age, author and other small print",
    "codes": "region codes, headings of lists",
    "unread": "unread mark, star, keys, the bar of the selected row",
    "second": "links, new articles, progress",
    "trouble": "what failed",
    "good": "what went well",
    "rule": "lines",
}
"""Every colour of a theme, and what it is for."""

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}\Z")
_Colour = Annotated[str, Meta(pattern=r"^#[0-9A-Fa-f]{6}\Z", description='a colour such as "#14171f"')]


def read_themes(folder: Path) -> tuple[tuple[OwnTheme, ...], tuple[str, ...]]:
    """Return the themes of a folder by name, and what is wrong with them, one sentence each.

    Args:
        folder: holds NAME.toml for each theme; it need not exist.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except (FileNotFoundError, NotADirectoryError):
        return (), ()
    except OSError as error:
        return (), (f"{folder} cannot be read ({error.strerror}); make it readable for you",)
    read = [_read(path) for path in paths]
    return tuple(theme for theme, _ in read if theme), tuple(each for _, wrong in read for each in wrong)


def _read(path: Path) -> tuple[OwnTheme | None, tuple[str, ...]]:
    name = path.stem
    shown = clean_line(str(path))
    if not _NAME.match(name):
        return None, (
            f"{shown}: a theme's name has letters a to z, digits, - and _,"
            " beginning with a letter; rename the file",
        )
    if name in (*SHIPPED, TERMINAL):
        return None, (f"{shown}: {name} is a theme that ships; rename the file",)
    try:
        checker = Checker(path, path.read_bytes())
    except OSError as error:
        return None, (f"{shown} cannot be read ({error.strerror}); make it readable for you",)
    _name_unknown(checker)
    colours = {role: checker.value(Option(role, _Colour, "", ""), checker.data, ()) for role in ROLES}
    written = MappingProxyType({role: colour.lower() for role, colour in colours.items() if colour})
    return OwnTheme(name, _base(checker), written), checker.problems


def _name_unknown(checker: Checker) -> None:
    for key in checker.data:
        if key not in ROLES and key != "base":
            near = nearest(key, (*ROLES, "base"))
            remedy = f'did you mean "{near}"?' if near else f"a theme has {', '.join(('base', *ROLES))}"
            checker.complain((key,), f'unknown key "{key[:60]}", {remedy} (ignored)')


def _base(checker: Checker) -> str:
    base: Any = checker.data.get("base", SHIPPED[0])
    if isinstance(base, str) and base in SHIPPED:
        return base
    checker.complain(("base",), f"base {unknown_theme(base, SHIPPED)}; {SHIPPED[0]} is used")
    return SHIPPED[0]


def unknown_theme(name: Any, known: Collection[str]) -> str:
    """Say, after the word for what it is, that a name is no theme, and which is near."""
    if not isinstance(name, str):
        return f"must be one of {', '.join(known)}"
    near = nearest(name, known)
    remedy = f'did you mean "{near}"?' if near else f"there are {', '.join(known)}"
    return f'"{name[:60]}" is unknown, {remedy}'


def check_name(checker: Checker, name: str, own: Iterable[OwnTheme]) -> None:
    """Complain about a `[theme] name` that is no theme."""
    known = (*SHIPPED, TERMINAL, *(each.name for each in own))
    if name and name not in known:
        checker.complain(("theme", "name"), f"theme {unknown_theme(name, known)} (ignored)")
