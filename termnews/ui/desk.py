"""The desk commands work at: the parts of the main screen and the few things done for all of them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.worker import WorkType

from termnews.config import Config
from termnews.errors import ConfigError, StoreError
from termnews.library import Library
from termnews.models import ArticleQuery
from termnews.sanitize import strip_credentials
from termnews.ui.acts import Acts
from termnews.ui.commands.table import Tables
from termnews.ui.counting import Counting
from termnews.ui.engine import DOWNLOAD, IMPORT, PICTURES, RETAG, Engine
from termnews.ui.full_texts import FullTexts
from termnews.ui.importing import Importing, Report
from termnews.ui.listing import Listing, Memory, Work
from termnews.ui.marks import CORRECTIONS, ON_HEAD, Marks
from termnews.ui.messages import Progress, SettingsChanged
from termnews.ui.outside import Outside
from termnews.ui.overlays import OVERLAYS
from termnews.ui.panes import Panes
from termnews.ui.positions import Positions
from termnews.ui.refreshing import Refreshing
from termnews.ui.reloading import Reloading
from termnews.ui.retagging import Retagging
from termnews.ui.showing import Showing
from termnews.ui.threads import Threads
from termnews.ui.waking import Waking
from termnews.ui.widths import Widths
from termnews.wording import tr, trn

if TYPE_CHECKING:
    from termnews.models import Action, Article, Headline
    from termnews.ui.feed_changes import Done, FeedChanges
    from termnews.ui.pictures import Pictures
    from termnews.ui.piping import Piping
    from termnews.ui.ruled import Ruled
    from termnews.ui.trail import Trail

log = logging.getLogger(__name__)


class ReaderDesk(Outside):
    """Satisfies `commands.Desk` for a screen with the panes of termnews."""

    def __init__(
        self,
        screen: Screen[None],
        library: Library,
        engine: Engine,
        tables: Tables,
        changed: Callable[[], None],
        counted: Callable[[], None],
        say: Callable[[str, bool], None],
    ) -> None:
        """Put the parts together.

        Args:
            screen: holds the panes.
            library: belongs to the loop.
            engine: runs refreshes.
            tables: the commands, with the keys in force.
            changed: called when what the bars say may have changed.
            counted: called when articles were counted anew.
            say: shows one sentence; True: it can be undone.
        """
        super().__init__(screen, library, say)
        self.tables = tables
        self._changed, self._engine = changed, engine
        self.threads = Threads(library)
        self.panes = Panes(screen, Showing(screen, library, self._seen, self._left, self.say, self.run))
        self.panes.article.pictures_near = lambda: self.pictures.look()
        self.widths = Widths(screen)
        self.listing = Listing(library, self.threads, self.panes.headlines, self.run, changed, self.say)
        self.counting = Counting(self.threads, self.listing, self.run, counted, self.say)
        self.marks = Marks(
            self.threads, self.panes.headlines, self.run, lambda: self.acts.did("mark"), self._marked, say
        )
        self.refreshing = Refreshing(library, engine, self.run, screen.post_message)
        self.retagging = Retagging(engine.beside(RETAG), self.refreshing, self.run, screen.post_message)
        self.full_texts = FullTexts(
            *(library, engine.beside(DOWNLOAD), self.panes.showing, self.run),
            *(changed, self._texts_came, self.say, lambda: self.refreshing.offline),
        )
        self.importing = Importing(engine.beside(IMPORT), self.run, changed, self._imported)
        self.reloading = Reloading(
            *(library, self.threads, self.run, self._other_settings),
            *(lambda: self.importing.running or self.refreshing.adding > 0, self.say),
        )
        self.waking = Waking(self.refreshing, library.clock, screen.set_timer, changed)

    @cached_property
    def acts(self) -> Acts:
        """What was done here, in its order."""
        return Acts(
            {
                "mark": self.marks.undo,
                "feed": lambda: self.feed_changes.undo(),
                "view": lambda: self.trail.back(),
            },
            {
                "mark": self.marks.redo,
                "feed": lambda: self.feed_changes.redo(),
                "view": lambda: self.trail.again(),
            },
        )

    @cached_property
    def ruled(self) -> Ruled:
        """What rules do beside lists."""
        from termnews.ui.ruled import Ruled

        return Ruled(self.library, self.threads, self.run, self._settled, self.say)

    @cached_property
    def trail(self) -> Trail:
        """The views that were left, from the first one on."""
        from termnews.ui.trail import Trail

        return Trail(self.listing, self.panes.showing.follow, self.say)

    @cached_property
    def feed_changes(self) -> FeedChanges:
        """The changes of the followed feeds."""
        from termnews.ui.feed_changes import FeedChanges

        return FeedChanges(self.threads, self.run, self._feed_changed, self.say)

    @cached_property
    def piping(self) -> Piping:
        """The article handed to commands of the user's, which most sessions have none of."""
        from termnews.ui.piping import Piping

        return Piping(
            *(self._screen, self.library, self.panes.showing, self.run, self._changed, self.say),
        )

    @cached_property
    def pictures(self) -> Pictures:
        """The pictures of the article shown, from the first article on that has some."""
        from termnews.ui.pictures import Pictures

        return Pictures(
            *(self.library, self._engine.beside(PICTURES), self.panes.article, self.run),
            *(lambda: not self.refreshing.offline, self.say),
        )

    def _made(self, part: str) -> bool:
        """Whether a part that is made when it is first asked for is there."""
        return part in self.__dict__

    @property
    def command_at_work(self) -> bool:
        """Whether a command of the user's is at work; asking makes nothing."""
        return self._made("piping") and self.piping.running

    def run(self, work: Work, name: str, *, exclusive: bool = True) -> None:
        """Run what `work` returns as a worker of its own group."""
        started: WorkType[None] = work
        self._screen.run_worker(started, name=name, group=name, exclusive=exclusive, exit_on_error=False)

    def _seen(self, headline: Headline) -> None:
        if not self.library.readonly:  # which was said once
            self.marks.mark([headline.id], read=True, quiet=True)

    def _left(self, positions: Positions) -> None:
        """Write where articles were left, so that an end nobody expected loses none of it."""
        self.run(partial(self._write, positions.writing()), "positions", exclusive=False)

    async def _write(self, work: Callable[[Library], None]) -> None:
        try:
            await self.threads.writes.run(work)
        except StoreError as error:
            log.warning("where an article was left was not kept: %s", error)

    def _marked(self, actions: Sequence[Action], back: bool) -> None:
        """Let counts, article and what is tagged follow what was written."""
        if not back and not any(each.id for each in actions):
            self.acts.forget("mark")
        if back and actions and (place := self.marks.place(actions[0])) is not None:
            self.listing.go_to(place, tell=False)
            self.panes.showing.follow()  # resting there must not mark again what was just undone
        if not self.listing.ids:
            self.listing.recount()  # what is unread again may belong here
        changes = {each.change for each in actions}
        if changes.intersection((*CORRECTIONS, *ON_HEAD)):
            self.panes.showing.renew()
        if changes & {"mute", "pin"}:
            if trouble := self._reload():
                self.say(trouble)
            self.retagging.want()
        self.counting.start()

    def refreshed(self, came: Progress) -> None:
        """Let all that stands on articles follow a refresh that ended, and begin what waited for it."""
        self.panes.headlines.reload()  # it may have found other places in articles listed
        self.counting.start()
        self.retagging.go_on()
        self.waking.follow(came.again)
        self.full_texts.ahead()
        if came.new and self.ruled.hides(self.listing.ids):
            self.listing.take_in()
        if came.noticed:
            self.ruled.tell(self._screen.app, came.notice, came.noticed)

    def _settled(self) -> None:
        """Let lists and counts follow what was muted, or is no longer."""
        self.listing.take_in()
        self.counting.start()

    def _texts_came(self) -> None:
        """Let lists and counts follow full texts that came: articles may be about other places now."""
        self.panes.headlines.reload()
        self.listing.recount()
        self.counting.start()

    @property
    def headline(self) -> Headline | None:
        """The headline under the cursor."""
        return self.panes.headlines.headline

    def changed(self) -> None:
        """Let the bars show what is so now."""
        self._changed()

    def show(self, asked: ArticleQuery) -> None:
        """List what a query asks for; the cursor stays on its article where that is still listed."""
        here, before = self.headline, self.listing.memory()
        if self.listing.show(asked, article=here.id if here is not None else 0):
            self.left(before)
            self.panes.showing.follow()

    def left(self, memory: Memory) -> None:
        """Note that another view took the place of this one, so that it can be come back to."""
        if memory.asked != self.listing.asked:
            self.trail.leave(memory)
            self.acts.did("view")
            self.acts.keep("view", self.trail.length)

    def return_to(self, memory: Memory) -> None:
        """Show a view again as if it had not been left."""
        if memory.asked != self.listing.asked:
            self.trail.drop()
            self.acts.forget("view")
        self.listing.restore(memory)
        self.panes.showing.follow()

    def can_open(self, overlay: str) -> bool:
        """Whether there is an overlay of this name."""
        return overlay in OVERLAYS

    def open(self, overlay: str) -> None:
        """Lay another screen over this one."""
        OVERLAYS[overlay](self, self._screen.app.push_screen)

    def change_settings(self, work: Callable[[Library], str]) -> None:
        """Do something to termnews.toml in the writing thread and say the sentence it returns."""
        self.run(partial(self._change_settings, work), "settings", exclusive=False)

    async def _change_settings(self, work: Callable[[Library], str]) -> None:
        try:
            sentence = await self.threads.writes.run(work)
        except StoreError as error:
            sentence = str(error)
        self.follow_config(sentence)

    def change_feeds(self, work: Callable[[Library], str]) -> None:
        """Do something to the subscriptions in the writing thread and say the sentence it returns."""
        self.run(partial(self._change_feeds, work), "feeds", exclusive=False)

    async def _change_feeds(self, work: Callable[[Library], str]) -> None:
        await self._change_settings(work)
        self.refreshing.start()

    def add_feed(self, address: str) -> None:
        """Look for a feed at an address in a child process, follow it, and say what came of it."""
        self.run(partial(self._add_feed, address), "adding", exclusive=False)

    async def _add_feed(self, address: str) -> None:
        self.refreshing.adding += 1
        self.say(tr("Looking for a feed at {address} … ctrl+x stops.", address=strip_credentials(address)))
        try:
            sentence = await self.refreshing.add(address)
        finally:
            self.refreshing.adding -= 1
        self.follow_config(sentence)
        self.counting.start()

    def _feed_changed(self, done: Done) -> None:
        """Let all that shows feeds follow a change that is on disk, and ask the feed where that is due."""
        if done.back is not None:
            self.acts.did("feed")
        self.acts.keep("feed", self.feed_changes.undoable)
        self.follow_config(done.sentence, undoable=done.back is not None)
        self.panes.headlines.reload()
        if done.lists:
            self.listing.take_in()
        self.counting.start()
        if done.ask:
            self.refreshing.ask(done.ask)

    def _imported(self, reports: Sequence[Report]) -> None:
        """Let all follow files that were taken over, and say what came of them."""
        if reports:
            self.follow_config(" ".join(f"{each.name}: {each.summary}" for each in reports))
        self.panes.headlines.reload()
        self.counting.start()
        if any(each.articles for each in reports):
            self.retagging.want()
        if any(each.feeds for each in reports):
            self.refreshing.start()
        if any(each.lines or each.failed for each in reports) and self._screen.is_current:
            self.open("import-report")

    def follow_config(self, sentence: str, *, undoable: bool = False) -> None:
        """Take in the subscriptions as the file has them now, and say what was done to them."""
        # What came of the user's wish first: of a file that is broken it names the line, too.
        self.say(" ".join(filter(None, (sentence, self._reload()))), undoable)
        self.ruled.settle()
        self.listing.recount()
        self._changed()

    def _reload(self) -> str:
        """Take over what termnews itself wrote to the settings; return what stood against it."""
        self.reloading.note()
        try:
            self.library.reload()
        except (ConfigError, StoreError) as error:
            return str(error)
        finally:
            self.threads.reopen()
        return ""

    def _other_settings(self, former: Config) -> None:
        """Let all follow settings that were changed outside: rows, cursor and article stay as they are."""
        now = self.library.config
        self.threads.reopen()
        self.ruled.settle()
        self._screen.post_message(SettingsChanged(former))
        self.panes.headlines.reload()
        self.listing.recount()
        self.counting.start()
        if now.images != former.images and self._made("pictures"):
            self.pictures.follow()
        if _words_of(now) != _words_of(former):
            self.retagging.want()
        if now.feeds != former.feeds:
            self.refreshing.start()

    def copy_article(self) -> None:
        """Put the article shown on the clipboard as Markdown; a long one takes a while to write."""
        if (article := self.panes.showing.article) is not None:
            self.run(partial(self._copy_article, article), "copying")

    async def _copy_article(self, article: Article) -> None:
        text = await self.threads.slow.run(lambda _: _markdown(article))
        self.copy(text)
        self.say(trn("Copied {n} line of Markdown.", "Copied {n} lines of Markdown.", text.count("\n")))

    async def close(self) -> None:
        """Finish the refresh and the writes, and end the threads."""
        if self._made("piping"):
            self.piping.close()
        if self._made("pictures"):
            await self.pictures.close()
        await self.importing.close()
        await self.full_texts.close()
        await self.retagging.close()
        await self.refreshing.close()
        self.threads.close()


def _words_of(settings: Config) -> object:
    """Return what settings say of places, which decides where articles belong."""
    return settings.regions, [(each.url, each.region, each.mute, each.pin) for each in settings.feeds]


def _markdown(article: Article) -> str:
    from termnews import printed  # nobody needs html2text before

    return printed.markdown(printed.as_if_fed(article)) + "\n"
