"""The command that brings feeds, articles and state in: import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import click

from termnews.cli.session import Session, pass_session, say
from termnews.errors import ConfigError

if TYPE_CHECKING:
    from termnews.library.arriving import Came

_KINDS: Final = ("auto", "opml", "newsboat", "newsraft", "sfeed", "elfeed", "eilmeldung", "nom", "state")


@click.command("import")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--from", "kind", type=click.Choice(_KINDS), default="auto", show_default=True, help="What FILE is."
)
@pass_session
def import_(session: Session, file: BinaryIO, kind: str) -> None:
    """Take over what another reader keeps in FILE; what stays behind is said, line by line.

    FILE is OPML, a list of feeds of newsboat, newsraft, sfeed, elfeed or nom, newsboat's config or cache.db
    (articles, read, starred), or state exported by termnews; - is standard input. The second time
    nothing changes.
    """
    from termnews.coming.kinds import chosen

    data = file.read()
    what = chosen(kind, Path(file.name).name, data)
    arriving = session.library.arriving
    if what == "cache":
        if file.name in ("-", "<stdin>"):
            raise ConfigError("a cache.db cannot come through a pipe; name the file")
        came = arriving.take_newsboat(Path(file.name))
    elif what == "state":
        came = arriving.take_states(data)
    else:
        came = arriving.take(what, data)
    for sentence in (*came.left_out, *(f"written to termnews.toml: {line}" for line in came.settings)):
        say(sentence)
    _sum_up(came, what, file.name)


def _sum_up(came: Came, what: str, name: str) -> None:
    """Say what an import came to; a file without anything of use is an error."""
    if what == "cache":
        say(
            f"{came.articles} articles added, {came.present} were there already; {came.read} marked read, "
            f"{came.starred} starred, {came.deleted} deleted ones kept away"
        )
        if came.articles:
            say("their places are found by `termnews cache retag`, or by the next refresh")
    elif what == "state":
        say(f"{came.read} marked read, {came.starred} starred, {came.waiting} kept for articles to come")
    elif what == "config":
        say(f"{len(came.settings)} settings written, {len(came.left_out)} lines left out")
    elif not came.feeds and not came.known and not came.settings:
        raise ConfigError(f"no feeds were found in {name}; it should be an OPML file or a list of feeds")
    else:
        say(f"{came.feeds} feeds added, {came.known} were followed already")


COMMANDS: Final = (import_,)
