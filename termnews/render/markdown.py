"""Article HTML → Markdown for pipes; html2text stops here.

It must never hand html2text the HTML as it came: on unclosed tags and quotes that takes minutes.
What it gets is written anew from our own tokens, well-formed and bounded, and without anything it
is known to mistreat: words half in bold, raised figures, embedded pages and the marks of Markdown
that stand in the text itself.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

from termnews.render.build import MAX_HTML
from termnews.render.inline import shifted
from termnews.render.links import resolved
from termnews.render.tables import layout_tables
from termnews.render.tokens import Token, attributes, counts_readers, decode, has_tags, tokens
from termnews.sanitize import clean_line, clean_text

# Marks travel through html2text as private characters of plane 16, which it takes for letters:
# `_TEXT` and `_CODE` plus the character's number stand for one in the text or in code, the others
# begin and end bold, italic and struck text. Such characters are dropped from the text first.
_PRIVATE: Final = re.compile("[\U00100000-\U0010ffff]")
_TEXT: Final = 0x10F000
_CODE: Final = 0x10F100
_MARKS: Final = "\\`*_[]<>#|~&"
_IN_TEXT: Final = {ord(mark): _TEXT + ord(mark) for mark in _MARKS}
_IN_CODE: Final = {ord(mark): _CODE + ord(mark) for mark in _MARKS}
_EMPHASIS: Final = {
    **dict.fromkeys(("b", "strong"), ("\U0010f200", "\U0010f201", "**")),
    **dict.fromkeys(("i", "em", "cite"), ("\U0010f202", "\U0010f203", "*")),
    **dict.fromkeys(("del", "s", "strike"), ("\U0010f204", "\U0010f205", "~~")),
}
_SIGNS: Final = {mark: (begin, end) for begin, end, mark in _EMPHASIS.values()}
_EMPTY_EMPHASIS: Final = re.compile(
    "[\U0010f200\U0010f202\U0010f204]( ?)[\U0010f201\U0010f203\U0010f205]",
)
_BAR_IN_CELL: Final = "\U0010f206"
_OPEN_SPACE: Final = re.compile(" ?([\U0010f200\U0010f202\U0010f204]) ")
_SPACE_CLOSE: Final = re.compile(" ([\U0010f201\U0010f203\U0010f205]) ?")
_AT_START: Final = re.compile("(?m)^([> ]*)([" + "".join(chr(_TEXT + ord(mark)) for mark in "#>") + "])")
_WITHIN_WORD: Final = re.compile(rf"(?<=\w){chr(_TEXT + ord('_'))}(?=\w)")
_SPACE_AT_END: Final = re.compile(r"(?m)(?<! ) $|^ +$")
_BLANKS: Final = re.compile(r"\n{3,}")

_EMPTY: Final = frozenset(["br", "hr", "img"])
_INLINE: Final = frozenset(["a", "code", "kbd", "samp", "tt", "br", "img"])
_TAGS: Final = _INLINE | {
    "ol", "ul", "li", "p", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote",
    "table", "tr", "td", "th",
}  # fmt: skip
_SAME: Final = {"kbd": "code", "samp": "code", "tt": "code"}
_APART: Final = frozenset({
    "div", "section", "article", "figure", "figcaption", "summary", "details", "header", "footer",
    "dl", "dt", "dd", "caption",
})  # fmt: skip
_MEDIA: Final = {"video": "Video", "audio": "Audio", "iframe": "Embedded page", "embed": "Embedded page"}
_ENDS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "li": (frozenset(["li"]), frozenset(["ul", "ol"])),
    "tr": (frozenset(["tr"]), frozenset(["table"])),
    "td": (frozenset(["td", "th"]), frozenset(["tr", "table"])),
    "th": (frozenset(["td", "th"]), frozenset(["tr", "table"])),
    "p": (frozenset(["p"]), frozenset(["li", "td", "th", "blockquote"])),
    "a": (frozenset(["a"]), frozenset(["p", "li", "td", "th"])),
}
"""What a start tag ends without an end tag, and how far up it looks for that."""
_MAX_OPEN: Final = 60  # html2text keeps a stack; deeper nesting adds nothing a reader sees


def to_markdown(html: str, base_url: str = "") -> str:
    """Return the article as Markdown, links absolute where `base_url` says from where; sanitised."""
    import html2text

    converter = html2text.HTML2Text(bodywidth=0)
    converter.unicode_snob = True
    converter.ul_item_mark = "-"
    written = _Writer(base_url).write(html[:MAX_HTML])
    text = _with_marks(clean_text(converter.handle(written)))
    return _BLANKS.sub("\n\n", _SPACE_AT_END.sub("", text)).strip() + "\n"


def _with_marks(text: str) -> str:
    """Return Markdown with every private character put back as what it stands for."""
    text = _EMPTY_EMPHASIS.sub(r"\1", text)
    text = _SPACE_CLOSE.sub(r"\1 ", _OPEN_SPACE.sub(r" \1", text))
    text = _WITHIN_WORD.sub("_", text)
    text = _AT_START.sub(lambda found: f"{found[1]}\\{chr(ord(found[2]) - _TEXT)}", text)
    plain = {_TEXT + ord(mark): mark if mark in "#>~&|" else f"\\{mark}" for mark in _MARKS}
    code = {_CODE + ord(mark): mark for mark in _MARKS}
    emphasis = {ord(sign): mark for begin, end, mark in _EMPHASIS.values() for sign in (begin, end)}
    return _PRIVATE.sub("", text.translate({**plain, **code, **emphasis, ord(_BAR_IN_CELL): "\\|"}))


class _Writer:
    """Writes an article anew as HTML whose tags are few, closed and in order."""

    def __init__(self, base_url: str) -> None:
        self._base = base_url
        self._written: list[str] = []
        self._opened: list[str] = []
        self._emphasis: list[str] = []
        self._shift = ""
        self._awaited = ""  # what a film or recording whose address stands in a <source> is called
        self._layout = 0

    def write(self, html: str) -> str:
        """Return the HTML."""
        if not has_tags(html):
            paragraphs = re.split(r"\n[ \t]*\n", decode(html))
            return "".join(
                f"<p>{escape(_shielded(each)).replace(chr(10), '<br>')}</p>" for each in paragraphs
            )
        article = list(tokens(html))
        layout = layout_tables(article)
        for at, token in enumerate(article):
            if token.kind == "text":
                self._text(decode(token.value))
            elif token.value in ("table", "tr", "td", "th") and self._lays_out(token, at in layout):
                self._start(Token("start", "p"))
            elif token.value in _EMPHASIS:
                self._switch(token)
            elif token.kind == "start":
                self._start(token)
            else:
                self._end(token.value)
        self._end_emphasis()
        self._end_down_to(0)
        return "".join(self._written)

    def _text(self, text: str) -> None:
        if self._shift and text.strip():
            text = shifted(text, raised=self._shift == "sup")
        in_code = "code" in self._opened or "pre" in self._opened
        text = _shielded(text, _IN_CODE if in_code else _IN_TEXT)
        if "table" in self._opened:
            text = text.replace(chr((_CODE if in_code else _TEXT) + ord("|")), _BAR_IN_CELL)
        self._written.append(escape(text))

    def _switch(self, token: Token) -> None:
        """Begin or end emphasis; Markdown knows none in code, and none twice."""
        begin, end, mark = _EMPHASIS[token.value]
        if token.kind == "start" and mark not in self._emphasis and "pre" not in self._opened:
            self._emphasis.append(mark)
            self._written.append(begin)
        elif token.kind == "end" and mark in self._emphasis:
            at = self._emphasis.index(mark)
            within = self._emphasis[at + 1 :]
            self._written += [_SIGNS[each][1] for each in reversed(within)]
            self._written += [end, *(_SIGNS[each][0] for each in within)]
            self._emphasis[at:] = within

    def _end_emphasis(self) -> None:
        while self._emphasis:
            self._written.append(_SIGNS[self._emphasis.pop()][1])

    def _lays_out(self, token: Token, is_layout: bool) -> bool:
        """Return whether the tag belongs to a table that only lays out a page."""
        if token.value != "table":
            return self._layout > 0 and "table" not in self._opened
        if token.kind == "start" and is_layout:
            self._layout += 1
        elif token.kind == "end" and self._layout and "table" not in self._opened:
            self._layout -= 1
            return True
        return is_layout

    def _start(self, token: Token) -> None:
        name = _SAME.get(token.value, token.value)
        if name in ("sup", "sub"):
            self._shift = name
        elif name in _MEDIA or name == "source":
            self._media(token)
        elif name == "br" and "table" in self._opened:
            self._written.append(" ")
        elif name == "img" and counts_readers(attributes(token)):
            return
        elif name in _APART:
            self._start(Token("start", "p"))
        elif name in _TAGS and (name in _EMPTY or len(self._opened) < _MAX_OPEN):
            if name not in _INLINE:
                self._end_emphasis()
            self._end_siblings(name)
            if name == "li" and not {"ul", "ol"} & set(self._opened):
                self._start(Token("start", "ul"))
            elif name not in _INLINE and name not in ("li", "ul", "ol") and self._opened[-1:] == ["ul"]:
                self._end("ul")
            kept = "".join(f' {each}="{escape(value)}"' for each, value in self._kept(token).items())
            self._written.append(f"<{name}{kept}>")
            if name not in _EMPTY:
                self._opened.append(name)

    def _end(self, name: str) -> None:
        name = "p" if name in _APART else _SAME.get(name, name)
        if name == self._shift:
            self._shift = ""
        if name in self._opened:
            if name not in _INLINE:
                self._end_emphasis()
            self._end_down_to(len(self._opened) - 1 - self._opened[::-1].index(name))

    def _end_siblings(self, name: str) -> None:
        """End what the start of this tag ends by itself, as many pages leave the end tags out."""
        ended, bounds = _ENDS.get(name, (frozenset[str](), frozenset[str]()))
        for at in range(len(self._opened) - 1, -1, -1):
            if self._opened[at] in ended:
                self._end_down_to(at)
                return
            if self._opened[at] in bounds:
                return

    def _end_down_to(self, count: int) -> None:
        while len(self._opened) > count:
            self._written.append(f"</{self._opened.pop()}>")

    def _kept(self, token: Token) -> dict[str, str]:
        """Return the attributes that matter."""
        if token.value not in ("a", "img", "ol"):
            return {}
        said = attributes(token)
        if token.value == "a":
            kept = {"href": resolved(self._base, said.get("href", ""))}
        elif token.value == "img":
            kept = {"src": resolved(self._base, said.get("src", "")), "alt": clean_line(said.get("alt", ""))}
        else:
            start = said.get("start", "")
            kept = {"start": start if start.isdecimal() and len(start) < 6 else None}
        return {each: _PRIVATE.sub("", value) for each, value in kept.items() if value}

    def _media(self, token: Token) -> None:
        word = _MEDIA.get(token.value, self._awaited)
        address = resolved(self._base, attributes(token).get("src", ""))
        self._awaited = "" if address else word
        if address and word:
            self._end_emphasis()
            self._written.append(f'<p><a href="{escape(_PRIVATE.sub("", address))}">{word}</a></p>')


def _shielded(text: str, marks: dict[int, int] = _IN_TEXT) -> str:
    return _PRIVATE.sub("", clean_text(text)).translate(marks)
