"""The command that brings feeds, articles and state in: import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from termnews import output
from termnews.cli.bar import Bar
from termnews.cli.session import Session, interrupt_at_eof, pass_session, say
from termnews.errors import ConfigError, TermnewsError

if TYPE_CHECKING:
    from termnews.library.arriving import Came

_IN_FOLDERS: Final = ("urls", "config", "cache.db", "feeds", "sfeedrc", "config.yml")
"""What other readers keep in their folders, in the order it is to be imported."""
_MOST_LINES: Final = 5
"""Lines that are named of a file in which there is nothing: it may be another kind of file."""
_KINDS: Final = ("auto", "opml", "newsboat", "newsraft", "sfeed", "elfeed", "eilmeldung", "nom", "state")


class _NothingError(ConfigError):
    """A file has nothing to take over."""

    def __init__(self, sentence: str, lines: Sequence[str]) -> None:
        super().__init__(sentence)
        self.lines = lines
        """What is wrong with its first lines, one sentence each."""


@click.command("import")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option(
    "--from", "kind", type=click.Choice(_KINDS), default="auto", show_default=True, help="What FILE is."
)
@click.option("--json", "as_json", is_flag=True, help="Lines of JSON: how far it is, then what came.")
@click.option("--stop-at-eof", is_flag=True, hidden=True, help="Stop when standard input ends.")
@pass_session
def import_(session: Session, file: str, kind: str, as_json: bool, stop_at_eof: bool) -> None:
    """Take over what another reader keeps in FILE; what stays behind is said, line by line.

    FILE is OPML, a list of feeds of newsboat, newsraft, sfeed, elfeed or nom, newsboat's config or cache.db
    (articles, read, starred), or state exported by termnews; - is standard input. The second time
    nothing changes.
    """
    if stop_at_eof:
        interrupt_at_eof()
    bar = Bar(wanted=not as_json)
    try:
        what, came = _take(session, file, kind, _tell if as_json else bar.show)
        if as_json:
            print(output.import_json(what, asdict(came)), flush=True)
            return
    except TermnewsError as error:
        lines = error.lines if isinstance(error, _NothingError) else ()
        if as_json:
            print(output.import_json("", {"left_out": lines} if lines else {}, str(error)), flush=True)
        else:
            _name_left_out(file, lines)
        raise
    finally:
        bar.clear()
    _name_left_out(file, came.left_out)
    for sentence in (f"written to termnews.toml: {line}" for line in came.settings):
        say(sentence)
    _sum_up(came, what)


def _name_left_out(file: str, left_out: Sequence[str]) -> None:
    """Say what stays behind, by file and line."""
    for sentence in left_out:
        say(f"{_called(file)}, {sentence}" if sentence.startswith("line ") else sentence)


def _called(file: str) -> str:
    return "standard input" if file == "-" else file


def _tell(done: int, of: int) -> None:
    print(output.progress_json(done, of), flush=True)


def _take(session: Session, name: str, kind: str, progress: Callable[[int, int], None]) -> tuple[str, Came]:
    """Take over a file; return what it is, and what came."""
    from termnews.coming.kinds import HEAD, chosen

    arriving = session.library.arriving
    try:
        with click.open_file(name, "rb") as file:
            head = file.read(HEAD)
            what = chosen(kind, Path(name).name, head)
            data = head if what == "cache" else head + file.read()
    except IsADirectoryError as error:
        there = [each for each in _IN_FOLDERS if Path(name, each).is_file()]
        which = f"import these, one after the other: {', '.join(there)}" if there else "name a file in it"
        raise ConfigError(f"{name} is a folder; {which}") from error
    except OSError as error:
        raise ConfigError(f"{name} cannot be read: {error.strerror}") from error
    if what == "state":
        return what, arriving.take_states(data)
    if what != "cache":
        came = arriving.take(what, data)
        if what != "config" and not (came.feeds or came.known or came.views):
            raise _NothingError(
                f"no feeds were found in {_called(name)}; it should be an OPML file or a list of feeds",
                [each for each in came.left_out if each.startswith("line ")][:_MOST_LINES],
            )
        return what, came
    if name == "-":
        raise ConfigError("a cache.db cannot come through a pipe; name the file")
    return what, arriving.take_newsboat(Path(name), progress)


def _sum_up(came: Came, what: str) -> None:
    """Say what an import came to."""
    if what == "cache":
        say(
            f"{_many(came.articles, 'article')} added, {came.present} were there already; "
            f"{came.read} marked read, {came.starred} starred, {came.deleted} deleted ones kept away"
        )
        if came.articles:
            say("their places are found by `termnews cache retag`, or by the next refresh")
    elif what == "state":
        say(f"{came.read} marked read, {came.starred} starred, {came.waiting} kept for articles to come")
    elif what == "config":
        say(f"{_many(len(came.settings), 'setting')} written, {len(came.left_out)} left out")
    else:
        views = f", {_many(came.views, 'view')}" if came.views else ""
        say(f"{_many(came.feeds, 'feed')} added, {came.known} followed already{views}")


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


COMMANDS: Final = (import_,)
