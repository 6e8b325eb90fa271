"""What an empty list says."""

from __future__ import annotations

import pytest

from termnews.query import parse_query
from termnews.ui.messages import Progress
from termnews.ui.notices import Note, Situation, note, with_keys

UNREAD = parse_query("is:unread region:DE")
ALL = parse_query("is:unread")


@pytest.mark.parametrize(
    ("now", "first", "key"),
    [
        (Situation(UNREAD), "You follow no feeds yet.", "add-feed"),
        (Situation(UNREAD, feeds=3), "Nothing has been fetched yet.", "refresh-all"),
        (
            Situation(UNREAD, feeds=3, offline="13:40"),
            "OFFLINE since 13:40, and nothing is saved yet.",
            "refresh-all",
        ),
        (
            Situation(UNREAD, feeds=204, progress=Progress(31, 204, new=412)),
            "Fetching your first headlines: 31 of 204 feeds, 412 articles.",
            "stop-refresh",
        ),
        (Situation(UNREAD, feeds=3, articles=9, read=9), "You are up to date in Germany.", "show-unread"),
        (Situation(ALL, feeds=3, articles=9, read=9), "You are up to date.", "show-unread"),
        (
            Situation(UNREAD, feeds=3, articles=9),
            "Nothing matches: Unread + Europe › Germany.",
            "drop-filter",
        ),
    ],
)
def test_each_situation_has_its_sentence_and_keys(now: Situation, first: str, key: str) -> None:
    said = note(now)
    assert said.lines[0] == first
    assert (said.keys[0][0] if said.keys else "") == key


def test_details_are_said() -> None:
    wider = note(Situation(parse_query("is:unread since:24h"), feeds=3, articles=9, wider=21))
    assert wider.lines[1] == "Without 24 h there are 21."
    assert (
        note(Situation(UNREAD, feeds=3, articles=9, read=9, as_of="14:05")).lines[1]
        == "Last refreshed at 14:05."
    )


def test_without_a_network_an_empty_view_says_so_too() -> None:
    now = Situation(UNREAD, feeds=3, articles=104_311, read=9, offline="13:40", retry=2)
    said = note(now)
    assert said.lines[0] == "You are up to date in Germany."
    assert said.lines[-2:] == (
        "OFFLINE since 13:40; trying again in 2 min.",
        "Reading from 104311 saved articles; marks, stars and searches work.",
    )
    assert [name for name, _ in said.keys].count("refresh-all") == 1


def test_trouble_with_the_cache_comes_before_all() -> None:
    said = note(Situation(UNREAD, trouble="the disk is full; make room"))
    assert said.lines == (
        "The articles cannot be read: the disk is full; make room",
        "What was saved before is not lost.",
    )
    assert [name for name, _ in said.keys] == ["take-in", "log"]


def test_everything_may_be_empty() -> None:
    assert note(Situation(parse_query(""), feeds=3, articles=9)).lines == ("There is nothing here.",)


def test_the_keys_are_those_in_force() -> None:
    said = Note(("x",), (("add-feed", "add"), ("help", "help"), ("f", "filter")))
    assert with_keys(said, {"add-feed": "F9", "help": ""}).keys == (("F9", "add"), ("f", "filter"))
