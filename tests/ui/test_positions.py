"""Where articles were left: kept to the line, for the last 500, over restarts."""

from __future__ import annotations

import json
import threading

import pytest

from termnews.library import Library
from termnews.models import Article
from termnews.render import Document
from termnews.ui.positions import KEPT, KEY, Positions
from termnews.ui.showing import AT_ONCE

from .conftest import Sample, app_of, lines, press, settle, until


def test_the_articles_left_last_are_kept(library: Library) -> None:
    positions = Positions(library)
    for article in range(1, KEPT + 3):
        positions.keep(article, article + 0.25)
        positions.keep(1, 1.5)
    positions.keep(5, 0)
    positions.writing()(library)
    again = Positions(library)
    assert [again.of(each) for each in range(1, 6)] == [1.5, 0, 0, 4.25, 0]
    assert len(json.loads(library.upkeep.recall(KEY) or "")) == KEPT - 1


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "7", '{"1": 2}', "[[1]]", '[["x", 2]]', "[[1, NaN]]", "[[1, Infinity]]", "[[1, -4]]"],
)
def test_what_cannot_be_read_is_nothing(library: Library, text: str) -> None:
    library.upkeep.remember(KEY, text)
    assert Positions(library).of(1) == 0


async def test_where_an_article_was_left_is_on_disk_before_the_program_ends(sample: Sample) -> None:
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("enter", *"jjjj", "J")
        await settle(pilot)
        left = app.reader.headlines.ids[0]
        other = sample.library()
        await until(pilot, lambda: Positions(other).of(left) > 0)
        await pilot.press("J", "K")
        await settle(pilot)
        other.close()
    library.close()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_article_opens_where_it_was_left(sample: Sample, size: tuple[int, int]) -> None:
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        pane = app.reader.desk.panes.article
        await pilot.press("enter", *"jjjjjjjjjjjjj")
        await settle(pilot)
        await pilot.press("J")
        await settle(pilot)
        assert pane.scroll_offset.y == 0
        await pilot.press(*"jjjj", "K")
        await settle(pilot)
        assert pane.scroll_offset.y == 13
        await pilot.press("escape", "j", "j", "j")
        await settle(pilot)
        app.exit()
    library.close()
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        pane = app.reader.desk.panes.article
        for keys, top in ((("1", "g", "enter"), 13), (("J",), 4), (("J",), 0)):
            await press(pilot, *keys)
            assert pane.scroll_offset.y == top
    library.close()


async def test_a_long_article_is_made_beside_the_keys_and_opens_where_it_was_left(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample.publish(
        "The whole speech", body="".join(f"<p>Word {at} of it.</p>" for at in range(AT_ONCE // 15))
    )
    library = sample.library()
    app, go_on, made = app_of(library), threading.Event(), Library.document

    def wait(self: Library, article: Article) -> Document:
        assert article.entry.title != "The whole speech" or go_on.wait(20)
        return made(self, article)

    monkeypatch.setattr(Library, "document", wait)
    async with app.run_test(size=(120, 40)) as pilot:
        desk = app.reader.desk
        await until(pilot, lambda: "The whole speech" in "\n".join(lines(app)))
        assert "Word 0" not in "\n".join(lines(app))
        desk.panes.showing.restore(app.reader.headlines.ids[0], 700.0)
        await pilot.press("j", "k")  # keys are answered while it is made
        await until(pilot, lambda: desk.panes.showing.position == 700.0)
        go_on.set()
        await until(pilot, lambda: "Word 700 of it." in "\n".join(lines(app)))
        assert int(desk.panes.showing.position) == 700
    library.close()
