"""What every key does on the main screen: in the list, the article, the sidebar, and the article alone.

Articles are known by their row at the start: the cursor is on 6; 5 and 7 are read, 10 is starred.
"""

from __future__ import annotations

from termnews.ui.commands import COMMANDS
from tests.ui.every_key.table import CTRL_C, Context, commands, row

ALL = "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18"
_EACH = "refresh --json --stop-at-eof"
_TEXTS = "download --json --stop-at-eof"
_STOPPED = "Stopped after 1 of 3 feeds; what came is kept."
_NOTHING = "Nothing to fetch: all that is listed has its full text, or none for now."
_HALF = "none.opml: Stopped; what came is kept. Import the file again for the rest."

FREE = (
    row("refresh", "r", child=_EACH),
    row("refresh-all", "R", child=f"{_EACH} --force --gently"),
    row("stop-refresh", "r R ctrl+x", "@hold r", said=_STOPPED, running=False),
    row("stop-adding", "ctrl+x", "@hold a @type=https://x.example enter", said="Stopped looking for a feed."),
    row("errors", "E", top="ErrorList"),
    row("feeds", "V", top="FeedsScreen"),
    row("add-feed", "a", top="Prompt"),
    row("import", "I", top="Prompt"),
    row("stop-import", "ctrl+x", "@hold I @type=none.opml enter", said=_HALF),
    row("regions", "w", top="RegionPicker"),
    row("tagged", "T", top="TagList"),
    row("history", "H", top="HistoryScreen"),
    row("cards", "d", cards=False),
    row("peek", "v", off="-no-peek"),
    row("theme", "f4", top="ThemeList"),
    row("help", "? f1", top="HelpScreen"),
    row("palette", ": ctrl+p", top="Palette"),
    row("log", "M", top="SaidList"),
    row("reload", "f5", said="Nothing in the settings has changed."),
    row("redraw", "ctrl+l", redrawn=True),
    row("suspend", "ctrl+z", left="suspended"),
    row("quit", "ctrl+q", left="quit"),
    row("interrupt", "ctrl+c", said=CTRL_C),
    row("interrupt", "ctrl+c", "ctrl+c", left="quit"),
)
"""Keys that need no article and do the same whichever pane has them."""

ANYWHERE = (
    *FREE,
    row("wider", "+ =", measure=52, said="Lines of up to 52 characters."),
    row("narrower", "-", measure=44, said="Lines of up to 44 characters."),
    row("copy-article", "Y", said="Copied 133 lines of Markdown.", copied="# Nine links about France"),
    row("pictures", "P", said="Pictures need the extra: pip install 'termnews[images]'"),
    row("copy-link", "y", said="Copied its address", copied="its address"),
    row("browse", "o", said="Opened its address", opened="its address", read="5 6 7"),
    row("full-text", "x", child=f"{_TEXTS} --article 13", said="Fetching the full text …"),
    row("download", "X", child=f"{_TEXTS} -- is:unread OR is:read", said=_NOTHING),
    row("stop-download", "ctrl+x", "@hold x", said="Stopped; what the feed says stays."),
    row("why", "i", top="WhyScreen", block=0),
    row("links", "U L", top="LinkList"),
    row("pipe", "|", top="ProgramList"),
    row("run-command", "!", top="ProgramList"),
    row("copies", "e", "@copy=2", top="CopyList"),
    # feeds
    row("refresh", "r", "f+f", child=f"{_EACH} --force --gently Thames Herald"),
    row("take-in", ".", "@arrive=Fresh", listed=20, waiting=0),
    # what is listed
    row("save-view", "ctrl+s", "f+l", top="Prompt"),
    row("everywhere", "W", "@query=region:FR", line="", listed=19),
    row("show-unread", "f+u", line="is:unread", listed=17),
    row("show-unread", "f+u", "f+u", line="", listed=19),
    row("show-starred", "f+s", line="is:starred", listed=1, here=10, shown=10),
    row("last-day", "f+1", line="since:24h"),
    row("last-week", "f+7", line="since:7d"),
    row("same-language", "f+l", line="lang:en"),
    row("same-region", "f+r", line="region:FR", listed=1),
    row("same-feed", "f+f", line='feed:"Thames Herald"', listed=7),
    row("clear-filters", "F f+x", "f+l f+f", line="", listed=19),
    row("drop-filter", "backspace", "f+l f+f", line="lang:en", listed=19),
    row("newest-first", "S+d", "S+o", line="", list=ALL),
    row("oldest-first", "S+o", line="sort:oldest", list=" ".join(reversed(ALL.split()))),
    row("by-title", "S+t", line="sort:title", list="7 8 17 18 9 10 11 12 13 14 15 16 0 1 2 3 4 5 6"),
    row("by-feed", "S+f", line="sort:feed", list="2 5 9 12 15 18 0 3 7 10 13 16 1 4 6 8 11 14 17"),
    row("by-region", "S+r", line="sort:region", list="2 5 9 12 15 18 1 4 8 11 14 17 0 3 7 10 13 16 6"),
    # marks
    row("toggle-read", "m", read="5 6 7"),
    row("toggle-read", "m", "m", read="5 7"),
    row("toggle-star", "s", starred="6 10"),
    row("toggle-star", "s", "s", starred="10"),
    row("tag", "t", top="TagPicker"),
    row("all-read", "A", read=ALL, said="Marked 17 read in everything"),
    row("above-read", "{", read="0 1 2 3 4 5 7", said="Marked 5 read above, in everything"),
    row(
        "below-read",
        "}",
        read="5 7 8 9 10 11 12 13 14 15 16 17 18",
        said="Marked 11 read below, in everything",
    ),
    row("undo", "u", "s", starred="10", said="Undone: 1 unstarred"),
    row("undo", "u", "f+u", line="", listed=19, said="Back in everything."),
    row("redo", "ctrl+y", "s u", starred="6 10", said="Done again: 1 starred"),
    # from article to article
    row("next-unread", "n", here=8, shown=8),
    row("previous-unread", "p", here=4, shown=4),
    row("next-unread-feed", "]", here=9, shown=9),
    row("previous-unread-feed", "[", here=3, shown=3),
    row("next-article", "J", here=7, shown=7),
    row("previous-article", "K", here=5, shown=5),
    row("read-on", "space", block=27, read="5 6 7"),
    row("read-on", "space", "@scroll=end", here=8, shown=8, read="5 6 7 8"),
    row("read-back", "shift+space", block=2),
)
"""Keys that do the same whichever pane has them."""

