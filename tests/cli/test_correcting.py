"""Corrections on the command line, tagging again, and what the cache says of it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from termnews.library.correcting import Correcting
from tests.cli.conftest import Run
from tests.cli.test_commands import ids, lines

Capture = pytest.CaptureFixture[str]


def regions(run: Run, capsys: Capture, *query: str) -> dict[str, str]:
    """Return the first word of each title → its regions."""
    assert run("list", "--tsv", *query) == 0
    rows = [line.split("\t") for line in lines(capsys)]
    return {row[6].split()[0]: row[5] for row in rows}


FOUND = {"Electricity": "TJ-GB", "Earthquake": "TJ-GB", "Ҳаво": "TJ-SU"}


def test_words_are_muted_at_once_and_undone(filled: Run, home: Path, capsys: Capture) -> None:
    assert regions(filled, capsys) == FOUND
    assert filled("correct", "mute", "Хуҷанд") == 0
    said = capsys.readouterr().err
    assert '"Хуҷанд" names no place' in said
    assert "3 articles tagged again" in said
    assert regions(filled, capsys) == FOUND | {"Ҳаво": "TJ-GB"}
    assert 'mute = ["Хуҷанд"]' in (home / "termnews.toml").read_text(encoding="utf-8")
    assert filled("undo") == 0
    assert 'undone: "Хуҷанд" names no place' in capsys.readouterr().err
    assert regions(filled, capsys) == FOUND


def test_words_are_pinned_in_a_feed(filled: Run, home: Path, capsys: Capture) -> None:
    assert filled("correct", "pin", "Хуҷанд", "Хатлон", "--feed", "pamir post") == 0
    assert regions(filled, capsys) == FOUND | {"Ҳаво": "TJ-KT"}
    assert "# the local paper" in (home / "termnews.toml").read_text()
    assert filled("history") == 0
    assert lines(capsys)[0].endswith('"Хуҷанд" names Khatlon (TJ-KT) in Pamir Post')
    assert filled("correct", "pin", "Хуҷанд", "Tajikistam") == 1
    assert "nearest: Tajikistan (TJ)" in capsys.readouterr().err


def test_an_article_is_fixed(filled: Run, capsys: Capture) -> None:
    (number,) = ids(filled, capsys, "tariffs")
    assert filled("correct", "fix", number, "Uzbekistan", "US-TX") == 0
    assert regions(filled, capsys, "is:fixed") == {"Electricity": "UZ,US-TX"}
    assert filled("refresh", "--force", "--quiet") == 0
    assert regions(filled, capsys, "is:fixed") == {"Electricity": "UZ,US-TX"}
    assert filled("show", number, "--as", "json") == 0
    evidence = json.loads(capsys.readouterr().out)["evidence"]
    assert evidence[:2] == [{"code": code, "text": "", "rule": "fixed"} for code in ("UZ", "US-TX")]
    assert filled("correct", "fix", number, "none") == 0
    assert regions(filled, capsys, "region:none") == {"Electricity": ""}
    assert filled("correct", "fix", number, "--clear") == 0
    assert regions(filled, capsys) == FOUND
    capsys.readouterr()
    assert filled("correct", "fix", number, "--clear") == 0
    assert "nothing to change" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [(), ("TJ", "--clear"), ("none", "TJ")])
def test_a_fix_says_one_thing(filled: Run, capsys: Capture, arguments: tuple[str, ...]) -> None:
    (number,) = ids(filled, capsys, "tariffs")
    assert filled("correct", "fix", number, *arguments) == 2
    assert filled("correct", "fix", "99", "TJ") == 1


def test_assumed_regions_are_marked_and_excluded(filled: Run, capsys: Capture) -> None:
    assert filled("list", "title:tariffs") == 0
    assert lines(capsys)[0].endswith("Electricity tariffs rise [TJ-GB?]")
    assert set(regions(filled, capsys, "region:TJ", "-is:assumed")) == {"Earthquake", "Ҳаво"}
    assert set(regions(filled, capsys, "is:assumed")) == {"Electricity"}
    (number,) = ids(filled, capsys, "tariffs")
    assert filled("show", number) == 0
    assert "About: TJ-GB (assumed from the feed)\n" in capsys.readouterr().out


# --- tagging again -------------------------------------------------------------------------


def declare(home: Path, region: str) -> None:
    """Declare another region for the feed, by hand."""
    path = home / "termnews.toml"
    path.write_text(path.read_text().replace('region = "TJ-GB"', f'region = "{region}"'))


def test_the_cache_says_what_tagged_it_and_is_tagged_again(filled: Run, home: Path, capsys: Capture) -> None:
    declare(home, "KG")
    assert filled("cache", "info") == 0
    facts = dict(line.rsplit(maxsplit=1) for line in lines(capsys))
    assert (facts["to tag"], facts[f"tagged by {facts['gazetteer']}"]) == ("3", "3")
    assert filled("cache", "retag", "--json") == 0
    assert [json.loads(line) for line in lines(capsys)] == [{"v": 1, "done": 3, "of": 3}]
    assert regions(filled, capsys) == FOUND | {"Electricity": "KG"}
    assert filled("cache", "retag", "--json") == 0
    assert [json.loads(line) for line in lines(capsys)] == [{"v": 1, "done": 0, "of": 0}]
    assert filled("cache", "retag") == 0
    assert "0 articles tagged again" in capsys.readouterr().err


def test_a_refresh_tags_again_what_is_stale(filled: Run, home: Path, capsys: Capture) -> None:
    declare(home, "KG")
    assert filled("refresh", "--json") == 0
    assert len(lines(capsys)) == 1
    assert regions(filled, capsys) == FOUND | {"Electricity": "KG"}


def test_a_refresh_hears_the_signal_while_it_tags(
    filled: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(self: Correcting) -> Iterator[tuple[int, int]]:
        for done in range(10_000):
            if done == 1:
                os.kill(os.getpid(), signal.SIGINT)
            yield done, 10_000
        pytest.fail("nobody heard it")

    monkeypatch.setattr(Correcting, "retag", endless)
    assert filled("refresh") == 130


@pytest.mark.parametrize("command", [("cache", "retag"), ("correct", "mute", "Хуҷанд")])
def test_an_interruption_ends_with_130(
    filled: Run, home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    whole = Correcting.retag

    def interrupted(self: Correcting) -> Iterator[tuple[int, int]]:
        yield next(whole(self))
        raise KeyboardInterrupt

    declare(home, "KG")
    with monkeypatch.context() as patch:
        patch.setattr(Correcting, "retag", interrupted)
        assert filled(*command) == 130
    assert "interrupted" in capsys.readouterr().err
    assert filled("cache", "retag", "--json") == 0
    assert json.loads(lines(capsys)[0])["of"] == 0
