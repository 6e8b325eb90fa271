"""The command line: verbs over Library. stdout is data, stderr is talk.

It must never import Textual, nor a command before it is asked for. Exit codes: 0 done, 1 error,
2 usage, 3 some feeds of a refresh failed, 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Final

import click

from termnews import __version__
from termnews.cli.session import Session
from termnews.errors import DamageError, QueryError, StoreError, TermnewsError
from termnews.sanitize import clean_line

INTERRUPTED = 130
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
ROOMS: Final[Mapping[str, str]] = {
    "cache": "keeping",
    "completion": "keeping",
    "config": "keeping",
    "correct": "correcting",
    "download": "downloading",
    "export": "exporting",
    "feeds": "feeds",
    "history": "marking",
    "import": "transfer",
    "list": "reading",
    "locate": "locating",
    "mark": "marking",
    "open": "reading",
    "pictures": "picturing",
    "refresh": "refreshing",
    "regions": "reading",
    "rules": "ruling",
    "search": "reading",
    "show": "reading",
    "tag": "tagging",
    "tags": "tagging",
    "undo": "marking",
    "views": "views",
}
"""Command → the module beside this one that it stands in."""


_HIDDEN: Final = ("pictures",)  # the screen runs it, nobody else


class Commands(click.Group):
    """The commands by name, each imported when it is asked for: the library behind them takes its time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of help."""
        return sorted(set(ROOMS).difference(_HIDDEN))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name; None when there is none."""
        if cmd_name not in ROOMS:
            return None
        room: Sequence[click.Command] = import_module(f"termnews.cli.{ROOMS[cmd_name]}").COMMANDS
        return next(each for each in room if each.name == cmd_name)


@click.group(cls=Commands, context_settings={"max_content_width": 100})
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
        _drop_output()
        return 0
    except DamageError as error:
        return _mend(error)
    except TermnewsError as error:
        print(f"termnews: {clean_line(str(error))}", file=sys.stderr)
        return 2 if isinstance(error, QueryError) else 1
    except OSError as error:
        if error.errno not in _FULL or error.filename is not None:
            raise
        _drop_output()
        print(f"termnews: the output cannot be written ({error.strerror}); make room for it", file=sys.stderr)
        return 1
    return status if isinstance(status, int) else 0


def _mend(error: DamageError) -> int:
    """Keep a cache aside that turned out to be damaged, and say what could be read of it."""
    from pathlib import Path

    from termnews.library.mending import mend

    try:
        sentences = mend(Path(error.path)) if error.path else (str(error),)
    except StoreError as refused:
        sentences = (str(refused),)
    for each in sentences:
        print(f"termnews: {clean_line(each)}", file=sys.stderr)
    return 1


def _drop_output() -> None:
    """Let what is still to be written go nowhere: Python would try it again at exit, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
