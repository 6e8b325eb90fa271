"""The pages say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from termnews.cli import termnews
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


def test_readme_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme


def test_architecture_stays_short() -> None:
    assert (DOCS / "architecture.md").read_text(encoding="utf-8").count("\n") <= 150
