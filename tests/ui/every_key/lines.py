"""What every key does on the lines to type on, behind a prefix key, and on the sheet that says why."""

from __future__ import annotations

from termnews.ui.find_bar import FindBar
from termnews.ui.prompt import Prefix, Prompt
from termnews.ui.search_bar import SearchBar
from termnews.ui.why import WhyScreen
from tests.ui.every_key.lists import ALWAYS, BACK
from tests.ui.every_key.table import Context, bindings, row

_FRANCE = 'France FR "France" in the title: a name of the place'
_JAPAN = 'Japan JP "Japan" in the text: a name of the place'
_NOWHERE = "no place: the text names none, or you said so"

CONTEXTS = (
    Context(
        "search",
        "SearchBar",
        "f+l / @type=news down",
        (
            *ALWAYS,
            row("move(-1)", "up", here=0, shown=0),
            row("move(1)", "down", here=2, shown=2),
            row("turn(-1)", "pageup", here=0, shown=0),
            row("turn(1)", "pagedown", here=5, shown=5),
            row("keep", "enter", top=BACK),
            row("give_up", "escape", top=BACK, line="lang:en", listed=19, here=6, shown=6),
            row("save", "ctrl+s", top="Prompt"),
            row("widen", "ctrl+g", line="news*", here=0, shown=0),
        ),
        bindings(SearchBar, besides="ctrl+q"),
        written=(
            "x",
            {
                "typed": "newsx",
                "line": "lang:en newsx*",
                "listed": 0,
                "here": None,
                "shown": None,
                "widths": "24 0 58",
            },
        ),
    ),
    Context(
        "find",
        "FindBar",
        "/ @type=more",
        (
            *ALWAYS,
            row("step(-1)", "up", find="more 11 of 60", block=12),
            row("step(1)", "down", find="more 13 of 60"),
            row("keep", "enter", top=BACK),
            row("give_up", "escape", top=BACK, find=""),
        ),
        bindings(FindBar, besides="ctrl+q"),
        pane="article",
        written=("x", {"typed": "morex", "find": "morex not found"}),
    ),
    Context(
        "prompt",
        "Prompt",
        "a @type=https://x.example",
        (
            *ALWAYS,
            row("dismiss(None)", "escape", top=BACK),
            row(
                "key",
                "enter",
                top=BACK,
                child="feeds add - --json --stop-at-eof",
                said="Following https://x.example: 2 articles.",
            ),
        ),
        bindings(Prompt, besides="ctrl+q enter"),
        written=("x", {"typed": "https://x.examplex"}),
    ),
    Context(
        "import",
        "Prompt",
        "@open=import @type=~/none.opml",
        (
            *ALWAYS,
            row("dismiss(None)", "escape", top=BACK),
            row(
                "key",
                "enter",
                top="ImportReport",
                said="none.opml: Not imported: the import ended with status 0; "
                "(home)/data/termnews.log says why",
                child="import --json --stop-at-eof -- ~/none.opml",
            ),
        ),
        bindings(Prompt, besides="ctrl+q enter"),
    ),
    Context(
        "name of a view",
        "Prompt",
        "f+l ctrl+s @type=English",
        (
            *ALWAYS,
            row("dismiss(None)", "escape", top=BACK),
            row(
                "key",
                "enter",
                top=BACK,
                views="Harbour = harbour · English = lang:en",
                said="English is saved.",
            ),
        ),
        bindings(Prompt, besides="ctrl+q enter"),
    ),
    Context(
        "new name of a view",
        "Prompt",
        "@side=Harbour f2 @type=Docks",
        (
            *ALWAYS,
            row("dismiss(None)", "escape", top=BACK),
            row("key", "enter", top=BACK, views="Docks = harbour", said="Harbour is called Docks now."),
        ),
        bindings(Prompt, besides="ctrl+q enter"),
        pane="sidebar",
    ),
    Context(
        "prefix key",
        "Prefix",
        "f",
        (
            row("key", "ctrl+q", left="quit"),
            row("key", "escape j", top=BACK),
            row("interrupt", "ctrl+c", top=BACK),
            row("key", "u", top=BACK, line="is:unread", listed=17),
        ),
        bindings(Prefix, besides="ctrl+q escape j u"),
    ),
    Context(
        "why",
        "WhyScreen",
        "@scroll=top i",
        (
            *ALWAYS,
            row("close", "escape q i", top=BACK),
            row("move(1)", "j down", at=_JAPAN),
            row("move(-1)", "k up", "j", at=_FRANCE),
            row(
                "mute(True)",
                "m",
                said='"France" names no place in Thames Herald',
                at=_JAPAN,
                rows=2,
                child="cache retag --json",
                places="about:JP from:GB-LND",
            ),
            row(
                "mute(False)",
                "M",
                said='"France" names no place',
                at=_JAPAN,
                rows=2,
                child="cache retag --json",
                places="about:JP from:GB-LND",
            ),
            row("pin", "p", top="RegionPicker"),
            row("fix", "f", top="RegionPicker"),
            row("settle(False)", "n", said="About no place: Nine links about France", at=_NOWHERE),
            row(
                "settle(True)", "t", "n", said="About what its text says: Nine links about France", at=_FRANCE
            ),
            row("turn_back", "u", "n", said="Undone: About no place: Nine links about France", at=_FRANCE),
            row(
                "turn_again",
                "ctrl+y",
                "n u",
                said="Done again: About no place: Nine links about France",
                at=_NOWHERE,
            ),
        ),
        bindings(WhyScreen, besides="ctrl+q"),
    ),
)
