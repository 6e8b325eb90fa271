"""Hostile feeds of our own making: any number, always the same ones, every trap of them named.

`hostile(n)` is the n-th; the first ones are the traps one by one, later ones mix and damage them.
`good(n)` is a feed nothing is wrong with. Only tests and tools may use this.
"""

from __future__ import annotations

import html
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.hostile.bombs import BOMBS, FLOODS, STRANGERS
from tests.hostile.texts import DATES, ENCODINGS, IDS, LINKS, MARKUP, ODD, STEERING

GOOD_ENTRIES: Final = 3
"""Entries of a good feed."""
_XML_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ANCHOR: Final = "<p><a href='{0}'>click</a> <img src='{0}'> {0}</p>"
_FIELDS: Final = ("title", "link", "author", "category", "description", "guid", "comments")


@dataclass(frozen=True, slots=True)
class Hostile:
    """A document as a server would send it."""

    name: str
    """The traps in it."""
    body: bytes
    """The document; need not be a feed."""
    content_type: str = "application/rss+xml"
    """What the server says it is."""


Maker = Callable[[random.Random], Hostile]
"""Makes a document; what is left to chance comes from the generator."""
Writer = Callable[[tuple[str, ...], random.Random], bytes]
"""Writes texts into a document of one format."""


def good(number: int) -> bytes:
    """Return the n-th good feed; the titles of its entries begin with `Good story n.`."""
    entries = "".join(
        f"<item><guid isPermaLink='false'>g{number}-{at}</guid><title>Good story {number}.{at}</title>"
        f"<link>https://good.example/{number}/{at}</link><description>Rain in Khorog.</description></item>"
        for at in range(GOOD_ENTRIES)
    )
    return f"<rss version='2.0'><channel><title>Good {number}</title>{entries}</channel></rss>".encode()


def hostile(number: int) -> Hostile:
    """Return the n-th hostile document."""
    if number < len(TRAPS):
        name, make = TRAPS[number]
        return make(random.Random(name))
    chance = random.Random(number)
    name, make = chance.choice(TRAPS[: len(TRAPS) - len(FLOODS)])
    made = make(chance)
    return Hostile(f"damaged {made.name}", _damaged(made.body, chance), made.content_type)


def _damaged(body: bytes, chance: random.Random) -> bytes:
    """Cut, double and overwrite parts of a document."""
    for _ in range(chance.randrange(5)):
        start = chance.randrange(len(body) + 1)
        end = min(len(body), start + chance.randrange(60))
        piece = chance.choice(
            (b"", body[start:end] * 2, chance.randbytes(4), b"<item>", b"]]>", b"<!--", b"&#27;")
        )
        body = body[:start] + piece + body[end:]
    return body[: chance.randrange(len(body) + 1)] if chance.random() < 0.15 else body


# --- feeds out of texts ---------------------------------------------------------------------


def _carried(text: str, chance: random.Random) -> str:
    """Return a text in one of the disguises it can travel in inside XML."""
    match chance.randrange(5):
        case 0:
            return text.translate(_XML_TEXT)
        case 1:
            return f"<![CDATA[{text}]]>"
        case 2:
            return "".join(f"&#{ord(each)};" for each in text)
        case 3:
            return html.escape("".join(f"&#x{ord(each):x};" for each in text))
        case _:
            return html.escape(html.escape(text))


def _rss(texts: tuple[str, ...], chance: random.Random) -> bytes:
    """Return a feed that has one of the texts in every field."""
    entries = []
    for at in range(chance.randrange(1, 6)):
        fields = "".join(f"<{field}>{_carried(chance.choice(texts), chance)}</{field}>" for field in _FIELDS)
        files = f"<enclosure url='{html.escape(chance.choice(texts))}' type='a/b' length='-1'/>"
        entries.append(f"<item><pubDate>{chance.choice(DATES)}</pubDate>{fields}{files}<x>{at}</x></item>")
    head = (
        f"<title>{_carried(chance.choice(texts), chance)}</title><language>{chance.choice(texts)}</language>"
    )
    return _bytes(f"<rss version='2.0'><channel>{head}{''.join(entries)}</channel></rss>")


