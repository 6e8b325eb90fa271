"""A book of articles opens in any reader, whatever stood in the feeds."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
from PIL import Image

from termnews.epub import Book
from termnews.epub.words import href, language, right_to_left
from termnews.models import Article, Enclosure, Feed, Place, Subscription
from termnews.render import blocks
from tests.builders import make_entry
from tests.conftest import NOW

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
HTML = "{http://www.w3.org/1999/xhtml}"
JUNK = "\x00\x01\x0b\x1b]0;evil\x07]]>--><script>&#0;&#xFFFE;\ud800\uffff\u202e'\">"
HOSTILE = (
    f"{JUNK}<ul><li>a<ol start=7><li>b</ol><blockquote>{JUNK}"
    "<table><tr><th>x<td align=right>y<tr><td>z</table>"
    f"<script>alert(1)</script><svg/onload=x><h1 onclick=x>{JUNK}</h1><pre>{JUNK}</pre><p><b><i>c</b></i>"
    "<a href='javascript:x'>d</a><a href='http://-x.example/'>e</a><a href='https://h.example/a b|%zz'>f</a>"
    "<iframe src='https://v.example/'></iframe><img src=x onerror=y alt='<&'>"
)


def article(number: int = 1, feed: str = "Pamir Post", **fields: object) -> Article:
    """Return an article of a feed of that name."""
    source = Feed(1, Subscription("https://pamir.example/feed", name=feed))
    return Article(number, source, make_entry(number, **fields), places=(Place("TJ-GB", "about"),))


HOSTILE_ARTICLES = (
    article(
        1, content=HOSTILE, title=JUNK, author=JUNK, lang="<en>", link="https://h.example/\u202eё?<&'\">"
    ),
    article(2, content="", text="", title="\ufeff \xa0", lang="", link="javascript:x", published=None),
    article(3, feed=JUNK, title="&lt;b>", lang="en-x", enclosures=(Enclosure("https://a..b/x"),)),
)
MANY_TONGUES = (
    article(1, title="Tariffs rise", content="<h2>Why</h2><p>Because <a href='/x'>so</a>.</p><hr>"),
    article(2, title="Снег в Хороге", content="<p>Дороги закрыты.</p>", text="Дороги", lang="ru"),
    article(3, feed="Садо", title="Барф дар Хоруғ", content="<p>Роҳҳо</p>", text="Роҳҳо", lang="tg-cyrl"),
    article(4, feed="Sado", title="برف در بدخشان", content="<p>راه‌ها بسته شد</p>", text="راه", lang="fa"),
)


def jpeg(shade: int = 0) -> bytes:
    """Return a picture as they are kept."""
    target = io.BytesIO()
    Image.new("RGB", (60, 50), (shade, 0, 0)).save(target, "JPEG")
    return target.getvalue()


def book(
    articles: Sequence[Article],
    title: str = "News",
    made: datetime = NOW,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """Return a book of these articles, grouped by feed, with these pictures by address."""
    target = io.BytesIO()
    with Book(target, title, made, pictures.get) as made_book:
        for each in articles:
            made_book.add(each, blocks(each.entry.content, each.entry.link), each.feed.name)
    return target.getvalue()


def parts(data: bytes) -> dict[str, ElementTree.Element]:
    """Return the XML documents of a book by their names; it fails where one is not well formed."""
    with ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        names = [each for each in file.namelist() if each.endswith(("xml", "xhtml", "opf"))]
        return {name: ElementTree.fromstring(file.read(name)) for name in names}


def body(html: str) -> str:
    """Return what a chapter has behind its head, as XHTML without its namespace."""
    page = parts(book([article(content=html)]))["EPUB/chapters/000001.xhtml"]
    text = ElementTree.tostring(page, encoding="unicode").replace("html:", "")
    return text.rpartition("</a></p>")[2].removesuffix("</body></html>")


@pytest.mark.parametrize("articles", [MANY_TONGUES, HOSTILE_ARTICLES], ids=["tongues", "hostile"])
def test_the_container_names_each_file_once_and_in_order(articles: Sequence[Article]) -> None:
    data = book(articles, JUNK)
    with ZipFile(io.BytesIO(data)) as file:
        first = file.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
        assert data[30:58] == b"mimetypeapplication/epub+zip"
        held = set(file.namelist()) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    package = parts(data)["EPUB/package.opf"]
    listed = {each.get("id"): f"EPUB/{each.get('href')}" for each in package.iter(f"{OPF}item")}
    assert set(listed.values()) == held
    spine = [listed[each.get("idref")] for each in package.iter(f"{OPF}itemref")]
    assert spine == ["EPUB/nav.xhtml", *sorted(each for each in held if "chapters" in each)]
    modified = [(each.get("property"), each.text) for each in package.iter(f"{OPF}meta")]
    assert modified == [("dcterms:modified", f"{NOW:%Y-%m-%dT%H:%M:%SZ}")]
    assert all((each.text or "").strip() for each in package.iter() if each.tag.startswith(DC))
    assert package.get("unique-identifier") == package.find(f".//{DC}identifier").get("id")  # type: ignore[union-attr]


def test_the_contents_are_grouped_and_follow_the_chapters() -> None:
    nav = parts(book(MANY_TONGUES))["EPUB/nav.xhtml"]
    groups = nav.findall(f".//{HTML}nav/{HTML}ol/{HTML}li")
    assert [each[0].text for each in groups] == ["Pamir Post", "Садо", "Sado"]
    below = [[link.text for link in each[1].iter(f"{HTML}a")] for each in groups]
    assert below == [["Tariffs rise", "Снег в Хороге"], ["Барф дар Хоруғ"], ["برف در بدخشان"]]
    targets = [each.get("href") for each in nav.iter(f"{HTML}a")]
    assert targets == sorted(targets, key=str)
    assert all("".join(each.itertext()).strip() for each in nav.iter(f"{HTML}a"))


def test_languages_and_directions_are_said() -> None:
    found = parts(book(MANY_TONGUES))
    package = found["EPUB/package.opf"]
    assert [each.text for each in package.iter(f"{DC}language")] == ["en", "fa", "ru", "tg-cyrl"]
    turned = {name: page.get("dir") for name, page in found.items() if "chapters" in name}
    assert list(turned.values()) == [None, None, None, "rtl"]
    assert found["EPUB/chapters/000003.xhtml"].get("lang") == "tg-cyrl"
    assert package.find(f"{OPF}spine").get("page-progression-direction") is None  # type: ignore[union-attr]
    alone = parts(book(MANY_TONGUES[3:]))["EPUB/package.opf"]
    assert alone.find(f"{OPF}spine").get("page-progression-direction") == "rtl"  # type: ignore[union-attr]


def test_equal_articles_and_clock_make_equal_bytes_and_others_another_book() -> None:
    once = book(MANY_TONGUES)
    assert book(MANY_TONGUES) == once
    names = {
        parts(each)["EPUB/package.opf"].findtext(f".//{DC}identifier")
        for each in (once, book(MANY_TONGUES[1:]), book(MANY_TONGUES, made=datetime(1971, 1, 1, tzinfo=UTC)))
    }
    assert len(names) == 3


def test_nothing_of_a_feed_gets_into_a_book_but_text_and_addresses() -> None:
    body = "h1 h2 h3 h4 h5 h6 p a br hr em strong code s pre ul ol li blockquote figure figcaption"
    known = {"html", "head", "title", "link", "body", "table", "thead", "tbody", "tr", "th", "td"}
    known.update(body.split())
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    for name, page in parts(book(HOSTILE_ARTICLES)).items():
        if "chapters" in name:
            assert {each.tag.removeprefix(HTML) for each in page.iter()} <= known
            attributes = {key for each in page.iter() for key in each.attrib}
            assert attributes <= {"href", "rel", "type", "class", "value", "lang", xml_lang, "dir"}
            links = [each.get("href", "") for each in page.iter(f"{HTML}a")]
            assert all(each.startswith(("http://", "https://", "mailto:")) for each in links)
            assert all(each.isascii() and each.isprintable() and " " not in each for each in links)
            assert "\u202e" not in "".join(page.itertext())


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<p>One<br>two <b>three</b> four", "<p>One<br />two <strong>three</strong> four</p>"),
        ("<h1>Head</h1><hr>", "<h2>Head</h2><hr />"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("<ol start=3><li>c<li>d</ol>", '<ol><li value="3">c</li><li>d</li></ol>'),
        ("<ul><li>a</ul><ol><li>b</ol>", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("<ul><li><p>a<p>b</ul>", "<ul><li>a<p>b</p></li></ul>"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>c",
         "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote><p>c</p>"),
        ("<pre>a &lt;b>\n  c</pre>", "<pre><code>a &lt;b&gt;\n  c</code></pre>"),
        ("<table><tr><th>a</th><th>b</th><tr><td>1<td align=right>2</table>",
         '<table><thead><tr><th><strong>a</strong></th><th class="right"><strong>b</strong></th></tr></thead>'
         "<tbody><tr><td>1</td>"
         '<td class="right">2</td></tr></tbody></table>'),
        ("<img src=/a.png alt='A wall'>",
         '<figure><figcaption><a href="https://news.example/a.png">Image</a>: A wall</figcaption></figure>'),
        ("<a href=/x>one <i>two</i></a> <a href='ftp://h.example/'>three</a>",
         '<p><a href="https://news.example/x">one <em>two</em></a> three</p>'),
    ],
)  # fmt: skip
def test_blocks_become_elements(html: str, made: str) -> None:
    assert body(html) == made


PICTURED = article(
    content="<p>a</p><img src=/a.png alt='A <wall>'><img src=/b.png><img src=/c.png alt=c><img src=/a.png>"
    "<video src=/a.png></video>"
)
KEPT = {
    "https://news.example/a.png": jpeg(),
    "https://news.example/b.png": jpeg(9),
    "https://news.example/c.png": b"\xff\xd8\xff<svg onload=x>",
}


def test_kept_pictures_stand_in_the_book_once() -> None:
    data = book([PICTURED, PICTURED], pictures=KEPT)
    found = parts(data)
    images = [dict(each.attrib) for each in found["EPUB/chapters/000002.xhtml"].iter(f"{HTML}img")]
    first = {"src": "../pictures/000001.jpg", "alt": "A <wall>"}
    assert images == [first, {"src": "../pictures/000002.jpg", "alt": ""}, {**first, "alt": ""}]
    captions = [
        "".join(each.itertext()) for each in found["EPUB/chapters/000001.xhtml"].iter(f"{HTML}figcaption")
    ]
    assert captions == ["A <wall>", "Image: c", "Video"]
    listed = [
        (each.get("href"), each.get("media-type"))
        for each in found["EPUB/package.opf"].iter(f"{OPF}item")
        if "pictures" in each.get("href", "")
    ]
    assert listed == [(f"pictures/00000{number}.jpg", "image/jpeg") for number in (1, 2)]
    with ZipFile(io.BytesIO(data)) as file:
        assert file.read("EPUB/pictures/000002.jpg") == jpeg(9)
        assert sum("pictures" in name for name in file.namelist()) == 2


def test_an_article_has_twenty_pictures_at_most() -> None:
    many = article(content="".join(f"<img src=/{number}.png>" for number in range(25)))
    kept = {f"https://news.example/{number}.png": jpeg(number) for number in range(25)}
    page = parts(book([many], pictures=kept))["EPUB/chapters/000001.xhtml"]
    assert len(list(page.iter(f"{HTML}img"))) == 20


@pytest.mark.parametrize(
    ("url", "made"),
    [
        ("https://пример.рф:8443/ж?ы=1#я", "https://xn--e1afmkfd.xn--p1ai:8443/%D0%B6?%D1%8B=1#%D1%8F"),
        ("https://user:secret@h.example/a|b?c=[d]&e=%zz", "https://h.example/a%7Cb?c=%5Bd%5D&e=%25zz"),
        ("http://[2001:DB8::1]/", "http://[2001:db8::1]/"),
        ("http://1.2.3.4/", "http://1.2.3.4/"),
        ("mailto:a@b.example?subject=c d", "mailto:a@b.example?subject=cd"),
        *((each, "") for each in (
            "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:", "http://1.2.3.4.5/",
            "http://0x7f.1/", "https://a..b/", "https://-x.example/", "https://xn--.example/", "http://[bad",
            "https://h.example:99999/", f"https://{'a' * 64}.example/", "/relative", "",
        )),
    ],
)  # fmt: skip
def test_addresses_are_such_as_browsers_take(url: str, made: str) -> None:
    assert href(url) == made


def test_language_tags_that_are_none_are_left_out() -> None:
    tags = ("zh-hant-tw", "en_US", "de-1996", "ru-RU-x-a", "<en>", "a" * 99, "und", "")
    assert [language(each) for each in tags] == ["zh-hant-tw", "en-US", "de-1996", "ru", "", "", "", ""]
    assert right_to_left("BBC: برف راه‌های کوهستانی را بست", "en")
    assert not right_to_left("Снег", "fa")
    assert right_to_left("2026", "fa-AF")


def _validator() -> list[str]:
    """Return the command of W3C's EPUBCheck; nothing where it is not installed."""
    path = shutil.which("epubcheck")
    if path is None:
        return []
    jar = Path(path).resolve()
    return (
        ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar)]
        if jar.suffix == ".jar"
        else [path]
    )


@pytest.mark.skipif(not _validator(), reason="EPUBCheck is not installed")
def test_the_validator_has_nothing_to_say(tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(
        book((*MANY_TONGUES, *HOSTILE_ARTICLES, PICTURED), JUNK, pictures=KEPT)
    )
    done = subprocess.run(
        [*_validator(), "--failonwarnings", str(tmp_path / "book.epub")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
