"""The table of every option: it drives the reading, the example file and the check of the docs.

It must never read a file, and no other module repeats a default that stands here.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from msgspec import Meta, Struct

from termnews.config.toml_lines import format_value

_ONE_LINE = r"^[^\x00-\x1f\x7f]*\Z"
# RFC 9110 §5.6.2 and §5.5; beyond ASCII the servers disagree about the bytes.
_TOKEN = r"^[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z"
_PRINTABLE = r"^[\x20-\x7e]*\Z"

Flag = Annotated[bool, Meta(description="true or false")]
Text = Annotated[str, Meta(pattern=_ONE_LINE, description="text on one line, in quotes")]
Ascii = Annotated[str, Meta(pattern=_PRINTABLE, description="text in plain ASCII letters, in quotes")]
Address = Annotated[str, Meta(pattern=_ONE_LINE, description="an address in quotes")]
Proxy = Annotated[
    str,
    Meta(
        pattern=r"(?i)^((https?|socks5h?)://[\x21-\x7e]+)?\Z",
        description='an address such as "http://localhost:3128"',
    ),
]
Minutes = Annotated[int, Meta(ge=0, le=525_600, description="a whole number of minutes from 0 to 525600")]
Number = Annotated[int, Meta(ge=0, le=2**53, description="a whole number from 0 up")]
Seconds = Annotated[float, Meta(gt=0, le=600, description="a number of seconds above 0 and up to 600")]
Megabytes = Annotated[int, Meta(ge=1, le=1024, description="a whole number of megabytes from 1 to 1024")]
Fetches = Annotated[int, Meta(ge=1, le=256, description="a whole number from 1 to 256")]
Texts = Annotated[
    tuple[Annotated[str, Meta(min_length=1, pattern=_ONE_LINE)], ...],
    Meta(description='a list of texts such as ["one", "two"]'),
]
Headers = Annotated[
    dict[Annotated[str, Meta(pattern=_TOKEN)], Annotated[str, Meta(pattern=_PRINTABLE)]],
    Meta(description='a table such as { "X-Key" = "value" }, in plain ASCII letters'),
]
Pins = Annotated[
    dict[
        Annotated[str, Meta(min_length=1, pattern=_ONE_LINE)],
        Annotated[str, Meta(min_length=1, pattern=_ONE_LINE)],
    ],
    Meta(description='a table of words and regions such as { "Paris" = "US-TX" }'),
]
Query = Annotated[
    str, Meta(min_length=1, pattern=_ONE_LINE, description="a search line in quotes that is not empty")
]
Actions = Annotated[
    str | tuple[str, ...],
    Meta(description='an action in quotes such as "mute", or a list such as ["star", "tag:work"]'),
]
Notify = Annotated[
    Literal["bell", "osc9", "desktop", "off"], Meta(description='"bell", "osc9", "desktop" or "off"')
]
Keys = Annotated[
    str | tuple[str, ...],
    Meta(description='a key in quotes such as "j", or a list of keys such as ["j", "down"]'),
]
_Words = Annotated[tuple[Annotated[str, Meta(pattern=_ONE_LINE)], ...], Meta(min_length=1)]


class Written(Struct, frozen=True, forbid_unknown_fields=True):
    """A command of the user's that is written as a table."""

    run: _Words
    """The program and its arguments."""
    terminal: bool = False
    """Whether it gets the terminal."""


OwnCommand = Annotated[
    _Words | Written,
    Meta(description='a list such as ["prog", "{link}"], or { run = ["prog"], terminal = true }'),
]
Preset = Annotated[
    Literal["termnews", "newsboat", "eilmeldung", "netnewswire"],
    Meta(description='"termnews", "newsboat", "eilmeldung" or "netnewswire"'),
]
Pictures = Annotated[
    Literal["auto", "sixel", "blocks", "off"], Meta(description='"auto", "sixel", "blocks" or "off"')
]
Rows = Annotated[int, Meta(ge=2, le=100, description="a whole number of lines from 2 to 100")]
Glyphs = Annotated[Literal["plain", "ascii"], Meta(description='"plain" or "ascii"')]


@dataclass(frozen=True, slots=True)
class Option:
    """One key of termnews.toml."""

    name: str
    """The key."""
    type: Any
    """What msgspec checks its value against; its description says it in words."""
    default: Any
    """The value when the key is not there."""
    why: str
    """What it is for, as one line."""
    table: str = ""
    """The table it stands in; empty: the top of the file."""
    sample: str = ""
    """TOML shown in the example where the default says nothing or cannot be written."""
    later: bool = False
    """Whether the key is understood but has no effect in this version."""

    @property
    def choices(self) -> bool:
        """Whether the value is one of a few words."""
        return get_origin(get_args(self.type)[0]) is Literal

    @property
    def wording(self) -> str:
        """What a right value is, in words that follow "must be"."""
        words: str = self.type.__metadata__[0].description
        return words


