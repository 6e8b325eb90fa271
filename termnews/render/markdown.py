"""Article HTML → Markdown for pipes; html2text stops here.

It must never hand html2text the HTML as it came: on unclosed tags and quotes that takes minutes.
What it gets is written anew from our own tokens, well-formed and bounded.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

from termnews.render.build import MAX_HTML
from termnews.render.tokens import attributes, decode, tokens
from termnews.sanitize import clean_text, clean_url

_KEPT: Final = {"a": ("href", "title"), "img": ("src", "alt", "title"), "ol": ("start",)}
_EMPTY: Final = frozenset(["br", "hr", "img"])
_TAGS: Final = frozenset(
    [
        "a",
        "img",
        "ol",
        "ul",
        "li",
        "p",
        "br",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "b",
        "strong",
        "i",
        "em",
        "code",
        "pre",
        "blockquote",
        "table",
        "tr",
        "td",
        "th",
        "del",
        "s",
        "dl",
        "dt",
        "dd",
    ]
)
_MAX_OPEN: Final = 60  # html2text keeps a stack; deeper nesting adds nothing a reader sees
_APART: Final = frozenset(
    ["div", "section", "article", "figure", "figcaption", "summary", "details", "header", "footer"]
)
_BLANKS: Final = re.compile(r"\n{3,}")


def to_markdown(html: str, base_url: str = "") -> str:
    """Return the article as Markdown, links absolute where `base_url` says from where; sanitised."""
    import html2text

    converter = html2text.HTML2Text(baseurl=base_url, bodywidth=0)
    converter.unicode_snob = True
    converter.ul_item_mark = "-"
    return _BLANKS.sub("\n\n", clean_text(converter.handle(_written_anew(html[:MAX_HTML])))).strip() + "\n"


def _written_anew(html: str) -> str:
    """Return the same article as HTML whose tags are few, closed and in order."""
    if "<" not in html:
        return "".join(f"<p>{escape(each)}</p>" for each in re.split(r"\n\s*\n", decode(html)))
    written: list[str] = []
    opened: list[str] = []
    for token in tokens(html):
        name = token.value
        if token.kind == "text":
            written.append(escape(decode(name)))
        elif name in _APART:
            written.append("<p>" if token.kind == "start" else "</p>")
        elif name not in _TAGS:
            continue
        elif token.kind == "start" and (name in _EMPTY or len(opened) < _MAX_OPEN):
            said = attributes(token) if name in _KEPT else {}
            kept = "".join(
                f' {each}="{escape(clean_url(said[each]) if each in ("href", "src") else said[each])}"'
                for each in _KEPT.get(name, ())
                if said.get(each)
            )
            written.append(f"<{name}{kept}>")
            if name not in _EMPTY:
                opened.append(name)
        elif token.kind == "end" and name in opened:
            while (last := opened.pop()) != name:
                written.append(f"</{last}>")
            written.append(f"</{name}>")
    return "".join((*written, *(f"</{each}>" for each in reversed(opened))))
