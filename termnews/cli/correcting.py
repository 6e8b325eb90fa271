"""Commands that correct places: correct mute, pin, fix."""

from __future__ import annotations

from typing import Final

import click

from termnews import output
from termnews.cli.session import Session, pass_session, say
from termnews.models import Action

_FEED: Final = click.option("--feed", metavar="FEED", help="In this feed alone; else in all feeds.")


@click.group()
def correct() -> None:
    """Correct what places articles are about; `termnews undo` takes a correction back.

    A correction of words holds for articles kept and to come; those kept are tagged again at once.
    """


@correct.command()
@click.argument("words")
@_FEED
@pass_session
def mute(session: Session, words: str, feed: str | None) -> None:
    """Say that WORDS name no place ("Jordan", the player); written to termnews.toml."""
    _tell(session.library.corrections.mute(words, feed))
    retag_kept(session)


@correct.command()
@click.argument("words")
@click.argument("region")
@_FEED
@pass_session
def pin(session: Session, words: str, region: str, feed: str | None) -> None:
    """Say that WORDS name REGION ("Paris" US-TX), any name or code; written to termnews.toml."""
    _tell(session.library.corrections.pin(words, region, feed))
    retag_kept(session)


@correct.command()
@click.argument("number", type=int, metavar="ID")
@click.argument("places", nargs=-1, metavar="[REGION]...")
@click.option("--clear", is_flag=True, help="Take back what you said; the text decides again.")
@pass_session
def fix(session: Session, number: int, places: tuple[str, ...], clear: bool) -> None:
    """Say that article ID is about exactly these REGIONs, or `none`; it survives every refresh."""
    if clear == bool(places):
        raise click.UsageError("give the regions, none, or --clear")
    if "none" in map(str.casefold, places):
        if len(places) > 1:
            raise click.UsageError("none stands alone: the article is about no place")
        places = ()
    _tell(session.library.corrections.fix(number, None if clear else places))


def retag_kept(session: Session) -> None:
    """Tag again what is kept, and say how much it was; what an interruption leaves, a refresh does."""
    steps = list(session.library.corrections.retag())
    if steps:
        say(f"{steps[-1][0]:,} articles tagged again")


def _tell(action: Action) -> None:
    already = "" if action.id else "nothing to change: "
    say(f"{already}{output.action_line(action)}")


COMMANDS: Final = (correct,)
