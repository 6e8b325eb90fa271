"""Commands over subscriptions: feeds list, add, remove, rename, move, pause, resume, check."""

from __future__ import annotations

import sys
from typing import Final

import click

from termnews import output
from termnews.cli.session import Session, interrupt_at_eof, pass_session, say
from termnews.errors import TermnewsError
from termnews.models import FeedUpdate
from termnews.sanitize import strip_credentials


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a feed.")
@click.pass_context
def feeds(context: click.Context, as_json: bool) -> None:
    """List and change the feeds you follow; without a command, list them."""
    if context.invoked_subcommand is None:
        context.invoke(list_, as_json=as_json)


@feeds.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a feed.")
@pass_session
def list_(session: Session, as_json: bool) -> None:
    """List the feeds with their number, counts, region and name."""
    followed = session.library.feeds()
    for line in map(output.feed_json, followed) if as_json else output.feed_lines(followed):
        print(line)


@feeds.command()
@click.argument("url")
@click.option("--name", default="", help="Name to show instead of the feed's own title.")
@click.option("--folder", default="", help="Folder to put it in.")
@click.option("--region", default="", help="Code or name of the publisher's region.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, as of a refresh; failures too.")
@click.option("--stop-at-eof", is_flag=True, hidden=True, help="Stop when standard input ends.")
@pass_session
def add(
    session: Session, url: str, name: str, folder: str, region: str, as_json: bool, stop_at_eof: bool
) -> None:
    """Follow a feed; URL is the feed, a page that names one, or a file; - reads it from standard input."""
    if url == "-":  # an address with a password in it stays out of the list of processes
        url = sys.stdin.readline().strip()
    if stop_at_eof:
        interrupt_at_eof()
    try:
        update = session.library.subscriptions.add(url, name=name, folder=folder, region=region)
        if update.error is not None:
            raise TermnewsError(f"{update.feed} is followed now, but nothing came in: {update.error}")
    except TermnewsError as error:
        if as_json:
            shown = strip_credentials(url)
            print(output.update_json(FeedUpdate(shown, shown, "failed", error=str(error), done=1, of=1)))
        raise
    if as_json:
        print(output.update_json(update))
        return
    articles = "1 article" if update.new == 1 else f"{update.new} articles"
    say(f"following {update.feed}, {articles} came in")
    print(update.feed_url)


@feeds.command()
@click.argument("feed")
@pass_session
def remove(session: Session, feed: str) -> None:
    """Stop following FEED; its articles and what you did with them return if it is added again."""
    say(f"no longer following {session.library.subscriptions.remove(feed).feed.name}")


@feeds.command()
@click.argument("feed")
@click.argument("name")
@pass_session
def rename(session: Session, feed: str, name: str) -> None:
    """Show FEED under another NAME; an empty one goes back to the feed's own title."""
    say(f"now called {session.library.subscriptions.change(feed, name=name or None).name}")


@feeds.command()
@click.argument("feed")
@click.argument("folder")
@pass_session
def move(session: Session, feed: str, folder: str) -> None:
    """Put FEED into FOLDER; an empty one takes it out of its folder."""
    changed = session.library.subscriptions.change(feed, folder=folder or None)
    say(f"{changed.name} is in {changed.subscription.folder or 'no folder'}")


@feeds.command()
@click.argument("feed")
@pass_session
def pause(session: Session, feed: str) -> None:
    """Leave FEED out of refreshes until it is resumed."""
    say(f"{session.library.subscriptions.change(feed, paused=True).name} is paused")


@feeds.command()
@click.argument("feed")
@pass_session
def resume(session: Session, feed: str) -> None:
    """Take FEED into refreshes again."""
    say(f"{session.library.subscriptions.change(feed, paused=None).name} is followed again")


@feeds.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a feed.")
@pass_session
def check(session: Session, as_json: bool) -> None:
    """Say how each feed fares, trouble first: what happened, since when, when it is asked next."""
    followed = sorted(
        session.library.feeds(), key=lambda feed: (feed.health.error is None, feed.name.casefold())
    )
    now = session.library.clock()
    for line in map(output.feed_json, followed) if as_json else output.health_lines(followed, now):
        print(line)


COMMANDS: Final = (feeds,)
