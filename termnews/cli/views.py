"""The views command: saved searches with their counts."""

from __future__ import annotations

from typing import Final

import click

from termnews import output
from termnews.cli.session import Session, pass_session, say
from termnews.errors import QueryError
from termnews.models import Count


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a view.")
@pass_session
def views(session: Session, as_json: bool) -> None:
    """List the saved views with their counts; `termnews list` takes what stands behind a name.

    A view whose search line cannot be understood is said on stderr.
    """
    library = session.library
    if not as_json and library.config.views:
        print(output.VIEW_HEAD)
    for name, line in library.config.views.items():
        count, trouble = Count(), ""
        try:
            count = library.count(library.query(line))
        except QueryError as error:
            trouble = str(error)
        if as_json:
            print(output.view_json(name, line, count, trouble))
        elif trouble:
            say(f"{name}: {trouble}")
        else:
            print(output.view_line(name, line, count))


COMMANDS: Final = (views,)