OPTIONS: tuple[Option, ...] = (
    Option("data_dir", Text, "", "Folder of the cache; empty: the platform's data folder."),
    Option("refresh_minutes", Minutes, 60, "Minutes between two fetches of a feed; 0: always due."),
    Option(
        "min_interval_minutes",
        Minutes,
        5,
        "No feed is asked more often than this, also with r and R; 0: no floor.",
    ),
    Option("concurrency", Fetches, 16, "Feeds fetched at the same time."),
    Option("per_host", Fetches, 2, "Of these, how many from one host: be a polite guest."),
    Option("timeout_seconds", Seconds, 20, "Seconds a server may stay silent before the fetch is given up."),
    Option("max_body_mb", Megabytes, 10, "Megabytes a feed may have, before and after unpacking."),
    Option(
        "user_agent_contact",
        Ascii,
        "",
        "Address or page a server's owner may write to; sent with each fetch.",
    ),
    Option(
        "allow_private_addresses",
        Flag,
        False,
        "Whether a redirect may lead from a public to a private or loopback address.",
    ),
    Option("proxy", Proxy, "", "HTTP proxy for all fetches; empty: as the environment says."),
    Option(
        "language",
        Text,
        "",
        "Language of the screen and of place names: en, ru or tg; empty: the locale's.",
    ),
    Option(
        "notify",
        Notify,
        "bell",
        "How you are told of what a rule with notify finds: bell, osc9 (terminal), desktop, off.",
    ),
    Option(
        "keep_days",
        Number,
        0,
        "Days read articles are kept without a star or tag of yours; 0: for ever.",
    ),
    Option(
        "keep_articles",
        Number,
        0,
        "Articles kept of each feed; unread, starred, tagged ones stay; 0: all.",
    ),
    Option(
        "url",
        Address,
        "",
        "Its address: http, https or file, or a path; a relative path starts at this file's folder.",
        "feeds",
        '"https://example.org/feed.xml"',
    ),
    Option("name", Text, "", "Name to show; empty: the feed's own title.", "feeds"),
    Option("folder", Text, "", "Folder it stands in on the screen; empty: none.", "feeds"),
    Option("region", Text, "", "Where the publisher sits: a code such as TJ, TJ-GB or 143.", "feeds"),
    Option(
        "refresh_minutes",
        Minutes,
        None,
        "Minutes between two fetches; left out: the general number.",
        "feeds",
        "60",
    ),
    Option("full_text", Flag, False, "Whether the page behind each new article is fetched too.", "feeds"),
    Option("paused", Flag, False, "Whether refresh leaves the feed alone.", "feeds"),
    Option("headers", Headers, {}, 'Extra request headers, such as { "X-Key" = "value" }.', "feeds"),
    Option("username", Text, "", "User name, where the server asks for one.", "feeds"),
    Option(
        "password_command",
        Text,
        "",
        "Command that prints the password, so that it stands in no file.",
        "feeds",
    ),
    Option("proxy", Proxy, "", "HTTP proxy for this feed; empty: the general one.", "feeds"),
    Option("user_agent", Ascii, "", "User-Agent for this feed; empty: termnews's own.", "feeds"),
    Option("mute", Texts, (), 'Words that name no place in this feed, such as ["Jordan"].', "feeds"),
    Option("pin", Pins, {}, 'Words and the place they name in this feed: { "Paris" = "US-TX" }.', "feeds"),
    Option(
        "preset",
        Preset,
        "termnews",
        "The set of keys to start from: termnews, newsboat, eilmeldung or netnewswire.",
        "keys",
    ),
    Option("name", Text, "", "Name of the theme; empty: dark or light, as the terminal says it is.", "theme"),
    Option("glyphs", Glyphs, "plain", "ascii draws marks as * + > where the font has no others.", "theme"),
    Option(
        "accessible",
        Flag,
        False,
        "Says marks in words, one column, nothing that moves; the cursor stands on the chosen row.",
        "theme",
    ),
    Option("mute", Texts, (), 'Words that name no place in any feed, such as ["Jordan"].', "regions"),
    Option("pin", Pins, {}, 'Words and the place they name: { "Paris" = "US-TX" }.', "regions"),
    Option("budget_mb", Megabytes, 100, "Megabytes all full texts may take in the cache.", "download"),
    Option(
        "folders",
        Texts,
        (),
        'Folders whose feeds have their full text fetched: ["World", "Blogs"].',
        "download",
    ),
    Option(
        "query",
        Query,
        "is:unread OR is:starred",
        "What `termnews download` fetches where no QUERY is given.",
        "download",
    ),
    Option("pictures", Flag, False, "Whether the pictures of these articles are fetched too.", "download"),
    Option(
        "show",
        Pictures,
        "auto",
        "auto: by kitty's protocol, Sixel or half blocks, as the terminal can; sixel; blocks; off: captions.",
        "images",
    ),
    Option("rows", Rows, 16, "Lines of the screen a picture may take.", "images"),
    Option("budget_mb", Megabytes, 50, "Megabytes all pictures may take on disk.", "images"),
    Option(
        "browser",
        Texts,
        (),
        'Command that opens a link, such as ["firefox", "{url}"]; empty: the system\'s.',
        "open",
    ),
)

