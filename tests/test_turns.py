"""Two refreshes at the same time, of a timer and of the screen: no feed is asked twice."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from termnews import config
from termnews.library import Library, turns
from termnews.models import FeedUpdate
from tests.cli.conftest import rss


@pytest.fixture
def settings(tmp_path: Path) -> config.Config:
    """Two feeds in files, due every hour."""
    text = f'data_dir = "{tmp_path}/cache"\n'
    for name in ("one", "two"):
        (tmp_path / f"{name}.xml").write_text(rss(), encoding="utf-8")
        text += f'[[feeds]]\nurl = "{name}.xml"\nname = "{name}"\n'
    (tmp_path / "termnews.toml").write_text(text, encoding="utf-8")
    return config.load(tmp_path / "termnews.toml")


async def refreshed(
    settings: config.Config, names: tuple[str, ...] = (), waits: Callable[[], None] = lambda: None
) -> list[FeedUpdate]:
    """Refresh with a library of its own, as another process would."""
    library = Library(settings)
    feeds = library.subscriptions.choose(names)
    updates = [each async for each in library.refresh(feeds, force=bool(names), waits=waits)]
    library.close()
    return updates


async def test_of_two_refreshes_at_once_one_asks(settings: config.Config) -> None:
    waited: list[int] = []
    both = await asyncio.gather(
        refreshed(settings, waits=lambda: waited.append(1)),
        refreshed(settings, waits=lambda: waited.append(2)),
    )
    assert sorted(each.status for updates in both for each in updates) == ["ok", "ok", "skipped", "skipped"]
    assert len(waited) == 1
    assert (settings.data_dir / turns.NAME).stat().st_mode & 0o077 == 0


async def test_who_asks_for_a_feed_alone_or_waits_too_long_goes_on(
    settings: config.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    Library(settings).close()
    async with turns.turn(settings.data_dir, lambda: None) as waited:
        assert not waited
        assert [each.status for each in await refreshed(settings, ("one",))] == ["ok"]
        monkeypatch.setattr(turns, "PATIENCE", 0.0)
        assert {each.status for each in await refreshed(settings)} == {"ok", "skipped"}
    # Where no file can be made nobody waits.
    async with turns.turn(Path(os.devnull), lambda: None) as waited:
        assert not waited
