"""What is listed: long views, far unread ones, lines that cannot be looked up, what stays after reading."""

from __future__ import annotations

import asyncio
import threading
from array import array
from collections.abc import Iterator

import pytest

from termnews.library import Library
from termnews.models import ArticleQuery
from termnews.ui.app import TermnewsApp
from termnews.ui.listing import FIRST

from .conftest import MANY, Sample, app_of, lines, press, settle, until

WIDE = (120, 40)


def cursor(app: TermnewsApp) -> int:
    return app.reader.headlines.cursor


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Whole lists wait in the other thread until this is set."""
    go_on, ids = threading.Event(), Library.ids

    def wait(self: Library, asked: ArticleQuery, limit: int | None = None) -> array[int]:
        assert threading.current_thread() is threading.main_thread() or go_on.wait(20)
        return ids(self, asked, limit)

    monkeypatch.setattr(Library, "ids", wait)
    yield go_on
    go_on.set()


async def test_the_rest_of_a_long_view_comes_behind_the_first_rows(
    many: Library, held: threading.Event
) -> None:
    app = app_of(many)
    async with app.run_test(size=WIDE) as pilot:
        listing = app.reader.desk.listing
        assert (len(listing.ids), listing.ids.count(0)) == (MANY + 12, MANY + 12 - 2 * FIRST)
        await pilot.press("G")
        await until(pilot, lambda: f"Headline number {MANY - 1} about" in "\n".join(lines(app)))
        last = listing.ids[-1]
        held.set()
        await settle(pilot)
        assert list(listing.ids) == list(many.ids(listing.asked))
        assert listing.ids[cursor(app)] == last
        await pilot.press("g")
        await settle(pilot)
        assert "Headline number 0 about" in "\n".join(lines(app))


async def test_all_means_all_also_while_the_rest_is_coming(many: Library, held: threading.Event) -> None:
    app = app_of(many)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("A")
        await until(pilot, lambda: many.count(many.query("is:unread")).total == 0)
        held.set()


async def test_one_who_goes_to_the_middle_before_it_has_come_stays_there(
    many: Library, held: threading.Event
) -> None:
    app = app_of(many)
    async with app.run_test(size=WIDE) as pilot:
        app.reader.headlines.move_to(FIRST + 50)
        held.set()
        await settle(pilot)
        assert cursor(app) == FIRST + 50
        assert app.reader.headlines.headline is not None


@pytest.mark.parametrize(("keys", "there"), [((), -1), (("g",), 0), (("j", "j"), 2)])
async def test_the_article_read_before_is_gone_to_unless_the_user_went_elsewhere(
    many: Library, held: threading.Event, keys: tuple[str, ...], there: int
) -> None:
    app = app_of(many)
    async with app.run_test(size=WIDE) as pilot:
        listing = app.reader.desk.listing
        assert listing.show(listing.asked, article=listing.ids[-1])
        assert cursor(app) == 0  # it is far from the first rows
        await pilot.press(*keys)
        held.set()
        await until(pilot, lambda: listing.whole)
        await settle(pilot)
        assert cursor(app) == range(len(listing.ids))[there]


async def test_an_unread_one_far_down_is_found(many: Library) -> None:
    app = app_of(many)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "1")
        ids = app.reader.desk.listing.ids
        app.reader.desk.marks.mark(ids[:-3], read=True, quiet=True)
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert cursor(app) == len(ids) - 3
        app.reader.desk.marks.mark(ids, read=True, quiet=True)
        await settle(pilot)
        await pilot.press("g", "n")
        await settle(pilot)
        assert cursor(app) == 0
        assert "Nothing unread further on." in lines(app)[-1]


async def test_an_unread_one_is_found_among_rows_that_have_not_come(
    many: Library, held: threading.Event
) -> None:
    app = app_of(many)
    async with app.run_test(size=WIDE) as pilot:
        listing = app.reader.desk.listing
        many.mark([number for number in many.ids(listing.asked) if number][: FIRST + 20], read=True)
        app.reader.headlines.reload()
        await pilot.press("g", "n")
        await pilot.pause()
        assert cursor(app) == 0  # it looks in the other thread, and nothing waits for that
        held.set()
        await until(pilot, lambda: cursor(app) == FIRST)  # read ones that were not listed yet are left out
        await settle(pilot)
        assert listing.ids[cursor(app)] == many.ids(listing.asked)[0]


async def test_a_view_that_cannot_be_looked_up_is_said_and_the_old_one_stays(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        before = app.reader.desk.listing.asked
        app.reader.desk.show(library.query("region:Nowherestan"))
        await settle(pilot)
        assert app.reader.desk.listing.asked is before
        assert "Nowherestan" in lines(app)[-1]


async def test_what_was_understood_otherwise_is_said(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        app.reader.desk.show(library.query("story:5"))
        await settle(pilot)
        assert "tories are not" in lines(app)[-1]


async def test_an_article_just_read_is_still_listed_after_a_restart(sample: Sample) -> None:
    for _ in range(2):
        library = sample.library()
        app = app_of(library)
        async with app.run_test(size=WIDE) as pilot:
            await settle(pilot)
            if not app.reader.desk.listing.headline:
                raise AssertionError("nothing is listed")
            if cursor(app) == 0:
                await pilot.press("j", "j", "enter")
                await settle(pilot)
            headline = app.reader.desk.headline
            assert headline is not None
            assert (cursor(app), headline.title, headline.read) == (
                2,
                "Headline number 2 about the harbour",
                True,
            )
            assert len(app.reader.desk.listing.ids) == 12
            app.exit()
        library.close()


async def test_a_search_gives_way_to_the_next_one(many: Library) -> None:
    app = app_of(many)
    async with app.run_test(size=WIDE) as pilot:
        for line in ("headline", "number", "harbour", "about"):
            app.reader.desk.show(many.query(line))
        await until(pilot, lambda: len(app.reader.desk.listing.ids) == MANY + 12)


async def test_what_fills_an_empty_view_does_not_wait_as_well(sample: Sample, library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        listing = app.reader.desk.listing
        app.reader.desk.show(library.query("fresh"))
        await settle(pilot)
        sample.arrive(["Fresh one", "Fresh two"], start=1, minutes=1)
        for _ in range(30):  # as a refresh asks, while the first count is under way
            listing.recount()
            await asyncio.sleep(0)
        await settle(pilot)
        assert len(listing.ids) == 2
        assert "▲" not in lines(app)[0]


async def test_the_first_one_of_a_view_that_fills_is_shown_and_stays_unread(
    sample: Sample, library: Library, quick: None
) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        desk = app.reader.desk
        desk.show(library.query("fresh"))
        await settle(pilot)
        assert desk.panes.showing.article is None
        sample.arrive(["Fresh one", "Fresh two"], start=1, minutes=1)
        desk.listing.recount()
        await settle(pilot)
        assert desk.panes.showing.article is not None
        assert desk.panes.showing.article.entry.title == "Fresh one"
        assert desk.listing.unread == 2


async def test_what_is_undone_comes_back_into_an_empty_view(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "A", ".")
        assert "You are up to date." in "\n".join(lines(app))
        await press(pilot, "u")
        assert "You are up to date." not in "\n".join(lines(app))
        assert len(app.reader.desk.listing.ids) == 12
