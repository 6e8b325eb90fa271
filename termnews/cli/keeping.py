"""Commands about termnews's own files: cache, config, completion."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click
from click.shell_completion import get_completion_class

from termnews import config as settings
from termnews import output, regions
from termnews.cli.session import Session, pass_session, say
from termnews.errors import ConfigError, StoreError


@click.group()
def cache() -> None:
    """Look after the cache."""


@cache.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_session
def info(session: Session, as_json: bool) -> None:
    """Print where the cache is, its size, what it holds and which gazetteer tagged it.

    Articles that are waiting can be read, and are not yet found by their words and places: the next
    refresh, or `termnews cache retag`, sees to that.
    """
    from termnews.library.album import album

    library = session.library
    pictures = dict(zip(("pictures", "picture_bytes"), album(session.config).kept(), strict=True))
    facts = library.upkeep.info() | pictures
    facts |= {"gazetteer": regions.edition(), "to tag": library.corrections.stale()}
    tagged = library.corrections.editions()
    if as_json:
        print(output.facts_json(facts | {"tagged by": tagged}))
        return
    facts |= {f"tagged by {edition or 'none yet'}": count for edition, count in tagged.items()}
    width = max(map(len, facts))
    for name, value in facts.items():
        print(f"{name:<{width}}  {value:,}" if isinstance(value, int) else f"{name:<{width}}  {value}")


@cache.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a step: done, of.")
@pass_session
def retag(session: Session, as_json: bool) -> None:
    """Find the places of articles again that another gazetteer or other corrections have tagged.

    It may be interrupted: what is done stays done. `termnews refresh` does the same when it ends.
    """
    bar = sys.stderr.isatty() and not as_json
    done = of = 0
    for done, of in session.library.corrections.retag():
        if as_json:
            print(output.progress_json(done, of), flush=True)
        if bar:
            print(f"\r{done:,}/{of:,}", end="", file=sys.stderr, flush=True)
    if bar and of:
        print("\r\x1b[K", end="", file=sys.stderr)
    if as_json and not of:
        print(output.progress_json(0, 0))
    elif not as_json:
        say(f"{done:,} articles tagged again")


@cache.command("check")
@pass_session
def check_cache(session: Session) -> None:
    """Look for damage; each problem is one line, and the exit code is 1 when there is one."""
    if session.library.mended:  # it could not be opened, and was said when it was
        raise StoreError("the cache was damaged; what could be read of it is in a new one")
    problems = session.library.upkeep.check()
    for problem in problems:
        print(problem)
    if problems:
        raise StoreError(
            f"the cache has {_problems(len(problems))}; `termnews cache repair` mends what can be mended"
        )
    say("the cache is sound")


@cache.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pass_session
def backup(session: Session, file: Path) -> None:
    """Copy the cache to FILE, also while termnews is open."""
    session.library.upkeep.backup(file)
    say(f"the cache is copied to {file}")


@cache.command()
@pass_session
def repair(session: Session) -> None:
    """Mend a damaged cache: it is kept as it is, and a new one is made of what can be read.

    Where only counters or the search index are wrong, they are made anew in place.
    """
    library = session.library  # what cannot even be opened is mended in opening it
    if library.upkeep.sound():
        library.upkeep.repair()
        say("every page of the cache can be read; its counters and its search index are right")
        return
    from termnews.library.mending import mend

    library.close()
    for sentence in mend(session.config.store_path):
        say(sentence)


@cache.command()
@pass_session
def prune(session: Session) -> None:
    """Take out the read articles that keep_days and keep_articles do not want kept, as `refresh` does.

    Starred and unread ones stay, and those you tagged; what was taken out does not come in again as new.
    """
    count = session.library.prune()
    say(f"{count:,} articles taken out; `termnews cache compact` gives their room back")


@cache.command()
@pass_session
def compact(session: Session) -> None:
    """Make the search index anew and give back the room that is free in the cache."""
    before, after = session.library.upkeep.compact()
    say(f"the cache has {after:,} bytes now, {max(before - after, 0):,} less than before")


@click.group()
def config() -> None:
    """Show, check and edit termnews.toml."""


@config.command()
@pass_session
def path(session: Session) -> None:
    """Print where the configuration file is, or would be."""
    print(session.config.path)


@config.command("check")
@pass_session
def check_config(session: Session) -> None:
    """Check the configuration; each problem names the file, the line and the remedy."""
    problems = session.config.problems  # said on stderr as the session read them
    if problems:
        raise ConfigError(f"{session.config.path} has {_problems(len(problems))}; the rest of it is used")
    say(f"{session.config.path} is fine: {len(session.config.feeds)} feeds")


@config.command()
def example() -> None:
    """Print a configuration that names every option with its default."""
    print(settings.example(), end="")


@config.command()
@pass_session
def edit(session: Session) -> None:
    """Open the configuration in your editor ($VISUAL, $EDITOR); it is made when it is not there."""
    settings.append_feeds(session.config.path, ())
    click.edit(filename=str(session.config.path))


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script for your shell; docs/cli.md says where it goes."""
    kind = get_completion_class(shell)
    assert kind is not None  # the choice above names only shells click knows
    print(kind(context.find_root().command, {}, "termnews", "_TERMNEWS_COMPLETE").source())


def _problems(number: int) -> str:
    return "1 problem" if number == 1 else f"{number} problems"


COMMANDS: Final = (cache, config, completion)
