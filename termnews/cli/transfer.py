"""Commands that bring feeds in and out: import, export."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO, Final

import click

from termnews.cli.session import Session, pass_session, say
from termnews.errors import ConfigError


@click.command("import")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--from",
    "kind",
    type=click.Choice(["auto", "opml"]),
    default="auto",
    show_default=True,
    help="What FILE is.",
)
@pass_session
def import_(session: Session, file: BinaryIO, kind: str) -> None:
    """Follow the feeds of FILE (OPML; - is standard input); what cannot be read is said."""
    imported = session.library.subscriptions.import_opml(file.read())
    for problem in imported.problems:
        say(problem)
    if not imported.added and not imported.known:
        raise ConfigError(f"no feeds were found in {file.name}; it should be an OPML file")
    say(f"{len(imported.added)} feeds added, {imported.known} were followed already")


@click.command()
@click.argument("kind", type=click.Choice(["opml"]))
@click.argument("target", required=False, metavar="[FILE]", type=click.Path(dir_okay=False, path_type=Path))
@pass_session
def export(session: Session, kind: str, target: Path | None) -> None:
    """Write your feeds as OPML to FILE, or to standard output; credentials are left out."""
    data = session.library.subscriptions.export_opml()
    if target is None:
        sys.stdout.buffer.write(data)
        return
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ConfigError(f"{target} exists already; name a file that does not") from None
    except OSError as error:
        raise ConfigError(f"{target} cannot be written: {error.strerror}") from error
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    say(f"{len(session.library.feeds())} feeds written to {target}")


COMMANDS: Final = (import_, export)
