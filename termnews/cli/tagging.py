"""Commands about tags: tag, tags."""

from __future__ import annotations

from typing import Final

import click

from termnews import output
from termnews.cli.session import Session, pass_session, say


@click.command()
@click.argument("name")
@click.argument("numbers", type=int, nargs=-1, metavar="[ID]...")
@click.option("--query", "line", metavar="QUERY", help="All articles that match.")
@click.option("--remove", is_flag=True, help="Take the tag away instead.")
@pass_session
def tag(session: Session, name: str, numbers: tuple[int, ...], line: str | None, remove: bool) -> None:
    """Give articles the tag NAME, by number or by query; on disk when the command ends with 0.

    `termnews list tag:NAME` finds them, `termnews undo` takes it back.
    """
    ids = session.chosen(numbers, line)
    change = session.library.tags.take if remove else session.library.tags.give
    say(output.action_line(change(ids, name, where=line or "")))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a tag.")
@pass_session
def tags(session: Session, as_json: bool) -> None:
    """List the tags there are, with the number of articles that have each."""
    counts = session.library.tags.all()
    if counts and not as_json:
        print(output.TAG_HEAD)
    for name, count in counts.items():
        print(output.tag_json(name, count) if as_json else output.tag_line(name, count))


COMMANDS: Final = (tag, tags)
