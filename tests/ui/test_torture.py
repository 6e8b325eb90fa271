"""One article with all that is hard to draw, line by line at three measures."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from .test_article_pane import lines, shown

HERE = Path(__file__).parent / "torture"


@pytest.mark.parametrize("measure", [40, 72, 100])
async def test_the_torture_article(measure: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """To take a change that is meant, run with TERMNEWS_GOLDEN=1 and look at what changed."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    body = (HERE / "article.html").read_text(encoding="utf-8")
    async with shown(body, size=(measure + 6, 120)) as (pilot, pane):
        pane.measure = measure
        await pilot.pause()
        drawn = "\n".join(lines(pane)).rstrip() + "\n"
        golden = HERE / f"{measure}.txt"
        if os.environ.get("TERMNEWS_GOLDEN"):
            golden.write_text(drawn, encoding="utf-8")
        assert drawn == golden.read_text(encoding="utf-8")
    monkeypatch.undo()
    time.tzset()
