"""What every key does in the lists that are laid over the main screen."""

from __future__ import annotations

from typing import Any

from termnews.ui.chooser import Chooser
from termnews.ui.copy_list import CopyList
from termnews.ui.error_list import ErrorList
from termnews.ui.first_run import FirstRun
from termnews.ui.folder_picker import FolderPicker
from termnews.ui.help_screen import HelpScreen
from termnews.ui.history_screen import HistoryScreen
from termnews.ui.import_report import ImportReport
from termnews.ui.link_list import LinkList
from termnews.ui.output_screen import OutputScreen
from termnews.ui.palette import Palette
from termnews.ui.program_list import ProgramList
from termnews.ui.region_picker import RegionPicker
from termnews.ui.said_list import SaidList
from termnews.ui.tag_list import TagList, TagPicker
from termnews.ui.theme_list import ThemeList
from tests.ui.every_key.facts import Facts
from tests.ui.every_key.feeds import SPREE, THAMES
from tests.ui.every_key.table import CTRL_C, Context, Row, bindings, row

BACK = "ReaderScreen"
ALWAYS = (row("key", "ctrl+q", left="quit"), row("interrupt", "ctrl+c", said=CTRL_C))
"""Keys that mean the same on all of them."""


def moves(above: str, below: str, first: str, last: str, back: str = BACK) -> tuple[Row, ...]:
    """Return the rows all lists share: what stands above and below the cursor, first and last on its page."""
    return (
        *ALWAYS,
        row("move(-1)", "up ctrl+p", at=above),
        row("move(1)", "down ctrl+n", at=below),
        row("turn(-1)", "pageup", at=first),
        row("turn(1)", "pagedown", at=last),
        row("dismiss(None)", "escape", top=back),
    )


def laid_over(
    screen: type[Chooser[Any]],
    opened: str,
    rows: tuple[Row, ...],
    name: str = "",
    *,
    idle: str = "",
    besides: str = "",
    written: tuple[str, Facts] = ("", {}),
) -> Context:
    """Return the context of a list, with the keys it takes without a binding."""
    bound = bindings(screen, besides=f"ctrl+q {besides}")
    return Context(name or screen.__name__, screen.__name__, opened, rows, bound, idle, written=written)


_FIRST_COPY = "› Thames Herald Nine links about France2026-11-25 12:00 3h"
_LAST_COPY = "Kyoto Shimpo Nine links about France2026-11-25 15:00 now"
_LINK = "{n} plan {n} https://links.example/{n}"
_SORTS = (
    "S d Sort by date, newest first",
    "S o Sort by date, oldest first",
    "S t Sort by title",
    "S f Sort by feed",
    "S r Sort by region",
    "o Sort by trouble, name, fetch or unread",
)
_TAJIK = "[ ] Tajikistan Asia-Plus (English), Asia-Plus (русский), Asia-Plus (тоҷикӣ) 12"
_WORLD = "[x] World BBC News: World, BBC News Русская служба, BBC فارسی 12"
_ASIA, _EUROPE = "▸ [ ] Asia 142 5 6", "▸ [ ] Europe 150 12 13"

