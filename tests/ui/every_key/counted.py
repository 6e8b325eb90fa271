"""What every movement does behind a number, in the list and in the article."""

from __future__ import annotations

from termnews.ui.commands import COMMANDS
from tests.ui.every_key.table import Context, commands, row

BOTH = (
    row("next-unread", "n", here=10, shown=10),
    row("previous-unread", "p", here=2, shown=2),
    row("next-unread-feed", "]", here=11, shown=11),
    row("previous-unread-feed", "[", here=1, shown=1),
)
"""Counted keys that do the same in the list and in the article."""
LIST = (
    *BOTH,
    row("next-article", "J", here=9, shown=9),
    row("previous-article", "K", here=3, shown=3),
    row("next", "j down", here=9, shown=9),
    row("previous", "k up", here=3, shown=3),
    row("first", "g home g+g", here=2, shown=2),
    row("last", "G end", here=2, shown=2),
    row("page-down", "pagedown", here=18, shown=18),
    row("page-up", "pageup", here=0, shown=0),
    row("pane-narrower", "< ctrl+left", widths="24 38 64"),
    row("pane-wider", "> ctrl+right", widths="24 50 52"),
)
ARTICLE = (
    *BOTH,
    row("next-article", "J", here=9, shown=9, read="5 7 9"),
    row("previous-article", "K", here=3, shown=3, read="3 5 7"),
    row("next", "j down", scroll=38, block=15),
    row("previous", "k up", scroll=32, block=12),
    row("first", "g home g+g", scroll=2, block=0),
    row("last", "G end", scroll=2, block=0),
    row("page-down", "pagedown", scroll=116, block=54),
    row("page-up", "pageup", scroll=0, block=0),
    row("half-page-down", "ctrl+d", scroll=74, block=33),
    row("half-page-up", "ctrl+u", scroll=0, block=0),
    row("pane-narrower", "< ctrl+left", widths="24 50 52"),
    row("pane-wider", "> ctrl+right", widths="24 38 64"),
)

_BOUND = commands({name: each for name, each in COMMANDS.items() if each.counted})
_DOUBLED = frozenset({("first", "g+g")})
"""No key of its own, but typed by many: the second g belongs to the first."""

CONTEXTS = (
    Context("counts in the list", "ReaderScreen", "", LIST, _BOUND | _DOUBLED, "ctrl+d ctrl+u", count="3"),
    Context(
        "counts in the article", "ReaderScreen", "", ARTICLE, _BOUND | _DOUBLED, count="3", pane="article"
    ),
)
