"""Library: the one object both faces hold, the only door into the house.

It must never hold logic of its own: each method hands its question to one room and returns
the answer. One Library belongs to one thread; `twin` gives another thread its own.
"""

from __future__ import annotations

from array import array
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from termnews import config, query, regions, render
from termnews.config import Config
from termnews.library import visits
from termnews.library.local import LOCAL
from termnews.store import Store
from termnews.store.upkeep import MUTING

if TYPE_CHECKING:
    from termnews.library.arriving import Arriving
    from termnews.library.correcting import Correcting
    from termnews.library.downloading import Downloading
    from termnews.library.ruling import Rules
    from termnews.library.subscriptions import Subscriptions
    from termnews.library.tags import Tags
    from termnews.library.views import Views
    from termnews.models import Action, Article, ArticleQuery, Count, Feed, FeedUpdate, Headline, RegionCount
    from termnews.store.ruling import Ruling

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


class Library:
    """What the user follows and keeps: read it, mark it, refresh it."""

    def __init__(
        self, settings: Config, clock: Clock = utc_now, tell: Callable[[str], None] | None = None
    ) -> None:
        """Open the cache the configuration names, made when it is not there.

        Args:
            settings: the configuration.
            clock: tells the present moment.
            tell: is told in one sentence, before it begins, of work that will take long.

        Raises:
            StoreError: the cache cannot be opened.
            ConfigError: its folder cannot be made.
        """
        config.ensure_folders(settings)
        self.config = settings
        self.clock = clock
        self._store = Store(settings.store_path, settings.feeds, tell)
        self.said = self._store.said
        """What the user should know of the cache, one sentence each; empty as a rule."""
        self.readonly = self._store.readonly
        """Whether the cache may only be read: nothing that is marked or fetched would be kept."""
        self.mended = self._store.mended
        """Whether the cache was damaged and made anew when it was opened."""
        self._store.ruled = self._ruling
        self.upkeep = self._store.upkeep
        """The cache as a file: remembered values, info, check, backup."""

    # The first list needs none of these, and they bring the editing of the file and the gazetteer.

    @cached_property
    def subscriptions(self) -> Subscriptions:
        """Adding, removing, changing, importing and exporting feeds."""
        from termnews.library.subscriptions import Subscriptions

        return Subscriptions(self._store, self.config.path, self.clock, self.reload)

    @cached_property
    def corrections(self) -> Correcting:
        """Words that name no place or another one, articles about certain places; tagging again."""
        from termnews.library.correcting import Correcting

        return Correcting(self._store, lambda: self.config, self.clock, self.reload)

    @cached_property
    def full_texts(self) -> Downloading:
        """The pages behind articles: which are wanted, and fetching them."""
        from termnews.library.downloading import Downloading

        return Downloading(
            self._store, lambda: self.config, self.clock, lambda number: self.corrections.tag_again(number)
        )

    @cached_property
    def rules(self) -> Rules:
        """What is done with articles as they come in, and which are muted."""
        from termnews.library.ruling import Rules

        return Rules(self._store, lambda: self.config, self.clock)

    @cached_property
    def tags(self) -> Tags:
        """Words the user puts to articles."""
        from termnews.library.tags import Tags

        return Tags(self._store, self.clock)

    def _ruling(self) -> Ruling:
        from termnews.library.ruling import ruling

        return ruling(lambda: self.config, self.clock)

    @property
    def ruled(self) -> bool:
        """Whether there are rules, or were when articles were muted."""
        return bool(self.config.rules or self.upkeep.recall(MUTING))

    @cached_property
    def views(self) -> Views:
        """Search lines kept under names."""
        from termnews.library.views import Views

        return Views(lambda: self.config, self.reload)

    @cached_property
    def arriving(self) -> Arriving:
        """What comes from other readers, and the state that goes to another termnews."""
        from termnews.library.arriving import Arriving

        return Arriving(self._store, self.subscriptions, lambda: self.config, self.clock, self.reload)

    def close(self) -> None:
        """Let go of the cache; a second time does nothing."""
        self._store.close()

    def twin(self) -> Library:
        """Return a Library on the same cache with a connection of its own, for another thread."""
        return Library(self.config, self.clock)

    def reload(self, settings: Config | None = None) -> Config:
        """Follow what the configuration file says now, or was read of it; return it with its problems.

        Raises:
            ConfigError: the file is broken; what was in force stays so.
        """
        self.config = settings or config.reread(self.config)
        self._store.follow(self.config.feeds)
        return self.config

    def interrupt(self) -> None:
        """Make a slow read under way in another thread end with StoreError."""
        self._store.interrupt()

    # --- finding ---------------------------------------------------------------------------

    def query(self, line: str) -> ArticleQuery:
        """Read a search line; QueryError names a value that cannot be looked up."""
        return query.parse_query(line)

    def ids(self, asked: ArticleQuery, limit: int | None = None) -> array[int]:
        """Return the numbers of the articles that match, in the query's order; may be empty."""
        return self._store.ids(asked, self.clock().astimezone(LOCAL), limit)

    def first(self, asked: ArticleQuery, limit: int) -> tuple[array[int], bool]:
        """Return the first of them within 30 ms, however many there are.

        Returns:
            Their numbers, and whether these are sure to be all; if not, `ids` may have more, or others.
        """
        return self._store.first(asked, self.clock().astimezone(LOCAL), limit)

    def last(self, asked: ArticleQuery, limit: int) -> array[int]:
        """Return the last of them within 30 ms, in order; none where that cannot be."""
        return self._store.last(asked, self.clock().astimezone(LOCAL), limit)

    def known_total(self, asked: ArticleQuery) -> int | None:
        """Return how many articles match where counters tell; None where they would have to be counted."""
        return self._store.known_total(asked, self.clock().astimezone(LOCAL))

    def arrived(self, asked: ArticleQuery, above: int) -> int:
        """Return how many articles that match came after the one of that number."""
        return self._store.arrived(asked, self.clock().astimezone(LOCAL), above)

    def newest(self) -> int:
        """Return the number of the article that came last; 0 when there is none."""
        return self._store.newest()

    def count(self, asked: ArticleQuery) -> Count:
        """Return how many articles match."""
        return self._store.count(asked, self.clock().astimezone(LOCAL))

    def count_soon(self, asked: ArticleQuery, seconds: float) -> Count | None:
        """Return how many articles match; None where counting takes longer than that."""
        return self._store.count_soon(asked, self.clock().astimezone(LOCAL), seconds)

    def regions(self, asked: ArticleQuery, lang: str = "en") -> list[RegionCount]:
        """Return the tree of the regions that matching articles are about, with subtree counts."""
        now = self.clock().astimezone(LOCAL)
        return regions.tally(self._store.count_by_region(asked, now), lang)

    def feeds(self) -> list[Feed]:
        """Return the followed feeds in the user's order, with health and counts."""
        return self._store.feeds()

    # --- reading ---------------------------------------------------------------------------

    def headlines(self, ids: Sequence[int]) -> list[Headline]:
        """Return headlines in the order of `ids`; unknown numbers are left out."""
        return self._store.headlines(ids)

    def article(self, number: int) -> Article:
        """Return one article with its body; StoreError when there is none of that number."""
        return self._store.article(number)

    def document(self, article: Article, *, full: bool = True) -> render.Document:
        """Return the article as blocks with numbered links: its full text where it is kept and wanted."""
        shown = article if full else article.entry
        return render.blocks(shown.html, shown.start)

    # --- state -----------------------------------------------------------------------------

    def mark(
        self, ids: Sequence[int], *, read: bool | None = None, starred: bool | None = None, label: str = ""
    ) -> Action:
        """Set read or starred (one of the two) of these articles; durable when it returns."""
        if (read is None) == (starred is None):
            raise ValueError("mark takes either read or starred")
        if read is not None:
            return self._store.mark(ids, "read", read, label, self.clock())
        return self._store.mark(ids, "starred", bool(starred), label, self.clock())

    def undo(self, count: int = 1) -> list[Action]:
        """Take back the last actions exactly; return them, newest first."""
        return self.corrections.turn(count)

    def redo(self, count: int = 1) -> list[Action]:
        """Do again what was undone last; return the actions in the order they were done."""
        return self.corrections.turn(count, redo=True)

    def history(self, count: int = 20) -> list[Action]:
        """Return the last actions, newest first, undone ones among them."""
        return self._store.history(count)

    def visited(self) -> datetime | None:
        """Return when the screen was closed last, aware; None when it never was."""
        return visits.last(self._store)

    def leave(self) -> None:
        """Note that the screen is closed: what comes from now on is new."""
        visits.end(self._store, self.clock())

    # --- work ------------------------------------------------------------------------------

    def refresh(
        self,
        feeds: Sequence[Feed],
        *,
        force: bool = False,
        gently: bool = False,
        waits: Callable[[], None] = lambda: None,
    ) -> AsyncIterator[FeedUpdate]:
        """Fetch these feeds if due (all with `force`) and store what is new; one update per feed.

        All feeds are refreshed by one process at a time; `waits` is told when there is another to wait for.
        `gently` leaves alone what was asked within `min_interval_minutes`, also with `force`.
        """
        from termnews.library.moving import Moving
        from termnews.library.work import refresh

        move = Moving(self._store, self.config.path, self.clock, self.reload).follow
        return refresh(
            *(self._store, self.config, feeds, self.clock),
            force=force, gently=gently, move=move, waits=waits,
        )  # fmt: skip

    def prune(self) -> int:
        """Take out the read articles the configuration does not want kept; return how many that were."""
        return self.upkeep.prune(self.config.keep_days, self.config.keep_articles, self.clock())
