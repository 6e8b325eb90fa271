"""Write what is made from the code: docs/cli.md, docs/keys.md and data/keys.json.

Run by `make docs`; a test compares the pages with what this would write.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from termnews.cli import termnews
from termnews.ui.commands import keys_document, keys_json

ROOT = Path(__file__).resolve().parent.parent
_HEAD = """\
# The command line

`termnews` without a command opens the screen; with a command it prints and ends. What it prints on
stdout is data, what it has to say goes to stderr. When stdout is not a terminal there is no colour
and nothing is cut to a width. This page is made from the program by `make docs`.

Exit codes: **0** done · **1** error, said in one line · **2** usage, or a query that cannot be
looked up · **3** refresh: some feeds failed, the rest is stored · **130** interrupted.

Completion: `termnews completion bash >> ~/.bashrc`, `termnews completion zsh >> ~/.zshrc`, or
`termnews completion fish > ~/.config/fish/completions/termnews.fish`.

For a timer ([cron.md](cron.md)), `termnews refresh --quiet` says nothing but what failed. Should termnews
itself break, it says so in one line that names its log; `TERMNEWS_DEBUG=1` shows the traceback at once.

"""


def cli_page() -> str:
    """Return docs/cli.md: every command with its usage, help and options."""
    return _HEAD + "\n".join(_sections(termnews, "termnews", None)).rstrip() + "\n"


def _sections(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    context = click.Context(command, info_name=name.rpartition(" ")[2], parent=parent, max_content_width=100)
    yield f"## {name}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            inner = command.get_command(context, each)
            if inner is not None:
                yield from _sections(inner, f"{name} {each}", context)


PAGES = {"cli.md": cli_page, "keys.md": keys_document}


def main() -> int:
    """Write the pages."""
    for name, page in PAGES.items():
        ROOT.joinpath("docs", name).write_text(page(), encoding="utf-8")
    ROOT.joinpath("termnews", "data", "keys.json").write_text(keys_json(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
