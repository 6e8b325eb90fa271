"""Theme files of the user: what is read, and what is said of a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from termnews import config
from termnews.config.themes import ROLES, SHIPPED, TERMINAL


def load(home: Path, name: str, text: str | bytes, settings: str = "") -> config.Config:
    """Read a configuration with one theme file beside it."""
    (home / "themes").mkdir()
    (home / "themes" / name).write_bytes(text.encode() if isinstance(text, str) else text)
    (home / "termnews.toml").write_text(settings, encoding="utf-8")
    return config.load(home / "termnews.toml")


def test_a_theme_is_a_base_and_colours(tmp_path: Path) -> None:
    settings = '[theme]\nname = "mine"\n'
    read = load(tmp_path, "mine.toml", 'base = "dusk"\nink = "#FFEEDD"\n# no more\n', settings)
    assert read.problems == ()
    (theme,) = read.theme.own
    assert (theme.name, theme.base, dict(theme.colours)) == ("mine", "dusk", {"ink": "#ffeedd"})


def test_the_base_may_be_left_out_and_other_files_are_none(tmp_path: Path) -> None:
    read = load(tmp_path, "mine.toml", "")
    assert (read.theme.own[0].base, read.problems) == ("night", ())
    (tmp_path / "themes" / "notes.txt").write_text("not a theme")
    assert [each.name for each in config.load(tmp_path / "termnews.toml").theme.own] == ["mine"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('ink = "#ffffff"\nlst = "#000000"', ', line 2: unknown key "lst", did you mean "list"? (ignored)'),
        ('border = "#000000"', ', line 1: unknown key "border", a theme has base, list, '),
        ('ink = "white"', ', line 1: ink must be a colour such as "#14171f", not this text; it is left out'),
        ("\nink = 7", ', line 2: ink must be a colour such as "#14171f", not 7; it is left out'),
        ('base = "duks"', ', line 1: base "duks" is unknown, did you mean "dusk"?; night is used'),
        ('base = "qqq"', ', line 1: base "qqq" is unknown, there are night, broadsheet, contrast, '),
        ("base = 3", ", line 1: base must be one of night, broadsheet, "),
        ("ink = ", ", line 1: "),
        (b'ink = "\xff"', ", line 1: a character is not UTF-8"),
    ],
)
def test_a_bad_file_is_one_sentence_with_file_key_and_remedy(
    tmp_path: Path, text: str | bytes, problem: str
) -> None:
    read = load(tmp_path, "mine.toml", text)
    assert f"{tmp_path / 'themes' / 'mine.toml'}{problem}" in read.problems[0]
    assert "\n" not in read.problems[0]
    assert [each.name for each in read.theme.own] == ["mine"]


@pytest.mark.parametrize("name", ["night.toml", "terminal.toml", "my theme.toml", "7.toml", "a\x1b[31m.toml"])
def test_a_name_that_cannot_be_is_said(tmp_path: Path, name: str) -> None:
    read = load(tmp_path, name, "")
    assert read.theme.own == ()
    (problem,) = read.problems
    assert problem.endswith("rename the file")
    assert "\x1b" not in problem


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    load(tmp_path, "mine.toml", "")
    (tmp_path / "themes" / "folder.toml").mkdir()
    read = config.load(tmp_path / "termnews.toml")
    assert [each.name for each in read.theme.own] == ["mine"]
    assert "folder.toml cannot be read (Is a directory)" in read.problems[0]


def test_an_unknown_theme_is_named_with_the_nearest(tmp_path: Path) -> None:
    read = load(tmp_path, "harbour.toml", "", '# head\n[theme]\nname = "harbor"\n')
    assert read.problems == (
        f'{tmp_path / "termnews.toml"}, line 3: theme "harbor" is unknown, did you mean "harbour"? (ignored)',
    )


def test_the_docs_name_every_theme_and_colour() -> None:
    page = (Path(__file__).parents[1] / "docs" / "configuration.md").read_text(encoding="utf-8")
    for name in (*SHIPPED, TERMINAL):
        assert f"`{name}`" in page
    for role, what in ROLES.items():
        assert f"| `{role}` | {what} |" in page
