"""Tags on the command line: given, taken away, undone, listed, and gone to another termnews."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from termnews.__main__ import main
from tests.cli.conftest import Run
from tests.cli.test_commands import ids, lines

Capture = pytest.CaptureFixture[str]


def counts(run: Run, capsys: Capture) -> dict[str, tuple[int, int]]:
    """Return tag → how many articles have it, and how many of them are unread."""
    assert run("tags", "--json") == 0
    told = [json.loads(line) for line in lines(capsys)]
    return {each["tag"]: (each["total"], each["unread"]) for each in told}


def test_a_tag_is_given_found_undone_and_taken_away(filled: Run, capsys: Capture) -> None:
    first, second, third = ids(filled, capsys)
    assert filled("tags") == 0
    assert lines(capsys) == []
    assert filled("mark", "read", first) == 0
    capsys.readouterr()
    assert filled("tag", " #To  DO", first, second) == 0
    assert capsys.readouterr().err == "termnews: 2 articles tagged (#to do)\n"
    assert filled("tag", "to do", "--query", "is:unread OR is:read") == 0
    assert capsys.readouterr().err == "termnews: 1 article tagged (#to do, is:unread OR is:read)\n"
    assert counts(filled, capsys) == {"to do": (3, 2)}
    assert filled("undo") == 0
    assert capsys.readouterr().err == "termnews: undone: 1 article tagged (#to do, is:unread OR is:read)\n"
    assert ids(filled, capsys, 'tag:"#To do"') == [first, second]
    assert filled("tag", "to do", first, third, "--remove") == 0
    assert capsys.readouterr().err == "termnews: 1 article untagged (#to do)\n"
    assert ids(filled, capsys, 'tag:"to do"') == [second]
    assert filled("undo") == 0
    assert ids(filled, capsys, 'tag:"to do"') == [first, second]
    assert filled("show", first, "--as", "json") == 0
    assert json.loads(capsys.readouterr().out)["tags"] == ["to do"]
    assert filled("tags") == 0
    assert lines(capsys) == ["unread   total  tag", "     1       2  to do"]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("tag", "later"), 2, "give article numbers or --query"),
        (("tag", "later", "1", "--query", "x"), 2, "give article numbers or --query"),
        (("tag", "later", "1", "99"), 1, "99"),
        (("tag", "#\x1b", "1"), 1, "a tag has 1 to 60 characters"),
        (("tag", "x" * 61, "1"), 1, "a tag has 1 to 60 characters"),
    ],
)
def test_what_cannot_be_done_is_said(
    filled: Run, capsys: Capture, arguments: tuple[str, ...], status: int, said: str
) -> None:
    capsys.readouterr()
    assert filled(*arguments) == status
    assert said in capsys.readouterr().err
    assert counts(filled, capsys) == {}


def test_tags_go_to_another_termnews_before_and_after_its_articles(
    filled: Run, home: Path, capsys: Capture, tmp_path_factory: pytest.TempPathFactory
) -> None:
    first, second, _ = ids(filled, capsys)
    assert filled("tag", "later", first, second) == filled("tag", "work", first) == 0
    state = home / "state.json"
    assert filled("export", "state", str(state)) == 0
    told = [json.loads(line) for line in state.read_text(encoding="utf-8").splitlines()[1:]]
    assert sorted(each["tags"] for each in told) == [["later"], ["later", "work"]]
    # A line of an older termnews has none; one that is no list is left out.
    with state.open("a", encoding="utf-8") as file:
        for each in ({}, {"tags": "later"}):
            row = {"feed_url": told[0]["feed_url"], "guid": "3", "read": False, "starred": True} | each
            file.write(json.dumps(row) + "\n")
    for early in (True, False):
        there = tmp_path_factory.mktemp("there")
        toml = there / "termnews.toml"
        toml.write_text(
            f'data_dir = "cache"\nrefresh_minutes = 0\n[[feeds]]\nurl = "{told[0]["feed_url"]}"\n',
            encoding="utf-8",
        )

        def run(*arguments: str, toml: Path = toml) -> int:
            return main(["--config", str(toml), *arguments])

        steps = [("import", str(state)), ("refresh", "--quiet")]
        for step in steps if early else reversed(steps):
            assert run(*step) == 0
        assert "line 5: no state of an article" in capsys.readouterr().err
        assert counts(run, capsys) == {"later": (2, 2), "work": (1, 1)}
        assert len(ids(run, capsys, "is:starred")) == 1
        # What is taken away here does not come again with the same file.
        (number,) = ids(run, capsys, "tag:work")
        assert run("tag", "work", number, "--remove") == run("import", str(state)) == 0
        capsys.readouterr()
        assert counts(run, capsys) == {"later": (2, 2)}
