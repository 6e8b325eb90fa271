"""The peek: four rows of the article under the cursor, where there is no room beside the list.

It must never scroll or wrap more than it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from termnews.render import read_minutes
from termnews.ui.cells import cut, headline_text, wrap
from termnews.wording import tr

if TYPE_CHECKING:
    from termnews.models import Article

ROWS: Final = 4
"""Rows of the peek, the first of them for place, author and length."""
_SEPARATOR: Final = " · "
_BEGINNING: Final = 2000  # characters: more than three rows of any screen hold


class Peek(Widget):
    """The beginning of an article."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"peek--place", "peek--meta", "peek--text"}

    def __init__(self, *, id: str) -> None:
        """Start empty."""
        super().__init__(id=id)
        self._place, self._facts, self._text = "", "", ""

    def show(self, article: Article | None, place: str = "") -> None:
        """Show the beginning of an article; None empties the peek."""
        if article is None:
            self._place, self._facts, self._text = "", "", ""
        else:
            text = (article.full or article.entry).text
            facts = (
                headline_text(article.entry.author or article.feed.name),
                tr("{n} min", n=read_minutes(len(text.split()))),
                tr("full text") if article.full else "",
            )
            self._place, self._facts = place.upper(), _SEPARATOR.join(filter(None, facts))
            title = headline_text(article.entry.title)
            # Pages begin with the title, which stands on the row above already.
            self._text = headline_text(text[:_BEGINNING]).removeprefix(title).lstrip()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        width = self.size.width
        if y == 0:
            place = [Segment(f" {self._place}", self.get_component_rich_style("peek--place", partial=True))]
            joint = _SEPARATOR if self._place and self._facts else " "
            facts = cut(joint + self._facts, width - sum(each.cell_length for each in place) - 1)
            segments = [*place, Segment(facts, self.get_component_rich_style("peek--meta", partial=True))]
        else:
            rows = wrap(self._text, max(1, width - 3), ROWS - 1)
            text = f" {rows[y - 1]}" if y <= len(rows) else ""
            segments = [Segment(text, self.get_component_rich_style("peek--text", partial=True))]
        return Strip(segments).adjust_cell_length(width).apply_style(self.rich_style)
