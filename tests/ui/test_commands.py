"""The command table: every command everywhere, keys without clashes, the document that is made of it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from textual.binding import Binding

from termnews.ui import commands
from termnews.ui.commands import (
    COMMANDS,
    GROUPS,
    ON_FEEDS,
    bindings,
    effective,
    following,
    keymap,
    keys_document,
)
from termnews.ui.keymap import TWINS, bound, shown, typed
from termnews.ui.line_list import LineList
from termnews.ui.sidebar import Sidebar

from .conftest import Sample, app_of, lines, settle, until

SHARED = {"/": 2, "f3": 2, "n": 2, "escape": 3, "1": 2, "2": 2, "3": 2, "q": 2, "r": 2, "R": 2, "ctrl+x": 5}
"""Keys two commands have, of which only one can be done at a time."""


def test_every_command_says_what_it_does() -> None:
    for each in COMMANDS.values():
        assert each.help
        assert each.group in GROUPS
        assert each.keys
        assert not each.help.endswith(".")


def test_no_key_means_two_things() -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for each in COMMANDS.values():
        for key in each.keys:
            owners[key].append(each.name)
    clashes = {key: len(names) for key, names in owners.items() if len(names) > 1}
    assert clashes == SHARED


def test_every_action_has_a_letter_or_named_key() -> None:
    only_signs = {
        each.name for each in COMMANDS.values() if all(len(k) == 1 and not k.isalnum() for k in each.keys)
    }
    assert only_signs == {
        "next-unread-feed",
        "previous-unread-feed",
        "above-read",
        "below-read",
        "take-in",
        "wider",
        "narrower",
        "pipe",
        "run-command",
    }


def test_letters_are_bound_with_their_cyrillic_twins() -> None:
    assert bound(("j", "down")) == "j,о,down"
    assert bound(("A", ",")) == "A,Ф,comma,б"
    assert (typed("j"), typed("A"), typed("f3"), typed("5")) == (("j", "о"), ("A", "Ф"), ("f3",), ("5",))
    assert (typed("<"), typed(">"), typed("["), typed("?")) == (("<", "Б"), (">", "Ю"), ("[", "х"), ("?",))
    assert len(TWINS) == len(set(TWINS.values())) == 2 * 33
    keys = {key for each in bindings(COMMANDS.values()) for key in each.key.split(",")}
    assert {TWINS[key] for key in keys if key in TWINS} <= keys
    assert not {key for each in COMMANDS.values() for key in each.keys} & set(TWINS.values())


def test_lists_bind_the_keys_of_the_table() -> None:
    for each in (*LineList.BINDINGS, *Sidebar.BINDINGS):
        assert isinstance(each, Binding)
        assert each.id is not None
        assert each.key == bound(COMMANDS[each.id].keys)


def test_what_follows_a_prefix() -> None:
    found = following("f", COMMANDS.values())
    assert found["u"].name == found["г"].name == "show-unread"
    assert "d" in following("S", COMMANDS.values())


def test_keys_can_be_replaced_and_taken_away() -> None:
    tables = effective({"toggle-read": ("x", "f y"), "all-read": ()})
    given = keymap(tables)
    assert (given["toggle-read"], given["all-read"]) == ("x,ч", "unbound")
    assert set(given) == {*COMMANDS, *ON_FEEDS} == set(tables.all)
    assert keymap(effective({})) == {}
    # A key given to one command is no other's, unless the two share it by default.
    assert tables.main["full-text"].keys == ()
    assert effective({"next-unread": ("n", "x")}).main["find-next"].keys == ("n",)
    assert effective({"quit": ("n",)}, "newsboat").main["next-unread"].keys == ()
    assert following("f", tables.main.values())["y"].name == "toggle-read"


def test_keys_are_written_for_people() -> None:
    assert [shown(key) for key in ("up", "space", "f1", "j", "ctrl+y")] == ["↑", "Space", "F1", "j", "ctrl+y"]
    assert COMMANDS["show-unread"].keys_shown == "2 f u"


def test_the_document_is_up_to_date() -> None:
    path = Path(commands.__file__).parents[3] / "docs" / "keys.md"
    assert path.read_text(encoding="utf-8") == keys_document(), (
        "run: python -m termnews.ui.commands > docs/keys.md"
    )


async def test_a_sequence_of_ones_own_and_the_newsboat_preset(sample: Sample) -> None:
    library = sample.library('[keys]\npreset = "newsboat"\ncards = "x c"')
    app = app_of(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        before = app.reader.headlines.cards
        await pilot.press("x", "c")
        turned = app.reader.headlines.cards
        assert turned is not before
        await pilot.press("ч", "с")
        assert app.reader.headlines.cards is not turned
        await pilot.press("g", "t")
        await settle(pilot)
        assert app.reader.desk.listing.asked.sort == "title"
    library.close()


async def test_help_keeps_to_the_keys_in_force_when_the_file_changes_meanwhile(sample: Sample) -> None:
    library = sample.library('[keys]\ncards = "x"')
    app = app_of(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        sample.configure('[keys]\ncards = "X"')
        library.reload()
        await pilot.press("question_mark", *"cards or")
        await until(pilot, lambda: any(" x   " in line for line in lines(app)))
        assert not any(" X   " in line for line in lines(app))
    library.close()
