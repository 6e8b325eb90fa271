"""The headlines pane: what each cell shows, and how it stays put when the snapshot changes."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import timedelta

import pytest
from textual.app import App, ComposeResult

from termnews.models import Headline
from termnews.query import parse_query
from termnews.ui.days import age, day_breaks
from termnews.ui.headlines import Headlines

from .conftest import NOW


def headline(number: int, title: str = "", *, minutes: int = 4, **fields: object) -> Headline:
    values: dict[str, object] = {"read": False, "starred": False, "regions": ("DE-BE",), **fields}
    title = title or f"Title {number}"
    date = NOW - timedelta(minutes=minutes)
    return Headline(number, 1, "Spree Courier", title, "", date, **values)  # type: ignore[arg-type]


class Bench(App[None]):
    """Headlines alone on a screen."""

    def __init__(self, rows: Sequence[Headline]) -> None:
        super().__init__()
        self.known = {each.id: each for each in rows}
        self.now = NOW
        self.asked = 0
        self.pane = Headlines(self._load, lambda: self.now, id="headlines")
        self.stylesheet.add_source("#headlines { height: 1fr; scrollbar-size-vertical: 1; }")

    def _load(self, ids: Sequence[int]) -> list[Headline]:
        self.asked += 1
        return [self.known[number] for number in ids if number in self.known]

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.pane.focus()
        self.pane.show(array("q", self.known), dated=True)

    def text(self, y: int) -> str:
        return self.pane.render_line(y).text.rstrip()


async def test_a_card_has_its_kicker_above_the_title() -> None:
    long = "Berlin approves night-train terminal at Ostkreuz after decade of planning"
    app = Bench([headline(1, long, starred=True), headline(2, read=True, minutes=90)])
    async with app.run_test(size=(44, 12)):
        assert [app.text(y) for y in range(8)] == [
            "  NOW " + "─" * 36,
            "▌  Spree Courier  DE-BE  4m              ★",
            "▌● Berlin approves night-train terminal at",
            "▌  Ostkreuz after decade of planning",
            "  EARLIER TODAY " + "─" * 26,
            "   Spree Courier  DE-BE  1h",
            "   Title 2",
            "",
        ]


async def test_a_row_has_its_columns_right_of_the_title() -> None:
    long = "Berlin approves night-train terminal at Ostkreuz after decade of planning"
    app = Bench([headline(1, long, starred=True), headline(2, read=True, minutes=5)])
    async with app.run_test(size=(80, 6)):
        assert (
            app.text(1) == "▌● Berlin approves night-train terminal at Ostkreuz…  ★ Spree Couri… DE-BE   4m"
        )
        assert (
            app.text(2) == "   Title 2                                              Spree Couri… DE-BE   5m"
        )


async def test_what_changed_has_a_sign_before_the_star() -> None:
    both = headline(1, changed=True, starred=True)
    app = Bench([both, headline(2, changed=True), headline(3, starred=True)])
    async with app.run_test(size=(80, 6)):
        assert [app.text(y)[49:59] for y in (1, 2, 3)] == ["    ±★ Spr", "    ±  Spr", "     ★ Spr"]
        app.pane.turn_cards()
        assert [app.text(y)[-3:] for y in (1, 4, 7)] == [" ±★", "  ±", "  ★"]
    app = Bench([headline(1, "دولت تاجیکستان", changed=True, starred=True)])
    async with app.run_test(size=(80, 6)):
        assert app.text(1) == "▌●  4m DE-BE ★±دولت تاجیکستان"


async def test_how_many_other_feeds_have_it_stands_before_the_signs() -> None:
    app = Bench([headline(1, copies=2, starred=True), headline(2, "دولت تاجیکستان", copies=1)])
    async with app.run_test(size=(80, 6)):
        assert (
            app.text(1) == "▌● Title 1                                         +2 ★ Spree Couri… DE-BE   4m"
        )
        assert app.text(2) == " ●  4m DE-BE    +1دولت تاجیکستان"
        app.pane.turn_cards()
        assert app.text(1) == "▌  Spree Courier  DE-BE  4m" + " " * 47 + "+2 ★"
    app = Bench([headline(number, copies=number % 3, regions=("GB-LND", "FR")) for number in range(9)])
    async with app.run_test(size=(30, 20)):
        assert {app.pane.render_line(y).cell_length for y in range(20)} == {30}


@pytest.mark.parametrize("width", [44, 80, 140])
@pytest.mark.parametrize(
    "title", ["京都市、春から旧市街の観光バス許可を制限へ 観光客の集中を緩和", "👨\u200d👩 " * 20, "x" * 200]
)
async def test_every_line_is_as_wide_as_the_pane(width: int, title: str) -> None:
    app = Bench([headline(1, title, regions=("GB-LND", "FR"))])
    async with app.run_test(size=(width, 6)):
        assert {app.pane.render_line(y).cell_length for y in range(6)} == {width}


async def test_nothing_stands_right_of_right_to_left_text() -> None:
    app = Bench([headline(1, "دولت تاجیکستان تعرفه برق")])
    async with app.run_test(size=(80, 6)):
        assert app.text(1) == "▌●  4m DE-BE   دولت تاجیکستان تعرفه برق"


async def test_a_place_assumed_from_the_feed_has_a_sign_before_it() -> None:
    app = Bench([headline(1), headline(2, assumed=True), headline(3, regions=("143",))])
    async with app.run_test(size=(80, 6)):
        assert [app.text(y)[-11:] for y in (1, 2, 3)] == [" DE-BE   4m", "~DE-BE   4m", " Centr…  4m"]
    app = Bench(
        [headline(1, regions=("FR", "GB", "UA", "US")), headline(2, assumed=True), headline(3, regions=())]
    )
    async with app.run_test(size=(44, 12)):
        assert [app.text(y).strip("▌ ") for y in (1, 4, 7)] == [
            "Spree Courier  FR GB UA  4m",
            "Spree Courier  ~DE-BE  4m",
            "Spree Courier  4m",
        ]


def set_off(pane: Headlines, y: int) -> list[str]:
    """Return what is underlined on a line."""
    return [each.text for each in pane.render_line(y) if each.style and each.style.underline]


@pytest.mark.parametrize(
    ("line", "title", "found"),
    [
        ("harbour", "The HARBOURS of harbour town", ["HARBOURS", "harbour"]),
        ("har*", "Harbour, hare and shard", ["Harbour", "hare"]),
        ("тариф -рост", "Рост тарифов на свет", ["тарифов"]),
        ('"night train" OR dam', "Train by night at the dam", ["Train", "night", "dam"]),
        ("author:dam is:unread", "The dam", []),
        ("dam", "ـ dam", ["dam"]),
        ("...", "The ... dam", []),
    ],
)
async def test_words_searched_for_are_underlined(line: str, title: str, found: list[str]) -> None:
    app = Bench([headline(1, title)])
    app.stylesheet.add_source(".headline--match { text-style: underline; }")
    for size, y in (((80, 6), 1), ((44, 6), 2)):
        async with app.run_test(size=size):
            app.pane.show(array("q", [1]), dated=True, where=parse_query(line).where)
            assert set_off(app.pane, y) == found
            assert title in app.text(y)
        app = Bench([headline(1, title)])
        app.stylesheet.add_source(".headline--match { text-style: underline; }")


async def test_unread_is_bold_and_marked_read_is_neither() -> None:
    app = Bench([headline(1), headline(2, read=True)])
    app.stylesheet.add_source(".headline--unread { text-style: bold; }")
    async with app.run_test(size=(80, 6)):
        titles = [next(s for s in app.pane.render_line(y) if "Title" in s.text) for y in (1, 2)]
        assert [bool(each.style and each.style.bold) for each in titles] == [True, False]


async def test_an_empty_title_is_said() -> None:
    app = Bench([headline(1, "\x1b\x00")])
    async with app.run_test(size=(80, 6)):
        assert "(no title)" in app.text(1)


async def test_a_headline_that_is_gone_leaves_its_row() -> None:
    app = Bench([headline(1), headline(2)])
    async with app.run_test(size=(80, 6)):
        app.pane.show(array("q", [1, 99, 2]), dated=False)
        assert [app.text(y)[:10].strip(" ▌●") for y in range(3)] == ["Title 1", "gone", "Title 2"]


async def test_a_new_snapshot_keeps_article_and_place_on_screen() -> None:
    app = Bench([headline(number, minutes=4) for number in range(1, 101)])
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.press(*["j"] * 40)
        before = app.pane.geometry.top(app.pane.cursor) - app.pane.scroll_offset.y
        app.known |= {number: headline(number, minutes=1) for number in range(101, 121)}
        app.pane.replace_ids(array("q", [*range(101, 121), *range(1, 101)]))
        await pilot.pause()
        assert app.pane.headline is not None
        assert app.pane.headline.id == 41
        assert app.pane.geometry.top(app.pane.cursor) - app.pane.scroll_offset.y == before


async def test_rows_out_of_sight_may_come_without_a_row_being_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Bench([headline(number) for number in range(1, 301)])
    async with app.run_test(size=(80, 12)) as pilot:
        app.pane.show(array("q", [*range(1, 41), *[0] * 40]), dated=True, known=40)
        await pilot.pause()
        drawn: list[int] = []
        draw = app.pane.render_row
        monkeypatch.setattr(app.pane, "render_row", lambda i, *rest: drawn.append(i) or draw(i, *rest))
        app.pane.replace_ids(array("q", range(1, 301)))
        await pilot.pause()
        assert (len(app.pane.ids), app.pane.geometry.count, drawn) == (300, 300, [])
        await pilot.press("end")
        assert app.pane.headline is not None
        assert app.pane.headline.id == 300
        assert "Title 300" in app.text(11)
        await pilot.press("home")
        drawn.clear()
        app.pane.replace_ids(array("q", [2, 1, *range(3, 301)]))
        await pilot.pause()
        assert "Title 3" in app.text(2)
        assert drawn


async def test_when_the_article_is_gone_the_next_one_has_the_cursor() -> None:
    app = Bench([headline(number) for number in range(1, 11)])
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.press(*["j"] * 4)
        app.pane.replace_ids(array("q", [1, 2, 7, 8]))
        assert app.pane.headline is not None
        assert app.pane.headline.id == 7
        app.pane.replace_ids(array("q", [1, 2]))
        assert app.pane.headline.id == 2


async def test_the_overlay_shows_at_once_and_reload_tells_the_truth() -> None:
    app = Bench([headline(1), headline(2)])
    async with app.run_test(size=(80, 6)) as pilot:
        await pilot.pause()
        app.pane.overlay([1], read=True)
        app.pane.overlay([1], starred=True)
        await pilot.pause()
        assert "●" not in app.text(1)
        assert "★" in app.text(1)
        assert "●" in app.text(2)
        app.pane.reload()
        assert "●" in app.text(1)


async def test_cards_and_rows_by_key_and_width() -> None:
    app = Bench([headline(1), headline(2)])
    async with app.run_test(size=(80, 12)) as pilot:
        assert app.pane.geometry.row_height == 1
        await pilot.resize_terminal(44, 12)
        await pilot.pause()
        assert app.pane.geometry.row_height == 3
        app.pane.turn_cards()
        assert app.pane.geometry.row_height == 1
        await pilot.resize_terminal(120, 12)
        await pilot.pause()
        assert app.pane.geometry.row_height == 1


async def test_ages_grow_when_a_key_is_pressed_later() -> None:
    app = Bench([headline(1), headline(2)])
    async with app.run_test(size=(80, 6)) as pilot:
        app.now = NOW + timedelta(minutes=3)
        await pilot.press("j")
        assert app.text(2).endswith("7m")


def test_days_are_found_without_reading_all_dates() -> None:
    dates = [NOW - timedelta(minutes=30 * at) for at in range(100_000)]
    asked: list[int] = []

    def date(at: int):  # type: ignore[no-untyped-def]
        asked.append(at)
        return dates[at]

    breaks = day_breaks(len(dates), date, NOW)
    assert [(each.before, each.lines[0]) for each in breaks] == [
        (0, "NOW"),
        (3, "EARLIER TODAY"),
        (25, "YESTERDAY"),
        (73, "MONDAY 23 NOV"),
        (121, "SUNDAY 22 NOV"),
        (169, "SATURDAY 21 NOV"),
        (217, "FRIDAY 20 NOV"),
        (265, "THURSDAY 19 NOV"),
        (313, "EARLIER"),
    ]
    assert len(asked) < 200


def test_spans_without_rows_have_no_rule() -> None:
    breaks = day_breaks(1, lambda at: NOW - timedelta(days=400), NOW)
    assert [each.lines for each in breaks] == [("EARLIER",)]
    assert day_breaks(0, lambda at: None, NOW) == []


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "now"), (-5, "now"), (1, "1m"), (59, "59m"), (60, "1h"), (1439, "23h"), (1440, "1d"),
        (13 * 1440, "13d"), (14 * 1440, "2w"), (300 * 1440, "42w"), (370 * 1440, "1y"), (900 * 1440, "2y"),
    ],
)  # fmt: skip
def test_ages_fit_three_cells(minutes: int, text: str) -> None:
    assert age(NOW - timedelta(minutes=minutes), NOW) == text
    assert len(text) <= 3
