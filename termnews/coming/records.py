"""What comes from another reader: feeds, views, options and keys, and what has to stay behind.

It must never know one program: each has a room of its own beside this one.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from termnews.hosts import COMMANDS
from termnews.models import Subscription
from termnews.parse.charset import decode
from termnews.sanitize import clean_line, clean_url, strip_credentials

_LONGEST: Final = 100
_NAMED: Final = 5
"""Lines a sentence names at most."""
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Coming:
    """What one file of another reader holds."""

    feeds: tuple[Subscription, ...] = ()
    """Feeds in the order of the file, none twice."""
    views: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """Saved searches: name → search line."""
    options: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    """Options of termnews.toml, with their table before a dot: `proxy`, `open.browser`."""
    rules: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)
    """Search line → what is done with articles that match as they come in."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)
    """Command → all its keys, over `preset`."""
    preset: str = ""
    """The set of keys the reader's own are laid over; empty: none."""
    left_out: tuple[str, ...] = ()
    """What stays behind or comes in differently, one sentence each, with its line where there is one."""


class Feeds:
    """Gathers feeds and what is left out of a file that is read line by line."""

    def __init__(self) -> None:
        self.left_out: list[str] = []
        """One sentence each."""
        self._feeds: dict[str, Subscription] = {}

    @property
    def found(self) -> tuple[Subscription, ...]:
        """The feeds, in order."""
        return tuple(self._feeds.values())

    def coming(self, views: Mapping[str, str] = _NOTHING) -> Coming:
        """Return what the file holds, with its views."""
        return Coming(self.found, views, left_out=tuple(self.left_out))

    def leave(self, line: int, what: str, why: str) -> None:
        """Say that something of a line stays behind."""
        self.left_out.append(f"line {line}: {shown(what)}: {why}")

    def add(self, line: int, url: str, name: str = "", folder: str = "") -> bool:
        """Take a feed; one without an address to follow is left out and said. Return whether it was taken."""
        is_command = url.startswith(COMMANDS)
        url = clean_line(url) if is_command else clean_url(url)
        if not is_command and not is_address(url):
            self.leave(line, url, "no address a feed can be fetched from")
            return False
        if url in self._feeds:
            self.leave(line, url, "the feed stands above already")
            return False
        name, folder = clean_line(name), clean_line(folder)
        self._feeds[url] = Subscription(url, name=name, folder=folder, paused=is_command)
        if is_command:
            self.leave(
                line, url, "a command is never run; the feed comes in paused, give it an address to have it"
            )
        return True


def is_address(url: str) -> bool:
    """Return whether it begins as an address that can be followed."""
    scheme, found, rest = url.partition("://")
    return bool(found and rest) and scheme.lower() in ("http", "https", "file")


def shown(text: str) -> str:
    """Return text of a file as a sentence may quote it: one line, no password, not endless."""
    text = strip_credentials(clean_line(text))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def text_of(data: bytes) -> str:
    """Return the text of a file in UTF-8; lines that are not are read in the encoding they seem to have."""
    return "\n".join(_texts(data)[0])


def lines_of(data: bytes) -> Iterator[tuple[int, str]]:
    """Go through the lines of a file with their numbers, from 1."""
    return enumerate(_texts(data)[0], 1)


def doubtful(data: bytes) -> tuple[str, ...]:
    """Return a sentence that names the lines whose encoding was guessed; nothing when all are UTF-8."""
    foreign = _texts(data)[1]
    if not foreign:
        return ()
    more = "".join(f", {each}" for each in foreign[1:_NAMED]) + (", …" if len(foreign) > _NAMED else "")
    return (f"line {foreign[0]}{more}: not UTF-8; the encoding was guessed, so look at the names",)


def _texts(data: bytes) -> tuple[list[str], list[int]]:
    """Return the lines without their ends, and the numbers of those that are not UTF-8.

    Each line is looked at alone: one title in another encoding must not turn the others.
    """
    lines = data.removeprefix(BOM_UTF8).split(b"\n")
    texts, foreign = [], []
    for number, line in enumerate(lines, 1):
        try:
            texts.append(line.decode().rstrip("\r"))
        except UnicodeDecodeError:
            texts.append("")
            foreign.append(number)
    # Together they say more about their encoding than one by one.
    guessed = decode(b"\n".join(lines[each - 1] for each in foreign)).split("\n") if foreign else []
    for at, number in enumerate(foreign):
        one = guessed[at] if len(guessed) == len(foreign) else lines[number - 1].decode("cp1252", "replace")
        texts[number - 1] = one.rstrip("\r")
    return texts, foreign
