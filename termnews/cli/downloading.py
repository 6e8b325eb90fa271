"""The download command: fetch the pages behind articles ahead of time, and end well when it is stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from typing import Any, Final

import click

from termnews import output, refusals
from termnews.cli.bar import Bar
from termnews.cli.session import Session, pass_session, say
from termnews.cli.stopping import until_stopped
from termnews.models import Downloaded

SOME_FAILED: Final = 3
INTERRUPTED: Final = 130
_QUERY: Final[dict[str, Any]] = {"ignore_unknown_options": True}  # -word is a condition, not an option


@click.command(context_settings=_QUERY)
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@click.option(
    "--article", "numbers", type=int, multiple=True, metavar="ID", help="Just this article; again if kept."
)
@click.option(
    "--feeds", "of_feeds", is_flag=True, help="Of feeds and folders set to full text, as refresh does."
)
@click.option(
    "--budget", type=click.FloatRange(0.0), metavar="MB", help="Instead of budget_mb of the configuration."
)
@click.option(
    "--pictures/--no-pictures",
    "pictures",
    default=None,
    help="Their pictures, too; else as the configuration says.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object an article.")
@click.option("--quiet", is_flag=True, help="Say nothing but why it ended early.")
@click.option("--stop-at-eof", is_flag=True, hidden=True, help="Stop when standard input ends.")
@pass_session
def download(
    session: Session,
    words: tuple[str, ...],
    numbers: tuple[int, ...],
    of_feeds: bool,
    budget: float | None,
    pictures: bool | None,
    as_json: bool,
    quiet: bool,
    stop_at_eof: bool,
) -> int:
    """Fetch the full text of articles ahead of time, unread ones first, each kind newest first.

    QUERY is the language of the search line; without one it is `query` under [download]. What is kept
    already is not fetched again, so a download that was stopped goes on where it was. All full texts
    together take no more than budget_mb; when that is reached, those of read articles make room.
    With --pictures the pictures of each article are fetched behind its text, kept under budget_mb of
    [images], and are there offline.
    Exit code 3 says that some pages had no article to be read; what their feeds said stays.
    """
    from termnews import logs

    logs.begin(None)
    library = session.library
    if library.readonly:  # said when it was opened
        return 1
    if pictures is None:  # those of a single article come as they are looked at
        pictures = session.config.download.pictures and not numbers
    wanted = list(numbers)
    if of_feeds:
        wanted += library.full_texts.of_feeds(library.feeds())
    pictured = list(wanted)
    if words or (not wanted and not of_feeds):
        asked = session.query(words) if words else library.full_texts.usual()
        wanted += library.full_texts.wanted(asked)
        pictured += library.full_texts.in_order(asked) if pictures else []  # any may name some
    report = _Report(as_json=as_json, quiet=quiet)
    updates = library.full_texts.download(
        wanted,
        budget_mb=budget,
        beyond=bool(numbers),
        pictured=pictured if pictures and pictured and report.can_draw(len(wanted)) else None,
    )
    report.begin(len(wanted))
    stopped = run(updates, report, stop_at_eof=stop_at_eof)
    report.end(0 if stopped else len(wanted))
    if stopped:
        return INTERRUPTED
    return SOME_FAILED if report.tally["refused"] or report.tally["failed"] else 0


def run(updates: AsyncIterator[Downloaded], report: _Report, *, stop_at_eof: bool = False) -> bool:
    """Fetch until done, a signal, or the end of stdin; return whether it was stopped."""

    async def work() -> None:
        async for update in updates:
            report.add(update)

    return until_stopped(work, stop_at_eof=stop_at_eof)


class _Report:
    """Prints what came of each article and counts it."""

    def __init__(self, *, as_json: bool, quiet: bool, errors: list[str] | None = None) -> None:
        self._errors = [] if errors is None else errors
        self.tally: Counter[str] = Counter()
        self.answered = False
        """Whether a server did."""
        self._ends = self._note = ""
        self._used: int | None = None
        self._as_json, self._quiet = as_json, quiet
        self._bar = Bar(wanted=not quiet and not as_json)

    def can_draw(self, wanted: int) -> bool:
        """Return whether pictures can be drawn here; else say what they need."""
        from termnews.images import installed

        if installed():
            return True
        if self._as_json:
            print(output.downloaded_json(Downloaded(0, "", "", "", "failed", note="images", of=wanted)))
        else:
            say(refusals.sentence("images"))
        return False

    def begin(self, wanted: int) -> None:
        """Show how much there is to do: on a bad line the first page takes a while."""
        if wanted:
            self._bar.show(0, wanted)

    def add(self, update: Downloaded) -> None:
        """Count one article and show it."""
        self.tally[update.status] += 1
        self.tally["pictures"] += update.pictures
        self.answered = self.answered or update.http is not None
        self._ends, self._note = update.ends or self._ends, update.note or self._note
        self._used = update.used
        self._errors += [update.error] if update.error else []
        if self._as_json:
            print(output.downloaded_json(update), flush=True)
        elif update.error is not None and not self._quiet:
            self._bar.clear()
            say(f"{update.article} {update.title}: {update.error}")
        self._bar.show(update.done, update.of)

    def end(self, wanted: int = 0) -> None:
        """Say what came of it."""
        self._bar.clear()
        for code in (self._ends, self._note):
            if code and not self._as_json:
                say(refusals.sentence(code))
        if wanted and not sum(self.tally[each] for each in ("kept", "refused", "failed")):
            if self._as_json:
                print(output.downloaded_json(Downloaded(0, "", "", "", "failed", ends="budget", of=wanted)))
            else:
                say(refusals.sentence("budget"))
        if not self._quiet and not self._as_json:
            say(output.downloaded_line(self.tally, self._used))


def quietly(errors: list[str] | None = None) -> _Report:
    """Return a report that says only why a download ended early; errors go to the list."""
    return _Report(as_json=False, quiet=True, errors=errors)


COMMANDS: Final = (download,)
