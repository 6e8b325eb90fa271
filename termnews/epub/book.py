"""The book as a file: chapters as they come, the package and the contents at its end.

The container is that of EPUB 3.2 (OCF: `mimetype` first, stored, without extra fields). It must never read
what it wrote, and never keep a chapter once it is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from types import TracebackType
from typing import BinaryIO, Final
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from termnews.epub import words
from termnews.epub.chapter import HEAD, XHTML, chapter, is_right_to_left, title_of
from termnews.models import Article
from termnews.models.pictures import MOST
from termnews.output.texts import utc
from termnews.render import Document

_PAGE: Final = "application/xhtml+xml"
_XML: Final = '<?xml version="1.0" encoding="utf-8"?>\n'
_CONTAINER: Final = (
    f'{_XML}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>\n"
)
_STYLE: Final = """\
body { line-height: 1.4; }
h1 { font-size: 1.4em; line-height: 1.2; }
h2, h3, h4, h5, h6 { font-size: 1.1em; }
.source { font-size: 0.85em; margin: 0 0 0.2em 0; text-indent: 0; }
blockquote { margin: 0.8em 1.5em; }
pre { white-space: pre-wrap; font-size: 0.85em; }
table { border-collapse: collapse; font-size: 0.9em; }
th, td { border: 1px solid; padding: 0.2em 0.4em; vertical-align: top; }
.right { text-align: right; }
.center { text-align: center; }
figure { margin: 0.8em 0; font-style: italic; }
img { max-width: 100%; height: auto; }
nav ol { list-style-type: none; }
"""
_MOST_LANGUAGES: Final = 40
_JPEG: Final = b"\xff\xd8\xff", b"\xff\xd9"
"""How a whole file begins and ends."""
_OLDEST: Final = (1980, 1, 1, 0, 0, 0)  # what a ZIP file can say


@dataclass(frozen=True, slots=True)
class _Entry:
    """A chapter in the contents."""

    group: str
    title: str
    rtl: bool


class Book:
    """A book being written; closing it makes it whole."""

    def __init__(
        self,
        target: BinaryIO,
        title: str,
        made: datetime,
        picture: Callable[[str], bytes | None] = lambda _: None,
    ) -> None:
        """Begin a book.

        Args:
            target: where it is written, from its beginning to its end.
            title: its title.
            made: the moment it is dated, aware.
            picture: returns the picture of an address as a JPEG; None: it is not to be had.
        """
        self._title = words.named(title, "termnews")
        self._made = made.astimezone(UTC)
        self._entries: list[_Entry] = []
        self._languages: dict[str, None] = {}
        self._picture = picture
        self._pictures: dict[bytes, int] = {}  # digest of the file → its number
        self._digest = hashlib.sha256(f"{self._title}\n{utc(self._made)}\n".encode())
        self._zip = ZipFile(target, "w", ZIP_DEFLATED)
        self._add("mimetype", ["application/epub+zip"], ZIP_STORED)
        self._add("META-INF/container.xml", [_CONTAINER])
        self._add("EPUB/style.css", [_STYLE])

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            with suppress(OSError):  # the file is of no use, and may be on a full disk
                self._zip.close()

    def add(self, article: Article, document: Document, group: str) -> None:
        """Add an article as the next chapter.

        Args:
            article: the article.
            document: its body.
            group: the heading it stands under in the contents; those of one group follow each other.
        """
        asked = count()
        data = chapter(article, document, lambda url: self._place(url) if next(asked) < MOST else "")
        self._digest.update(hashlib.sha256(data).digest())
        rtl = is_right_to_left(article)
        self._entries.append(_Entry(words.named(group, "(no name)"), title_of(article), rtl))
        tag = words.language(article.entry.lang).lower()
        if tag and len(self._languages) < _MOST_LANGUAGES:
            self._languages.setdefault(tag)
        self._zip.writestr(self._info(f"EPUB/{_name(len(self._entries))}", ZIP_DEFLATED), data)

    def _place(self, url: str) -> str:
        """Put a picture into the book; return where it is, seen from a chapter, empty where there is none."""
        body = self._picture(url)
        if body is None or not (body.startswith(_JPEG[0]) and body.endswith(_JPEG[1])):
            return ""
        digest = hashlib.sha256(body).digest()
        if digest not in self._pictures:
            self._pictures[digest] = len(self._pictures) + 1
            self._digest.update(digest)
            self._zip.writestr(self._info(f"EPUB/{_picture_name(self._pictures[digest])}", ZIP_STORED), body)
        return f"../{_picture_name(self._pictures[digest])}"

    def close(self) -> None:
        """Write contents and package; nothing can be added afterwards."""
        self._add("EPUB/nav.xhtml", self._nav())
        self._add("EPUB/package.opf", self._package())
        self._zip.close()

    def _add(self, name: str, parts: Iterable[str], how: int = ZIP_DEFLATED) -> None:
        with self._zip.open(self._info(name, how), "w") as file:
            for part in parts:
                file.write(part.encode())

    def _info(self, name: str, how: int) -> ZipInfo:
        info = ZipInfo(name, max(_OLDEST, self._made.timetuple()[:6]))
        info.compress_type = how
        info.create_system, info.external_attr = 3, 0o644 << 16  # the same on every machine
        return info

    # --- what is written at the end --------------------------------------------------------

    def _nav(self) -> Iterator[str]:
        """Yield the contents: a group leads to its first chapter, and its chapters stand below it."""
        lang, title = quoteattr(self._language), escape(self._title)
        yield (
            f'{HEAD}<html xmlns="{XHTML}" xmlns:epub="http://www.idpf.org/2007/ops" '
            f"xml:lang={lang} lang={lang}><head><title>{title}</title>"
            f'<link rel="stylesheet" type="text/css" href="style.css"/></head>\n<body><h1>{title}</h1>\n'
            '<nav epub:type="toc" id="toc"><ol>\n'
        )
        before, ends = "", ""
        for number, each in enumerate(self._entries, 1):
            if each.group != before:
                before = each.group
                yield f'{ends}<li><a href="{_name(number)}">{escape(before)}</a><ol>\n'
                ends = "</ol></li>\n"
            turned = ' dir="rtl"' if each.rtl else ""
            yield f'<li{turned}><a href="{_name(number)}">{escape(each.title)}</a></li>\n'
        yield f"{ends}</ol></nav></body></html>\n"

    def _package(self) -> Iterator[str]:
        """Yield the package document: what the book is, its files, and their order."""
        languages = "".join(f"<dc:language>{escape(each)}</dc:language>\n" for each in self._all_languages)
        moment = utc(self._made)
        yield (
            f'{_XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
            f'xml:lang={quoteattr(self._language)}>\n<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
            f'<dc:identifier id="id">{self._identifier}</dc:identifier>\n'
            f"<dc:title>{escape(self._title)}</dc:title>\n{languages}<dc:creator>termnews</dc:creator>\n"
            f'<dc:date>{moment}</dc:date>\n<meta property="dcterms:modified">{moment}</meta>\n</metadata>\n'
            '<manifest>\n<item id="style" href="style.css" media-type="text/css"/>\n'
            f'<item id="nav" href="nav.xhtml" media-type="{_PAGE}" properties="nav"/>\n'
        )
        numbers = range(1, len(self._entries) + 1)
        for each in numbers:
            yield f'<item id="c{each}" href="{_name(each)}" media-type="{_PAGE}"/>\n'
        for each in self._pictures.values():
            yield f'<item id="p{each}" href="{_picture_name(each)}" media-type="image/jpeg"/>\n'
        turned = 2 * sum(each.rtl for each in self._entries) > len(self._entries)
        yield f"</manifest>\n<spine{' page-progression-direction=' + quoteattr('rtl') if turned else ''}>\n"
        yield '<itemref idref="nav"/>\n'
        for each in numbers:
            yield f'<itemref idref="c{each}"/>\n'
        yield "</spine>\n</package>\n"

    @property
    def _all_languages(self) -> list[str]:
        return sorted(self._languages) or [words.UNDETERMINED]

    @property
    def _language(self) -> str:
        """The language of the first article that names one."""
        return next(iter(self._languages), words.UNDETERMINED)

    @property
    def _identifier(self) -> str:
        """A UUID (version 8, RFC 9562) of all that the book holds and its date."""
        value = bytearray(self._digest.digest()[:16])
        value[6], value[8] = 0x80 | value[6] & 0x0F, 0x80 | value[8] & 0x3F
        return f"urn:uuid:{UUID(bytes=bytes(value))}"


def _name(number: int) -> str:
    return f"chapters/{number:06}.xhtml"


def _picture_name(number: int) -> str:
    return f"pictures/{number:06}.jpg"
