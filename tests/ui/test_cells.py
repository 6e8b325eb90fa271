"""Text in cells: what is kept of a headline, cutting and breaking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from termnews.ui.cells import cut, fit, headline_text, stands_alone, wrap


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\x1b]0;evil\x07b", "a]0;evilb"),
        ("two\nlines\there", "two lines here"),
        ("\u202eabc\u200f", "abc"),
        ("family 👨\u200d👩\u200d👧 here", "family 👨 here"),
        ("wave 👋\U0001f3fd", "wave 👋"),
        ("win 🇩🇪 today", "win today"),
        ("key 1\ufe0f\u20e3", "key 1"),
        ("می\u200cدهد", "می\u200cدهد"),
    ],
)
def test_a_headline_keeps_what_terminals_agree_on(raw: str, kept: str) -> None:
    assert headline_text(raw) == kept


def test_text_nothing_may_follow() -> None:
    assert stands_alone("تعرفه برق")
    assert stands_alone("בחירות")
    assert stands_alone("दिल्ली")
    assert not stands_alone("京都市")
    assert not stands_alone("Душанбе")


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("a ten-day truce", 6, ["a ten-", "day t…"]),
        ("abcdefghijkl", 5, ["abcde", "fghi…"]),
        ("京都市の観光バス", 8, ["京都市の", "観光バス"]),
        ("京都市の観光バス許可", 7, ["京都市", "の観光…"]),
        ("short", 20, ["short"]),
        ("", 5, [""]),
    ],
)
def test_titles_break_in_two_lines(text: str, width: int, rows: list[str]) -> None:
    assert wrap(text, width, 2) == rows


@given(st.text(max_size=60), st.integers(1, 30), st.integers(1, 4))
def test_lines_are_never_too_wide(text: str, width: int, lines: int) -> None:
    rows = wrap(headline_text(text), max(width, 2), lines)
    assert len(rows) <= lines
    assert all(cell_len(row) <= max(width, 2) for row in rows)


@given(st.text(max_size=40), st.integers(0, 30))
def test_fit_is_exact(text: str, width: int) -> None:
    assert cell_len(fit(headline_text(text), width)) == width
    assert cell_len(cut(headline_text(text), width)) <= width
