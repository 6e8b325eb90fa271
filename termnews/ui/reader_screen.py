"""The main screen: panes and bars, and the handlers that answer what they tell.

It owns the screen's state through its desk; it must never fetch, parse or write on the loop.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import DescendantFocus, Event, Key, Resize, ScreenResume, ScreenSuspend
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker, WorkerState

from termnews import wording
from termnews.errors import QueryError, StoreError
from termnews.library import Library
from termnews.models import ArticleQuery, Headline
from termnews.sanitize import screen_text
from termnews.ui.article_pane import ArticlePane
from termnews.ui.bars import BottomBar, TopBar
from termnews.ui.commands import COMMANDS, bindings, effective, following, prefixes
from termnews.ui.compositing import CloseCompositor
from termnews.ui.counts import Counts
from termnews.ui.desk import ReaderDesk
from termnews.ui.engine import Engine
from termnews.ui.headlines import Headlines
from termnews.ui.line_list import LineList
from termnews.ui.messages import LinkChosen, Refreshed, Retagged, RowChosen, RowMoved
from termnews.ui.modal import Modal, Sheet
from termnews.ui.notices import Note, Notice, note, with_keys
from termnews.ui.once import Once
from termnews.ui.outline import asked_by, current
from termnews.ui.pane_row import PaneRow, Pulled
from termnews.ui.peek import Peek
from termnews.ui.session import asked, recall, remember, standing
from termnews.ui.sidebar import Sidebar
from termnews.ui.status import key_names, situation, status
from termnews.wording import tr

MESSAGE_SECONDS: Final = 8.0
"""How long a message stands in the place of the hints."""
_LEAST: Final = (40, 10)
_KEPT_CLASSES: Final = ("-no-sidebar", "-no-peek")

log = logging.getLogger(__name__)


class ReaderScreen(Screen[None]):
    """Sidebar, headlines and article, between the bars."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS.values())]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-middle"), (160, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]  # noqa: RUF012
    AUTO_FOCUS = "Headlines"

    def __init__(self, library: Library, engine: Engine) -> None:
        """Make the screen of a library; `engine` runs its refreshes."""
        super().__init__()
        self._compositor = CloseCompositor()
        self._library, self._engine = library, engine
        if library.config.theme.accessible:
            self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow")]  # one pane at a time, however wide it is
        self._session = recall(library)
        self._current_of: ArticleQuery | None = None
        self.update_bars = Once(self, self._update_bars)
        self._take_keys()
        self._message, self._undoable, self._stood = "", False, False
        self._message_timer: Timer | None = None

    def _take_keys(self) -> None:
        """Take the keys of the settings."""
        self.tables = effective(self._library.config.keys, self._library.config.preset)
        self._prefixes = prefixes(self.tables.main.values())
        after = partial(self.set_timer, name="count")
        self._counts = Counts(self.tables.main, self._run_counted, after, self.update_bars)

    def compose(self) -> ComposeResult:
        """Put bars and panes in place; termnews.tcss says where and how large."""
        self._fit()
        library = self._library
        words = library.config.theme.accessible
        yield TopBar(id="top")
        with PaneRow(id="panes"):
            yield Sidebar(id="sidebar", words=words)
            with Vertical(id="middle"):
                yield Headlines(self._headlines_of, library.clock, id="headlines", words=words)
                yield Notice(id="notice")
                yield Peek(id="peek")
            yield ArticlePane(library.clock, id="article")
        yield BottomBar(id="bottom")
        yield Notice(id="too-small")

    def on_mount(self) -> None:
        """Open the view that was left; all that is slow comes after the first paint."""
        self.desk = ReaderDesk(
            self, self._library, self._engine, self.tables, self.update_bars, self.counted, self.say
        )
        self.headlines = self.query_one(Headlines)
        session = self._session
        self.headlines.cards = session.cards
        self.query_one(ArticlePane).measure = session.measure
        self.desk.widths.keep(session.widths)
        self.query_one(Sidebar).folding.unfolded.update(session.unfolded)
        view = asked(self._library, session.line)
        if not self.desk.listing.show(view, article=session.article, keep=bool(session.article)):
            self.desk.listing.show(ArticleQuery())
        self.call_after_refresh(self._begin)

    def _fit(self) -> None:
        """Take the classes of the terminal's size, which Textual gives after the first paint, and those left.

        As long as there are no panes it costs nothing; each class would be a styling of them all.
        """
        size = self.app.size
        for edge, steps in (
            (size.width, self.HORIZONTAL_BREAKPOINTS),
            (size.height, self.VERTICAL_BREAKPOINTS),
        ):
            self.add_class(*[name for least, name in steps or () if edge >= least][-1:], update=False)
        self.add_class(*(name for name in self._session.classes if name in _KEPT_CLASSES), update=False)

    def _begin(self) -> None:
        """Bring back where the reader was, then count and refresh."""
        session = self._session
        self.headlines.scroll_to(y=session.scroll, animate=False)
        self.headlines.show_cursor()
        self.desk.panes.showing.restore(session.article, session.position)
        self.desk.counting.start()
        self.desk.ruled.settle()
        for problem in (*self._library.said, *self._library.config.problems)[:1]:
            self.say(problem)
        if not self._library.config.feeds:
            self.desk.open("first-run")
        self.desk.refreshing.start()

    def remember(self) -> None:
        """Keep how the screen stands, for the next start."""
        panes = self.desk.panes
        session = standing(self.desk, tuple(name for name in _KEPT_CLASSES if self.has_class(name)))
        try:
            remember(self._library, session)
            panes.showing.leave()
            panes.showing.positions.writing()(self._library)
        except StoreError as error:
            log.warning("the session was not kept: %s", error)

    def _headlines_of(self, ids: Sequence[int]) -> list[Headline]:
        """Bring headlines; none where the cache cannot be read, and why is said."""
        try:
            return self._library.headlines(ids)
        except StoreError as error:
            self.call_later(self.say, str(error))  # a sentence draws the bars, which ask for headlines
            return []

    async def close(self) -> None:
        """Finish what is being written."""
        desk: ReaderDesk | None = getattr(self, "desk", None)
        if desk is not None:  # there is none when the start itself failed
            await desk.close()

    async def on_event(self, event: Event) -> None:
        """Come up for the first time as mounted: Textual would style every pane a second time."""
        if isinstance(event, ScreenResume) and not self._stood:
            self._stood, event.refresh_styles = True, False
        await super().on_event(event)

    # --- commands --------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a command can be run now; keys of one that cannot go on to the next in the table."""
        if action != "command":
            return True
        return COMMANDS[str(parameters[0])].when(self.desk)

    def action_command(self, name: str) -> None:
        """Run a command of the table."""
        try:
            COMMANDS[name].run(self.desk)
        except StoreError as error:
            self.say(str(error))
        self.update_bars()

    def on_key(self, event: Key) -> None:
        """Take the digits before a movement, the movement behind them, and the first key of a sequence."""
        desk: ReaderDesk | None = getattr(self, "desk", None)
        if desk is None:
            return
        before = self._counts.typed
        prefix = self._prefixes.get(event.character or event.key)
        taken = self._counts.take(event.key, event.character, desk)
        if taken or prefix is not None:
            event.stop()
            event.prevent_default()
        if self._counts.typed != before:
            self.update_bars()
        if prefix is not None and not taken:
            self.wait_for_second(prefix)

    def _run_counted(self, name: str, times: int) -> None:
        desk = self.desk
        if name in ("first", "last") and times:
            desk.panes.go_to(times - 1)
        elif COMMANDS[name].when(desk):
            for _ in range(max(1, times)):
                COMMANDS[name].run(desk)
        self.update_bars()

    def wait_for_second(self, prefix: str) -> None:
        """Wait for the second key of a sequence."""
        from termnews.ui.prompt import Prefix

        choices = {
            key: (each.name, each.help)
            for key, each in following(prefix, self.tables.main.values()).items()
            if each.when(self.desk)
        }

        def chosen(name: str | None) -> None:
            if name is not None:
                self.action_command(name)

        self.app.push_screen(Prefix(prefix, choices), chosen)

    # --- what widgets tell -----------------------------------------------------------------

    @on(RowMoved, "#headlines")
    def preview(self) -> None:
        """Show the article under the cursor once the cursor rests."""
        self.desk.panes.showing.preview()

    @on(RowChosen, "#headlines")
    def read(self) -> None:
        """Open the article chosen."""
        self.action_command("read")

    @on(RowChosen, "#sidebar")
    def choose(self, event: RowChosen) -> None:
        """List what was chosen in the sidebar and go to the list."""
        panes = self.desk.panes
        try:
            asked = asked_by(panes.sidebar.chosen(event.index), self._library, self.desk.listing.asked)
        except QueryError as error:
            self.say(str(error))
            return
        panes.to_list()
        self.desk.show(asked)

    def on_link_chosen(self, event: LinkChosen) -> None:
        """Open the link that was clicked."""
        for link in self.desk.panes.article.links():
            if link.number == event.number:
                self.desk.browse(link.url)

    @on(Pulled)
    def pull(self, event: Pulled) -> None:
        """Let the panes follow the mouse."""
        self.desk.widths.set(event.pane, event.cells)

    def on_resize(self, event: Resize) -> None:
        """Give the panes their widths; say so where the terminal is too small for anything."""
        if hasattr(self, "desk"):
            self.desk.widths.apply()
            if self.desk.widths.kept:  # how much room they have is known once the others are laid out
                self.call_after_refresh(self.desk.widths.apply)
        width, height = event.size
        self.set_class(width < _LEAST[0] or height < _LEAST[1], "-tiny")
        words = tr(
            "termnews needs {w} × {h}; this is {width} × {height}.",
            w=_LEAST[0], h=_LEAST[1], width=width, height=height,
        )  # fmt: skip
        self.query_one("#too-small", Notice).show(Note((words,)))

    @on(RowMoved, "#sidebar")
    @on(DescendantFocus)
    @on(ScreenSuspend)
    @on(ScreenResume)
    def offer_keys(self) -> None:
        """Offer the keys of the pane that got them; a list laid over the panes takes the accent bar too."""
        over = self.app.screen
        self.set_class(isinstance(over, Modal) and over.TAKES_BAR, "-behind")
        self.call_after_refresh(self._bring_cursor)  # a pane that was hidden has its place only then
        self.update_bars()

    def _bring_cursor(self) -> None:
        """Bring the terminal's own cursor to the pane that has the keys."""
        if self.app.screen is self and isinstance(self.focused, LineList | ArticlePane):
            self.focused.take_cursor()

    def on_settings_changed(self) -> None:
        """Take keys and language as they are set now."""
        wording.speak(wording.choose(self._library.config.language))
        self._take_keys()
        self.desk.tables = self.tables
        self.update_bars()

    def on_refreshed(self, event: Refreshed) -> None:
        """Show how far a refresh is; at its end count what it brought."""
        work = self.desk.refreshing
        before = work.progress.new
        if sentence := work.take(event):
            self.say(sentence)
        self._renew_feeds()
        if event.progress.new > before or event.state != "running":
            self.desk.listing.recount()
        if event.state != "running" and event.progress.moved:
            *others, last = event.progress.moved
            for each in others:
                self.say(each)
            self.desk.follow_config(last)
        if event.state != "running":
            self.desk.refreshed(event.progress)
        self.update_bars()

    def on_retagged(self, event: Retagged) -> None:
        """Show how far finding places again is; at its end what came of it."""
        desk = self.desk
        desk.retagging.take(event)
        if event.why:
            self.say(event.why)
        if event.ended:
            self.headlines.reload()
            desk.panes.showing.renew()
            desk.listing.recount()
            desk.counting.start()
        self.update_bars()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong in a worker; the program goes on."""
        error = event.worker.error
        if event.state == WorkerState.ERROR and error is not None:
            log.error("worker %s failed", event.worker.name, exc_info=error)
            self.say(
                tr(
                    "That went wrong inside termnews ({what}); the log says more.",
                    what=f"{type(error).__name__}: {error}",
                )
            )

    # --- counts and bars -------------------------------------------------------------------

    def counted(self) -> None:
        """Show counts that are new."""
        self.desk.panes.sidebar.show(self.desk.counting.outline)
        self._current_of = None
        self._renew_feeds()
        self.update_bars()

    def _renew_feeds(self) -> None:
        """Let the feeds screen, where it is open, show how the feeds fare now."""
        for each in self.app.screen_stack:
            if isinstance(each, Sheet):
                each.read()

    def say(self, sentence: str, undoable: bool = False) -> None:
        """Show a sentence in the place of the hints for a while."""
        self._message, self._undoable = screen_text(sentence), undoable
        self.desk.said.add(self._message)
        if self._message_timer is not None:
            self._message_timer.stop()
        self._message_timer = self.set_timer(MESSAGE_SECONDS, lambda: self.say(""), name="message")
        self.update_bars()

    def _update_bars(self) -> None:
        """Let bars, sidebar and notice show what is so now."""
        in_front = self.app.screen is self
        message = f"{self._counts.typed} …" if self._counts.typed else self._message
        said = status(self.desk, self.tables.main if in_front else {}, message, self._undoable)
        over = self.app.screen
        if isinstance(over, Sheet):
            said = replace(said, hints=tuple(over.hints), failing=0)  # it says itself what fails
        elif isinstance(over, Modal) and over.HINTS:
            said = replace(said, hints=tuple((key, tr(words)) for key, words in over.HINTS))
        self.query_one(TopBar).show(said)
        self.query_one(BottomBar).show(said)
        empty = not self.headlines.ids
        showing = self.desk.panes.showing
        if empty and not self.has_class("-empty") and self.desk.panes.focus != "article":
            showing.clear()  # it is no article of this view
        if not empty and self.has_class("-empty") and showing.article is None:
            showing.follow()  # the first ones came in
        self.set_class(empty, "-empty")
        if empty:
            self.query_one("#notice", Notice).show(
                with_keys(note(situation(self.desk)), key_names(self.tables.main))
            )
        if self._current_of is not self.desk.listing.asked:
            self._current_of = self.desk.listing.asked
            self.desk.panes.sidebar.set_current(current(self._library, self._current_of))
