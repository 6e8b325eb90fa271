"""OPML read from good, odd, broken and hostile files, and written so that it reads back."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews.models import Subscription
from termnews.opml import read_opml, write_opml
from termnews.sanitize import clean_line, clean_url
from tests.bounds import in_proportion

_URL = "https://news.example/feed"


def _file(body: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<opml version="2.0"><body>{body}</body></opml>'.encode()


def _one(body: str) -> Subscription:
    (feed,), problems = read_opml(_file(body))
    assert problems == ()
    return feed


# --- good files ----------------------------------------------------------------------------


def test_folders_come_from_nested_outlines() -> None:
    feeds, problems = read_opml(
        _file(
            '<outline text="Asia"><outline title="Central"><outline text="A" xmlUrl="https://a.example/"/></outline>'
            '<outline text="B" xmlUrl="https://b.example/"/></outline><outline text="C" xmlUrl="https://c.example/"/>'
        )
    )
    assert [(each.name, each.folder) for each in feeds] == [("A", "Asia/Central"), ("B", "Asia"), ("C", "")]
    assert problems == ()


def test_outlines_without_a_name_are_no_folders() -> None:
    assert (
        _one(f'<outline><outline text="Asia"><outline xmlUrl="{_URL}"/></outline></outline>').folder == "Asia"
    )


def test_a_feed_with_outlines_inside_is_no_folder() -> None:
    feeds, _ = read_opml(_file(f'<outline text="A" xmlUrl="{_URL}"><outline xmlUrl="{_URL}/2"/></outline>'))
    assert [each.folder for each in feeds] == ["", ""]


def test_folders_deeper_than_eight_belong_to_the_eighth() -> None:
    opening = "".join(f'<outline text="{number}">' for number in range(1, 1001))
    feed = _one(f'{opening}<outline xmlUrl="{_URL}"/>{"</outline>" * 1000}')
    assert feed.folder == "1/2/3/4/5/6/7/8"


@pytest.mark.parametrize(
    ("attributes", "name"),
    [
        ('text="Mine" title="Theirs"', "Mine"),
        ('text="" title="Theirs"', "Theirs"),
        ('text="  " title="Theirs"', "Theirs"),
        ("", ""),
        (f'text="{_URL}"', ""),
        ('TEXT="Upper"', "Upper"),
        ('text="Two&#10;lines &amp; &#x202e;more"', "Two lines & more"),
    ],
)
def test_names(attributes: str, name: str) -> None:
    assert _one(f'<outline {attributes} xmlUrl="{_URL}"/>').name == name


@pytest.mark.parametrize(
    "attribute",
    [
        'region="TJ"',
        'termnewsRegion="TJ"',
        'xmlns:termnews="urn:termnews" termnews:region=" TJ "',
        'xmlns:x="y" x:Region="TJ"',
    ],
)
def test_regions(attribute: str) -> None:
    assert _one(f'<outline {attribute} xmlUrl="{_URL}"/>').region == "TJ"


@pytest.mark.parametrize(
    ("attributes", "url"),
    [
        (f'xmlUrl=" {_URL} "', _URL),
        ('xmlUrl="https://news.example/a&#10;b"', "https://news.example/ab"),
        ('xmlURL="http://news.example/"', "http://news.example/"),
        ('type="rss" url="http://news.example/"', "http://news.example/"),
        ('xmlUrl="feed://news.example/x"', "http://news.example/x"),
        ('xmlUrl="feed:https://news.example/x"', "https://news.example/x"),
        ('xmlUrl="file:///srv/feed.xml"', "file:///srv/feed.xml"),
        ('xmlUrl="https://me:secret@news.example/"', "https://me:secret@news.example/"),
    ],
)
def test_addresses(attributes: str, url: str) -> None:
    assert _one(f"<outline {attributes}/>").url == url


def test_of_two_feeds_with_one_address_the_first_is_kept() -> None:
    feeds, problems = read_opml(
        _file(f'<outline text="A" xmlUrl="{_URL}"/><outline text="B" xmlUrl="{_URL}"/>')
    )
    assert [each.name for each in feeds] == ["A"]
    assert problems == ()


@pytest.mark.parametrize(
    "data",
    [
        f'<?xml version="1.0" encoding="cp1251"?><opml><outline text="Мир" xmlUrl="{_URL}"/></opml>'.encode(
            "cp1251"
        ),
        f'\ufeff<opml><outline text="Мир" xmlUrl="{_URL}"/></opml>'.encode("utf-16-le"),
        f'\ufeff<opml><outline text="Мир" xmlUrl="{_URL}"/></opml>'.encode(),
    ],
    ids=["windows-1251", "utf-16", "utf-8 with BOM"],
)
def test_encodings(data: bytes) -> None:
    assert read_opml(data) == ((Subscription(_URL, "Мир"),), ())


# --- what cannot be read -------------------------------------------------------------------


@pytest.mark.parametrize(
    "url", ["execute:ls", "javascript:alert(1)", "https://", "query:x", "http://[::1", "file:"]
)
def test_addresses_that_cannot_be_fetched_are_named(url: str) -> None:
    feeds, problems = read_opml(_file(f'<outline text="Odd" xmlUrl="{url}"/><outline xmlUrl="{_URL}"/>'))
    assert [each.url for each in feeds] == [_URL]
    assert problems == (f'line 1: "Odd" has no address a feed can be fetched from: {url}',)


def test_commands_of_newsboat_come_in_paused_and_go_out_as_they_were() -> None:
    feeds = (
        Subscription("exec:~/bin/x --all 'a  b'", "X", paused=True),
        Subscription("filter:~/cut:https://me:secret@a.example/", "Y", "Z", paused=True),
    )
    again, problems = read_opml(write_opml(feeds))
    assert again == (
        replace(feeds[0], url="exec:~/bin/x --all 'a b'"),
        replace(feeds[1], url="filter:~/cut:https://a.example/"),
    )
    assert problems == tuple(
        f'line {line}: "{name}" is a command, which is never run; it comes in paused.'
        for line, name in ((7, "X"), (9, "Y"))
    )


def test_a_problem_shows_no_password() -> None:
    _, problems = read_opml(_file('<outline xmlUrl="gopher://me:secret@news.example/"/>'))
    assert problems[0].count("gopher://news.example/") == 2
    assert "secret" not in "".join(problems)


def test_included_files_are_named_and_not_followed() -> None:
    feeds, problems = read_opml(
        _file(f'<outline text="More" type="include" url="https://x.example/"/><outline xmlUrl="{_URL}"/>')
    )
    assert [(each.url, each.folder) for each in feeds] == [(_URL, "")]
    assert problems == ('line 1: "More" names another file (https://x.example/); import that by itself.',)


def test_what_other_readers_say_of_a_feed_and_cannot_be_said_here_is_named() -> None:
    feeds, problems = read_opml(
        _file(
            f'<outline text="Tech"><outline text="A" xmlUrl="{_URL}"/></outline>\n'
            f'<outline text="Best"><outline text="A" xmlUrl="{_URL}"/>\n'
            '<outline text="B" type="rss" htmlUrl="https://b.example/"/>\n'
            '<outline text="C" type="HTML+XPath" xmlUrl="https://c.example/"/></outline>\n'
            '<outline text="D" frss:opmlUrl="https://d.example/"/><outline text="E" type="rss">\n'
            '<outline text="F" type="rss" xmlUrl="https://f.example/"/></outline><outline text="G"/>'
        ).replace(b"<opml", b'<opml xmlns:frss="x"')
    )
    assert [(each.name, each.folder, each.paused) for each in feeds] == [
        ("A", "Tech", False),
        ("C", "Best", True),
        ("F", "E", False),
    ]
    assert problems == (
        'line 2: "A" stands in the folder "Best", too; a feed has one here: "Tech".',
        'line 3: "B" names no address of its feed.',
        'line 4: "C" is taken from a page by rules (HTML+XPath) that stay behind; it is paused.',
        'line 5: "D" names another file (https://d.example/); import that by itself.',
    )


def test_values_without_quotes_and_with_markup_are_read_from_a_broken_file() -> None:
    feeds, _ = read_opml(
        b'<opml>\n<outline text="A <b>bold</b> one" xmlUrl="https://a.example/"/>\n'
        b"<OUTLINE TEXT=B XMLURL=https://b.example/?x=1&y=2/>\n"
        b'<outline text="Caf\xe9 \xd0\xaf" xmlUrl="https://c.example/"/></body>'
    )
    assert [(each.name, each.url) for each in feeds] == [
        ("A <b>bold</b> one", "https://a.example/"),
        ("B", "https://b.example/?x=1&y=2"),
        ("Café Я", "https://c.example/"),
    ]


@pytest.mark.parametrize("data", [b"", b"hello", _file(""), b"<html><body><p>x</p></body></html>"])
def test_a_file_without_feeds_says_so(data: bytes) -> None:
    feeds, problems = read_opml(data)
    assert feeds == ()
    assert problems[-1] == "the file names no feed; is it an OPML file?"


_BROKEN = f"""<?xml version="1.0"?>
<opml><body><!-- <outline xmlUrl="https://old.example/"> -->
<outline text="Asia & Africa > 1 < 2">
  <outline text='A &lt; B' xmlUrl="{_URL}?a=1&b=2" />
  <outline text="B > C" xmlUrl="https://b.example/?x=1&amp;y=2"/>
