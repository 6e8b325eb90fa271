"""What the lines of a child add up to: feeds done, articles that came, failures, time left.

It must never start a child or wait for one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Final
from urllib.parse import urlsplit

from termnews.output.texts import span
from termnews.ui.feed_moves import stays
from termnews.ui.messages import Progress
from termnews.ui.pace import Pace
from termnews.wording import mark, tr

_LEFT: Final = {
    "paused": mark("{feed} is paused."),
    "gone": mark("{feed} is gone for good."),
    "held": mark("{feed} is left alone for {time} more, as its server asked."),
    "just_asked": mark("{feed} was asked a moment ago."),
}


class Tally:
    """Adds up the lines of one refresh."""

    def __init__(
        self, clock: Callable[[], float] = monotonic, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """Start at nothing.

        Args:
            clock: counts seconds and is never set back.
            now: tells the present moment, aware.
        """
        self.progress = Progress()
        self.last: Mapping[str, Any] = {}
        self._clock, self._now, self._pace = clock, now, Pace()
        self._answered = 0
        self._unreached = 0

    def add(self, line: bytes) -> None:
        """Take in one line; what is no JSON object of a feed is passed over."""
        try:
            update = json.loads(line)
        except ValueError:
            return
        if not isinstance(update, dict):
            return
        if "notice" in update:
            notice, count = str(update["notice"]), int(update.get("count", 1))
            self.progress = replace(self.progress, noticed=count, notice=notice)
        if "status" not in update:
            return
        self.last = update
        status, error = update["status"], update.get("error")
        # A file says nothing of the network, whether it can be read or not.
        remote = str(update.get("feed_url", "http")).startswith("http")
        answered = status in ("ok", "not_modified") or update.get("http") is not None
        self._answered += answered and remote
        self._unreached += status == "failed" and update.get("http") is None and remote
        now = self.progress
        done = update.get("done") or now.done + 1
        of = max(update.get("of") or 0, done)
        if status != "skipped":
            self._pace.done(self._clock(), of - done)
        self.progress = replace(
            now,
            done=done,
            of=of,
            host=_host(update) if status != "skipped" else now.host,
            left=self._pace.left,
            again=_earlier(now.again, update.get("next_fetch")) if status == "failed" else now.again,
            new=now.new + (update.get("new") or 0),
            failed=now.failed + (status == "failed"),
            skipped=now.skipped + (status == "skipped"),
            error=f"{update.get('feed', '')}: {error}" if error else now.error,
            alone=_left(update, self._now()) or now.alone,
            moved=(*now.moved, *_moved(update)),
            unreachable=self._unreached > 0 and self._answered == 0,
        )


def _host(update: Mapping[str, Any]) -> str:
    """Return the host of the feed a line is about; empty for a file."""
    try:
        return urlsplit(str(update.get("feed_url", ""))).hostname or ""
    except ValueError:
        return ""


def _left(update: Mapping[str, Any], now: datetime) -> str:
    """Return why the feed a line is about was left alone, as a sentence; empty when it was not."""
    until = update.get("held_until" if update.get("left") == "held" else "next_fetch")
    moment = _earlier(None, until)
    time = span((moment - now).total_seconds()) if moment is not None else ""
    said = _LEFT.get(str(update.get("left")), "")
    return tr(said, feed=update.get("feed", ""), time=time) if said else ""


def _moved(update: Mapping[str, Any]) -> Iterator[str]:
    """Yield where the feed a line is about moved to for good, as a sentence; nothing when it did not."""
    feed = update.get("feed", "")
    if update.get("moved_to"):
        yield tr("{feed} moved to {address}; it is asked there now.", feed=feed, address=update["moved_to"])
    elif update.get("elsewhere"):
        yield stays(feed, update["elsewhere"], update.get("stays", ""))


def _earlier(known: datetime | None, said: Any) -> datetime | None:
    """Return the earlier of two moments, the second as a line says it."""
    with suppress(ValueError, TypeError):
        moment = datetime.fromisoformat(said)
        if moment.tzinfo is not None:
            return moment if known is None else min(known, moment)
    return known


class Steps:
    """Follows work that says how much of it is done."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.progress = Progress()
        self.last: Mapping[str, Any] = {}

    def add(self, line: bytes) -> None:
        """Take in one line of two figures, or what it came to; what is neither is passed over."""
        with suppress(ValueError, TypeError, KeyError):
            step = json.loads(line)
            if "done" in step:
                self.progress = Progress(done=int(step["done"]), of=int(step["of"]))
            elif "error" in step:
                self.last = step


class Texts:
    """Adds up the lines of one download."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.progress = Progress()
        self._ends = self._note = ""

    def add(self, line: bytes) -> None:
        """Take in one line; what is no JSON object of an article is passed over."""
        from termnews.refusals import sentence  # a start fetches none

        with suppress(ValueError, TypeError, KeyError):
            came = json.loads(line)
            self._ends = sentence(str(came.get("ends"))) or self._ends
            self._note = sentence(str(came.get("note"))) or self._note
            self.progress = Progress(
                done=int(came["done"]),
                of=int(came["of"]),
                kept=self.progress.kept + (came["status"] == "kept"),
                error=sentence(str(came.get("code")), str(came.get("about")))
                or str(came.get("error") or self.progress.error),
                skipped=self.progress.skipped + (came["status"] == "pictured"),
                pictures=self.progress.pictures + int(came.get("pictures", 0)),
                ends=self._ends or self._note,
            )
