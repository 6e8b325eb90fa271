"""Mend and bound XML text before feedparser sees it; every step is linear in the text.

It mends what would throw the strict XML reader off, and refuses or cuts the shapes known to
hold feedparser for seconds. The real guard against hostile documents is the worker's limits.
"""

from __future__ import annotations

import html
import re
import sys
from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from termnews.errors import ParseError
from termnews.parse.dates import read_date
from termnews.parse.drafts import MAX_ENTRIES
from termnews.parse.kinds import not_a_feed

MAX_ENTITIES = 300
"""Entity declarations; XHTML's own table has 253. feedparser takes 11 s for 5,000."""
MAX_ATTRIBUTES = 500
"""Attributes of one element; feedparser takes 41 s for 50,000."""
MAX_DEPTH = 5_000
"""Elements within elements; feedparser takes 8 s for 200,000."""
MAX_PREFIXES = 300
"""Namespace prefixes; feedparser takes 6 s for 10,000."""
MAX_LABELS = 200
"""Categories read of one entry, before most of them are dropped; feedparser takes 12 s for 20,000."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
REFERENCE = re.compile(r"&#(?:([0-9]+)|[xX]([0-9a-fA-F]+));")
"""A numeric reference: its digits, decimal or hexadecimal."""
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([a-zA-Z][a-zA-Z0-9]{1,30});")  # those XML has not
_LONGEST_REFERENCE = 12  # digits: leading zeros are allowed, thousands of them are a joke
_BIG_TAG = re.compile(r"<[a-zA-Z][^<>]{4000,}")
_ATTRIBUTE = re.compile(r"=\s*[\"']")
_DECLARATION = re.compile(r"\s*<\?xml\b[^<>]*>", re.IGNORECASE)
# feedparser looks for a mail address in these with a pattern that is quadratic: 37 s for 50 KB.
_LONG_PERSON = re.compile(
    r"(<(?:[\w.-]{1,40}:)?(?:author|creator|contributor|managingeditor|webmaster|publisher|owner|name|email)"
    r"\b[^<>]{0,300}>(?:<!\[CDATA\[)?[^<]{500})[^<\]]+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"<((?:[\w.-]{1,40}:)?(?:category|subject))\b[^<>]*(?:/>|>(?:<!\[CDATA\[[^\]<]*\]\]>|[^<])*</\1\s*>)",
    re.IGNORECASE,
)
_NO_ELEMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_ANY_TAG = re.compile(r"<(/?)(?:[\w.-]{1,40}:)?([^\W\d][\w.-]{0,40})[^<>]*")
_PREFIX = re.compile(r"\sxmlns:([^\s=<>]{1,100})")
_OPEN = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_CLOSE = re.compile(r"</(?:[\w.-]{1,40}:)?(?:item|entry)\s*>", re.IGNORECASE)
_DATE = re.compile(
    r"<(?:pubdate|updated|published|issued|[\w.-]{1,40}:date)\b[^<>]*>([^<]{4,80})<", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """XML text ready for feedparser."""

    text: str
    """The document with no declaration, mended and bounded."""
    broken_off: bool
    """Whether it ends inside an entry."""
    notes: tuple[str, ...]
    """What was left out, one sentence each."""


def prepare(text: str, url: str) -> Prepared:
    """Mend and bound the text of an XML feed.

    Raises:
        ParseError: it has a shape no feed has and that takes minutes to read.
    """
    text = without_declaration(text)
    text = REFERENCE.sub(_legal_reference, _FORBIDDEN.sub("", text))
    _refuse_traps(text, url)
    if "<!ENTITY" not in text:
        text = named_to_characters(text)
    text, notes = _bounded(fewer_labels(_LONG_PERSON.sub(r"\1", text)))
    return Prepared(text, ends_inside_entry(text), notes)


def without_declaration(text: str) -> str:
    """Return the text without its XML declaration, which tells an encoding it no longer has."""
    return _DECLARATION.sub("", text, count=1)


def _legal_reference(found: re.Match[str]) -> str:
    """Keep a numeric reference unless XML has no such character."""
    return found[0] if is_character(*((found[1], 10) if found[1] else (found[2], 16))) else ""


def is_character(digits: str, base: int) -> bool:
    """Return whether XML 1.0, section 2.2, has the character of a numeric reference."""
    number = int(digits, base) if len(digits) <= _LONGEST_REFERENCE else 0
    legal = number in (9, 10, 13) or 0x20 <= number <= sys.maxunicode
    return legal and not _FORBIDDEN.match(chr(number))


def named_to_characters(text: str) -> str:
    """Return the text with the characters that HTML names stand for, but those that are markup.

    Feeds use &nbsp; and &laquo; without declaring them, which ends the strict XML reader.
    """
    return _NAMED.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    """Return the character an HTML name stands for, unless it is markup."""
    return _character_of(found[0])


@lru_cache(maxsize=512)
def _character_of(reference: str) -> str:
    """As `_character`, for the same few hundred names."""
    character = html.unescape(reference)
    return reference if character[:1] in "&<>\"'" else character


def _refuse_traps(text: str, url: str) -> None:
    """Raise for documents built to be slow."""
    if text.count("<!ENTITY") > MAX_ENTITIES:
        raise _trap(url, f"more than {MAX_ENTITIES} entity declarations")
    for tag in _BIG_TAG.finditer(text):
        if len(_ATTRIBUTE.findall(tag[0])) > MAX_ATTRIBUTES:
            raise _trap(url, f"an element with more than {MAX_ATTRIBUTES} attributes")
    if text.count("xmlns:") > MAX_PREFIXES and len(set(_PREFIX.findall(text))) > MAX_PREFIXES:
        raise _trap(url, f"more than {MAX_PREFIXES} namespaces")
    if _is_deep(text):
        raise _trap(url, f"more than {MAX_DEPTH} elements within each other")


def _is_deep(text: str) -> bool:
    """Return whether elements stand too deep within each other.

    What is not closed counts as open until its entry ends: tag soup is no trap.
    """
    if text.count("<") - 2 * text.count("</") <= MAX_DEPTH:
        return False  # a document that closes what it opens costs two counts
    depth = 0
    for tag in _ANY_TAG.finditer(_NO_ELEMENT.sub("", text)):
        if tag[1]:
            depth = 0 if tag[2].lower() in ("item", "entry") else max(0, depth - 1)
        elif not tag[0].endswith("/"):
            depth += 1
            if depth > MAX_DEPTH:
                return True
    return False


def fewer_labels(text: str) -> str:
    """Return the text with the first `MAX_LABELS` categories of each entry."""
    if text.count("</") <= MAX_LABELS and text.count("/>") <= MAX_LABELS:
        return text
    starts = [found.start() for found in _OPEN.finditer(text)]
    counted: Counter[int] = Counter()

    def kept(found: re.Match[str]) -> str:
        entry = bisect(starts, found.start())
        counted[entry] += 1
        return found[0] if counted[entry] <= MAX_LABELS else ""

    return _LABEL.sub(kept, text)


def _trap(url: str, what: str) -> ParseError:
    """Return the error for a document that is built to be slow."""
    return not_a_feed(url, f"a document with {what}", "ask its publisher to mend it or remove the feed")


def _bounded(text: str) -> tuple[str, tuple[str, ...]]:
    """Cut a flood of entries to the newest `MAX_ENTRIES`, before they cost time."""
    starts = [found.start() for found in _OPEN.finditer(text)]
    if len(starts) <= MAX_ENTRIES:
        return text, ()
    tail = max((found.end() for found in _CLOSE.finditer(text, starts[-1])), default=len(text))
    ends = [*starts[1:], tail]
    first, last = text[starts[0] : ends[0]], text[starts[-1] : ends[-1]]
    kept = slice(-MAX_ENTRIES, None) if _date(last) > _date(first) else slice(MAX_ENTRIES)
    body = text[starts[kept][0] : ends[kept][-1]]
    which = "last" if kept.start else "first"
    note = f"{len(starts)} entries; the {which} {MAX_ENTRIES} were read, the others left out."
    return text[: starts[0]] + body + text[tail:], (note,)


def _date(entry: str) -> float:
    """Return the time an entry's text names, in seconds; 0 when it names none."""
    found = _DATE.search(entry)
    moment = read_date(found[1]) if found else None
    return moment.timestamp() if moment else 0.0


def ends_inside_entry(text: str) -> bool:
    """Whether the last entry that begins does not end."""
    last = max((found.start() for found in _OPEN.finditer(text)), default=-1)
    return last >= 0 and _CLOSE.search(text, last) is None
