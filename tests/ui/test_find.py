"""Finding in an article: what is found, how it is lit, and the keys that go from one to the next."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from termnews.models import Place
from termnews.ui.article_pane import ArticlePane
from termnews.ui.find_bar import FindBar

from .conftest import Sample, app_of, settle
from .test_article_pane import ARTICLE, lines, numbered, shown


def lit(pane: ArticlePane, mark: str = "") -> list[str]:
    """Return the texts on the screen that are underlined; those looked at are reversed too."""
    drawn = [
        segment
        for y in range(pane.size.height)
        for segment in pane.render_line(y)
        if segment.style is not None and segment.style.underline
    ]
    return [
        each.text for each in drawn if not mark or bool(each.style and each.style.reverse) == (mark == "here")
    ]


async def found(pane: ArticlePane, pilot: Pilot[None], typed: str) -> str:
    pane.find.look_for(typed, 0)
    await pilot.pause()
    return pane.find.said


@pytest.mark.parametrize(
    ("body", "typed", "said", "texts"),
    [
        ("<p>Grid and GRID and gridlock</p>", "grid", "1 of 3", ["Grid", "GRID", "grid"]),
        ("<p>Елка, ёлка</p>", "ЁЛК", "1 of 2", ["Елк", "ёлк"]),
        ("<p>Тоҷикистон, Точикистон</p>", "тоҷик", "1 of 2", ["Тоҷик", "Точик"]),
        ("<p>Caq\u0301s and caq</p>", "caq", "1 of 2", ["Caq\u0301", "caq"]),
        ("<p>a <b>gr</b>id here</p>", "grid", "1 of 1", ["gr", "id"]),
        ("<p><a href='https://a.example/'>the plan</a> of old</p>", "plan of", "1 of 1", ["plan", " of"]),
        ("<p>北京大学</p>", "京大", "1 of 1", ["京大"]),
        ("<p>[red]x[/]</p>", "[red]", "1 of 1", ["[red]"]),
        ("<p>a.c abc</p>", "a.c", "1 of 1", ["a.c"]),
        ("<p>body</p>", "nowhere", "not found", []),
        ("<p>body</p>", "  ", "", []),
        ("<p>body</p>", "\u0301", "not found", []),
    ],
)
async def test_letters_are_found_without_case_and_accents(
    body: str, typed: str, said: str, texts: list[str]
) -> None:
    async with shown(body, size=(60, 30)) as (pilot, pane):
        assert await found(pane, pilot, typed) == said
        assert lit(pane) == texts


async def test_words_are_found_across_line_ends() -> None:
    async with shown("<blockquote>" + "lorem ipsum dolor " * 20 + "</blockquote>", size=(40, 40)) as (
        pilot,
        pane,
    ):
        assert await found(pane, pilot, "dolor lorem ipsum") == "1 of 19"
        await pilot.resize_terminal(27, 60)
        await pilot.pause()
        assert pane.find.said == "1 of 19"
        assert not any("▎" in text for text in lit(pane))


async def test_a_line_end_parts_words_but_no_word_that_was_too_long_and_no_chinese() -> None:
    long = "https://example.org/" + "x" * 40 + "needle" + "y" * 40
    body = f"<p>{long} the</p><p>{'word the ' * 30}night</p><p>{'中文' * 60}</p>"
    async with shown(body, size=(40, 60)) as (pilot, pane):
        for width in range(30, 60):
            await pilot.resize_terminal(width, 60)
            await pilot.pause()
            assert await found(pane, pilot, "xneedley") == "1 of 1"
            assert await found(pane, pilot, "thew") == "not found"
            assert await found(pane, pilot, "文中") == "1 of 59"


async def test_steps_go_round_and_bring_the_place_into_sight() -> None:
    async with shown(numbered(60) + "<p>END</p>", size=(60, 20)) as (pilot, pane):
        assert await found(pane, pilot, "p3") == "1 of 11"
        for at, text in ((2, "P30 "), (3, "P31 ")):
            pane.find.step(1)
            await pilot.pause()
            assert pane.find.said == f"{at} of 11"
            assert any(line.strip().startswith(text) for line in lines(pane))
            assert lit(pane, "here") == ["P3"]
        pane.find.step(-3)
        await pilot.pause()
        assert pane.find.said == "11 of 11"
        pane.find.step(1)
        await pilot.pause()
        assert pane.find.said == "1 of 11"


async def test_what_is_looked_for_and_the_count_stand_at_the_foot() -> None:
    async with shown(numbered(9), size=(60, 20)) as (pilot, pane):
        await found(pane, pilot, "P1")
        assert lines(pane)[-1].startswith(" / P1 ") and lines(pane)[-1].endswith(" 1 of 1")
        await found(pane, pilot, "\x1b[2J\u202e")
        assert not set("\x1b\u202e") & set(lines(pane)[-1])
        pane.find.drop()
        await pilot.pause()
        assert "lorem" in lines(pane)[-1]


async def test_another_article_ends_the_find() -> None:
    async with shown(numbered(9)) as (pilot, pane):
        await found(pane, pilot, "P1")
        pane.show(None, None, "")
        assert pane.find.said == ""
        pane.show(ARTICLE, None, "")
        await pilot.pause()
        assert lit(pane) == []


BODY = "".join(f"<p>{'needle' if at % 5 == 0 else 'straw'} {at}</p>" for at in range(60))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_keys(sample: Sample, size: tuple[int, int]) -> None:
    sample.publish("Haystack", Place("DE-BE", "about"), body=BODY)
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        panes = app.reader.desk.panes
        await pilot.press("enter", "/", *"nEEdle")
        await settle(pilot)
        assert isinstance(app.screen, FindBar)
        assert panes.article.find.said == "1 of 12"
        bar, pane = app.screen.query_one("#find").region, panes.article.region
        assert (bar.y, bar.x, bar.width) == (pane.bottom - 1, pane.x, panes.article.content_region.width)
        await pilot.press("down", "enter", "n", "т")
        await settle(pilot)
        assert app.screen is app.reader
        assert panes.article.find.said == "4 of 12"
        await pilot.press("N")
        assert panes.article.find.said == "3 of 12"
        await pilot.press("escape")
        assert panes.article.find.said == ""
        assert panes.focus == "article"
        await pilot.press("escape")
        assert panes.focus == "list"
        await pilot.press("/")
        await settle(pilot)
        assert not isinstance(app.screen, FindBar)
    library.close()


async def test_escape_while_typing_goes_back_to_where_the_reader_was(sample: Sample) -> None:
    sample.publish("Haystack", Place("DE-BE", "about"), body=BODY)
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter", "j", "j", "f3", *"straw 59")
        await settle(pilot)
        pane = app.reader.desk.panes.article
        assert pane.scroll_offset.y > 10
        await pilot.resize_terminal(70, 20)
        await settle(pilot)
        assert app.screen.query_one("#find").region.bottom == pane.region.bottom
        await pilot.press("escape")
        await settle(pilot)
        assert pane.scroll_offset.y == 2
        assert pane.find.said == ""
        await pilot.press("/")
        assert app.screen.query_one(Input).value == ""
    library.close()
