"""What an empty list says."""

from __future__ import annotations

import pytest

from termnews.query import parse_query
from termnews.ui.messages import Progress
from termnews.ui.notices import Situation, note

UNREAD = parse_query("is:unread region:DE")


@pytest.mark.parametrize(
    ("now", "first", "key"),
    [
        (Situation(UNREAD), "You follow no feeds yet.", "a"),
        (Situation(UNREAD, feeds=3), "Nothing has been fetched yet.", "R"),
        (Situation(UNREAD, feeds=3, offline="13:40"), "OFFLINE since 13:40, and nothing is saved yet.", "R"),
        (
            Situation(UNREAD, feeds=204, progress=Progress(31, 204, new=412)),
            "Fetching your first headlines: 31 of 204 feeds, 412 articles.",
            "",
        ),
        (Situation(UNREAD, feeds=3, articles=9, read=9), "You are up to date in Germany.", "2"),
        (Situation(parse_query("is:unread"), feeds=3, articles=9, read=9), "You are up to date.", "2"),
        (Situation(UNREAD, feeds=3, articles=9), "Nothing matches: Unread + Europe › Germany.", "backspace"),
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