</outline></p>
<outline text="C" region=TJ termnews:region="UZ" xmlUrl="https://c.example/"/>
<!-- open <outline xmlUrl="https://hidden.example/"/> <b> --> </outline></outline>
<outline text="D" xmlUrl="https://d.exa"""


def test_a_broken_file_is_read_as_far_as_possible() -> None:
    feeds, problems = read_opml(_BROKEN.encode())
    folder = "Asia & Africa > 1 < 2"
    assert feeds == (
        Subscription(f"{_URL}?a=1&b=2", "A < B", folder),
        Subscription("https://b.example/?x=1&y=2", "B > C", folder),
        Subscription("https://c.example/", "C", "", "TJ"),
    )
    assert problems == (
        "the file is not well-formed XML (line 3: not well-formed (invalid token));"
        " it was read as far as possible.",
    )


def test_every_truncation_reads_a_beginning_of_the_feeds() -> None:
    data = write_opml([Subscription(f"https://{name}.example/", name, f"F{name}") for name in "abc"])
    whole, _ = read_opml(data)
    for length in range(len(data)):
        feeds, problems = read_opml(data[:length])
        assert feeds == whole[: data[:length].count(b'.example/"')]
        assert problems or length > len(data) - 2


@pytest.mark.parametrize(("encoding", "text"), [("gb2312", "世界"), ("x-unknown", "World"), ("hex", "World")])
def test_encodings_xml_does_not_know(encoding: str, text: str) -> None:
    known = "gb2312" if encoding == "gb2312" else "utf-8"
    data = f'<?xml version="1.0" encoding="{encoding}"?><opml><outline text="{text}" xmlUrl="{_URL}"/></opml>'
    feeds, problems = read_opml(data.encode(known))
    assert feeds == (Subscription(_URL, text),)
    assert len(problems) == 1 and "read as far as possible" in problems[0]


