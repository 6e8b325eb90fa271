"""Decide the face: no command opens the screen, a command goes to the command line.

It must never import a face before it knows which one is asked for: that is half of the
start-up time.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

_VALUED = ("--config", "--profile")


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
    # The shell's completion asks through the environment, without a command.
    if wants_screen(given) and "_TERMNEWS_COMPLETE" not in os.environ:
        from termnews.ui.start import run

        return run(given)
    from termnews.cli import run as run_command

    return run_command(given)


if __name__ == "__main__":
    sys.exit(main())
