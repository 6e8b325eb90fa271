"""Subscriptions ↔ OPML.

It must never follow what a file points to (entities, included lists, addresses), and never
write a password. docs/decisions.md says why files are read with expat and not with listparser.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from termnews.hosts import COMMANDS
from termnews.models import Subscription
from termnews.sanitize import clean_line, clean_url, strip_credentials

_MAX_DEPTH: Final = 8
"""Folders within folders that are kept apart; deeper ones belong to the eighth."""

_NAMESPACE: Final = "urn:termnews"
_FOLLOWED: Final = ("http", "https", "file")
_ENCODING: Final = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")
_TAG: Final = re.compile(r"<(/?[A-Za-z]+|[!?])")
_ATTRIBUTE: Final = re.compile(
    r"""(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|((?:(?!/?>)[^\s"'<>])+))"""
)
_NO_UTF8: Final = re.compile("[\udc80-\udcff]")


def read_opml(data: bytes) -> tuple[tuple[Subscription, ...], tuple[str, ...]]:
    """Read the feeds of an OPML file; broken and truncated files as far as possible.

    Args:
        data: the bytes of the file.

    Returns:
        The feeds in the file's order, none twice, and what could not be read, one sentence each.
        Region codes are as written in the file, unchecked.
    """
    outlines = _Outlines()
    problem = _read_strictly(data, outlines)
    if problem:
        outlines = _Outlines()
        for line, name, attributes in _tags(_decoded(data)):
            if attributes is None:
                outlines.end(name)
            else:
                outlines.start(name, attributes, line)
        outlines.problems.insert(0, problem)
    if not outlines.feeds:
        outlines.problems.append("the file names no feed; is it an OPML file?")
    return tuple(outlines.feeds.values()), tuple(outlines.problems)


def write_opml(subscriptions: Sequence[Subscription], title: str = "termnews") -> bytes:
    """Return the subscriptions as OPML 2.0: address, name, folder and region of each.

    Feeds of one folder stand together; "/" in a folder's name leads to a folder within it.
    Addresses are written without user name and password.
    """
    # Imported here, as in `_read_strictly`: neither face needs XML to start.
    from xml.etree import ElementTree

    root = ElementTree.Element("opml", {"version": "2.0", "xmlns:termnews": _NAMESPACE})
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = clean_line(title)
    folders: dict[tuple[str, ...], ElementTree.Element] = {(): ElementTree.SubElement(root, "body")}
    for each in subscriptions:
        path: tuple[str, ...] = ()
        for name in _path(each.folder):
            path = (*path, name)
            if path not in folders:
                folders[path] = ElementTree.SubElement(
                    folders[path[:-1]], "outline", {"text": name, "title": name}
                )
        ElementTree.SubElement(folders[path], "outline", _attributes(each))
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _attributes(subscription: Subscription) -> dict[str, str]:
    written = subscription.url
    # The words of a command are what it is; readers that run it need them apart.
    url = strip_credentials((clean_line if written.startswith(COMMANDS) else clean_url)(written))
    name = clean_line(subscription.name) or url
    attributes = {"text": name, "title": name, "type": "rss", "xmlUrl": url}
    if region := clean_line(subscription.region):
        attributes["termnews:region"] = region
    return attributes


def _path(folder: str) -> list[str]:
    """Return the folders a folder's name leads through."""
    names = [name for each in clean_line(folder).split("/") if (name := each.strip())]
    deepest = "/".join(names[_MAX_DEPTH - 1 :])
    return [*names[: _MAX_DEPTH - 1], *([deepest] if deepest else [])]


# --- reading -------------------------------------------------------------------------------


@dataclass(slots=True)
class _Outlines:
    """Gathers feeds from outlines as they open and close."""

    feeds: dict[str, Subscription] = field(default_factory=dict)
    """What was found, by address."""
    problems: list[str] = field(default_factory=list)
    """What could not be read, or comes otherwise than it was, one sentence each."""
    _open: list[str] = field(default_factory=list)
    """The folder names of the open outlines; empty for one that is no folder."""
    _empty: str = ""
    """What is to be said of the outline opened last if none stands in it; empty: nothing."""

    def start(self, tag: str, attributes: dict[str, str], line: int) -> None:
        """Take an opening tag of this line."""
        if tag.lower() != "outline":
            return
        self._empty = ""
        known = {name.lower(): value for name, value in attributes.items()}
        name = clean_line(known.get("text", "")) or clean_line(known.get("title", ""))
        kind = known.get("type", "").lower()
        url = known.get("xmlurl") or (known.get("url", "") if kind in ("rss", "atom") else "")
        self._open.append("" if url else name)
        if url:
            self._feed(url, name, known, line)
        elif other := (known.get("url") if kind in ("include", "link") else known.get("frss:opmlurl")):
            self.problems.append(
                f'line {line}: "{name}" names another file ({_shown(other)}); import that by itself.'
            )
        elif kind in ("rss", "atom") or known.get("htmlurl"):
            self._empty = f'line {line}: "{name}" names no address of its feed.'

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        if tag.lower() == "outline" and self._open:
            self._open.pop()
            if self._empty:
                self.problems.append(self._empty)
                self._empty = ""

    def _feed(self, url: str, name: str, known: dict[str, str], line: int) -> None:
        is_command, kind = url.startswith(COMMANDS), known.get("type", "")
        url = clean_line(url) if is_command else _address(clean_url(url))
        called = f'line {line}: "{name or _shown(url)}"'
        if not is_command and not _is_followed(url):
            self.problems.append(f"{called} has no address a feed can be fetched from: {_shown(url)}")
            return
        feed = Subscription(
            url=url,
            name="" if name == strip_credentials(url) else name,
            folder="/".join([each for each in self._open if each][:_MAX_DEPTH]),
            region=clean_line(_region(known)),
            paused=is_command or "+" in kind,
        )
        there = self.feeds.setdefault(url, feed)
        if there.folder != feed.folder:
            self.problems.append(
                f'{called} stands in the folder "{feed.folder}", too; a feed has one here: "{there.folder}".'
            )
        elif there is feed and is_command:
            self.problems.append(f"{called} is a command, which is never run; it comes in paused.")
        elif there is feed and feed.paused:  # FreshRSS: HTML+XPath, JSON+DotNotation
            self.problems.append(
                f"{called} is taken from a page by rules ({clean_line(kind)}) that stay behind; it is paused."
            )


def _region(known: dict[str, str]) -> str:
    """Return the region an outline declares: `region` in any namespace, or `termnewsRegion`."""
    named = (
        value for name, value in known.items() if name.rpartition(":")[2] in ("region", "termnewsregion")
    )
    return next(named, "")


def _address(url: str) -> str:
    """Return the address behind the feed: scheme some readers write (feed://x, feed:https://x)."""
    if url.lower().startswith("feed:"):
        rest = url[len("feed:") :]
        return f"http:{rest}" if rest.startswith("//") else rest
    return url


def _is_followed(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in _FOLLOWED and bool(parts.path if parts.scheme == "file" else parts.netloc)


def _shown(url: str) -> str:
    return strip_credentials(clean_url(url))[:100]


def _read_strictly(data: bytes, outlines: _Outlines) -> str:
    """Read the file as XML; return the problem that ended it, empty for none."""
    from xml.parsers import expat

    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, known: outlines.start(tag, known, parser.CurrentLineNumber)
    parser.EndElementHandler = outlines.end
    # Stopping at the first declared entity leaves nothing to expand.
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        where = f"line {error.lineno}: {expat.ErrorString(error.code)}"
        return f"the file is not well-formed XML ({where}); it was read as far as possible."
    except _EntityError:
        return "the file declares XML entities; they were left as they are."
    except (ValueError, LookupError) as error:
        return f"the file's encoding is not one of XML ({error}); it was read as far as possible."
    return ""


class _EntityError(Exception):
    """The file declares an entity."""


def _refuse(*_: object) -> None:
    raise _EntityError


def _decoded(data: bytes) -> str:
    """Return the text of a file expat could not finish; bytes that are not what it says are windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    declared = _ENCODING.match(data)
    try:
        return data.decode(declared[1].decode("ascii") if declared else "utf-8-sig")
    except (LookupError, ValueError):
        text = data.decode("utf-8-sig", "surrogateescape")
        return _NO_UTF8.sub(lambda found: bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _pieces(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, name and rest of what begins with "<"; an outline goes on while a quote is open in it."""
    before, *pieces = _TAG.split(text)
    line = 1 + before.count("\n")
    begun, parts, inside = 0, list[str](), False
    for tag, rest in zip(pieces[::2], pieces[1::2], strict=True):
        if inside and tag[0] not in "!?" and tag.lower().strip("/") != "outline":
            parts += "<", tag, rest
        else:
            if parts:
                yield begun, parts[0], "".join(parts[1:])
            begun, parts, inside = line, [tag, rest], False
        if parts[0].lower() == "outline":
            inside ^= rest.count('"') % 2 == 1
        line += rest.count("\n")
    if parts:
        yield begun, parts[0], "".join(parts[1:])


def _tags(text: str) -> Iterator[tuple[int, str, dict[str, str] | None]]:
    """Yield the tags of a file that is no XML: line, name and attributes, or None where it closes.

    Linear in the length of any text; what stands in comments is passed over.
    """
    comment = False
    for line, tag, rest in _pieces(text):
        if comment or (tag == "!" and rest.startswith("--")):
            comment = "-->" not in rest
        elif tag.startswith("/"):
            yield line, tag[1:], None
        else:
            found = ((each[1], each[2] or each[3] or each[4] or "") for each in _ATTRIBUTE.finditer(rest))
            yield line, tag, {name: html.unescape(value) for name, value in found}
            if rest.rpartition(">")[0].endswith("/"):
                yield line, tag, None
