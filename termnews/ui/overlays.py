"""The screens that are laid over the main one, by name, and what becomes of their answers.

One line here makes a screen known to the commands; the main screen never imports it. Each is imported
when it is opened: most starts of termnews open none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from textual.screen import Screen

from termnews.errors import QueryError, StoreError, TermnewsError
from termnews.library import Library
from termnews.models import ArticleQuery
from termnews.ui.commands.table import COMMANDS, Desk
from termnews.wording import tr, trn

if TYPE_CHECKING:
    from termnews.models import Feed, Headline, Subscription
    from termnews.render import Link
    from termnews.ui.first_run import Decision
    from termnews.ui.palette import Choice
    from termnews.ui.piping import Form

T = TypeVar("T")


class Push(Protocol):
    """Lays a screen over the others and calls back with its answer."""

    def __call__(self, screen: Screen[T], answered: Callable[[T | None], None], /) -> object:
        """Push the screen."""


def add_feed(desk: Desk, push: Push) -> None:
    """Ask for the address of a feed or page, and follow what is found there."""
    from termnews.ui.prompt import Prompt

    def answered(address: str | None) -> None:
        if address:
            desk.add_feed(address)

    push(Prompt(tr("Feed or page to follow:"), placeholder="https://example.org/feed.xml"), answered)


def feeds(desk: Desk, push: Push) -> None:
    """Show how each feed fares, and list the articles of the one chosen."""
    from termnews.ui.feeds_screen import FeedsScreen

    def answered(asked: ArticleQuery | None) -> None:
        if asked is not None:
            desk.panes.back()
            desk.show(asked)

    push(FeedsScreen(desk), answered)


def search(desk: Desk, push: Push) -> None:
    """Search as one types."""
    from termnews.ui.search_bar import SearchBar

    push(SearchBar(desk), lambda _: None)


def find(desk: Desk, push: Push) -> None:
    """Find letters in the article as one types."""
    from termnews.ui.find_bar import FindBar

    push(FindBar(desk.panes.article), lambda _: None)


def save_view(desk: Desk, push: Push) -> None:
    """Ask for a name and keep the view on the screen under it."""
    from termnews.ui.search_bar import ask_name

    ask_name(desk, desk.listing.asked, push)


def rename_view(desk: Desk, push: Push) -> None:
    """Ask how the saved view under the cursor of the sidebar is to be called."""
    from termnews.ui import saved_views
    from termnews.ui.prompt import Prompt

    row = desk.panes.sidebar.saved
    if row is None:
        return
    old = row.saved

    def answered(new: str | None) -> None:
        if new and new != old:
            desk.feed_changes.make(saved_views.rename(old, new), lambda: None)

    push(Prompt(tr("New name of the view:"), value=old), answered)


def regions(desk: Desk, push: Push) -> None:
    """Choose the regions to show; the counts are those of the other conditions of the view."""
    from termnews.ui.region_picker import RegionPicker
    from termnews.ui.view import in_regions, regions_of

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
    from termnews.ui.why import WhyScreen

    push(WhyScreen(desk), lambda _: None)


def help_(desk: Desk, push: Push) -> None:
    """Show all keys, and run the command chosen."""
    from termnews.ui.help_screen import HelpScreen

    table = desk.tables.all

    def answered(name: str | None) -> None:
        if name is not None and table[name].when(desk):
            table[name].run(desk)

    push(HelpScreen(table), answered)


def palette(desk: Desk, push: Push) -> None:
    """Offer all that can be done or gone to, and do it."""
    from termnews.ui.outline import views
    from termnews.ui.palette import Palette

    def answered(choice: Choice | None) -> None:
        if choice is not None:
            _do(desk, choice)

    commands = desk.tables.main
    ready = {name for name, each in commands.items() if each.when(desk)}
    lines = {name: line for name, line, _ in views(desk.library)}
    feeds = [each.name for each in desk.counting.outline.feeds]
    push(Palette(commands, ready, lines, feeds), answered)


def _do(desk: Desk, choice: Choice) -> None:
    from termnews.ui.view import placed

    if choice.kind == "command":
        command = COMMANDS[choice.value]
        if command.when(desk):
            command.run(desk)
        else:
            desk.say(tr("Not here: {what}.", what=tr(command.help)))
        return
    try:
        if choice.kind in ("view", "filter"):
            desk.show(desk.library.query(choice.value))
        else:
            desk.show(placed(desk.listing.asked, choice.kind, choice.value))
    except QueryError as error:
        desk.say(str(error))


def errors(desk: Desk, push: Push) -> None:
    """List the feeds that failed, and ask the one chosen again."""
    from termnews.ui.error_list import ErrorList

    def answered(feed: Feed | None) -> None:
        if feed is not None:
            desk.say(tr("Asking {feed} again.", feed=feed.name))
            desk.refreshing.ask(feed.id)

    push(ErrorList(desk.counting.outline.feeds or desk.library.feeds(), desk.library.clock()), answered)


def log(desk: Desk, push: Push) -> None:
    """List what was said since the start."""
    from termnews.ui.said_list import SaidList

    push(SaidList(list(desk.said.newest_first()), desk.library.config.log_path), lambda _: None)


def history(desk: Desk, push: Push) -> None:
    """List what was done, to undo it back to any point."""
    from termnews.ui.history_screen import HistoryScreen

    push(HistoryScreen(desk), lambda _: None)


def links(desk: Desk, push: Push) -> None:
    """List the links of the article, and open the one chosen."""
    from termnews.ui.link_list import LinkList

    def answered(link: Link | None) -> None:
        if link is not None:
            desk.browse(link.url)

    push(LinkList(desk.panes.article.links()), answered)


def copies(desk: Desk, push: Push) -> None:
    """List the feeds with the page under the cursor, and show the article of the one chosen in its feed."""
    from termnews.ui.copy_list import CopyList
    from termnews.ui.view import placed

    def answered(chosen: Headline | None) -> None:
        if chosen is None:
            return
        before = desk.listing.memory()
        if desk.listing.show(placed(ArticleQuery(), "feed", chosen.feed), article=chosen.id, keep=True):
            desk.left(before)
            desk.panes.showing.follow()
            desk.panes.read()

    here = desk.headline
    if here is None:
        return
    try:
        numbers = sorted((here.id, *desk.library.article(here.id).copies))
        found = desk.library.headlines(numbers)
    except StoreError as error:
        desk.say(str(error))
        return
    push(CopyList(found, here.id, desk.library.clock()), answered)


def pipe(desk: Desk, push: Push) -> None:
    """Ask for a command that gets the article's text."""
    _ask_program(desk, push, tr("Pipe the text of the article to a command"), "text")