def _atom(texts: tuple[str, ...], chance: random.Random) -> bytes:
    """Return an Atom feed of the texts, in all three types of text."""
    entries = "".join(
        f"<entry><id>{_carried(chance.choice(IDS), chance)}</id>"
        f"<title type='{kind}'>{_carried(chance.choice(texts), chance)}</title>"
        f"<link href='{html.escape(chance.choice(LINKS))}'/><updated>{chance.choice(DATES)}</updated>"
        f"<author><name>{_carried(chance.choice(texts), chance)}</name></author>"
        f"<content type='{kind}' xml:base='{html.escape(chance.choice(LINKS))}'>"
        f"{_carried(chance.choice(texts), chance)}</content></entry>"
        for kind in ("text", "html", "xhtml", "application/x-31337")
    )
    return _bytes(f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Atom</title>{entries}</feed>")


def _json(texts: tuple[str, ...], chance: random.Random) -> bytes:
    """Return a JSON Feed whose fields have all types but the right one."""
    wrong: tuple[object, ...] = (None, True, -1, 1e300, [], {}, [[[]]], {"id": {}}, 10**400, *texts)
    names = (
        "id",
        "url",
        "title",
        "content_html",
        "content_text",
        "date_published",
        "authors",
        "tags",
        "attachments",
    )
    entries = [{name: chance.choice(wrong) for name in names} for _ in range(6)]
    entries += [
        {"id": chance.choice(IDS), "title": each, "content_html": each, "url": chance.choice(LINKS)}
        for each in texts
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": chance.choice(texts), "items": entries}
    return json.dumps(feed).encode()


def _linked(chance: random.Random) -> bytes:
    """Return a feed that has every bad address as link, permalink, enclosure and in its text."""
    entries = "".join(
        f"<item><title>link {at}</title><link>{html.escape(link)}</link><guid isPermaLink='true'>"
        f"{html.escape(link)}</guid><enclosure url='{html.escape(link)}'/>"
        f"<description>{html.escape(_ANCHOR.format(html.escape(link)))}</description></item>"
        for at, link in enumerate(chance.sample(LINKS, len(LINKS)))
    )
    return _bytes(f"<rss version='2.0'><channel><title>Links</title>{entries}</channel></rss>")


def _dated(chance: random.Random) -> bytes:
    """Return a feed of impossible dates and identities."""
    entries = "".join(
        f"<item><guid>{_carried(chance.choice(IDS), chance)}</guid><title>day {at}</title>"
        f"<pubDate>{date}</pubDate><dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>{date}</dc:date></item>"
        for at, date in enumerate(DATES)
    )
    return _bytes(f"<rss version='2.0'><channel><title>Days</title>{entries}</channel></rss>")


def _encoded(name: str) -> Maker:
    """Return what makes a feed that claims an encoding, rightly or not."""

    def make(chance: random.Random) -> Hostile:
        text = (
            f"<?xml version='1.0' encoding='{name}'?><rss version='2.0'><channel><title>Ж\\x1b[{name}</title>"
        )
        text += "<item><title>+ABs-[31337m \\x1b[31337m Привет</title></item></channel></rss>"
        real = chance.choice(("utf-8", "utf-16", "cp1251", "utf-16-be", "koi8-r", "shift_jis"))
        return Hostile(
            f"encoding {name[:20]}", text.encode(real, "replace"), f"text/xml; charset={name[:20]}"
        )

    return make


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _maker(name: str, make: Callable[[random.Random], bytes], kind: str) -> Maker:
    return lambda chance: Hostile(name, make(chance), kind)


def _fixed(name: str, make: Callable[[], bytes], kind: str) -> Maker:
    return lambda _: Hostile(name, make(), kind)


def _written(name: str, write: Writer, texts: tuple[str, ...], kind: str) -> Maker:
    return lambda chance: Hostile(name, write(texts, chance), kind)


def _texts(name: str, texts: tuple[str, ...]) -> list[tuple[str, Maker]]:
    """Return the traps that carry a family of texts in each format."""
    formats: tuple[tuple[str, Writer, str], ...] = (
        ("rss", _rss, "application/rss+xml"),
        ("atom", _atom, "application/atom+xml"),
        ("json", _json, "application/feed+json"),
    )
    return [
        (f"{name} in {form}", _written(f"{name} in {form}", write, texts, kind))
        for form, write, kind in formats
    ]


TRAPS: Final[tuple[tuple[str, Maker], ...]] = (
    *_texts("steering", STEERING),
    *_texts("markup", MARKUP),
    *_texts("odd letters", ODD),
    ("links", _maker("links", _linked, "text/xml")),
    ("dates and ids", _maker("dates and ids", _dated, "text/xml")),
    *((f"encoding {name}", _encoded(name)) for name in ENCODINGS),
    *((name, _fixed(name, make, "text/html")) for name, make in STRANGERS),
    *((name, _fixed(name, make, "text/xml")) for name, make in (*BOMBS, *FLOODS)),
)
"""Every trap by its name; the floods, which are big, stand last."""
