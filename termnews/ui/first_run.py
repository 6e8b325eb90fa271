"""The first screen of all: which places shall news come from. Everything likely is chosen already.

It must never follow a feed itself; it answers with what was decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType

from termnews import regions
from termnews.models import Subscription
from termnews.ui.cells import fit, headline_text
from termnews.ui.chooser import Chooser, fits
from termnews.wording import mark, trn

if TYPE_CHECKING:
    from termnews.library.elsewhere import Elsewhere

_NAME = 30


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on the first screen."""

    kind: Literal["feeds", "import", "newsboat", "demo"]
    """Follow starter feeds, import a file, take over from newsboat, or look at the sample news."""
    feeds: tuple[Subscription, ...] = ()
    """The starter feeds to follow; may be empty."""
    files: tuple[Path, ...] = ()
    """The files of newsboat to take over, in their order."""


class FirstRun(Chooser[Decision]):
    """Answers with a Decision; None: only feeds the user adds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "decide('import')", show=False, priority=True),
        Binding("ctrl+t", "decide('demo')", show=False, priority=True),
        Binding("ctrl+b", "take_over", show=False, priority=True),
    ]
    TITLE_LINE = mark(
        "Welcome to termnews. Which places do you want news from?\n"
        "Guessed from your time zone and language; nothing has left this computer."
    )
    KEYS_LINE = mark(
        "Space choose  Enter start reading  ctrl+o import a file  ctrl+t try the demo  Esc only my own feeds"
    )
    PLACEHOLDER = mark("type to find a place or a source")

    def __init__(
        self, starters: Sequence[Subscription], country: str, newsboat: Elsewhere | None = None
    ) -> None:
        """Offer the starter feeds by folder.

        Args:
            starters: the packaged feeds, each with folder and region.
            country: ISO 3166-1 code of where the user seems to be; may be empty.
            newsboat: what newsboat keeps on this computer; None: nothing was found.
        """
        super().__init__()
        self._newsboat = newsboat
        self._groups: dict[str, list[Subscription]] = {}
        for each in starters:
            self._groups.setdefault(each.folder, []).append(each)
        self._chosen = likely(self._groups, country)
        self._shown: list[str] = []

    def narrow(self, text: str) -> None:
        """Show the groups whose name or sources have these words."""
        self._shown = [
            name
            for name, feeds in self._groups.items()
            if not text or fits(f"{name} {' '.join(each.name for each in feeds)}", text)
        ]
        self._draw(0)

    @property
    def keys_line(self) -> str:
        """The keys that work here; where there is newsboat, the one that takes over from it first."""
        if self._newsboat is None:
            return super().keys_line
        offer = trn(
            "ctrl+b take over from newsboat ({n} feed)",
            "ctrl+b take over from newsboat ({n} feeds)",
            self._newsboat.feeds,
        )
        return f"{offer}\n{super().keys_line}"

    def action_take_over(self) -> None:
        """Answer with the files of newsboat."""
        if self._newsboat is not None:
            self.dismiss(Decision("newsboat", files=self._newsboat.files))

    def _draw(self, cursor: int) -> None:
        self.rows.show([self._row(name) for name in self._shown], cursor=cursor)
        count = sum(len(self._groups[name]) for name in self._chosen)
        self.say(f"{trn('{n} source chosen.', '{n} sources chosen.', count)}  {self.keys_line}")

    def _row(self, name: str) -> tuple[tuple[str, str], ...]:
        feeds = self._groups[name]
        chosen = name in self._chosen
        some = ", ".join(headline_text(each.name) for each in feeds[:3])
        return (
            (f" [{'x' if chosen else ' '}] {fit(headline_text(name), _NAME)} ", "mark" if chosen else "text"),
            (some, "dim"),
            (f"{len(feeds):>3}", "count"),
        )

    def takes_space(self) -> bool:
        """Always: no name has to be typed whole."""
        return True

    def add(self) -> None:
        """Choose the group under the cursor, or no longer."""
        if self._shown:
            cursor = self.rows.cursor
            self._chosen.symmetric_difference_update({self._shown[cursor]})
            self._draw(cursor)

    def action_decide(self, kind: Literal["import", "demo"]) -> None:
        """Answer with another way to begin."""
        self.dismiss(Decision(kind))

    def choose(self, row: int) -> None:
        """Answer with all that is chosen."""
        feeds = [each for name, members in self._groups.items() if name in self._chosen for each in members]
        self.dismiss(Decision("feeds", tuple(feeds)))


def likely(groups: dict[str, list[Subscription]], country: str) -> set[str]:
    """Return the groups somebody in this country probably wants: theirs, the region round it, the world."""
    wanted = {"001", country, *regions.ancestors(country)[:1]} if country else {"001"}
    names = {name: regions.find(name.rpartition("/")[2]) for name in groups}
    chosen = {name for name, code in names.items() if code in wanted}
    return chosen or set(list(groups)[:1])
