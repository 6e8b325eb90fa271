"""The example file and the page about the configuration say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from termnews.config import OPTIONS, TABLES, Config, Option, example, load
from termnews.models import Subscription

ROOT = Path(__file__).parent.parent


def load_text(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "termnews.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def test_the_example_file_is_the_one_the_code_writes() -> None:
    assert (ROOT / "termnews.toml.example").read_text(encoding="utf-8") == example()


def test_the_example_as_it_is_changes_nothing(tmp_path: Path) -> None:
    assert load_text(tmp_path, example()) == load_text(tmp_path, "")


def test_the_example_with_every_key_switched_on_says_the_defaults(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^#(?=\S)", "", example())
    assert text.count("\n[[feeds]]\n") == 1
    config = load_text(tmp_path, text)
    feed = Subscription("https://example.org/feed.xml", refresh_minutes=60)
    assert config.feeds == (feed,)
    plain = load_text(tmp_path, "")
    for name in Config.__dataclass_fields__:
        if name != "feeds":
            assert getattr(config, name) == getattr(plain, name), name


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: f"{option.table}.{option.name}")
def test_the_example_gives_each_key_with_default_and_reason(option: Option) -> None:
    heads = {"": "", "feeds": "#[[feeds]]\n", "folders": '#[folders."World"]\n'}
    head = heads.get(option.table, f"[{option.table}]\n")
    section = example().partition(head)[2] if head else example()
    assert f"# {option.why}\n" in section
    assert f"#{option.name} = " in section


def test_each_option_becomes_part_of_the_config() -> None:
    for option in OPTIONS:
        if not option.table:
            assert option.name in Config.__dataclass_fields__
        if option.table in ("feeds", "folders"):
            assert option.name in Subscription.__dataclass_fields__


def test_the_page_names_each_key_under_its_table() -> None:
    page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    sections = {"": page.partition("## Top of the file")[2].partition("\n## ")[0]}
    for table in TABLES:
        sections[table] = page.partition(f"## `[{'[feeds]' if table == 'feeds' else table}]`")[2].partition(
            "\n## "
        )[0]
        assert sections[table], table
    for option in OPTIONS:
        row = re.search(rf"(?m)^\| `{option.name}` \|.*", sections[option.table])
        assert row, option
        assert option.later == ("no effect yet" in row[0]), option
        if option.default not in ("", None, (), {}):
            assert f"| `{str(option.default).lower()}` |" in row[0] or f'| `"{option.default}"` |' in row[0]
