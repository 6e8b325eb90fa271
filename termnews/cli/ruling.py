"""The rules command: what [rules] of termnews.toml says, and what it would do."""

from __future__ import annotations

import shutil
import sys
from datetime import datetime
from typing import Final

import click

from termnews import output
from termnews.cli.session import Session, pass_session, say
from termnews.models import Matched, Rule
from termnews.sanitize import clean_line

_FAILED: Final = 1


@click.group()
def rules() -> None:
    """Show the rules of termnews.toml: what is done with articles as they come in (docs/configuration.md)."""


@rules.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a rule.")
@pass_session
def list_(session: Session, as_json: bool) -> None:
    """List the rules in the order of the file; one that is not understood is named on stderr."""
    for rule in session.library.rules.all():
        print(output.rule_json(rule) if as_json else _line(rule))


@rules.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a rule.")
@click.option(
    "--newest",
    type=click.IntRange(0, 1000),
    default=3,
    show_default=True,
    metavar="N",
    help="At most N articles of each are named.",
)
@pass_session
def test(session: Session, as_json: bool, newest: int) -> int:
    """Say of each rule how many of the articles kept match it, and name the newest; changes nothing.

    This is what would be done had they come in just now: but for mute, a rule does nothing with
    articles that were there before it.
    """
    library, failed = session.library, False
    if not library.config.rules:
        say(f"there are no rules; [rules] in {library.config.path} holds them (docs/configuration.md)")
    for matched in library.rules.test(newest):
        failed = failed or bool(matched.error)
        if as_json:
            print(output.matched_json(matched))
        else:
            _show(matched, library.clock())
    return _FAILED if failed else 0


def _line(rule: Rule) -> str:
    return clean_line(f"{rule.line} → {', '.join(rule.actions)}")


def _show(matched: Matched, now: datetime) -> None:
    print(_line(matched.rule))
    if matched.error:
        say(f'rule "{matched.rule.line}": {matched.error}')
        return
    print(f"  {matched.count:,} {'article matches' if matched.count == 1 else 'articles match'}")
    width = shutil.get_terminal_size().columns - 2 if sys.stdout.isatty() else None
    for each in matched.newest:
        print(f"  {output.headline_line(each, width, now)}")


COMMANDS: Final = (rules,)
