"""The bars: what is seen when there is no room for all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.app import App, ComposeResult

from termnews.ui.bars import BottomBar, Status, TopBar, shortened
from termnews.ui.messages import Progress

HINTS = (("j k", "move"), ("Enter", "read"), ("s", "star"), ("/", "search"), ("?", "help"))
FULL = Status(
    chips=("Europe › Germany › Berlin", "Unread", "24 h"), new=14, unread=312, as_of="14:05", hints=HINTS
)


class Bench(App[None]):
    """Two bars."""

    def compose(self) -> ComposeResult:
        yield TopBar(id="top")
        yield BottomBar(id="bottom")


async def drawn(status: Status, width: int) -> tuple[str, str]:
    app = Bench(css_path=None)
    app.stylesheet.add_source("#top, #bottom { height: 1; }")
    async with app.run_test(size=(width, 4)) as pilot:
        top, bottom = app.query_one(TopBar), app.query_one(BottomBar)
        top.show(status)
        bottom.show(status)
        await pilot.pause()
        return top.render_line(0).text, bottom.render_line(0).text


async def test_top_bar_at_120_columns() -> None:
    top, _ = await drawn(FULL, 120)
    assert len(top) == 120
    assert top.startswith(" termnews   Europe › Germany › Berlin   Unread   24 h ")
    assert top.rstrip().endswith("▲ 14 new  312 unread  as of 14:05")


async def test_a_narrow_top_bar_drops_the_outer_regions_first() -> None:
    top, _ = await drawn(FULL, 68)
    assert " Germany › Berlin " in top
    assert "Europe" not in top
    assert top.rstrip().endswith("▲ 14 new  312 unread")


@pytest.mark.parametrize("room", range(60))
def test_chips_never_take_more_than_their_room(room: int) -> None:
    chips = shortened(("Europe › Germany › Berlin", "“a very long phrase somebody typed”", "Unread"), room)
    assert sum(len(chip) + 3 for chip in chips) <= room


async def test_hints_go_but_help_stays() -> None:
    _, wide = await drawn(FULL, 80)
    assert wide.rstrip() == " j k move  Enter read  s star  / search  ? help"
    _, narrow = await drawn(FULL, 26)
    assert narrow.rstrip() == " j k move  ? help"


async def test_a_message_takes_the_place_of_the_hints() -> None:
    said = replace(FULL, message="Marked 312 read in Berlin", undoable=True)
    _, bottom = await drawn(said, 80)
    assert bottom.rstrip() == " Marked 312 read in Berlin · u undo"
    _, plain = await drawn(replace(said, undoable=False), 80)
    assert plain.rstrip() == " Marked 312 read in Berlin"


async def test_progress_and_trouble() -> None:
    work = replace(FULL, progress=Progress(done=618, of=1000, failed=2))
    _, bottom = await drawn(work, 120)
    assert bottom.rstrip().endswith("↻ ━━━━━━━━━━━━ 618/1000 2 failing")
    _, narrow = await drawn(work, 80)
    assert narrow.rstrip().endswith("↻ ━━━━━━━━ 618/1k !2")


async def test_a_refresh_says_what_came_how_long_it_takes_and_its_stop_key() -> None:
    progress = Progress(done=618, of=1000, failed=2, new=12, left=130, host="news.example")
    work = replace(FULL, progress=progress, stop="r")
    _, bottom = await drawn(work, 120)
    assert bottom.rstrip().endswith("618/1000 12 new 2 failing 2 min r stop")
    _, wide = await drawn(work, 160)
    assert wide.rstrip().endswith("2 min news.example r stop")
    _, narrow = await drawn(work, 80)
    assert narrow.rstrip().endswith("618/1k !2 2 min r stop")
    assert " ? help" in narrow
    _, least = await drawn(work, 40)
    assert "r stop" in least


async def test_offline_says_when_it_is_tried_again_and_trouble_comes_first() -> None:
    offline = replace(FULL, offline="13:40", retry=2)
    _, bottom = await drawn(offline, 120)
    assert bottom.rstrip().endswith("OFFLINE since 13:40 · retry in 2 min")
    _, bottom = await drawn(offline, 80)
    assert bottom.rstrip().endswith("OFFLINE since 13:40")
    _, bottom = await drawn(replace(offline, trouble="not saved"), 80)
    assert bottom.rstrip().endswith("not saved")


async def test_offline_and_failing_are_said_in_words() -> None:
    _, bottom = await drawn(replace(FULL, offline="13:40"), 120)
    assert bottom.rstrip().endswith("OFFLINE since 13:40")
    _, bottom = await drawn(replace(FULL, failing=1), 120)
    assert bottom.rstrip().endswith("1 feed failing")
    _, bottom = await drawn(replace(FULL, failing=2), 80)
    assert bottom.rstrip().endswith("!2")
