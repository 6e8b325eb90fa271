"""The screens that are laid over the main one, by name, and what becomes of their answers.

One line here makes a screen known to the commands; the main screen never imports it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol, TypeVar

from textual.screen import Screen

from termnews.errors import TermnewsError
from termnews.library import Library
from termnews.models import Subscription
from termnews.render import Link
from termnews.ui.commands.table import COMMANDS, Desk, effective
from termnews.ui.find_bar import FindBar
from termnews.ui.first_run import Decision, FirstRun
from termnews.ui.help_screen import HelpScreen
from termnews.ui.link_list import LinkList
from termnews.ui.prompt import Prompt
from termnews.ui.region_picker import RegionPicker
from termnews.ui.search_bar import SearchBar
from termnews.ui.view import in_regions, regions_of
from termnews.ui.why import WhyScreen

T = TypeVar("T")


class Push(Protocol):
    """Lays a screen over the others and calls back with its answer."""

    def __call__(self, screen: Screen[T], answered: Callable[[T | None], None], /) -> object:
        """Push the screen."""


def add_feed(desk: Desk, push: Push) -> None:
    """Ask for the address of a feed or page, and follow what is found there."""

    def answered(address: str | None) -> None:
        if address:
            desk.add_feed(address)

    push(Prompt("Feed or page to follow:", placeholder="https://example.org/feed.xml"), answered)


def search(desk: Desk, push: Push) -> None:
    """Search as one types."""
    push(SearchBar(desk), lambda _: None)


def find(desk: Desk, push: Push) -> None:
    """Find letters in the article as one types."""
    push(FindBar(desk.panes.article), lambda _: None)


def regions(desk: Desk, push: Push) -> None:
    """Choose the regions to show; the counts are those of the other conditions of the view."""
    asked = desk.listing.asked
    elsewhere = in_regions(asked, ())

    def answered(codes: tuple[str, ...] | None) -> None:
        if codes is not None:
            desk.show(in_regions(asked, codes))

    counted = elsewhere.where is None
    picker = RegionPicker(desk.panes.sidebar.regions, regions_of(asked), counted=counted)
    push(picker, answered)
    if not counted:
        desk.counting.by_region(elsewhere, picker.take)


def why(desk: Desk, push: Push) -> None:
    """Show why the article under the cursor stands where it stands, and correct it."""
    push(WhyScreen(desk), lambda _: None)


def help_(desk: Desk, push: Push) -> None:
    """Show all keys, and run the command chosen."""

    def answered(name: str | None) -> None:
        if name is not None and COMMANDS[name].when(desk):
            COMMANDS[name].run(desk)

    push(HelpScreen(effective(desk.library.config.keys)), answered)


def links(desk: Desk, push: Push) -> None:
    """List the links of the article, and open the one chosen."""

    def answered(link: Link | None) -> None:
        if link is not None:
            desk.browse(link.url)

    push(LinkList(desk.panes.article.links()), answered)


def first_run(desk: Desk, push: Push) -> None:
    """Ask which places news shall come from, and begin."""

    def answered(decision: Decision | None) -> None:
        if decision is None:
            return
        if decision.kind == "demo":
            desk.leave_for_demo()
        elif decision.kind == "import":
            import_file(desk, push)
        elif decision.feeds:
            desk.change_feeds(lambda library: _follow(library, decision.feeds))

    subscriptions = desk.library.subscriptions
    push(FirstRun(subscriptions.starters(), subscriptions.country()), answered)


def _follow(library: Library, feeds: Sequence[Subscription]) -> str:
    try:
        return f"Following {len(library.subscriptions.follow(feeds))} feeds; their headlines come in now."
    except TermnewsError as error:
        return f"Not added: {error}"


def import_file(desk: Desk, push: Push) -> None:
    """Ask for an OPML file and follow its feeds."""

    def answered(path: str | None) -> None:
        if path:
            desk.change_feeds(lambda library: _import(library, path))

    push(Prompt("OPML file to import:", placeholder="~/feeds.opml"), answered)


def _import(library: Library, path: str) -> str:
    try:
        imported = library.subscriptions.import_opml(Path(path).expanduser().read_bytes())
    except OSError as error:
        return f"Not imported: {path}: {error.strerror}."
    except TermnewsError as error:
        return f"Not imported: {error}"
    trouble = f" {imported.problems[0]}" if imported.problems else ""
    return f"{len(imported.added)} feeds added, {imported.known} were followed already.{trouble}"


OVERLAYS: Final[Mapping[str, Callable[[Desk, Push], None]]] = {
    "add": add_feed,
    "find": find,
    "first-run": first_run,
    "help": help_,
    "import": import_file,
    "links": links,
    "regions": regions,
    "search": search,
    "why": why,
}
"""Name → what lays it over the main screen."""
