"""A whole article as `show` prints it, exports hold it and commands get it: text, Markdown, a line of JSON.

It must never print, nor choose between what the feed says and the full text: `as_if_fed` is for who wants
the latter.
"""

from __future__ import annotations

from dataclasses import replace

from termnews import output, render
from termnews.models import Article

WIDTH = 72
"""Characters a line of text has, unless another number is wanted."""


def as_if_fed(article: Article) -> Article:
    """Return the article as if its feed had said what its full text says, where that is kept."""
    page = article.full
    if page is None:
        return article
    return replace(
        article, full=None, entry=replace(article.entry, content=page.html, base=page.base, text=page.text)
    )


def text(article: Article, width: int = WIDTH) -> str:
    """Return the article as plain text with its links below, lines of so many characters."""
    document = render.blocks(article.entry.html, article.entry.start)
    return output.article_text(article, render.to_text(document, width), width)


def markdown(article: Article) -> str:
    """Return the article as Markdown under a head."""
    return output.article_markdown(article, render.to_markdown(article.entry.html, article.entry.start))


def json_line(article: Article) -> str:
    """Return the article as its JSON line."""
    entry = article.entry
    summary = render.plain(entry.summary) if entry.summary else ""
    return output.article_json(article, entry.text, summary, len(entry.text.split()))
