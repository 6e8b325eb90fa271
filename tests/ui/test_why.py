"""The why view: places with their evidence, words lit, and corrections that are undone like marks."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from textual.pilot import Pilot

from termnews.library import Library
from termnews.models import Headline, Place
from termnews.ui.app import TermnewsApp
from termnews.ui.why import WhyScreen

from .conftest import Sample, app_of, lines, press, settle, until
from .test_engine import child

WIDE = (120, 40)
FRANCE = Place("FR", "about", "France", "name", "title")


@pytest.fixture
def told(sample: Sample) -> Sample:
    """Two articles about France and one about nothing it names, newest last."""
    sample.publish("Harbour news of the day", Place("DE-BE", "about", rule="feed"))
    sample.publish("France closes a road", FRANCE, feed=1)
    sample.publish("France opens a bridge", FRANCE, Place("GB", "mentions", "London", "city", "text"))
    return sample


def shown(app: TermnewsApp) -> str:
    return "\n".join(lines(app))


def bottom(app: TermnewsApp) -> str:
    return lines(app)[-1]


def here(app: TermnewsApp) -> Headline:
    """Return the headline under the cursor as the list shows it."""
    headline = app.reader.desk.headline
    assert headline is not None
    return headline


def lit(app: TermnewsApp) -> list[str]:
    """Return what is lit in the article."""
    pane = app.reader.desk.panes.article
    return [text for line in pane._lines.lines for text, style in line if style.endswith(" lit")]


async def to_bridge(pilot: Pilot[str], app: TermnewsApp) -> None:
    """Open the why view of the article with two places."""
    await press(pilot, "1", "g")
    while here(app).title != "France opens a bridge":
        await pilot.press("j")
    await press(pilot, "i")


def child_that_tags(tmp_path: Path) -> tuple[str, ...]:
    """Return the command of a child that finds places again as termnews does, and refreshes nothing."""
    command = [sys.executable, "-m", "termnews"]
    return child(tmp_path, f"if 'retag' in sys.argv: os.execv({sys.executable!r}, {command} + sys.argv[1:])")


async def test_it_lists_places_with_words_and_rule_and_lights_them(told: Sample, library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await to_bridge(pilot, app)
        text = shown(app)
        for words in (
            "ABOUT",
            "MENTIONS",
            "PUBLISHED IN",
            " FR ",
            '"France" in the title: a name of the place',
        ):
            assert words in text
        assert lit(app) == ["France"]
        await press(pilot, "о")  # the key of j under the Russian layout
        assert lit(app) == []  # London is not in the text
        assert "next unread" not in bottom(app)  # keys of the panes do nothing now
        assert app.reader.has_class("-behind")
        await press(pilot, "escape")
        assert app.screen is app.reader
        assert not app.reader.has_class("-behind")
        assert "next unread" in bottom(app)
        assert "ABOUT" not in shown(app)
        assert not app.reader.desk.panes.article._sheet.lights


async def test_words_are_lit_in_reverse_so_that_no_colour_is_needed(told: Sample, library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await to_bridge(pilot, app)
        pane = app.reader.desk.panes.article
        drawn = [segment for y in range(12) for segment in pane.render_line(y) if segment.style]
        assert [each.text for each in drawn if each.style and each.style.reverse] == ["France"]


async def test_on_a_narrow_screen_the_article_comes_up_and_the_list_comes_back(
    told: Sample, library: Library
) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_bridge(pilot, app)
        assert app.reader.desk.panes.article.size.width == 80
        assert not library.article(here(app).id).state.read
        await press(pilot, "q")
        assert app.reader.desk.panes.article.size.width == 0
        await press(pilot, "z", "i", "i")
        assert app.reader.desk.panes.alone


async def test_words_far_down_are_scrolled_into_sight_above_the_sheet(sample: Sample) -> None:
    long = "<p>More.</p>" * 60 + "<p>At last Khorog is named.</p>" + "<p>More.</p>" * 3
    sample.publish("A long story", Place("TJ-GB", "about", "Khorog", "city", "text"), body=long)
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "g", "i")
        sheet = app.screen.query_one("#why").region.y
        rows = [y for y, line in enumerate(lines(app)) if "At last Khorog" in line]
        assert rows and rows[0] < sheet
    library.close()


async def test_muting_here_counts_for_this_feed_and_is_undone(told: Sample, library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await to_bridge(pilot, app)
        await press(pilot, "m")
        assert '"France" names no place in Spree Courier' in bottom(app)
        assert "u undo" in bottom(app)
        assert 'mute = ["France"]' in library.config.path.read_text()
        assert "FR" not in here(app).regions
        assert " FR " not in shown(app).partition("Why here?")[2]
        assert library.count(library.query("region:FR")).total == 1
        await press(pilot, "u")
        assert 'Undone: "France" names no place in Spree Courier' in bottom(app)
        assert "mute" not in library.config.path.read_text()
        assert "FR" in here(app).regions
        assert " FR " in shown(app).partition("Why here?")[2]
        await press(pilot, "ctrl+y")
        assert "Done again: " in bottom(app)
        assert "FR" not in here(app).regions


async def test_muting_everywhere_reaches_the_others_in_the_background(
    told: Sample, library: Library, tmp_path: Path
) -> None:
    app = app_of(library, child_that_tags(tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        await to_bridge(pilot, app)
        assert "Thames Herald  FR  now" in shown(app)
        await press(pilot, "M")
        assert "[regions]" in library.config.path.read_text()
        await until(pilot, lambda: not library.count(library.query("region:FR")).total, seconds=30)
        await until(pilot, lambda: not app.reader.desk.retagging._running, seconds=20)
        await settle(pilot)
        await press(pilot, "escape")
        assert "FR" not in [each.region.code for each in app.reader.desk.counting.outline.regions]
        assert "Thames Herald  ~GB-LND  now" in shown(app)  # the row of the other article follows too


async def test_pinning_asks_for_the_other_place(told: Sample, library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await to_bridge(pilot, app)
        await press(pilot, "p")
        assert 'Which place does "France" name in Spree Courier?' in shown(app)
        await press(pilot, *"техас", "enter")
        assert '"France" names Texas (US-TX) in Spree Courier' in bottom(app)
        assert "US-TX" in here(app).regions
        assert '"France" in the title: you said it names this place' in shown(app)
        assert library.count(library.query("region:FR")).total == 1
        await press(pilot, "u", "escape")
        assert "FR" in here(app).regions


async def test_fixing_takes_several_places_and_names_them_first(told: Sample, library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await to_bridge(pilot, app)
        await press(pilot, "f")
        assert "chosen: " in shown(app)
        await press(pilot, *"berlin", "space", "enter")
        assert here(app).regions == ("FR", "DE-BE")
        assert bottom(app).strip().startswith("About ")
        assert "Berlin (DE-BE): France opens" in bottom(app)
        assert "you said so of this article" in shown(app)
        await press(pilot, "t")
        assert here(app).regions == ("FR",)
        await press(pilot, "u")
        assert here(app).regions == ("FR", "DE-BE")
        await press(pilot, "u")
        assert here(app).regions == ("FR",)


async def test_no_place_and_a_picker_that_is_left(told: Sample, library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await to_bridge(pilot, app)
        await press(pilot, "f", "escape", "p", "escape")
        assert isinstance(app.screen, WhyScreen)
        assert here(app).regions == ("FR",)
        await press(pilot, "n")
        assert here(app).regions == ()
        assert "About no place: France opens a bridge" in bottom(app)
        sidebar = app.reader.desk.panes.sidebar
        assert [row.count for row in sidebar._rows if row.value == "none"] == [1]  # the tree counts along
        assert library.count(library.query("region:none")).total == 1
        await press(pilot, "f", *"berlin", "enter")
        assert here(app).regions == ("DE-BE",)


async def test_what_the_feed_says_has_no_words_to_correct(told: Sample, library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "g")
        while here(app).title != "Harbour news of the day":
            await pilot.press("j")
        await press(pilot, "i")
        assert "assumed from the feed" in shown(app)
        assert "mute" not in shown(app)
        await press(pilot, "m", "M", "p")
        assert "No words of the text say this" in bottom(app)
        assert isinstance(app.screen, WhyScreen)
        assert library.history() == []


async def test_a_correction_that_fails_is_said_and_nothing_changes(
    told: Sample, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await to_bridge(pilot, app)
        library.config.path.write_text("feeds = 7\n[broken", encoding="utf-8")
        await press(pilot, "m")
        assert "Not saved: " in bottom(app)
        assert here(app).regions == ("FR",)


async def test_a_refresh_under_way_is_waited_for(told: Sample, library: Library, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    code = f"open({str(ran)!r}, 'a').write(sys.argv[3] + ' ')\nif 'refresh' in sys.argv: sys.stdin.read()\n"
    app = app_of(library, child(tmp_path, code))
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, ran.exists, seconds=20)
        await pilot.press("F", "i", "m")
        await until(pilot, lambda: app.reader.desk.retagging._wanted, seconds=20)
        assert ran.read_text().split() == ["refresh"]
        app.reader.desk.refreshing.stop()
        await until(pilot, lambda: ran.read_text().split() == ["refresh", "cache"], seconds=20)


async def test_leaving_ends_the_work_at_once(told: Sample, library: Library, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    code = (
        f"if 'retag' in sys.argv:\n open({str(pid)!r}, 'w').write(str(os.getpid()))\n"
        " print(json.dumps({'done': 1, 'of': 9}), flush=True)\n import time; time.sleep(60)\n"
    )
    app = app_of(library, child(tmp_path, code))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "g")
        await pilot.press("i", "M")
        await until(pilot, lambda: " 1/9 " in shown(app), seconds=20)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
