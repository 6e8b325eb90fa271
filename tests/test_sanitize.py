"""The gate: nothing that steers a terminal passes, nothing a reader needs is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews import sanitize
from termnews.sanitize import (
    MAX_MARKS,
    clean_line,
    clean_text,
    clean_url,
    honest_url,
    log_text,
    screen_text,
    strip_credentials,
)
from tests.bounds import in_proportion

ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


def _unsafe(char: str) -> bool:
    point = ord(char)
    return (
        (point < 32 and char not in "\n\t")
        or 0x7F <= point <= 0x9F
        or 0x202A <= point <= 0x202E
        or 0x2066 <= point <= 0x2069
        or 0xD800 <= point <= 0xDFFF
        or 0xE0000 <= point <= 0xE007F
        or point & 0xFFFE == 0xFFFE
        or 0xFDD0 <= point <= 0xFDEF
    )


@given(ANY)
def test_nothing_unsafe_passes(text: str) -> None:
    for gate in (clean_text, clean_line, screen_text, clean_url):
        assert not any(map(_unsafe, gate(text)))


@given(ANY)
def test_the_gate_is_idempotent(text: str) -> None:
    for gate in (clean_text, clean_line, screen_text, clean_url):
        assert gate(gate(text)) == gate(text)


@given(st.text(st.characters(categories=("L", "N", "P", "S", "M")), max_size=40))
def test_letters_marks_and_signs_stay(text: str) -> None:
    assert clean_text(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x1b]52;c;cGF3bg==\x07b", "a]52;c;cGF3bg==b"),
        ("a\x9b2Jb", "a2Jb"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("a\u202eb\u2066c", "abc"),
        ("и\u0306", "й"),
        ("x\ud800y", "xy"),
    ],
)
def test_clean_text(text: str, expected: str) -> None:
    assert clean_text(text) == expected


def test_a_tower_of_marks_is_cut_before_it_costs_time() -> None:
    with in_proportion():
        assert len(clean_text("Z" + "\u0300\u0315\u0321" * 100_000 + "!")) <= 1 + MAX_MARKS + 1
    assert clean_text("Z" + "\u0301" * MAX_MARKS + "a\u0301") == "Ź" + "\u0301" * (MAX_MARKS - 1) + "á"


@given(st.text("sZ\u0323\u0307\u0327\u0f73\u0344\u1e69\U0001d15f", max_size=200))
def test_the_gate_is_idempotent_on_towers(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


def test_a_log_keeps_no_password_and_no_control_characters() -> None:
    text = "at https://me:p@ss:w@a.example/x and\x1b]0;x\x07 //u@b.example/\n  https://c.example/@d"
    assert log_text(text) == "at https://a.example/x and]0;x //b.example/\n  https://c.example/@d"


def test_a_line_is_one_line() -> None:
    assert clean_line("  two\n\twords \r\n") == "two words"


def test_marks_of_direction_are_kept_in_text_and_dropped_on_the_screen() -> None:
    assert clean_line("a\u200fb\u200ec") == "a\u200fb\u200ec"
    assert screen_text("a\u200fb\u200ec\u061cd") == "abcd"
    assert screen_text("a \u200f b\u200f\u0301 \u200f") == "a b\u0301"


def test_an_address_has_no_white_space() -> None:
    assert clean_url(" https://a.example/\n x\x1b") == "https://a.example/x"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://me:pw@a.example:8080/x?y#z", "https://a.example:8080/x?y#z"),
        ("https://me@a.example/", "https://a.example/"),
        ("https://a.example/@me", "https://a.example/@me"),
        ("file:///tmp/x.xml", "file:///tmp/x.xml"),
        ("https://[broken", "https://[broken"),
        ("https://me:pw@[broken/@x", "https://x"),
        ("https://me:p#w@a.example/feed", "https://a.example/feed"),
        ("https://me:p/w@a.example:81/feed", "https://a.example:81/feed"),
        ("filter:~/cut 'a@b':https://me:secret@a.example/f@1", "filter:~/cut 'a@b':https://a.example/f@1"),
        ("exec:curl https://me:p@ss@a.example x@y", "exec:curl https://a.example x@y"),
    ],
)
def test_credentials_are_cut(url: str, expected: str) -> None:
    assert strip_credentials(url) == expected


def test_the_words_of_a_command_are_shown_apart() -> None:
    assert honest_url("exec:curl \x1b https://me:secret@a.example") == "exec:curl https://a.example"


def cleaned_in_full(text: str) -> str:
    """What `clean_text` is to give, by its definition alone."""
    text = sanitize._UNSAFE.sub("", sanitize._BREAKS.sub("\n", text))
    if text.isascii():
        return text
    text = sanitize._MARKS.sub(sanitize._fewer_marks, text)
    composed = unicodedata.normalize("NFC", text)
    return text if composed == text else sanitize._MARKS.sub(sanitize._fewer_marks, composed)


PIECES = st.sampled_from(
    [
        "\n",
        "\t",
        "\xa0",
        "\u0301" * 20,
        "\u0301" * 31,
        "\u200b",
        "—" * 16,
        " ",
        "e",
        "я",
        "\r\n",
        "\x85",
        "\u202e",
    ]
)


@given(st.lists(st.text(max_size=5) | PIECES, max_size=12).map("".join))
def test_short_cuts_change_nothing(text: str) -> None:
    assert clean_text(text) == cleaned_in_full(text)
    assert clean_line(text) == sanitize._SPACES.sub(" ", cleaned_in_full(text)).strip()
    assert clean_url(text) == sanitize._URL_JUNK.sub("", cleaned_in_full(text))
