"""The rows of lists: what has come of them, how they are kept to come back to, and how often."""

from __future__ import annotations

from array import array

import pytest

from termnews.library import Library
from termnews.models import ArticleQuery
from termnews.query import print_query
from termnews.ui import trail
from termnews.ui.app import TermnewsApp
from termnews.ui.listing import FIRST, Memory
from termnews.ui.snapshot import Sketch, among, sketch

from .conftest import MANY, Sample, app_of, lines, press, settle

WIDE = (120, 40)


def rows(*numbers: int) -> array[int]:
    return array("I", numbers)


def test_a_sketch_is_as_the_rows_written_out() -> None:
    some = Sketch(9, ((0, rows(7, 3)), (4, rows(5, 6)), (8, rows(2))))
    written = [7, 3, 0, 0, 5, 6, 0, 0, 2]
    assert (len(some), list(some), list(some[:])) == (9, written, written)
    for start in range(-10, 11):
        for stop in range(-10, 11):
            assert list(some[start:stop]) == written[start:stop]
    assert [some[-1], some[5]] == [2, 6]
    with pytest.raises(IndexError):
        some[9]
    assert [some.index(number) for number in (7, 6, 2)] == [0, 5, 8]
    assert 6 in some
    assert 4 not in some
    with pytest.raises(ValueError, match="4"):
        some.index(4)


def test_spans_may_overlap_and_go_beyond_the_rows() -> None:
    made = sketch(rows(*range(1, 21)), ((0, 4), (-3, 2), (3, 7), (18, 40)))
    assert list(made) == [1, 2, 3, 4, 5, 6, 7, *[0] * 11, 19, 20]
    assert list(made.first) == [1, 2, 3, 4]


def test_numbers_are_told_apart_without_a_set_of_them() -> None:
    known = among(rows(9, 2, 70_000))
    assert [number for number in (0, 2, 8, 9, 10, 69_999, 70_000, 10**9) if known(number)] == [2, 9, 70_000]
    assert not among(())(0)


def test_a_number_takes_four_bytes(many: Library) -> None:
    found = many.ids(ArticleQuery())
    assert len(found.tobytes()) == 4 * (MANY + 12)


class Shown:
    """Stands for the listing of a trail: what it is told to restore is what stands there."""

    def __init__(self) -> None:
        self.at = memory(0, rows())

    def memory(self) -> Memory:
        return self.at

    def restore(self, view: Memory) -> None:
        self.at = view


def memory(cursor: int, ids: array[int], asked: ArticleQuery | None = None) -> Memory:
    return Memory(asked or ArticleQuery(), ids, cursor, 0.0, 99, True)


def held(way: trail.Trail) -> int:
    """Return how many numbers the views of a trail hold, each array once."""
    arrays = {id(each.ids): each.ids for each in way._behind}
    return sum(
        len(part)
        for ids in arrays.values()
        for part in ([part for _, part in ids._parts] if isinstance(ids, Sketch) else [ids])
    )


def test_the_same_rows_are_kept_once_and_no_view_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "MOST_ROWS", 5000)
    shown = Shown()
    way = trail.Trail(shown, lambda: None, lambda _: None)  # type: ignore[arg-type]
    for _ in range(4):
        way.leave(memory(3, rows(*range(1, 4001))))
    assert (way.length, held(way)) == (4, 4000)
    way.leave(memory(2500, rows(*range(2, 4002))))  # another list: there is no room for both
    assert (way.length, held(way)) == (5, 4000 + 4 * (2 * FIRST + 3))
    way.leave(memory(0, rows(*range(5000, 5100))))
    assert held(way) == 100 + 4000 + 4 * (2 * FIRST + 3)
    for cursor, whole in ((0, True), (2500, True), (3, False)):
        way.back()
        assert (shown.at.cursor, shown.at.whole, len(shown.at.ids)) == (
            cursor, whole, 100 if cursor == 0 else 4000,
        )  # fmt: skip
    assert list(shown.at.ids[:5]) == [1, 2, 3, 4, 5]


def test_of_a_view_too_long_the_rows_about_the_cursor_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "MOST_ROWS", 10)
    way = trail.Trail(Shown(), lambda: None, lambda _: None)  # type: ignore[arg-type]
    way.leave(memory(9000, rows(*range(1, 20_001))))
    (kept,) = way._behind
    assert held(way) == 4 * FIRST
    assert kept.ids[9000] == 9001
    assert kept.ids[0] == 1
    assert kept.ids[-1] == 20_000
    assert kept.abridged() is kept


async def test_one_comes_back_to_the_cursor_also_where_the_rows_were_not_kept(
    many: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "MOST_ROWS", 0)
    app = app_of(many)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "1")
        app.reader.headlines.move_to(700)
        listing = app.reader.desk.listing
        before = standing(app)
        await press(pilot, "2")
        await settle(pilot)
        assert print_query(listing.asked) == "is:unread"
        await press(pilot, "u")
        assert standing(app) == before  # at once
        await settle(pilot)
        assert standing(app) == before
        assert listing.whole
        assert list(listing.ids) == list(many.ids(ArticleQuery()))
        assert listing.waiting == 0
        assert "▲" not in lines(app)[0]


async def test_what_came_meanwhile_is_listed_and_not_told_of_twice(
    sample: Sample, many: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "MOST_ROWS", 0)
    app = app_of(many)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "1", "2")
        await settle(pilot)
        sample.arrive(["Fresh one", "Fresh two"], start=1, minutes=1)
        await press(pilot, "u")
        await settle(pilot)
        listing = app.reader.desk.listing
        assert print_query(listing.asked) == ""
        assert len(listing.ids) == MANY + 14
        assert listing.waiting == 0


def standing(app: TermnewsApp) -> tuple[object, ...]:
    """Return what of a list must stay where it is."""
    pane = app.reader.headlines
    assert pane.headline is not None
    shown = [line[:70] for line in lines(app)[2:-1]]
    return print_query(app.reader.desk.listing.asked), pane.headline.id, pane.cursor, shown
