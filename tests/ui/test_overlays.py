"""What is laid over the main screen: search, regions, help, links, first run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from termnews import config
from termnews.library import Library
from termnews.models import Place
from termnews.output import import_json
from termnews.query import print_query
from termnews.ui.app import TermnewsApp
from tests.ui.conftest import Sample, app_of, lines, press, settle, until

WIDE = (120, 40)


def shown(app: TermnewsApp) -> str:
    """Return the screen as text."""
    return "\n".join(lines(app))


def asked(app: TermnewsApp) -> str:
    """Return the query on the screen as a line."""
    return print_query(app.reader.desk.listing.asked)


def picker(app: TermnewsApp) -> str:
    """Return what the picker shows, without what lies round it."""
    rows = app.screen.query_one("#chooser").region
    return "\n".join(line[rows.x : rows.right] for line in lines(app)[rows.y : rows.bottom])


def figures(app: TermnewsApp, name: str) -> list[str]:
    """Return unread and all of a place in the picker."""
    row = next(line for line in picker(app).split("\n") if f"] {name} " in line)
    return row.split()[-2:]


async def test_search_narrows_at_each_key_and_esc_brings_the_view_back(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "1", "j", "j")
        before = (list(app.reader.headlines.ids), app.reader.headlines.cursor)
        await press(pilot, "slash", *"number 7")
        assert len(app.reader.headlines.ids) == 1
        await until(pilot, lambda: "Headline number 7" in shown(app))
        await press(pilot, "escape")
        assert (list(app.reader.headlines.ids), app.reader.headlines.cursor) == before


@pytest.mark.parametrize(
    ("keys", "hint"),
    [(("slash",), "ctrl+s save this search"), (("j", "enter", "slash"), "↓ next"), (("a",), "Esc leave it")],
    ids=["search", "find", "prompt"],
)
async def test_the_bottom_bar_offers_the_keys_of_the_line_one_types_on(
    library: Library, keys: tuple[str, ...], hint: str
) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        await until(pilot, lambda: hint in lines(app)[-1])
        await pilot.press("escape")
        await until(pilot, lambda: "help" in lines(app)[-1])


async def test_what_may_follow_a_key_is_said_whole(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(60, 24)) as pilot:
        for width in (60, 80, 120):
            await pilot.resize_terminal(width, 24)
            await settle(pilot)
            await press(pilot, "f")
            await until(pilot, lambda: "Clear all filters" in shown(app))
            assert "Show only the language of this headline, or all again" in shown(app), width
            await press(pilot, "escape")


@pytest.mark.parametrize("width", [60, 80])
async def test_a_list_takes_a_narrow_screen_whole(library: Library, width: int) -> None:
    app = app_of(library)
    async with app.run_test(size=(width, 20)) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        assert app.screen.query_one("#chooser").region == (0, 1, width, 18)


async def test_search_keeps_what_was_found_on_enter(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "slash", *"number 11", "enter")
        assert len(app.reader.headlines.ids) == 1
        assert asked(app) == "number 11*"
        assert app.screen is app.reader


async def test_search_widens_from_the_view(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "f", "f", "slash", *"harbour")
        inside = len(app.reader.headlines.ids)
        await press(pilot, "ctrl+g")
        assert (inside, len(app.reader.headlines.ids)) == (4, 12)
        await press(pilot, "ctrl+g")
        assert len(app.reader.headlines.ids) == inside


async def test_a_line_that_cannot_be_read_keeps_the_last_result(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "slash", *"harbour")
        found = list(app.reader.headlines.ids)
        await press(pilot, *" since:x")
        assert list(app.reader.headlines.ids) == found
        assert "is no time" in lines(app)[-1]


async def test_region_is_found_by_another_name_and_shown(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "w", *"берлин")
        assert "DE-BE" in shown(app)
        await press(pilot, "enter")
        assert asked(app) == "region:DE-BE"
        assert len(app.reader.headlines.ids) == 4


async def test_several_regions_are_a_union_and_del_clears(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "w", *"berlin", "space")
        await press(pilot, *["backspace"] * 6, *"london", "space", "enter")
        assert asked(app) == "region:DE-BE OR region:GB-LND"
        assert len(app.reader.headlines.ids) == 8
        assert "Berlin or London" in lines(app)[0]
        await press(pilot, "w", "delete")
        assert asked(app) == ""


async def test_the_picker_counts_for_the_other_filters_of_the_view(sample: Sample) -> None:
    sample.publish("News from France", Place("FR", "about", "France", "name", "title"))
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "f", "f")  # one feed with five articles
        feed = asked(app)
        await press(pilot, "G", "m", "k", "m", "w")
        assert figures(app, "Europe") == ["3", "5"]
        assert "] Asia" not in picker(app)  # no article of this feed is about it
        await press(pilot, *"tokyo")
        assert figures(app, "Tokyo") == ["0", "0"]
        await press(pilot, *["backspace"] * 5, *"berlin", "enter")
        assert asked(app) == f"region:DE-BE {feed}"
        await press(pilot, "w")
        assert figures(app, "Berlin") == ["2", "4"]
        assert figures(app, "Europe") == ["3", "5"]  # the region itself is left out of the filter
        await press(pilot, "delete")
        assert asked(app) == feed
    library.close()


async def test_figures_wait_for_the_right_ones(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f", "f")
        taken: list[object] = []
        monkeypatch.setattr(
            app.reader.desk.counting, "by_region", lambda asked, take: taken.append((asked, take))
        )
        await press(pilot, "w", "down")
        assert figures(app, "Europe") == ["…", "…"]
        query, take = taken[0]  # type: ignore[misc]
        take(library.regions(query))
        await pilot.pause()
        assert figures(app, "Europe") == ["4", "4"]
        await press(pilot, "escape")
        take(library.regions(query))  # the picker is gone: nothing happens


async def test_w_in_capitals_shows_all_regions_again(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f", "f", "f", "r")
        narrowed = asked(app)
        assert "region:DE-BE" in narrowed
        await press(pilot, "Ц")
        assert asked(app) == narrowed.replace("region:DE-BE", "").strip()
        assert not app.reader.check_action("command", ("everywhere",))


PLACES = (
    ("душанбе", "TJ-DU"), ("ВМКБ", "TJ-GB"), ("تهران", "IR-23"), ("munich", "DE-BY"), ("new york", "US-NY"),
    ("central asia", "143"), ("южная корея", "KR"),
)  # fmt: skip


async def test_places_are_found_in_any_language_and_with_spaces(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        for typed, code in PLACES:
            await press(pilot, "F", "1")
            assert asked(app) == "", typed
            await press(pilot, "w", *typed, "enter")
            assert asked(app) == f"region:{code}", typed


async def test_region_tree_folds_and_esc_keeps_the_view(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "w")
        assert "Germany" not in shown(app)
        await press(pilot, "down", "right")
        assert "Western Europe" in shown(app)
        await press(pilot, "left")
        assert "Western Europe" not in shown(app)
        await press(pilot, "escape")
        assert asked(app) == ""


async def test_what_was_wrong_with_a_search_is_not_said_any_more_when_it_is_right(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "slash", *"is:ful")
        assert "is:ful means nothing" in lines(app)[-1]
        await press(pilot, "l")
        assert "means nothing" not in lines(app)[-1] and "ctrl+s" in lines(app)[-1]


async def test_help_finds_a_command_and_runs_it(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "question_mark")
        assert "MOVE" in shown(app)
        await press(pilot, *"offline")
        assert any(line.rstrip().endswith("to read it offline") for line in lines(app))  # whole
        await press(pilot, *["backspace"] * 7, *"only starred")
        assert "MOVE" not in shown(app)
        await press(pilot, "enter")
        assert asked(app) == "is:starred"


async def test_links_are_listed_and_opened(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("termnews.ui.outside.open_url", lambda url, command: opened.append(url))
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "enter", "U")
        assert "https://one.example/a" in shown(app)
        await press(pilot, *"plan", "enter")
        assert opened == ["https://one.example/a"]


def empty(folder: Path) -> Library:
    """Return a library that follows nothing."""
    path = folder / "termnews.toml"
    path.write_text(f'data_dir = "{folder}/data"\n', encoding="utf-8")
    return Library(config.load(path))


async def test_first_run_follows_the_starters_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Dushanbe")
    library = empty(tmp_path)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "[x] Tajikistan" in shown(app)
        await press(pilot, "enter")
        regions = {feed.subscription.region for feed in library.feeds()}
        assert any(code.startswith("TJ") for code in regions)
        assert "Following" in lines(app)[-1]
    library.close()


async def test_first_run_group_is_turned_off_and_found(tmp_path: Path) -> None:
    library = empty(tmp_path)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, *"tajikistan", "space")
        before = shown(app).count("[x] Tajikistan")
        await press(pilot, "space")
        assert {before, shown(app).count("[x] Tajikistan")} == {0, 1}
    library.close()


async def test_first_run_imports_a_file_and_says_what_stays_behind(tmp_path: Path) -> None:
    listed = 'https://a.example/f\nhttps://b.example/f "~B"\nftp://c.example/f\n'
    (Path.home() / ".newsboat").mkdir()
    (Path.home() / ".newsboat" / "urls").write_text(listed)
    library = empty(tmp_path)
    failed = import_json("", {"left_out": ["line 1: ftp: no address"]}, "it is not there.")
    came = import_json("urls", {"feeds": 2, "known": 0, "left_out": ["line 3: ftp: no address"]})
    (tmp_path / "child.py").write_text(
        "import sys\nif 'import' in sys.argv:\n"
        f"    open({str(tmp_path / 'asked')!r}, 'a').write(str(sys.argv))\n"
        f"    print({came!r} if 'urls' in sys.argv[-1] else {failed!r})\n"
    )
    app = app_of(library, (sys.executable, str(tmp_path / "child.py")))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "ctrl+b take over from newsboat (2 feeds)" in shown(app)
        await press(pilot, "ctrl+b")
        await until(pilot, lambda: "What was taken over" in shown(app))
        assert "urls: 2 feeds added, 0 were followed already, 1 line left out." in shown(app)
        assert "line 3: ftp: no address" in shown(app)
        assert f"'{Path.home()}/.newsboat/urls'" in (tmp_path / "asked").read_text()
        await press(pilot, "escape", "I", *"none.opml", "enter")
        await until(pilot, lambda: "none.opml: Not imported: it is not there" in lines(app)[-1])
        await until(pilot, lambda: "What was taken over" in shown(app))  # the bar may be too short for it
        assert shown(app).count("none.opml: Not imported: it is not there.") == 2
        assert "line 1: ftp: no address" in shown(app)
    library.close()


async def test_first_run_leads_to_the_demo(tmp_path: Path) -> None:
    library = empty(tmp_path)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+t")
        await pilot.pause()
    assert app.return_value == "demo"
    library.close()
