"""A line still being typed finds by its last word's beginning; a view narrows what is found."""

from __future__ import annotations

import pytest

from termnews.query import as_typed, narrowed, parse_query, print_query


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("tar", "tar*"),
        ("electric tar", "electric tar*"),
        ("tar ", "tar"),
        ('"peace deal"', '"peace deal"'),
        ("tar*", "tar*"),
        ("region:TJ", "region:TJ"),
        ("region:TJ tar", "region:TJ tar*"),
        ("flood OR tar", "flood OR tar*"),
        ("title:tar", "title:tar*"),
        ("flood -tar", "flood -tar"),
        ("", ""),
    ],
)
def test_the_last_word_may_go_on(line: str, expected: str) -> None:
    assert print_query(as_typed(parse_query(line), line)) == expected


def test_a_view_narrows_what_is_found() -> None:
    view = parse_query("region:TJ OR region:UZ sort:title")
    assert print_query(narrowed(view, parse_query("tar"))) == "(region:TJ OR region:UZ) tar sort:title"
    assert print_query(narrowed(parse_query(""), parse_query("tar sort:best"))) == "tar sort:best"
    assert print_query(narrowed(view, parse_query(""))) == print_query(view)
