"""Text in its manner: runs of spans with marks and link numbers, white space folded as HTML asks.

It must never know blocks.
"""

from __future__ import annotations

import re
from typing import Final

from termnews.render.document import Mark, Span

_WHITE: Final = re.compile(r"[ \t\r\n\f]+")
_TAGS: Final[dict[str, Mark]] = {
    **dict.fromkeys(("b", "strong", "th", "dt", "summary"), "bold"),
    **dict.fromkeys(("i", "em", "cite", "var", "dfn", "address"), "italic"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("s", "del", "strike"), "strike"),
}
MARKS: Final[tuple[Mark, ...]] = ("bold", "italic", "code", "strike")
_RAISED: Final = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED: Final = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_QUOTED: Final = {"start": "“", "end": "”"}


class Inline:
    """Gathers spans; tags switch the manner of the text behind them."""

    def __init__(self) -> None:
        self.link: int | None = None
        """Number of the link the text stands in."""
        self._spans: list[Span] = []
        self._open: dict[Mark, int] = dict.fromkeys(MARKS, 0)
        self._raised = self._lowered = False

    def tag(self, name: str, start: bool) -> bool:
        """Switch what this tag switches; return whether it is one of ours."""
        if name in ("sup", "sub"):
            self._raised, self._lowered = start and name == "sup", start and name == "sub"
        elif name == "q":
            self.text(_QUOTED["start" if start else "end"])
        elif name == "br":
            self._add("\n")
        elif name in _TAGS:
            mark = _TAGS[name]
            # Tags nobody closed must not set off the rest of the article twice over.
            self._open[mark] = max(0, self._open[mark] + (1 if start else -1))
        else:
            return False
        return True

    def text(self, text: str) -> None:
        """Add text, its white space folded."""
        text = _WHITE.sub(" ", text)
        if self._raised or self._lowered:
            text = _shifted(text, raised=self._raised)
        if text:
            self._add(text)

    def lines(self, text: str) -> None:
        """Add text whose line ends are line breaks."""
        self._add(text)

    def _add(self, text: str) -> None:
        marks = tuple(mark for mark in MARKS if self._open[mark])
        if self._spans and (self._spans[-1].marks, self._spans[-1].link) == (marks, self.link):
            text = self._spans.pop().text + text
        self._spans.append(Span(text, marks, self.link))

    @property
    def written(self) -> bool:
        """Whether there is text."""
        return any(span.text.strip() for span in self._spans)

    def take(self) -> tuple[Span, ...]:
        """Return the spans trimmed, spaces at their seams single, and begin anew; may be empty."""
        spans, self._spans = self._spans, []
        taken: list[Span] = []
        before = "\n"
        for span in spans:
            text = re.sub(r" *\n *", "\n", span.text)
            if before in " \n":
                text = text.lstrip(" ") if taken else text.lstrip()
            if text:
                before = text[-1]
                taken.append(Span(text, span.marks, span.link))
        while taken and not (text := taken[-1].text.rstrip()):
            taken.pop()
        if taken:
            taken[-1] = Span(text, taken[-1].marks, taken[-1].link)
        return tuple(taken)

    def clear(self) -> None:
        """Close what tags opened: a new block begins with plain text, as unclosed tags are mistakes."""
        self._open = dict.fromkeys(MARKS, 0)
        self._raised = self._lowered = False


def _shifted(text: str, *, raised: bool) -> str:
    """Return raised or lowered text: figures as Unicode has them, words behind ^ or _."""
    shifted = text.translate(_RAISED if raised else _LOWERED)
    if not text.strip() or not (set(shifted) & set(text.strip())):
        return shifted
    return f"{'^' if raised else '_'}{text}"
