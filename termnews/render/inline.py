"""Text in its manner: runs of spans with marks and link numbers, white space folded as HTML asks.

It must never know blocks.
"""

from __future__ import annotations

import re
from typing import Final

from termnews.render.document import Mark, Span

_WHITE: Final = re.compile(r"[ \t\r\n\f]+")
_SPACES: Final = re.compile(r"[ \t]+")
_BLANKS: Final = re.compile(r"\n{3,}")
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
        self.written = False
        """Whether there is text."""
        self._runs: list[tuple[tuple[Mark, ...], int | None, list[str]]] = []
        self._open: dict[Mark, int] = dict.fromkeys(MARKS, 0)
        self._marks: tuple[Mark, ...] = ()
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
            self._marks = tuple(mark for mark in MARKS if self._open[mark])
        else:
            return False
        return True

    def text(self, text: str) -> None:
        """Add text, its white space folded."""
        text = _WHITE.sub(" ", text)
        if self._raised or self._lowered:
            text = shifted(text, raised=self._raised)
        if text:
            self._add(text)

    def lines(self, text: str) -> None:
        """Add text whose line ends are line breaks."""
        self._add(text)

    def _add(self, text: str) -> None:
        if not self._runs or self._runs[-1][:2] != (self._marks, self.link):
            self._runs.append((self._marks, self.link, []))
        self._runs[-1][2].append(text)
        self.written = self.written or not text.isspace()

    def take(self) -> tuple[Span, ...]:
        """Return the spans trimmed, spaces at their seams single, and begin anew; may be empty.

        A blank line in a text (two line breaks or more) is two newlines.
        """
        runs, self._runs, self.written = self._runs, [], False
        taken: list[Span] = []
        before = "\n"
        for marks, link, parts in runs:
            text = _trimmed("".join(parts))
            if before in " \n":
                text = text.lstrip(" ") if taken else text.lstrip()
            if text:
                before = text[-1]
                taken.append(Span(text, marks, link))
        while taken and not (text := taken[-1].text.rstrip()):
            taken.pop()
        if taken:
            taken[-1] = Span(text, taken[-1].marks, taken[-1].link)
        return tuple(taken)

    def clear(self) -> None:
        """Close what tags opened: a new block begins with plain text, as unclosed tags are mistakes."""
        self._open = dict.fromkeys(MARKS, 0)
        self._marks = ()
        self._raised = self._lowered = False


def _trimmed(text: str) -> str:
    """Return the text with single spaces, none of them beside a line break, and at most one blank line."""
    text = _SPACES.sub(" ", text)
    return _BLANKS.sub("\n\n", text.replace(" \n", "\n").replace("\n ", "\n"))


def paragraphs(spans: tuple[Span, ...]) -> list[tuple[Span, ...]]:
    """Return the spans divided at blank lines: that is how many feeds set their paragraphs."""
    divided: list[list[Span]] = [[]]
    for span in spans:
        for at, text in enumerate(span.text.split("\n\n")):
            if at:
                divided.append([])
            if text:
                divided[-1].append(Span(text, span.marks, span.link))
    return [tuple(each) for each in divided if each]


_ORDINALS: Final = frozenset(("st", "nd", "rd", "th", "er", "ère", "ème"))


def shifted(text: str, *, raised: bool) -> str:
    """Return raised or lowered text: figures in Unicode, words behind ^ or _, ordinals as they are."""
    if raised and text.strip().lower() in _ORDINALS:
        return text
    shifted = text.translate(_RAISED if raised else _LOWERED)
    if not text.strip() or not (set(shifted) & set(text.strip())):
        return shifted
    return f"{'^' if raised else '_'}{text}"
