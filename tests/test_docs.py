"""The pages say what the code does."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import click
import pytest

from termnews.cli import termnews
from termnews.cli.refreshing import SOME_FAILED
from tools import make_docs

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


@pytest.mark.parametrize("name", sorted(make_docs.PAGES))
def test_made_pages_are_fresh(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == make_docs.PAGES[name](), "run `make docs`"


def test_every_command_has_help_and_stands_in_the_page() -> None:
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    context = click.Context(termnews)
    names = termnews.list_commands(context)
    assert names
    for name in names:
        command = termnews.get_command(context, name)
        assert command is not None
        assert command.help
        assert f"## termnews {name}\n" in page


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_units_for_systemd_run_a_command_there_is() -> None:
    service, timer = map(
        _unit, re.findall(r"```ini\n(.*?)```", (DOCS / "cron.md").read_text("utf-8"), re.DOTALL)
    )
    program, *arguments = service["Service"]["ExecStart"].split()
    assert program.endswith("/termnews")
    command = termnews.get_command(click.Context(termnews), arguments[0])
    assert command is not None
    command.make_context(arguments[0], arguments[1:])
    assert int(service["Service"]["SuccessExitStatus"]) == SOME_FAILED
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"


def _unit(text: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(text)
    return unit


def test_readme_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme


def test_architecture_stays_short() -> None:
    assert (DOCS / "architecture.md").read_text(encoding="utf-8").count("\n") <= 150


def test_each_promise_names_tests_that_exist() -> None:
    root = Path(__file__).parent.parent
    rows = (root / "docs/reliability.md").read_text(encoding="utf-8").split("\n| ")[1:]
    promises = [row for row in rows if not row.startswith(("promise", "what happens", "---"))]
    named = [re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row) for row in promises]
    assert len(promises) > 15
    assert all(named), [row for row, tests in zip(promises, named, strict=True) if not tests]
    for path, name in (test for tests in named for test in tests):
        text = (root / path).read_text(encoding="utf-8")
        assert re.search(rf"^(?:async )?def {name}\(", text, re.MULTILINE), f"{path}::{name}"
