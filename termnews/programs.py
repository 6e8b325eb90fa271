"""Commands of the user's own that get an article: their words, and what stands for the article in them.

It must never run one. A value of a feed is only ever one word of a list, or a variable of the environment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from termnews.errors import TermnewsError
from termnews.hosts import is_host
from termnews.links import untracked
from termnews.sanitize import clean_line, honest_url

if TYPE_CHECKING:
    from termnews.models import Article

_PLACE: Final = re.compile(r"\{(id|link|title)\}")
_SHELLS: Final = ("sh", "ash", "bash", "dash", "fish", "ksh", "mksh", "nu", "zsh")
_READS_CODE: Final = frozenset((*_SHELLS, "lua", "node", "perl", "php", "python", "python3", "ruby"))
"""Programs that take the word behind -c, -e or -r for code."""
_JOINS_WORDS: Final = frozenset(["parallel", "script", "ssh", "su", "tmux", "watch"])
"""Programs that hand words of theirs to a shell."""
_CODE: Final = re.compile(r"-[A-Za-z]*[cer]")


_QUOTED: Final = re.compile(r"""\\.|'[^']*'|"(?:\\.|[^"\\])*\"""", re.DOTALL)
_SHELL: Final = re.compile(r"(?<!\S)[|<>&;]+(?!\S)|;(?!\S)")
"""What only a shell would follow: a program gets it as an argument, and something else happens."""


@dataclass(frozen=True, slots=True)
class Program:
    """A command of the user's."""

    words: tuple[str, ...]
    """The program and its arguments, never empty; {id}, {link} and {title} stand for the article's."""
    terminal: bool = False
    """Whether it gets the terminal while it runs; else what it prints is shown when it comes."""


def typed(line: str) -> Program:
    """Return a command typed on a line: words as a shell parts them; with ! before it, it gets the terminal.

    Raises:
        TermnewsError: a quote is open, nothing is there, a sign is not quoted that only a shell would follow,
            or `fault` finds one.
    """
    import shlex  # the reading of a configuration needs none

    rest = line.strip()
    terminal = rest.startswith("!")
    try:
        words = tuple(shlex.split(rest.removeprefix("!")))
    except ValueError as error:
        raise TermnewsError(f"this command has an open quote or ends in a backslash: {line}") from error
    if not words:
        raise TermnewsError("no command was typed")
    if sign := _SHELL.search(_QUOTED.sub("q", rest)):
        raise TermnewsError(f"no shell reads this line: quote {sign[0]}, or write sh -c '…' around it")
    if why := fault(words):
        raise TermnewsError(why)
    return Program(words, terminal)


def fault(words: Sequence[str]) -> str:
    """Return why these words may not run: a feed's text would be read as code. Empty: they may."""
    for at, word in enumerate(words):
        name, after = PurePath(word).name, words[at + 1 :]
        if name in _JOINS_WORDS:
            code = after
        elif name in _READS_CODE:
            option = next((place for place, each in enumerate(after) if _CODE.fullmatch(each)), None)
            code = () if option is None else after[option + 1 : option + 2]
        else:
            continue
        if any(map(_PLACE.search, code)):
            return f'{name} would take {{link}} or {{title}} for code; in a script write "$TERMNEWS_LINK"'
    return ""


def arguments(program: Program, article: Article) -> list[str] | None:
    """Return the words to run for an article; None where they want an address of the web and it has none."""
    values = _values(article)
    if not values["link"] and any("{link}" in word for word in program.words):
        return None
    return [_PLACE.sub(lambda found: values[found[1]], word) for word in program.words]


def environment(article: Article, environ: Mapping[str, str]) -> dict[str, str]:
    """Return an environment with TERMNEWS_ID, TERMNEWS_LINK and TERMNEWS_TITLE, for scripts of a shell."""
    return {**environ, **{f"TERMNEWS_{name.upper()}": value for name, value in _values(article).items()}}


def _values(article: Article) -> dict[str, str]:
    """Return what stands for an article; none begins with a hyphen, so that none is an option."""
    return {
        "id": str(article.id),
        "link": _web(article.entry.link),
        "title": clean_line(article.entry.title).lstrip("- "),
    }


def _web(link: str) -> str:
    link = untracked(honest_url(link))
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return link if parts.scheme in ("http", "https") and is_host(parts.hostname or "") else ""
