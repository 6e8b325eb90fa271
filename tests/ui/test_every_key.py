"""Every key on every screen, from tables: what it changes, that nothing else changes, and its Cyrillic twin.

The rows stand in `every_key`; that they are all there are is held against the command tables of the program.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from itertools import product

import pytest
from textual.keys import _character_to_key
from textual.screen import Screen

from termnews.keys import PRESETS
from termnews.ui import counts
from termnews.ui.chooser import Chooser
from termnews.ui.commands import COMMANDS, ON_FEEDS, following, prefixes
from termnews.ui.commands.keyed import narrowest_first
from termnews.ui.modal import Modal, Sheet
from termnews.ui.panes import Focus
from tests.ui.conftest import Sample, settle
from tests.ui.every_key import counted, feeds, lines, lists, reader
from tests.ui.every_key.facts import Facts, changes, facts
from tests.ui.every_key.givens import give
from tests.ui.every_key.opening import staged
from tests.ui.every_key.stage import Stage
from tests.ui.every_key.table import Context, Row, commands, twin, typed

GROUPS: Mapping[str, tuple[Context, ...]] = {
    **{each.name: (each,) for each in reader.CONTEXTS},
    "counts": counted.CONTEXTS,
    "lists": lists.CONTEXTS,
    "lines": lines.CONTEXTS,
    "feeds": feeds.CONTEXTS,
}
"""Contexts that share one application: opening one takes as long as ten keys."""
CONTEXTS = [each for group in GROUPS.values() for each in group]
PATIENCE = 1000
"""Looks, a hundred a second, until what a row says must be so: only a wrong row waits so long."""

ENOUGH = 4
"""Wrong rows of a group after which it is left: each takes as long as that patience."""


def other_than(start: Facts, stage: Stage) -> Facts:
    """Return what is not as at the start."""
    return {name: now for name, now in facts(stage).items() if now != start[name] and name != "redrawn"}


async def opened(stage: Stage, context: Context) -> Facts:
    """Open a context for the first time; return what is so at its start."""
    stage.pane, stage.alone = context.pane, context.alone
    for _ in range(2):  # the first time panes get their widths late
        await stage.reset()
        await give(stage, context.opened)
        await settle(stage.pilot)
    return facts(stage)


async def begin(stage: Stage, context: Context, start: Facts, last: Row | None = None) -> None:
    """Bring back the start of a context; where the last row only moved in a list, that stays open."""
    if last is not None and {*last.sees} <= {"at", "rows", "typed"} and not last.given:
        await give(stage, " ".join(each for each in context.opened.split() if each[:3] in ("@ty", "@at")))
        if not other_than(start, stage):
            return
    await stage.reset()
    await give(stage, context.opened)
    for _ in range(PATIENCE):
        if not (other := other_than(start, stage)):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{context.name} does not begin as it did: {other}")


async def pressed(stage: Stage, context: Context, row: Row, key: str) -> str:
    """Press a key; return what was seen in place of what the row says, empty when it was that."""
    await give(stage, row.given)
    before = facts(stage)
    stage.outer.redrawn = 0
    await stage.pilot.press(*context.count, *typed(key))
    rested = False
    for _ in range(PATIENCE):
        now = changes(before, facts(stage), row.sees)
        if now == row.sees:
            if rested:
                return ""
            await stage.rest()  # what is still under way must change nothing else
        else:
            await asyncio.sleep(0.01)
        rested = now == row.sees
    return f"{context.name}: {row.given} · {context.count}{key} ({row.command}): {now} instead of {row.sees}"


async def wrong(stage: Stage, context: Context) -> AsyncIterator[str]:
    """Press every key of a context and its twin; yield what was not as the table says."""
    start, last = await opened(stage, context), None
    assert start["top"] == context.screen
    for row in context.rows:
        for key in row.keys:
            for each in dict.fromkeys((key, twin(key))):
                await begin(stage, context, start, last)
                last = row if context.screen != "ReaderScreen" else None
                if said := await pressed(stage, context, row, each):
                    yield said
    keys, sees = context.written
    if keys:
        await begin(stage, context, start)
        if said := await pressed(stage, context, Row("written", (), "", sees), keys):
            yield said
    await begin(stage, context, start)
    for key in context.idle.split():
        for each in dict.fromkeys((key, twin(key))):
            if said := await pressed(stage, context, Row("idle", (), "", {}), each):
                yield said
                await begin(stage, context, start)


@pytest.mark.parametrize("group", GROUPS)
async def test_every_key_does_what_its_row_says(
    sample: Sample, monkeypatch: pytest.MonkeyPatch, group: str
) -> None:
    async with staged(sample, monkeypatch) as stage:
        found = []
        for context in GROUPS[group]:
            monkeypatch.setattr(counts, "OWN_AFTER", 600 if context.count else 0.01)
            async for each in wrong(stage, context):
                found.append(each)
                if len(found) == ENOUGH:
                    pytest.fail("\n".join(["", *found]))
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda each: each.name)
def test_every_key_has_a_row_and_every_row_its_key(context: Context) -> None:
    rows, idle = {key for _, key in context.said}, {*context.idle.split()}
    assert not rows & idle
    assert rows | idle == {key for _, key in context.bound}
    assert {*context.said} <= context.bound


@pytest.mark.parametrize("table", [COMMANDS, ON_FEEDS], ids=["main", "feeds"])
def test_every_key_of_every_command_has_a_row(table: dict[str, object]) -> None:
    said = {pair for each in CONTEXTS for pair in each.said}
    assert commands(COMMANDS if table is COMMANDS else ON_FEEDS) - said == frozenset()


def test_every_screen_has_its_keys_in_a_table() -> None:
    def beneath(screen: type[Screen[object]]) -> Iterator[type[Screen[object]]]:
        for each in screen.__subclasses__():
            yield each
            yield from beneath(each)

    ours = {each for each in beneath(Screen) if each.__module__.startswith("termnews.")}
    assert {each.__name__ for each in ours - {Modal, Sheet, Chooser}} == {each.screen for each in CONTEXTS}


# --- presets -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("preset", "pane"),
    [*product(("termnews", "newsboat"), ("list", "article", "sidebar")), ("eilmeldung", "list"),
     ("netnewswire", "list")],
)  # fmt: skip
async def test_every_key_of_a_preset_runs_its_command(
    sample: Sample, monkeypatch: pytest.MonkeyPatch, preset: str, pane: Focus
) -> None:
    async with staged(sample, monkeypatch, f'[keys]\npreset = "{preset}"') as stage:
        stage.pane = pane
        await stage.reset()
        reader_screen = stage.app.reader
        table = reader_screen.tables.main
        active = stage.app.screen.active_bindings
        first = prefixes(table.values())
        for command in table.values():
            for key in command.keys:
                for each in dict.fromkeys((key.replace(" ", "+"), twin(key.replace(" ", "+")))):
                    before, *behind = typed(each)
                    if behind:
                        assert following(first[before], table.values())[behind[0]].name == command.name
                        continue
                    shared = narrowest_first(other for other in table.values() if key in other.keys)
                    ready = [other.name for other in shared if other.when(reader_screen.desk)]
                    long = _character_to_key(each) if len(each) == 1 else each
                    # Textual's own binding of ctrl+q has no id, and is run before any other.
                    runs = (
                        (active[long].binding.id or active[long].binding.action) if long in active else None
                    )
                    assert runs == (ready[0] if ready else None), (each, command.name)


async def test_the_keys_of_newsboat_do_what_their_rows_say(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    contexts = {each.name: each for each in CONTEXTS}
    async with staged(sample, monkeypatch, '[keys]\npreset = "newsboat"') as stage:
        found = []
        for name, keys in PRESETS["newsboat"].items():
            context = contexts["article" if name == "back" else "list"]
            row = next(each for each in context.rows if each.command == name)
            for key in [each.replace(" ", "+") for each in keys]:
                for each in dict.fromkeys((key, twin(key))):
                    stage.pane = context.pane
                    await stage.reset()
                    found.append(await pressed(stage, context, row, each))
    assert not any(found), "\n".join(found)
