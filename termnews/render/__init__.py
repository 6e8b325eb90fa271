"""Article HTML → blocks, plain text and Markdown; blocks → lines of styled spans.

It must never fetch, draw or know a widget, and never trust its input: it is linear in time for any
HTML, and every text passes `sanitize` behind the last replacement of character references.
html2text stops here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termnews import lazy

if TYPE_CHECKING:
    from termnews.render.document import (
        Block,
        Code,
        Document,
        Figure,
        Heading,
        Link,
        ListEntry,
        Paragraph,
        Rule,
        Span,
        Table,
        pictured,
    )
    from termnews.render.markdown import to_markdown
    from termnews.render.texts import plain
    from termnews.render.wrapping import Line, gap, to_text, wrap

__all__ = [
    "Block",
    "Code",
    "Document",
    "Figure",
    "Heading",
    "Line",
    "Link",
    "ListEntry",
    "Paragraph",
    "Rule",
    "Span",
    "Table",
    "blocks",
    "gap",
    "pictured",
    "plain",
    "read_minutes",
    "to_markdown",
    "to_text",
    "wrap",
]

# A list has no blocks in it: they are imported with the first article.
__getattr__ = lazy.names(
    __name__,
    {
        "document": "Block Code Document Figure Heading Link ListEntry Paragraph Rule Span Table pictured",
        "markdown": "to_markdown",
        "texts": "plain",
        "wrapping": "Line gap to_text wrap",
    },
)

_WORDS_A_MINUTE = 220


def blocks(html: str, base_url: str = "") -> Document:
    """Return an article's body as blocks with numbered links.

    Args:
        html: HTML or plain text, unsanitised.
        base_url: where relative links start; empty: they lead nowhere.
    """
    from termnews.render.build import Builder

    return Builder(base_url).build(html)


def read_minutes(words: int) -> int:
    """Return the minutes a text of so many words takes to read, at least 1."""
    return max(1, round(words / _WORDS_A_MINUTE))
