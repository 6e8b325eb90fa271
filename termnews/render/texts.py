"""HTML → plain text for search, previews and JSON: fast, and safe on any input.

It must never need html2text or markdown-it: it runs on every entry that comes in.
"""

from __future__ import annotations

from termnews.render import ordinary
from termnews.render.tokens import decode, has_tags, tokens
from termnews.sanitize import clean_text


def plain(html: str) -> str:
    """Return the text of the HTML, sanitised.

    Paragraphs, headings, lists and tables are set off by a blank line, other blocks, list
    entries and line breaks begin a new line. Text without any tag keeps its lines.
    """
    text = decode(html) if "<" not in html else ordinary.spread(html)
    return _tidy(clean_text(_spread(html) if text is None else text))


def _spread(html: str) -> str:
    """Return the text of any HTML with what its tags put between, as `ordinary.spread` does."""
    parts: list[str] = []
    verbatim = not has_tags(html)
    preformatted = 0
    for kind, value, _ in tokens(html):
        if kind == "text":
            text = decode(value)
            parts.append(text if verbatim or preformatted else ordinary.one_line(text))
            continue
        if value == "pre":
            preformatted = max(0, preformatted + (1 if kind == "start" else -1))
        parts.append(ordinary.SEPARATORS.get(value, ""))
    return "".join(parts)


def _tidy(text: str) -> str:
    """Collapse runs of spaces, trim every line and leave at most one blank line."""
    text = text.replace("\t", " ")
    while "  " in text:  # a run is halved each time
        text = text.replace("  ", " ")
    lines = [line.strip() for line in text.split("\n")]
    return "\n".join(
        [line for line, above in zip(lines, ["", *lines], strict=False) if line or above]
    ).strip()
