"""The feeds and how each fares: what is wrong, since when, what is done about it, and the keys that mend it.

It must never write or fetch itself: changes are handed to the desk, which says when they are on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.events import ScreenResume, ScreenSuspend
from textual.widgets import Input, Static

from termnews.models import ArticleQuery, Feed
from termnews.output.texts import address
from termnews.sanitize import strip_credentials
from termnews.ui import feed_changes as changes
from termnews.ui.bars import Hint
from termnews.ui.chooser import Chooser
from termnews.ui.commands.keyed import bindings
from termnews.ui.commands.on_feeds import feed_hints
from termnews.ui.commands.table import COMMANDS, ON_FEEDS, Desk
from termnews.ui.feed_health import name, story
from termnews.ui.feed_list import FeedFigures, FeedHeads, FeedList, FeedStory
from termnews.ui.feed_rows import TROUBLE, advice, chosen, following, headings, lookup, nothing
from termnews.ui.folder_picker import FolderPicker
from termnews.ui.help_screen import HelpScreen
from termnews.ui.messages import RowChosen, RowMoved
from termnews.ui.modal import Sheet
from termnews.ui.prompt import Prompt
from termnews.ui.view import placed
from termnews.wording import mark, tr

_EVERYWHERE: Final = ("interrupt", "redraw", "suspend")
"""Commands of the main screen that mean the same here."""


class FeedsScreen(Sheet[ArticleQuery | None]):
    """All feeds above the bottom bar; answers with a query for the articles of one, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(ON_FEEDS.values(), "feed"),
        *bindings([COMMANDS[each] for each in _EVERYWHERE]),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (160, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012
    AUTO_FOCUS = "FeedList"

    def __init__(self, desk: Desk) -> None:
        """Show the feeds of the desk's library."""
        super().__init__()
        self._desk = desk
        self._commands = desk.tables.feeds
        self._feeds: Sequence[Feed] = desk.counting.outline.feeds or desk.library.feeds()
        self._order, self._text = TROUBLE, ""
        self._actions: Mapping[str, Callable[[], None]] = {
            "feeds-add": lambda: desk.open("add"),
            "feeds-rename": self._rename,
            "feeds-move": self._move,
            "feeds-pause": self._pause,
            "feeds-remove": self._remove,
            "feeds-address": self._readdress,
            "feeds-refresh": self._refresh_feed,
            "feeds-articles": self._list_articles,
            "feeds-find": lambda: self.set_focus(self.query_one(Input)),
            "feeds-sort": self._sort,
            "feeds-undo": lambda: desk.acts.undo("feed"),
            "feeds-redo": lambda: desk.acts.redo("feed"),
            "feeds-stop": self._stop,
            "feeds-help": self._help,
            "feeds-close": self._close,
        }

    def compose(self) -> ComposeResult:
        """Put figures, list and story in place; termnews.tcss says where and how large."""
        with Vertical(id="feeds-sheet"):
            yield FeedFigures(id="feeds-figures")
            with Horizontal(id="feeds-find"):
                yield Static(self._keyed("feeds-find", "find"), id="feeds-find-label")
                yield Input(placeholder="name or address", compact=True, id="feeds-input")
                yield Static(id="feeds-order")
            with Container(id="feeds-body"):
                with Vertical(id="feeds-table"):
                    yield FeedHeads(id="feeds-heads")
                    yield FeedList(self._desk.library.clock, id="feeds")
                yield FeedStory(id="feed-story")

    def on_mount(self) -> None:
        """Show the feeds as they were counted last, then as they are now."""
        self._lay_out()
        self.read()

    # --- what is shown ---------------------------------------------------------------------

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys that work here, for the bottom bar."""
        return feed_hints(self._commands)

    def _keyed(self, command: str, words: str) -> Content:
        """Return words with the key of a command before them, for the place where it works."""
        hints = feed_hints(self._commands, (command, words)) or (("", words),)
        return Content.assemble(*((f" {key} ", "bold $unread") for key, _ in hints), (f"{words} ", "$meta"))

    @property
    def _list(self) -> FeedList:
        return self.query_one(FeedList)

    def read(self) -> None:
        """Bring the feeds as they are now."""
        self._desk.counting.feeds(self._take)

    def _take(self, feeds: Sequence[Feed]) -> None:
        if self in self.app.screen_stack:
            self._feeds = feeds
            self._lay_out()

    def _lay_out(self) -> None:
        """Show the feeds that are looked for in their order; the cursor stays on its feed."""
        shown = chosen(self._feeds, self._text, self._order)
        asking = frozenset(self._desk.refreshing.asked)
        self._list.show(shown, headings(shown, self._order), asking)
        self.query_one(FeedFigures).show(self._feeds, len(shown))
        self.query_one("#feeds-order", Static).update(self._keyed("feeds-sort", self._order))
        self._tell()

    @on(RowMoved)
    def _tell(self) -> None:
        """Tell how the feed under the cursor fares, and what one can do."""
        feed, shown = self._list.feed, self.query_one(FeedStory)
        if feed is None:
            shown.show(
                "", "", nothing(self._text), feed_hints(self._commands, ("feeds-add", mark("add a feed")))
            )
            return
        hints = feed_hints(self._commands, *advice(feed))
        where = " · ".join(filter(None, (address(feed.url), feed.subscription.region)))
        shown.show(name(feed), where, story(feed, self._desk.library.clock()), hints)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._text = event.value.strip()
        self._lay_out()

    @on(Input.Submitted)
    def _found(self, event: Input.Submitted) -> None:
        event.stop()
        self._list.focus()

    @on(ScreenSuspend)
    @on(ScreenResume)
    def _keys_moved(self, event: ScreenSuspend | ScreenResume) -> None:
        """Offer keys while they work; a list laid over this one takes the accent bar."""
        self.set_class(isinstance(self.app.screen, Chooser), "-behind")
        self._desk.changed()

    # --- keys ------------------------------------------------------------------------------

    def action_feed(self, command: str) -> None:
        """Run a command of this screen."""
        self._actions[command]()

    def action_command(self, command: str) -> None:
        """Run a command of the main screen."""
        COMMANDS[command].run(self._desk)

    def action_move(self, steps: int) -> None:
        """Move the cursor while one types."""
        self._list.action_move(steps)

    def action_turn(self, pages: int) -> None:
        """Move the cursor by pages while one types."""
        self._list.action_turn(pages)

    @on(RowChosen)
    def _list_articles(self) -> None:
        feed = self._list.feed
        if feed is not None:
            self.dismiss(placed(ArticleQuery(), "feed", lookup(feed, self._feeds)))

    def _close(self) -> None:
        """Show all feeds again; when they are shown, leave."""
        line = self.query_one(Input)
        if line.value or line.has_focus:
            line.value = ""
            self._list.focus()
        else:
            self.dismiss(None)

    def _sort(self) -> None:
        self._order = following(self._order)
        self._lay_out()

    def _stop(self) -> None:
        work = self._desk.refreshing
        if work.adding:
            work.stop_adding()
        elif work.running:
            work.stop()

    def _help(self) -> None:
        def answered(command: str | None) -> None:
            if command is not None:
                self.action_feed(command)

        self.app.push_screen(HelpScreen(self._commands), answered)

    # --- changes ---------------------------------------------------------------------------

    def _make(self, change: changes.Change) -> None:
        self._desk.feed_changes.make(change, self.read)

    def _ask(self, label: str, value: str, change: Callable[[str], changes.Change], *, empty: bool) -> None:
        """Ask for one line and make the change when it is another one."""

        def answered(typed: str | None) -> None:
            if typed is not None and typed != value:
                self._make(change(typed))

        self.app.push_screen(Prompt(label, value=value, may_be_empty=empty), answered)

    def _rename(self) -> None:
        if (feed := self._list.feed) is not None:
            self._ask(tr("Name:"), name(feed), lambda new: changes.rename(feed, new), empty=True)

    def _move(self) -> None:
        feed = self._list.feed
        if feed is None:
            return

        def answered(folder: str | None) -> None:
            if folder is not None and folder != feed.subscription.folder:
                self._make(changes.move(feed, folder))

        self.app.push_screen(FolderPicker(feed, self._feeds), answered)

    def _pause(self) -> None:
        if (feed := self._list.feed) is not None:
            rests = feed.subscription.paused or feed.health.wait == "gone"
            self._make(changes.pause(feed, not rests))

    def _remove(self) -> None:
        if (feed := self._list.feed) is not None:
            self._make(changes.remove(feed))

    def _readdress(self) -> None:
        if (feed := self._list.feed) is not None:
            old = strip_credentials(feed.url)
            self._ask(tr("Address:"), old, lambda new: changes.readdress(feed, new), empty=False)

    def _refresh_feed(self) -> None:
        feed = self._list.feed
        if feed is None:
            return
        if feed.subscription.paused:
            key = self._commands["feeds-pause"].keys_shown
            self._desk.say(tr("{feed} is paused; {key} resumes it.", feed=name(feed), key=key))
        elif feed.health.wait == "gone":
            key = self._commands["feeds-pause"].keys_shown
            self._desk.say(
                tr("{feed} is gone for good; {key} asks it all the same.", feed=name(feed), key=key)
            )
        else:
            self._desk.refreshing.ask(feed.id)
            self._lay_out()
