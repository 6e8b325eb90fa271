"""Rules on the command line: listed, tried without a change, and in force."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from termnews import config
from termnews.library import Library
from tests.cli.conftest import Run
from tests.cli.test_commands import ids, lines

Capture = pytest.CaptureFixture[str]
RULES = """
[rules]
"Murgab" = "mute"
"title:electricity" = ["star", "tag:power"]
"tariffs" = "explode"
"""


def add_rules(home: Path) -> None:
    """Write rules to the end of the configuration."""
    path = home / "termnews.toml"
    path.write_text(path.read_text(encoding="utf-8") + RULES, encoding="utf-8")


def titles(run: Run, capsys: Capture, *query: str) -> list[str]:
    """Return the first word of each title listed."""
    assert run("list", "--tsv", *query) == 0
    return [line.split("\t")[6].split()[0] for line in lines(capsys)]


def test_rules_are_tried_on_what_is_kept_and_mute_alone_changes_it(
    filled: Run, home: Path, capsys: Capture
) -> None:
    assert filled("rules", "test") == 0
    assert "there are no rules" in capsys.readouterr().err
    add_rules(home)
    assert filled("rules", "list") == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines() == ["Murgab → mute", "title:electricity → star, tag:power"]
    assert 'rule "tariffs": there is no action "explode"' in printed.err
    assert titles(filled, capsys) == ["Electricity", "Ҳаво"]
    assert titles(filled, capsys, "is:muted") == ["Earthquake"]
    assert filled("rules", "test", "--json") == 0
    told = [json.loads(line) for line in lines(capsys)]
    assert [(each["rule"], each["count"], each["error"]) for each in told] == [
        ("Murgab", 1, None),
        ("title:electricity", 1, None),
    ]
    assert told[0]["newest"][0]["title"].startswith("Earthquake in Murgab")
    assert filled("rules", "test", "--newest", "0") == 0
    assert lines(capsys)[:2] == ["Murgab → mute", "  1 article matches"]
    # What was here before the rules is left alone by all others, and comes back with its rule gone.
    assert titles(filled, capsys, "is:starred OR tag:power") == []
    path = home / "termnews.toml"
    path.write_text(path.read_text(encoding="utf-8").partition("[rules]")[0], encoding="utf-8")
    assert titles(filled, capsys) == ["Electricity", "Earthquake", "Ҳаво"]


def test_a_refresh_goes_by_the_rules(run: Run, home: Path, capsys: Capture) -> None:
    add_rules(home)
    assert run("refresh") == 0
    capsys.readouterr()
    assert titles(run, capsys) == ["Electricity", "Ҳаво"]
    assert titles(run, capsys, "is:starred", "tag:POWER") == ["Electricity"]
    assert run("history") == 0
    assert lines(capsys) == []
    assert run("list", "--json") == 0
    assert [json.loads(line)["tags"] for line in lines(capsys)] == [["power"], []]
    assert run("show", "--as", "json", *ids(run, capsys, "is:muted")) == 0
    assert json.loads(lines(capsys)[0])["tags"] == []


def test_a_full_text_a_rule_wants_is_fetched_as_those_of_feeds(
    filled: Run, home: Path, capsys: Capture
) -> None:
    (number,) = ids(filled, capsys, "tariffs")
    raw = sqlite3.connect(home / "cache" / "termnews.db")
    with raw:
        raw.execute("UPDATE state SET wants_full = 1 WHERE id = :id", {"id": number})
    raw.close()
    library = Library(config.load(home / "termnews.toml"))
    assert library.full_texts.of_feeds(library.feeds()) == [int(number)]
    library.close()
