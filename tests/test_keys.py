"""Keys as data: presets, spellings, and what is said of the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from termnews import config, keys
from termnews.ui.commands import COMMANDS, ON_FEEDS, effective


@pytest.mark.parametrize(
    ("own", "clauses"),
    [
        ({"next": ("j", "f9")}, []),
        ({"next": ()}, []),
        ({"next": ("k",)}, ["the key k belongs to next and to previous: give one of them another"]),
        ({"next": ("k",), "previous": ("j",)}, []),
        ({"cards": ("f",)}, ["the key f belongs to cards and to same-feed: give one of them another"]),
        ({"cards": ("ctrl+t y",), "peek": ("ctrl+t",)},
         ["the key ctrl+t y belongs to cards and to peek: give one of them another",
          "the key ctrl+t belongs to peek and to cards: give one of them another"]),
        ({"nxt": ("j",)}, ["no command is called nxt; did you mean next? (ignored)"]),
        ({"zzzz": ("j",)}, ["no command is called zzzz; docs/keys.md lists them (ignored)"]),
        ({"quit": ("q",)}, []),
    ],
)  # fmt: skip
def test_clashes_and_unknown_commands_are_named(own: dict[str, tuple[str, ...]], clauses: list[str]) -> None:
    found = [clause for _, clause in keys.problems(own, "termnews")]
    if "f" in own.get("cards", ()):
        assert len(found) == 1
        assert found[0].startswith("the key f belongs to cards and to ")
    else:
        assert found == clauses


@pytest.mark.parametrize(
    ("written", "meant"),
    [("PgDn", "pagedown"), ("Ctrl+X", "ctrl+x"), ("J", "J"), ("Esc", "escape"), ("f U", "f U"), ("F5", "f5"),
     ("ctrl++", "ctrl++"), ("space", "space")],
)  # fmt: skip
def test_a_key_may_be_written_as_it_is_shown(written: str, meant: str) -> None:
    assert keys.spelt(written) == meant


@pytest.mark.parametrize("preset", keys.PRESETS)
def test_a_preset_names_commands_and_clashes_with_nothing(preset: str) -> None:
    given = keys.PRESETS[preset]
    assert set(given) <= set(keys.defaults()[0])
    # Keys told apart by the place, as q is: the find in an article is nearer than the list; and by the time:
    # the key that begins a refresh stops it.
    apart = ("quit", "find-", "stop-refresh")
    assert [
        said for _, said in keys.problems(given, "termnews") if not any(each in said for each in apart)
    ] == []


def test_the_packaged_keys_are_those_of_the_commands() -> None:
    assert keys.defaults() == tuple(
        {name: each.keys for name, each in table.items()} for table in (COMMANDS, ON_FEEDS)
    )


def test_the_users_keys_come_before_the_presets() -> None:
    commands = effective({"toggle-read": ("X",)}, "newsboat").main
    assert commands["toggle-read"].keys == ("X",)
    assert commands["links"].keys == ("u",)
    assert commands["next"].keys == COMMANDS["next"].keys


def test_the_configuration_names_file_line_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "termnews.toml"
    path.write_text('[keys]\npreset = "newsboat"\nnext = "N"\n', encoding="utf-8")
    (problem,) = config.load(path).problems
    assert "line 3" in problem
    assert "the key N belongs to next and to " in problem