CONTEXTS = (
    laid_over(
        HelpScreen,
        "? @type=sort_by @at=2",
        (
            *moves(_SORTS[1], _SORTS[3], _SORTS[0], _SORTS[5]),
            row("choose", "enter", top=BACK, line="sort:title"),
        ),
        written=("x", {"typed": "sort byx", "rows": 0, "at": ""}),
    ),
    laid_over(
        Palette,
        ": @type=sort_by @at=2",
        (
            *moves(
                "oldest-first Sort by date, oldest firstS o",
                "by-feed Sort by feedS f",
                "newest-first Sort by date, newest firstS d",
                "sort by Search everything for this",
            ),
            row("choose", "enter", top=BACK, line="sort:title"),
            row("complete", "tab", typed="by-title", rows=2),
        ),
        written=("x", {"typed": "sort byx", "rows": 1, "at": "sort byx Search everything for this"}),
    ),
    laid_over(
        LinkList,
        "L @at=4",
        (
            *moves(_LINK.format(n=4), _LINK.format(n=6), _LINK.format(n=1), _LINK.format(n=9)),
            row(
                "choose",
                "enter",
                top=BACK,
                opened="https://links.example/5",
                said="Opened https://links.example/5",
            ),
        ),
        written=("7", {"typed": "7", "rows": 1, "at": _LINK.format(n=7)}),
    ),
    laid_over(
        ProgramList,
        "| @at=1",
        (
            *moves("one true", "three true", "one true", "three true"),
            row("choose", "enter", top=BACK, said="two ended with status 1."),
        ),
        written=("x", {"typed": "x", "rows": 1, "at": "x"}),
    ),
    laid_over(
        OutputScreen,
        "| @type=seq_9 enter @at=4",
        (
            *(each for each in moves("4", "6", "1", "9") if each.command != "dismiss(None)"),
            row("stop", "escape", top=BACK),
            row("choose", "enter", top=BACK),
        ),
        written=("7", {"typed": "7", "rows": 1, "at": "7"}),
    ),
    laid_over(
        CopyList,
        "@copy=0,2 e @at=1",
        (
            *moves(_FIRST_COPY, _LAST_COPY, _FIRST_COPY, _LAST_COPY),
            row(
                "choose",
                "enter",
                top=BACK,
                line='feed:"Spree Courier"',
                listed=7,
                here=-1,
                shown=-1,
                focus="article",
                read="5 6 7",
            ),
        ),
        written=("y", {"typed": "y", "rows": 1, "at": _LAST_COPY}),
    ),
    laid_over(
        HistoryScreen,
        "m s H @at=1",
        (
            *moves(
                "15:00 Starred 1: Nine links about France",
                "15:00 Starred 1: Headline number 3 about the harbour",
                "15:00 Starred 1: Nine links about France",
                "15:00 Marked 2 read in everything",
            ),
            row(
                "choose",
                "enter",
                said="Undone: 1 unstarred, 1 unread again",
                read="5 7",
                starred="10",
                at="15:00 Marked 1 read: Nine links about Franceundone",
            ),
            row(
                "choose",
                "enter",
                "enter",
                said="Done again: 1 read",
                read="5 6 7",
                at="15:00 Marked 1 read: Nine links about France",
            ),
        ),
        written=("e v e r y", {"typed": "every", "rows": 1, "at": "15:00 Marked 2 read in everything"}),
    ),
    laid_over(
        ErrorList,
        "E",
        (
            *ALWAYS,
            row("move(1)", "down ctrl+n", at="! Spree Courier404"),
            row("move(-1)", "up ctrl+p", "down", at="! Kyoto Shimpo404 ×3"),
            row("turn(1)", "pagedown", at="! Spree Courier404"),
            row("turn(-1)", "pageup", "down", at="! Kyoto Shimpo404 ×3"),
            row("dismiss(None)", "escape", top=BACK),
            row(
                "choose",
                "enter",
                top=BACK,
                said="Asking Kyoto Shimpo again.",
                child="refresh --json --stop-at-eof --force --gently 3",
            ),
        ),
        written=("s p r", {"typed": "spr", "rows": 1, "at": "! Spree Courier404"}),
    ),
    laid_over(
        SaidList,
        "- + y M @at=1",
        (
            *moves(
                "15:00 Copied its address",
                "15:00 Lines of up to 44 characters.",
                "15:00 Copied its address",
                "15:00 Lines of up to 44 characters.",
            ),
            row("choose", "enter", top=BACK),
        ),
        written=("4 4", {"typed": "44", "rows": 1, "at": "15:00 Lines of up to 44 characters."}),
    ),
    laid_over(
        ThemeList,
        "f4 @at=3",
        (
            *ALWAYS,
            row("move(-1)", "up ctrl+p", at="broadsheet light, ink on white paper", theme="broadsheet"),
            row("move(1)", "down ctrl+n", at="fjord dark and cool", theme="fjord"),
            row("turn(-1)", "pageup", at="automatic dark or light, as the terminal is", theme="night"),
            row(
                "turn(1)",
                "pagedown",
                at="terminal the colours of your terminal",
                theme="terminal",
                widths="23 43 58",
            ),
            row("dismiss(None)", "escape", top=BACK, theme="night"),
            row("choose", "enter", top=BACK, wish="contrast", said="The theme is contrast from now on."),
        ),
        written=("s e p", {"typed": "sep", "rows": 1, "at": "sepia light and warm", "theme": "sepia"}),
    ),
    laid_over(
        TagPicker,
        "@tags=early,later,other t @at=1",
        (
            *moves("[x] #early 1 1", "[x] #other 1 1", "[x] #early 1 1", "[x] #other 1 1"),
            row("choose", "enter", top=BACK, said="Untagged 1 #later"),
        ),
        written=("n e w", {"typed": "new", "rows": 1, "at": "new tag #new"}),
    ),
    laid_over(
        TagList,
        "@tags=early,later,other T @at=1",
        (
            *moves("[ ] #early 1 1", "[ ] #other 1 1", "[ ] #early 1 1", "[ ] #other 1 1"),
            row("choose", "enter", top=BACK, line="tag:later", listed=1),
        ),
        written=("e a", {"typed": "ea", "rows": 1, "at": "[ ] #early 1 1"}),
    ),
    laid_over(
        RegionPicker,
        "w @at=1",
        (
            *ALWAYS,
            row("move(-1)", "up ctrl+p", at=_ASIA),
            row("move(1)", "down ctrl+n", "up", at=_EUROPE),
            row("turn(-1)", "pageup", at=_ASIA),
            row("turn(1)", "pagedown", "up", at=_EUROPE),
            row("dismiss(None)", "escape", top=BACK),
            row("choose", "enter", top=BACK, line="region:150", listed=13),
            row("choose", "enter", "space up space", top=BACK, line="region:150 OR region:142"),
            row("clear", "delete", "@at=1", top=BACK),
            row("fold(False)", "right", at="▾ [ ] Europe 150 12 13", rows=4),
            row("fold(True)", "left", "right", at=_EUROPE, rows=2),
            row("key", "space", at="▸ [x] Europe 150 12 13"),
            row("key", "space", "space", at=_EUROPE),
        ),
        besides="space",
        written=("b a v", {"typed": "bav", "rows": 32, "at": "[ ] Bavaria DE-BY 0 0"}),
    ),
    laid_over(
        RegionPicker,
        "@scroll=top i p @at=1",
        (
            *ALWAYS,
            row("move(-1)", "up ctrl+p", at="▸ Asia 142 5 6"),
            row("move(1)", "down ctrl+n", "up", at="▸ Europe 150 12 13"),
            row("turn(-1)", "pageup", at="▸ Asia 142 5 6"),
            row("turn(1)", "pagedown", "up", at="▸ Europe 150 12 13"),
            row("dismiss(None)", "escape", top="WhyScreen"),
            row(
                "choose",
                "enter",
                top="WhyScreen",
                said='"France" names Europe (150) in Thames Herald',
                child="cache retag --json",
            ),
            row("fold(False)", "right", at="▾ Europe 150 12 13", rows=4),
            row("fold(True)", "left", "right", at="▸ Europe 150 12 13", rows=2),
        ),
        "RegionPicker for one place",
        idle="delete",
    ),
    laid_over(
        FolderPicker,
        "V @at=1 f",
        (
            *ALWAYS,
            row("move(-1)", "up ctrl+p", at="Europe2 feeds"),
            row("move(1)", "down ctrl+n", "up", at="no folder"),
            row("turn(-1)", "pageup", at="Europe2 feeds"),
            row("turn(1)", "pagedown", "up", at="no folder"),
            row("dismiss(None)", "escape", top="FeedsScreen"),
            row(
                "choose",
                "enter",
                "up",
                top="FeedsScreen",
                said="Kyoto Shimpo is in Europe now.",
                feeds=f"{SPREE} · {THAMES} · Kyoto Shimpo/Europe feed2.example/rss",
            ),
        ),
        written=("N e w", {"typed": "New", "rows": 1, "at": "new folder New"}),
    ),
    laid_over(
        ImportReport,
        "@taken @at=1",
        (
            *moves("urls: 2 feeds added.", "line 4: left", "urls: 2 feeds added.", "line 4: left"),
            row("choose", "enter", top=BACK),
        ),
        written=("4", {"typed": "4", "rows": 2, "at": "urls: 2 feeds added."}),
    ),
    laid_over(
        FirstRun,
        "@open=first-run @at=1",
        (
            *moves(_TAJIK, _WORLD, _TAJIK, "[ ] Oceania ABC News, The Guardian: Australia, RNZ 4"),
            row(
                "choose",
                "enter",
                top=BACK,
                more_feeds=12,
                child="refresh --json --stop-at-eof",
                said="Following 12 feeds; their headlines come in now.",
            ),
            row("key", "space", "down", at=_WORLD.replace("x", " ", 1)),
            row("choose", "enter", "down space", top=BACK),
            row("decide('import')", "ctrl+o", top="Prompt"),
            row("decide('demo')", "ctrl+t", top=BACK, left="demo"),
        ),
        idle="ctrl+b",  # there is no newsboat here
        besides="space",
        written=("t a j", {"typed": "taj", "rows": 1, "at": _TAJIK}),
    ),
)
