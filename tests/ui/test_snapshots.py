"""Pictures of the main screen on the sample news, at two sizes; a change of look shows here first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from textual.pilot import Pilot

from termnews.demo.filling import open_demo
from termnews.library import Library
from termnews.ui.app import TermnewsApp

from .conftest import app_of, settle

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """The sample news at a fixed moment, in UTC, with 24-bit colour."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    time.tzset()
    with open_demo(lambda: NOW) as library:
        yield library
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("theme", ["night", "broadsheet"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_main(demo: Library, theme: str, size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    app: TermnewsApp = app_of(demo)
    app.theme = theme

    async def look(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await pilot.press("1", "j")
        await settle(pilot)
        app.reader.desk.panes.open_here()
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=look)
