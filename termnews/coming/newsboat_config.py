"""newsboat's config file: options that have a twin in termnews.toml, keys, and filters as views and rules.

It must never run a command a line holds, nor take a password over.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any, Final

from termnews.coming.newsboat_filter import FilterError, fields, search_line
from termnews.coming.newsboat_keys import Bindings
from termnews.coming.records import Coming, lines_of, shown
from termnews.coming.words import quoted_words
from termnews.programs import fault
from termnews.sanitize import clean_line

_MOST_MINUTES: Final = 525_600
_PROXIES: Final = {"http": "http", "https": "https", "socks5": "socks5", "socks5h": "socks5h"}
_IN_TERMINAL: Final = frozenset(
    ("browsh", "carbonyl", "cha", "edbrowse", "elinks", "links", "links2", "lynx", "w3m")
)
"""Browsers that draw on the terminal."""
_BACKGROUND: Final = re.compile(r"(\s*(&|[12&]?>\s*/dev/null|[12]?>&[12]))+\s*$")
"""What lets a command run on in silence; here all do."""
_SHELL: Final = frozenset("|&;<>$`*?~\n")
_SECRET: Final = frozenset({"proxy-auth", "http-auth-method", "cookie-cache"})
_HINTS: Final[Mapping[str, str]] = {
    "include": "it names another file; import that by itself",
    "macro": "termnews has no macros; [commands] holds programs that get an article",
    "color": "termnews has themes; F4 chooses one",
    "highlight": "termnews has themes; F4 chooses one",
    "user-agent": "termnews names itself to servers; user_agent of one feed changes that",
    "urls-source": "termnews asks the feeds themselves",
    "auto-reload": "the screen refreshes by itself while it is open",
    "article-sort-order": "S sorts on the screen, and sort: in a view",
    **dict.fromkeys(
        ("notify-beep", "notify-format", "notify-program", "notify-screen", "notify-xterm"),
        "a rule with notify tells you of articles",
    ),
    **dict.fromkeys(
        ("bookmark-cmd", "external-url-viewer", "pager"), "[commands] holds programs that get an article"
    ),
}
_FILTERS: Final = frozenset({"define-filter", "highlight-article", "ignore-article"})
_CHANGING: Final = {"mute": {"is"}, "highlight": {"is", "since", "before"}}
"""What a rule for this cannot ask about: it is asked when an article comes in, newsboat at each look."""
_NO_TWIN: Final = "no twin in termnews.toml"


def read_config(data: bytes) -> Coming:
    """Read a config file; every line that does not come is named."""
    reader = _Reader()
    for number, line in lines_of(data):
        if words := quoted_words(line):
            reader.read(number, words[0], words[1:], line)
    return reader.coming()


class _Reader:
    """Takes one line after the other; used once."""

    def __init__(self) -> None:
        self._options: dict[str, Any] = {}
        self._views: dict[str, str] = {}
        self._rules: dict[str, tuple[str, ...]] = {}
        self._left: dict[int, str] = {}
        self._proxy: dict[str, tuple[int, str]] = {}
        self._bindings = Bindings()

    def read(self, number: int, command: str, values: list[str], line: str) -> None:
        """Take a line."""
        value = values[0] if values else ""
        if command in ("bind-key", "unbind-key", "bind"):
            if why := self._bindings.take(command, values):
                self._leave(number, line, why)
        elif command in _FILTERS:
            try:
                self._filter(number, command, values)
            except FilterError as error:
                self._leave(number, line, str(error))
        elif command in ("proxy", "proxy-type", "use-proxy"):
            self._proxy[command] = number, value
        elif command in _TWINS:
            name, read = _TWINS[command]
            try:
                self._options[name] = read(value)
            except ValueError as error:
                self._leave(number, line, str(error))
        elif command in _SECRET or "password" in command or command.endswith("-login"):
            self._leave(number, command, "passwords and logins stay behind")
        else:
            self._leave(number, line, _HINTS.get(command, _NO_TWIN))

    def coming(self) -> Coming:
        """Return what was read."""
        self._add_proxy()
        left_out = tuple(self._left[number] for number in sorted(self._left))
        keys = self._bindings.keys()
        return Coming(
            views=self._views,
            options=self._options,
            rules=self._rules,
            keys=keys,
            preset="newsboat" if keys else "",
            left_out=left_out,
        )

    def _leave(self, number: int, line: str, why: str) -> None:
        self._left[number] = f"line {number}: {shown(line)}: {why}"

    def _filter(self, number: int, command: str, values: list[str]) -> None:
        """Take a line that holds a filter: as a view, or as a rule that mutes or highlights.

        Raises:
            FilterError: it has no twin here.
        """
        first, written = values[0] if values else "", values[1] if len(values) > 1 else ""
        if command == "highlight-article":
            first, written = "", first
        ignored = first if command == "ignore-article" and first != "*" else ""
        if ignored.startswith("regex:"):
            raise FilterError("feeds are named by address, not by pattern")
        asked, notes = search_line(written, ignored)
        if command == "define-filter":
            name = clean_line(first)
            if not name or name in self._views:
                raise FilterError("it needs a name no other has")
            self._views[name] = asked
        else:
            action = "mute" if command == "ignore-article" else "highlight"
            if _CHANGING[action] & fields(asked):
                raise FilterError("it asks for what changes later, and a rule asks once")
            self._rules[asked] = tuple(dict.fromkeys((*self._rules.get(asked, ()), action)))
        if notes:
            self._leave(number, f"{command} {' '.join(values[:2])}", "; ".join(notes))

    def _add_proxy(self) -> None:
        """Take the proxy where newsboat used it and this one can."""
        number, place = self._proxy.get("proxy", (0, ""))
        if not place:
            return
        kind = self._proxy.get("proxy-type", (0, "http"))[1]
        if self._proxy.get("use-proxy", (0, "no"))[1] != "yes":
            self._leave(number, "proxy", "use-proxy is not on")
        elif kind not in _PROXIES:
            self._leave(number, "proxy", f"proxies of the kind {shown(kind)} cannot be used")
        elif "@" in place:
            self._leave(number, "proxy", "passwords and logins stay behind")
        else:
            self._options["proxy"] = f"{_PROXIES[kind]}://{place.rpartition('://')[2]}"


def _number(most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.isdecimal() or len(value) > 15:
            raise ValueError("it should be a number")
        return min(int(value), most)

    return read


def _positive(most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        return max(1, _number(most)(value))

    return read


def _browser(value: str) -> tuple[str, ...]:
    """Return the command that opens a link as words, without a shell."""
    try:
        words = shlex.split(_BACKGROUND.sub("", value))
    except ValueError:
        raise ValueError("the command cannot be read") from None
    # "%u" stands in quotes of its own as a rule; that is no work for a shell.
    if not words or _SHELL & set("".join(words)):
        raise ValueError("it needs a shell, which termnews does not start")
    if any(word in ("%f", "%F", "%t", "%T") for word in words):
        raise ValueError("only %u, the address, can be handed on")
    if PurePath(words[0]).name in _IN_TERMINAL:
        raise ValueError("it wants the terminal, which a browser does not get; [commands] can give it one")
    if fault([word.replace("%u", "{link}") for word in words]):
        raise ValueError("the address would be taken for code of a shell")
    words = [word.replace("%u", "{url}") for word in words]
    return tuple(words if any("{url}" in word for word in words) else [*words, "{url}"])


_TWINS: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "reload-time": ("refresh_minutes", _number(_MOST_MINUTES)),
    "reload-threads": ("concurrency", _positive(256)),
    "download-timeout": ("timeout_seconds", _positive(600)),
    "keep-articles-days": ("keep_days", _number(1_000_000)),
    "max-items": ("keep_articles", _number(1_000_000)),
    "browser": ("open.browser", _browser),
}
"""newsboat's option → termnews's, and how its value is read; ValueError says why it cannot be."""
