"""The article pane: its head, its lines, and the place of reading that survives another width."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from termnews.models import Article, Entry, Feed, Subscription
from termnews.render import Document, blocks
from termnews.ui.article_pane import MEASURE, ArticlePane

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
ENTRY = Entry(
    "1",
    title="Berlin approves night-train terminal",
    author="Mara Adler",
    published=datetime(2026, 11, 24, 12, 52, tzinfo=UTC),
    text="word " * 880,
)
ARTICLE = Article(1, Feed(1, Subscription("https://spree.example/rss", name="Spree Courier")), ENTRY)
PLACE = "Germany › Berlin"


class PaneApp(App[None]):
    """Nothing but a pane."""

    CSS = """
    ArticlePane { width: 1fr; height: 1fr; }
    .article--title { text-style: bold; }
    .article--quote { text-style: italic; }
    .article--code { color: #00ff00; }
    .article--found { text-style: underline; }
    .article--here { text-style: underline reverse; }
    """

    def compose(self) -> ComposeResult:
        yield ArticlePane(lambda: NOW, id="article")


@asynccontextmanager
async def shown(
    body: str, *, size: tuple[int, int] = (60, 20), article: Article = ARTICLE, place: str = PLACE
) -> AsyncIterator[tuple[Pilot[None], ArticlePane]]:
    """Run an app that shows an article."""
    app = PaneApp()
    async with app.run_test(size=size) as pilot:
        pane = app.query_one(ArticlePane)
        pane.show(article, blocks(body, "https://spree.example/"), place)
        await pilot.pause()
        yield pilot, pane


def lines(pane: ArticlePane) -> list[str]:
    """Return what stands on the screen."""
    return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]


def top(pane: ArticlePane) -> str:
    """Return the first line with text on it."""
    return next(line.strip() for line in lines(pane) if line.strip())


def numbered(count: int, words: int = 30) -> str:
    """Return paragraphs that begin with their number."""
    return "".join(f"<p>P{at} {'lorem ' * words}</p>" for at in range(count))


async def test_the_head_tells_place_title_source_and_length() -> None:
    async with shown("<p>Body with <a href='/a'>a link</a>.</p>") as (_, pane):
        drawn = [line.strip() for line in lines(pane)]
        assert drawn[1] == "GERMANY › BERLIN"
        assert drawn[3] == "Berlin approves night-train terminal"
        assert drawn[5].startswith("Spree Courier · Mara Adler · 24 Nov ")
        assert drawn[5].endswith(" · 4 min")
        assert set(drawn[6]) == {"─"}
        assert drawn[8] == "Body with a link [1]."
        assert "[1] https://spree.example/a" in drawn
        assert [link.url for link in pane.links()] == ["https://spree.example/a"]


async def test_the_head_leaves_out_what_is_not_known() -> None:
    entry = replace(ENTRY, title="", author="", published=NOW)
    async with shown("", article=replace(ARTICLE, entry=entry, changed=True), place="") as (_, pane):
        assert [line.strip() for line in lines(pane)][1:4] == [
            "(no title)",
            "",
            f"Spree Courier · {NOW.astimezone():%H:%M} · 4 min · changed",
        ]


async def test_text_is_centred_and_never_wider_than_the_measure() -> None:
    async with shown(numbered(3), size=(120, 30)) as (_, pane):
        widest = max(len(line.strip()) for line in lines(pane))
        assert widest == MEASURE
        margins = {len(line) - len(line.lstrip()) for line in lines(pane) if line}
        assert margins == {(pane.scrollable_content_region.width - MEASURE) // 2}


async def test_two_columns_stay_free_at_the_left() -> None:
    async with shown(numbered(2), size=(40, 30)) as (_, pane):
        assert all(line.startswith("  ") and line[2] != " " for line in lines(pane) if line)
        assert max(map(len, lines(pane))) <= pane.scrollable_content_region.width - 2


async def test_styles_add_up() -> None:
    async with shown("<blockquote><b>q</b> <code>c</code></blockquote><p>t</p>") as (_, pane):
        styles = {
            segment.text.strip(): segment.style
            for y in range(pane.size.height)
            for segment in pane.render_line(y)
            if segment.style is not None
        }
        quoted, coded, text = styles["q"], styles["c"], styles["t"]
        assert (quoted.bold, quoted.italic) == (True, True)
        assert coded.italic and coded.color is not None and coded.color.name == "#00ff00"
        assert not text.italic


async def test_foreign_text_reaches_the_screen_harmless() -> None:
    entry = replace(ENTRY, title="A\x1b]0;x\x07 [red]title[/]", author="\u202eB\x9b")
    async with shown("<p>&amp;#27;[2J &#27;]52; [bold]</p>", article=replace(ARTICLE, entry=entry)) as (
        _,
        pane,
    ):
        drawn = "\n".join(lines(pane))
        assert "[red]title[/]" in drawn and "[bold]" in drawn
        assert not set("\x1b\x07\x9b\u202e") & set(drawn)


async def test_paging_ends_at_the_end() -> None:
    async with shown(numbered(12)) as (pilot, pane):
        assert pane.progress < 100
        pages = 0
        while pane.page_down():
            pages += 1
            await pilot.pause()
        assert pages > 2
        assert pane.progress == 100
        assert not pane.page_down()


async def test_a_long_article_is_wrapped_to_its_end_behind_the_first_screens() -> None:
    async with shown(numbered(400)) as (pilot, pane):
        await pilot.pause()
        pane.scroll_end(animate=False)
        await pilot.pause()
        assert any("lorem" in line for line in lines(pane))
        assert pane.virtual_size.height > 1000


async def test_another_article_begins_at_its_top() -> None:
    async with shown(numbered(12)) as (pilot, pane):
        pane.page_down()
        await pilot.pause()
        pane.show(ARTICLE, blocks("<p>Other</p>"), PLACE)
        await pilot.pause()
        assert pane.scroll_offset.y == 0
        assert any("Other" in line for line in lines(pane))
        pane.show(None, None, "")
        await pilot.pause()
        assert not any(lines(pane))
        assert (pane.links(), pane.position) == ((), 0)


async def test_the_place_of_reading_survives_another_width() -> None:
    async with shown(numbered(30), size=(60, 20)) as (pilot, pane):
        pane.restore(20.0)
        await pilot.pause()
        assert top(pane).startswith("P19 ")
        for width in (100, 34, 60):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            assert top(pane).startswith("P19 ")
        assert int(pane.position) == 20


async def test_a_place_inside_a_long_paragraph_is_kept_by_its_share() -> None:
    async with shown(numbered(3, words=600), size=(60, 20)) as (pilot, pane):
        pane.restore(2.5)
        await pilot.pause()
        assert abs(pane.position - 2.5) < 0.03
        await pilot.resize_terminal(30, 20)
        await pilot.pause()
        assert abs(pane.position - 2.5) < 0.03


async def test_a_place_far_down_is_found_before_all_is_wrapped() -> None:
    app = PaneApp()
    async with app.run_test(size=(60, 20)) as pilot:
        pane = app.query_one(ArticlePane)
        pane.show(ARTICLE, blocks(numbered(900)), PLACE)
        pane.restore(701.0)
        await pilot.pause()
        assert top(pane).startswith("P700 ")


async def test_a_place_behind_the_end_is_the_end() -> None:
    async with shown(numbered(9)) as (pilot, pane):
        pane.restore(999.0)
        await pilot.pause()
        assert pane.scroll_offset.y == pane.max_scroll_y
        pane.restore(-1.0)
        await pilot.pause()
        assert pane.scroll_offset.y == 0


async def test_a_pane_that_is_not_shown_waits_with_its_place() -> None:
    app = PaneApp()
    async with app.run_test(size=(60, 20)) as pilot:
        pane = app.query_one(ArticlePane)
        pane.display = False
        await pilot.pause()
        pane.show(ARTICLE, blocks(numbered(30)), PLACE)
        pane.restore(20.0)
        await pilot.pause()
        assert pane.position == 20
        pane.display = True
        await pilot.pause()
        await pilot.pause()
        assert top(pane).startswith("P19 ")


async def test_a_change_of_theme_changes_the_looks() -> None:
    async with shown("<p>Body</p>") as (pilot, pane):
        before = pane.render_line(8)
        pilot.app.theme = "textual-light"
        await pilot.pause()
        assert pane.render_line(8) != before


def test_an_empty_document_has_no_links() -> None:
    assert ArticlePane(lambda: NOW, id="a").links() == Document().links


async def test_another_measure_keeps_the_place_of_reading() -> None:
    async with shown(numbered(30), size=(160, 20)) as (pilot, pane):
        pane.restore(20.0)
        for wish, measure in ((120, 120), (40, 40), (999, 120), (1, 40)):
            pane.measure = wish
            await pilot.pause()
            assert pane.measure == measure
            assert measure - 6 < max(len(line.strip()) for line in lines(pane)) <= measure
            assert top(pane).startswith("P19 ")
            margins = {len(line) - len(line.lstrip()) for line in lines(pane) if line}
            assert margins == {(pane.scrollable_content_region.width - measure) // 2}
