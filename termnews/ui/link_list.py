"""The links of an article, by number; Enter opens one.

It must never open anything itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from termnews.render import Link
from termnews.ui.cells import headline_text
from termnews.ui.chooser import Chooser, fits
from termnews.wording import mark


class LinkList(Chooser[Link]):
    """Answers with the link to open."""

    TITLE_LINE = mark("Links of this article")
    KEYS_LINE = mark("↑↓ move  Enter open in the browser  Esc close")
    PLACEHOLDER = mark("type a number or words")

    def __init__(self, links: Sequence[Link]) -> None:
        """Show these links."""
        super().__init__()
        self._links = links
        self._shown: list[Link] = []

    def narrow(self, text: str) -> None:
        """Show the links with this number or these words."""
        self._shown = [
            each
            for each in self._links
            if not text or text == str(each.number) or fits(f"{each.text} {each.url}", text)
        ]
        self.rows.show(
            [
                (
                    (f" {each.number:>3} ", "key"),
                    (f"{headline_text(each.text)}  ", "text"),
                    (headline_text(each.url), "dim"),
                )
                for each in self._shown
            ]
        )

    def answer(self, row: int) -> Link:
        """Return the link."""
        return self._shown[row]
