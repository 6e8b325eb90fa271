"""How a feed fares, in words: a sign and two words for its row, whole sentences for whoever looks closer.

It must never look anything up: all it says stands in the feed's record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

from termnews.output.texts import feed_name, span
from termnews.ui.cells import headline_text
from termnews.ui.days import day_and_month
from termnews.ui.trouble import failing
from termnews.wording import mark, tr, trn

if TYPE_CHECKING:
    from termnews.models import Feed, Health

Kind = Literal["trouble", "paused", "asking", "new", "well"]

_SIGNS: Final[dict[Kind, str]] = {"trouble": "!", "paused": "‖", "asking": "…", "new": "·", "well": "✓"}
_WISHES: Final = ("fresh", "ttl", "skip")  # reasons to wait that are the feed's own
_MINUTE: Final = 60
_NOT_MODIFIED: Final = 304
_REFUSED: Final = 400  # from here on an HTTP status says that nothing was delivered
_ADDRESSES: Final = ("http:", "https:", "file:", "/")
"""What a sentence may begin with that is no word."""
_BRIEF: Final = (
    ("no network", mark("no network")),
    ("the certificate of", mark("certificate")),
    ("agree on encryption", mark("encryption")),
    ("the host of", mark("unknown host")),
    ("refused the connection", mark("refused")),
    ("reached within", mark("too slow")),
    ("said nothing for", mark("too slow")),
    ("was not through after", mark("too slow")),
    ("could not be reached", mark("unreachable")),
    ("broke", mark("broke off")),
    ("is larger than", mark("too large")),
    ("redirect", mark("bad redirect")),
    ("led to the private", mark("bad redirect")),
    ("proxy", mark("proxy")),
    ("password_command", mark("no password")),
    ("is not there", mark("file missing")),
    ("is not a file", mark("file missing")),
    (", not a feed", mark("not a feed")),
    ("reading it", mark("unreadable")),
    ("cannot be read", mark("unreadable")),
)
"""A part of the sentence a fetch failed with, and two words for it; the first that is found counts."""


@dataclass(frozen=True, slots=True)
class State:
    """How a feed fares, as its row says it."""

    kind: Kind
    """What it comes down to."""
    words: str
    """At most some fifteen characters."""

    @property
    def sign(self) -> str:
        """One cell that says it without colour."""
        return _SIGNS[self.kind]


def state(feed: Feed, *, asking: bool = False) -> State:
    """Return how a feed fares; `asking`: it is being asked at this moment."""
    health = feed.health
    if asking:
        return State("asking", tr("asking"))
    if feed.subscription.paused:
        return State("paused", tr("paused"))
    if health.error is not None:
        times = f" ×{health.failures}" if health.failures > 1 else ""
        return State("trouble", f"{brief(health)}{times}")
    if health.last_fetch is None:
        return State("new", tr("not asked yet"))
    return State("well", tr("not modified") if health.http == _NOT_MODIFIED else tr("ok"))


def brief(health: Health) -> str:
    """Return why the last fetch failed, in two words or as the number the server gave."""
    if health.http is not None and health.http >= _REFUSED:
        return str(health.http)
    error = health.error or ""
    return tr(next((words for part, words in _BRIEF if part in error), mark("failed")))


def story(feed: Feed, now: datetime) -> tuple[str, ...]:
    """Return what happened, since when, and what termnews does about it; each a sentence or two."""
    health, kept = feed.health, _kept(feed)
    if failing(feed):
        return (_sentence(health.error or ""), f"{_since(health, now)} {_again(feed, now)} {kept}".rstrip())
    if feed.subscription.paused:
        return (tr("Paused by you: refreshes leave it alone."), *filter(None, (kept,)))
    if health.last_fetch is None:
        return (f"{tr('Not asked yet.')} {_again(feed, now)}", *filter(None, (kept,)))
    seconds = (now - health.last_fetch).total_seconds()
    time = span(seconds)
    ago = tr("Answered {time} ago.", time=time) if seconds >= _MINUTE else tr("Answered just now.")
    if health.http == _NOT_MODIFIED and seconds < _MINUTE:
        ago = tr("Answered just now: not modified, nothing was new.")
    elif health.http == _NOT_MODIFIED:
        ago = tr("Answered {time} ago: not modified, nothing was new.", time=time)
    return (f"{ago} {_again(feed, now)}", *filter(None, (_counted(feed),)))


def name(feed: Feed) -> str:
    """Return the feed's name, safe to show."""
    return headline_text(feed_name(feed))


def _sentence(text: str) -> str:
    text = headline_text(text)
    if not text.startswith(_ADDRESSES):
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "…", "!", "?")) else f"{text}."


def _since(health: Health, now: datetime) -> str:
    good = tr("It never answered well.")
    if health.last_ok:
        good = tr("Its last good answer came {when}.", when=_when(health.last_ok, now))
    if not health.failures:
        return good
    return f"{trn('Failed once.', 'Failed {n} times in a row.', health.failures)} {good}"


def _when(moment: datetime, now: datetime) -> str:
    """Return a time of day with its day, as one says it: "today 08:42", "21 Nov 08:42"."""
    local, today = moment.astimezone(), now.astimezone().date()
    days = (today - local.date()).days
    if days in (0, 1):
        return f"{tr('yesterday') if days else tr('today')} {local:%H:%M}"
    return f"{day_and_month(local)}{'' if local.year == today.year else f' {local.year}'} {local:%H:%M}"


def _again(feed: Feed, now: datetime) -> str:
    """Return when the feed is asked again, and how that goes on where it fails."""
    due, wait = feed.health.next_fetch, feed.health.wait
    if wait == "gone":
        return tr("termnews does not ask it any more.")
    if due is None or due <= now:
        return tr("termnews asks it at the next refresh.")
    time = span((due - now).total_seconds())
    if wait == "retry":
        return tr("Its server asks to be left alone: termnews asks again in {time}.", time=time)
    if wait in _WISHES:
        return tr("As it wishes, termnews asks again in {time}.", time=time)
    if failing(feed) and feed.health.failures:
        return tr("termnews asks again in {time}, less often each time.", time=time)
    return tr("termnews asks again in {time}.", time=time)


def _kept(feed: Feed) -> str:
    total = feed.count.total
    return trn("Its one article stays.", "Its {n} articles stay.", total) if total else ""


def _counted(feed: Feed) -> str:
    count = feed.count
    if not count.total:
        return tr("It has no articles yet.")
    articles = trn("{n} article", "{n} articles", count.total)
    unread = trn("{n} unread", "{n} unread", count.unread)
    starred = [trn("{n} starred", "{n} starred", count.starred)] if count.starred else []
    return ", ".join([articles, unread, *starred]) + "."
