"""Counts are carried up the tree; an article about two places of a country counts once for it."""

from __future__ import annotations

from termnews.models import Count
from termnews.regions import tally


def test_counts_of_subtrees() -> None:
    counted = {
        frozenset({"TJ-GB"}): Count(3, 2, 1),
        frozenset({"TJ-GB", "TJ-SU"}): Count(1, 1, 0),
        frozenset({"TJ", "FR"}): Count(2, 0, 0),
        frozenset({"001"}): Count(5, 5, 0),
        frozenset(): Count(9, 9, 9),
    }
    tree = {each.region.code: each for each in tally(counted)}
    assert tree["TJ"].count == Count(6, 3, 1)
    assert tree["TJ-GB"].count == Count(4, 3, 1)
    assert tree["TJ-SU"].count == Count(1, 1, 0)
    assert tree["142"].count == Count(6, 3, 1)
    assert tree["150"].count == Count(2, 0, 0)
    assert tree["001"].count == Count(5, 5, 0)
    assert [tree[code].depth for code in ("142", "143", "TJ", "TJ-GB")] == [0, 1, 2, 3]


def test_names_in_another_language() -> None:
    names = {each.region.code: each.region.name for each in tally({frozenset({"TJ"}): Count(1, 1, 0)}, "ru")}
    assert names["TJ"] == "Таджикистан"


def test_nothing_counted() -> None:
    assert tally({}) == []
