"""Open the screen: read its options, look at the terminal, open the library, and close it at the end.

It must never draw; and it imports the application only when there is a terminal to draw on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from termnews import config, logs, wording
from termnews.errors import TermnewsError
from termnews.library import Library
from termnews.ui import ground, lean

_SIZES = ("COLUMNS", "LINES")
USAGE = 2
"""Exit status for options that cannot be understood."""


def run(arguments: Sequence[str]) -> int:
    """Run the screen with `--config FILE`, `--profile NAME` and `--demo`; return the exit status."""
    options = _options(arguments)
    if options is None:
        print("termnews: --config and --profile need a value; see `termnews --help`", file=sys.stderr)
        return USAGE
    if refusal := refused(os.environ, sys.stdin.isatty() and sys.stdout.isatty()):
        print(f"termnews: {refusal}", file=sys.stderr)
        return 1
    # Textual paints 60 times a second at most: a key just after a paint would wait 16 ms for its own.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    for name in _SIZES:  # some shells export them; they would stand while the window grows and shrinks
        os.environ.pop(name, None)
    try:
        status, demo = _show(options)
        return _show({"demo": "yes"})[0] if demo else status
    except TermnewsError as error:
        print(f"termnews: {error}", file=sys.stderr)
        return 1


def _show(options: Mapping[str, str]) -> tuple[int, bool]:
    """Open a library, show it, close it; return the exit status, and whether the demo is wanted next."""
    with _library(options) as library:
        wording.speak(wording.choose(library.config.language))
        with ground.asked(pictures=library.config.images.show == "auto") as told:
            with lean.imports():  # the answer comes while the screen is loaded
                from termnews.ui.app import run_screen

            return run_screen(library, told())


def refused(environ: Mapping[str, str], terminal: bool) -> str:
    """Return why the screen cannot be shown, in one sentence; empty when it can.

    Args:
        environ: TERM names the terminal.
        terminal: whether input and output are one.
    """
    if not terminal:
        return (
            "the screen needs a terminal; `termnews list` prints headlines, `termnews --help` shows the rest"
        )
    if environ.get("TERM", "") in ("", "dumb"):
        return "this terminal (TERM=dumb) cannot show the screen; `termnews list` prints headlines"
    return ""


def _options(arguments: Sequence[str]) -> dict[str, str] | None:
    """Return the options given; None when one lacks its value."""
    found: dict[str, str] = {}
    rest = iter(arguments)
    for each in rest:
        name, equals, value = each.partition("=")
        if name == "--demo":
            found["demo"] = "yes"
            continue
        given = value if equals else next(rest, None)
        if given is None:
            return None
        found[name.removeprefix("--")] = given
    return found


@contextmanager
def _library(options: Mapping[str, str]) -> Iterator[Library]:
    """Open the library the options name, and the log beside it; close it at the end."""
    if "demo" in options:
        from termnews.demo.filling import open_demo

        with open_demo() as library:
            yield library
        return
    path = Path(options["config"]) if "config" in options else None
    settings = config.load(path, options.get("profile", ""))
    try:
        config.ensure_folders(settings)
        os.close(os.open(settings.log_path, os.O_CREAT | os.O_WRONLY, 0o600))
        logs.begin(settings.log_path)
    except OSError:  # what may only be read can be read all the same
        logs.begin(Path(os.devnull))
    library = Library(settings, tell=lambda sentence: print(f"termnews: {sentence}", file=sys.stderr))
    try:
        yield library
    finally:
        library.close()
