"""All that can be done or gone to, on one line: commands, views, feeds and regions, found as one types.

It must never act: it answers with what was chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.widgets import Input

from termnews import regions
from termnews.ui.cells import fit, headline_text
from termnews.ui.chooser import Chooser, Parts
from termnews.ui.commands.table import Command
from termnews.ui.geometry import Break
from termnews.ui.view import place_line
from termnews.wording import mark, spoken, tr

Kind = Literal["command", "view", "feed", "region", "filter"]

_HEADS: Final[Mapping[Kind, str]] = {
    "command": mark("COMMANDS"),
    "view": mark("VIEWS"),
    "feed": mark("FEEDS"),
    "region": mark("REGIONS"),
    "filter": mark("SEARCH"),
}
_NAME: Final = 30  # cells for the name of what is chosen, at most
_MOST_FEEDS: Final = 12
_MOST_REGIONS: Final = 6
_FEWEST_LETTERS: Final = 2  # of a region: one letter begins hundreds of names


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen."""

    kind: Kind
    """What it is."""
    value: str
    """Name of the command, search line of the view or search, name of the feed, code of the region."""
    name: str
    """What completing puts on the line."""
    help: str = ""
    """What it does, or where it is."""
    keys: str = ""
    """Keys that do the same."""
    ready: bool = True
    """Whether it can be done now."""


class Palette(Chooser[Choice]):
    """Answers with a Choice; a word such as `region` before the rest looks for nothing else."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", show=False, priority=True)]
    TITLE_LINE = mark("What do you want to do, or where do you want to go?")
    KEYS_LINE = mark("↑↓ move  Enter do it  Tab complete  Esc close")
    PLACEHOLDER = mark("mark all read · region Tajikistan · feed Asia-Plus · filter is:unread tariffs")

    def __init__(
        self, commands: Mapping[str, Command], ready: Collection[str], views: Mapping[str, str],
        feeds: Sequence[str],
    ) -> None:  # fmt: skip
        """Offer these.

        Args:
            commands: By name, with the keys in force.
            ready: Names of those that can be run now.
            views: Name → search line.
            feeds: Names of the feeds.
        """
        super().__init__()
        self._commands = [
            Choice("command", each.name, each.name, tr(each.help), each.keys_shown, each.name in ready)
            for each in commands.values()
        ]
        self._views = [Choice("view", line, headline_text(name), line) for name, line in views.items()]
        self._feeds = [Choice("feed", name, headline_text(name)) for name in feeds]
        self._shown: list[Choice] = []

    def narrow(self, text: str) -> None:
        """Show what fits the words typed, what can be done now first."""
        verb, _, rest = text.partition(" ")
        by_kind: dict[str, Callable[[str], list[Choice]]] = {
            "command": lambda words: ranked(self._commands, words),
            "view": lambda words: ranked(self._views, words),
            "feed": lambda words: ranked(self._feeds, words)[:_MOST_FEEDS],
            "region": _regions,
            "filter": lambda words: _filters(words),
        }
        if verb in by_kind and rest.strip():
            found = by_kind[verb](rest.strip())
        elif text:
            found = [each for look in by_kind.values() for each in look(text)]
        else:
            found = [*by_kind["command"](""), *by_kind["view"]("")]
        self._show(found)

    def _show(self, found: list[Choice]) -> None:
        self._shown = found
        breaks = []
        for at, each in enumerate(found):
            if not at or each.kind != found[at - 1].kind:
                head = tr(_HEADS[each.kind])
                breaks.append(Break(at, ("", head) if at else (head,)))
        wide = min(_NAME, max((cell_len(each.name) for each in found), default=0))
        self.rows.show([_row(each, wide) for each in found], breaks=breaks)

    def action_complete(self) -> None:
        """Put what the cursor is on upon the line."""
        if self._shown:
            chosen, line = self._shown[self.rows.cursor], self.query_one(Input)
            line.value = chosen.name if chosen.kind == "command" else f"{chosen.kind} {chosen.name}"
            line.cursor_position = len(line.value)

    def answer(self, row: int) -> Choice:
        """Return what a row stands for."""
        return self._shown[row]


def ranked(choices: Sequence[Choice], text: str) -> list[Choice]:
    """Return the choices that fit, the nearest first: whole words, beginnings, parts, letters in order."""
    typed = text.casefold()
    scored = [(score, at) for at, each in enumerate(choices) if (score := _distance(each, typed)) is not None]
    return [choices[at] for _, at in sorted(scored)]


def _distance(choice: Choice, typed: str) -> tuple[bool, int] | None:
    name, about = choice.name.casefold().replace("-", " "), choice.help.casefold()
    words = typed.replace("-", " ").split()
    if name == " ".join(words) or choice.keys.split(" ").count(typed):
        found = 0
    elif all(any(part.startswith(word) for part in name.split()) for word in words):
        found = 1
    elif all(any(part.startswith(word) for part in f"{name} {about}".split()) for word in words):
        found = 2
    elif all(word in f"{name} {about}" for word in words):
        found = 3
    elif _in_order("".join(words), name):
        found = 4
    else:
        return None
    return (not choice.ready, found)


def _in_order(letters: str, name: str) -> bool:
    """Tell whether letters stand in a name in this order: "mar" in "mark all read"."""
    rest = iter(name)
    return len(letters) > 1 and all(letter in rest for letter in letters)


def _regions(words: str) -> list[Choice]:
    if len(words) < _FEWEST_LETTERS:
        return []
    found = regions.search(words, spoken())[:_MOST_REGIONS]
    return [Choice("region", each.code, each.name, place_line(each.code)) for each in found]


def _filters(words: str) -> list[Choice]:
    return [Choice("filter", words, words, tr("Search everything for this"))]


def _row(choice: Choice, wide: int) -> Parts:
    look = "text" if choice.ready else "dim"
    return (
        (f" {fit(choice.name, wide)}  ", look),
        (choice.help, "dim"),
        (choice.keys if choice.ready else tr("not here"), "count"),
    )