_ONE_FEED: Final = ("url", "name", "folder")
"""What folders have no setting for."""
_OF_ALL: Final = (("for this feed", "for its feeds"), ("in this feed", "in its feeds"),
                  ("the feed alone", "its feeds alone"))  # fmt: skip


def _for_folders(option: Option) -> Option:
    """Return the option of a feed as one of all feeds of a folder."""
    why = option.why
    for one, every in _OF_ALL:
        why = why.replace(one, every)
    return replace(option, table="folders", why=why)


OPTIONS += tuple(map(_for_folders, (o for o in OPTIONS if o.table == "feeds" and o.name not in _ONE_FEED)))

TABLES: dict[str, tuple[str, ...]] = {
    "feeds": ("Feeds, one [[feeds]] table each; only url is needed.",),
    "folders": (
        "Settings of all feeds of a folder and of the folders within it, as World/Asia is within World;",
        "what a feed says itself counts before them.",
    ),
    "views": (
        "Saved searches: name = search line, as in",
        '    "Tajikistan, two days" = "region:TJ since:2d"',
    ),
    "keys": ("Keys of the screen: command = key or list of keys, as in", '    next = ["j", "down"]'),
    "theme": ("How the screen looks.",),
    "regions": ("Words in which places are found that are none, or other ones; docs/regions.md.",),
    "rules": (
        "What is done with matching articles as they come in: search line = action or list of actions:",
        "mute, read, star, highlight, notify, full_text, tag:NAME; docs/configuration.md. As in",
        '    "title:crossword" = "mute"',
        '    "region:TJ earthquake" = ["star", "notify"]',
    ),
    "download": ("Full text: the page behind an article, fetched by x and by `termnews download`.",),
    "images": ("Pictures of articles, with the extra `images`: pip install 'termnews[images]'.",),
    "open": ("How links are opened.",),
    "commands": (
        "Commands that | and ! offer: name = the program and its arguments, as in",
        '    mail = ["mail", "-s", "{title}", "me@example.org"]',
        '    pager = { run = ["less"], terminal = true }',
        "{id}, {link} and {title} stand for the article's. No shell reads them; docs/configuration.md.",
    ),
}
"""Every table with its head comment, in the order of the example."""

HEADS: Final = {"feeds": "#[[feeds]]", "folders": '#[folders."World"]'}
"""Heads in the example that are not the name of a table in brackets."""
_HEAD = """\
# termnews.toml: every option with its default and why it is there.
# A "#" right before a key switches the line off: take it away to set the key.
# `termnews config path` says where this file belongs, `termnews config check` what is wrong with it.
"""
_LATER = "# Kept for a later version; it has no effect yet."


def options_of(table: str) -> dict[str, Option]:
    """Return the options of one table by name; "" is the top of the file."""
    return {option.name: option for option in OPTIONS if option.table == table}


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word nearest to this one, or "" when none is near."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1)), "")


def example() -> str:
    """Return the text of termnews.toml.example: each option switched off, with default and reason."""
    parts = [_HEAD, *(_describe(option) for option in options_of("").values())]
    for table, why in TABLES.items():
        head = HEADS.get(table, f"[{table}]")
        parts.append("\n".join([*(f"# {line}" for line in why), head]) + "\n")
        parts += [_describe(option) for option in options_of(table).values()]
    return "\n".join(parts)


def _describe(option: Option) -> str:
    value = option.sample or format_value(option.default)
    later = f"{_LATER}\n" if option.later else ""
    return f"# {option.why}\n{later}#{option.name} = {value}\n"
