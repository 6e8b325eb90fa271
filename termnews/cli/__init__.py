"""The command line: verbs over Library. stdout is data, stderr is talk.

It must never import Textual. Exit codes: 0 done, 1 error, 2 usage, 3 some feeds of a refresh
failed, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from termnews import __version__
from termnews.cli import feeds, keeping, marking, reading, refreshing, transfer
from termnews.cli.session import Session
from termnews.errors import QueryError, TermnewsError
from termnews.sanitize import clean_line

INTERRUPTED = 130


@click.group(context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="termnews")
@click.option("--config", "path", metavar="FILE", help="Use this configuration file.")
@click.option("--profile", metavar="NAME", default="", help="Use a configuration and cache of their own.")
@click.option("--demo", is_flag=True, help="Use packaged sample news; touches nothing of yours.")
@click.pass_context
def termnews(context: click.Context, path: str | None, profile: str, demo: bool) -> None:
    """Read the news of the places you follow, in the terminal.

    Without a command the screen opens. Each command has a --help of its own.
    """
    context.obj = context.with_resource(Session(path, profile, demo=demo))


for _group in (reading, marking, refreshing, feeds, transfer, keeping):
    for _command in _group.COMMANDS:
        termnews.add_command(_command)


def run(arguments: Sequence[str]) -> int:
    """Run one command; return the exit status. What goes wrong is said in one line on stderr."""
    try:
        status = termnews.main(list(arguments), prog_name="termnews", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        print("termnews: interrupted", file=sys.stderr)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # Who reads has gone (click turns that into SystemExit, and nothing else): that is no error.
        # Python must not flush into the pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except TermnewsError as error:
        print(f"termnews: {clean_line(str(error))}", file=sys.stderr)
        return 2 if isinstance(error, QueryError) else 1
    return status if isinstance(status, int) else 0
