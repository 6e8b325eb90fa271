"""Documents built to be slow, deep, big, or no feed at all."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Final

Make = Callable[[], bytes]
"""Makes one document."""


def rss(inner: str, before: str = "") -> bytes:
    """Return a feed with this inside of its channel."""
    return f"{before}<rss version='2.0'><channel><title>Bomb</title>{inner}</channel></rss>".encode()


def body(text: str) -> bytes:
    """Return a feed of one entry with this body, which holds no end of CDATA."""
    return rss(f"<item><title>t</title><description><![CDATA[{text}]]></description></item>")


def _many(piece: str, count: int) -> str:
    """Return the piece again and again; {0} is its number, {1} the one before it (none at first)."""
    return "".join(piece.format(number, number - 1 if number else "") for number in range(count))


def _laughs() -> bytes:
    levels = _many("<!ENTITY l{0} '" + "&l{1};" * 10 + "'>", 12)
    return rss("<item><title>&l11;</title></item>", f"<!DOCTYPE rss [<!ENTITY l 'lol'>{levels}]>")


def _quadratic() -> bytes:
    declared = f"<!DOCTYPE rss [<!ENTITY a '{'a' * 50_000}'>]>"
    return rss(f"<item><title>{'&a;' * 50_000}</title></item>", declared)


def _external() -> bytes:
    local = "<!ENTITY x SYSTEM 'file:///etc/passwd'>"
    declared = f"<!DOCTYPE rss [{local}<!ENTITY % p SYSTEM 'http://127.0.0.1:1/'> %p;]>"
    return rss("<item><title>see &x;</title></item>", declared)


def _json_feed(entries: object) -> bytes:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": entries}
    ).encode()


BOMBS: Final[tuple[tuple[str, Make], ...]] = (
    ("billion laughs", _laughs),
    ("quadratic entities", _quadratic),
    ("external entities", _external),
    ("5,000 entities", lambda: rss("", "<!DOCTYPE r [" + _many("<!ENTITY e{0} 'x'>", 5_000) + "]>")),
    ("author of 50 KB", lambda: rss(f"<item><title>t</title><author>{'a' * 50_000}</author></item>")),
    ("attributes", lambda: rss("<item" + _many(" a{0}='1'", 50_000) + "><title>t</title></item>")),
    ("unclosed anchors", lambda: body("<a" * 100_000)),
    ("unclosed cdata", lambda: body("<![CDATA[" * 50_000)),
    ("5,000 tags deep", lambda: body("<div>" * 5_000 + "deep")),
    ("5,000 quotes deep", lambda: body("<blockquote>" * 5_000 + "deep")),
    ("5,000 lists deep", lambda: body("<ul><li>" * 5_000 + "deep")),
    ("5,000 tables deep", lambda: body("<table><tr><td>" * 5_000 + "deep")),
    ("5,000 bold", lambda: body("<b><i>" * 5_000 + "deep")),
    ("elements 100,000 deep", lambda: rss("<item><title>t</title>" + "<a>" * 100_000)),
    ("prefixes", lambda: rss(_many("<p{0}:a xmlns:p{0}='u{0}'/>", 3_000))),
    ("undeclared prefixes", lambda: rss("<item><title>t</title></media:player><dc:x/></item>")),
    (
        "wide table",
        lambda: body("<table>" + ("<tr>" + "<td>x" * 300) * 100 + "<td colspan=99999999999>y</table>"),
    ),
    ("endless list number", lambda: body(f"<ol start={'9' * 5000}><li>x</ol>")),
    (
        "references",
        lambda: rss("<item><title>" + "&#99999999;&#x110000;&#0;&#27;&#xD800;" * 500 + "</title></item>"),
    ),
    ("comments", lambda: rss("<item><title>t</title></item>" + "<!--" * 20_000)),
    ("endings", lambda: rss("</item></channel></rss>" * 5_000 + "<item><title>late</title></item>")),
    ("title of a megabyte", lambda: rss(f"<item><title>{'word ' * 200_000}</title></item>")),
    (
        "link of a megabyte",
        lambda: rss(f"<item><title>t</title><link>https://a.example/{'x' * 1_000_000}</link></item>"),
    ),
    (
        "10,000 categories",
        lambda: rss("<item><title>t</title>" + _many("<category>{0}</category>", 10_000) + "</item>"),
    ),
    (
        "10,000 enclosures",
        lambda: rss(
            "<item><title>t</title>" + _many("<enclosure url='//a.example/{0}'/>", 10_000) + "</item>"
        ),
    ),
    ("json 100,000 deep", lambda: b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 100_000),
    (
        "json without sense",
        lambda: _json_feed([1, None, "x", [], {"id": []}, {"id": {"a": 1}}, {"id": True, "title": "t"}]),
    ),
    ("nulls", lambda: b"\x00" * 50_000 + rss("<item><title>t</title></item>")),
    (
        "surrogates",
        lambda: rss("<item><title>t</title></item>").replace(
            b"<title>t", b"<title>\xed\xa0\x80\xed\xb0\x80t"
        ),
    ),
)
"""Small ones: slow to read, or deep, or of the wrong shape."""

STRANGERS: Final[tuple[tuple[str, Make], ...]] = (
    ("nothing", lambda: b""),
    ("blanks", lambda: b" \r\n" * 1_000),
    ("a web page", lambda: b"<!doctype html><title>Log in</title><form action=/login><input name=password>"),
    ("a page of scripts", lambda: b"<html><script>" + b"<rss>" * 1_000),
    ("a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
    ("packed data", lambda: gzip.compress(b"<rss/>" * 1_000, mtime=0)),
    ("a database", lambda: b"SQLite format 3\0" + bytes(1_000)),
    ("all bytes", lambda: bytes(range(256)) * 40),
    ("a sitemap", lambda: b"<?xml version='1.0'?><urlset><url><loc>x</loc></url></urlset>"),
    ("subscriptions", lambda: b"<opml version='2.0'><body><outline xmlUrl='x'/></body></opml>"),
    ("an unknown root", lambda: b"<\x1b[31337m></x>"),
    ("a strange root", lambda: "<ж\u202e31337/>".encode()),
    ("json of something else", lambda: b'{"error": "\\u001b[31337m not found"}'),
    ("marks of byte order", lambda: b"\xef\xbb\xbf\xff\xfe\xfe\xff" + b"<rss/>"),
)
"""What is no feed."""

FLOODS: Final[tuple[tuple[str, Make], ...]] = (
    ("50,000 entries", lambda: rss(_many("<item><title>t{0}</title></item>", 50_000))),
    ("50,000 entries of json", lambda: _json_feed([{"id": str(n), "title": f"t{n}"} for n in range(50_000)])),
    ("entry of 8 MB", lambda: body("<p>" + "words and more words " * 400_000)),
)
"""Honest in kind, but big."""