def test_a_broken_utf_16_file_is_read_too() -> None:
    feeds, problems = read_opml(f'<opml><outline text="Мир & я" xmlUrl="{_URL}"/>'.encode("utf-16"))
    assert feeds == (Subscription(_URL, "Мир & я"),)
    assert len(problems) == 1


def test_declared_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE opml [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {after} "{f"&{name};" * 10}">'
        for name, after in zip("abcdefghi", "bcdefghij", strict=True)
    )
    feeds, problems = read_opml(_file(f'<outline text="&j;" xmlUrl="{_URL}"/>', head=bomb + "]>"))
    assert feeds == (Subscription(_URL, "&j;"),)
    assert problems == ("the file declares XML entities; they were left as they are.",)


def test_an_external_entity_is_not_opened() -> None:
    head = '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    feeds, _ = read_opml(_file(f'<outline text="&x;" xmlUrl="{_URL}"/>', head=head))
    assert feeds == (Subscription(_URL, "&x;"),)


@pytest.mark.parametrize(
    "piece",
    [
        "<outline ",
        "<!--",
        "<",
        "a=",
        "<outline a=",
        '<outline a="',
        "<a x=' ",
        "a",
        "a ",
        "&amp;",
        '<outline a="<b>',
    ],
)
def test_hostile_files_are_read_at_once(piece: str) -> None:
    with in_proportion():
        read_opml(("<opml>&" + piece * (300_000 // len(piece))).encode())


@given(st.binary() | st.text("<>/\"'=&!-? outlinexmlUrlhttp:.").map(str.encode))
def test_any_bytes_are_read(data: bytes) -> None:
    read_opml(data)


# --- writing -------------------------------------------------------------------------------


def test_write_opml() -> None:
    data = write_opml(
        [
            Subscription("https://a.example/", "A & B", "Asia/Central", "TJ"),
            Subscription("https://me:secret@b.example/?x=1&y=2", password_command="pass show b"),
            Subscription("https://c.example/", "C", "Asia"),
            Subscription("https://d.example/", "D", "Asia/Central"),
        ],
        title="My \x1b news",
    )
    assert data.decode() == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<opml version="2.0" xmlns:termnews="urn:termnews">\n'
        "  <head>\n    <title>My news</title>\n  </head>\n"
        "  <body>\n"
        '    <outline text="Asia" title="Asia">\n'
        '      <outline text="Central" title="Central">\n'
        '        <outline text="A &amp; B" title="A &amp; B" type="rss" xmlUrl="https://a.example/"'
        ' termnews:region="TJ" />\n'
        '        <outline text="D" title="D" type="rss" xmlUrl="https://d.example/" />\n'
        "      </outline>\n"
        '      <outline text="C" title="C" type="rss" xmlUrl="https://c.example/" />\n'
        "    </outline>\n"
        '    <outline text="https://b.example/?x=1&amp;y=2" title="https://b.example/?x=1&amp;y=2" type="rss"'
        ' xmlUrl="https://b.example/?x=1&amp;y=2" />\n'
        "  </body>\n"
        "</opml>\n"
    )


def test_a_folder_of_any_depth_is_written_and_read() -> None:
    feed = Subscription(_URL, "A", "/".join(map(str, range(3000))))
    assert read_opml(write_opml([feed])) == ((feed,), ())


def test_no_subscriptions_make_an_empty_list() -> None:
    assert ElementTree.fromstring(write_opml([])).find("body") is not None


_TEXTS = st.text(st.characters(exclude_characters="/")).map(clean_line)
_FEEDS = st.builds(
    Subscription,
    url=st.text("ab/&<?=яé\"'", max_size=5).map(
        lambda path: clean_url(f"https://{len(path)}.example/{path}")
    ),
    name=_TEXTS,
    folder=st.lists(_TEXTS.filter(bool), max_size=10).map("/".join).map(clean_line),
    region=st.sampled_from(["", "TJ", "TJ-GB", "143"]),
)


@given(st.lists(_FEEDS, unique_by=lambda feed: feed.url))
def test_what_is_written_reads_back(feeds: list[Subscription]) -> None:
    again, problems = read_opml(write_opml(feeds))
    assert {each.url: each for each in again} == {
        each.url: replace(each, name="" if each.name == each.url else each.name) for each in feeds
    }
    assert problems == (() if feeds else ("the file names no feed; is it an OPML file?",))
