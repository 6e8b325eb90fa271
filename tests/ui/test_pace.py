"""The guess how long a refresh still takes: honest for steady work, calm for bursts and stalls."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from termnews.ui.pace import FEWEST, Pace, time_left
from termnews.ui.tally import Tally


def follow(gaps: list[float]) -> list[float]:
    """Return the guesses while feeds are done with these seconds between them."""
    pace, moment, guesses = Pace(), 0.0, []
    for at, gap in enumerate(gaps):
        moment += gap
        pace.done(moment, len(gaps) - at - 1)
        if pace.left is not None:
            guesses.append(pace.left)
    return guesses


def test_nothing_is_guessed_from_too_few_feeds() -> None:
    assert len(follow([1.0] * (FEWEST - 1))) == 0
    assert len(follow([1.0] * FEWEST)) == 1
    assert follow([0.0] * 50) == []


def test_steady_work_is_guessed_right() -> None:
    guesses = follow([0.5] * 400)
    assert guesses[0] == pytest.approx(0.5 * (400 - FEWEST), rel=0.01)
    assert guesses[200] == pytest.approx(0.5 * (400 - FEWEST - 200), rel=0.01)
    assert guesses[-1] == pytest.approx(0, abs=0.5)


@pytest.mark.parametrize("seed", range(5))
def test_it_never_jumps_from_one_feed_to_the_next(seed: int) -> None:
    chance = random.Random(seed)
    gaps = [chance.choice([0.0, 0.01, 0.05, 0.3, 2.0]) for _ in range(1000)]
    guesses = follow([0.3] * 10 + gaps)
    for (before, after), gap in zip(pairwise(guesses), gaps[7:], strict=False):
        assert abs(after - (before - gap)) <= max(2.0, 0.35 * max(before, after))


def test_a_burst_leaves_the_guess_nearly_as_it_was() -> None:
    pace = Pace()
    for at in range(40):
        pace.done(float(at), 500 - at)
    before = pace.left
    for at in range(32):
        pace.done(39.0 + at / 1000, 460 - at)
    assert before is not None and pace.left is not None
    assert pace.left == pytest.approx(before, rel=0.05)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "10 s"), (11, "20 s"), (55, "60 s"), (56, "1 min"), (100, "2 min"), (3000, "50 min")],
)
def test_it_is_said_in_round_figures(seconds: float, words: str) -> None:
    assert time_left(seconds) == words


def test_lines_of_the_child_tell_host_time_left_and_when_to_try_again() -> None:
    moments = iter(float(at) for at in range(100))
    tally = Tally(lambda: next(moments))
    tally.add(b'{"feed": "S", "feed_url": "https://s.example/", "status": "skipped", "done": 1, "of": 9}')
    assert (tally.progress.host, tally.progress.left) == ("", None)
    for at in range(4):
        tally.add(
            b'{"feed": "A", "feed_url": "https://a.example/x", "status": "failed", "http": null, "of": 9,'
            b'"next_fetch": "2026-11-25T12:0%d:00Z", "done": %d}' % (5 - at, at + 2)
        )
    assert tally.progress.host == "a.example"
    assert tally.progress.left == pytest.approx(4)
    assert tally.progress.again is not None
    assert f"{tally.progress.again:%H:%M}" == "12:02"
    tally.add(b'{"feed": "B", "feed_url": "http://[", "status": "failed", "next_fetch": "soon", "done": 6}')
    assert tally.progress.host == ""
