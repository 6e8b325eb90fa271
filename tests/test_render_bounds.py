"""Rendering takes time in proportion to its input and keeps to the width, whatever the input is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from termnews.render import (
    Block,
    Code,
    Figure,
    Heading,
    ListEntry,
    Paragraph,
    Rule,
    Span,
    Table,
    blocks,
    plain,
    to_markdown,
    wrap,
)
from tests.bounds import in_proportion

SIZE = 100_000
"""Letters: anything that looked back over its input would take tens of seconds."""


@pytest.mark.parametrize(
    "piece",
    [
        "<a",
        "</a",
        '<a ="',
        '<a ="<a "=',
        "<a b ",
        "<![CDATA[ ",
        "<span>x </span>",
        "<b> </b>",
        "<head>",
        "<iframe>",
        "<li>",
        "<td>a<br>",
        "<br>",
        "<!",
        "< ",
        " ",
        "x ",
        "\n",
        " \n",
        "&",
        "&#9",
        "9",
        "\u0301",
        "<sup>1",
        "<figcaption>x",
        "<source src=a>",
    ],
)
@pytest.mark.parametrize("begin", ["", "<table><tr><td>x", "<figure><img src=a><video>"])
def test_time_grows_with_the_input_alone(begin: str, piece: str) -> None:
    html = begin + piece * (SIZE // len(piece))
    with in_proportion():
        blocks(html)
        plain(html)


@pytest.mark.parametrize("piece", ["<a", "<td>", "<b>x</b>", "<!", " ", "&#", "*"])
def test_markdown_takes_time_in_proportion(piece: str) -> None:
    with in_proportion():
        to_markdown(piece * (SIZE // len(piece)))


@pytest.mark.parametrize(
    "html",
    [
        f"<ol start={'9' * 5000}><li>x",
        "<ol start=99998><li>漢字<li>漢字<li>漢字",
        "<blockquote>" * 9 + "<ol start=1000><li>漢字漢字漢字",
        "<ul><li>" * 9 + "deep <a href='https://e.example/'>word</a>",
        "<blockquote><blockquote><ul><li><pre>" + "code\t" * 9,
        "<p>" + "❤️" * 40,
        "<p>" + "👩‍🚀" * 40,
        "<p>a" + "\u200db" * 40,
        "<p>" + "e\u0301" * 40,
        "<table><tr><td>漢字漢字<td>b<tr><td>" + "❤️" * 20 + "<td>d",
        f"<table><tr><td colspan={'9' * 5000}>a<td>b<tr><td>c",
    ],
)
@pytest.mark.parametrize("width", [1, 8, 11, 20])
def test_no_line_is_wider_than_asked(html: str, width: int) -> None:
    for block in blocks(html).blocks:
        assert _widest(block, width) <= max(width, 8)


def _widest(block: Block, width: int) -> int:
    return max(sum(cell_len(text) for text, _ in line) for line in wrap(block, width))


def test_an_emoji_keeps_its_variation_sign_where_a_line_may_break() -> None:
    heading = Heading((Span("aaaaaa漢a"), Span("a漢"), Span("a❤️漢")), 1, 0, 0)
    assert _widest(heading, 8) <= 8


def test_a_variation_sign_belongs_to_the_sign_before_it_in_another_span() -> None:
    heading = Heading((Span("aaaaaaa❤"), Span("\ufe0f漢")), 1, 0, 0)
    assert _widest(heading, 8) <= 8


def test_joiners_on_both_sides_of_a_change_of_style_are_one() -> None:
    spans = (Span("aaa\u200da"), Span("\u200d"), Span("\u200daaaa"), Span("\u200d\u200dbbb", ("bold",)))
    for width in range(8, 30):
        assert _widest(Figure(spans, "page", None, 1), width) <= width


def test_a_word_without_width_is_parted_from_the_next() -> None:
    spans = (Span("\u0301\u200d \u200dba漢", link=812), Span("\u200d"))
    for width in range(8, 12):
        assert _widest(Paragraph(spans, 0, 0), width) <= width


_TEXT = st.text(st.sampled_from("a b漢❤\ufe0f\u200d👩🚀\u0301ж-\xa0"), max_size=40)
_SPANS = st.lists(
    st.builds(
        Span, _TEXT, st.sampled_from([(), ("bold",), ("italic", "code")]), st.none() | st.integers(1, 2000)
    ),
    max_size=4,
).map(tuple)
_DEPTH = st.integers(0, 6)
_BLOCKS = st.one_of(
    st.builds(Heading, _SPANS, st.integers(1, 6), _DEPTH),
    st.builds(Paragraph, _SPANS, _DEPTH, _DEPTH),
    st.builds(ListEntry, _SPANS, st.integers(1, 6), st.none() | st.integers(0, 99_999), _DEPTH),
    st.builds(Code, _TEXT, _DEPTH, _DEPTH),
    st.builds(Figure, _SPANS, st.just("page"), st.none() | st.integers(1, 2000), _DEPTH),
    st.builds(Rule, _DEPTH),
    st.builds(
        lambda rows, head, quote: Table(tuple(rows), head, ("left", "right", "center"), quote),
        st.lists(st.tuples(_SPANS, _SPANS, _SPANS), min_size=1, max_size=3),
        st.booleans(),
        _DEPTH,
    ),
)


@settings(max_examples=300, deadline=None)
@given(_BLOCKS, st.integers(8, 40))
def test_any_block_keeps_to_any_width(block: Block, width: int) -> None:
    lines = wrap(block, width)
    assert lines
    assert _widest(block, width) <= width
