"""Rules: what termnews.toml wants done with articles as they come in, and which stay muted.

It must never look for articles itself: the store asks the rules where articles come in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache

from termnews import query
from termnews.config import Config
from termnews.errors import QueryError
from termnews.library.local import LOCAL
from termnews.models import And, ArticleQuery, Headline, Matched, Rule, Test
from termnews.store import Store
from termnews.store.ruling import Ruling

_MUTED = Test("is", "muted")


def rules_of(settings: Config) -> tuple[Rule, ...]:
    """Return the rules of the configuration, in the order of the file."""
    return _read(tuple(settings.rules.items())) if settings.rules else ()


@lru_cache(maxsize=2)  # asked at each batch that comes in
def _read(written: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Rule, ...]:
    return tuple(Rule(line, query.parse_query(line), actions) for line, actions in written)


class Rules:
    """The rules of the configuration, over the open store."""

    def __init__(self, store: Store, settings: Callable[[], Config], clock: Callable[[], datetime]) -> None:
        self._store, self._settings, self._clock = store, settings, clock

    def all(self) -> tuple[Rule, ...]:
        """Return them in the order of the file."""
        return rules_of(self._settings())

    def test(self, newest: int) -> Iterator[Matched]:
        """Yield what each would be asked to do with the articles that are kept, muted ones included.

        Args:
            newest: how many articles are named, at most.
        """
        now = self._clock().astimezone(LOCAL)
        for rule in self.all():
            muted = And((rule.asked.where, _MUTED)) if rule.asked.where else _MUTED
            try:
                found = [self._store.ids(ArticleQuery(each), now) for each in (rule.asked.where, muted)]
            except QueryError as error:
                yield Matched(rule, 0, (), str(error))
                continue
            first = self._store.headlines([number for ids in found for number in ids[:newest]])
            first.sort(key=lambda each: (each.date, each.id), reverse=True)
            yield Matched(rule, sum(map(len, found)), tuple(first[:newest]))

    def noticed(self) -> list[Headline]:
        """Return the articles rules want the user told of since this was asked last, as they came in."""
        ruling = self._store.waiting.ruling
        numbers, ruling.noticed = ruling.noticed, []
        return self._store.headlines(numbers)

    # --- muted articles ----------------------------------------------------------------------

    def settled(self) -> bool:
        """Return whether the articles muted are those of the rules as they are now."""
        return self._store.readonly or self._store.muting.settled(self._muting())

    def settle(self) -> Iterator[int]:
        """Mute what is kept and matches a rule, and list again what none mutes any more.

        Yields:
            How many articles each batch had; what was yielded is on disk.
        """
        yield from self._store.muting.settle(self._muting(), self._clock().astimezone(LOCAL))

    def _muting(self) -> list[Rule]:
        return [each for each in self.all() if "mute" in each.actions]


def ruling(settings: Callable[[], Config], clock: Callable[[], datetime]) -> Ruling:
    """Return what the store asks about each article that comes in."""
    return Ruling(lambda: rules_of(settings()), lambda: clock().astimezone(LOCAL))
