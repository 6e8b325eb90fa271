"""Words lit in wrapped lines: whole words at the right place, whatever stands round them."""

from __future__ import annotations

import pytest

from termnews.render import Line, blocks, wrap
from termnews.ui.cells import headline_text
from termnews.ui.cells import wrap as wrap_title
from termnews.ui.lit import Light, is_lit, light

HOSTILE = (
    "\x1b]0;x\x07[red]Quake[/] 👨\u200d👩\u200d👧\ufe0f shakes GBAO\u202e and \x9bKuhistoni Badakhshon 🇹🇯!"
)


def marked(lines: list[Line]) -> list[str]:
    """Return the pieces that are lit or named, with their look."""
    return [f"{style.split()[-1]}:{text}" for line in lines for text, style in line if _look(style)]


def _look(style: str) -> bool:
    return style.split(" ")[-1] in ("lit", "named")


def title(text: str, width: int = 60) -> list[Line]:
    return [((line, "title"),) for line in wrap_title(headline_text(text), width, 6)]


def body(html: str, width: int) -> list[Line]:
    (block,) = blocks(html, "").blocks
    return wrap(block, width)


@pytest.mark.parametrize("width", [12, 17, 24, 60])
@pytest.mark.parametrize("words", ["GBAO", "Kuhistoni Badakhshon", "Quake"])
def test_words_are_lit_where_they_stand_in_a_hostile_title(words: str, width: int) -> None:
    lines = light(title(HOSTILE, width), [(words, "lit")])
    assert "".join(each.removeprefix("lit:") for each in marked(lines)).replace(" ", "") == words.replace(
        " ", ""
    )
    assert ["".join(text for text, _ in line) for line in lines] == [
        "".join(text for text, _ in line) for line in title(HOSTILE, width)
    ]


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("US", "US us BUS USA U.S. US-led Us’s US’s", ["US", "US", "US"]),
        ("мал", "Мали мал малый", ["мал"]),
        ("Таджикистана", "границы Таджикистана.", ["Таджикистана"]),
        ("تاجیکستان", "در تاجیکستان\u200cها", ["تاجیکستان"]),
        ("中国", "在中国的", ["中国"]),
        ("D.C.", "Washington, D.C. and DXCX", ["D.C."]),
        ("[/]", "[/] [/x]", ["[/]"]),
        ("\x1b\u202e", "text", []),
        ("New York", "New\u00a0York, New  York, Newyork", ["New York", "New York"]),
    ],
)
def test_only_whole_words_as_they_are_written(words: str, text: str, found: list[str]) -> None:
    lines = light(body(f"<p>{text}</p>", 200), [(words, "lit")])
    assert [each.removeprefix("lit:") for each in marked(lines)] == found


def test_words_are_lit_across_line_ends_styles_and_link_numbers() -> None:
    html = (
        "<ul><li>In <b>New</b> <a href='https://a.example/'>York</a> City and Gorno-Badakhshan too</li></ul>"
    )
    for width in range(12, 40):
        lines = light(body(html, width), [("New York", "lit"), ("Gorno-Badakhshan", "named")])
        lit = "".join(text for line in lines for text, style in line if style.endswith(" lit"))
        named = "".join(text for line in lines for text, style in line if style.endswith(" named"))
        assert (lit.replace(" ", ""), named.replace(" ", "")) == ("NewYork", "Gorno-Badakhshan"), width
        margins = {line[0] for line in lines if line[0][0].isspace()}
        assert margins <= {("  ", "text")}


def test_a_quote_in_a_wide_script_is_lit_over_its_bar() -> None:
    lines = light(body("<blockquote>首都北京市</blockquote>", 8), [("北京市", "lit")])
    assert "".join(marked(lines)).replace("lit:", "") == "北京市"
    assert len(marked(lines)) > 1
    assert all(style == "bar" for line in lines for text, style in line if "▎" in text)


def test_the_first_words_win_where_two_overlap() -> None:
    lights: list[tuple[str, Light]] = [("New York", "lit"), ("York", "named")]
    lines = light(body("<p>New York and York</p>", 60), lights)
    assert marked(lines) == ["lit:New York", "named:York"]
    assert is_lit(lines[0])
    assert not is_lit(light(body("<p>York</p>", 60), lights)[0])


def test_place_line_and_source_are_not_the_text() -> None:
    lines: list[Line] = [(("GB GBAO", "kicker"),), (("GBAO Post", "meta"),), (("GBAO", "title"),)]
    assert marked(light(lines, [("GBAO", "lit")])) == ["lit:GBAO"]
