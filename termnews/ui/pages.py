"""Rows of a long list, brought a page at a time; the pages used last are kept.

It must never ask for a row nobody looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Generic, TypeVar

PAGE: Final = 64
"""Rows brought at a time."""
_KEPT: Final = 32

Row = TypeVar("Row")


class Pages(Generic[Row]):
    """The pages of a list, brought by `load(start, stop)`."""

    def __init__(self, load: Callable[[int, int], Sequence[Row]]) -> None:
        """Start with none."""
        self._load = load
        self._pages: dict[int, Sequence[Row]] = {}

    def row(self, i: int, count: int) -> Row | None:
        """Return row `i` of `count`; None when it is gone."""
        start = i // PAGE * PAGE
        page = self._pages.pop(start, None)
        if page is None:
            page = self._load(start, min(start + PAGE, count))
        self._pages[start] = page  # last in the dict: the page used most recently
        if len(self._pages) > _KEPT:
            del self._pages[next(iter(self._pages))]
        return page[i - start] if 0 <= i - start < len(page) else None

    def kept(self) -> Iterator[Row]:
        """Go through the rows at hand."""
        for page in self._pages.values():
            yield from page

    def clear(self) -> None:
        """Forget all pages."""
        self._pages.clear()
