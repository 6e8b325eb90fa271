"""The locate command: one line out for each line in, as it comes; what cannot be read is said."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from termnews.__main__ import main
from termnews.cli import locating
from tests.cli.conftest import Run

Capture = pytest.CaptureFixture[str]
GBAO = "Earthquake of magnitude 5.3 recorded in GBAO's Murgab district"


class _Input(io.TextIOWrapper):
    """Standard input holding these bytes."""

    def __init__(self, body: bytes) -> None:
        super().__init__(io.BytesIO(body), encoding="utf-8")


def feed(monkeypatch: pytest.MonkeyPatch, *lines: object) -> None:
    """Put JSON lines, or bytes as they are, on standard input."""
    body = b"\n".join(each if isinstance(each, bytes) else json.dumps(each).encode() for each in lines)
    monkeypatch.setattr(sys, "stdin", _Input(body))


def located(capsys: Capture) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_out_has_the_places_of_the_line_in(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: Capture, home: Path
) -> None:
    feed(monkeypatch, {"id": "x-1", "title": GBAO, "text": "", "lang": "en"})
    assert run("locate", "--why") == 0
    (record,) = located(capsys)
    place = record.pop("places")[0]
    assert record == {
        "v": 1,
        "id": "x-1",
        "countries": ["TJ"],
        "main": "TJ",
        "subdivisions": ["TJ-GB"],
        "groups": [],
        "evidence": [f'TJ-GB ← "{place["text"]}" (title, {place["rule"]})'],
    }
    assert (place["code"], place["name"], place["role"]) == ("TJ-GB", "Gorno-Badakhshan", "about")
    assert not (home / "cache").exists()


def test_evidence_is_told_only_when_asked_for(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    feed(monkeypatch, {"id": 1, "title": "Central Asia summit"}, {"title": "A quiet day", "text": None})
    assert run("locate") == 0
    grouping, nowhere = located(capsys)
    assert "evidence" not in grouping
    assert (grouping["groups"], grouping["countries"], grouping["main"]) == (["143"], [], None)
    assert (nowhere["id"], nowhere["places"], nowhere["main"]) == (None, [], None)


def test_a_line_that_cannot_be_read_is_named_and_the_others_go_on(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    feed(
        monkeypatch,
        b'\xef\xbb\xbf{"id": 1, "title": "Uzbekistan"}',
        b"no json",
        b"",
        b'{"id": 4, "title": "\xff"}',
        [5],
        {"id": 6, "title": 6},
        b"[" * 100_000,
        {"id": 8, "title": "\ud800 \x1b[31m Uzbekistan"},
    )
    assert run("locate") == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == [1, 8]
    assert all(json.loads(line)["countries"] == ["UZ"] for line in out.splitlines())
    assert [line.split(": ")[1] for line in err.splitlines()] == [f"line {n}" for n in (2, 4, 5, 6, 7)]
    assert "title is not a text" in err
    assert "Traceback" not in err


def test_the_domain_says_where_its_news_happen(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    quiet = "A quiet day"
    feed(
        monkeypatch,
        {"id": 1, "title": quiet, "domain": "www.paper.tj"},
        {"id": 2, "title": quiet, "domain": "paper.tv"},
        *({"id": 3, "title": "Flood in Uzbekistan", "domain": "paper.tv"} for _ in range(4)),
        {"id": 7, "title": quiet, "domain": "Paper.TV"},
        {"id": 8, "title": quiet, "domain": "other.tv"},
        {"id": 9, "title": quiet},
    )
    assert run("locate") == 0
    found = [(each["id"], each["countries"]) for each in located(capsys) if each["id"] != 3]
    assert found == [(1, ["TJ"]), (2, []), (7, ["UZ"]), (8, []), (9, [])]


def test_only_so_many_domains_are_remembered(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(locating, "DOMAINS", 2)
    known = [{"id": 1, "title": "Flood in Uzbekistan", "domain": "a.com"} for _ in range(4)]
    quiet = {"id": 2, "title": "A quiet day", "domain": "a.com"}
    others = [{"id": 3, "title": "A quiet day", "domain": f"{name}.com"} for name in "bc"]
    feed(monkeypatch, *known, others[0], quiet, *others, quiet)
    assert run("locate") == 0
    assert [each["countries"] for each in located(capsys) if each["id"] == 2] == [["UZ"], []]


def test_corrections_of_the_configuration_are_heeded(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    with (home / "termnews.toml").open("a") as file:
        file.write('[regions]\nmute = ["Uzbekistan"]\npin = { "Gotham" = "US-NY" }\n')
    feed(monkeypatch, {"id": 1, "title": "Flood in Uzbekistan"})
    assert run("locate") == 0
    assert located(capsys)[0]["countries"] == []


def test_an_answer_comes_before_the_next_line_is_written(home: Path) -> None:
    command = [sys.executable, "-m", "termnews", "--config", str(home / "termnews.toml"), "locate"]
    pipe = subprocess.PIPE
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for number in (1, 2):
            child.stdin.write(json.dumps({"id": number, "title": "Flood in Uzbekistan"}) + "\n")
            child.stdin.flush()
            assert json.loads(child.stdout.readline())["id"] == number
        child.stdin.close()
    assert child.returncode == 0


def test_an_empty_input_is_no_mistake(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(sys, "stdin", _Input(b""))
    assert main(["locate"]) == 0
    assert capsys.readouterr().out == ""
