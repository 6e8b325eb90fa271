"""The house keeps its order: no face pulls in the other, start-up stays light, files stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import termnews
from tests.untraced import untraced

PACKAGE = Path(termnews.__file__).parent
_MODULES = 125
"""Modules of termnews a start loads at most."""
MODULES = sorted(PACKAGE.rglob("*.py"))


def _modules_after(statement: str) -> set[str]:
    """Return the modules loaded after a statement in a fresh interpreter."""
    code = f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"
    # Measuring coverage in the child would load modules of its own.
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=untraced())
    return set(done.stdout.split())


def test_command_line_loads_no_textual() -> None:
    loaded = _modules_after("import termnews.cli")
    assert not loaded & {"textual", "httpx", "feedparser", "html2text", "markdown_it", "tomlkit", "Stemmer"}
    assert not loaded & {"termnews.library", "termnews.config", "termnews.regions", "termnews.store"}


def test_main_decides_before_it_imports() -> None:
    loaded = _modules_after("import termnews.__main__")
    assert not loaded & {"textual", "click", "sqlite3", "termnews.library"}


_SCREEN = """
import termnews.ui.start
from termnews.ui import lean
with lean.imports():
    import termnews.ui.app
"""


def test_a_start_makes_no_record_and_loads_no_part_it_does_not_show() -> None:
    loaded = _modules_after(_SCREEN)
    assert not loaded & {"msgspec", "ssl", "_ssl", "hashlib", "webbrowser", "shlex"}
    assert not loaded & {
        "textual.command",
        "textual.types",
        "textual.widgets._input",
        "textual.widgets._tree",
    }
    assert not loaded & {
        f"termnews.{each}"
        for each in (
            *("models.articles", "models.entries", "models.feeds", "models.places", "models.work"),
            *(
                "store.adopted",
                "store.articles",
                "store.bodies",
                "store.recovery",
                "store.state",
                "store.tags",
            ),
            *("output", "ui.feed_changes", "ui.feed_health", "ui.tally", "ui.saved_views"),
        )
    }
    assert len([each for each in loaded if each.startswith("termnews")]) <= _MODULES


def test_what_a_start_leaves_out_is_there_for_who_asks_later() -> None:
    asks = "import ssl, textual.command as palette\nassert ssl.SSLContext and palette.CommandPalette.BINDINGS"
    assert {"ssl", "textual.command"} <= _modules_after(f"{_SCREEN}\n{asks}")


def test_screen_loads_no_network_or_parser() -> None:
    loaded = _modules_after(_SCREEN)
    assert not loaded & {"httpx", "feedparser", "html2text", "click", "tomlkit", "trafilatura", "chardet"}
    assert not loaded & {"tomllib", "markdown_it", "Stemmer"}
    opened_by_a_key = {
        "chooser", "copy_list", "error_list", "feed_list", "feed_rows", "feeds_screen", "find_bar",
        "first_run", "folder_picker", "help_screen", "history_screen", "link_list", "palette", "picture",
        "picture_process", "pictures", "prompt", "region_picker", "said_list", "search_bar",
        "theme_list", "why",
    }  # fmt: skip
    assert not loaded & {f"termnews.ui.{each}" for each in opened_by_a_key}
    needed_later = {
        "editing",
        "reading",
        "checking",
        "options",
        "toml_edit",
        "toml_lines",
        "toml_mend",
        "themes",
    }
    assert not loaded & {f"termnews.config.{each}" for each in needed_later}
    rooms = {"regions.locating", "regions.matcher", "regions.language", "render.build", "render.document"}
    rooms |= {"library.subscriptions", "library.correcting", "library.work", "tagging", "opml"}
    assert not loaded & {f"termnews.{each}" for each in rooms}


def test_a_configuration_that_did_not_change_is_not_parsed(tmp_path: Path) -> None:
    path = tmp_path / "termnews.toml"
    path.write_text(f'data_dir = "{tmp_path}"\n[[feeds]]\nurl = "https://example.org/feed.xml"\n')
    read = f"from pathlib import Path; from termnews import config; config.load(Path({str(path)!r}))"
    assert {"tomllib", "msgspec"} <= _modules_after(read)
    assert not _modules_after(read) & {"tomllib", "msgspec", "termnews.config.reading"}


def test_a_refresh_that_brings_nothing_finds_no_places(tmp_path: Path) -> None:
    path = tmp_path / "termnews.toml"
    path.write_text("")
    begin = f"""
from pathlib import Path
from termnews import config
from termnews.library import correcting, work
correcting.tagger(config.load(Path({str(path)!r})))
"""
    rooms = {"regions.locating", "regions.matcher", "regions.language", "discover"}
    assert not _modules_after(begin) & {f"termnews.{each}" for each in rooms}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_is_small_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert text.count("\n") <= 400
    assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            assert node.end_lineno - node.lineno < 50, node.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_public_names_are_documented(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []
