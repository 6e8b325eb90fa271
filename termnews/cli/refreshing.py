"""The refresh command: fetch what is due, show how far it is, end well when it is stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from datetime import datetime
from typing import Final

import click

from termnews import output
from termnews.cli.bar import Bar
from termnews.cli.session import Session, pass_session, say
from termnews.cli.stopping import until_stopped
from termnews.models import Feed, FeedUpdate, Left

SOME_FAILED: Final = 3
INTERRUPTED: Final = 130


@click.command()
@click.argument("names", nargs=-1, metavar="[FEED]...")
@click.option("--force", is_flag=True, help="Ask feeds that are not due, too.")
@click.option("--gently", is_flag=True, hidden=True, help="None within min_interval_minutes, even so.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a feed.")
@click.option("--quiet", is_flag=True, help="Say nothing but what failed.")
@click.option("--stop-at-eof", is_flag=True, hidden=True, help="Stop when standard input ends.")
@pass_session
def refresh(
    session: Session,
    names: tuple[str, ...],
    force: bool,
    gently: bool,
    as_json: bool,
    quiet: bool,
    stop_at_eof: bool,
) -> int:
    """Fetch the feeds that are due and keep what is new.

    Then the full texts of feeds and folders that are set to it are fetched (`termnews download --feeds`).
    Articles tagged by another gazetteer or under other corrections are tagged again afterwards, and
    read ones that keep_days and keep_articles do not want kept are taken out.
    --force overrides intervals, what feeds wish and the pause after a failure; a feed whose server said
    when to come back (Retry-After), or that it is gone for good (410), is left alone all the same.
    A refresh of all feeds waits for another one under way, such as that of a timer or of the screen.
    FEED is a name, an address or a number of `termnews feeds`. Exit code 3 says that some feeds
    failed; each is named on stderr with its reason, and the rest is stored.
    """
    from termnews import logs

    logs.begin(None)
    feeds = session.library.subscriptions.choose(names)
    if session.library.readonly:  # said when it was opened; nobody is asked for what cannot be kept
        return 1
    # Who wants certain feeds, or all, is told why one is left alone; a pause of one's own is no news then.
    told: tuple[Left, ...] = ("held", "gone", "just_asked") if force else ()
    if names:
        told = ("held", "gone", "just_asked", "paused", "not_due")
    report = _Report(session.library.clock, as_json=as_json, quiet=quiet, told=told)

    def waits() -> None:
        if not quiet and not as_json:
            report.clear()
            say("another refresh is under way; this one begins when it is done")

    updates = session.library.refresh(feeds, force=force, gently=gently, waits=waits)
    report.begin(len(feeds))
    stopped = _run(session, updates, report, stop_at_eof=stop_at_eof)
    report.end()
    _notify(session, as_json=as_json, quiet=quiet, screen=stop_at_eof)
    if stopped:
        return INTERRUPTED
    # The screen fetches full texts by itself, with its progress.
    if not stop_at_eof and _full_texts(session, feeds, report.answered):
        return INTERRUPTED
    return SOME_FAILED if report.tally["failed"] else 0


def _notify(session: Session, *, as_json: bool, quiet: bool, screen: bool) -> None:
    """Tell of what came in and rules want told of, in one notice; the screen does that by itself."""
    how = session.config.notify
    if how == "off" or not session.config.rules or not (found := session.library.rules.noticed()):
        return
    first = found[0].title
    if screen and as_json:
        print(output.notice_json(first, len(found)), flush=True)
        return
    import sys

    from termnews import notify

    said = f"rules tell of {len(found)} {'article' if len(found) == 1 else 'articles'}: {first}"
    if not quiet and not as_json:
        say(said)
    if how == "desktop":
        notify.desktop(first, said)
    elif sys.stderr.isatty():
        print(notify.BELL if how == "bell" else notify.osc9(said), end="", file=sys.stderr, flush=True)


def _full_texts(session: Session, feeds: Sequence[Feed], answered: bool) -> bool:
    """Fetch the full texts of feeds that are set to it, and those asked for without network.

    Args:
        session: has the library.
        feeds: that were refreshed.
        answered: whether a server did, so that there is a network.

    Returns:
        Whether it was stopped.
    """
    texts = session.library.full_texts
    wishes = texts.wishes.all()
    wanted = [*dict.fromkeys([*texts.wished(), *texts.of_feeds(feeds)])]
    if not wanted:
        texts.wishes.drop(wishes)
        return False
    from termnews.cli.downloading import quietly, run

    report = quietly()
    pictured = wanted if session.config.download.pictures and report.can_draw(len(wanted)) else None
    stopped = run(texts.download(wanted, pictured=pictured), report)
    report.end()
    if wishes and not stopped and (answered or report.answered):
        texts.wishes.drop(wishes)
    return stopped


def _run(session: Session, updates: AsyncIterator[FeedUpdate], report: _Report, *, stop_at_eof: bool) -> bool:
    """Refresh until done, a signal, or the end of stdin; return whether it was stopped."""

    async def work() -> None:
        import asyncio  # 25 ms that few commands need

        async for update in updates:
            report.add(update)
        for _ in session.library.corrections.retag():
            await asyncio.sleep(0)  # where a signal is heard; what is tagged so far is on disk
        session.library.prune()

    return until_stopped(work, stop_at_eof=stop_at_eof)


class _Report:
    """Prints updates as they come and counts them."""

    def __init__(
        self, clock: Callable[[], datetime], *, as_json: bool, quiet: bool, told: Collection[Left]
    ) -> None:
        """Begin with nothing counted; `told`: the reasons to leave a feed alone that are said."""
        self._clock, self._told = clock, told
        self.tally: Counter[str] = Counter()
        self.answered = False
        """Whether a server did."""
        self._as_json = as_json
        self._quiet = quiet
        self._bar = Bar(wanted=not quiet and not as_json)

    def begin(self, feeds: int) -> None:
        """Show how many there are to ask: on a bad line the first answer takes a while."""
        if feeds:
            self._bar.show(0, feeds)

    def add(self, update: FeedUpdate) -> None:
        """Count one update and show it."""
        self.tally[update.status] += 1
        self.answered = self.answered or update.http is not None
        self.tally["new"] += update.new
        self.tally["changed"] += update.changed
        if self._as_json:
            print(output.update_json(update), flush=True)
        elif update.error is not None:
            self._bar.clear()
            named = update.error.startswith(update.feed)  # by its address
            say(update.error if named else f"{update.feed}: {update.error}")
        elif not self._quiet and (sentence := output.move_line(update) or self._left(update)):
            self._bar.clear()
            say(sentence)
        self._bar.show(update.done, update.of)

    def _left(self, update: FeedUpdate) -> str:
        return output.left_line(update, self._clock()) if update.left in self._told else ""

    def clear(self) -> None:
        """Take the bar away, for something else to be said."""
        self._bar.clear()

    def end(self) -> None:
        """Say what came of it."""
        self.clear()
        if not self._quiet and not self._as_json:
            say(output.tally_line(self.tally))


COMMANDS: Final = (refresh,)
