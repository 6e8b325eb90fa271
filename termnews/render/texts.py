"""HTML → plain text for search, previews and JSON: fast, and safe on any input.

It must never need html2text or markdown-it: it runs on every entry that comes in.
"""

from __future__ import annotations

import re

from termnews.render.tokens import decode, has_tags, tokens
from termnews.sanitize import clean_text

_PARAGRAPHS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "ul", "ol", "dl", "figure"]
)
_LINES = frozenset(
    [
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "address",
        "figcaption",
        "details",
        "summary",
        "fieldset",
        "form",
        "center",
        "li",
        "dt",
        "dd",
        "tr",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "hr",
        "br",
        "body",
        "html",
        "option",
        "legend",
        "video",
        "audio",
    ]
)
# A single space stays what it is, and most white space is that: it is not even looked at.
_SPACES = re.compile(r"[ \t]{2,}|\t")
_WHITE = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
_BLANKS = re.compile(r"\n{3,}")


def plain(html: str) -> str:
    """Return the text of the HTML, sanitised.

    Paragraphs, headings, lists and tables are set off by a blank line, other blocks, list
    entries and line breaks begin a new line. Text without any tag keeps its lines.
    """
    parts: list[str] = []
    verbatim = not has_tags(html)
    preformatted = 0
    for kind, value, _ in tokens(html):
        if kind == "text":
            text = decode(value)
            parts.append(text if verbatim or preformatted else _WHITE.sub(" ", text))
            continue
        if value == "pre":
            preformatted = max(0, preformatted + (1 if kind == "start" else -1))
        if value in _PARAGRAPHS:
            parts.append("\n\n")
        elif value in _LINES:
            parts.append("\n")
        elif value in ("td", "th"):
            parts.append(" ")
    return _tidy(clean_text("".join(parts)))


def _tidy(text: str) -> str:
    """Collapse runs of spaces, trim every line and leave at most one blank line."""
    lines = [line.strip() for line in _SPACES.sub(" ", text).split("\n")]
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip()
