"""Commands for feeds: refresh them, take in what came, follow another one."""

from __future__ import annotations

from termnews.models import Test
from termnews.ui.commands.table import Desk, command
from termnews.ui.view import conditions


def _running(desk: Desk) -> bool:
    return desk.refreshing.running


def _none_seen(desk: Desk) -> bool:
    # The refresh of the start shows nothing at first: who presses R then does not mean to stop it.
    return not desk.refreshing.begun


def _adding(desk: Desk) -> bool:
    return desk.refreshing.adding > 0


def _can_add(desk: Desk) -> bool:
    return desk.can_open("add")


@command("r", "Feeds", when=_none_seen)
def refresh(desk: Desk) -> None:
    """Refresh the feed shown, or all feeds that are due."""
    names = [
        each.value
        for each in conditions(desk.listing.asked)
        if isinstance(each, Test) and each.field == "feed"
    ]
    desk.refreshing.start(names[:1], force=bool(names))


@command("R", "Feeds", when=_none_seen)
def refresh_all(desk: Desk) -> None:
    """Refresh all feeds, due or not."""
    desk.refreshing.start(force=True)


@command("ctrl+x", "Feeds", when=_adding)
def stop_adding(desk: Desk) -> None:
    """Stop looking for the feed that is being added."""
    desk.refreshing.stop_adding()


def _importing(desk: Desk) -> bool:
    return desk.importing.running


@command("ctrl+x", "Feeds", when=_importing)
def stop_import(desk: Desk) -> None:
    """Stop taking over a file; what came so far is kept."""
    desk.importing.stop()


@command("r R ctrl+x", "Feeds", when=_running)
def stop_refresh(desk: Desk) -> None:
    """Stop the refresh under way; what came so far is kept."""
    desk.refreshing.stop()


def _downloading(desk: Desk) -> bool:
    return desk.full_texts.running


@command("ctrl+x", "Feeds", when=_downloading)
def stop_download(desk: Desk) -> None:
    """Stop fetching full texts; what came so far is kept."""
    desk.full_texts.stop()


def _has_errors(desk: Desk) -> bool:
    return desk.can_open("errors")


@command("E", "Feeds", when=_has_errors)
def errors(desk: Desk) -> None:
    """Feeds that failed: what happened, since when, what helps."""
    desk.open("errors")


@command(".", "Feeds")
def take_in(desk: Desk) -> None:
    """Take in what is new and let go what was read."""
    desk.listing.take_in()


def _can_see_feeds(desk: Desk) -> bool:
    return desk.can_open("feeds")


@command("V", "Feeds", when=_can_see_feeds, name="feeds")
def feeds_screen(desk: Desk) -> None:
    """How each feed fares; rename, move, pause, remove, mend them."""
    desk.open("feeds")


def _can_import(desk: Desk) -> bool:
    return desk.can_open("import")


@command("I", "Feeds", when=_can_import, name="import")
def import_file(desk: Desk) -> None:
    """Take over a file of another reader: feeds, settings, articles."""
    desk.open("import")


@command("a", "Feeds", when=_can_add)
def add_feed(desk: Desk) -> None:
    """Follow another feed: its address, or that of a page."""
    desk.open("add")
