"""Choose a tag: one there is, with its counts, or a new one by typing its name.

It must never tag or filter: it is given counts and answers with a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widgets import Static

from termnews.models import Count
from termnews.models.queries import SIGNS
from termnews.ui.cells import cut, headline_text
from termnews.ui.chooser import Chooser, Parts, fits
from termnews.ui.geometry import Break
from termnews.wording import mark, tr

_FIGURES = mark("\tunread     all")
_TITLE = 40  # cells for the title of the article that is asked about


class TagList(Chooser[str]):
    """Answers with the name of the tag; an empty one stands for any."""

    PLACEHOLDER = mark("type to find a tag")

    def __init__(self, chosen: Sequence[str]) -> None:
        """Mark these tags, and show them alone until `take` brings the others."""
        super().__init__()
        self._chosen = chosen
        self._counts: Mapping[str, Count] | None = None
        self._shown: list[str] = []
        self._text = ""

    def on_mount(self) -> None:
        """Ask what is to be asked."""
        super().on_mount()
        self.query_one("#chooser-title", Static).update(Content(self.asks))
        self._tell()

    @property
    def asks(self) -> str:
        """What is asked, in the language spoken."""
        return tr("Show what has which tag?")

    def more(self, text: str) -> tuple[str, Parts] | None:
        """Return a row beside those of tags, given what is typed: its answer and its words."""
        return ("", ((f"     {tr('any tag')}", "dim"),)) if self._chosen and not text else None

    def take(self, counts: Mapping[str, Count]) -> None:
        """Show these tags with their counts; the cursor stays on its tag."""
        self._counts = counts  # which may be before there are rows to draw them
        if self.is_attached and self.is_mounted:
            self._draw(self._shown[self.rows.cursor] if self._shown else None)
            self._tell()

    def _tell(self) -> None:
        if self._counts is not None and not self._counts and not self._chosen:
            self.say(self.nothing)

    @property
    def nothing(self) -> str:
        """What is said where there are no tags."""
        return tr("No article has a tag yet: t gives it one, and rules do.")

    def narrow(self, text: str) -> None:
        """Show the tags with these words; the cursor goes to the one that is typed whole."""
        self._text, name = text, named(text)
        known = name in self._chosen or name in (self._counts or ())
        self._draw(name if known else None)

    def _draw(self, here: str | None) -> None:
        counts = self._counts or {}
        names = sorted({*counts, *self._chosen})
        self._shown = [name for name in names if fits(f"#{name}", self._text)]
        rows = [self._row(name) for name in self._shown]
        if (more := self.more(self._text)) is not None:
            self._shown.append(more[0])
            rows.append(more[1])
        cursor = self._shown.index(here) if here in self._shown else 0
        breaks = [Break(0, (tr(_FIGURES),))] if rows else []
        self.rows.show(rows, cursor=cursor, breaks=breaks)

    def _row(self, name: str) -> Parts:
        chosen = name in self._chosen
        if self._counts is None:
            figures = "…", "…"
        else:
            count = self._counts.get(name, Count())
            figures = f"{count.unread:,}", f"{count.total:,}"
        return (
            (f" {'[x]' if chosen else '[ ]'} #{headline_text(name)}", "mark" if chosen else "text"),
            (f"{figures[0]:>6}", "count"),
            (f"{figures[1]:>7}", "count"),
        )

    def answer(self, row: int) -> str:
        """Return the tag of the row."""
        return self._shown[row]


class TagPicker(TagList):
    """Answers with a tag to give to an article, or to take away from it: it has those that are marked."""

    PLACEHOLDER = mark("type to find a tag, or to name a new one")
    KEYS_LINE = mark("↑↓ move  Enter give or take away  Esc close")

    def __init__(self, title: str, chosen: Sequence[str]) -> None:
        """Ask about the article of this title, which has these tags."""
        super().__init__(chosen)
        self._title = cut(headline_text(title), _TITLE)

    @property
    def asks(self) -> str:
        """What is asked, in the language spoken."""
        return tr("Which tag for “{title}”?", title=self._title)

    @property
    def nothing(self) -> str:
        """What is said where there are no tags."""
        return tr("There are no tags yet: type a name and press Enter.")

    def more(self, text: str) -> tuple[str, Parts] | None:
        """Return the row of the new tag that is typed."""
        name = named(text)
        if not name or name in self._chosen or name in (self._counts or ()):
            return None
        return name, ((f" {tr('new tag')} ", "key"), (f"#{headline_text(name)}", "text"))


def named(text: str) -> str:
    """Return the tag that is meant by what is typed; may be empty."""
    return " ".join(text.replace('"', "").lower().split()).lstrip(SIGNS)
