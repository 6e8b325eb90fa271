"""The main screen on a real library: reading, marking, undoing, filtering, coming back."""

from __future__ import annotations

from typing import Any

import pytest
from textual.strip import Strip

from termnews.library import Library
from termnews.query import print_query
from termnews.ui.app import TermnewsApp
from termnews.ui.article_pane import ArticlePane
from termnews.ui.bars import BottomBar
from termnews.ui.headlines import Headlines
from termnews.ui.notices import Notice
from termnews.ui.peek import Peek

from .conftest import Sample, app_of, lines, press, settle, titles, until

WIDE = (120, 40)


def unread(library: Library) -> int:
    return library.count(library.query("is:unread")).total


def line(app: TermnewsApp) -> str:
    return print_query(app.reader.desk.listing.asked)


def shown(app: TermnewsApp) -> str:
    return "\n".join(lines(app))


def bottom(app: TermnewsApp) -> str:
    return lines(app)[-1]


async def test_it_opens_on_the_unread_headlines(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        text = lines(app)
        assert text[0].startswith(" termnews   Unread ")
        assert text[0].rstrip().endswith("12 unread")
        assert text[1].strip().startswith("NOW")
        assert "Headline number 0 about the harbour" in text[3]
        assert text[-1].startswith(" j k move  Enter read  s star")
        assert "WORLD" in shown(app)
        assert "Spree Courier" in shown(app)


async def test_m_and_s_are_durable_and_undone_exactly(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        first = app.reader.desk.headline
        assert first is not None
        await pilot.press("m", "s")
        await settle(pilot)
        state = library.article(first.id).state
        assert (state.read, state.starred) == (True, True)
        assert "11 unread" in lines(app)[0]
        await pilot.press("u")
        await settle(pilot)
        assert not library.article(first.id).state.starred
        assert "Undone: 1 unstarred" in bottom(app)
        await pilot.press("г")
        await settle(pilot)
        assert unread(library) == 12
        await pilot.press("ctrl+y")
        await settle(pilot)
        assert unread(library) == 11
        assert "Done again: 1 read" in bottom(app)


async def test_all_read_at_once_and_back(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("j", "m", "A")
        await settle(pilot)
        assert unread(library) == 0
        assert "Marked 11 read in Unread · u undo" in bottom(app)
        assert "Headline number 5" in shown(app)
        await pilot.press("u")
        await settle(pilot)
        assert unread(library) == 11
        assert "Undone: 11 unread again" in bottom(app)


@pytest.mark.parametrize(("key", "left"), [("{", 9), ("}", 4)])
async def test_above_and_below(library: Library, key: str, left: int) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("j", "j", "j", key)
        await settle(pilot)
        assert unread(library) == left


async def test_read_rows_stay_until_taken_in(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        assert len(app.reader.desk.listing.ids) == 12
        await pilot.press(".")
        await settle(pilot)
        assert len(app.reader.desk.listing.ids) == 11


async def test_enter_reads_at_once(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert unread(library) == 11
        assert app.reader.desk.panes.focus == "article"
        await pilot.press("escape")
        assert app.reader.desk.panes.focus == "list"


async def test_resting_on_a_headline_reads_it_but_passing_does_not(library: Library, quick: None) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert unread(library) == 12
        await pilot.press("j")
        await until(pilot, lambda: unread(library) == 11)


async def test_filters_by_key(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for keys, asked in (
            (("1",), ""),
            (("3",), "is:starred"),
            (("1",), ""),
            (("f", "u"), "is:unread"),
            (("f", "1"), "is:unread since:24h"),
            (("а", "ы"), "is:unread since:24h is:starred"),
            (("backspace",), "is:unread since:24h"),
            (("f", "z"), "is:unread since:24h"),
            (("F",), ""),
            (("f", "r"), "region:DE-BE"),
            (("F", "S", "t"), "sort:title"),
            (("backspace",), ""),
        ):
            await press(pilot, *keys)
            assert line(app) == asked, keys


async def test_hesitating_after_a_prefix_lists_what_may_follow(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("termnews.ui.prompt.SHOW_AFTER", 0.001)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await until(pilot, lambda: "f u " in shown(app))
        await pilot.press("escape")
        assert line(app) == "is:unread"


async def test_the_sidebar_chooses(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("h")
        assert app.reader.desk.panes.focus == "sidebar"
        rows = app.reader.desk.panes.sidebar
        labels = [rows.chosen(at).label for at in range(rows.geometry.count)]
        await pilot.press("g", *["j"] * labels.index("Europe"), "right", "j", "j", "enter")
        await settle(pilot)
        assert line(app).startswith("region:")
        assert line(app).endswith("is:unread")
        assert app.reader.desk.panes.focus == "list"
        assert lines(app)[0].startswith(" termnews   Europe ›")


async def test_next_unread_skips_read_ones(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("j", "m", "g", "n")
        assert app.reader.headlines.cursor == 2
        await pilot.press("p")
        assert app.reader.headlines.cursor == 0
        await pilot.press("p")
        assert "Nothing unread further up." in bottom(app)
        await pilot.press("]")
        assert app.reader.headlines.cursor == 2


async def test_what_arrives_waits_until_it_is_taken_in(sample: Sample, library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press(*["j"] * 5)
        here = app.reader.desk.headline
        assert here is not None
        sample.arrive(["Fresh one", "Fresh two"], start=1, minutes=1)
        app.reader.desk.listing.recount()
        await settle(pilot)
        assert "▲ 2 new" in lines(app)[0]
        assert "Fresh one" not in shown(app)
        await pilot.press(".")
        await settle(pilot)
        assert "▲" not in lines(app)[0]
        assert app.reader.desk.headline == here
        await pilot.press("g")
        assert "Fresh one" in shown(app)


async def test_a_restart_brings_everything_back(sample: Sample) -> None:
    sample.arrive(titles(200), minutes=1, start=600)
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("f", "7", *["j"] * 40, "enter", "escape", "d", "b")
        await settle(pilot)
        before = (line(app), app.reader.desk.headline, app.reader.headlines.scroll_offset.y)
        app.exit()
    library.close()
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        after = (line(app), app.reader.desk.headline, app.reader.headlines.scroll_offset.y)
        assert before[0] == after[0] == "is:unread since:7d"
        assert before[1] == after[1]
        assert app.reader.headlines.geometry.row_height == 1
        assert app.reader.has_class("-no-sidebar")
        shown_article = app.reader.desk.panes.showing.article
        assert shown_article is not None and before[1] is not None
        assert shown_article.id == before[1].id
    library.close()


async def test_a_remembered_view_that_cannot_be_read_is_passed_over(sample: Sample) -> None:
    for kept in ("{", "[]", '{"line": "is:blue"}', '{"article": "x"}'):
        library = sample.library()
        library.upkeep.remember("screen", kept)
        app = app_of(library)
        async with app.run_test(size=WIDE) as pilot:
            await settle(pilot)
            assert len(app.reader.desk.listing.ids) == 12
        library.close()


async def test_hostile_titles_never_reach_the_terminal(sample: Sample) -> None:
    evil = [
        "\x1b]0;owned\x07",
        "\x9b31m\x9d",
        "\u202egnp",
        "[red]x[/]",
        "[@click=app.quit]x[/]",
        "[/]",
        "a\x00b",
    ]
    sample.arrive(evil, start=1, minutes=1)
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press(*["j"] * 7)
        await settle(pilot)
        text = shown(app)
        assert not set(text) & {"\x1b", "\x9b", "\x9d", "\x00", "\x07", "\u202e"}
        assert "[red]x[/]" in text
        assert "[@click=app.quit]x[/]" in text
    library.close()


@pytest.mark.parametrize("size", [(80, 24), WIDE])
async def test_a_pane_has_the_keys_before_the_next_one_is_typed(
    library: Library, size: tuple[int, int]
) -> None:
    app = app_of(library)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        panes = app.reader.desk.panes
        panes.read()
        assert panes.focus == "article"
        assert (panes.back(), panes.back()) == (True, False)  # at the second q there is nothing to go back to
        panes.cycle(1)
        panes.cycle(-1)
        assert panes.focus == "list"
        await settle(pilot)
        assert panes.focus == "list"


async def test_a_star_is_seen_in_the_article_and_keeps_the_place_of_reading(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "j", "s")
        assert app.reader.query_one(ArticlePane).scroll_offset.y == 1
        assert "· ★\N{NO-BREAK SPACE}starred" in shown(app)
        await press(pilot, "u")
        assert "· ★" not in shown(app)
        assert app.reader.query_one(ArticlePane).scroll_offset.y == 1


async def test_empty_views_say_why_and_what_helps(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("A", ".")
        await settle(pilot)
        assert "You are up to date." in shown(app)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "You are up to date." in shown(app)
        assert not app.reader.query_one(Peek).display  # of what article?
        assert "2 show read too" in shown(app)
        await press(pilot, "1", "3", "f", "1")
        assert "Nothing matches: Starred + 24 h." in shown(app)
        await pilot.press("F")
        await settle(pilot)
        assert not app.reader.query_one("#notice", Notice).display


async def test_the_article_pane_follows_the_view_and_marks_nothing(library: Library, quick: None) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        showing = app.reader.desk.panes.showing
        app.reader.desk.show(library.query("number 7"))
        await settle(pilot)
        assert showing.article is not None
        assert showing.article.entry.title == "Headline number 7 about the harbour"
        assert unread(library) == 12
        app.reader.desk.show(library.query("nothinglikethis"))
        await settle(pilot)
        assert showing.article is None
        app.reader.desk.acts.undo()
        await settle(pilot)
        assert showing.article is not None


async def test_no_feeds_is_said(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "termnews.toml").write_text(f'data_dir = "{tmp_path}/data"\n', encoding="utf-8")
    from termnews import config

    library = Library(config.load(tmp_path / "termnews.toml", ""))
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "Welcome to termnews." in shown(app)
        await pilot.press("escape")
        await settle(pilot)
        assert "You follow no feeds yet." in shown(app)
        await pilot.press("j", "enter", "space", "m", "A", "n", "o", "z")
        await settle(pilot)
    library.close()


async def test_shift_space_takes_back_a_page_of_the_article_from_every_pane(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(120, 20)) as pilot:
        await settle(pilot)
        panes = app.reader.desk.panes
        await press(pilot, "j", "j", "space", "space")
        two = panes.article.scroll_offset.y
        for pane in (panes.headlines, panes.sidebar, panes.article):
            pane.focus()
            await press(pilot, "space")
            assert panes.article.scroll_offset.y > two
            await press(pilot, "shift+space")
            assert (panes.article.scroll_offset.y, panes.headlines.cursor) == (two, 2)


@pytest.mark.parametrize(
    ("key", "focus"), [("h", "sidebar"), ("shift+tab", "sidebar"), ("l", "article"), ("tab", "article")]
)
async def test_the_panes_round_an_empty_list_are_reached_from_it(
    library: Library, key: str, focus: str
) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        app.reader.desk.show(library.query("nothinglikethis"))
        await press(pilot, key)
        assert app.reader.desk.panes.focus == focus


async def test_the_sidebar_takes_no_keys_from_another_pane(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        panes = app.reader.desk.panes
        for keys, focus in ((("l", "b"), "article"), (("b", "h", "b"), "list"), (("b", "z", "b"), "article")):
            await press(pilot, *keys)
            assert panes.focus == focus, keys
        assert panes.alone
        assert not app.reader.check_action("command", ("sidebar",))
        await press(pilot, "z")
        assert panes.sidebar.size.width == 24  # nothing happened to it behind the article


async def test_the_drawer_over_an_article_gives_the_keys_back_to_it(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        panes = app.reader.desk.panes
        for key in ("b", "escape"):
            await press(pilot, "enter", "b")
            assert (panes.focus, panes.sidebar.size.width) == ("sidebar", 28)
            await press(pilot, key)
            assert (panes.focus, panes.sidebar.size.width, panes.alone) == ("article", 0, True)


async def test_three_widths(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        panes = app.reader.desk.panes
        assert (
            panes.sidebar.size.width,
            panes.headlines.size.width,
            app.reader.query_one(Peek).size.height,
        ) == (0, 80, 4)
        await pilot.press("v")
        assert app.reader.query_one(Peek).size.height == 0
        await pilot.press("b")
        assert panes.sidebar.size.width == 28
        await pilot.press("escape")
        assert panes.sidebar.size.width == 0
        await pilot.press("enter")
        assert panes.article.size.width == 80
        await pilot.press("q")
        assert panes.article.size.width == 0
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert (panes.sidebar.size.width, panes.headlines.size.width, panes.article.size.width) == (
            24,
            44,
            52,
        )
        await pilot.resize_terminal(200, 50)
        await pilot.pause()
        assert (panes.sidebar.size.width, panes.headlines.size.width) == (28, 62)
        await pilot.resize_terminal(32, 8)
        await pilot.pause()
        assert "termnews needs 40 × 10;" in shown(app)


async def test_q_leaves_at_the_list_and_ctrl_c_at_the_second_time(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+c")
        assert "ctrl+c once more leaves." in bottom(app)
        assert app.return_code is None
        await pilot.press("q")
        assert app.return_code == 0


@pytest.mark.parametrize("key", ["question_mark", "slash", "a", "i", "V", "f"])
async def test_ctrl_c_leaves_from_what_lies_over_the_panes(library: Library, key: str) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, key)
        before = app.screen
        await pilot.press("ctrl+c")
        if key == "f":  # a prefix key waits for the second one; any other closes it
            await pilot.press("ctrl+c")
        else:
            assert app.screen is before
        assert "ctrl+c once more leaves." in app.reader.query_one(BottomBar).render_line(0).text
        assert not app._notifications
        await pilot.press("ctrl+c")
        assert app.return_code == 0


async def test_keys_of_the_config_replace_those_of_the_table(sample: Sample) -> None:
    library = sample.library('[keys]\ntoggle-read = ["x"]\nnext = ["e"]\nall-read = []')
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("e", "x", "m", "A")
        await settle(pilot)
        assert app.reader.headlines.cursor == 1
        assert unread(library) == 11
    library.close()


async def test_the_measure_is_chosen_by_key_and_comes_back(sample: Sample) -> None:
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=(200, 30)) as pilot:
        await settle(pilot)
        pane = app.reader.desk.panes.article
        await pilot.press("+", "=")
        assert pane.measure == 80
        assert "Lines of up to 80 characters." in bottom(app)
        for _ in range(20):
            await pilot.press("-")
        assert pane.measure == 40
        assert "as short as they can be" in bottom(app)
        await pilot.press("+")
        app.exit()
    library.close()
    library = sample.library()
    app = app_of(library)
    async with app.run_test(size=(80, 30)) as pilot:
        await settle(pilot)
        pane = app.reader.desk.panes.article
        await pilot.press("-")
        assert pane.measure == 44  # not to be seen: nothing happens
        await pilot.press("enter", "+", "+", "+", "+", "+", "+", "+", "+")
        assert pane.measure == 76
        await pilot.press("+")
        assert "as long as they can be" in bottom(app)
        await pilot.resize_terminal(60, 30)
        await settle(pilot)
        await pilot.press("-")
        assert pane.measure == pane.room - 4 < 56
    library.close()


@pytest.mark.parametrize("width", [60, 80, 120, 200])
async def test_the_first_paint_is_laid_out_for_the_terminal(
    library: Library, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    painted = []
    render = Headlines.render_row

    def note(self: Headlines, *arguments: Any) -> Strip:
        painted.append((self.size.width, self.geometry.row_height))
        return render(self, *arguments)

    monkeypatch.setattr(Headlines, "render_row", note)
    app = app_of(library)
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        assert {*painted} == {painted[-1]}