def pipe_json(desk: Desk, push: Push) -> None:
    """Ask for a command that gets the article as JSON."""
    _ask_program(desk, push, tr("Run a command with the article as JSON on its standard input"), "json")


def _ask_program(desk: Desk, push: Push, title: str, form: Form) -> None:
    from termnews.ui.program_list import ProgramList

    headline = desk.headline

    def answered(line: str | None) -> None:
        if line and headline is not None:
            desk.piping.run(line, headline.id, form)

    push(ProgramList(title, desk.piping.programs, desk.piping.recent), answered)


def first_run(desk: Desk, push: Push) -> None:
    """Ask which places news shall come from, and begin."""
    from termnews.ui.first_run import FirstRun

    def answered(decision: Decision | None) -> None:
        if decision is None:
            return
        if decision.kind == "demo":
            desk.leave_for_demo()
        elif decision.kind == "import":
            import_file(desk, push)
        elif decision.kind == "newsboat":
            desk.importing.start(decision.files)
        elif decision.feeds:
            desk.change_feeds(lambda library: _follow(library, decision.feeds))

    subscriptions = desk.library.subscriptions
    newsboat = desk.library.arriving.newsboat()
    push(FirstRun(subscriptions.starters(), subscriptions.country(), newsboat), answered)


def _follow(library: Library, feeds: Sequence[Subscription]) -> str:
    try:
        followed = len(library.subscriptions.follow(feeds))
        return trn(
            "Following {n} feed; its headlines come in now.",
            "Following {n} feeds; their headlines come in now.",
            followed,
        )
    except TermnewsError as error:
        return tr("Not added: {error}", error=error)


def import_file(desk: Desk, push: Push) -> None:
    """Ask for a file of another reader and take over what is in it."""
    from termnews.ui.prompt import Prompt

    def answered(path: str | None) -> None:
        if path:
            desk.importing.start([Path(path)])

    push(Prompt(tr("File to import:"), placeholder="~/feeds.opml, ~/.newsboat/urls, cache.db"), answered)


def import_report(desk: Desk, push: Push) -> None:
    """List what came of the files taken over last, and what stays behind."""
    from termnews.ui.import_report import ImportReport

    push(ImportReport(desk.importing.reports), lambda _: None)


def tag(desk: Desk, push: Push) -> None:
    """Give the article under the cursor the tag chosen, or take it away."""
    from termnews.ui import tagging

    tagging.tag(desk, push)


def tagged(desk: Desk, push: Push) -> None:
    """List what has the tag chosen, in the place of the one chosen before."""
    from termnews.ui import tagging

    tagging.tagged(desk, push)


def theme(desk: Desk, push: Push) -> None:
    """Let the reader try themes on, and keep the one chosen."""
    from termnews.ui.theme_list import ThemeList

    def answered(name: str | None) -> None:
        if name is not None:
            desk.change_settings(lambda library: _keep_theme(library, name))

    chosen = desk.library.config.theme
    push(ThemeList(chosen.name, chosen.own), answered)


def _keep_theme(library: Library, name: str) -> str:
    from termnews import config

    try:
        config.set_option(library.config.path, "theme.name", name)
    except TermnewsError as error:
        return tr("This theme stays until you leave; it was not kept: {error}", error=error)
    if not name:
        return tr("The theme follows the terminal from now on.")
    return tr("The theme is {name} from now on.", name=name)


OVERLAYS: Final[Mapping[str, Callable[[Desk, Push], None]]] = {
    "add": add_feed,
    "copies": copies,
    "errors": errors,
    "feeds": feeds,
    "find": find,
    "first-run": first_run,
    "help": help_,
    "history": history,
    "import": import_file,
    "import-report": import_report,
    "links": links,
    "log": log,
    "palette": palette,
    "pipe": pipe,
    "pipe-json": pipe_json,
    "regions": regions,
    "rename-view": rename_view,
    "save-view": save_view,
    "search": search,
    "tag": tag,
    "tagged": tagged,
    "theme": theme,
    "why": why,
}
"""Name → what lays it over the main screen."""
