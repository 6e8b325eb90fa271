"""Ordinary HTML → the text between its tags, in one pass of one pattern; anything else is declined.

It must never guess: it answers only where the tokens of `termnews.render.tokens` say the same, which a
test holds it to. Comments, CDATA, scripts, a `<` that begins no tag or a tag that does not end are left
to them. The pattern looks at no character twice: every try ends at the next `<`.
"""

from __future__ import annotations

import re
from typing import Final

from termnews.render.tokens import UNSEEN, decode

_TAG: Final = re.compile(
    r"""<(/?[a-zA-Z][a-zA-Z0-9]*+(?:[:-][a-zA-Z0-9]++)*+)
    (?:(?=[\s/]) [^<>=]*+ (?:= (?:"[^<>"]*+" | '[^<>']*+' | (?![\s"'])) [^<>=]*+)*+ )?+>""",
    re.VERBOSE,
)
_PARAGRAPHS: Final = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "table",
    "ul",
    "ol",
    "dl",
    "figure",
]
_LINES: Final = [
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
_INLINE: Final = [
    "a",
    "abbr",
    "b",
    "cite",
    "code",
    "del",
    "em",
    "font",
    "i",
    "img",
    "ins",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
]
SEPARATORS: Final = dict.fromkeys(_PARAGRAPHS, "\n\n") | dict.fromkeys(_LINES, "\n") | {"td": " ", "th": " "}
"""What a tag puts between words, by its name in lower case; one that is not there puts nothing."""
_DECLINED: Final = "<"
"""Stands for a tag that only the tokens know to read."""


class _Separators(dict[str, str]):
    """What a tag puts between words, by its name as it stands in the text, with the slash of an end tag."""

    def __missing__(self, name: str) -> str:
        """Look a name up in lower case; what is written in a seldom way may be read in the slow one."""
        plain = name.removeprefix("/").lower()
        return _DECLINED if plain in UNSEEN or plain == "pre" else SEPARATORS.get(plain, "")


_BETWEEN: Final = _Separators(dict.fromkeys(_INLINE, "") | SEPARATORS)
_BETWEEN.update({f"/{name}": between for name, between in _BETWEEN.items()})


def spread(html: str) -> str | None:
    """Return the text of HTML with what its tags put between, unsanitised; None when it is not ordinary.

    White space is that of the text, but line breaks outside of `pre` are spaces.
    """
    pieces = _TAG.split(html)
    texts, names = pieces[::2], pieces[1::2]
    if len(names) != html.count("<"):
        return None
    between = [_BETWEEN[name] for name in names]
    if not names or _DECLINED in between:
        return None
    if "&" in html:
        texts = [decode(text) if "&" in text else text for text in texts]
    if "pre" in names:
        _flatten_outside(texts, names)
    else:
        texts = [one_line(text) for text in texts]
    pieces[::2], pieces[1::2] = texts, between
    return "".join(pieces)


def _flatten_outside(texts: list[str], names: list[str]) -> None:
    """Make one line of each text that stands outside of `pre`."""
    inside = 0
    for at, (text, name) in enumerate(zip(texts, [*names, ""], strict=True)):
        if not inside:
            texts[at] = one_line(text)
        if name == "pre":
            inside += 1
        elif name == "/pre" and inside:
            inside -= 1


def one_line(text: str) -> str:
    """Return text with a space for each line break of HTML."""
    return text if text.isprintable() else text.replace("\n", " ").replace("\r", " ").replace("\f", " ")
