"""Pictures in the article: above their captions once they came, and nothing else changes where none comes."""

from __future__ import annotations

import json
import sys
from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual.color import Color
from textual.strip import Strip

from termnews import images
from termnews.models import ArticleQuery
from termnews.models.pictures import Picture
from termnews.ui import picture, pictures
from termnews.ui.article_looks import NUMBER
from termnews.ui.picture import Hung
from termnews.ui.pictures import Pictures
from termnews.ui.wall import Wall
from tests.ui.conftest import Sample, app_of, lines, settle, until

_BODY = (
    "<figure><img src='https://a.example/one.jpg'><figcaption>First one</figcaption></figure>"
    "<p>Words between.</p>"
    "<a href='https://a.example/page'><img src='data:image/gif;base64,R0' alt='Blank'></a>"
    "<p>More.</p><img src='https://a.example/broken.jpg' alt='Broken one'>"
    + "<p>On.</p>" * 60
    + "<img src='https://a.example/far.jpg' alt='Far one'>"
)
_CHILD = """
import json, sys
if "pictures" not in sys.argv:
    sys.exit()
for line in sys.stdin:
    if not line.strip():
        continue
    wish = json.loads(line)
    with open(ASKED, "a") as asked:
        asked.write(line)
    answer = {"article": wish["article"], "url": wish["url"]}
    if "broken" in wish["url"]:
        answer["error"] = "It is damaged."
    else:
        cells = [["##########", 255, 65280]]
        png = "cG5n" if wish["frame"].get("number") else ""
        sixel = '"1;1;100;60#0;2;9;9;9!100~' if wish["frame"].get("sixel") else ""
        answer["picture"] = {"columns": 10, "lines": [cells, cells, cells], "png": png, "sixel": sixel}
    print(json.dumps(answer), flush=True)
"""


def child(home: Path) -> tuple[str, ...]:
    """Return the command of a child that has a picture for each address but broken ones."""
    script = home / "child.py"
    script.write_text(f"ASKED = {str(home / 'asked')!r}\n{_CHILD}")
    return (sys.executable, "-S", str(script))


def asked(home: Path) -> list[dict[str, Any]]:
    """Return the wishes that reached the child."""
    path = home / "asked"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


async def test_pictures_hang_above_their_captions_and_go_with_a_key(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "installed", lambda: False)
    monkeypatch.setattr(picture, "is_kitty", lambda environ: True)
    monkeypatch.setattr(pictures, "SETTLE", 0)
    sample.publish("Zebra road opens", body=_BODY)
    library = sample.library()
    (number,) = library.ids(library.query("zebra road"))
    app = app_of(library, child(sample.home))
    async with app.run_test(size=(126, 30)) as pilot:
        await settle(pilot)
        told: list[str] = []
        assert app._driver is not None
        monkeypatch.setattr(app._driver, "write", told.append)
        desk = app.reader.desk
        pane = desk.panes.article

        def text() -> list[str]:
            return [line[70:124].strip() for line in lines(app)]

        desk.listing.show(ArticleQuery(), article=number)
        desk.panes.showing.follow()
        before = text()
        assert "Image: First one [1]" in before  # the caption stands alone without the extra
        assert not asked(sample.home)
        monkeypatch.setattr(images, "installed", lambda: True)
        desk.pictures.look()
        await until(pilot, lambda: len(asked(sample.home)) == 2 and desk.pictures._wish is None)
        await settle(pilot)
        first, broken = asked(sample.home)  # not the blank, whose link is a page; not the one far below
        assert (first["url"], broken["url"]) == ("https://a.example/one.jpg", "https://a.example/broken.jpg")
        assert first["article"] == number and first["frame"]["columns"] == pane.drawn
        at = text().index("Image: First one [1]")
        assert text()[at - 3 : at] == ["##########"] * 3
        assert [line for line in text()[:-1] if "#" not in line][:20] == before[:20]
        style = pane.render_line(at - 1 - pane.region.y)._segments[1].style
        assert style is not None and style.meta[NUMBER] == 1
        assert told == [picture.told(first["frame"]["number"], Picture(10, ((), (), ()), b"png"))]

        pane.scroll_to(y=pane.max_scroll_y, animate=False, force=True)
        await until(pilot, lambda: asked(sample.home)[-1]["url"].endswith("far.jpg"))
        await until(pilot, lambda: len(told) == 2)
        await settle(pilot)

        await pilot.press("P")
        assert app.reader._message == "No pictures, only their captions."
        assert "#" not in "".join(text()) and told[-1].count("a=d") == 2
        pane.scroll_to(y=0, animate=False, force=True)
        await settle(pilot)
        assert text()[: at + 5] == before[: at + 5] and len(asked(sample.home)) == 3

        await pilot.press("P")
        await until(pilot, lambda: "##########" in text())
        desk.panes.turn_article(1)
        await settle(pilot)
        assert "##########" not in text() and "a=d" in told[-1]

        desk.panes.turn_article(-1)
        await until(pilot, lambda: "##########" in text())
        library.config = replace(library.config, images=replace(library.config.images, show="off"))
        desk.pictures.follow()
        await settle(pilot)
        assert "##########" not in text()
        assert desk.pictures._process is not None and desk.pictures._process._child is None
    library.close()


