"""A line still being typed finds by its last word's beginning; a view narrows what is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("a sort:title", "a sort:title"),
        ('a sort:"title', "a sort:title"),
        ("a AND is:unread", "a is:unread"),
        ("flood OR", "flood"),
        ("flood (tar OR dam", "flood (tar OR dam*)"),
        ('"peace', "peace*"),
        ('"peace de', '"peace de"'),
    ],
)
def test_the_last_word_may_go_on(line: str, expected: str) -> None:
    assert print_query(as_typed(parse_query(line), line)) == expected


_PIECES = st.sampled_from(
    ["a", "-b", "c*", '"d e"', "title:f", "region:TJ", "is:unread", "sort:title", "OR", "NOT", "(g)", "("]
)


@given(st.lists(_PIECES, max_size=6).map(" ".join), st.sampled_from(["tar", "title:tar", "тар", "x1"]))
def test_a_word_typed_so_far_means_its_beginning(line: str, word: str) -> None:
    line = f"{line} {word}".strip()
    # A negated word is left whole: its beginning would take away what the reader still wants.
    whole, opened = parse_query(line), parse_query(f"{line}*")
    assert as_typed(whole, line) in (opened, whole)
    if "NOT" not in line and "-" not in line and "(" not in line:
        assert as_typed(whole, line) == opened


@given(
    st.lists(_PIECES, max_size=6).map(" ".join),
    st.sampled_from(["sort:title", "is:unread", "region:TJ", "since:2d", "lang:ru", "OR", "AND", "NOT"]),
)
def test_what_is_no_word_opens_none_before_it(line: str, last: str) -> None:
    line = f"{line} {last}".strip()
    assert as_typed(parse_query(line), line) == parse_query(line)


def test_a_view_narrows_what_is_found() -> None:
    view = parse_query("region:TJ OR region:UZ sort:title")
    assert print_query(narrowed(view, parse_query("tar"))) == "(region:TJ OR region:UZ) tar sort:title"
    assert print_query(narrowed(parse_query(""), parse_query("tar sort:best"))) == "tar sort:best"
    assert print_query(narrowed(view, parse_query(""))) == print_query(view)
