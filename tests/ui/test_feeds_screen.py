"""The feeds screen: what it shows, and every key of it, on a library of fourteen feeds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from termnews import config
from termnews.library import Library
from termnews.query import print_query
from termnews.ui.app import TermnewsApp
from termnews.ui.commands import COMMANDS, ON_FEEDS
from termnews.ui.feed_list import FeedList
from termnews.ui.feeds_screen import FeedsScreen

from .conftest import app_of, lines, settle, until
from .feeds_sample import NOW, write
from .test_engine import child

WIDE = (120, 40)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the sample, under UTC and 24-bit colour."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("COLORTERM", "truecolor")
    time.tzset()
    write(tmp_path)
    yield tmp_path
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def feeds(home: Path) -> Iterator[Library]:
    """The library of the sample."""
    opened = Library(config.load(home / "termnews.toml"), lambda: NOW)
    yield opened
    opened.close()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys and wait for what they start."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def type_in(pilot: Pilot[Any], text: str) -> None:
    """Type a line over what stands there, and Enter."""
    await pilot.press(*text, "enter")
    await settle(pilot)


def shown(app: TermnewsApp) -> str:
    return "\n".join(lines(app))


def told(app: TermnewsApp) -> str:
    """Return the screen as text whose lines were put together again."""
    return " ".join(shown(app).split())


def names(app: TermnewsApp) -> list[str]:
    """Return the feeds in their order."""
    return [each.name for each in app.screen.query_one(FeedList).feeds]


def here(app: TermnewsApp) -> str:
    feed = app.screen.query_one(FeedList).feed
    return feed.name if feed is not None else ""


def text(home: Path) -> str:
    return (home / "termnews.toml").read_text()


async def go_to(pilot: Pilot[Any], name: str) -> None:
    """Open the screen with the cursor on a feed."""
    await press(pilot, "V")
    found = pilot.app.screen.query_one(FeedList)
    found.move_to([each.name for each in found.feeds].index(name))
    await settle(pilot)


# --- what is shown -------------------------------------------------------------------------


async def test_trouble_comes_first_then_folder_and_name(feeds: Library) -> None:
    app = app_of(feeds)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V")
        assert names(app)[:5] == [
            "Delta Standard",
            "Northern Light",
            "Prairie Post",
            "Gulf Wire",
            "Kyoto Shimpo",
        ]
        assert names(app)[-1] == "Quiet Weekly"
        seen = shown(app)
        for words in ("! Delta Standard", "404 ×9", "not a feed", "certificate ×2", "‖ Gulf Wire"):
            assert words in seen
        for words in ("paused", "not modified", "not asked yet", "FAILING", "NO FOLDER", "3 failing"):
            assert words in seen


async def test_the_story_says_what_happened_since_when_and_what_comes(feeds: Library) -> None:
    app = app_of(feeds)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V")
        seen = told(app)
        assert "answered 404 (not found); check the address or remove the feed." in seen
        assert "Failed 9 times in a row. Its last good answer came 21 Nov 12:00." in seen
        assert "termnews asks again in 6h, less often each time. Its 3 articles stay." in seen
        assert "c another address" in seen
        await press(pilot, "j")
        assert "Failed once. Its last good answer came today 10:00." in told(app)
        await press(pilot, "j")
        assert "Failed 2 times in a row. It never answered well." in told(app)
        await press(pilot, "j")
        assert "Paused by you: refreshes leave it alone." in told(app)
        await press(pilot, "G")
        assert "Not asked yet. termnews asks it at the next refresh." in told(app)


@pytest.mark.parametrize("size", [(200, 50), (80, 24), (60, 20), (40, 12)])
async def test_all_sizes_show_trouble_story_and_keys(feeds: Library, size: tuple[int, int]) -> None:
    app = app_of(feeds)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "V")
        seen = lines(app)
        assert any("404 ×9" in line for line in seen)
        assert any("answered 404" in line for line in seen)
        assert "a add" in seen[-1]
        assert seen[-1].rstrip().endswith("? help")


async def test_a_thousand_feeds_are_there_at_once(home: Path) -> None:
    library = Library(write(home, 1000), lambda: NOW)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("V")
        assert len(names(app)) == 1014
        await press(pilot, "G")
        assert here(app) == "Quiet Weekly"
        # Only what was looked at was put into words: the first page, the last, and what the cursor crossed.
        assert sum(1 for _ in app.screen.query_one(FeedList).pages.kept()) < 300
    library.close()


async def test_hostile_names_are_only_text(home: Path) -> None:
    path = home / "termnews.toml"
    path.write_text(
        path.read_text().replace(
            'name = "Delta Standard"', 'name = "[red]x[/] \\\\u202e\\\\u001b]0;t\\\\u0007"'
        )
    )
    library = Library(config.load(path), lambda: NOW)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V", "g", "p")
        assert "[red]x[/]" in shown(app)
        assert "is paused" in lines(app)[-1]
        assert not {"\x1b", "\u202e", "\x07"} & set(shown(app))
    library.close()


async def test_no_password_is_shown(home: Path) -> None:
    path = home / "termnews.toml"
    path.write_text(
        path.read_text()
        .replace("https://delta", "https://me:secret@delta")
        .replace('name = "Delta Standard"\n', "")
    )
    library = Library(config.load(path), lambda: NOW)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V")
        await press(pilot, "c")
        assert "https://delta-standard.example/rss" in shown(app)
        assert "secret" not in shown(app)
        await type_in(pilot, "https://delta-standard.example/new")
        assert "secret" not in shown(app)
        assert "me:secret@delta-standard.example/new" in path.read_text()
    library.close()


# --- ways in and out -----------------------------------------------------------------------


async def test_the_bottom_bar_names_the_key_and_takes_a_click(feeds: Library) -> None:
    app = app_of(feeds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        bar = lines(app)[-1]
        assert "3 feeds failing V" in bar
        await pilot.click("#bottom", offset=(bar.index("failing"), 0))
        await settle(pilot)
        assert isinstance(app.screen, FeedsScreen)
        await press(pilot, "escape")
        assert app.screen is app.reader


async def test_help_lists_the_keys_and_runs_them(feeds: Library) -> None:
    app = app_of(feeds)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V", "question_mark")
        assert "Give it another address; its articles stay" in shown(app)
        await pilot.press(*"sort by trouble", "enter")
        await settle(pilot)
        assert "by name" in lines(app)[1]
        await press(pilot, "q", "question_mark", *"folder")
        await press(pilot, "enter")
        assert isinstance(app.screen, FeedsScreen)


async def test_keys_can_be_replaced(home: Path) -> None:
    path = home / "termnews.toml"
    path.write_text(
        path.read_text().replace("\n\n", '\n\n[keys]\nfeeds-pause = ["x"]\nfeeds-sort = []\n\n', 1)
    )
    library = Library(config.load(path), lambda: NOW)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V", "p")
        assert "paused = true" in path.read_text()
        assert path.read_text().count("paused = true") == 1
        await press(pilot, "x", "o")
        assert path.read_text().count("paused = true") == 2
        assert "x pause" in lines(app)[-1] or "is paused" in lines(app)[-1]
        assert "trouble first" in lines(app)[1]
    library.close()


def test_the_table_has_no_key_twice() -> None:
    keys = [key for each in ON_FEEDS.values() for key in each.keys]
    assert len(keys) == len(set(keys))
    assert not set(ON_FEEDS) & set(COMMANDS)


# --- finding and sorting -------------------------------------------------------------------


async def test_typing_finds_by_name_or_address(feeds: Library) -> None:
    app = app_of(feeds)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V", "slash", *"HERALD")
        assert names(app) == ["Thames Herald"]
        assert "1 shown" in lines(app)[0]
        await press(pilot, *["backspace"] * 6, *"feed10.example")
        assert names(app) == ["Вечерний Хорог"]
        await press(pilot, "x")
        assert names(app) == []
        assert "No feed has “feed10.examplex”" in shown(app)
        await press(pilot, "escape")
        assert len(names(app)) == 14
        assert isinstance(app.screen, FeedsScreen)


async def test_what_is_found_stays_for_the_next_key(feeds: Library, home: Path) -> None:
    app = app_of(feeds)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V", "slash", *"courier")
        await press(pilot, "enter", "p")
        assert "paused = true" in text(home).partition("# Spree Courier")[2].partition("\n\n")[0]
        assert names(app) == ["Spree Courier"]
        await press(pilot, "escape")
        assert here(app) == "Spree Courier"
        assert len(names(app)) == 14


async def test_the_list_is_moved_while_one_types(feeds: Library) -> None:
    app = app_of(feeds)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V", "slash", *"li", "down")
        assert app.screen.query_one(FeedList).cursor == 1
        assert app.screen.query_one(Input).value == "li"


async def test_orders_follow_each_other_and_the_cursor_keeps_its_feed(feeds: Library) -> None:
    app = app_of(feeds)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V", "j", "o")
        assert (here(app), names(app)[0]) == ("Northern Light", "Alpen Rundschau")
        await press(pilot, "o")
        assert (here(app), names(app)[0]) == ("Northern Light", "Alpen Rundschau")  # asked three minutes ago
        assert names(app)[-1] == "Quiet Weekly"
        await press(pilot, "o")
        assert feeds.feeds()[4].count.unread == 6
        assert names(app)[0] == "Kyoto Shimpo"
        await press(pilot, "o")
        assert "trouble first" in lines(app)[1]


async def test_enter_lists_the_articles(feeds: Library) -> None:
    app = app_of(feeds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await go_to(pilot, "Spree Courier")
        await press(pilot, "enter")
        assert app.screen is app.reader
        assert print_query(app.reader.desk.listing.asked) == 'feed:"Spree Courier"'
        assert len(app.reader.headlines.ids) == 4


# --- changes -------------------------------------------------------------------------------


async def test_a_feed_is_renamed_and_named_back(feeds: Library, home: Path) -> None:
    app = app_of(feeds)
    before = text(home)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await go_to(pilot, "Spree Courier")
        await press(pilot, "e")
        assert app.screen.query_one(Input).value == "Spree Courier"
        await type_in(pilot, "Berlin")
        assert text(home) == before.replace('name = "Spree Courier"', 'name = "Berlin"')
        assert "Spree Courier is called Berlin now." in lines(app)[-1]
        assert here(app) == "Berlin"
        await press(pilot, "u")
        assert text(home) == before
        assert "Berlin is called Spree Courier now." in lines(app)[-1]


async def test_an_empty_name_goes_back_to_the_feeds_own(feeds: Library, home: Path) -> None:
    app = app_of(feeds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await go_to(pilot, "Spree Courier")
        await press(pilot, "e", "backspace", "enter")
        assert 'name = "Spree Courier"' not in text(home)
        assert here(app) == "https://spree-courier.example/rss"


async def test_esc_and_the_same_again_change_nothing(feeds: Library, home: Path) -> None:
    app = app_of(feeds)
    before = text(home)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await go_to(pilot, "Spree Courier")
        for keys in (("e", "enter"), ("e", "x", "escape"), ("f", "enter"), ("f", "escape"), ("c", "enter")):
            await press(pilot, *keys)
        assert text(home) == before
        await press(pilot, "u")
        assert "No change of a feed to undo." in lines(app)[-1]


async def test_a_feed_moves_to_a_folder_a_new_one_and_none(feeds: Library, home: Path) -> None:
    app = app_of(feeds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await go_to(pilot, "Spree Courier")
        await press(pilot, "f")
        assert "5 feeds" in shown(app)
        await type_in(pilot, "asi")
        assert "Spree Courier is in Asia now." in lines(app)[-1]
        await press(pilot, "f")
        await type_in(pilot, "Home/Papers")
        assert 'name = "Spree Courier"\nfolder = "Home/Papers"' in text(home)
        await press(pilot, "f", "end", "pagedown", "enter")
        assert "Spree Courier is in no folder now." in lines(app)[-1]
        await press(pilot, "u", "u", "u")
        spree = text(home).partition("# Spree Courier")[2].partition("\n\n")[0]
        assert 'folder = "Europe"' in spree


async def test_a_feed_is_paused_and_resumed(feeds: Library, home: Path) -> None:
    app = app_of(feeds)
    before = text(home)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V", "p")
        assert "Delta Standard is paused: refreshes leave it alone." in lines(app)[-1]
        assert "2 failing   2 paused" in lines(app)[0]
        assert here(app) == "Delta Standard"
        await press(pilot, "r")
        assert "Delta Standard is paused; p resumes it." in lines(app)[-1]
        await press(pilot, "p")
        assert text(home) == before
        assert "Delta Standard is refreshed again." in lines(app)[-1]


@pytest.mark.parametrize("key", ["d", "delete"])
async def test_a_feed_is_removed_and_comes_back_whole(feeds: Library, home: Path, key: str) -> None:
    app = app_of(feeds)
    before = text(home)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        articles = len(app.reader.headlines.ids)
        await press(pilot, "V", key)
        assert (
            "Removed Delta Standard; its articles stay, add it again to see them. · u undo" in lines(app)[-1]
        )
        assert "delta-standard" not in text(home)
        assert here(app) == "Northern Light"
        assert len(app.reader.headlines.ids) == articles - 3
        await press(pilot, "u")
        assert text(home) == before
        assert "Delta Standard is followed again" in lines(app)[-1]
        assert len(app.reader.headlines.ids) == articles


async def test_changes_that_were_undone_are_made_again(feeds: Library, home: Path) -> None:
    app = app_of(feeds)
    before = text(home)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "V", "p", "d")
        paused_and_removed = text(home)
        await press(pilot, "u", "u")
        assert text(home) == before
        await press(pilot, "ctrl+y")
        assert "Delta Standard is paused" in lines(app)[-1]
        await press(pilot, "ctrl+y")
        assert "Removed Delta Standard" in lines(app)[-1]
        assert text(home) == paused_and_removed
        await press(pilot, "ctrl+y")
        assert text(home) == paused_and_removed
        assert "Nothing to redo." in lines(app)[-1]
        await press(pilot, "escape", "u", "u")  # what one screen did, the other takes back
        assert text(home) == before
        await press(pilot, "ctrl+y", "ctrl+y")
        assert text(home) == paused_and_removed


async def test_undo_on_the_main_screen_takes_the_last_thing_back(feeds: Library, home: Path) -> None:
    app = app_of(feeds)
    before = text(home)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "V", "d", "escape", "u")
        assert text(home) == before
        await press(pilot, "V", "d", "escape", "s", "u")
        assert text(home) != before
        assert feeds.count(feeds.query("is:starred")).total == 0


async def test_articles_that_come_back_with_their_feed_are_listed_and_not_waiting(feeds: Library) -> None:
    app = app_of(feeds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        listing = app.reader.desk.listing
        count = len(listing.ids)
        await go_to(pilot, "همشهری امروز")  # its articles came last
        await press(pilot, "d")
        assert len(listing.ids) < count
        await press(pilot, "u")
        assert (len(listing.ids), listing.waiting) == (count, 0)


async def test_another_address_keeps_articles_and_asks_at_once(
    feeds: Library, home: Path, tmp_path: Path
) -> None:
    note = tmp_path / "arguments"
    app = app_of(feeds, child(tmp_path, f"open({str(note)!r}, 'a').write(repr(sys.argv[1:]) + chr(10))"))
    number = next(each.id for each in feeds.feeds() if each.name == "Delta Standard")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V", "c")
        assert app.screen.query_one(Input).value == "https://delta-standard.example/rss"
        await type_in(pilot, "https://delta.example/feed")
        assert 'url = "https://delta.example/feed"\nname = "Delta Standard"' in text(home)
        assert "Delta Standard is asked at https://delta.example/feed now." in lines(app)[-1]
        moved = next(each for each in feeds.feeds() if each.name == "Delta Standard")
        assert (moved.id, moved.count.total, moved.health.error) == (number, 3, None)
        await until(pilot, lambda: f"'--force', '--gently', '{number}'" in note.read_text(), seconds=10)
        await press(pilot, "u")
        assert 'url = "https://delta-standard.example/rss"' in text(home)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "https://spree-courier.example/rss",
            "Address not changed: https://spree-courier.example/rss is followed",
        ),
        ("gopher://x", "Address not changed: the address begins with gopher"),
    ],
)
async def test_an_address_that_cannot_be(feeds: Library, home: Path, typed: str, said: str) -> None:
    app = app_of(feeds)
    before = text(home)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V", "c")
        await type_in(pilot, typed)
        assert said in lines(app)[-1]
        assert text(home) == before


async def test_what_cannot_be_written_is_one_sentence(feeds: Library, home: Path) -> None:
    app = app_of(feeds)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V")
        (home / "termnews.toml").write_text("[broken", encoding="utf-8")
        await press(pilot, "p")
        assert "Not paused: " in lines(app)[-1]
        assert len(names(app)) == 14
        await press(pilot, "d")
        assert "Not removed: " in lines(app)[-1]


async def test_refresh_asks_this_feed_alone(feeds: Library, tmp_path: Path) -> None:
    note = tmp_path / "arguments"
    code = f"open({str(note)!r}, 'a').write(repr(sys.argv[1:]) + chr(10))\n"
    code += "if '--force' in sys.argv: sys.stdin.read()\n"
    app = app_of(feeds, child(tmp_path, code))
    number = next(each.id for each in feeds.feeds() if each.name == "Delta Standard")
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("V", "r")
        await until(pilot, lambda: "… Delta Standard" in shown(app))
        assert "asking" in shown(app)
        await until(pilot, lambda: f"'--force', '--gently', '{number}'" in note.read_text(), seconds=10)
        await pilot.press("ctrl+x")
        await until(pilot, lambda: "! Delta Standard" in shown(app), seconds=10)
        assert not app.reader.desk.refreshing.running


async def test_one_feed_that_cannot_be_reached_is_not_offline(feeds: Library, tmp_path: Path) -> None:
    line = {
        "feed": "Delta Standard",
        "feed_url": "http://x",
        "status": "failed",
        "error": "e",
        "done": 1,
        "of": 1,
    }
    app = app_of(feeds, child(tmp_path, f"if '--force' in sys.argv: print(json.dumps({line!r}), flush=True)"))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "V", "r")
        assert app.reader.desk.refreshing.offline == ""


async def test_a_feed_is_added(feeds: Library, home: Path) -> None:
    app = app_of(feeds)
    heard: list[str] = []
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V", "a")
        app.reader.desk.add_feed = heard.append  # type: ignore[method-assign]
        await type_in(pilot, "new.example")
        assert heard == ["new.example"]
        assert isinstance(app.screen, FeedsScreen)


async def test_what_a_refresh_brings_is_shown_while_it_is_open(feeds: Library, home: Path) -> None:
    app = app_of(feeds)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "V")
        other = feeds.twin()
        delta = next(each for each in other.feeds() if each.name == "Delta Standard")
        other._store.save_health(delta.id, type(delta.health)(last_fetch=NOW, last_ok=NOW, http=200))
        other.close()
        app.reader.desk.refreshing.start()
        await settle(pilot)
        assert "2 failing" in lines(app)[0]
