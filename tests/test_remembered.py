"""What a function said is remembered, within bounds."""

from __future__ import annotations

from termnews.remembered import Remembered


def test_a_word_is_asked_for_once() -> None:
    asked: list[str] = []
    sizes = Remembered(lambda word: asked.append(word) or len(word))
    assert [*map(sizes.__getitem__, ["one", "three", "one"])] == [3, 5, 3]
    assert asked == ["one", "three"]


def test_what_is_remembered_stays_bounded() -> None:
    sizes = Remembered(len, most=3)
    for number in range(100):
        assert sizes[f"{number}"] == len(f"{number}")
        assert len(sizes) <= 3


def test_long_words_are_not_remembered() -> None:
    sizes = Remembered(len, longest=5)
    assert sizes["abcdef"] == 6
    assert not sizes
