"""How the words of an article look: roles and marks of its lines as styles of the theme, links as hyperlinks.

It must never hand the terminal an address that did not pass `hyperlink`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from rich.style import Style

from termnews.ui.hyperlink import hyperlink

if TYPE_CHECKING:
    from termnews.render import Link

ROLES: Final = (
    "kicker", "title", "meta", "rule", "text", "heading", "quote", "code", "link", "number", "bullet", "bar",
    "head", "figure", "lit", "named", "found", "here", "foot",
)  # fmt: skip
"""What has a look in the style sheet, as `article--ROLE`."""
NUMBER: Final = "article-link"
"""Key in the meta of a style under which the number of a link stands."""
_MARKS: Final = {"bold": Style(bold=True), "italic": Style(italic=True), "strike": Style(strike=True)}


class Looks:
    """The styles of one article under one theme."""

    def __init__(self, component: Callable[[str], Style]) -> None:
        """Take styles of the style sheet from `component`, by `article--ROLE`."""
        self._component = component
        self._links: dict[str, Link] = {}
        self._looks: dict[str, Style] = {}

    def take(self, links: Sequence[Link]) -> None:
        """Take the links of another article."""
        self._links = {f"@{each.number}": each for each in links}
        self._looks.clear()

    def clear(self) -> None:
        """Forget the looks of the old theme."""
        self._looks.clear()

    def look(self, style: str) -> Style:
        """Return the look of a role with the marks behind it."""
        look = self._looks.get(style)
        if look is None:
            role, *marks = style.split(" ")
            look = self._component(f"article--{role}")
            for mark in marks:
                look += self._mark(mark)
            self._looks[style] = look
        return look

    def _mark(self, mark: str) -> Style:
        if mark in _MARKS:
            return _MARKS[mark]
        if not mark.startswith("@"):
            return self._component(f"article--{mark}")
        if mark not in self._looks:
            # One style a link, since a terminal shows by its id what belongs together.
            link = self._links.get(mark)
            url = hyperlink(link.url) if link is not None else ""
            number = {NUMBER: link.number} if link is not None else None
            self._looks[mark] = Style(link=url or None, meta=number)
        return self._looks[mark]
