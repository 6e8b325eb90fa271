"""Queries as the screen changes them, and the words of the chips."""

from __future__ import annotations

import pytest

from termnews.query import parse_query, print_query
from termnews.ui.view import about_line, chips, in_regions, place_line, placed, title, toggled, without


@pytest.mark.parametrize(
    ("line", "field", "value", "result"),
    [
        ("", "region", "DE-BE", "region:DE-BE"),
        ("is:unread since:24h", "region", "DE", "region:DE is:unread since:24h"),
        ("region:DE is:unread", "region", "FR", "region:FR is:unread"),
        ("region:DE is:unread", "feed", "Spree", "feed:Spree is:unread"),
        ("region:DE is:unread", "region", "DE", "is:unread"),
        ("grid OR dam", "folder", "Europe", "folder:Europe (grid OR dam)"),
        ("sort:title region:DE", "region", "FR", "region:FR sort:title"),
    ],
)
def test_a_place_takes_the_place_of_the_former(line: str, field: str, value: str, result: str) -> None:
    assert placed(parse_query(line), field, value) == parse_query(result)


def test_toggling_twice_changes_nothing() -> None:
    for line in ("", "is:starred", "region:DE grid", "sort:title"):
        asked = parse_query(line)
        once = toggled(asked, "is", "unread")
        assert once != asked
        assert toggled(once, "is", "unread") == asked


def test_without_takes_that_condition_only() -> None:
    assert print_query(without(parse_query("is:unread is:starred"), "is", "unread")) == "is:starred"
    assert print_query(without(parse_query("since:24h grid"), "since", "24h")) == "grid"


def test_chips_are_words() -> None:
    asked = parse_query(
        'region:DE-BE is:unread since:24h "night train" -is:starred feed:Spree lang:de sort:title'
    )
    assert chips(asked) == (
        "Europe › Germany › Berlin",
        "Unread",
        "24 h",
        "“night train”",
        "not Starred",
        "Spree",
        "lang:de",
        "by title",
    )
    assert chips(parse_query("sort:oldest")) == ("oldest first",)
    assert chips(parse_query("region:none")) == ("No place",)
    assert chips(parse_query("a OR b")) == ("a OR b",)


def test_the_way_to_a_place_has_no_groupings_between() -> None:
    assert place_line("DE-BE") == "Europe › Germany › Berlin"
    assert place_line("019") == "Americas"
    assert place_line("TJ").startswith("Asia › Tajikistan")


def test_what_an_article_is_about_begins_with_the_main_place() -> None:
    assert about_line(("TJ-GB", "RU")) == "TJ-GB Tajikistan › Gorno-Badakhshan · RU Russia"
    assert about_line(("TJ",), assumed=True) == "~TJ Tajikistan"
    assert about_line(("143", "TJ")) == "Central Asia · TJ Tajikistan"
    assert about_line(("019",)) == "Americas"
    assert about_line(()) == about_line((), assumed=True) == ""


@pytest.mark.parametrize(
    ("line", "codes", "result"),
    [
        ("feed:Spree is:unread", ("DE",), "region:DE feed:Spree is:unread"),
        ("region:DE feed:Spree", ("FR", "GB"), "(region:FR OR region:GB) feed:Spree"),
        ("(region:FR OR region:GB) grid", (), "grid"),
        ("(region:FR OR feed:Spree) grid", ("DE",), "region:DE (region:FR OR feed:Spree) grid"),
        ("about:DE sort:title", (), "sort:title"),
        ("mentions:DE", ("FR",), "region:FR mentions:DE"),
    ],
)
def test_regions_take_the_place_of_regions_only(line: str, codes: tuple[str, ...], result: str) -> None:
    assert in_regions(parse_query(line), codes) == parse_query(result)


def test_title_names_the_place_first() -> None:
    assert title(parse_query("is:unread region:DE-BE")) == "Berlin"
    assert title(parse_query("is:unread grid")) == "Unread"
    assert title(parse_query("")) == "everything"
