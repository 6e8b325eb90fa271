"""What every key does on the feeds screen: in its list, and on the line to find a feed."""

from __future__ import annotations

from termnews.ui.commands import COMMANDS, ON_FEEDS
from termnews.ui.feed_list import FeedList
from tests.ui.every_key.table import CTRL_C, Context, bindings, commands, row

SPREE = "Spree Courier/Europe feed0.example/rss"
THAMES = "Thames Herald/Europe feed1.example/rss"
_KYOTO = "Kyoto Shimpo/ feed2.example/rss"
_REMOVED = "Removed Kyoto Shimpo; its articles stay, add it again to see them."

MOVES = (
    row("next", "down", at="Thames Herald"),
    row("previous", "up", at="Spree Courier"),
    row("page-down", "pagedown", at="Thames Herald"),
    row("page-up", "pageup", at="Spree Courier"),
    row("quit", "ctrl+q", left="quit"),
)
EVERYWHERE = (
    row("interrupt", "ctrl+c", said=CTRL_C),
    row("interrupt", "ctrl+c", "ctrl+c", left="quit"),
    row("redraw", "ctrl+l", redrawn=True),
    row("suspend", "ctrl+z", left="suspended"),
)
LIST = (
    *MOVES,
    *EVERYWHERE,
    row("next", "j", at="Thames Herald"),
    row("previous", "k", at="Spree Courier"),
    row("first", "g home", at="Spree Courier"),
    row("last", "G end", at="Thames Herald"),
    row("feeds-add", "a", top="Prompt"),
    row("feeds-rename", "e", top="Prompt"),
    row("feeds-move", "f", top="FolderPicker"),
    row(
        "feeds-pause",
        "p",
        said="Kyoto Shimpo is paused: refreshes leave it alone.",
        feeds=f"{SPREE} · {THAMES} · Kyoto Shimpo/ paused feed2.example/rss",
    ),
    row(
        "feeds-pause",
        "p",
        "p",
        said="Kyoto Shimpo is refreshed again.",
        feeds=f"{SPREE} · {THAMES} · {_KYOTO}",
        child="refresh --json --stop-at-eof --force --gently 3",
    ),
    row(
        "feeds-remove",
        "d delete",
        said=_REMOVED,
        feeds=f"{SPREE} · {THAMES}",
        listed=13,
        rows=2,
        at="Thames Herald",
    ),
    row("feeds-address", "c", top="Prompt"),
    row("feeds-refresh", "r", child="refresh --json --stop-at-eof --force --gently 3"),
    row("feeds-articles", "enter", top="ReaderScreen", line='feed:"Kyoto Shimpo"', listed=6, here=2, shown=2),
    row("feeds-find", "/ f3", writes=True),
    row("feeds-sort", "o", order="by name"),
    row(
        "feeds-undo",
        "u",
        "d",
        said="Kyoto Shimpo is followed again, with all its articles.",
        feeds=f"{SPREE} · {THAMES} · {_KYOTO}",
        listed=19,
        rows=3,
    ),
    row(
        "feeds-redo",
        "ctrl+y",
        "d u",
        said=_REMOVED,
        feeds=f"{SPREE} · {THAMES}",
        listed=13,
        rows=2,
    ),
    row("feeds-stop", "ctrl+x", "@hold r", said="Stopped after 1 of 3 feeds; what came is kept."),
    row("feeds-help", "? f1", top="HelpScreen"),
    row("feeds-close", "q escape V", top="ReaderScreen"),
)
FINDING = (
    *MOVES,
    *EVERYWHERE,
    row("read", "enter", writes=False),
    row("feeds-close", "escape", writes=False, typed=""),
    row("feeds-redo", "ctrl+y", said="Nothing to redo."),
    row("feeds-help", "f1", top="HelpScreen"),
)
"""While one types, letters and signs are typed, and Delete and ctrl+x change the line."""

_BOUND = (
    commands(ON_FEEDS)
    | commands({name: COMMANDS[name] for name in ("interrupt", "redraw", "suspend")})
    | bindings(FeedList)
    | {("quit", "ctrl+q")}
)
_BOUND_FINDING = frozenset(pair for pair in _BOUND if len(pair[1]) > 1 and pair[1] not in ("home", "end"))

CONTEXTS = (
    Context("feeds", "FeedsScreen", "V @at=1", LIST, _BOUND),
    Context(
        "feeds while one types",
        "FeedsScreen",
        "V @at=1 / @type=feed",
        FINDING,
        _BOUND_FINDING,
        "f3 ctrl+x delete",
        written=("0", {"typed": "feed0", "rows": 1, "at": "Spree Courier"}),
    ),
)