BESIDE_TEXT = (
    row("search", "/ f3", top="SearchBar"),
    row("show-all", "1", "f+u", line="", listed=19),
    row("show-unread", "2", line="is:unread", listed=17),
    row("show-starred", "3", line="is:starred", listed=1, here=10, shown=10),
    # A digit that means nothing here waits for a movement.
    *(row(f"link-{digit}", f"{digit}", typing=f"{digit}") for digit in range(4, 10)),
)
"""Keys that do the same in the list and in the sidebar."""

IN_TEXT = (
    row("find", "/ f3", top="FindBar"),
    row("find-next", "n", "/ @type=more enter", find="more 13 of 60"),
    row("find-previous", "N", "/ @type=more enter", find="more 11 of 60", block=12),
    row("end-find", "escape", "/ @type=more enter", find=""),
    *(
        row(
            f"link-{at}",
            f"{at}",
            opened=f"https://links.example/{at}",
            said=f"Opened https://links.example/{at}",
        )
        for at in range(1, 10)
    ),
    row("next", "j down", scroll=36),
    row("previous", "k up", scroll=34, block=13),
    row("first", "g home", scroll=0, block=0),
    row("last", "G end", scroll="end", block=55),
    row("page-down", "pagedown", scroll=62, block=27),
    row("page-up", "pageup", scroll=8, block=1),
    row("half-page-down", "ctrl+d", scroll=48, block=20),
    row("half-page-up", "ctrl+u", scroll=22, block=7),
    row("read", "enter", read="5 6 7"),
    row("next-article", "J", "J", here=8, shown=8, read="5 7 8"),
)
"""Keys that do the same in the article beside the list and in the article alone."""

LIST = (
    *ANYWHERE,
    *BESIDE_TEXT,
    row("next", "j down", here=7, shown=7),
    row("previous", "k up", here=5, shown=5),
    row("first", "g home", here=0, shown=0),
    row("last", "G end", here=18, shown=18),
    row("page-down", "pagedown", here=14, shown=14),
    row("page-up", "pageup", here=0, shown=0),
    row("right", "l right", focus="article"),
    row("left", "h left", focus="sidebar"),
    row("next-pane", "tab", focus="article"),
    row("previous-pane", "shift+tab", focus="sidebar"),
    row("read", "enter", focus="article", read="5 6 7"),
    row("alone", "z", focus="article", alone=True, widths="0 0 126"),
    row("sidebar", "b", off="-no-sidebar", widths="0 44 82"),
    row("pane-narrower", "< ctrl+left", widths="24 42 60"),
    row("pane-wider", "> ctrl+right", widths="24 46 56"),
    row("quit", "q", left="quit"),
)
ARTICLE = (
    *ANYWHERE,
    *IN_TEXT,
    row("left", "h left", focus="list"),
    row("stop-command", "escape ctrl+x", "@job=sleep_600", said="sleep 600 was stopped."),
    row("next-pane", "tab", focus="sidebar"),
    row("previous-pane", "shift+tab", focus="list"),
    row("alone", "z", alone=True, widths="0 0 126"),
    row("sidebar", "b", off="-no-sidebar", widths="0 44 82"),
    row("pane-narrower", "< ctrl+left", widths="24 46 56"),
    row("pane-wider", "> ctrl+right", widths="24 42 60"),
    row("back", "q escape", focus="list"),
)
SIDEBAR = (
    *ANYWHERE,
    *BESIDE_TEXT,
    row("next", "j down", side="Asia"),
    row("previous", "k up", side="Starred"),
    row("first", "g home", side="Unread"),
    row("last", "G end", side="Kyoto Shimpo"),
    row("page-down", "pagedown", side="Kyoto Shimpo"),
    row("page-up", "pageup", side="Unread"),
    row("right", "l right", focus="list"),
    row("right", "l right", "@side=Europe", folds="150"),
    row("left", "h left", "@unfold=150 @side=Europe", folds=""),
    row("next-pane", "tab", focus="list"),
    row("previous-pane", "shift+tab", focus="article"),
    row("read", "enter", focus="list", line="harbour", listed=13),
    row("rename-view", "f2", top="Prompt"),
    row("remove-view", "delete", said="Harbour is taken out.", views="", side="Asia"),
    row("alone", "z", focus="article", alone=True, widths="0 0 126"),
    row("sidebar", "b", focus="list", off="-no-sidebar", widths="0 44 82"),
    row("pane-narrower", "< ctrl+left", widths="22 44 60"),
    row("pane-wider", "> ctrl+right", widths="26 44 56"),
    row("back", "q escape", focus="list"),
)
READING = (
    *ANYWHERE,
    *IN_TEXT,
    row("alone", "z", focus="list", alone=False, widths="24 44 58"),
    row("pane-narrower", "< ctrl+left", said="There is but one pane here."),
    row("pane-wider", "> ctrl+right", said="There is but one pane here."),
    row("back", "q escape", focus="list", alone=False, widths="24 44 58"),
)

