"""Links of the article as hyperlinks of the terminal: harmless, clicked, and copied with the article."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from termnews.models import Place
from termnews.ui.hyperlink import hyperlink
from termnews.ui.wall import Wall

from .conftest import Sample, app_of, lines, settle
from .test_article_pane import shown

HOSTILE = (
    "https://a.example/\x1b]0;x\x07",
    "https://a.example/\x1b\\\x1b[2J",
    "https://a.example/\x9c\x9b31m",
    "https://a.example/\x07\r\n\t\x00\x7f",
    "https://a.example/\u202e\u2066\u200f\U000e0041\ud800",
    "https://a.example/ blank",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "\x1bhttps://a.example/",
    "https://a.example/" + "x" * 5000,
    "mailto:",
    "",
)
FINE = (
    ("https://a.example/a;b?c=%20&d=[1]#e", "https://a.example/a;b?c=%20&d=[1]#e"),
    ("HTTP://a.example/", "HTTP://a.example/"),
    ("mailto:a@b.example", "mailto:a@b.example"),
    ("https://пример.example/Ӯ", "https://%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.example/%D3%AE"),
)


def sent(*segments: Segment) -> str:
    """Return what the terminal gets of segments that went through the wall."""
    strip = Strip(Wall().apply(list(segments), Color(0, 0, 0)))
    return strip.render(Console(color_system="truecolor"))


@pytest.mark.parametrize("url", HOSTILE)
def test_no_hostile_address_steers_the_terminal(url: str) -> None:
    for link in (url, hyperlink(url)):
        got = sent(Segment("word", Style(bold=True, link=link)))
        links = re.findall(r"\x1b\]8;[^;]*;([!-~]*)\x1b\\", got)
        assert re.sub(r"\x1b\]8;[^;]*;[!-~]*\x1b\\|\x1b\[[\d;]*m", "", got) == "word"
        assert all(each == "" or re.match(r"(?i)https?://|mailto:.", each) for each in links)
        assert "\x1b[1m" in got


@pytest.mark.parametrize(("url", "link"), FINE)
def test_addresses_of_web_and_mail_are_links(url: str, link: str) -> None:
    assert hyperlink(url) == link
    assert f";{link}\x1b\\" in sent(Segment("word", Style(link=hyperlink(url))))


async def test_all_that_belongs_to_a_link_is_one() -> None:
    body = (
        "<p>See <a href='https://a.example/Ӯ'>the long plan</a> and <a href='gopher://x'>x</a>"
        "<a href='tel:123'>call</a>.</p><blockquote><a href='/q'>q</a></blockquote>"
        "<img src='https://a.example/i.png' alt='Caption'>"
    )
    async with shown(body, size=(24, 40)) as (_, pane):
        linked: dict[str, str] = {}
        for y in range(pane.size.height):
            for segment in pane.render_line(y):
                if segment.style is not None and segment.style.link:
                    linked[segment.style.link] = linked.get(segment.style.link, "") + segment.text + "|"
        plan = linked["https://a.example/%D3%AE"]
        assert plan.startswith(("the long plan| [1]|", "the long|plan| [1]|"))
        assert "[1] |" in plan
        assert linked["https://spree.example/q"].startswith("q| [")
        assert not any(each.startswith("tel:") for each in linked)


async def test_a_click_opens_the_link(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("termnews.ui.outside.open_url", lambda url, command: opened.append(url))
    sample.publish(
        "A title", Place("DE-BE", "about"), body="<p>See <a href='https://a.example/Ӯ'>plan</a></p>"
    )
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        drawn = lines(app)
        y = next(at for at, line in enumerate(drawn) if "See plan" in line)
        x = drawn[y].index("plan")
        await pilot.click(offset=(x - 2, y))
        await pilot.click(offset=(x, y), control=True)
        await pilot.click(offset=(x + 20, y))
        assert opened == []
        await pilot.click(offset=(x, y))
        await settle(pilot)
        assert opened == ["https://a.example/Ӯ"]
    library.close()


async def test_a_link_no_browser_opens_is_copied(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("termnews.ui.outside.open_url", lambda url, command: opened.append(url))
    sample.publish("A title", Place("DE-BE", "about"), body="<p><a href='magnet:?xt=1'>film</a></p>")
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        y = next(at for at, line in enumerate(lines(app)) if "film [1]" in line)
        await pilot.click(offset=(lines(app)[y].index("film"), y))
        await settle(pilot)
        assert app.clipboard == "magnet:?xt=1"
        assert "Copied magnet:?xt=1: only http and https" in lines(app)[-1]
    assert opened == []
    library.close()


async def test_the_article_is_copied_as_markdown(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "<h2>Head</h2><p>See <a href='https://a.example/'>plan</a> &#27;]52;x</p>"
    sample.publish("A title", Place("DE-BE", "about"), body=body)
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        written: list[Any] = []
        assert app._driver is not None
        monkeypatch.setattr(app._driver, "write", written.append)
        await pilot.press("Y")
        await settle(pilot)
        copies = [each for each in written if each.startswith("\x1b]52;c;")]
        assert len(copies) == 1
        text = base64.b64decode(copies[0][7:].rstrip("\x07")).decode()
        assert text.startswith("# A title\n\nSpree Courier")
        assert "## Head\n\nSee [plan](https://a.example/) " in text
        assert "\x1b" not in text
        assert "lines of Markdown." in lines(app)[-1]
    library.close()


async def test_an_article_no_browser_opens_stays_unread(sample: Sample) -> None:
    sample.publish("A title", Place("DE-BE", "about"))
    library = sample.library('[open]\nbrowser = ["no-such-browser", "{url}"]\n')
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        assert "no-such-browser" in lines(app)[-1]
    assert library.count(library.query("is:read")).total == 0
    library.close()