def _with(**wishes: Any) -> Pictures:
    """Return the pictures of a pane on a terminal like this, which nothing may be asked of."""
    settings = {
        "accessible": False,
        "glyphs": "plain",
        "color_system": "truecolor",
        "colourless": False,
    } | wishes
    theme = SimpleNamespace(accessible=settings["accessible"], glyphs=settings["glyphs"])
    library = SimpleNamespace(config=SimpleNamespace(theme=theme, images=SimpleNamespace(show="auto")))
    console = SimpleNamespace(color_system=settings["color_system"])
    app = SimpleNamespace(console=console, has_class=lambda name: settings["colourless"])
    said: list[str] = []
    made: Any = Pictures
    found: Pictures = made(library, None, SimpleNamespace(app=app), None, None, said.append)
    found.turn()
    assert said == [found._hindrance()]
    return found


@pytest.mark.parametrize(
    ("there", "wishes"),
    [
        (False, {}),
        (True, {"accessible": True}),
        (True, {"glyphs": "ascii"}),
        (True, {"color_system": "standard"}),
        (True, {"color_system": None}),
        (True, {"colourless": True}),
    ],
    ids=["no extra", "accessible", "ascii", "16 colours", "none", "NO_COLOR"],
)
def test_where_none_can_be_drawn_the_key_says_why(
    there: bool, wishes: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "installed", lambda: there)
    made = _with(**wishes)
    assert made._hindrance() and not made._turned


def test_placeholders_pass_the_wall_and_are_as_wide_as_they_say() -> None:
    text = "\U0010eeee\u0305\u0305\u0305\U0010eeee\u0305\u030d\u0305"
    line = Hung(Picture(2, (((text, 0x345678, -1),),)), 4).line(0)
    assert Wall().apply(line, Color(0, 0, 0)) == line
    assert Strip(line).cell_length == 2 and line[0].text == text
    style = line[0].style
    assert style is not None and style.color is not None and style.color.name == "#345678"
    assert style.bgcolor is None and style.meta == {NUMBER: 4}


def test_what_the_terminal_is_told_holds_nothing_of_the_picture_but_base64() -> None:
    png = bytes(range(256)) * 40
    said = picture.told(77, Picture(12, ((), ()), png))
    messages = said.split("\x1b\\")
    assert messages.pop() == "" and len(messages) == 4
    assert messages[0].startswith("\x1b_Ga=T,U=1,i=77,c=12,r=2,f=100,q=2,m=1;")
    assert [each.split(";")[0] for each in messages[1:]] == ["\x1b_Gm=1", "\x1b_Gm=1", "\x1b_Gm=0"]
    assert all("\x1b" not in each[1:] for each in messages)
    assert b64decode("".join(each.split(";")[1] for each in messages)) == png
    assert picture.forgotten(77) == "\x1b_Ga=d,d=I,i=77,q=2\x1b\\"


@pytest.mark.parametrize(
    ("environ", "kitty"),
    [
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-ghostty"}, True),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux"}, False),
        ({"TERM": "xterm-256color"}, False),
        ({}, False),
    ],
)
def test_only_terminals_with_placeholders_get_them(environ: dict[str, str], kitty: bool) -> None:
    assert picture.is_kitty(environ) is kitty