_EMPTY = "nothinglikethis"
_ALL_AGAIN = {"line": "", "listed": 19, "here": 0, "shown": 0, "widths": "24 44 58"}
EMPTY = (
    *FREE,
    row("search", "/ f3", top="SearchBar"),
    row("save-view", "ctrl+s", top="Prompt"),
    row("show-all", "1", "f+u", line=_EMPTY),
    row("show-unread", "2 f+u", line=f"{_EMPTY} is:unread"),
    row("show-starred", "3 f+s", line=f"{_EMPTY} is:starred"),
    *(row(f"link-{digit}", f"{digit}", typing=f"{digit}") for digit in range(4, 10)),
    row("last-day", "f+1", line=f"{_EMPTY} since:24h"),
    row("last-week", "f+7", line=f"{_EMPTY} since:7d"),
    row("everywhere", "W", "@query=region:FR_region:JP", **_ALL_AGAIN),
    row("clear-filters", "F f+x", "f+u", **_ALL_AGAIN),
    row("drop-filter", "backspace", **_ALL_AGAIN),
    row("newest-first", "S+d", "S+o", line=_EMPTY),
    row("oldest-first", "S+o", line=f"{_EMPTY} sort:oldest"),
    row("by-title", "S+t", line=f"{_EMPTY} sort:title"),
    row("by-feed", "S+f", line=f"{_EMPTY} sort:feed"),
    row("by-region", "S+r", line=f"{_EMPTY} sort:region"),
    row("undo", "u", **{**_ALL_AGAIN, "here": 6, "shown": 6}, said="Back in everything."),
    row("redo", "ctrl+y", "f+u u", line=f"{_EMPTY} is:unread"),
    row("right", "l right", focus="article"),
    row("left", "h left", focus="sidebar"),
    row("next-pane", "tab", focus="article"),
    row("previous-pane", "shift+tab", focus="sidebar"),
    row("sidebar", "b", off="-no-sidebar", widths="0 0 82"),
    row("pane-narrower", "< ctrl+left", widths="24 0 60"),
    row("pane-wider", "> ctrl+right", widths="24 0 56"),
    row("quit", "q", left="quit"),
)
_IDLE_EMPTY = (
    "n N escape + = - Y P . f2 delete f+l f+r f+f m s t A { } j down k up p ] [ g home G end pagedown pageup "
    "ctrl+d ctrl+u enter space shift+space J K z x X o y e i U L | !"
)

_COMMANDS = commands(COMMANDS)

CONTEXTS = (
    Context("list", "ReaderScreen", "", LIST, _COMMANDS, "N escape ctrl+d ctrl+u f2 delete"),
    Context("empty list", "ReaderScreen", f"@query={_EMPTY}", EMPTY, _COMMANDS, _IDLE_EMPTY),
    Context("article", "ReaderScreen", "", ARTICLE, _COMMANDS, "l right f2 delete", pane="article"),
    Context(
        "sidebar", "ReaderScreen", "@side=Harbour", SIDEBAR, _COMMANDS, "N ctrl+d ctrl+u", pane="sidebar"
    ),
    Context(
        "article alone",
        "ReaderScreen",
        "",
        READING,
        _COMMANDS,
        "h left l right tab shift+tab b f2 delete",
        pane="article",
        alone=True,
    ),
)
