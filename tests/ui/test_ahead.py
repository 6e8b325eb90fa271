"""Keys that come faster than they are answered: each means what it would have meant typed slowly."""

from __future__ import annotations

import asyncio

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from termnews.library import Library
from termnews.query import print_query
from termnews.ui import ahead
from termnews.ui.app import TermnewsApp

from .conftest import app_of, press, settle, until

WIDE = (120, 40)
_NAMED = {"/": "slash", "?": "question_mark", " ": "space", ".": "full_stop", ":": "colon"}


def send(pilot: Pilot[str], *keys: str) -> None:
    """Let all these keys come at once, as from a slow line."""
    assert pilot.app._driver is not None
    for key in keys:
        pilot.app._driver.send_message(Key(_NAMED.get(key, key), key if len(key) == 1 else None))


async def burst(pilot: Pilot[str], *keys: str) -> None:
    """Let all these keys come at once, and wait for what they start."""
    send(pilot, *keys)
    await until(pilot, lambda: not pilot.app._ahead.waiting)  # type: ignore[attr-defined]
    await settle(pilot)


def line(app: TermnewsApp) -> str:
    return print_query(app.reader.desk.listing.asked)


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        ("fu", "is:unread"),
        ("fufs", "is:unread is:starred"),
        ("StSo", "sort:oldest"),
        ("/number 11", "number 11*"),
        ("?only starred", ""),
        (":only starred", ""),
    ],
)
async def test_a_key_behind_one_that_opens_something_goes_there(
    library: Library, keys: str, asked: str
) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "F")
        await burst(pilot, *keys)
        assert line(app) == asked
        if keys[0] in "?:":
            assert app.screen.query_one(Input).value == keys[1:]
            await burst(pilot, "enter", "m")
            assert line(app) == "is:starred"
            assert app.screen is app.reader


async def test_keys_behind_one_that_closes_something_go_to_what_was_beneath(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "F")
        await burst(pilot, *"/number", "enter", *"jjs", "escape", *"?mark", "escape", "k")
        assert app.screen is app.reader
        assert app.reader.headlines.cursor == 1
        starred = library.headlines(library.ids(library.query("is:starred")))
        assert [each.title for each in starred] == ["Headline number 2 about the harbour"]


async def test_digits_behind_a_search_are_typed(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "F")
        await burst(pilot, *"/2")
        assert (line(app), app.screen.query_one(Input).value) == ("2*", "2")


async def test_keys_behind_the_one_that_leaves_are_dropped(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "F")
        send(pilot, "q", *"jjj/x")
        while app.return_code is None:
            await asyncio.sleep(0.01)
    assert (app.return_code, app.failure) == (0, None)


async def test_a_key_that_is_never_answered_holds_up_the_next_ones_not_for_long(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "F")
        with monkeypatch.context() as deaf:
            deaf.setattr(app._ahead, "_go", lambda *_: None)
            deaf.setattr(app._ahead, "_busy", lambda: True)
            send(pilot, "j", "j")
            await until(pilot, lambda: len(app._ahead.waiting) == 2)
            assert app.reader.headlines.cursor == 0
        monkeypatch.setattr(ahead, "PATIENCE", 0)
        await pilot.press("j")
        await until(pilot, lambda: app.reader.headlines.cursor == 3)


async def test_a_key_alone_waits_for_nothing(library: Library) -> None:
    """Asked when nothing is under way: a list that is counted meanwhile rightly holds a key for a moment."""
    app = app_of(library)
    alone = Key("j", "j")
    async with app.run_test(size=WIDE) as pilot:
        for opens in ("F", "slash", "h", "escape"):
            await press(pilot, opens)
            await until(pilot, lambda: not app._ahead._busy())
            assert not app._ahead.holds(alone)


async def test_a_key_waits_while_one_before_is_under_way(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "F")
        await until(pilot, lambda: not app._ahead._busy())
        app.reader.call_later(lambda: None)
        assert app._ahead.holds(Key("j", "j"))
        await until(pilot, lambda: app.reader.headlines.cursor == 1)
