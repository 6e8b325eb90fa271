"""Numbers before movements, beside digits that mean something themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from termnews.library import Library
from termnews.ui import counts
from termnews.ui.app import TermnewsApp

from .conftest import Sample, app_of, lines, press, settle, until

WIDE = (120, 40)


def cursor(app: TermnewsApp) -> int:
    return app.reader.headlines.cursor


def line(app: TermnewsApp) -> str:
    from termnews.query import print_query

    return print_query(app.reader.desk.listing.asked)


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        (("5", "j"), 5),
        (("5", "о"), 5),
        (("1", "0", "down"), 10),
        (("2", "j"), 2),
        (("3", "j", "j"), 4),
        (("9", "9", "9", "9", "9", "j"), 11),
        (("5", "j", "3", "k"), 2),
        (("7", "G"), 6),
        (("7", "g"), 6),
        (("3", "g", "g"), 2),
        (("3", "п", "п"), 2),
        (("3", "g", "g", "j"), 3),
        (("3", "g", "j", "g"), 0),
        (("3", "g", "g", "g"), 0),
        (("1", "G"), 0),
        (("G", "g", "g"), 0),
        (("5", "escape", "j"), 1),
    ],
)
async def test_a_number_does_a_movement_so_often(
    library: Library, keys: tuple[str, ...], row: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "OWN_AFTER", 60)  # a slow machine is no slow reader
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "F")
        await pilot.press(*keys)
        await settle(pilot)
        assert cursor(app) == row
        assert line(app) == ""


@pytest.mark.parametrize("keys", [("3", "less_than_sign"), ("2", "k")])
async def test_a_digit_taken_back_leaves_the_article_of_the_cursor(
    library: Library, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    monkeypatch.setattr(counts, "OWN_AFTER", 60)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "F", "m", "j", "s", "k")
        await pilot.press(*keys)
        await settle(pilot)
        here, shown = app.reader.desk.headline, app.reader.desk.panes.showing.article
        assert here is not None
        assert shown is not None
        assert (cursor(app), here.id) == (0, shown.id)


async def test_several_articles_on_opens_only_the_last(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "OWN_AFTER", 60)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "F", "l")
        await pilot.press("3", "J")
        await settle(pilot)
        shown = app.reader.desk.panes.showing.article
        rows = library.headlines(app.reader.headlines.ids)
        assert [at for at, each in enumerate(rows) if each.read] == [3]
        assert shown is not None
        assert shown.id == rows[3].id


async def test_g_some_time_after_a_count_is_a_key_of_its_own(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "OWN_AFTER", 0)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "F")
        await pilot.press("1", "2", "g", "g")
        await settle(pilot)
        assert cursor(app) == 0


async def test_the_number_typed_is_seen_and_a_digit_alone_keeps_its_meaning(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "OWN_AFTER", 0.05)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("4", "2")
        assert lines(app)[-1].startswith(" 42 … ")
        await pilot.press("escape")
        assert not lines(app)[-1].startswith(" 42")
        await press(pilot, "F", "2")
        assert line(app) == "is:unread"
        await pilot.press("j")
        assert cursor(app) == 1
        await pilot.press("3")
        assert line(app) == "is:unread is:starred"  # at once
        await until(pilot, lambda: not lines(app)[-1].startswith(" 3 … "))


@pytest.mark.parametrize(
    ("own", "keys", "focus"),
    [('quit = "Q"', ("enter", "q"), "list"), ("", ("enter", "q"), "list")],
)
async def test_a_key_two_commands_share_stays_when_one_gets_another(
    sample: Sample, own: str, keys: tuple[str, ...], focus: str
) -> None:
    library = sample.library(f"[keys]\n{own}")
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        assert app.reader.desk.panes.focus == focus
    library.close()


async def test_a_digit_waits_its_whole_time_when_one_before_it_was_used(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "F", "enter")
        ran: list[tuple[str, int]] = []
        waits: list[Callable[[], None]] = []
        typed = counts.Counts(
            app.reader.tables.main,
            lambda name, times: ran.append((name, times)),
            lambda _, then: waits.append(then),
            lambda: None,
        )
        for key in ("4", "j", "4"):
            typed.take(key, key, app.reader.desk)
        waits[0]()
        assert ran == [("next", 4)]
        waits[1]()
        assert ran == [("next", 4), ("link-4", 0)]


async def test_a_number_other_keys_follow_is_dropped(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "F")
        await pilot.press("8", "s", "j")
        await settle(pilot)
        assert cursor(app) == 1


async def test_a_digit_in_the_article_opens_its_link_unless_a_movement_follows(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of(library)
    opened: list[str] = []
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "F", "enter")
        monkeypatch.setattr(app.reader.desk, "browse", opened.append)
        monkeypatch.setattr(counts, "OWN_AFTER", 60)
        await pilot.press("1", "j")
        await settle(pilot)
        assert not opened
        monkeypatch.setattr(counts, "OWN_AFTER", 0.01)
        await press(pilot, "1")
        await until(pilot, lambda: opened)
        assert opened == ["https://one.example/a"]
