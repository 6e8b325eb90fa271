"""Decide the face: no command opens the screen, a command goes to the command line.

It must never import a face before it knows which one is asked for: that is half of the
start-up time. It is the one place that catches whatever nobody expected.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

DEBUG = "TERMNEWS_DEBUG"
"""Set to anything, it shows the traceback of an unexpected error."""
INTERRUPTED = 130
_VALUED = ("--config", "--profile")
_LONGEST_SHOWN = 300


def wants_screen(arguments: Sequence[str]) -> bool:
    """Whether the arguments hold options of the screen only, and no command."""
    rest = iter(arguments)
    for each in rest:
        if each in _VALUED:
            next(rest, None)
        elif each != "--demo" and not each.startswith(tuple(f"{name}=" for name in _VALUED)):
            return False
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Run termnews; return the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except KeyboardInterrupt:
        print("termnews: interrupted", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        _tell(error, given)
        return 1


def _run(given: Sequence[str]) -> int:
    # The shell's completion asks through the environment, without a command.
    if wants_screen(given) and "_TERMNEWS_COMPLETE" not in os.environ:
        from termnews.ui.garbage import held
        from termnews.ui.lean import records

        with held():
            with records():
                from termnews.ui.start import run

            return run(given)
    from termnews.cli import run as run_command

    return run_command(given)


# --- what nobody expected --------------------------------------------------------------------


def _tell(error: Exception, given: Sequence[str]) -> None:
    """Say in one sentence what broke and where the traceback is; it goes to the log."""
    import traceback

    from termnews.sanitize import clean_line, log_text

    trace = log_text("".join(traceback.format_exception(error)))
    kept = _keep(trace, given)
    if os.environ.get(DEBUG):
        print(trace, file=sys.stderr)
    what = clean_line(log_text(f"{type(error).__name__}: {error}"))[:_LONGEST_SHOWN]
    print(
        f"termnews: something went wrong inside termnews ({what}); {kept}, please report it", file=sys.stderr
    )


def _keep(trace: str, given: Sequence[str]) -> str:
    """Append the traceback to the log; return how the sentence says where it is."""
    from datetime import UTC, datetime
    from pathlib import Path

    from termnews import config

    shown = f"{DEBUG}=1 shows where"
    if "--demo" in given:  # its files are gone with it, and it touches nothing of the user's
        return shown
    path, profile = (_value(given, name) for name in _VALUED)
    try:
        settings = config.load(Path(path) if path else None, profile)
        config.ensure_folders(settings)
        with open(os.open(settings.log_path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a") as log:
            log.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n{trace}\n")
    except Exception:  # what broke may be the reading of the configuration itself
        return shown
    return f"{settings.log_path} says where"


def _value(given: Sequence[str], name: str) -> str:
    """Return the value of an option; empty when it is not given."""
    for each, after in zip(given, [*given[1:], ""], strict=True):
        if each == name or each.startswith(f"{name}="):
            return each.partition("=")[2] or after
    return ""


if __name__ == "__main__":
    sys.exit(main())
