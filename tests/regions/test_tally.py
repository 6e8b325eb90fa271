"""Counts of regions become the tree of them."""

from __future__ import annotations

from termnews.models import Count
from termnews.regions import tally


def test_counts_of_regions_stand_in_the_tree_with_what_is_around_them() -> None:
    counted = {
        "TJ": Count(6, 3, 1),
        "TJ-GB": Count(4, 3, 1),
        "142": Count(6, 3, 1),
        "001": Count(5, 5, 0),
        "": Count(9, 9, 9),
    }
    tree = {each.region.code: each for each in tally(counted)}
    assert {code: each.count for code, each in tree.items() if code in counted} == {
        code: count for code, count in counted.items() if code
    }
    assert [tree[code].depth for code in ("142", "143", "TJ", "TJ-GB")] == [0, 1, 2, 3]


def test_names_in_another_language() -> None:
    names = {each.region.code: each.region.name for each in tally({"TJ": Count(1, 1, 0)}, "ru")}
    assert names["TJ"] == "Таджикистан"


def test_nothing_counted() -> None:
    assert tally({}) == []
    assert tally({"": Count(3)}) == []
